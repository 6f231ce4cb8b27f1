import {
  BACKSLASH,
  CLOSE_LIST,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  NEWLINE,
  OPEN_LIST,
  OPEN_OBJECT,
  QUOTE,
  SPACE,
} from './characters.ts';
import type { Head } from './head.ts';
import type { CloudTrailRecord } from './record.ts';
import { Texts } from './texts.ts';

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

/** Members' names, with the quote behind them. */
const NAME = {
  cloudTrailEvent: Buffer.from('CloudTrailEvent"'),
  digestEndTime: Buffer.from('digestEndTime"'),
  digestS3Object: Buffer.from('digestS3Object"'),
  eventCategory: Buffer.from('eventCategory"'),
  eventName: Buffer.from('eventName"'),
  eventSource: Buffer.from('eventSource"'),
  eventTime: Buffer.from('eventTime"'),
  events: Buffer.from('Events"'),
  insightDetails: Buffer.from('insightDetails"'),
  records: Buffer.from('Records"'),
  type: Buffer.from('type"'),
  userIdentity: Buffer.from('userIdentity"'),
} as const;

const LETTER_C = 0x43;
const LETTER_E = 0x45;
const LETTER_I = 0x49;
const LETTER_R = 0x52;
const LETTER_d = 0x64;
const LETTER_e = 0x65;
const LETTER_i = 0x69;
const LETTER_r = 0x72;
const LETTER_u = 0x75;

/** How names in `userIdentity` begin that matter: an escape may stand for any letter. */
const INITIALS_INSIDE = tableOf(Buffer.from('t\\'));

/** As many strings are looked at of one object, names and values; one with more is not certain. A power of two. */
const MOST_NAMES = 256;

/** A record that is not parsed, of which more can be had than its head. */
export interface Glimpse {
  /** Bytes of its JSON text. */
  readonly length: number;
  /**
   * The record as if it had no other members than those of these names. Undefined where that is not certain: names with escapes,
   * members that come twice, what is no JSON.
   */
  members(names: ReadonlySet<string>): CloudTrailRecord | undefined;
}

/** Goes over objects in UTF-8, each in one pass in which nothing but brackets and strings is looked at. */
export class ObjectScan implements Glimpse {
  readonly #texts = new Texts();
  #bytes: Buffer = Buffer.alloc(0);
  #start = 0;
  #end = 0;
  /** Where strings begin, names and values: directly in the object, and such as may be `type` directly in `userIdentity`. */
  readonly #own = new Int32Array(MOST_NAMES);
  readonly #inIdentity = new Int32Array(MOST_NAMES);
  /** In any string that is not further in. */
  #hasEscape = false;
  #owns = 0;
  #inIdentities = 0;

  /**
   * Where the object ends that begins at `from`: the place behind its last bracket. -1 where it does not end before `limit`, where its
   * brackets do not fit each other, or where it nests deeper than thirty levels: then somebody has to look more closely.
   */
  end(bytes: Buffer, from: number, limit: number): number {
    // Nothing is called in this loop, nor kept anywhere but in variables: all of every log goes through it.
    const own = this.#own;
    const inIdentity = this.#inIdentity;
    let owns = 0;
    let inIdentities = 0;
    let isInIdentity = false;
    let hasEscape = false;
    let open = 1;
    let at = from;
    while (at < limit) {
      const mark = MARKS[bytes[at]!]!;
      at += 1;
      if (mark === NO_MARK) continue;
      if (mark === QUOTE) {
        const start = at;
        for (; at < limit; at++) {
          const stop = STOPS[bytes[at]!]!;
          if (stop === NO_MARK) continue;
          if (stop === QUOTE) break;
          if (stop === NEWLINE) return -1;
          at += 1;
          if (open <= INSIDE) hasEscape = true;
        }
        if (at >= limit) return -1;
        at += 1;
        if (open === OUTERMOST) {
          isInIdentity =
            bytes[start] === LETTER_u && bytes[start + 4] === LETTER_I && isText(bytes, start, NAME.userIdentity);
          own[owns & (MOST_NAMES - 1)] = start;
          owns += 1;
        } else if (open === INSIDE && isInIdentity && INITIALS_INSIDE[bytes[start]!] !== NO_MARK) {
          inIdentity[inIdentities & (MOST_NAMES - 1)] = start;
          inIdentities += 1;
        }
      } else if (mark === OPEN_OBJECT || mark === OPEN_LIST) {
        if (open >= DEEPEST) return -1;
        open = (open << 1) | (mark === OPEN_LIST ? 1 : 0);
      } else {
        if ((open & 1) !== (mark === CLOSE_LIST ? 1 : 0)) return -1;
        open >>= 1;
        if (open === OUTERMOST) isInIdentity = false;
        if (open !== 1) continue;
        this.#bytes = bytes;
        this.#hasEscape = hasEscape;
        this.#start = from;
        this.#end = at;
        this.#owns = owns;
        this.#inIdentities = inIdentities;
        return at;
      }
    }
    return -1;
  }

