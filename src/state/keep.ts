import { UserError } from '../errors.ts';
import { writeWhole } from '../snapshot/write.ts';
import { type LoadedState, stateText } from './load.ts';
import type { State } from './state.ts';

/**
 * Writes the next run's state in one step, readable by its owner alone. Throws UserError, and leaves the file as it is, when
 * it is no longer what was loaded: another run has told and kept its own meanwhile.
 */
export function keepState({ file, text }: LoadedState, state: State): void {
  if (stateText(file) !== text)
    throw new UserError(`${file} has changed since this run began, and is left as it is: another run wrote it`, {
      where: file,
      hint: 'The report is whole, but the next run may repeat some of it. Give runs that overlap a state of their own: --state FILE',
    });
  writeWhole(file, [JSON.stringify(state, null, 1), '\n'], { mode: 0o600 });
}
