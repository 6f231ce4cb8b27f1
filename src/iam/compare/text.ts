import type { Budget } from '../budget.ts';
import type { Test } from '../condition/operator.ts';
import { VALUE_TESTS } from '../condition/test.ts';
import { ANY_ONE, ANY_RUN, type Glob } from '../glob.ts';
import { type Witness, witness } from '../witness.ts';
import { addressBy } from './addresses.ts';
import type { Choice } from './choice.ts';
import { areTooLong } from './overlap.ts';
import { numbersBetween, timesBetween } from './samples.ts';

/** That a value passes the test against one of those wanted, or, not `inside`, against none. */
export interface Constraint {
  readonly test: Exclude<Test, 'Null'>;
  readonly wanted: readonly Choice[];
  readonly wantedKeys: ReadonlySet<string>;
  readonly inside: boolean;
}

type Constraints = readonly Constraint[];

const NONE: Witness = { kind: 'none' };
const UNKNOWN: Witness = { kind: 'unknown' };

/** A text that meets all constraints. `none` is a proof. */
export function textFor(constraints: Constraints, budget: Budget): Witness {
  const outside = constraints.filter(({ inside }) => !inside);
  if (constraints.some(one => one.inside && outside.some(other => excludes(one, other)))) return NONE;
  const text = plainTextFor(constraints, budget);
  const plain = constraints.filter(({ wanted }) => !wanted.some(({ variable }) => variable));
  if (text.kind === 'found' || plain.length === constraints.length) return text;
  // A variable may have any value, so what keeps its stand-in out does not keep it out.
  return plainTextFor(plain, budget).kind === 'none' ? NONE : UNKNOWN;
}

/** Each value that the first lets through is refused by the other, by the wording. */
function excludes(one: Constraint, other: Constraint): boolean {
  if (one.test !== other.test || one.wantedKeys.size > other.wantedKeys.size) return false;
  for (const key of one.wantedKeys) if (!other.wantedKeys.has(key)) return false;
  return true;
}

function plainTextFor(constraints: Constraints, budget: Budget): Witness {
  const finite = constraints.find(({ inside, test }) => inside && (test === 'StringEquals' || test === 'BinaryEquals'));
  if (finite !== undefined) return amongst(textsIn([finite]), constraints, budget);
  const families = new Set(constraints.map(({ test }) => familyOf(test)));
  if (families.size > 1) return mixed(constraints, budget);
  const [family = 'pattern'] = families;
  return SOLVERS[family](constraints, budget);
}

/** None but these need trying. */
function amongst(texts: readonly string[], constraints: Constraints, budget: Budget): Witness {
  if (!budget.spend(texts.length * constraints.length)) return UNKNOWN;
  const text = texts.find(each => passes(each, constraints));
  return text === undefined ? NONE : { kind: 'found', text };
}

function passes(text: string, constraints: Constraints): boolean {
  return constraints.every(({ test, wanted, inside }) => wanted.some(each => VALUE_TESTS[test](text, each)) === inside);
}

function textsIn(constraints: Constraints): readonly string[] {
  return constraints.flatMap(({ wanted }) => wanted.map(({ text }) => text));
}

type Family = 'pattern' | 'number' | 'time' | 'address' | 'boolean' | 'ignoringCase';

function familyOf(test: Constraint['test']): Family {
  if (test.startsWith('Numeric')) return 'number';
  if (test.startsWith('Date')) return 'time';
  if (test === 'IpAddress') return 'address';
  if (test === 'Bool') return 'boolean';
  return test === 'StringEqualsIgnoreCase' ? 'ignoringCase' : 'pattern';
}

type Solver = (constraints: Constraints, budget: Budget) => Witness;

/** Each of them complete: whatever is not tried passes the same tests as something that is. */
const SOLVERS: Readonly<Record<Family, Solver>> = {
  number: sampling(texts => [...numbersBetween(texts), OTHER]),
  time: sampling(texts => [...timesBetween(texts), OTHER]),
  boolean: sampling(() => ['true', 'false', OTHER]),
  ignoringCase: sampling(texts => [...texts, unlike(texts)]),
  address: addressText,
  pattern: patternText,
};

