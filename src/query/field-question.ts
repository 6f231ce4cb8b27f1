import type { Ask } from './kleene.ts';
import { type Leaf, leafTest, pathOf, someAt, type Test } from './lookup.ts';
import { matcherByType } from './match/by-type.ts';
import { isMisfit, type Misfit } from './match/matcher.ts';
import type { FieldMapping, Vocabulary } from './query.ts';
import type { QueryPlace } from './query-error.ts';
import { isExists, isNull, type RangeOperator, type Value } from './tree.ts';
import { touches } from './unknown.ts';

export interface Context {
  readonly text: string;
  readonly place: QueryPlace;
  readonly vocabulary: Vocabulary;
  readonly now: Date;
  readonly unknownFields: 'error' | 'ignore';
  readonly freeText: 'term' | 'contains';
  /** The nested path the question stands in, with a dot at its end; empty outside. */
  readonly prefix: string;
}

/** What a leaf of the tree asks of one value. */
export type Question =
  | { readonly kind: 'is'; readonly value: Value }
  | { readonly kind: 'range'; readonly operator: RangeOperator; readonly value: Value };

/** The question to each of the fields that can hold the value at all. */
export function fieldAsks(names: readonly string[], question: Question, context: Context): readonly Ask[] {
  return names.flatMap(name => {
    const mapping = context.vocabulary.mapping(name);
    const asked = mapping === undefined ? undefined : fieldQuestion(name, mapping, question, context);
    return asked === undefined || 'misfit' in asked ? [] : [asked.ask];
  });
}

/** A question to one field of a known type; a misfit where the field can never hold the value. */
export function fieldQuestion(
  name: string,
  mapping: FieldMapping,
  question: Question,
  { prefix, now, vocabulary }: Pick<Context, 'prefix' | 'now' | 'vocabulary'>,
): { readonly ask: Ask } | Misfit {
  const outcome = testFor(mapping, question, now);
  if (isMisfit(outcome)) return outcome;
  return { ask: fieldAsk(name, mapping, outcome, { prefix, below: holdsBelow(name, mapping, question, vocabulary) }) };
}

/** Whether some value of the field passes; `below` tries the values inside the objects there too. */
export function fieldAsk(
  name: string,
  mapping: FieldMapping,
  test: Test,
  { prefix, below }: { readonly prefix: string; readonly below: boolean },
): Ask {
  const path = pathOf(name.slice(prefix.length));
  const passes = leafTest(indexed(mapping, test), below);
  const isUnknown = touches(name, below || mapping.type === 'json');
  return scope => (someAt(scope.value, path, passes) ? 'yes' : scope.unknown.some(isUnknown) ? 'unknown' : 'no');
}

export function testFor(mapping: FieldMapping, question: Question, now: Date): Test | Misfit {
  const { value } = question;
  const matcher = matcherByType[mapping.type];
  if (question.kind === 'range') {
    if (value.kind === 'wildcard') return { misfit: 'is compared with one value, without a wildcard' };
    return matcher.range(question.operator, { ...value, now });
  }
  if (isExists(value)) return () => true;
  if (isNull(value)) return () => false;
  return value.kind === 'wildcard' ? matcher.wildcard(value.parts) : matcher.equals({ ...value, now });
}

/** Strings longer than the mapping's limit are not there. */
export function indexed({ ignoreAbove }: FieldMapping, test: Test): Test {
  if (ignoreAbove === undefined) return test;
  return (value: Leaf) => (typeof value !== 'string' || value.length <= ignoreAbove) && test(value);
}

/** A flattened field itself stands for all the values inside it; an object exists when something in it does. */
function holdsBelow(name: string, mapping: FieldMapping, question: Question, vocabulary: Vocabulary): boolean {
  if (mapping.type === 'flattened') return vocabulary.names.includes(name);
  return (mapping.type === 'json' || mapping.type === 'nested') && question.kind === 'is' && isExists(question.value);
}
