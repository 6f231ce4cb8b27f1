import { ANY_RUN, accepts, COLON, type Glob, isRun, isWildcard } from './glob.ts';
import { type Positions, refusalOf } from './refusal.ts';

/** Where a text may be in each of several patterns, which all are to match: see Walk. */
export type Places = readonly number[];

/** What several patterns match together, walked character by character, each way by itself. */
export interface Acceptance {
  readonly start: Places;
  /** What may come next and is told apart, in a fixed order. `fresh`: a character that no pattern names. */
  characters(at: Places, fresh: number): readonly number[];
  /** Every way to go on with the character: none when it is refused. Undefined: more than `most`. */
  step(from: Places, character: number, most: number): readonly Places[] | undefined;
  /** Whether all match the text so far. */
  isMatch(at: Places): boolean;
}

export function acceptanceOf(globs: readonly Glob[]): Acceptance {
  const walks = globs.map(walkOf);
  return {
    start: walks.map(({ start }) => start),
    characters(at, fresh) {
      const bound = walks.findIndex((walk, of) => !walk.isOpen(at[of]!));
      if (bound >= 0) return walks[bound]!.named(at[bound]!);
      const waited = new Set(walks.flatMap((walk, of) => walk.named(at[of]!)));
      return [fresh, ...[...waited].filter(character => character !== COLON).sort((a, b) => a - b), COLON];
    },
    step(from, character, most) {
      const next = walks.map((walk, of) => walk.after(from[of]!, character));
      const ways = next.reduce((product, { length }) => product * length, 1);
      if (ways > most) return undefined;
      return ways === 1 ? [next.map(([only]) => only!)] : combined(next);
    },
    isMatch: at => walks.every((walk, of) => walk.isMatch(at[of]!)),
  };
}

function combined(choices: readonly (readonly number[])[]): readonly Places[] {
  let ways: readonly Places[] = [[]];
  for (const positions of choices) ways = ways.flatMap(way => positions.map(position => [...way, position]));
  return ways;
}

/** One pattern, walked. */
interface Walk {
  readonly start: number;
  /** The characters that it names there, ascending. */
  named(at: number): readonly number[];
  /** Whether something else can come. */
  isOpen(at: number): boolean;
  after(at: number, character: number): readonly number[];
  isMatch(at: number): boolean;
}

/** All ways at once are no more than the pattern is long, unless a `?` comes behind a run: then each by itself. */
function walkOf(glob: Glob): Walk {
  const run = glob.tokens.findIndex(isRun);
  const isSingle = (token: number) => isWildcard(token) && !isRun(token);
  return run >= 0 && glob.tokens.slice(run).some(isSingle) ? wayByWay(glob) : allWays(glob);
}

/** By the position in the pattern. */
function wayByWay({ tokens }: Glob): Walk {
  return {
    start: 0,
    named(at) {
      const end = tokens[endOfRuns(at, tokens)];
      return end === undefined || isWildcard(end) ? [] : [end];
    },
    isOpen(at) {
      const token = tokens[at];
      return token !== undefined && isWildcard(token);
    },
    after: (at, character) => after(at, character, tokens),
    isMatch: at => endOfRuns(at, tokens) === tokens.length,
  };
}

/** Where no run can be left empty any more. */
function endOfRuns(at: number, tokens: readonly number[]): number {
  let end = at;
  while (end < tokens.length && isRun(tokens[end]!)) end++;
  return end;
}

function after(at: number, character: number, tokens: readonly number[]): readonly number[] {
  const token = tokens[at];
  if (token === undefined) return [];
  if (!isRun(token)) return accepts(token, character) ? [at + 1] : [];
  const next = accepts(token, character) ? [at] : [];
  return withoutNeedless([...next, ...after(at + 1, character, tokens)], tokens);
}

/** At a `*` there is no need to be anywhere before it: whatever is matched from there is matched from the star too. */
function withoutNeedless(positions: readonly number[], tokens: readonly number[]): readonly number[] {
  const star = positions.findLast(position => tokens[position] === ANY_RUN);
  return star === undefined ? positions : positions.filter(position => position >= star);
}

/** A set of positions; undefined: whatever comes next is matched. */
interface Ways {
  readonly positions: Positions | undefined;
  readonly named: readonly number[];
  readonly isOpen: boolean;
}

/** By the number of the set of positions. */
function allWays(glob: Glob): Walk {
  const refusal = refusalOf([glob]);
  const sets: Ways[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (positions: Positions | undefined): number => {
    const key = positions?.join(' ') ?? '*';
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, sets.length);
    return sets.push(waysOf(positions, glob.tokens)) - 1;
  };
  return {
    start: numberOf(refusal.start),
    named: at => sets[at]!.named,
    isOpen: at => sets[at]!.isOpen,
    after(at, character) {
      const { positions } = sets[at]!;
      if (positions === undefined) return [at];
      const next = refusal.step(positions, character);
      return next?.length === 0 ? [] : [numberOf(next)];
    },
    isMatch(at) {
      const { positions } = sets[at]!;
      return positions === undefined || refusal.isMatch(positions);
    },
  };
}

function waysOf(positions: Positions | undefined, tokens: readonly number[]): Ways {
  const waiting = (positions ?? []).flatMap(position => tokens[position] ?? []);
  return {
    positions,
    named: waiting.filter(token => !isWildcard(token)),
    isOpen: positions === undefined || waiting.some(isWildcard),
  };
}
