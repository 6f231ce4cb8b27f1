import type { Budget } from '../budget.ts';
import { actionNamed } from '../catalog/action.ts';
import {
  COLON,
  type Glob,
  globOf,
  intersects,
  isLiteral,
  isRun,
  isWildcard,
  literal,
  matches,
  SEGMENT_ONE,
  SEGMENT_RUN,
} from '../glob.ts';
import { type Witness, witness } from '../witness.ts';
import { mayOverlap } from './overlap.ts';

export interface Inventing {
  /** Patterns of `Action` and `NotAction` that are told apart first, before `wanted` is asked. */
  readonly first: Iterable<string>;
  /** What is in any of these is of no interest. */
  readonly without: Iterable<string>;
  readonly later: Iterable<string>;
  /** Whether an action is of interest. Hangs on the patterns in `first` and `without` alone. */
  readonly wanted: (name: string) => boolean;
  readonly budget: Budget;
}

export interface InventedActions {
  /** In lower case, except those that a policy spells out. */
  readonly names: readonly string[];
  /** Whether each way in which the patterns can tell actions apart has a name. */
  readonly complete: boolean;
}

/**
 * Names for actions that the catalogue does not have, because AWS has yet to invent them or has given them up: one for each
 * way in which the patterns can tell such actions apart.
 */
export function inventedActions({ first, without, later, wanted, budget }: Inventing): InventedActions {
  const [early, never, late] = [readable(first), readable(without), readable(later)];
  const spelledOut = [early, never, late].flatMap(each => each.literals);
  const setting: SortingSetting = {
    budget,
    taken: new Set(spelledOut.map(name => name.toLowerCase())),
    fresh: freshIn([...early.wild, ...never.wild, ...late.wild]),
  };
  let sorted = named({ within: [ACTION], without: [] }, setting);
  for (const glob of early.wild) sorted = dividedBy(glob, sorted, setting);
  for (const glob of never.wild) sorted = withoutThose(glob, sorted, setting);
  sorted = { ...sorted, kinds: sorted.kinds.filter(({ name }) => wanted(name)) };
  for (const glob of late.wild) sorted = dividedBy(glob, sorted, setting);
  const given = spelledOut.filter(name => isUnknown(name) && wanted(name));
  return { names: [...sorted.kinds.map(({ name }) => name), ...new Set(given)], complete: sorted.complete };
}

/** What `coversAction` would not read covers nothing, and what is all stars tells nothing apart. */
function readable(patterns: Iterable<string>): {
  readonly wild: readonly Glob[];
  readonly literals: readonly string[];
} {
  const written = new Map([...patterns].map(pattern => [pattern.toLowerCase(), pattern]));
  const globs = [...written.keys()].filter(text => text.includes(':') && !/[\s,]/.test(text)).map(globOf);
  return {
    wild: globs.filter(glob => !isLiteral(glob) && intersects(ACTION, glob)).sort(widerFirst),
    literals: globs.filter(isLiteral).map(({ text }) => written.get(text)!),
  };
}

function widerFirst(a: Glob, b: Glob): number {
  return a.tokens.length - b.tokens.length;
}

/** A letter or digit that no pattern names, if there is one. */
function freshIn(globs: readonly Glob[]): string {
  const named = new Set(globs.flatMap(({ tokens }) => tokens));
  const letters = [...'xzqjvkywbgfpmuhdclrnistoae0123456789'];
  return letters.find(letter => !named.has(letter.charCodeAt(0))) ?? '~';
}

function isUnknown(name: string): boolean {
  return matches(ACTION, name) && actionNamed(name) === undefined;
}

/** One service, one action. */
const ACTION: Glob = { tokens: [SEGMENT_ONE, SEGMENT_RUN, COLON, SEGMENT_ONE, SEGMENT_RUN], text: 'action' };

/** Actions that are in some patterns and not in others. */
interface Kind {
  readonly name: string;
  readonly within: readonly Glob[];
  readonly without: readonly Glob[];
}

/** More are not told apart. */
const KINDS = 2_000;

/** Of the product of the patterns that make a kind, for all of them together. */
const STATES = 8_000;

