import { ip } from '../match/ip.ts';
import { isMisfit } from '../match/matcher.ts';
import { numberOf } from '../match/number.ts';
import { calculate } from './arithmetic.ts';
import type { Value } from './tree.ts';
import { type Type, textOfValue, typeOfValue } from './values.ts';

/**
 * A function of EQL ("EQL function reference"). `apply` gets values of the types that `params` names and no null: a null
 * argument makes the result null, and so does an argument of another type that only the document showed.
 */
export interface EqlFunction {
  readonly name: string;
  readonly params: readonly Type[];
  /** How many of the params may be left out. */
  readonly optional: number;
  /** Whether the last param may come more than once. */
  readonly many: boolean;
  readonly returns: Type;
  /** Whether there is a `name~` that ignores case. */
  readonly tilde: boolean;
  /** The param for which null is the same as leaving it out. */
  readonly nullable?: number;
  /** The first param that takes constants only. */
  readonly constantFrom?: number;
  apply(args: readonly (NonNullable<Value> | undefined)[], insensitive: boolean): Value;
}

/** By name in lower case: Elasticsearch looks functions up without case. */
export function functionNamed(name: string): EqlFunction | undefined {
  return byName.get(name.toLowerCase());
}

/** The result for any values, of whatever type. */
export function applyFunction(fn: EqlFunction, args: readonly Value[], insensitive: boolean): Value {
  const given: (NonNullable<Value> | undefined)[] = [];
  for (const [at, arg] of args.entries()) {
    if (arg === null && at !== fn.nullable) return null;
    if (arg !== null && !accepts(fn.params[Math.min(at, fn.params.length - 1)]!, typeOfValue(arg))) return null;
    given.push(arg ?? undefined);
  }
  return fn.apply(given, insensitive);
}

/** Whether a param takes such an expression. An address is text too. */
export function accepts(param: Type, type: Type): boolean {
  return param === 'any' || type === 'any' || type === 'null' || type === param || (param === 'ip' && type === 'text');
}

const plain = { optional: 0, many: false, tilde: false } as const;

const functions: readonly EqlFunction[] = [
  { ...plain, name: 'length', params: ['text'], returns: 'number', apply: ([text]) => BigInt((text as string).length) },
  textTest('startsWith', (text, part) => text.startsWith(part)),
  textTest('endsWith', (text, part) => text.endsWith(part)),
  textTest('stringContains', (text, part) => part !== '' && text.includes(part)),
  {
    ...plain,
    name: 'indexOf',
    params: ['text', 'text', 'number'],
    optional: 1,
    tilde: true,
    returns: 'number',
    apply: indexOf,
  },
  { ...plain, name: 'substring', params: ['text', 'number', 'number'], optional: 1, returns: 'text', apply: substring },
  {
    ...plain,
    name: 'between',
    params: ['text', 'text', 'text', 'boolean'],
    optional: 1,
    tilde: true,
    returns: 'text',
    apply: between,
  },
  {
    ...plain,
    name: 'concat',
    params: ['any'],
    many: true,
    returns: 'text',
    apply: args => args.map(arg => textOfValue(arg!)).join(''),
  },
  { ...plain, name: 'string', params: ['any'], returns: 'text', apply: ([value]) => textOfValue(value!) },
  {
    ...plain,
    name: 'number',
    params: ['text', 'number'],
    optional: 1,
    nullable: 1,
    constantFrom: 1,
    returns: 'number',
    apply: toNumber,
  },
  {
    ...plain,
    name: 'cidrMatch',
    params: ['ip', 'text'],
    many: true,
    constantFrom: 1,
    returns: 'boolean',
    apply: cidrMatch,
  },
  operation('add', '+'),
  operation('subtract', '-'),
  operation('multiply', '*'),
  operation('divide', '/'),
  operation('modulo', '%'),
];

const byName: ReadonlyMap<string, EqlFunction> = new Map(functions.map(fn => [fn.name.toLowerCase(), fn]));

/** `wildcard` and `match` are other ways to write like and regex. */
export const functionNames: readonly string[] = [...functions.map(fn => fn.name), 'wildcard', 'match'];

type Args = readonly (NonNullable<Value> | undefined)[];

function textTest(name: string, test: (text: string, part: string) => boolean): EqlFunction {
  return {
    ...plain,
    name,
    params: ['text', 'text'],
    tilde: true,
    returns: 'boolean',
    apply([text, part], insensitive) {
      return test(lower(text, insensitive), lower(part, insensitive));
    },
  };
}

function operation(name: string, operator: '+' | '-' | '*' | '/' | '%'): EqlFunction {
  return {
    ...plain,
    name,
    params: ['number', 'number'],
    returns: 'number',
    apply: ([left, right]) => calculate(operator, left!, right!),
  };
}

function lower(text: Value | undefined, insensitive: boolean): string {
  return insensitive ? (text as string).toLowerCase() : (text as string);
}

/** Null when it is not there, and when the search would begin behind the end. */
function indexOf([source, part, start = 0n]: Args, insensitive: boolean): Value {
  const text = lower(source, insensitive);
  const from = Math.max(0, Number(start));
  if (from > text.length) return null;
  const at = text.indexOf(lower(part, insensitive), from);
  return at === -1 ? null : BigInt(at);
}

/** Positions below zero count from the end, as in Python. */
function substring([source, start, end]: Args): Value {
  return (source as string).slice(Number(start), end === undefined ? undefined : Number(end));
}

/** The text after the first `left` and before the next `right`, or before the last one when greedy. */
function between([source, left, right, greedy = false]: Args, insensitive: boolean): Value {
  const text = lower(source, insensitive);
  const opening = lower(left, insensitive);
  const closing = lower(right, insensitive);
  if (text === '' || opening === '' || closing === '') return source as string;
  const at = text.indexOf(opening);
  if (at === -1) return '';
  const start = at + opening.length;
  const end = greedy === true ? text.lastIndexOf(closing) : text.indexOf(closing, start);
  return end < start ? '' : (source as string).slice(start, end);
}

/** Null for text that is no number; Elasticsearch fails the search instead. */
function toNumber([source, given]: Args): Value {
  const text = (source as string).trim();
  const isHex = text.startsWith('0x');
  const base = given === undefined ? (isHex ? 16 : 10) : Number(given);
  if (text.length > MAX_DIGITS || !Number.isInteger(base) || base < 2 || base > 36) return null;
  const whole = wholeNumber(isHex && base === 16 ? text.slice(2) : text, base);
  return whole === null && base === 10 ? (numberOf(text) ?? null) : whole;
}

const MAX_DIGITS = 400;

/** Null, too, for what does not fit into 64 bits. */
function wholeNumber(text: string, base: number): bigint | null {
  const [, sign, digits = ''] = /^([+-]?)([0-9a-z]+)$/i.exec(text) ?? [];
  let value = 0n;
  for (const digit of digits) {
    const worth = Number.parseInt(digit, 36);
    if (worth >= base) return null;
    value = value * BigInt(base) + BigInt(worth);
  }
  const signed = sign === '-' ? -value : value;
  return digits !== '' && BigInt.asIntN(64, signed) === signed ? signed : null;
}

function cidrMatch([address, ...blocks]: Args): Value {
  return blocks.some(block => {
    const test = ip.equals({ text: block as string, quoted: true, now: new Date(0) });
    return !isMisfit(test) && test(address as string);
  });
}
