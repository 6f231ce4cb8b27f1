import { createHash } from 'node:crypto';
import { distinct } from '../../lists.ts';
import type { Entrance } from './entrance.ts';
import { compareFacts, factName, isAlwaysThere, SUBJECT_CN } from './fact.ts';
import { hasWildcard, isAbsence, isEcho, isPresence, type Literal, type LiteralTest, type Value } from './literal.ts';
import { takesAll } from './openPattern.ts';
import { quoted } from './quoted.ts';
import type { Reason } from './reason.ts';
import { byFact, type Way } from './way.ts';

/** Longer lists end in how many more there are, longer values are cut. */
interface Limits {
  readonly values: number;
  readonly ways: number;
  readonly parts: number;
  readonly characters: number;
}

const FOR_PEOPLE: Limits = { values: 5, ways: 5, parts: 10, characters: 120 };
const IN_FULL: Limits = { values: Infinity, ways: Infinity, parts: Infinity, characters: Infinity };

export interface Saying {
  readonly here: Entrance;
  /** The same for a trust anchor that does not exist yet. */
  readonly elsewhere: Entrance;
  /** Why nobody gets in, where that is so. */
  readonly closes: readonly Reason[];
  /** What the trust anchor is called. */
  readonly anchor: string;
}

/** Whether the words may be others for a trust anchor of another name. */
export function mayNameAnchor({ certain, perhaps }: Entrance): boolean {
  return [...certain, ...perhaps].some(takesAllThatHaveIt);
}

/** Who gets in, in plain English. Values are as the policy has them, control characters and all. */
export function says(saying: Saying): string {
  return saysWithin(saying, FOR_PEOPLE);
}

