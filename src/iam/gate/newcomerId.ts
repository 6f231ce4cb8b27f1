import { type Budget, budgetOf } from '../budget.ts';
import { accepts, COLON, codesOf, isRun, isWildcard, tokensOf } from '../glob.ts';

/** What the id of a trust anchor is wanted to be. */
export interface Wanted {
  /** Patterns of ARNs, all of which the trust anchor fits. */
  readonly fits: readonly string[];
  /** None of which it fits. */
  readonly fitsNot: readonly string[];
  /** Hexadecimal digits, which stand wherever the patterns leave it open. */
  readonly filler: string;
}

export interface Newcomer {
  /** Undefined: there is none, or whoever makes trust anchors would have to make more than some 65,000 to get one. */
  readonly id: string | undefined;
  /** Whether it was looked for everywhere. */
  readonly known: boolean;
}

/**
 * An id for a trust anchor of any region and account, as AWS makes them at random: a UUID of the fourth version (RFC 9562,
 * section 5.4).
 */
export function newcomerId({ fits, fitsNot, filler }: Wanted): Newcomer {
  const means = {
    inside: fits.map(pattern => insideOf(pattern)),
    outside: ended(fitsNot),
    filler,
    budget: budgetOf(STEPS),
  };
  const start = startOf(means);
  const id = isViable(start, 0, means) ? restOf(start, { place: 0, bits: BITS }, means) : undefined;
  return { id, known: id !== undefined || !means.budget.spent() };
}

/** The way to a trust anchor's id; `*` is anything without a colon. */
const PREFIX = 'arn:*:rolesanywhere:*:*:trust-anchor/';

const HEX = '0123456789abcdef';

/** What may stand where in an id. */
const SHAPE: readonly string[] = [...'xxxxxxxx-xxxx-4xxx-vxxx-xxxxxxxxxxxx'].map(each =>
  each === 'x' ? HEX : each === 'v' ? '89ab' : each,
);

/** As many bits of an id may be told in advance. */
const BITS = 16;

/** Positions in patterns that one id may take. */
const STEPS = 60_000;

/** Tokens of patterns with `END` behind each. */
type Tokens = readonly number[];

/** Is no character. */
const END = 0x10000;

/** A pattern to fit. */
interface Inside {
  readonly tokens: Tokens;
  /** Of each place in an id, from where in the pattern the rest of some id leads to its end. */
  readonly ends: readonly ReadonlySet<number>[];
}

interface Means {
  readonly inside: readonly Inside[];
  /** Patterns not to fit, behind each other. */
  readonly outside: Tokens;
  readonly filler: string;
  readonly budget: Budget;
}

/** Where one may be in the patterns, having read so much. */
interface State {
  readonly inside: readonly (readonly number[])[];
  readonly outside: readonly number[];
}

interface Left {
  readonly place: number;
  readonly bits: number;
}

/** Goes back where it gets stuck. */
function restOf(state: State, { place, bits }: Left, means: Means): string | undefined {
  const shape = SHAPE[place];
  if (shape === undefined) return '';
  if (!means.budget.spend(shape.length * positionsIn(state))) return undefined;
  const choices = charactersFrom(shape, means.filler[place % means.filler.length])
    .map(character => ({ character, next: read(state, character.charCodeAt(0), means) }))
    .filter(({ next }) => isViable(next, place + 1, means));
  const left = { place: place + 1, bits: bits - Math.log2(shape.length / choices.length) };
  if (choices.length === 0 || left.bits < 0) return undefined;
  for (const { character, next } of choices) {
    const rest = restOf(next, left, means);
    if (rest !== undefined) return character + rest;
  }
  return undefined;
}

function positionsIn({ inside, outside }: State): number {
  return inside.reduce((sum, at) => sum + at.length, outside.length + 1);
}

/** The filler's own first. */
function charactersFrom(shape: string, digit = '0'): readonly string[] {
  const from = HEX.indexOf(digit) % shape.length;
  return [...shape.slice(from), ...shape.slice(0, from)];
}

function read(state: State, code: number, { inside, outside }: Means): State {
  const takes = (token: number) => accepts(token, code);
  return {
    inside: state.inside.map((at, which) => stepped(inside[which]!.tokens, at, takes)),
    outside: stepped(outside, state.outside, takes),
  };
}

