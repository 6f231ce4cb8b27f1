import { KINDS, vocabularyFor } from '../documents/fields.ts';
import type { FieldMapping, Vocabulary } from '../query/query.ts';

/** The fields of a finding, and all those of the document that it is about. */
export function findingVocabulary(): Vocabulary {
  known ??= joined([FINDING, ...KINDS.map(vocabularyFor)]);
  return known;
}

let known: Vocabulary | undefined;

const FINDING_FIELDS: ReadonlyMap<string, FieldMapping> = new Map([
  ['id', { type: 'keyword' }],
  ['rule', { type: 'keyword' }],
  ['name', { type: 'keyword' }],
  ['severity', { type: 'keyword' }],
  ['risk_score', { type: 'long' }],
  ['status', { type: 'keyword' }],
  ['why', { type: 'text' }],
  ['time', { type: 'date' }],
  ['resource.kind', { type: 'keyword' }],
  ['resource.id', { type: 'keyword' }],
  ['resource.name', { type: 'keyword' }],
  ['resource.account', { type: 'keyword' }],
  ['resource.region', { type: 'keyword' }],
]);

const FINDING: Vocabulary = { names: [...FINDING_FIELDS.keys()], mapping: field => FINDING_FIELDS.get(field) };

/** The first that knows a field says what it is. */
function joined(vocabularies: readonly Vocabulary[]): Vocabulary {
  return {
    names: [...new Set(vocabularies.flatMap(({ names }) => names))],
    mapping: field => first(vocabularies, field),
  };
}

function first(vocabularies: readonly Vocabulary[], field: string): FieldMapping | undefined {
  for (const vocabulary of vocabularies) {
    const mapping = vocabulary.mapping(field);
    if (mapping !== undefined) return mapping;
  }
  return undefined;
}
