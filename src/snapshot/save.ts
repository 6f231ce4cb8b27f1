import type { Snapshot } from './snapshot.ts';
import { writeWhole } from './write.ts';

/**
 * Writes a snapshot whole or not at all. A new file is readable by its owner alone, for it holds an account's policies and
 * logs. Throws UserError where the place cannot be written.
 */
export function saveSnapshot(snapshot: Snapshot, file: string): void {
  writeWhole(file, [JSON.stringify(snapshot, null, 1), '\n'], { mode: 0o600 });
}
