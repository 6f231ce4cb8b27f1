import { type Context, fieldAsks, indexed, type Question, testFor } from './field-question.ts';
import { type Ask, allOf, anyOf } from './kleene.ts';
import { isObject, type Leaf, someLeafBelow, type Test } from './lookup.ts';
import { isMisfit } from './match/matcher.ts';
import type { Unknowns } from './query.ts';
import { isExists, type Value } from './tree.ts';
import { occurInOrder } from './wildcard.ts';

/** A value without a field: asked of every field, or looked for inside every value. */
export function freeText(value: Value, context: Context): Ask {
  if (isExists(value)) return () => 'yes';
  return context.freeText === 'contains' ? contains(value) : term(value, context);
}

/** As Elasticsearch asks all fields at once, leniently: a field that cannot hold the value is left out. */
function term(value: Value, context: Context): Ask {
  const question: Question = { kind: 'is', value };
  const { vocabulary, prefix, now } = context;
  const mapping = vocabulary.mapping('*');
  if (mapping === undefined) {
    return anyOf(
      fieldAsks(
        vocabulary.names.filter(name => name.startsWith(prefix)),
        question,
        context,
      ),
    );
  }
  const outcome = testFor(mapping, question, now);
  return isMisfit(outcome) ? () => 'no' : anywhere(indexed(mapping, outcome));
}

/** Every word stands somewhere in some value, whatever its case; quoted text is one word. */
function contains(value: Value): Ask {
  return allOf(wordsOf(value).map(parts => anywhere(leaf => occurInOrder(parts, String(leaf).toLowerCase()))));
}

/** Each word as the texts between its stars. */
function wordsOf(value: Value): readonly (readonly string[])[] {
  if (value.kind === 'wildcard') return [value.parts.map(part => part.toLowerCase())];
  const text = value.text.toLowerCase();
  return (value.quoted ? [text] : text.split(/\s+/)).filter(word => word !== '').map(word => [word]);
}

/** Whether any value of the document passes. Its list of unknown fields is not part of what it says. */
function anywhere(test: Test): Ask {
  return ({ value, unknown }) => {
    if (valuesOf(value, unknown).some(inner => someLeafBelow(inner, (leaf: Leaf) => test(leaf)))) return 'yes';
    return unknown.some(ANY) ? 'unknown' : 'no';
  };
}

function valuesOf(value: unknown, unknown: Unknowns): readonly unknown[] {
  if (!isObject(value)) return [value];
  return unknown.some(ANY)
    ? Object.keys(value).flatMap(key => (key === 'unknown' ? [] : [value[key]]))
    : Object.values(value);
}

const ANY = () => true;
