import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkWritable, wholeWriter, writeWhole } from '../../src/snapshot/write.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'postern-write-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const within = (name: string) => join(folder, name);
const write = (name: string) => writeWhole(within(name), ['af', 'ter'], { mode: 0o600 });
const modeOf = (name: string) => statSync(within(name)).mode & 0o7777;

test('a new file gets the mode that is asked for', () => {
  write('new.json');
  expect(readFileSync(within('new.json'), 'utf8')).toBe('after');
  expect(modeOf('new.json')).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['new.json']);
});

test('a long text lies beside its place until it is whole', () => {
  writeFileSync(within('old.json'), 'before');
  const writer = wholeWriter(within('old.json'), { mode: 0o600 });
  const part = 'x'.repeat(1_000_000);
  for (let i = 0; i < 6; i++) writer.write(part);
  expect(readFileSync(within('old.json'), 'utf8')).toBe('before');
  expect(readdirSync(folder).filter(name => name.endsWith('.partial'))).toHaveLength(1);
  writer.finish();
  expect(readFileSync(within('old.json'), 'utf8')).toBe(part.repeat(6));
  expect(readdirSync(folder)).toEqual(['old.json']);
});

test('a file that is there keeps its mode', () => {
  writeFileSync(within('old.json'), 'a longer text before');
  chmodSync(within('old.json'), 0o640);
  write('old.json');
  expect(readFileSync(within('old.json'), 'utf8')).toBe('after');
  expect(modeOf('old.json')).toBe(0o640);
});

test('a write that fails leaves what was there, and nothing half-written', () => {
  writeFileSync(within('account.json'), 'before');
  const parts = ['half', Symbol('no text')] as string[];
  expect(() => writeWhole(within('account.json'), parts, { mode: 0o600 })).toThrow();
  expect(readFileSync(within('account.json'), 'utf8')).toBe('before');
  expect(readdirSync(folder)).toEqual(['account.json']);
});

describe('links', () => {
  test.each(['there.json', 'new.json'])('to %s stay, and what they lead to is written', target => {
    mkdirSync(within('a'));
    mkdirSync(within('b'));
    writeFileSync(within('b/there.json'), 'before');
    symlinkSync(within('b'), within('a/b'));
    symlinkSync(`b/${target}`, within('a/first'));
    symlinkSync('a/first', within('second'));
    write('second');
    expect(readFileSync(within(`b/${target}`), 'utf8')).toBe('after');
    expect(readlinkSync(within('second'))).toBe('a/first');
    expect(readlinkSync(within('a/first'))).toBe(`b/${target}`);
    expect(readdirSync(within('b')).sort()).toEqual([...new Set([target, 'there.json'])].sort());
  });

  test('that go round in circles are an error', () => {
    symlinkSync('a', within('b'));
    symlinkSync('b', within('a'));
    expect(() => write('a')).toThrow('its links go round in circles');
  });
});

describe.skipIf(process.platform === 'win32')('what is no file', () => {
  test('a pipe is written into', async () => {
    execFileSync('mkfifo', [within('pipe')]);
    const read = readFile(within('pipe'), 'utf8');
    await new Promise(done => setTimeout(done, 50));
    write('pipe');
    expect(await read).toBe('after');
    expect(lstatSync(within('pipe')).isFIFO()).toBe(true);
  });

  test('a device stays a device, by itself and behind a link', () => {
    symlinkSync('/dev/null', within('null'));
    write('null');
    expect(lstatSync(within('null')).isSymbolicLink()).toBe(true);
    expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  test.skipIf(!existsSync('/dev/full'))('a device that takes nothing is an error', () => {
    expect(() => writeWhole('/dev/full', ['x'], { mode: 0o600 })).toThrow('cannot write /dev/full: the disk is full');
  });
});

describe('what cannot be written is named with the reason, and nothing else, beforehand too', () => {
  test.each<[name: string, file: string, why: string]>([
    ['a folder that is not there', 'no/such/folder.json', 'its folder does not exist'],
    ['a folder in its place', 'folder', 'it is a folder'],
    ['a folder in its place that is not there', 'nowhere/', 'it is a folder'],
    ['a file for a folder', 'file/x.json', 'what should be its folder is a file'],
    ['a link into a folder that is not there', 'link', 'its folder does not exist'],
    ['a name that is too long', 'x'.repeat(300), 'its name is too long'],
  ])('%s', (_, name, why) => {
    mkdirSync(within('folder'));
    writeFileSync(within('file'), '');
    symlinkSync('no/such/file', within('link'));
    const file = `${folder}/${name}`;
    const error = expect.objectContaining({ name: 'UserError', message: `cannot write ${file}: ${why}` });
    expect(() => writeWhole(file, ['x'], { mode: 0o600 })).toThrow(error);
    expect(() => checkWritable(file)).toThrow(error);
    expect(readdirSync(folder)).toEqual(['file', 'folder', 'link']);
  });

  test('a name of nothing', () => {
    expect(() => checkWritable('')).toThrow('cannot write "": its name is empty');
  });

  test.skipIf(process.getuid?.() === 0)('a folder and a file that are write-protected', () => {
    writeFileSync(within('file'), '');
    chmodSync(within('file'), 0o400);
    expect(() => checkWritable(within('file'))).toThrow('permission denied');
    chmodSync(folder, 0o500);
    expect(() => checkWritable(within('new'))).toThrow('permission denied');
    chmodSync(folder, 0o700);
  });

  test('a place that can be written passes, and stays as it is', () => {
    writeFileSync(within('file'), 'before');
    for (const name of ['file', 'new', 'x'.repeat(250)]) checkWritable(within(name));
    expect(readdirSync(folder)).toEqual(['file']);
    expect(readFileSync(within('file'), 'utf8')).toBe('before');
  });
});
