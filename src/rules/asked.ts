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
  let parts: Part[] | undefined;
  return body => {
    parts ??= partsOf(query, body);
    const unknown = unknownsOf(body);
    let answer: Answer = 'yes';
    for (let at = 0; at < parts.length; at++) {
      const one = parts[at]!.asked.ask(body, unknown);
      if (one === 'no') {
        moveUp(parts, at);
        return 'no';
      }
      if (one === 'unknown') answer = 'unknown';
    }
    return answer;
  };
});

interface Part {
  readonly asked: Asked;
  /** How much has to be worked out for it. */
  readonly waits: number;
}

/** Those first that read what is there. Documents of a kind wait for the same, so that the first one stands for them all. */
function partsOf(query: Query, body: JsonObject): Part[] {
  const parts = (query.parts ?? [query]).map(asked => ({ asked, waits: waitingFor(body, asked.fields) }));
  return parts.sort((a, b) => a.waits - b.waits);
}

/** What has answered no will do so again: of those that wait for as much it comes earlier by one. */
function moveUp(parts: Part[], at: number): void {
  const [before, part] = [parts[at - 1], parts[at]!];
  if (before?.waits !== part.waits) return;
  parts[at - 1] = part;
  parts[at] = before;
}
