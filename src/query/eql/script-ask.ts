import type { Ask } from '../kleene.ts';
import type { EqlContext, Field } from './context.ts';
import { fieldValues } from './field-values.ts';
import type { Script } from './script.ts';
import type { Value } from './tree.ts';

/** The ways to choose a value for each field are tried up to this many; a document with more is not decided. */
const MAX_CHOICES = 100_000;

/**
 * Yes when the script is true for some choice of the fields' values; a field without values is null. With `not`, no choice may be
 * true; in the first translation (7.10) some choice must be false as well, so that not of a missing field is no; since 7.15 it
 * is yes (Elasticsearch's pull request 76610: the not stands outside of the null safe filter).
 *
 * Where a field is unknown, null is not what its values are: only the values that are there can say yes.
 */
export function askScript(
  script: Script,
  fields: readonly Field[],
  { negated, context }: { readonly negated: boolean; readonly context: EqlContext },
): Ask {
  const readers = fields.map(fieldValues);
  return ({ value, unknown }) => {
    const isUnknown = readers.some(reader => unknown.some(reader.touches));
    const lists = readers
      .map(reader => reader.values(value))
      .map(list => (list.length > 0 || isUnknown ? list : [null]));
    const seen = outcomes(script, lists);
    if (seen === undefined) return 'unknown';
    if (seen.some) return negated ? 'no' : 'yes';
    if (isUnknown) return 'unknown';
    return negated && (seen.none || context.translation === '7.15') ? 'yes' : 'no';
  };
}

/** Whether some choice makes the script true and, if none does, whether one makes it false. */
function outcomes(script: Script, lists: readonly (readonly Value[])[]): { some: boolean; none: boolean } | undefined {
  const choices = lists.reduce((product, list) => product * list.length, 1);
  if (choices > MAX_CHOICES) return undefined;
  let none = false;
  for (let choice = 0; choice < choices; choice += 1) {
    const result = script.run(chosen(lists, choice));
    if (result === true) return { some: true, none: false };
    none ||= result === false;
  }
  return { some: false, none };
}

/** The choices are counted through like digits. */
function chosen(lists: readonly (readonly Value[])[], choice: number): readonly Value[] {
  let rest = choice;
  return lists.map(list => {
    const value = list[rest % list.length]!;
    rest = Math.floor(rest / list.length);
    return value;
  });
}