/** The same with nothing left out; what is too long for that ends in the SHA-256 of all of it. */
export function saysInFull(saying: Saying): string {
  const text = saysWithin(saying, IN_FULL);
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}… (SHA-256 ${sha256(text)})`;
}

/** About what a trust policy may have of characters at AWS's highest quota. */
const LONGEST = 8192;

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function saysWithin({ here, elsewhere, closes, anchor }: Saying, limits: Limits): string {
  if (here.untold) return 'not known: too many conditions to tell';
  if (here.open === false) return `nobody: ${[...new Set(closes.map(reason => reason.says))].slice(0, 2).join('; ')}`;
  const certain = waysSay(here.certain, { elsewhere: elsewhere.certain, anchor, limits });
  const perhaps = waysSay(here.perhaps, { elsewhere: [...elsewhere.certain, ...elsewhere.perhaps], anchor, limits });
  if (here.certain.length === 0) return `perhaps: ${perhaps}`;
  if (here.open === undefined) return `perhaps: ${[certain, perhaps].filter(Boolean).join('; or ')}`;
  return here.perhaps.length === 0 ? certain : `${certain}; perhaps also: ${perhaps}`;
}

interface Whence {
  readonly elsewhere: readonly Way[];
  readonly anchor: string;
  readonly limits: Limits;
}

function waysSay(ways: readonly Way[], { elsewhere, anchor, limits }: Whence): string {
  const whose = elsewhere.some(takesAllThatHaveIt) ? 'any trust anchor' : anchor;
  const texts = distinct(ways.map(way => waySays(way, whose, limits)));
  return listed(texts, { shown: limits.ways, between: '; or ', last: '; or ' });
}

function waySays(way: Way, anchor: string, limits: Limits): string {
  if (way.literals.length === 0) return `any certificate of ${anchor}`;
  if (!takesAllThatHaveIt(way))
    return listed(
      byFact(inOrder(way)).map(each => literalsSay(each, limits)),
      { shown: limits.parts, between: ', and ', last: ', and ' },
    );
  const parts = new Set(inOrder(way).map(literal => (isEcho(literal) ? SUBJECT_CN : literal.fact)));
  return `any certificate of ${anchor} with ${[...parts].map(fact => withArticle(factName(fact))).join(' and ')}`;
}

function takesAllThatHaveIt({ literals }: Way): boolean {
  return literals.every(takesAll);
}

function inOrder({ literals }: Way): readonly Literal[] {
  return [...literals].sort((a, b) => compareFacts(a.fact, b.fact));
}

function withArticle(name: string): string {
  return /^(issuer)/.test(name) ? `an ${name}` : `a ${name}`;
}

/** `subject CN is web-1 or web-2`; all literals are of one part. */
export function literalsSay(literals: readonly Literal[], limits = FOR_PEOPLE): string {
  const name = factName(literals[0]!.fact);
  const ordered = [...literals.filter(each => !each.negated), ...literals.filter(each => each.negated)];
  const there = isAlwaysThere(literals[0]!.fact) || !ordered[0]!.negated;
  return `${name} is ${ordered.map(literal => literalSays(literal, { there, limits })).join(' and ')}`;
}

interface Manner {
  /** That it must be there is said already, or goes without saying. */
  readonly there: boolean;
  readonly limits: Limits;
}

function literalSays(literal: Literal, { there, limits }: Manner): string {
  if (isPresence(literal)) return 'present';
  if (isAbsence(literal)) return 'missing';
  return literal.negated
    ? `${there || literal.absent ? '' : 'present and '}${allBut(literal, limits)}`
    : oneOf(literal, limits);
}

function oneOf({ test, values, absent }: Literal, limits: Limits): string {
  const texts = values.map(value => valueSays(test, value, limits));
  return listed([...texts, ...(absent ? ['missing'] : [])], { shown: limits.values, between: ', ', last: ' or ' });
}

/** That it may be missing goes without saying: what is not there is not web-1. */
function allBut({ test, values }: Literal, limits: Limits): string {
  const texts = values.map(value => valueSays(test, value, limits));
  if (texts.length === 1) return `not ${texts[0]}`;
  if (texts.length === 2) return `neither ${texts[0]} nor ${texts[1]}`;
  return `none of ${listed(texts, { shown: limits.values, between: ', ', last: ' and ' })}`;
}

const BEFORE: Readonly<Record<LiteralTest, string>> = {
  StringEquals: '',
  StringEqualsIgnoreCase: '',
  StringLike: 'like ',
  BinaryEquals: 'the bytes ',
  Bool: '',
  NumericEquals: 'the number ',
  NumericLessThan: 'below ',
  NumericLessThanEquals: 'at most ',
  NumericGreaterThan: 'above ',
  NumericGreaterThanEquals: 'at least ',
  DateEquals: 'the time ',
  DateLessThan: 'before ',
  DateLessThanEquals: 'no later than ',
  DateGreaterThan: 'after ',
  DateGreaterThanEquals: 'no earlier than ',
  IpAddress: 'an address in ',
  ArnLike: 'an ARN like ',
};

function valueSays(test: LiteralTest, value: Value, { characters }: Limits): string {
  const before = test === 'StringLike' && !hasWildcard(value) ? '' : BEFORE[test];
  const after = test === 'StringEqualsIgnoreCase' ? ' in any case' : '';
  return `${before}${value.parts === undefined ? quoted(value.text, characters) : madeOf(value, characters)}${after}`;
}

/** Of another part alone: `the subject OU`; else with its name in braces. */
function madeOf({ parts }: Value, characters: number): string {
  const [only] = parts!;
  if (parts!.length === 1 && only?.kind === 'fact') return `the ${factName(only.fact)}`;
  return quoted(
    parts!.map(part => (part.kind === 'fact' ? `{${factName(part.fact)}}` : 'text' in part ? part.text : '')).join(''),
    characters,
  );
}

interface Listing {
  readonly shown: number;
  readonly between: string;
  readonly last: string;
}

/** `a, b or c`; past what is shown `a, b or 9,998 more`. */
function listed(texts: readonly string[], { shown, between, last }: Listing): string {
  const hidden = texts.length - shown;
  const all = hidden > 1 ? [...texts.slice(0, shown), `${hidden.toLocaleString('en-GB')} more`] : texts;
  return all.length <= 1 ? all.join('') : `${all.slice(0, -1).join(between)}${last}${all.at(-1)}`;
}
