import { WORD } from './words.ts';

/** Texts that come again and again, each made once. */
export class Texts {
  readonly #known: (string | undefined)[] = new Array(SLOTS);
  /** The same, in bytes: of each slot so many words. */
  readonly #words = new Int32Array(SLOTS * MOST_WORDS);

  /** The text from `start` up to `end`; empty where it is not printable ASCII. `words` are those of `bytes`. */
  at(bytes: Buffer, words: DataView, start: number, end: number): string {
    const length = end - start;
    if (length < WORD || length > MOST_WORDS * WORD) return plain(bytes, start, end);
    const last = end - WORD;
    let hash = length;
    for (let at = start; at < last; at += WORD) hash = Math.imul(hash ^ words.getInt32(at, true), PRIME);
    hash = Math.imul(hash ^ words.getInt32(last, true), PRIME);
    const slot = hash >>> (32 - SLOT_BITS);
    const known = this.#known[slot];
    if (known !== undefined && known.length === length && this.#isKept(slot, words, start, last)) return known;
    const text = plain(bytes, start, end);
    this.#known[slot] = text;
    this.#keep(slot, words, start, last);
    return text;
  }

  #isKept(slot: number, words: DataView, start: number, last: number): boolean {
    let place = slot * MOST_WORDS;
    for (let at = start; at < last; at += WORD) if (this.#words[place++] !== words.getInt32(at, true)) return false;
    return this.#words[place] === words.getInt32(last, true);
  }

  #keep(slot: number, words: DataView, start: number, last: number): void {
    let place = slot * MOST_WORDS;
    for (let at = start; at < last; at += WORD) this.#words[place++] = words.getInt32(at, true);
    this.#words[place] = words.getInt32(last, true);
  }
}

const SLOT_BITS = 12;
const SLOTS = 2 ** SLOT_BITS;
/** Longer texts are made each time. */
const MOST_WORDS = 16;
/** Spreads over the highest bits what differs in any. */
const PRIME = 0x9e3779b1;

function plain(bytes: Buffer, start: number, end: number): string {
  const text = bytes.toString('latin1', start, end);
  return /^[ -~]*$/.test(text) ? text : '';
}
