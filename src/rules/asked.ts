import type { JsonObject } from '../documents/document.ts';
import { unknownsOf, waitingFor } from '../documents/path.ts';
import type { Answer, Asked, Query } from '../query/query.ts';

/** What a query answers of a document, of which no more is worked out than the answer hangs on. */
export function asked(query: Query, body: JsonObject): Answer {
  const unknown = unknownsOf(body);
  let answer: Answer = 'yes';
  for (const part of partsOf(query, body)) {
    const one = part.ask(body, unknown);
    if (one === 'no') return 'no';
    if (one === 'unknown') answer = 'unknown';
  }
  return answer;
}

/** Those first that read what is there. Documents of a kind wait for the same, so that the first one stands for them all. */
function partsOf(query: Query, body: JsonObject): readonly Asked[] {
  const known = inOrder.get(query);
  if (known !== undefined) return known;
  const parts = (query.parts ?? [query]).map(part => ({ part, waits: waitingFor(body, part.fields) }));
  const sorted = parts.sort((a, b) => a.waits - b.waits).map(({ part }) => part);
  inOrder.set(query, sorted);
  return sorted;
}

const inOrder = new WeakMap<Query, readonly Asked[]>();
