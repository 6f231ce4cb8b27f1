import type { JsonObject } from '../documents/document.ts';
import { unknownFor } from '../documents/path.ts';
import type { Answer, Query } from '../query/query.ts';

/** What a query answers of a document, of which no more is worked out than the query reads. */
export function asked(query: Query, body: JsonObject): Answer {
  return query.ask(body, unknownFor(body, query.fields));
}
