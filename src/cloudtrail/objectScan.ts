import {
  BACKSLASH,
  CLOSE_LIST,
  CLOSE_OBJECT,
  COLON,
  NEWLINE,
  OPEN_LIST,
  OPEN_OBJECT,
  QUOTE,
  SPACE,
} from './characters.ts';
import { isAt, placeOfFirst, stopsIn, WORD, wordsOf, wordText } from './words.ts';

/** As many brackets as one number has room for, a bit each. */
const DEEPEST = 2 ** 30;

const NO_MARK = 0;
/** What matters outside of strings, and inside of them: tables are much faster than comparing. */
const MARKS = tableOf([QUOTE, OPEN_OBJECT, OPEN_LIST, CLOSE_OBJECT, CLOSE_LIST]);
/** No string of JSON has control characters. */
const STOPS = tableOf([QUOTE, BACKSLASH]).fill(NEWLINE, 0, SPACE);

function tableOf(characters: Iterable<number>): Uint8Array {
  const table = new Uint8Array(256);
  for (const character of characters) table[character] = character;
  return table;
}

/** A JSON object at its outermost level; inside one object more. */
const OUTERMOST = 2;
const INSIDE = 4;

const USER_IDENTITY = wordText('userIdentity"');
const TYPE = wordText('type"');

/** As many names are kept of one object; what is asked of one with more is not certain. A power of two. */
export const MOST_NAMES = 256;

/** Goes over objects in UTF-8, each in one pass in which nothing but brackets and strings is looked at. Keeps where the names stand. */
export class ObjectScan {
  bytes: Buffer = Buffer.alloc(0);
  words = wordsOf(this.bytes);
  /** Where the last object begins, and the place behind its last bracket. */
  start = 0;
  end = 0;
  /** How many members the object has; of each the place of its name's first letter, and the one behind the quote that ends it. */
  names = 0;
  readonly nameStarts = new Int32Array(MOST_NAMES);
  readonly nameEnds = new Int32Array(MOST_NAMES);
  hasEscapedName = false;
  /** How many members called `type` are in an object called `userIdentity`, and the place behind the last one's name. */
  identityTypes = 0;
  identityTypeEnd = 0;
  hasEscapedIdentityName = false;

  /**
   * Where the object ends that begins at `from`: the place behind its last bracket. -1 where it does not end before `limit`, where its
   * brackets do not fit each other, or where it nests deeper than thirty levels: then somebody has to look more closely.
   */
  over(bytes: Buffer, from: number, limit: number): number {
    if (bytes !== this.bytes) {
      this.bytes = bytes;
      this.words = wordsOf(bytes);
    }
    // Nothing is kept in this loop but in variables, nor called that is more than a line: all of every log goes through it.
    const marks = MARKS;
    const words = this.words;
    const lastWord = bytes.length - WORD;
    const { nameStarts, nameEnds } = this;
    let names = 0;
    let hasEscapedName = false;
    let isInIdentity = false;
    let identityTypes = 0;
    let identityTypeEnd = 0;
    let hasEscapedIdentityName = false;
    let open = 1;
    let at = from;
    while (at < limit) {
      const mark = marks[bytes[at]!]!;
      at += 1;
      if (mark === NO_MARK) continue;
      if (mark === QUOTE) {
        const start = at;
        let hasEscape = false;
        for (;;) {
          if (at <= lastWord) {
            const stops = stopsIn(words.getInt32(at, true));
            if (stops === 0) {
              at += WORD;
              continue;
            }
            at += placeOfFirst(stops);
          } else while (at < limit && STOPS[bytes[at]!] === NO_MARK) at += 1;
          if (at >= limit) return -1;
          const stop = bytes[at];
          at += 1;
          if (stop === QUOTE) break;
          if (stop !== BACKSLASH) return -1;
          hasEscape = true;
          at += 1;
        }
        if (open === OUTERMOST) {
          if (!isName(bytes, at)) continue;
          nameStarts[names & (MOST_NAMES - 1)] = start;
          nameEnds[names & (MOST_NAMES - 1)] = at;
          names += 1;
          isInIdentity = at - start === USER_IDENTITY.length && isAt(words, start, USER_IDENTITY);
          if (hasEscape) hasEscapedName = true;
        } else if (isInIdentity && open === INSIDE) {
          if (hasEscape && isName(bytes, at)) hasEscapedIdentityName = true;
          if (at - start !== TYPE.length || !isAt(words, start, TYPE) || !isName(bytes, at)) continue;
          identityTypes += 1;
          identityTypeEnd = at;
        }
      } else if (mark === OPEN_OBJECT || mark === OPEN_LIST) {
        if (open >= DEEPEST) return -1;
        open = (open << 1) | (mark === OPEN_LIST ? 1 : 0);
      } else {
        if ((open & 1) !== (mark === CLOSE_LIST ? 1 : 0)) return -1;
        open >>= 1;
        if (open === OUTERMOST) isInIdentity = false;
        if (open !== 1) continue;
        this.start = from;
        this.end = at;
        this.names = names;
        this.hasEscapedName = hasEscapedName;
        this.identityTypes = identityTypes;
        this.identityTypeEnd = identityTypeEnd;
        this.hasEscapedIdentityName = hasEscapedIdentityName;
        return at;
      }
    }
    return -1;
  }
}

/** Whether the string is a member's name that ends before this place. */
function isName(bytes: Buffer, end: number): boolean {
  let at = end;
  while (bytes[at]! <= SPACE) at += 1;
  return bytes[at] === COLON;
}
