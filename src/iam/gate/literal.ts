import { createHash } from 'node:crypto';
import type { Test } from '../condition/operator.ts';
import { VALUE_TESTS } from '../condition/test.ts';
import type { ContextValue } from '../context.ts';
import {
  ANY_RUN,
  codesOf,
  type Glob,
  isAnything,
  isLiteral,
  isRun,
  isWildcard,
  literal as literalGlob,
  matches,
  tokensOf,
} from '../glob.ts';
import { not, some, type Truth } from '../truth.ts';
import type { Piece } from '../variable.ts';
import { SOURCE_IDENTITY, SUBJECT_CN } from './fact.ts';

/**
 * What is asked of one part of a certificate: that it is there and passes the test against one of the values (against
 * none of them when `negated`), or, when `absent`, that it is not there at all.
 */
export interface Literal {
  /** See Fact. */
  readonly fact: string;
  readonly test: LiteralTest;
  /** Each once, sorted. */
  readonly values: readonly Value[];
  readonly negated: boolean;
  readonly absent: boolean;
  /** Equal for equal literals. */
  readonly id: string;
}

export type LiteralTest = Exclude<Test, 'Null'>;

export interface Value {
  readonly text: string;
  readonly glob: Glob;
  /** Of a value made of other parts of the certificate, and only of such a one. */
  readonly parts: readonly Part[] | undefined;
}

/** Text, or whatever another part of the certificate says. */
export type Part = Piece | { readonly kind: 'fact'; readonly fact: string };

/** What a certificate says of one of its parts. */
export type Reading = (fact: string) => ContextValue;

type Draft = Omit<Literal, 'id'>;

/** More comparisons than this for one small question are not worth its answer. */
export const WORK_CAP = 200_000;

export function literalOf(draft: Draft): Literal {
  const { fact, test, values, negated, absent } = tidied(draft);
  const written = JSON.stringify([fact, test, negated, absent, ...values.map(valueId)]);
  return { fact, test, values, negated, absent, id: shortened(written) };
}

/** It is there, whatever it says. */
export function presence(fact: string): Literal {
  return literalOf({ fact, test: 'StringLike', values: [textValue('*')], negated: false, absent: false });
}

/** It is not there. */
export function absence(fact: string): Literal {
  return literalOf({ fact, test: 'StringLike', values: [textValue('*')], negated: true, absent: true });
}

export function isPresence({ test, values, negated, absent }: Literal): boolean {
  return !negated && !absent && takesAll(test, values);
}

export function isAbsence({ test, values, negated, absent }: Literal): boolean {
  return negated && absent && takesAll(test, values);
}

/** Whatever it says, unless it is empty: `?*`. */
export function isAnyText({ test, values, negated }: Literal): boolean {
  return test === 'StringLike' && !negated && values.some(value => value.parts === undefined && isNonEmpty(value.glob));
}

function isNonEmpty({ tokens }: Glob): boolean {
  return tokens.length === 2 && tokens.every(isWildcard) && tokens.some(isRun) && !tokens.every(isRun);
}

/** Named by its texts: nothing else passes. */
export function isExact({ test, values, negated }: Literal): boolean {
  return test === 'StringEquals' && !negated && values.every(value => value.parts === undefined);
}

export function isRelation({ values }: Literal): boolean {
  return values.some(value => value.parts !== undefined);
}

/** The source identity as it is made of the subject's CN: every certificate with a CN (of up to 61 characters) has it. */
export function isEcho({ fact, test, values, negated }: Literal): boolean {
  const echoes = ({ parts }: Value) => {
    const [prefix, cn] = parts ?? [];
    const fits = prefix?.kind === 'pattern' && prefix.text === 'CN=' && cn?.kind === 'fact' && cn.fact === SUBJECT_CN;
    return fits && parts?.length === 2;
  };
  return fact === SOURCE_IDENTITY && !negated && test.startsWith('String') && values.some(echoes);
}

/** A value of plain text, in which `*` and `?` are wildcards where the test knows them. */
function textValue(text: string): Value {
  return madeValue([{ kind: 'pattern', text }]);
}

export function madeValue(parts: readonly Part[]): Value {
  const own = parts.filter(part => part.kind !== 'fact');
  const related = own.length < parts.length;
  return { text: parts.map(partText).join(''), glob: globOf(own), parts: related ? parts : undefined };
}

/** It compares texts; the others read them as numbers, times and so on. */
export function isOfText(test: LiteralTest): boolean {
  return test.startsWith('String') || test === 'BinaryEquals';
}

/** Whether the text has a wildcard where the test would look for one. */
export function hasWildcard({ glob, parts }: Value): boolean {
  return parts !== undefined || !isLiteral(glob);
}

