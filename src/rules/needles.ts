import { distinct } from '../lists.ts';
import { pinsOf } from './pins.ts';
import type { Run } from './rule.ts';

/** Each is looked for in all of a log. */
const MOST = 6;

/**
 * Texts one of which every event that any of the rules can match has in its JSON, in quotes. Undefined where there are none that
 * are few, or where a rule goes by the time of the first event there is, whatever that is (new terms).
 */
export function needlesFor(runs: readonly Run[]): readonly string[] | undefined {
  if (runs.some(run => 'over' in run && run.over.kind === 'new_terms')) return undefined;
  return ['event.action', 'event.provider']
    .map(field => pinnedBy(runs, field))
    .find(texts => texts !== undefined && texts.length <= MOST && texts.every(isPlain));
}

function pinnedBy(runs: readonly Run[], field: string): readonly string[] | undefined {
  const pins = runs.map(run => pinsOf(run, field));
  return pins.every(values => values !== undefined) ? distinct(pins.flatMap(values => [...values])) : undefined;
}

/**
 * JSON may write it in no other way but with escapes of letters, digits and these marks, and a record may hold it as nothing but a
 * text.
 */
function isPlain(text: string): boolean {
  return /^[A-Za-z0-9.:_-]+$/.test(text) && /[A-Za-z]/.test(text) && !/^(true|false|[-+0-9.]+e[-+0-9.]*)$/i.test(text);
}