function isViable(state: State, place: number, { inside, outside }: Means): boolean {
  const canEnd = (at: readonly number[], which: number) => at.some(each => inside[which]!.ends[place]!.has(each));
  return state.inside.every(canEnd) && !state.outside.some(at => isSureToEnd(outside, at, place));
}

/** Whether the rest of every id leads to the pattern's end, as far as that is plain. */
function isSureToEnd(tokens: Tokens, at: number, place: number): boolean {
  if (tokens[at] === END) return place === SHAPE.length;
  return isRun(tokens[at]!) && tokens[at + 1] === END;
}

function insideOf(pattern: string): Inside {
  const tokens = ended([pattern]);
  const ends: ReadonlySet<number>[] = [];
  for (let place = SHAPE.length; place >= 0; place--) {
    const found = new Set<number>();
    for (let at = tokens.length - 1; at >= 0; at--) if (leadsOn(tokens, at, { place, ends, found })) found.add(at);
    ends[place] = found;
  }
  return { tokens, ends };
}

interface Ending {
  readonly place: number;
  /** Of the places further on. */
  readonly ends: readonly ReadonlySet<number>[];
  /** Of this place, further on in the pattern. */
  readonly found: ReadonlySet<number>;
}

function leadsOn(tokens: Tokens, at: number, { place, ends, found }: Ending): boolean {
  const token = tokens[at]!;
  if (token === END) return place === SHAPE.length;
  const next = ends[place + 1];
  if (isRun(token)) return found.has(at + 1) || next?.has(at) === true;
  return next?.has(at + 1) === true && [...SHAPE[place]!].some(each => accepts(token, each.charCodeAt(0)));
}

function ended(patterns: readonly string[]): Tokens {
  return patterns.flatMap(pattern => [...tokensOf(pattern), END]);
}

function startOf({ inside, outside }: Means): State {
  return { inside: inside.map(({ tokens }) => behindPrefix(tokens)), outside: behindPrefix(outside) };
}

function behindPrefix(tokens: Tokens): readonly number[] {
  const starts = [...tokens.keys()].filter(at => at === 0 || tokens[at - 1] === END);
  let at = runsSkipped(tokens, starts);
  for (const code of codesOf(PREFIX)) {
    at = code === STAR ? behindAnything(tokens, at) : stepped(tokens, at, token => accepts(token, code));
  }
  return at;
}

const STAR = 42;

/** Names of partitions and regions, and accounts, none of which is part of an id: a run takes them whole, or up to a colon. */
function behindAnything(tokens: Tokens, at: readonly number[]): readonly number[] {
  const runs = at.filter(each => isRun(tokens[each]!));
  const others = at.filter(each => !runs.includes(each) && !runs.includes(each - 1));
  const colons = namedFrom(tokens, at).filter(each => tokens[each] === COLON);
  return [...new Set([...runs, ...colons, ...namedFrom(tokens, others)])];
}

/** Wherever names may lead to. */
function namedFrom(tokens: Tokens, at: readonly number[]): readonly number[] {
  let all = at;
  for (let size = -1; size < all.length; ) {
    size = all.length;
    all = [...new Set([...all, ...stepped(tokens, all, isOfName)])];
  }
  return all;
}

function isOfName(token: number): boolean {
  return isWildcard(token) || NAME.has(token);
}

const NAME: ReadonlySet<number> = new Set(codesOf('abcdefghijklmnopqrstuvwxyz0123456789-'));

/** Where one may be after one more character. */
function stepped(tokens: Tokens, at: readonly number[], takes: (token: number) => boolean): readonly number[] {
  const next: number[] = [];
  for (const each of at) {
    const token = tokens[each]!;
    if (takes(token)) add(next, isRun(token) ? each : each + 1);
  }
  return runsSkipped(tokens, next);
}

/** A run may be empty. No two follow each other. */
function runsSkipped(tokens: Tokens, at: readonly number[]): readonly number[] {
  const all: number[] = [];
  for (const each of at) {
    add(all, each);
    if (isRun(tokens[each]!)) add(all, each + 1);
  }
  return all;
}

/** They come nearly in order. */
function add(all: number[], at: number): void {
  if (all.at(-1) !== at && !all.includes(at, -4)) all.push(at);
}
