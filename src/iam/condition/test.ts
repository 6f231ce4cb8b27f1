import { oncePer } from '../../memo/oncePer.ts';
import { COLON, type Glob, isAnything, matches } from '../glob.ts';
import { addressIn, rangeIn } from './address.ts';
import type { Test } from './operator.ts';

/** Whether a value of the request passes the test against one value of the policy. `Null` is no test of values. */
export type ValueTest = (value: string, wanted: Wanted) => boolean;

/** A policy's value: its text, and the pattern that it is where wildcards count. */
export interface Wanted {
  readonly text: string;
  readonly glob: Glob;
}

/**
 * The tests by the name of their operator. A request's value that cannot be read as what the operator compares matches nothing; nor
 * does a policy's here, and what that means for its condition is not known, see `isOfKind`.
 */
export const VALUE_TESTS: Readonly<Record<Exclude<Test, 'Null'>, ValueTest>> = {
  StringEquals: (value, { text }) => value === text,
  StringEqualsIgnoreCase: (value, { text }) => value.toLowerCase() === text.toLowerCase(),
  StringLike: (value, { glob }) => matches(glob, value),
  BinaryEquals: (value, { text }) => value === text,
  Bool: (value, { text }) => isBoolean(text) && value.toLowerCase() === text.toLowerCase(),
  NumericEquals: compared(numberIn, (a, b) => a === b),
  NumericLessThan: compared(numberIn, (a, b) => a < b),
  NumericLessThanEquals: compared(numberIn, (a, b) => a <= b),
  NumericGreaterThan: compared(numberIn, (a, b) => a > b),
  NumericGreaterThanEquals: compared(numberIn, (a, b) => a >= b),
  DateEquals: compared(timeIn, (a, b) => a === b),
  DateLessThan: compared(timeIn, (a, b) => a < b),
  DateLessThanEquals: compared(timeIn, (a, b) => a <= b),
  DateGreaterThan: compared(timeIn, (a, b) => a > b),
  DateGreaterThanEquals: compared(timeIn, (a, b) => a >= b),
  IpAddress: isWithin,
  ArnLike: isLikeArn,
};

function isBoolean(text: string): boolean {
  return /^(true|false)$/i.test(text);
}

function compared(read: (text: string) => number | undefined, holds: (a: number, b: number) => boolean): ValueTest {
  return (value, { text }) => {
    const [a, b] = [read(value), read(text)];
    return a !== undefined && b !== undefined && holds(a, b);
  };
}

export function numberIn(text: string): number | undefined {
  return /^\s*[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d{1,3})?\s*$/.test(text) ? Number(text) : undefined;
}

/** ISO 8601 (W3C's profile), or seconds since 1970. Milliseconds. */
export function timeIn(text: string): number | undefined {
  if (/^-?\d{1,12}$/.test(text) && !/^\d{4}$/.test(text)) return Number(text) * 1000;
  if (!/^\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?)?)?$/.test(text)) return undefined;
  const zoned = text.includes('T') && !/(Z|[+-]\d\d:?\d\d)$/.test(text) ? `${text}Z` : text;
  const time = Date.parse(zoned);
  return Number.isNaN(time) ? undefined : time;
}

function isWithin(value: string, { text }: Wanted): boolean {
  const address = addressIn(value);
  const range = rangeIn(text);
  if (address === undefined || range === undefined) return false;
  return address.kind() === range[0].kind() && address.match([...range]);
}

/** Each of the six components by itself; the last one keeps its colons (IAM user guide, "ARN condition operators"). */
function isLikeArn(value: string, { glob }: Wanted): boolean {
  const values = value.split(':');
  if (values.length < ARN_PARTS) return false;
  if (isAnything(glob)) return true;
  const patterns = partsOf(glob);
  if (patterns.length < ARN_PARTS) return false;
  return patterns.every((part, at) => matches(part, at === ARN_PARTS - 1 ? values.slice(at).join(':') : values[at]!));
}

export const ARN_PARTS = 6;

/** What stands between the first five colons, and all that is left. */
const partsOf = oncePer(({ tokens }: Glob): readonly Glob[] => {
  const parts: number[][] = [[]];
  for (const token of tokens) {
    if (token === COLON && parts.length < ARN_PARTS) parts.push([]);
    else parts.at(-1)!.push(token);
  }
  return parts.map(part => ({ tokens: part, text: '' }));
});
