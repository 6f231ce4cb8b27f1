import { createReadStream } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { UserError } from '../errors.ts';

/** A place that records may come from. `isNamed`: the user named it, rather than a folder above it. */
export interface Source {
  readonly name: string;
  readonly isNamed: boolean;
  open(): Readable;
}

/**
 * The files behind paths: a file itself, a folder's files at any depth in the order of their names (dot files left out),
 * `-` for standard input. Throws UserError where a path does not exist, before anything is read; what cannot be listed further down goes to
 * `onUnreadable`.
 */
export async function sourcesOf(
  paths: readonly string[],
  onUnreadable: (file: string, error: unknown) => void,
): Promise<Source[]> {
  const named = paths.filter(path => path !== '-');
  for (const path of named) await mustExist(path);
  const sources: Source[] = [];
  for (const path of paths) sources.push(...(path === '-' ? [STANDARD_INPUT] : await sourcesAt(path, true)));
  return sources;

  async function sourcesAt(path: string, isNamed: boolean, above: readonly string[] = []): Promise<Source[]> {
    try {
      if (!(await stat(path)).isDirectory()) return [fileSource(path, isNamed)];
      const real = await realpath(path);
      return above.includes(real) ? [] : await sourcesIn(path, [...above, real]);
    } catch (error) {
      onUnreadable(path, error);
      return [];
    }
  }

  async function sourcesIn(folder: string, above: readonly string[]): Promise<Source[]> {
    const names = (await readdir(folder)).filter(name => !name.startsWith('.')).sort();
    const found: Source[] = [];
    for (const name of names) found.push(...(await sourcesAt(join(folder, name), false, above)));
    return found;
  }
}

const STANDARD_INPUT: Source = { name: '-', isNamed: true, open: () => process.stdin };

function fileSource(path: string, isNamed: boolean): Source {
  return { name: path, isNamed, open: () => createReadStream(path) };
}

async function mustExist(path: string): Promise<void> {
  try {
    await stat(path);
  } catch (cause) {
    const isMissing = isErrno(cause) && (cause.code === 'ENOENT' || cause.code === 'ENOTDIR');
    throw new UserError(isMissing ? `${path} does not exist` : `${path} cannot be read`, {
      where: path,
      hint: 'Name CloudTrail log files, folders of them, or - for standard input.',
      cause,
    });
  }
}

function isErrno(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error;
}
