import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { postern } from './run.ts';

const RECORD = {
  eventVersion: '1.08',
  eventID: '0b1c2d3e-0000-4000-8000-000000000001',
  eventTime: '2026-11-23T00:00:00Z',
  eventSource: 'rolesanywhere.amazonaws.com',
  eventName: 'CreateProfile',
  awsRegion: 'eu-west-1',
  recipientAccountId: '111122223333',
};
const LOG = JSON.stringify({ Records: [RECORD] });

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'postern-logs-'));
  const put = (name: string, content: string | Uint8Array) => {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'log.json'), LOG);
    writeFileSync(join(folder, name, 'other.json'), content);
  };
  put('whole', LOG.replace('0001"', '0002"'));
  put('damaged', gzipSync(LOG).subarray(0, 60));
  put('foreign', '{"hello": 1}');
  put('left-out', '{"digestEndTime": "2026-11-23T00:00:00Z"}');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each([['replay'], ['documents', '--events']])('postern %s %s', (...args) => {
  test.each([
    ['whole', 0],
    ['damaged', 3],
    ['foreign', 3],
    ['left-out', 0],
  ])('a folder with a file that is %s ends with %i, and gives the rest', async (name, expected) => {
    const { code, stdout, stderr } = await postern([...args, join(folder, name)]);
    expect(stdout).toContain(RECORD.eventID);
    expect(code).toBe(expected);
    if (name !== 'whole') expect(stderr).toContain(join(folder, name, 'other.json'));
  });
});
