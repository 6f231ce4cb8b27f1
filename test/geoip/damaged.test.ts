import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { openLocate } from '../../src/geoip/locate.ts';
import { CITY } from './databases.ts';
import { mmdb } from './mmdb.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'postern-damaged-'));
  mkdirSync(join(folder, 'folder'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const WHOLE = mmdb(CITY);
const MARK = WHOLE.lastIndexOf('MaxMind.com') - 3;
const without = (from: number, to: number) => Buffer.concat([WHOLE.subarray(0, from), WHOLE.subarray(to)]);
const said = (from: string, to: string) => Buffer.from(WHOLE.toString('latin1').replace(from, to), 'latin1');

function errorOf(run: () => unknown): UserError {
  try {
    run();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('no error');
}

describe('a file that is no database is an error that says what to do', () => {
  it.each<[string, Buffer | string, RegExp, RegExp]>([
    ['a text', 'hello\n', /is no MaxMind database, or is cut short/, /\.mmdb; load it anew/],
    ['nothing', '', /is no MaxMind database/, /load it anew/],
    ['packed', gzipSync(WHOLE), /is no MaxMind database/, /unpack it first/],
    ['cut short', WHOLE.subarray(0, WHOLE.length / 2), /cut short/, /load it anew/],
    ['cut in its last part', WHOLE.subarray(0, -20), /is damaged/, /checksum/],
    ['with a piece missing from the middle', without(20, MARK - 20), /is damaged/, /checksum/],
    ['with nothing but an end', WHOLE.subarray(MARK), /is damaged/, /checksum/],
    [
      'of a version to come',
      said('major_version\xc4\0\0\0\x02', 'major_version\xc4\0\0\0\x03'),
      /version that Postern does not know/,
      /load/i,
    ],
  ])('%s', (name, content, message, hint) => {
    const file = join(folder, name);
    writeFileSync(file, content);
    const error = errorOf(() => openLocate([file]));
    expect(error.message).toMatch(message);
    expect(error.message).toContain(`--geoip ${file}`);
    expect(error.hint).toMatch(hint);
  });

  it.each([
    ['absent', 'there is no such file'],
    ['folder', 'it is a folder'],
  ])('%s', (name, why) => {
    expect(errorOf(() => openLocate([join(folder, name)])).message).toBe(
      `--geoip ${join(folder, name)} cannot be read: ${why}`,
    );
  });
});

it('damage that shows only where an address is looked up is the same error', () => {
  const file = join(folder, 'later');
  const bytes = Buffer.from(WHOLE);
  bytes.fill(0x0d, WHOLE.indexOf('city') - 2, MARK);
  writeFileSync(file, bytes);
  const locate = openLocate([file]);
  expect(locate('192.0.2.1').geo).toBeUndefined();
  expect(errorOf(() => locate('198.51.100.7')).message).toMatch(/is damaged/);
});

it('whatever byte is another, an answer or that error comes', () => {
  const file = join(folder, 'any');
  fc.assert(
    fc.property(fc.nat(WHOLE.length - 1), fc.nat(255), (place, byte) => {
      const bytes = Buffer.from(WHOLE);
      bytes[place] = byte;
      writeFileSync(file, bytes);
      try {
        const locate = openLocate([file]);
        for (const address of ['198.51.100.7', '203.0.113.200', '2001:db8::1', '10.0.0.1']) locate(address);
      } catch (error) {
        expect(error).toBeInstanceOf(UserError);
      }
    }),
    { numRuns: 500 },
  );
});
