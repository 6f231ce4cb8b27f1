import { COLON, QUOTE, SPACE } from './characters.ts';
import type { Head } from './head.ts';
import { MOST_NAMES, ObjectScan } from './objectScan.ts';
import type { CloudTrailRecord } from './record.ts';
import { Texts } from './texts.ts';
import { isAt, stopFrom, type WordText, wordText } from './words.ts';

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

/** Looks at objects in UTF-8, one after another, without parsing them. */
export class Glimpses implements Glimpse {
  readonly #scan = new ObjectScan();
  readonly #texts = new Texts();

  /** Where the object ends that begins at `from`, see `ObjectScan`; what is asked from then on is asked of that object. */
  over(bytes: Buffer, from: number, limit: number): number {
    return this.#scan.over(bytes, from, limit);
  }

  /**
   * The object's head. Undefined where it is not certain that this is a record of an event and what it says: digests, Insights, what
   * is wrapped in something else, names with escapes, members that come twice or are missing.
   */
  head(): Head | undefined {
    const { words, names, nameStarts, nameEnds } = this.#scan;
    if (!this.#isCertain) return undefined;
    let eventName = '';
    let eventSource = '';
    let eventTime = '';
    let identities = 0;
    let mayHaveError = false;
    for (let i = 0; i < names; i++) {
      const end = nameEnds[i]!;
      switch (knownAt(words, nameStarts[i]!, end)) {
        case undefined:
          break;
        case 'eventName':
          if (eventName !== '') return undefined;
          eventName = this.#textBehind(end);
          break;
        case 'eventSource':
          if (eventSource !== '') return undefined;
          eventSource = this.#textBehind(end);
          break;
        case 'eventTime':
          if (eventTime !== '') return undefined;
          eventTime = this.#textBehind(end);
          break;
        case 'eventCategory':
          if (this.#textBehind(end) === 'Insight') return undefined;
          break;
        case 'userIdentity':
          identities += 1;
          break;
        case 'errorCode':
        case 'errorMessage':
          mayHaveError = true;
          break;
        default:
          return undefined;
      }
    }
    if (eventName === '' || eventSource === '' || eventTime === '') return undefined;
    const identityType = identities === 1 ? this.#identityType() : undefined;
    return { eventName, eventSource, eventTime, identityType, mayHaveError };
  }

  /** Whether a list of records may be in the object, rather than that it is one. */
  get hasList(): boolean {
    const { words, names, nameStarts, nameEnds } = this.#scan;
    if (!this.#isCertain) return true;
    for (let i = 0; i < names; i++) {
      const known = knownAt(words, nameStarts[i]!, nameEnds[i]!);
      if (known === 'Events' || known === 'Records') return true;
    }
    return false;
  }

  get length(): number {
    return this.#scan.end - this.#scan.start;
  }

  members(wanted: ReadonlySet<string>): CloudTrailRecord | undefined {
    const { words, names, nameStarts, nameEnds } = this.#scan;
    if (!this.#isCertain) return undefined;
    const record: Record<string, unknown> = {};
    const quoted = quotedOf(wanted);
    for (let i = 0; i < names; i++) {
      const start = nameStarts[i]!;
      const length = nameEnds[i]! - start;
      for (const name of quoted) {
        if (name.words.length !== length || !isAt(words, start, name.words)) continue;
        const value = Object.hasOwn(record, name.text) ? undefined : this.#valueOf(i);
        if (value === undefined) return undefined;
        record[name.text] = value;
      }
    }
    return record;
  }

  get #isCertain(): boolean {
    return !this.#scan.hasEscapedName && this.#scan.names <= MOST_NAMES;
  }

  /** The value of the object's member number `i`; undefined where it is no JSON. */
  #valueOf(i: number): unknown {
    const { bytes, nameEnds } = this.#scan;
    try {
      return JSON.parse(bytes.toString('utf8', this.#valueStart(nameEnds[i]!), this.#endOfMember(i)));
    } catch {
      return undefined;
    }
  }

  /** Where the comma stands before the next name, or the object's last bracket. */
  #endOfMember(i: number): number {
    const { bytes, end, names, nameStarts } = this.#scan;
    if (i + 1 === names) return end - 1;
    let at = nameStarts[i + 1]! - 2;
    while (bytes[at]! <= SPACE) at -= 1;
    return at;
  }

  #identityType(): string | undefined {
    const { identityTypes, identityTypeEnd, hasEscapedIdentityName } = this.#scan;
    if (identityTypes !== 1 || hasEscapedIdentityName) return undefined;
    return this.#textBehind(identityTypeEnd) || undefined;
  }

  /** The string that follows a name; empty where there is none, or one that is not written as it is. */
  #textBehind(nameEnd: number): string {
    const { bytes, words } = this.#scan;
    const start = this.#valueStart(nameEnd) + 1;
    if (bytes[start - 1] !== QUOTE) return '';
    const end = stopFrom(bytes, words, start);
    return bytes[end] === QUOTE ? this.#texts.at(bytes, words, start, end) : '';
  }

  #valueStart(nameEnd: number): number {
    const { bytes } = this.#scan;
    let at = nameEnd;
    while (bytes[at]! <= SPACE || bytes[at] === COLON) at += 1;
    return at;
  }
}

/** Names as they stand in a text, with the quote behind them. */
interface Quoted<Name extends string = string> {
  readonly text: Name;
  readonly words: WordText;
}

function quotedOf(names: ReadonlySet<string>): readonly Quoted[] {
  const known = quotedNames.get(names);
  if (known !== undefined) return known;
  const made = [...names].map(quoted);
  quotedNames.set(names, made);
  return made;
}

const quotedNames = new WeakMap<ReadonlySet<string>, readonly Quoted[]>();

function quoted<Name extends string>(text: Name): Quoted<Name> {
  return { text, words: wordText(`${text}"`) };
}

type KnownName = (typeof KNOWN)[number];

/** Names that make a head, or show that there is none. */
const KNOWN = [
  'eventName',
  'eventSource',
  'eventTime',
  'eventCategory',
  'userIdentity',
  'errorCode',
  'errorMessage',
  'CloudTrailEvent',
  'Events',
  'Records',
  'digestEndTime',
  'digestS3Object',
  'insightDetails',
] as const;

/** By their length, quote and all: most names are told apart by that alone. */
const BY_LENGTH: readonly (readonly Quoted<KnownName>[])[] = Array.from({ length: 32 }, (_, length) =>
  KNOWN.map(quoted).filter(({ words }) => words.length === length),
);

function knownAt(words: DataView, start: number, end: number): KnownName | undefined {
  const names = BY_LENGTH[end - start];
  if (names === undefined) return undefined;
  for (const name of names) if (isAt(words, start, name.words)) return name.text;
  return undefined;
}
