import { UserError } from '../errors.ts';
import { DEEPEST, isTooDeep } from './depth.ts';
import { parseSnapshot } from './load.ts';
import type { Snapshot } from './snapshot.ts';
import { writeWhole } from './write.ts';

/**
 * Writes a snapshot whole or not at all, and only one that `loadSnapshot` would read again. A new file is readable by its owner
 * alone, for it holds an account's policies and logs. Throws UserError where it would not load or the place cannot be written.
 */
export function saveSnapshot(snapshot: Snapshot, file: string): void {
  if (isTooDeep(snapshot)) throw notSaved(file, `${file} would be nested deeper than ${DEEPEST} levels`);
  const text = JSON.stringify(snapshot, null, 1);
  mustLoad(text, file);
  writeWhole(file, [text, '\n'], { mode: 0o600 });
}

/** JSON has no infinite numbers, for one: they would be written as null. */
function mustLoad(text: string, file: string): void {
  try {
    parseSnapshot(text, file);
  } catch (cause) {
    throw cause instanceof UserError ? notSaved(file, cause.message, cause) : cause;
  }
}

function notSaved(file: string, why: string, cause?: unknown): UserError {
  return new UserError(`the snapshot is not saved, for it could not be loaded again: ${why}`, {
    where: file,
    hint: 'The fault is in what was read, not in the file: without --save there is a report of it.',
    cause,
  });
}
