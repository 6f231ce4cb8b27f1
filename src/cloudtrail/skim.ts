import { NEWLINE, SPACE } from './characters.ts';

/** What a reader is told of the records that are wanted, so that it may pass over files as a whole. */
export interface Needles {
  /** Every record that is wanted has one of these in its JSON, as a text of its own; ASCII letters, digits, `.:_-`. */
  readonly texts: readonly string[];
  /** Told how many records a file held that was passed over. */
  readonly passed: (count: number) => void;
}

/**
 * How many records a whole log file has, when it is certain that none of them is wanted; undefined otherwise. A few searches, at
 * several times the speed of anything that looks at each record. Certain means: the file begins and ends as a list of records
 * does; no needle stands in it, no letter of one is written in another way, and no record is wrapped in a text. Nothing else is
 * looked at: it is for files of which a checksum says that they are as they were written.
 */
export function recordsToPass(file: Buffer, { texts }: Needles): number | undefined {
  if (!file.subarray(0, HEAD.length).equals(HEAD) || !endsAsList(file)) return undefined;
  if (texts.some(text => file.includes(`"${text}"`, 0, 'latin1')) || file.subarray(0, BEGINNING).includes(INSIGHT))
    return undefined;
  return hasDisguise(file) || isWrapping(file) ? undefined : countOf(file);
}

/** As CloudTrail writes its files. */
const HEAD = Buffer.from('{"Records":[{"');
const TAIL = Buffer.from('}]}');
/**
 * What every record has once (CloudTrail user guide, "CloudTrail record contents"; one that has another inside is counted twice), in
 * two parts: a search for what begins with a rare letter is several times as fast.
 */
const VERSION = Buffer.from('Version":');
const BEFORE_VERSION = Buffer.from('"event');
/**
 * They are not records, and have to be counted apart. CloudTrail writes them so, and into files of their own: in another spelling,
 * or further on in a file, they count as records.
 */
const INSIGHT = Buffer.from('"eventCategory":"Insight"');
/** Bytes. */
const BEGINNING = 2 ** 16;
/** As LookupEvents answers: JSON in a text, with quotes that are escaped. */
const WRAPPED = Buffer.from('CloudTrailEvent');
const ESCAPED_QUOTE = Buffer.from('\\"');

function endsAsList(file: Buffer): boolean {
  const end = file.at(-1) === NEWLINE ? file.length - 1 : file.length;
  return file.subarray(end - TAIL.length, end).equals(TAIL);
}

/** Whether a letter, a digit or the like is written as an escape; writers of JSON do so with `<`, `>`, `&`, `'` and `=` alone. */
function hasDisguise(file: Buffer): boolean {
  for (let at = file.indexOf(ESCAPE); at !== -1; at = file.indexOf(ESCAPE, at + ESCAPE.length)) {
    const code = Number.parseInt(file.toString('latin1', at + ESCAPE.length, at + ESCAPE.length + 2), 16);
    if (code > SPACE && code < DELETE && !USUAL.has(code)) return true;
  }
  return false;
}

const ESCAPE = Buffer.from('\\u00');
const USUAL: ReadonlySet<number> = new Set(Buffer.from("<>&'="));
const DELETE = 0x7f;

function isWrapping(file: Buffer): boolean {
  return file.includes(ESCAPED_QUOTE) && file.includes(WRAPPED);
}

function countOf(file: Buffer): number {
  let count = 0;
  for (let at = file.indexOf(VERSION); at !== -1; at = file.indexOf(VERSION, at + VERSION.length)) {
    if (isBefore(file, at)) count += 1;
  }
  return count;
}

function isBefore(file: Buffer, end: number): boolean {
  const start = end - BEFORE_VERSION.length;
  for (let i = 0; i < BEFORE_VERSION.length; i++) if (file[start + i] !== BEFORE_VERSION[i]) return false;
  return true;
}
