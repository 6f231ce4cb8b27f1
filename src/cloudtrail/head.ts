import {
  BACKSLASH,
  CLOSE_LIST,
  CLOSE_OBJECT,
  COLON,
  isEscaped,
  OPEN_LIST,
  OPEN_OBJECT,
  QUOTE,
  SPACE,
} from './characters.ts';
import { type CloudTrailRecord, isObject } from './record.ts';

/** Letters that tell members' names apart. */
const LETTER = {
  C: 0x43,
  E: 0x45,
  N: 0x4e,
  R: 0x52,
  S: 0x53,
  T: 0x54,
  d: 0x64,
  e: 0x65,
  i: 0x69,
  r: 0x72,
  u: 0x75,
  v: 0x76,
};

/** What a record says of itself, found in its text without parsing it. Each text stands there just so: no escapes, not empty. */
export interface Head {
  readonly eventName: string;
  readonly eventSource: string;
  readonly eventTime: string;
  /** `userIdentity.type`; undefined where that is not certain. */
  readonly identityType: string | undefined;
  /** Whether it may have an errorCode or an errorMessage. */
  readonly mayHaveError: boolean;
}

/** The head of a record that is at hand whole; undefined where it has none. */
export function headOf(record: CloudTrailRecord): Head | undefined {
  const [eventName, eventSource, eventTime] = [record.eventName, record.eventSource, record.eventTime].map(plain);
  if (eventName === undefined || eventSource === undefined || eventTime === undefined) return undefined;
  const { userIdentity } = record;
  const identityType =
    isObject(userIdentity) && Object.hasOwn(userIdentity, 'type') ? plain(userIdentity.type) : undefined;
  const mayHaveError = Object.hasOwn(record, 'errorCode') || Object.hasOwn(record, 'errorMessage');
  return { eventName, eventSource, eventTime, identityType, mayHaveError };
}

