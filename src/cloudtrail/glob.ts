import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import picomatch from 'picomatch';

/** Whether a path that does not exist is to be taken for a pattern: `*`, `**`, `?`, `[a-c]`, `{a,b}`. */
export function isGlob(path: string): boolean {
  return picomatch.scan(path, OPTIONS).isGlob;
}

/**
 * The files and folders that a pattern names, in the order of their names; dot files only where the pattern has the dot. What
 * lies in a folder that matches is not looked at. A folder is looked into once, however many links lead to it. What cannot be
 * listed goes to `onError`.
 */
export async function* matchesOf(
  pattern: string,
  onError: (path: string, error: unknown) => void,
): AsyncGenerator<string> {
  const { base, glob } = picomatch.scan(pattern.replace(/\/+$/, ''), OPTIONS);
  const walk: GlobWalk = {
    isMatch: picomatch(glob, OPTIONS),
    // `**` and a choice may hold any number of slashes; otherwise the pattern says how deep its matches lie.
    depth: /\*\*|[({]/.test(glob) ? Number.POSITIVE_INFINITY : glob.split('/').length,
    dots: /(^|[/{,(|])\./.test(glob),
    seen: new Set(),
    onError,
  };
  yield* matchesIn(base, '', 1, walk);
}

/** A leading `!` is a part of a name: there is nothing that it could leave out. */
const OPTIONS = { nonegate: true, noextglob: true } as const;

interface GlobWalk {
  /** Of a path below the folder that the pattern begins with. */
  readonly isMatch: (path: string) => boolean;
  readonly depth: number;
  readonly dots: boolean;
  /** The folders that were looked into, by their real paths. */
  readonly seen: Set<string>;
  readonly onError: (path: string, error: unknown) => void;
}

async function* matchesIn(base: string, below: string, level: number, walk: GlobWalk): AsyncGenerator<string> {
  const folder = join(base === '' ? '.' : base, below);
  for (const name of await namesIn(folder, walk)) {
    const inside = below === '' ? name : `${below}/${name}`;
    const path = join(base, inside);
    if (walk.isMatch(inside)) yield path;
    else if (level < walk.depth && (await isFolder(path))) yield* matchesIn(base, inside, level + 1, walk);
  }
}

async function namesIn(folder: string, { seen, dots, onError }: GlobWalk): Promise<readonly string[]> {
  try {
    const real = await realpath(folder);
    if (seen.has(real)) return [];
    seen.add(real);
    return (await readdir(folder)).filter(name => dots || !name.startsWith('.')).sort();
  } catch (error) {
    onError(folder, error);
    return [];
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    // A link to nothing, or one that leads to itself.
    return false;
  }
}
