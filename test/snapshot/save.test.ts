import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadSnapshot } from '../../src/snapshot/load.ts';
import { saveSnapshot } from '../../src/snapshot/save.ts';
import type { ProfileDetail } from '../../src/snapshot/shapes.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';

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

test.each<[what: string, profile: object, why: string]>([
  [
    'a number that JSON cannot write',
    { durationSeconds: Number.POSITIVE_INFINITY },
    '$.accounts[0].regions[0].profiles[0].durationSeconds: expected a number, found null',
  ],
  ['nesting without end', { more: nested(20_000) }, 'would be nested deeper than 500 levels'],
])('%s is not saved, for it would not load', (_, members, why) => {
  const profile = { profileId: '1', profileArn: 'arn', name: 'n', enabled: true, roleArns: [], ...members };
  const file = join(folder, 'account.json');
  expect(() => saveSnapshot(snapshotWith(profile), file)).toThrow(
    expect.objectContaining({ name: 'UserError', message: expect.stringContaining(why) }),
  );
  expect(readdirSync(folder)).toEqual([]);
});

function nested(depth: number): object {
  return Array.from({ length: depth }).reduce<object>(inner => ({ inner }), {});
}

function snapshotWith(profile: ProfileDetail): Snapshot {
  const none = { trustAnchors: [], crls: [], subjects: [], tags: [], events: [], unread: [], notAsked: [] };
  const region = { ...none, name: 'eu-west-1', profiles: [profile] };
  const account = { id: '1', roles: [], policies: [], unread: [], notAsked: [], regions: [region] };
  return { postern: 'snapshot/1', takenAt: '2026-11-23T09:00:00.000Z', accounts: [account] };
}