function plain(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** As far as a head says, the record, and which fields of its document hang on nothing else. */
export function recordOf(head: Head): { readonly record: CloudTrailRecord; readonly fields: ReadonlySet<string> } {
  const { eventName, eventSource, eventTime, identityType, mayHaveError } = head;
  const record = { eventName, eventSource, eventTime, userIdentity: { type: identityType } };
  const isDecided = !mayHaveError && eventName !== 'ConsoleLogin';
  const fields = [
    ...FIELDS,
    ...(isDecided ? ['event.outcome'] : []),
    ...(identityType === undefined ? [] : ['aws.cloudtrail.user_identity.type']),
  ];
  return { record, fields: new Set(fields) };
}

const FIELDS = [
  'cloud.provider',
  'data_stream.dataset',
  'data_stream.namespace',
  'data_stream.type',
  'event.action',
  'event.category',
  'event.dataset',
  'event.module',
  'event.provider',
  'event.type',
];

/** As many brackets as one number has room for, a bit each. */
const DEEPEST = 2 ** 30;

/** A JSON object at its outermost level; inside one object more. */
const OUTERMOST = 2;
const INSIDE = 4;

/**
 * Goes over objects in a text, each in one pass in which nothing but brackets and strings is looked at. One for each text.
 */
export class ObjectScan {
  readonly #text: string;
  /** Where the next backslash stands, looked for once and not for every string before it. */
  #backslash = -1;
  #mayHaveError = false;
  #isCertain = true;
  #eventName = '';
  #eventSource = '';
  #eventTime = '';
  #identityType = '';
  #isInIdentity = false;
  #identities = 0;
  #hasList = false;

  constructor(text: string) {
    this.#text = text;
  }

  /**
   * Where the object ends that begins at `from`: the place behind its last bracket. -1 where it does not end before `limit`, where its
   * brackets do not fit each other, or where it nests deeper than thirty levels: then somebody has to look more closely.
   */
  end(from: number, limit: number): number {
    const text = this.#text;
    this.#forget();
    let open = 1;
    let at = from;
    while (at < limit) {
      const character = text.charCodeAt(at);
      if (character === QUOTE) {
        const end = endOfString(text, at);
        if (end === -1) return -1;
        if (open === OUTERMOST) this.#outermost(at, end);
        else if (open === INSIDE && this.#isInIdentity) this.#inIdentity(at, end);
        at = end;
        continue;
      }
      if (character === OPEN_OBJECT || character === OPEN_LIST) {
        if (open >= DEEPEST) return -1;
        open = (open << 1) | (character === OPEN_LIST ? 1 : 0);
      } else if (character === CLOSE_OBJECT || character === CLOSE_LIST) {
        if ((open & 1) !== (character === CLOSE_LIST ? 1 : 0)) return -1;
        open >>= 1;
        if (open === 1) return at + 1;
      }
      at += 1;
    }
    return -1;
  }

  /**
   * The head of the object that `end` went over last. Undefined where it is not certain that this is a record of an event and
   * what it says: digests, Insights, what is wrapped in something else, names with escapes, members that come twice or are missing.
   */
  head(): Head | undefined {
    const [eventName, eventSource, eventTime] = [this.#eventName, this.#eventSource, this.#eventTime];
    if (!this.#isCertain || eventName === '' || eventSource === '' || eventTime === '') return undefined;
    const isPlain = this.#identities <= 1 && this.#identityType !== '';
    const identityType = isPlain ? this.#identityType : undefined;
    return { eventName, eventSource, eventTime, identityType, mayHaveError: this.#mayHaveError };
  }

  /** Whether a list of records may be in the object that `end` went over last, rather than that it is one. */
  get hasList(): boolean {
    return this.#hasList;
  }

  #forget(): void {
    this.#mayHaveError = false;
    this.#isCertain = true;
    this.#eventName = '';
    this.#eventSource = '';
    this.#eventTime = '';
    this.#identityType = '';
    this.#isInIdentity = false;
    this.#identities = 0;
    this.#hasList = false;
  }

  /** A string directly in the object, a member's name or its value. */
  #outermost(at: number, end: number): void {
    this.#isInIdentity = false;
    if (this.#hasBackslash(at, end)) {
      this.#isCertain &&= this.#colonFrom(end) === -1;
      return;
    }
    const text = this.#text;
    switch (text.charCodeAt(at + 1)) {
      case LETTER.e:
        if (text.charCodeAt(at + 2) === LETTER.v) this.#event(at, end);
        else if (text.charCodeAt(at + 2) === LETTER.r) this.#mayHaveError = true;
        return;
      case LETTER.u:
        if (text.startsWith('"userIdentity"', at)) {
          this.#isInIdentity = true;
          this.#identities += 1;
        }
        return;
      case LETTER.i:
        if (text.startsWith('"insight', at)) this.#isCertain = false;
        return;
      case LETTER.d:
        if (text.startsWith('"digest', at)) this.#isCertain = false;
        return;
      case LETTER.E:
      case LETTER.R:
        if (text.startsWith('"Events"', at) || text.startsWith('"Records"', at)) this.#hasList = true;
    }
  }

  #event(at: number, end: number): void {
    switch (this.#text.charCodeAt(at + 6)) {
      case LETTER.N:
        if (this.#text.startsWith('"eventName"', at)) this.#eventName = this.#only(this.#eventName, end);
        return;
      case LETTER.S:
        if (this.#text.startsWith('"eventSource"', at)) this.#eventSource = this.#only(this.#eventSource, end);
        return;
      case LETTER.T:
        if (this.#text.startsWith('"eventTime"', at)) this.#eventTime = this.#only(this.#eventTime, end);
        return;
      case LETTER.C:
        if (this.#text.startsWith('"eventCategory"', at)) this.#isCertain &&= this.#valueAt(end) !== 'Insight';
    }
  }

  /** A member's text, where it has not been there before. */
  #only(before: string, end: number): string {
    const value = this.#valueAt(end);
    if (before !== '' || value === '') this.#isCertain = false;
    return value;
  }

  #inIdentity(at: number, end: number): void {
    if (this.#hasBackslash(at, end)) this.#identities = 2;
    if (end - at !== 6 || !this.#text.startsWith('"type"', at)) return;
    const value = this.#valueAt(end);
    if (value === '' || this.#identityType !== '') this.#identities = 2;
    this.#identityType = value;
  }

  /** The string that follows a name, without escapes; empty where there is none such. */
  #valueAt(end: number): string {
    const text = this.#text;
    const colon = this.#colonFrom(end);
    const start = colon === -1 ? -1 : this.#skipSpace(colon + 1);
    if (start === -1 || text.charCodeAt(start) !== QUOTE) return '';
    const quote = text.indexOf('"', start + 1);
    return quote === -1 || this.#hasBackslash(start, quote) ? '' : text.slice(start + 1, quote);
  }

  #colonFrom(end: number): number {
    const at = this.#skipSpace(end);
    return this.#text.charCodeAt(at) === COLON ? at : -1;
  }

  #skipSpace(from: number): number {
    let at = from;
    while (this.#text.charCodeAt(at) <= SPACE) at += 1;
    return at;
  }

  #hasBackslash(start: number, end: number): boolean {
    if (this.#backslash < start) {
      const found = this.#text.indexOf('\\', start);
      this.#backslash = found === -1 ? this.#text.length : found;
    }
    return this.#backslash < end;
  }
}

/** The place behind the quote that ends the string; -1 where there is none. */
function endOfString(text: string, from: number): number {
  let quote = text.indexOf('"', from + 1);
  while (quote !== -1 && text.charCodeAt(quote - 1) === BACKSLASH && isEscaped(text, from + 1, quote))
    quote = text.indexOf('"', quote + 1);
  return quote === -1 ? -1 : quote + 1;
}
