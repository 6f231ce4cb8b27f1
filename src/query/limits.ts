import { type QueryPlace, queryError } from './query-error.ts';

/** Queries are written by people: Elastic's longest have a few thousand characters. The limits keep hostile ones harmless. */
const MAX_LENGTH = 30_000;
const MAX_DEPTH = 100;
const MAX_WORDS = 200;

export function refuseHuge(text: string, place: QueryPlace): void {
  if (text.length <= MAX_LENGTH) return;
  const message = `The query has ${text.length} characters; at most ${MAX_LENGTH} are read`;
  throw queryError({ text, at: 0, message }, place);
}

/** `words`: where those stand that are asked of every field there is, some hundreds, each by itself. */
export function refuseWords(words: readonly number[], text: string, place: QueryPlace): void {
  const at = words[MAX_WORDS];
  if (at === undefined) return;
  const message = `The query asks every field for ${words.length} words; at most ${MAX_WORDS} are read`;
  throw queryError({ text, at, message, hint: 'Name the field that holds them.' }, place);
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