  /**
   * The head of the object that `end` went over last. Undefined where it is not certain that this is a record of an event and
   * what it says: digests, Insights, what is wrapped in something else, names with escapes, members that come twice or are missing.
   */
  head(): Head | undefined {
    if (this.#owns > MOST_NAMES) return undefined;
    const found: Found = { eventName: '', eventSource: '', eventTime: '', identities: 0, mayHaveError: false };
    for (let i = 0; i < this.#owns; i++) if (!this.#takes(found, this.#own[i]!)) return undefined;
    const { eventName, eventSource, eventTime, identities, mayHaveError } = found;
    if (eventName === '' || eventSource === '' || eventTime === '') return undefined;
    const identityType = identities === 1 ? this.#identityType() : undefined;
    return { eventName, eventSource, eventTime, identityType, mayHaveError };
  }

  /** Whether a list of records may be in the object that `end` went over last, rather than that it is one. */
  get hasList(): boolean {
    if (this.#owns > MOST_NAMES) return true;
    for (let i = 0; i < this.#owns; i++) {
      const at = this.#own[i]!;
      if (this.#isNamed(at, NAME.events) || this.#isNamed(at, NAME.records) || this.#isNameWithEscape(at)) return true;
    }
    return false;
  }

  get length(): number {
    return this.#end - this.#start;
  }

  members(names: ReadonlySet<string>): CloudTrailRecord | undefined {
    const record: Record<string, unknown> = {};
    if (this.#owns > MOST_NAMES) return undefined;
    const wanted = quoted(names);
    for (let i = 0; i < this.#owns; i++) {
      const at = this.#own[i]!;
      if (this.#isNameWithEscape(at)) return undefined;
      const name = wanted.find(each => each.bytes[0] === this.#bytes[at] && this.#isNamed(at, each.bytes));
      if (name === undefined) continue;
      const value = Object.hasOwn(record, name.text) ? undefined : this.#valueOf(i, name.bytes);
      if (value === undefined) return undefined;
      record[name.text] = value;
    }
    return record;
  }

  /** What stands behind the name that is the object's string number `i`; undefined where it is no JSON. */
  #valueOf(i: number, name: Buffer): unknown {
    const start = this.#skipSpace(this.#colonFrom(this.#own[i]! + name.length) + 1);
    try {
      return JSON.parse(this.#bytes.toString('utf8', start, this.#endOfValue(start, i + 1)));
    } catch {
      return undefined;
    }
  }

  /** A value that is a string is one of the object's own, and what follows it another one; other values end before the next. */
  #endOfValue(start: number, next: number): number {
    if (this.#bytes[start] === QUOTE) return this.#endOf(start + 1) + 1;
    return next < this.#owns ? this.#bytes.lastIndexOf(COMMA, this.#own[next]! - 2) : this.#end - 1;
  }

  /** Where the quote stands that ends the string. */
  #endOf(from: number): number {
    let at = from;
    while (this.#bytes[at] !== QUOTE) at += this.#bytes[at] === BACKSLASH ? 2 : 1;
    return at;
  }

  /** Takes what the string says, if it is a name that matters; false where the head is not certain any more. */
  #takes(found: Found, at: number): boolean {
    switch (this.#bytes[at]) {
      case LETTER_e:
        return this.#takesEvent(found, at);
      case LETTER_u:
        if (this.#isNamed(at, NAME.userIdentity)) found.identities += 1;
        break;
      case LETTER_C:
        if (this.#isNamed(at, NAME.cloudTrailEvent)) return false;
        break;
      case LETTER_E:
        if (this.#isNamed(at, NAME.events)) return false;
        break;
      case LETTER_R:
        if (this.#isNamed(at, NAME.records)) return false;
        break;
      case LETTER_i:
        if (this.#isNamed(at, NAME.insightDetails)) return false;
        break;
      case LETTER_d:
        if (this.#isNamed(at, NAME.digestS3Object) || this.#isNamed(at, NAME.digestEndTime)) return false;
        break;
      case BACKSLASH:
        break;
      default:
        return true;
    }
    return !this.#isNameWithEscape(at);
  }

  #takesEvent(found: Found, at: number): boolean {
    const name = EVENT_NAMES[this.#bytes[at + 'event'.length]!];
    if (name !== undefined && this.#isNamed(at, NAME[name])) {
      const value = this.#valueBehind(at + NAME[name].length);
      if (name === 'eventCategory') return value !== 'Insight';
      if (value === '' || found[name] !== '') return false;
      found[name] = value;
      return true;
    }
    found.mayHaveError ||= this.#bytes[at + 1] === LETTER_r;
    return !this.#isNameWithEscape(at);
  }

  #identityType(): string | undefined {
    let type = '';
    if (this.#inIdentities > MOST_NAMES) return undefined;
    for (let i = 0; i < this.#inIdentities; i++) {
      const at = this.#inIdentity[i]!;
      if (this.#isNameWithEscape(at)) return undefined;
      if (!this.#isNamed(at, NAME.type)) continue;
      const value = this.#valueBehind(at + NAME.type.length);
      if (value === '' || type !== '') return undefined;
      type = value;
    }
    return type === '' ? undefined : type;
  }

  /** Whether the string that begins there is this one, and a member's name. */
  #isNamed(at: number, name: Buffer): boolean {
    return isText(this.#bytes, at, name) && this.#colonFrom(at + name.length) !== -1;
  }

  #isNameWithEscape(from: number): boolean {
    if (!this.#hasEscape) return false;
    const end = this.#endOf(from);
    for (let at = from; at < end; at++) if (this.#bytes[at] === BACKSLASH) return this.#colonFrom(end + 1) !== -1;
    return false;
  }

  /** The string that follows a name; empty where there is none, or one that is not written as it is. */
  #valueBehind(end: number): string {
    const bytes = this.#bytes;
    const start = this.#skipSpace(this.#colonFrom(end) + 1);
    if (bytes[start] !== QUOTE) return '';
    let quote = start + 1;
    for (; bytes[quote] !== QUOTE; quote++) if (bytes[quote] === BACKSLASH || bytes[quote]! > LAST_ASCII) return '';
    return this.#texts.at(bytes, start + 1, quote);
  }

  /** Where the colon stands that makes the string before it a name; -1 where none does. */
  #colonFrom(end: number): number {
    const at = this.#skipSpace(end);
    return this.#bytes[at] === COLON ? at : -1;
  }

  #skipSpace(from: number): number {
    let at = from;
    while (this.#bytes[at]! <= SPACE) at += 1;
    return at;
  }
}

/** Names as they stand in a text, with the quote behind them. */
interface Quoted {
  readonly text: string;
  readonly bytes: Buffer;
}

function quoted(names: ReadonlySet<string>): readonly Quoted[] {
  const known = quotedNames.get(names);
  if (known !== undefined) return known;
  const made = [...names].map(text => ({ text, bytes: Buffer.from(`${text}"`) }));
  quotedNames.set(names, made);
  return made;
}

const quotedNames = new WeakMap<ReadonlySet<string>, readonly Quoted[]>();

/** What is found of a head; each text is empty until then. */
interface Found {
  eventName: string;
  eventSource: string;
  eventTime: string;
  identities: number;
  mayHaveError: boolean;
}

/** Names by the letter behind `event`. */
const EVENT_NAMES: Readonly<Record<number, 'eventName' | 'eventSource' | 'eventTime' | 'eventCategory'>> = {
  67: 'eventCategory',
  78: 'eventName',
  83: 'eventSource',
  84: 'eventTime',
};

const LAST_ASCII = 0x7f;

function isText(bytes: Buffer, at: number, text: Buffer): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text[i]) return false;
  return true;
}
