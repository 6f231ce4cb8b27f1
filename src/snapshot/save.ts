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

/** Replaces `file` with `text` in one step, so that no reader and no interruption ever sees half of it. */
export function writeWhole(file: string, text: string, { mode }: { readonly mode: number }): void {
  const beside = `${file}.${process.pid}.partial`;
  try {
    const descriptor = openSync(beside, 'wx', mode);
    try {
      writeFileSync(descriptor, text);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(beside, file);
  } catch (cause) {
    rmSync(beside, { force: true });
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UserError(`cannot write ${file}: ${why}`, {
      where: file,
      hint: 'Name a file in a folder you may write to.',
      cause,
    });
  }
}
