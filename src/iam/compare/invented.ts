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
import { witness } from '../witness.ts';
import type { Budget } from './budget.ts';
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
  const sorting = new Sorting({
    budget,
    taken: new Set(spelledOut.map(name => name.toLowerCase())),
    fresh: freshIn([...early.wild, ...never.wild, ...late.wild]),
  });
  for (const glob of early.wild) sorting.splitBy(glob);
  for (const glob of never.wild) sorting.drop(glob);
  sorting.keep(wanted);
  for (const glob of late.wild) sorting.splitBy(glob);
  const given = spelledOut.filter(name => isUnknown(name) && wanted(name));
  return { names: [...sorting.names(), ...new Set(given)], complete: sorting.complete };
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

/** All actions there may be, sorted into ever more kinds. */
class Sorting {
  complete = true;
  readonly #setting: SortingSetting;
  #kinds: readonly Kind[];

  constructor(setting: SortingSetting) {
    this.#setting = setting;
    this.#kinds = this.#named({ within: [ACTION], without: [] });
  }

  names(): readonly string[] {
    return this.#kinds.map(({ name }) => name);
  }

  keep(wanted: (name: string) => boolean): void {
    this.#kinds = this.#kinds.filter(({ name }) => wanted(name));
  }

  splitBy(glob: Glob): void {
    if (this.#isCheap(glob))
      this.#kinds = this.#kinds.flatMap(kind => [...this.#inside(kind, glob), ...this.#outside(kind, glob)]);
    else this.complete = false;
  }

  /** What is in that pattern. */
  drop(glob: Glob): void {
    if (this.#isCheap(glob)) this.#kinds = this.#kinds.flatMap(kind => this.#outside(kind, glob));
    else this.complete = false;
  }

  #isCheap(glob: Glob): boolean {
    return glob.tokens.length <= 256 && this.#kinds.length <= KINDS && this.#setting.budget.spend(this.#kinds.length);
  }

  #inside({ name, within, without }: Kind, glob: Glob): readonly Kind[] {
    const more = [...within, glob];
    if (matches(glob, name)) return [{ name, within: more, without }];
    return this.#overlap(within, glob) ? this.#named({ within: more, without }) : [];
  }

  #outside(kind: Kind, glob: Glob): readonly Kind[] {
    const { name, within, without } = kind;
    if (matches(glob, name)) return this.#named({ within, without: [...without, glob] });
    return this.#overlap(within, glob) ? [{ name, within, without: [...without, glob] }] : [kind];
  }

  /** The latest is the narrowest more often than not, and so the first to say no. */
  #overlap(within: readonly Glob[], glob: Glob): boolean {
    return within.findLast(each => !mayOverlap(each, glob, this.#setting.budget)) === undefined;
  }

  /** None when only actions of the catalogue are of that kind, or none at all. */
  #named({ within, without }: Omit<Kind, 'name'>): readonly Kind[] {
    const known: Glob[] = [];
    for (let tries = 0; tries < 32; tries++) {
      const name = this.#nameIn(within, [...without, ...known]);
      if (name === undefined) return [];
      if (actionNamed(name) === undefined && !this.#setting.taken.has(name)) return [{ name, within, without }];
      known.push(literal(name));
    }
    this.complete = false;
    return [];
  }

  /** With something in the place of each star, for it reads better, or else without. */
  #nameIn(within: readonly Glob[], without: readonly Glob[]): string | undefined {
    const guess = spelled(within.at(-1)!, this.#setting.fresh);
    const isIn = (glob: Glob) => matches(glob, guess);
    if (within.every(isIn) && !without.some(isIn)) return guess;
    const states = Math.min(400, Math.floor(STATES / (within.length + without.length)));
    if (!this.#setting.budget.spend(STATES)) this.complete = false;
    if (!this.complete) return undefined;
    const found = witness(within, without, states);
    if (found.kind === 'unknown') this.complete = false;
    return found.kind === 'found' ? found.text : undefined;
  }
}

/** The pattern with the same text in the place of each wildcard. */
function spelled({ tokens }: Glob, filling: string): string {
  return tokens
    .map(token => (isRun(token) ? filling : isWildcard(token) ? filling.charAt(0) : String.fromCharCode(token)))
    .join('');
}
