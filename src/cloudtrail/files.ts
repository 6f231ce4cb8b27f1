import { createReadStream, type Stats } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../errors.ts';
import { isGlob, matchesOf } from './glob.ts';
import type { ReadProblem } from './troubles.ts';

/** A place that records may come from. `isNamed`: the user named it, rather than a folder above it. */
export interface Source {
  readonly name: string;
  readonly isNamed: boolean;
  /** Bytes, as they lie there; undefined where that is not known before. */
  readonly size?: number;
  open(): AsyncIterable<Buffer>;
}

/** What lies behind a path that is none of this machine's (`s3://…`); undefined where it is one. */
export type Elsewhere = (path: string, onProblem: (problem: ReadProblem) => void) => AsyncIterable<Source> | undefined;

/**
 * The files behind paths: a file itself, a folder's files at any depth in the order of their names (dot files left out), what a
 * glob matches (`logs/**\/*.gz`; a path that exists is none), `-` for standard input. A folder comes once, however many links
 * lead to it. What is neither file nor folder is read where the user named it (`<(zcat …)` is a pipe) and skipped in a folder,
 * where nobody may ever write into it. Throws UserError where a path does not exist or a glob matches nothing, before anything is
 * read; what cannot be listed further down goes to `onProblem`. Of a path that leads elsewhere nothing is known before its turn.
 */
export async function* sourcesOf(
  paths: readonly string[],
  onProblem: (problem: ReadProblem) => void,
  elsewhere: Elsewhere = () => undefined,
): AsyncGenerator<Source> {
  const away = paths.map(path => elsewhere(path, onProblem));
  const named = paths.filter((path, i) => path !== '-' && away[i] === undefined);
  const globs = new Set<string>();
  for (const path of named) if (await isPattern(path)) globs.add(path);
  const walk = { seen: new Set<string>(), onProblem };
  for (const [i, path] of paths.entries()) {
    const there = away[i];
    if (there !== undefined) yield* there;
    else if (path === '-') yield STANDARD_INPUT;
    else if (globs.has(path)) yield* sourcesLike(path, walk);
    else yield* sourcesAt(path, true, walk);
  }
}

/** Whether a path is to be taken for a glob. Throws UserError where it names nothing, as path or as glob. */
async function isPattern(path: string): Promise<boolean> {
  const missing = await missingAt(path);
  if (missing === undefined) return false;
  if (!isGlob(path)) throw missing;
  for await (const _ of matchesOf(path, () => {})) return true;
  throw new UserError(`nothing matches ${path}`, { where: path, hint: HINT });
}

async function* sourcesLike(glob: string, walk: Walk): AsyncGenerator<Source> {
  const onError = (file: string, error: unknown) =>
    walk.onProblem({ kind: 'unreadable', file, message: messageOf(error) });
  for await (const path of matchesOf(glob, onError)) yield* sourcesAt(path, false, walk);
}

/** Bytes of the files behind paths; undefined where standard input is among them, or something else that has no size. */
export async function bytesAt(paths: readonly string[]): Promise<number | undefined> {
  let total = 0;
  try {
    for await (const { name } of sourcesOf(paths, () => {})) {
      const about = name === '-' ? undefined : await stat(name);
      if (about?.isFile() !== true) return undefined;
      total += about.size;
    }
  } catch {
    // What is not there is told by whoever reads it.
    return undefined;
  }
  return total;
}

interface Walk {
  /** The folders that were read, by their real paths. */
  readonly seen: Set<string>;
  readonly onProblem: (problem: ReadProblem) => void;
}

async function* sourcesAt(path: string, isNamed: boolean, walk: Walk): AsyncGenerator<Source> {
  try {
    const about = await stat(path);
    if (about.isDirectory()) for (const inside of await namesIn(path, walk.seen)) yield* sourcesAt(inside, false, walk);
    else if (about.isFile() || isNamed) yield fileSource(path, isNamed, about);
    else walk.onProblem({ kind: 'skipped', file: path, message: `skipped: ${kindOf(about)}, not a file` });
  } catch (error) {
    walk.onProblem({ kind: 'unreadable', file: path, message: messageOf(error) });
  }
}

async function namesIn(folder: string, seen: Set<string>): Promise<readonly string[]> {
  const real = await realpath(folder);
  if (seen.has(real)) return [];
  seen.add(real);
  const names = (await readdir(folder)).filter(name => !name.startsWith('.')).sort();
  return names.map(name => join(folder, name));
}

function kindOf(about: Stats): string {
  if (about.isFIFO()) return 'a pipe';
  return about.isSocket() ? 'a socket' : 'a device';
}

const STANDARD_INPUT: Source = { name: '-', isNamed: true, open: () => process.stdin };

function fileSource(name: string, isNamed: boolean, about: Stats): Source {
  const size = about.isFile() ? { size: about.size } : {};
  const highWaterMark = Math.max(LEAST_AT_ONCE, Math.min(about.size, MOST_AT_ONCE));
  return { name, isNamed, ...size, open: () => createReadStream(name, { highWaterMark }) };
}

/** Bytes that are read at a time: of most files all. */
const MOST_AT_ONCE = 2 ** 21;
const LEAST_AT_ONCE = 2 ** 14;

const HINT = 'Name CloudTrail log files, folders of them, a quoted glob, or - for standard input.';

/** What to say of a path that there is nothing at, or nothing that may be looked at. */
async function missingAt(path: string): Promise<UserError | undefined> {
  try {
    await stat(path);
    return undefined;
  } catch (cause) {
    const isMissing = isErrno(cause) && (cause.code === 'ENOENT' || cause.code === 'ENOTDIR');
    return new UserError(isMissing ? `${path} does not exist` : `${path} cannot be read`, {
      where: path,
      hint: HINT,
      cause,
    });
  }
}

function isErrno(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
