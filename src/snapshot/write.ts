import { randomBytes } from 'node:crypto';
import {
  accessSync,
  closeSync,
  constants,
  copyFileSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  lstatSync,
  openSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { UserError } from '../errors.ts';

/**
 * Writes a text into a file in one step: first beside its place, then moved there, so that no reader and no interruption ever sees
 * half of it. A link is followed. A file that is there keeps its mode and, where we may, its owner; a new one gets `mode`. A
 * device or a pipe is written into. Throws UserError where that cannot be done.
 */
export function writeWhole(file: string, parts: readonly string[], { mode }: { readonly mode: number }): void {
  const writer = wholeWriter(file, { mode });
  for (const part of parts) writer.write(part);
  writer.finish();
}

/** The same for a text that comes bit by bit, and may be longer than memory. */
export interface WholeWriter {
  write(text: string): void;
  /** The file is there now. Until then, and if this is never called, nothing has changed. */
  finish(): void;
}

/** UTF-16 units that are kept before they are written. */
const KEPT = 2 ** 22;

/** Throws UserError where the file cannot be written, now or later; what lies beside its place is gone then. */
export function wholeWriter(file: string, { mode }: { readonly mode: number }): WholeWriter {
  const place = placeOf(file);
  let parts: string[] = [];
  let length = 0;
  let open: Beside | undefined;
  const abandon = () => open?.remove();

  function flush(): void {
    open ??= place.kind === 'stream' ? streamInto(file) : beside(place, mode);
    for (const part of parts) writeFileSync(open.descriptor, part);
    parts = [];
    length = 0;
  }

  function trying(work: () => void): void {
    try {
      work();
    } catch (cause) {
      abandon();
      throw cannotWrite(file, cause);
    }
  }

  process.once('exit', abandon);
  return {
    write(text) {
      parts.push(text);
      length += text.length;
      if (length > KEPT) trying(flush);
    },
    finish() {
      trying(() => {
        flush();
        open?.finish();
      });
      process.off('exit', abandon);
    },
  };
}

/** An open file that is written into, and what is to be done in the end. */
interface Beside {
  readonly descriptor: number;
  finish(): void;
  remove(): void;
}

/** Throws the UserError with which `writeWhole` would end, as far as that can be known beforehand; writes nothing. */
export function checkWritable(file: string): void {
  placeOf(file);
}

type Place =
  | { readonly kind: 'stream' }
  /** `there`: what is to be replaced; undefined for a file that is new. */
  | { readonly kind: 'file'; readonly path: string; readonly there: Stats | undefined };

function placeOf(file: string): Place {
  try {
    const there = statSync(file, { throwIfNoEntry: false });
    if (there !== undefined) accessSync(file, constants.W_OK);
    if (there?.isDirectory() || file.endsWith('/') || file.endsWith(sep)) throw new Error('it is a folder');
    if (there?.isSocket()) throw new Error('it is a socket');
    if (there !== undefined && !there.isFile()) return { kind: 'stream' };
    if (file === '') throw new Error('its name is empty');
    const path = endOfLinks(file);
    accessSync(dirname(path), constants.W_OK | constants.X_OK);
    return { kind: 'file', path, there };
  } catch (cause) {
    throw cannotWrite(file, cause);
  }
}

/** Where a link leads, also one that leads to nothing yet. Circles have been refused by the system. */
function endOfLinks(file: string): string {
  const path = join(realpathSync(dirname(file)), basename(file));
  const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  return isLink ? endOfLinks(resolve(dirname(path), readlinkSync(path))) : path;
}

function streamInto(file: string): Beside {
  const descriptor = openSync(file, constants.O_WRONLY);
  return { descriptor, finish: () => closeSync(descriptor), remove() {} };
}

/** A file beside the place, which takes that place when it is finished. */
function beside({ path, there }: Extract<Place, { kind: 'file' }>, mode: number): Beside {
  const partial = join(dirname(path), `.postern-${randomBytes(6).toString('hex')}.partial`);
  const descriptor = openSync(partial, 'wx', there === undefined ? mode : 0o600);
  let isOpen = true;
  const close = () => {
    if (isOpen) closeSync(descriptor);
    isOpen = false;
  };
  const remove = () => {
    close();
    rmSync(partial, { force: true });
  };
  return {
    descriptor,
    remove,
    finish() {
      if (there !== undefined) makeAlike(descriptor, there);
      fsyncSync(descriptor);
      close();
      move(partial, path);
      remove();
    },
  };
}

function makeAlike(descriptor: number, { uid, gid, mode }: Stats): void {
  try {
    fchownSync(descriptor, uid, gid);
  } catch {
    // Only root may give files away: it is ours then.
  }
  fchmodSync(descriptor, mode & 0o7777);
}

/** A file that is mounted, as containers do with a single one, cannot be replaced, only overwritten. */
function move(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (codeOf(error) !== 'EBUSY') throw error;
    copyFileSync(from, to);
  }
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['EISDIR', 'it is a folder'],
  ['ELOOP', 'its links go round in circles'],
  ['ENOENT', 'its folder does not exist'],
  ['ENOTDIR', 'what should be its folder is a file'],
  ['ENOSPC', 'the disk is full'],
  ['EDQUOT', 'the disk quota is used up'],
  ['EROFS', 'the file system is read-only'],
  ['ENAMETOOLONG', 'its name is too long'],
]);

/** In plain words, for Node's own name the file beside its place, which nobody asked for. */
function cannotWrite(file: string, cause: unknown): UserError {
  const code = codeOf(cause);
  const message = cause instanceof Error && code === '' ? cause.message : code;
  return new UserError(`cannot write ${file || '""'}: ${REASONS.get(code) ?? message}`, {
    where: file,
    hint: 'Name a file in a folder you may write to.',
    cause,
  });
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
