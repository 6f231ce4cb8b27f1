import { MAX_PARTS } from '../lookup.ts';
import type { FieldMapping, Vocabulary } from '../query.ts';
import { type QueryError, type QueryPlace, queryError } from '../query-error.ts';
import { nearest } from '../vocabulary.ts';
import type { FieldName } from './tree.ts';

export interface EqlContext {
  readonly text: string;
  readonly place: QueryPlace;
  readonly vocabulary: Vocabulary;
  readonly now: Date;
  readonly unknownFields: 'error' | 'ignore';
  readonly translation: '7.10' | '7.15';
}

export function refusal(context: EqlContext, at: number, message: string, hint?: string): QueryError {
  return queryError({ text: context.text, at, message, hint }, context.place);
}

/** A field that the query reads. Without a mapping it has no values: it does not exist, and the caller does not mind. */
export interface Field {
  readonly name: string;
  readonly mapping: FieldMapping | undefined;
  /** Whether the field stands for all the values inside it. */
  readonly below: boolean;
  readonly at: number;
}

/** Undefined for an optional field that does not exist: it is null. Throws QueryError for any other. */
export function fieldOf({ name, optional, at }: FieldName, context: EqlContext): Field | undefined {
  const { vocabulary, unknownFields } = context;
  if (name.split('.', MAX_PARTS + 1).length > MAX_PARTS) {
    throw refusal(context, at, `A field's name has at most ${MAX_PARTS} parts`);
  }
  const mapping = vocabulary.mapping(name);
  if (mapping === undefined) {
    if (optional) return undefined;
    if (unknownFields === 'error') throw noSuchField(name, at, context);
    return { name, mapping, below: false, at };
  }
  const unsearchable = unsearchableType(name, mapping, vocabulary);
  if (unsearchable !== undefined) {
    if (unknownFields === 'error') throw refusal(context, at, `${name} ${unsearchable}`);
    return { name, mapping: undefined, below: false, at };
  }
  return { name, mapping, below: mapping.type === 'flattened' && vocabulary.names.includes(name), at };
}

function noSuchField(name: string, at: number, context: EqlContext): QueryError {
  const near = nearest(name, context.vocabulary.names);
  const hint = near.length === 0 ? undefined : `Did you mean ${near.join(' or ')}?`;
  const short = name.length > 100 ? `${name.slice(0, 100)}…` : name;
  return refusal(context, at, `There is no field ${JSON.stringify(short)}`, hint);
}

/** Documented limitations of EQL: no analysed text, nothing nested. */
function unsearchableType(name: string, mapping: FieldMapping, vocabulary: Vocabulary): string | undefined {
  if (mapping.type === 'text') return 'is analysed text, which EQL does not search';
  if (mapping.type === 'nested' || isNested(name, vocabulary))
    return 'is in a list of objects, which EQL does not search';
  return undefined;
}

function isNested(name: string, vocabulary: Vocabulary): boolean {
  for (let dot = name.indexOf('.'); dot !== -1; dot = name.indexOf('.', dot + 1)) {
    if (vocabulary.mapping(name.slice(0, dot))?.type === 'nested') return true;
  }
  return false;
}
