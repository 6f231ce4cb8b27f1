import { type QueryPlace, queryError } from './query-error.ts';

/** Queries are written by people: Elastic's longest have a few thousand characters. The limits keep hostile ones harmless. */
const MAX_LENGTH = 30_000;
const MAX_DEPTH = 100;

export function refuseHuge(text: string, place: QueryPlace): void {
  if (text.length <= MAX_LENGTH) return;
  const message = `The query has ${text.length} characters; at most ${MAX_LENGTH} are read`;
  throw queryError({ text, at: 0, message }, place);
}

/** `depth`: of the brackets that are open at `at`. */
export function refuseDepth(
  depth: number,
  { text, at }: { readonly text: string; readonly at: number },
  place: QueryPlace,
): void {
  if (depth <= MAX_DEPTH) return;
  throw queryError({ text, at, message: `Brackets are nested more than ${MAX_DEPTH} deep` }, place);
}
