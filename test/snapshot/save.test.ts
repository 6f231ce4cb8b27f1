import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { loadSnapshot } from '../../src/snapshot/load.ts';
import { saveSnapshot, writeWhole } from '../../src/snapshot/save.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'postern-save-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('what is saved loads again, and only its owner may read it', () => {
  const snapshot = { postern: 'snapshot/1', takenAt: '2026-11-23T09:00:00.000Z', accounts: [] } as const;
  const file = join(folder, 'account.json');
  saveSnapshot(snapshot, file);
  expect(loadSnapshot(file)).toEqual(snapshot);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['account.json']);
});

test('a write that fails leaves what was there, and nothing half-written', () => {
  const file = join(folder, 'account.json');
  writeFileSync(file, 'before');
  writeFileSync(`${file}.${process.pid}.partial`, 'in the way');
  expect(() => writeWhole(file, 'after', { mode: 0o600 })).toThrow(UserError);
  expect(readFileSync(file, 'utf8')).toBe('before');
});

test.each<[name: string, file: string, why: string]>([
  ['a folder that is not there', 'no/such/folder.json', 'its folder does not exist'],
  ['a folder in its place', 'folder', 'it is a folder'],
  ['a file for a folder', 'file/x.json', 'what should be its folder is a file'],
  ['a name that is too long', 'x'.repeat(300), 'its name is too long'],
])('%s is an error that names the file and the reason, and nothing else', (_, name, why) => {
  mkdirSync(join(folder, 'folder'));
  writeFileSync(join(folder, 'file'), '');
  const file = join(folder, name);
  expect(() => writeWhole(file, 'x', { mode: 0o600 })).toThrow(
    expect.objectContaining({ name: 'UserError', message: `cannot write ${file}: ${why}` }),
  );
  expect(readdirSync(folder)).toEqual(['file', 'folder']);
});
