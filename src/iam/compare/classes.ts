import type { ActionSet } from '../catalog/actionSet.ts';
import { classesIn as classesAmong, firstIn, withoutResource } from '../catalog/classes.ts';
import type { Entry } from './entry.ts';

export { firstIn };

/**
 * The catalogue's actions told apart only as far as the statements do, and those with resources from those without. Found
 * one after the other, as many as are asked for.
 */
export function classesIn(actions: ActionSet, entries: Iterable<Entry>): Generator<ActionSet, void> {
  return classesAmong(actions, [...Array.from(entries, ({ reading }) => reading.known()), withoutResource()]);
}
