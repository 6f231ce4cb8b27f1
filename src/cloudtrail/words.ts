import { BACKSLASH, QUOTE, SPACE } from './characters.ts';

/** Bytes that are looked at together: four at a time is several times as fast as one after another. */
export const WORD = 4;

/** Bytes, four of which can be had as one number wherever they stand. */
export function wordsOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** A text in ASCII of four characters or more, made ready to be looked for. */
export interface WordText {
  readonly length: number;
  /** The last one takes in what the one before has, where the length is no multiple of four. */
  readonly words: readonly number[];
}

export function wordText(text: string): WordText {
  const bytes = Buffer.from(text, 'latin1');
  const words: number[] = [];
  for (let at = 0; at < bytes.length; at += WORD) words.push(bytes.readInt32LE(Math.min(at, bytes.length - WORD)));
  return { length: bytes.length, words };
}

/** Whether the text stands there, all of which is known to be there. */
export function isAt(words: DataView, at: number, text: WordText): boolean {
  const last = text.length - WORD;
  for (let i = 0, from = 0; i < text.words.length; i++, from += WORD)
    if (words.getInt32(at + (from < last ? from : last), true) !== text.words[i]) return false;
  return true;
}

/**
 * The bytes of a word that are a quote, a backslash or a control character, as their highest bits; bytes above the lowest that is
 * one may be told too. Subtracting sets the highest bit of a byte that is too small, and only where that was not set before.
 */
export function stopsIn(word: number): number {
  const quotes = word ^ 0x22222222;
  const backslashes = word ^ 0x5c5c5c5c;
  const small = (quotes - 0x01010101) & ~quotes;
  return (small | ((backslashes - 0x01010101) & ~backslashes) | ((word - 0x20202020) & ~word)) & 0x80808080;
}

/** Where the next quote, backslash or control character stands, one of which is known to be there. */
export function stopFrom(bytes: Buffer, words: DataView, from: number): number {
  let at = from;
  for (; at <= bytes.length - WORD; at += WORD) {
    const stops = stopsIn(words.getInt32(at, true));
    if (stops !== 0) return at + placeOfFirst(stops);
  }
  while (!isStop(bytes[at]!)) at += 1;
  return at;
}

function isStop(byte: number): boolean {
  return byte === QUOTE || byte === BACKSLASH || byte < SPACE;
}

/** Of the bytes that are told by their highest bits. */
export function placeOfFirst(bits: number): number {
  return (31 - Math.clz32(bits & -bits)) >> 3;
}
