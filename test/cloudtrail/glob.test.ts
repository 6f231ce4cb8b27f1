import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readRecords } from '../../src/cloudtrail/read.ts';

const folder = mkdtempSync(join(tmpdir(), 'postern-glob-'));
afterAll(() => rmSync(folder, { recursive: true }));

beforeAll(() => {
  for (const name of ['a.json', 'b.gz', 'x/c.json', 'x/y/d.json', 'z/e.gz', '.hidden/f.json', '[g].json', 'q[1].json'])
    put(name);
  put('q1.json');
  symlinkSync(folder, join(folder, 'x', 'loop'));
  symlinkSync(join(folder, 'self'), join(folder, 'self'));
});

describe('a glob names the files that it matches, in the order of their names', () => {
  test.each<[pattern: string, names: string]>([
    ['*.gz', 'b.gz'],
    ['*.json', '[g].json a.json q1.json q[1].json'],
    ['*/*.json', 'x/c.json'],
    ['x/**/*.json', 'x/c.json x/loop/[g].json x/loop/a.json x/loop/q1.json x/loop/q[1].json x/y/d.json'],
    ['**/*.gz', 'b.gz z/e.gz'],
    ['?/{c,e}.*', 'x/c.json z/e.gz'],
    ['[yz]/*', 'z/e.gz'],
    ['.hidden/*.json', '.hidden/f.json'],
    ['.hid*/f.json', '.hidden/f.json'],
    ['x/[xy]', 'x/y/d.json'],
    ['x/[xy]/', 'x/y/d.json'],
    ['z/**', 'z/e.gz'],
    // What exists is no glob.
    ['q[1].json', 'q[1].json'],
    ['[g].json', '[g].json'],
    ['q[0-9].json', 'q1.json'],
    // Globs that meet in one folder.
    ['*.gz *.g?', 'b.gz b.gz'],
  ])('%s', async (pattern, names) => {
    expect((await read(pattern.split(' '))).join(' ')).toBe(names);
  });

  test('one that matches nothing is an error before anything is read', async () => {
    await expect(read(['a.json', '*/f.json'])).rejects.toThrow(`nothing matches ${join(folder, '*/f.json')}`);
    await expect(read(['nowhere/**/*.gz'])).rejects.toThrow('nothing matches');
    await expect(read(['!a.json'])).rejects.toThrow('does not exist');
  });
});

function put(name: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), JSON.stringify({ eventName: name, eventID: name }));
}

/** The files that records came from, below the folder. */
async function read(patterns: readonly string[]): Promise<readonly string[]> {
  const files: string[] = [];
  const onProblem = () => {};
  for await (const { file } of readRecords(
    patterns.map(pattern => join(folder, pattern)),
    { onProblem },
  ))
    files.push(file.slice(folder.length + 1));
  return files;
}
