import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { UserError } from '../errors.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * Writes a snapshot whole or not at all: beside its place first, then moved there. Readable by its owner alone, for it
 * holds an account's policies and logs. Throws UserError where the place cannot be written.
 */
export function saveSnapshot(snapshot: Snapshot, file: string): void {
  writeWhole(file, `${JSON.stringify(snapshot, null, 1)}\n`, { mode: 0o600 });
}

/**
 * Replaces `file` with `text` in one step, so that no reader and no interruption ever sees half of it. Throws UserError
 * where the place cannot be written.
 */
export function writeWhole(file: string, text: string, { mode }: { readonly mode: number }): void {
  const beside = `${file}.${process.pid}.partial`;
  try {
    writeNew(beside, text, mode);
    renameSync(beside, file);
  } catch (cause) {
    discard(beside);
    throw new UserError(`cannot write ${file}: ${reasonOf(cause)}`, {
      where: file,
      hint: 'Name a file in a folder you may write to.',
      cause,
    });
  }
}

function writeNew(file: string, text: string, mode: number): void {
  const descriptor = openSync(file, 'wx', mode);
  try {
    writeFileSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function discard(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // Where the file cannot even be looked for, why it could not be written is the thing to say.
  }
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['EISDIR', 'it is a folder'],
  ['ENOENT', 'its folder does not exist'],
  ['ENOTDIR', 'what should be its folder is a file'],
  ['EEXIST', 'another run is writing it'],
  ['ENOSPC', 'the disk is full'],
  ['EDQUOT', 'the disk quota is used up'],
  ['EROFS', 'the file system is read-only'],
  ['ENAMETOOLONG', 'its name is too long'],
]);

/** In plain words, for Node's own name the file beside its place, which nobody asked for. */
function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const code = 'code' in cause ? String(cause.code) : '';
  return REASONS.get(code) ?? (code === '' ? cause.message : code);
}
