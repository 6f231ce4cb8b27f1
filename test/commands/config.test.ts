import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { configOf } from '../../src/commands/config.ts';
import { UserError } from '../../src/errors.ts';
import { DEFAULTS } from '../../src/settings/settings.ts';

let folder = '';
let file = '';
const before = process.cwd();
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'postern-config-'));
  file = join(folder, 'postern.toml');
  process.chdir(folder);
});
afterEach(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true, force: true });
});

const errorOf = (config: string | undefined) => {
  try {
    configOf({ config });
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  return undefined;
};

describe('postern.toml', () => {
  test('is not asked for where there is none', () => {
    expect(configOf({ config: undefined })).toBeUndefined();
  });

  test('is read where there is one, and told by its fingerprint', () => {
    writeFileSync(file, '\uFEFF[thresholds]\nmax_roles = 3\n');
    expect(configOf({ config: undefined })).toEqual({
      settings: { ...DEFAULTS, thresholds: { ...DEFAULTS.thresholds, max_roles: 3 } },
      source: { file: 'postern.toml', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    expect(configOf({ config: 'none' })).toBeUndefined();
  });

  test('that is named must be there', () => {
    expect(errorOf('other.toml')).toBe('cannot read the settings other.toml: there is no such file');
    expect(errorOf(folder)).toBe(`cannot read the settings ${folder}: it is a folder`);
  });

  test('says everything that is wrong with it', () => {
    writeFileSync(file, '[thresholds]\nmax_role = 3\nmax_idle_days = "x"\n');
    expect(errorOf(undefined)).toBe(
      'the settings in postern.toml have problems:\n  postern.toml:2: thresholds.max_role: is not known here: did you mean max_roles?\n  postern.toml:3: thresholds.max_idle_days: must be a whole number',
    );
  });
});
