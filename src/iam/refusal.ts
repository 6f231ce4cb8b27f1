import { ANY_RUN, accepts, type Glob, isRun } from './glob.ts';

/**
 * Where a text may have got to in any of several patterns: positions in all their tokens, one pattern after the other;
 * ascending. Who is at fewer of the same positions is refused fewer texts.
 */
export type Positions = readonly number[];

/** What several patterns match, walked character by character. */
export interface Refusal {
  /** Undefined, here and below: whatever the text goes on with, one of the patterns matches it. */
  readonly start: Positions | undefined;
  step(from: Positions, character: number): Positions | undefined;
  /** Whether one of them matches the text so far. */
  isMatch(at: Positions): boolean;
}

/** Stands behind each pattern. No character is of its kind. */
const END = -9;

export function refusalOf(globs: readonly Glob[]): Refusal {
  const tokens: number[] = [];
  const begins: number[] = [];
  const starts: number[] = [];
  for (const glob of globs) {
    const begin = tokens.length;
    starts.push(begin);
    for (const token of [...glob.tokens, END]) {
      tokens.push(token);
      begins.push(begin);
    }
  }
  return {
    start: entered(starts, { tokens, begins }),
    step: (from, character) => entered(moved(from, character, tokens), { tokens, begins }),
    isMatch: at => at.some(position => tokens[position] === END),
  };
}

interface Patterns {
  readonly tokens: readonly number[];
  /** Where the pattern of each token begins. */
  readonly begins: readonly number[];
}

function moved(from: Positions, character: number, tokens: readonly number[]): Positions {
  const next: number[] = [];
  for (const at of from) {
    const token = tokens[at]!;
    if (token !== END && accepts(token, character)) next.push(isRun(token) ? at : at + 1);
  }
  return next;
}

/**
 * With the positions that are reached by leaving runs empty. What comes before the last `*` that was passed is dropped:
 * whatever is matched from there is matched from the star too. Takes positions in ascending order.
 */
function entered(positions: Positions, { tokens, begins }: Patterns): Positions | undefined {
  const all: number[] = [];
  let last = -1;
  for (const start of positions) {
    if (start <= last) continue;
    for (let at = start; ; at++) {
      const token = tokens[at]!;
      if (token === ANY_RUN) {
        if (tokens[at + 1] === END) return undefined;
        while (all.length > 0 && all.at(-1)! >= begins[at]!) all.pop();
      }
      all.push(at);
      last = at;
      if (!isRun(token)) break;
    }
  }
  return all;
}
