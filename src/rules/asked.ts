import type { JsonObject } from '../documents/document.ts';
import { unknownsOf, waitingFor } from '../documents/path.ts';
import { oncePer } from '../memo/oncePer.ts';
import type { Answer, Asked, Query } from '../query/query.ts';

/** What a query answers of a document, of which no more is worked out than the answer hangs on. */
export function asked(query: Query, body: JsonObject): Answer {
  return askerOf(query)(body);
}

/** The same, made ready for many documents of a kind. */
export const askerOf = oncePer((query: Query): ((body: JsonObject) => Answer) => {
  let parts: readonly Asked[] | undefined;
  return body => {
    parts ??= partsOf(query, body);
    const unknown = unknownsOf(body);
    let answer: Answer = 'yes';
    for (const part of parts) {
      const one = part.ask(body, unknown);
      if (one === 'no') return 'no';
      if (one === 'unknown') answer = 'unknown';
    }
    return answer;
  };
});

/** Those first that read what is there. Documents of a kind wait for the same, so that the first one stands for them all. */
function partsOf(query: Query, body: JsonObject): readonly Asked[] {
  const parts = (query.parts ?? [query]).map(part => ({ part, waits: waitingFor(body, part.fields) }));
  return parts.sort((a, b) => a.waits - b.waits).map(({ part }) => part);
}