interface SortingSetting {
  readonly budget: Budget;
  /** Names that stand for nothing but themselves. */
  readonly taken: ReadonlySet<string>;
  /** What to put in the place of a wildcard. */
  readonly fresh: string;
}

/** Actions there may be, sorted into kinds. */
interface Sorted {
  readonly kinds: readonly Kind[];
  /** Whether each kind there is has a name. */
  readonly complete: boolean;
}

const NO_KIND: Sorted = { kinds: [], complete: true };

function only(kind: Kind): Sorted {
  return { kinds: [kind], complete: true };
}

function together(parts: readonly Sorted[]): Sorted {
  return { kinds: parts.flatMap(({ kinds }) => kinds), complete: parts.every(({ complete }) => complete) };
}

/** Each kind becomes two: what is in the pattern, and what is not. */
function dividedBy(glob: Glob, sorted: Sorted, setting: SortingSetting): Sorted {
  return eachDivided(sorted, glob, setting, kind =>
    together([inside(kind, glob, setting), outside(kind, glob, setting)]),
  );
}

function withoutThose(glob: Glob, sorted: Sorted, setting: SortingSetting): Sorted {
  return eachDivided(sorted, glob, setting, kind => outside(kind, glob, setting));
}

function eachDivided(sorted: Sorted, glob: Glob, { budget }: SortingSetting, divide: (kind: Kind) => Sorted): Sorted {
  const { kinds, complete } = sorted;
  const isCheap = glob.tokens.length <= 256 && kinds.length <= KINDS && budget.spend(kinds.length);
  if (!isCheap) return { kinds, complete: false };
  const divided = together(kinds.map(divide));
  return { kinds: divided.kinds, complete: complete && divided.complete };
}

function inside({ name, within, without }: Kind, glob: Glob, setting: SortingSetting): Sorted {
  const more = [...within, glob];
  if (matches(glob, name)) return only({ name, within: more, without });
  return overlap(within, glob, setting) ? named({ within: more, without }, setting) : NO_KIND;
}

function outside(kind: Kind, glob: Glob, setting: SortingSetting): Sorted {
  const { name, within, without } = kind;
  if (matches(glob, name)) return named({ within, without: [...without, glob] }, setting);
  return only(overlap(within, glob, setting) ? { name, within, without: [...without, glob] } : kind);
}

/** The latest is the narrowest more often than not, and so the first to say no. */
function overlap(within: readonly Glob[], glob: Glob, { budget }: SortingSetting): boolean {
  return within.findLast(each => !mayOverlap(each, glob, budget)) === undefined;
}

/** Names that are taken before a kind is given up. */
const TRIES = 32;

/** None when only actions of the catalogue are of that kind, or none at all. */
function named({ within, without }: Omit<Kind, 'name'>, setting: SortingSetting): Sorted {
  const known: Glob[] = [];
  while (known.length < TRIES) {
    const found = nameIn(within, [...without, ...known], setting);
    if (found.kind === 'none') return NO_KIND;
    if (found.kind === 'unknown') return INCOMPLETE;
    const { text: name } = found;
    if (actionNamed(name) === undefined && !setting.taken.has(name)) return only({ name, within, without });
    known.push(literal(name));
  }
  return INCOMPLETE;
}

const INCOMPLETE: Sorted = { kinds: [], complete: false };

/** With something in the place of each star, for it reads better, or else without. */
function nameIn(within: readonly Glob[], without: readonly Glob[], { budget, fresh }: SortingSetting): Witness {
  const text = spelled(within.at(-1)!, fresh);
  const isIn = (glob: Glob) => matches(glob, text);
  if (within.every(isIn) && !without.some(isIn)) return { kind: 'found', text };
  if (!budget.spend(STATES)) return { kind: 'unknown' };
  return witness(within, without, {
    cap: Math.min(400, Math.floor(STATES / (within.length + without.length))),
    budget,
  });
}

/** The pattern with the same text in the place of each wildcard. */
function spelled({ tokens }: Glob, filling: string): string {
  return tokens
    .map(token => (isRun(token) ? filling : isWildcard(token) ? filling.charAt(0) : String.fromCharCode(token)))
    .join('');
}