/** No number, no time, no address, no boolean. */
const OTHER = 'x';

function sampling(samples: (texts: readonly string[]) => readonly string[]): Solver {
  return (constraints, budget) => amongst(samples(textsIn(constraints)), constraints, budget);
}

/** A text that none of these is, whatever their case. */
function unlike(texts: readonly string[]): string {
  return 'x'.repeat(texts.reduce((most, { length }) => Math.max(most, length), 0) + 1);
}

function addressText(constraints: Constraints, budget: Budget): Witness {
  if (!budget.spend(textsIn(constraints).length ** 2)) return UNKNOWN;
  const address = addressBy(constraints.map(each => ({ texts: textsIn([each]), inside: each.inside })));
  const text = amongst(address === undefined ? [OTHER] : [address, OTHER], constraints, budget);
  return text.kind === 'none' && address !== undefined ? UNKNOWN : text;
}

/** Operators of different kinds on one key: tries what comes to mind, and proves nothing but by leaving kinds out. */
function mixed(constraints: Constraints, budget: Budget): Witness {
  const of = (family: Family) => constraints.filter(({ test }) => familyOf(test) === family);
  const pattern = patternText(of('pattern'), budget);
  const guesses = [...guessesFrom(textsIn(constraints)), ...(pattern.kind === 'found' ? [pattern.text] : [])];
  const guessed = amongst(guesses, constraints, budget);
  if (guessed.kind === 'found') return guessed;
  const families = [...new Set(constraints.map(({ test }) => familyOf(test)))];
  return families.some(family => plainTextFor(of(family), budget).kind === 'none') ? NONE : UNKNOWN;
}

function guessesFrom(texts: readonly string[]): readonly string[] {
  const numbers = numbersBetween(texts);
  return [
    ...texts.flatMap(text => [text, text.toLowerCase(), text.toUpperCase()]),
    ...numbers,
    ...numbers.map(number => (number.includes('.') ? `${number}0` : `${number}.0`)),
    ...timesBetween(texts),
    ...['0.0.0.0', 'true', 'false', OTHER, unlike(texts)],
  ];
}

/** How many combinations of one pattern of each list are tried, how far, and on how much text. */
const COMBINATIONS = 64;
const STATES = 20_000;
const LONGEST = 200_000;

/** A text that is there reads better than none. */
const SOMETHING: Glob = { tokens: [ANY_ONE, ANY_RUN], text: '?*' };

function patternText(constraints: Constraints, budget: Budget): Witness {
  const negatives = constraints.filter(({ inside }) => !inside).flatMap(languagesOf);
  const lists = constraints.filter(({ inside }) => inside).map(languagesOf);
  const all = [...negatives, ...lists.flat()];
  const length = all.reduce((sum, { tokens }) => sum + tokens.length, 0);
  const isTooMuch = length > LONGEST || areTooLong(lists.flat(), all);
  const combinations = isTooMuch ? undefined : productOf(lists, COMBINATIONS);
  if (combinations === undefined) return UNKNOWN;
  const states = Math.floor(STATES / (negatives.length + lists.length + 1));
  let unknown = false;
  for (const combination of combinations) {
    if (!budget.spend(STATES + length)) return UNKNOWN;
    const text = witness([SOMETHING, ...combination], negatives, { cap: Math.min(states, 2_000) });
    if (text.kind === 'found') return text;
    unknown ||= text.kind === 'unknown';
  }
  const nothing = amongst([''], constraints, budget);
  return nothing.kind === 'none' && unknown ? UNKNOWN : nothing;
}

function languagesOf({ wanted }: Constraint): readonly Glob[] {
  return wanted.map(({ language }) => language).filter(language => language !== undefined);
}

function productOf<T>(lists: readonly (readonly T[])[], limit: number): readonly (readonly T[])[] | undefined {
  let product: readonly (readonly T[])[] = [[]];
  for (const list of lists) {
    if (product.length * list.length > limit) return undefined;
    product = product.flatMap(start => list.map(each => [...start, each]));
  }
  return product;
}
