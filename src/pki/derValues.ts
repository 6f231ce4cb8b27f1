import { BOOLEAN, contentOf, DerError, type Element, expectTag, GENERALIZED_TIME, UTC_TIME } from './der.ts';

/** What the content of an element says, by its type. Like the reader, these answer or throw DerError. */

export function booleanOf(element: Element): boolean {
  expectTag(element, BOOLEAN);
  if (element.end - element.start !== 1) throw new DerError('a boolean is one byte');
  return element.data[element.start] !== 0;
}

/**
 * An INTEGER as lower-case hex of an even number of digits, `00` for zero, with `-` before it when it is negative: what
 * serial numbers are written as.
 */
export function integerHex(element: Element): string {
  checkInteger(element);
  const { data, start, end } = element;
  const first = data[start] ?? 0;
  if (first >= 0x80) return negativeHex(contentOf(element));
  return data.toString('hex', first === 0 && end - start > 1 ? start + 1 : start, end);
}

function negativeHex(content: Buffer): string {
  const magnitude = (1n << BigInt(content.length * 8)) - BigInt(`0x${content.toString('hex')}`);
  const digits = magnitude.toString(16);
  return `-${digits.length % 2 === 0 ? digits : `0${digits}`}`;
}

/** An INTEGER (or ENUMERATED) that is small and not negative: a version, a path length, a reason. */
export function smallIntegerOf(element: Element): number {
  checkInteger(element);
  const { data, start, end } = element;
  if (end - start > 6 || (data[start] ?? 0) >= 0x80) throw new DerError('a number out of range');
  return data.readUIntBE(start, end - start);
}

/** The bits of an INTEGER that is not negative: the size of an RSA modulus. 0 for zero. */
export function bitLengthOf(element: Element): number {
  checkInteger(element);
  const { data, start, end } = element;
  let at = start;
  while (at < end && data[at] === 0) at++;
  return at === end ? 0 : (end - at) * 8 - (Math.clz32(data[at] ?? 0) - 24);
}

/** At least one byte, and no byte more than the number needs (X.690 8.3.2). */
function checkInteger({ data, start, end }: Element): void {
  const [first = 0, second = 0] = [data[start], data[start + 1]];
  if (end === start) throw new DerError('a number without bytes');
  if (end - start > 1 && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80)))
    throw new DerError('a padded number');
}

/** The bytes of a BIT STRING and how many of the last one's bits do not count. */
export function bitString(element: Element): { readonly bytes: Buffer; readonly unused: number } {
  const { data, start, end } = element;
  const unused = data[start] ?? 8;
  if (end === start || unused > 7 || (unused > 0 && end - start === 1)) throw new DerError('a broken bit string');
  return { bytes: data.subarray(start + 1, end), unused };
}

const MOST_NAMED_BITS = 64;

/** The numbers of the bits that are set, as named bits count them: bit 0 comes first in the string. */
export function setBits(element: Element): readonly number[] {
  const { bytes, unused } = bitString(element);
  const count = Math.min(bytes.length * 8 - unused, MOST_NAMED_BITS);
  return Array.from({ length: count }, (_, bit) => bit).filter(
    bit => ((bytes[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0,
  );
}

/** Longer ones there are none; without a bound, a hostile one would be as slow as it is long. */
const MOST_OID_BYTES = 128;

export function isOverlongOid({ start, end }: Element): boolean {
  return end - start > MOST_OID_BYTES;
}

/** `1.2.840.10045.4.3.2` */
export function oidOf(element: Element): string {
  const { data, start, end } = element;
  if (end === start || isOverlongOid(element) || (data[end - 1] ?? 0) >= 0x80)
    throw new DerError('a broken object identifier');
  const arcs: bigint[] = [];
  let arc = 0n;
  for (let at = start; at < end; at++) {
    const byte = data[at] ?? 0;
    arc = (arc << 7n) | BigInt(byte & 0x7f);
    if (byte >= 0x80) continue;
    arcs.push(...(arcs.length === 0 ? firstTwoArcs(arc) : [arc]));
    arc = 0n;
  }
  return arcs.join('.');
}

function firstTwoArcs(joined: bigint): readonly bigint[] {
  if (joined < 40n) return [0n, joined];
  return joined < 80n ? [1n, joined - 40n] : [2n, joined - 80n];
}

/**
 * A UTCTime or GeneralizedTime of RFC 5280 (whole seconds, `Z`) in milliseconds since 1970. Read digit by digit, without
 * a text between: a revocation list has one for each entry.
 */
export function timeOf(element: Element): number {
  const { tag, data, start, end } = element;
  const yearDigits = tag === UTC_TIME ? 2 : 4;
  if (tag !== UTC_TIME && tag !== GENERALIZED_TIME) throw new DerError(`tag ${tag} where a time is due`);
  if (end - start !== yearDigits + 11 || data[end - 1] !== 0x5a) throw new DerError('a broken time');
  const at = start + yearDigits;
  const year =
    tag === UTC_TIME ? century(twoDigits(data, start)) : twoDigits(data, start) * 100 + twoDigits(data, at - 2);
  const [month, day] = [twoDigits(data, at), twoDigits(data, at + 2)];
  const [hour, minute, second] = [twoDigits(data, at + 4), twoDigits(data, at + 6), twoDigits(data, at + 8)];
  if (!isDay(year, month, day) || hour > 23 || minute > 59 || second > 59) throw new DerError('a time that never was');
  return (daysBefore(year, month) + day - 1) * DAY_MS + ((hour * 60 + minute) * 60 + second) * 1000;
}

/** ISO 8601, UTC, whole seconds: `2025-01-02T03:04:05Z`. */
export function isoTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, -5)}Z`;
}

const DAY_MS = 86_400_000;
const DAYS_OF_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const DAYS_BEFORE_MONTH = DAYS_OF_MONTH.map((_, month) => DAYS_OF_MONTH.slice(0, month).reduce((a, b) => a + b, 0));

/** RFC 5280, 4.1.2.5.1: two digits of a year mean 1950 to 2049. */
const century = (year: number): number => (year < 50 ? 2000 + year : 1900 + year);

function twoDigits(data: Buffer, at: number): number {
  const tens = (data[at] ?? 0) - 0x30;
  const ones = (data[at + 1] ?? 0) - 0x30;
  if (tens < 0 || tens > 9 || ones < 0 || ones > 9) throw new DerError('a time without its digits');
  return tens * 10 + ones;
}

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

function isDay(year: number, month: number, day: number): boolean {
  const days = month === 2 && isLeap(year) ? 29 : (DAYS_OF_MONTH[month - 1] ?? 0);
  return day >= 1 && day <= days;
}

/** The days from 1970 to the first of a month. */
function daysBefore(year: number, month: number): number {
  const past = year - 1;
  const leapDays = Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400) - 477;
  const ofYear = (DAYS_BEFORE_MONTH[month - 1] ?? 0) + (month > 2 && isLeap(year) ? 1 : 0);
  return (year - 1970) * 365 + leapDays + ofYear;
}
