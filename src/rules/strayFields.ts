import type { DocumentKind } from '../documents/document.ts';
import { KINDS, vocabularyFor } from '../documents/fields.ts';
import { UserError } from '../errors.ts';
import { compileKql } from '../query/kql.ts';
import type { Vocabulary } from '../query/query.ts';
import { indexFor } from './ruleKind.ts';

/** For a query about another kind of document than its rule's `index` says: what to write there. */
export function strayHint(text: string, kind: DocumentKind, now: Date): string | undefined {
  const vocabulary = vocabularyFor(kind);
  const stray = fieldsIn(text, vocabulary, now).filter(field => vocabulary.mapping(field) === undefined);
  const knownTo = (each: DocumentKind) => stray.filter(field => vocabularyFor(each).mapping(field) !== undefined);
  const most = Math.max(...KINDS.map(each => knownTo(each).length));
  if (most === 0) return undefined;
  const kinds = KINDS.filter(each => knownTo(each).length === most);
  const [field] = knownTo(kinds[0]!);
  const indices = kinds.map(each => `index = ["${indexFor(each)}"]`);
  return `${field} is a field of ${kinds.join(', ')} documents. For a rule about those, write ${indices.join(' or ')}`;
}

/** None when the query cannot be understood at all. */
function fieldsIn(text: string, vocabulary: Vocabulary, now: Date): readonly string[] {
  try {
    return compileKql(text, { vocabulary, now, unknownFields: 'ignore' }).fields;
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
}
