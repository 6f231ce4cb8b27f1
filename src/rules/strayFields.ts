import type { DocumentKind } from '../documents/document.ts';
import { KINDS, vocabularyFor } from '../documents/fields.ts';
import { indexFor } from './ruleKind.ts';

/** For a query with fields of another kind of document than its rule's `index` says: what to write there. */
export function strayHint(stray: readonly string[], kind: DocumentKind): string | undefined {
  const kinds = KINDS.filter(each => each !== kind);
  const knownTo = (each: DocumentKind) => stray.filter(field => vocabularyFor(each).mapping(field) !== undefined);
  const most = Math.max(...kinds.map(each => knownTo(each).length));
  if (most === 0) return undefined;
  const best = kinds.filter(each => knownTo(each).length === most);
  const [field] = knownTo(best[0]!);
  const indices = best.map(each => `index = ["${indexFor(each)}"]`);
  return `${field} is a field of ${best.join(', ')} documents. For a rule about those, write ${indices.join(' or ')}`;
}
