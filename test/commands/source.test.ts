import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseCommandLine } from '../../src/commands/parse.ts';
import { openSource } from '../../src/commands/source.ts';
import { UserError } from '../../src/errors.ts';
import type { Options } from '../../src/options.ts';
import { saveSnapshot } from '../../src/snapshot/save.ts';

let folder = '';
let account = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'postern-source-'));
  account = join(folder, 'account.json');
  const nothing = { id: '111122223333', roles: [], policies: [], unread: [], notAsked: [], regions: [] };
  saveSnapshot({ postern: 'snapshot/1', takenAt: '2026-11-23T09:00:00.000Z', accounts: [nothing] }, account);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function optionsOf(...argv: readonly string[]): Options {
  const invocation = parseCommandLine(argv);
  if (!('options' in invocation)) throw new Error('not a command');
  return invocation.options;
}

const quiet = { progress: () => undefined };

describe('--save', () => {
  test.each([['--demo'], ['--from']])('that cannot be written ends %s before anything is read', async flag => {
    const from = flag === '--from' ? [flag, account] : [flag];
    await expect(openSource(optionsOf(...from, '--save', join(folder, 'none', 'z')))).rejects.toThrow(
      'its folder does not exist',
    );
  });

  test('that fails in the end costs the file, not what was read', async () => {
    const later = join(folder, 'later');
    mkdirSync(later);
    const source = await openSource(optionsOf('--from', account, '--save', join(later, 'z.json')));
    rmSync(later, { recursive: true });
    const errors: UserError[] = [];
    const audit = await source.audit({ ...quiet, notSaved: error => errors.push(error) });
    expect(audit.snapshot.takenAt).toBe('2026-11-23T09:00:00.000Z');
    expect(errors.map(({ message }) => message)).toEqual([expect.stringContaining('its folder does not exist')]);
    await expect(source.audit(quiet)).rejects.toBeInstanceOf(UserError);
    mkdirSync(later);
    await source.audit(quiet);
    expect(existsSync(join(later, 'z.json'))).toBe(true);
    await source.close();
  });
});