/** Whether what the certificate says passes. Unknown where the certificate's reading is. */
export function holds(literal: Literal, reading: Reading): Truth {
  const value = reading(literal.fact);
  if (value.kind === 'absent') return literal.absent;
  if (value.kind === 'unknown') return undefined;
  const text = value.values[0]!;
  const matched = isPlainEquality(literal)
    ? textsOf(literal).has(text)
    : some(literal.values.map(each => matchesValue(literal.test, text, each, reading)));
  return literal.negated ? not(matched) : matched;
}

/** Whether a text passes it; what hangs on other parts of the certificate is unknown. */
export function passes(literal: Literal, text: string): Truth {
  return holds(literal, fact =>
    fact === literal.fact ? { kind: 'known', values: [text] } : { kind: 'unknown', present: false },
  );
}

function matchesValue(test: LiteralTest, text: string, value: Value, reading: Reading): Truth {
  if (value.parts === undefined) return VALUE_TESTS[test](text, value);
  const filled = value.parts.map(part => (part.kind === 'fact' ? filledIn(reading(part.fact)) : part));
  if (filled.some(part => part === 'absent')) return false;
  if (filled.some(part => part === 'unknown')) return undefined;
  return VALUE_TESTS[test](text, madeValue(filled as readonly Piece[]));
}

/** A variable without a value makes the whole match nothing (IAM user guide, "Policy variables"). */
function filledIn(value: ContextValue): Piece | 'absent' | 'unknown' {
  return value.kind === 'known' ? { kind: 'literal', text: value.values[0]! } : value.kind;
}

function isPlainEquality(literal: Literal): boolean {
  return literal.test === 'StringEquals' && !isRelation(literal);
}

const texts = new WeakMap<Literal, ReadonlySet<string>>();

/** The texts of its values, for looking up. */
export function textsOf(literal: Literal): ReadonlySet<string> {
  const known = texts.get(literal);
  if (known !== undefined) return known;
  const made = new Set(literal.values.map(value => value.text));
  texts.set(literal, made);
  return made;
}

/** Equal literals are written in one way: a pattern without wildcards is an equality, `*` swallows other patterns. */
function tidied({ fact, test, values, negated, absent }: Draft): Draft {
  if (test !== 'StringLike') return { fact, test, values: distinct(values), negated, absent };
  if (takesAll(test, values)) return { fact, test, values: [textValue('*')], negated, absent };
  const patterns = values.filter(hasWildcard);
  if (patterns.length === 0) return { fact, test: 'StringEquals', values: distinct(values), negated, absent };
  return { fact, test, values: distinct([...patterns, ...unmatched(values, patterns)]), negated, absent };
}

/** The plain texts that no pattern takes anyway. */
function unmatched(values: readonly Value[], patterns: readonly Value[]): readonly Value[] {
  const plain = values.filter(value => !hasWildcard(value));
  if (plain.length * patterns.length > WORK_CAP) return plain;
  const globs = patterns.filter(pattern => pattern.parts === undefined).map(pattern => pattern.glob);
  return plain.filter(({ text }) => !globs.some(glob => matches(glob, text)));
}

function distinct(values: readonly Value[]): readonly Value[] {
  const byId = new Map(values.map(value => [valueId(value), value]));
  return [...byId].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
}

export function valueId({ text, glob, parts }: Value): string {
  if (parts === undefined && glob.text !== '') return text;
  return `${text}\0${glob.tokens.join(' ')}`;
}

/** Ids are compared and joined again and again: a long one is its own hash. */
function shortened(id: string): string {
  return id.length <= 100 ? id : createHash('sha256').update(id).digest('hex');
}

function takesAll(test: LiteralTest, values: readonly Value[]): boolean {
  return test === 'StringLike' && values.some(value => value.parts === undefined && isAnything(value.glob));
}

function partText(part: Part): string {
  if (part.kind === 'fact') return `\${${part.fact}}`;
  return part.kind === 'anything' ? '*' : part.text;
}

/** The text of a glob tells equal ones; it is left empty where part of it is no pattern. */
function globOf(pieces: readonly Piece[]): Glob {
  const [only] = pieces;
  if (pieces.length === 1 && only?.kind === 'literal') return literalGlob(only.text);
  const tokens: number[] = [];
  for (const piece of pieces) {
    const more = piece.kind === 'literal' ? codesOf(piece.text) : tokensOf(partText(piece));
    for (const token of more) if (!isRun(token) || tokens.at(-1) !== ANY_RUN) tokens.push(token);
  }
  return { tokens, text: pieces.length === 1 ? partText(only!) : '' };
}
