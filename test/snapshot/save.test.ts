import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadSnapshot } from '../../src/snapshot/load.ts';
import { saveSnapshot } from '../../src/snapshot/save.ts';

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
