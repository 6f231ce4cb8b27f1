import { acceptanceOf, type Places } from './acceptance.ts';
import { antichain } from './antichain.ts';
import { type Budget, ENDLESS } from './budget.ts';
import {
  clearlyIncludes,
  codesOf,
  type Glob,
  intersects,
  isAnything,
  isLiteral,
  isRun,
  isWildcard,
  matches,
} from './glob.ts';
import { type Positions, refusalOf } from './refusal.ts';

/** A text that was looked for: the shortest there is, the proof that there is none, or no answer within the effort. */
export type Witness =
  | { readonly kind: 'found'; readonly text: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown' };

const NONE: Witness = { kind: 'none' };
const UNKNOWN: Witness = { kind: 'unknown' };

/** How far to look before the answer is `unknown`. */
export interface Effort {
  /** States of this one search. */
  readonly cap?: number;
  /** Shared with other questions. */
  readonly budget?: Budget;
}

const STATE_CAP = 30_000;

/** How many positions in the patterns such a state may stand for on average: few patterns have more than one. */
const POSITIONS = 100;

/** What it takes in steps of a budget to follow a text by one character, whatever the patterns. */
const WORK = 8;

/**
 * The shortest text that is in every one of `positives` and in none of `negatives`; where all texts are asked about it is
 * `*` if it can be, which is what stands for "no resource in particular" in a request.
 */
export function witness(positives: readonly Glob[], negatives: readonly Glob[], effort: Effort = {}): Witness {
  const { budget = ENDLESS } = effort;
  if (negatives.some(isAnything)) return NONE;
  if (!budget.spend(1 + (negatives.length >> 2))) return UNKNOWN;
  const one = positives.find(isLiteral);
  if (one !== undefined) return only(textOf(one.tokens), positives, negatives, budget);
  const all = positives.filter(glob => !isAnything(glob));
  const guess = guessed(all);
  const first = guess === undefined ? NONE : only(guess, all, negatives, budget);
  if (first.kind !== 'none') return first;
  if (negatives.some(negative => all.some(positive => clearlyIncludes(negative, positive, budget)))) return NONE;
  if (all.some((glob, at) => all.slice(0, at).some(other => !intersects(glob, other, budget)))) return NONE;
  const against = negatives.filter(negative => all.every(positive => intersects(positive, negative, budget)));
  if (against.length === 0 && all.length === 1) return { kind: 'found', text: shortestIn(all[0]!) };
  return search(all, against, effort);
}

/** What nothing can be shorter than, where one pattern alone says so. */
function guessed([glob, ...more]: readonly Glob[]): string | undefined {
  if (glob === undefined) return '*';
  return more.length > 0 || glob.tokens.some(isSingle) ? undefined : shortestIn(glob);
}

/** One character, and any. */
function isSingle(token: number): boolean {
  return isWildcard(token) && !isRun(token);
}

function only(text: string, positives: readonly Glob[], negatives: readonly Glob[], budget: Budget): Witness {
  const isIn = (glob: Glob) => matches(glob, text, budget);
  const found = positives.every(isIn) && !negatives.some(isIn);
  if (budget.spent()) return UNKNOWN;
  return found ? { kind: 'found', text } : NONE;
}

/** Every run empty, every single wildcard one character: nothing needs to be searched for. */
function shortestIn({ tokens }: Glob): string {
  const fresh = freshCharacter([tokens]);
  return textOf(tokens.filter(token => !isRun(token)).map(token => (isWildcard(token) ? fresh : token)));
}

function textOf(codes: readonly number[]): string {
  let text = '';
  for (const code of codes) text += String.fromCharCode(code);
  return text;
}

/** A text so far. Of what must match one way is enough to follow; of what must not, all there are. */
interface Node {
  readonly at: Places;
  readonly refused: Positions;
  readonly from: Node | undefined;
  readonly character: number;
}

/**
 * Breadth first. The alphabet is symbolic: what a positive waits for, the colon, and one character that no pattern names,
 * which brings the negatives no further than any that they alone name. A text need not be followed when one was found
 * before that is as far in the positives, and with which the negatives have got no further (antichains: De Wulf, Doyen,
 * Henzinger and Raskin, CAV 2006). Exponential at worst, hence the cap.
 */
function search(
  positives: readonly Glob[],
  negatives: readonly Glob[],
  { cap = STATE_CAP, budget = ENDLESS }: Effort,
): Witness {
  const acceptance = acceptanceOf(positives);
  if (!budget.spend(negatives.reduce((sum, { tokens }) => sum + tokens.length, 0) >> 2)) return UNKNOWN;
  const refusal = refusalOf(negatives);
  if (refusal.start === undefined) return NONE;
  const fresh = freshCharacter([...positives, ...negatives].map(({ tokens }) => tokens));
  const found = antichain(budget);
  found.add(acceptance.start, refusal.start);
  const queue: Node[] = [{ at: acceptance.start, refused: refusal.start, from: undefined, character: 0 }];
  let positions = 0;
  for (let next = 0; next < queue.length; next++) {
    const node = queue[next]!;
    if (acceptance.isMatch(node.at) && !refusal.isMatch(node.refused)) return { kind: 'found', text: spelled(node) };
    for (const character of acceptance.characters(node.at, fresh)) {
      if (!budget.spend(WORK + node.at.length + (node.refused.length >> 1))) return UNKNOWN;
      const ways = acceptance.step(node.at, character, cap);
      if (ways === undefined) return UNKNOWN;
      const refused = ways.length === 0 ? undefined : refusal.step(node.refused, character);
      if (refused === undefined) continue;
      for (const at of ways) {
        if (!budget.spend(at.length)) return UNKNOWN;
        if (!found.add(at, refused)) continue;
        positions += refused.length + at.length;
        if (queue.length >= cap || positions > cap * POSITIONS) return UNKNOWN;
        queue.push({ at, refused, from: node, character });
      }
    }
  }
  return NONE;
}

function spelled(node: Node): string {
  const codes: number[] = [];
  for (let at: Node | undefined = node; at?.from !== undefined; at = at.from) codes.push(at.character);
  return codes
    .reverse()
    .map(code => String.fromCharCode(code))
    .join('');
}

/** A letter or digit that no pattern names, so that it reads well in evidence; else any character that none names. */
function freshCharacter(patterns: readonly (readonly number[])[]): number {
  const isFresh = (code: number) => !patterns.some(tokens => tokens.includes(code));
  const letter = READABLE.find(isFresh);
  if (letter !== undefined) return letter;
  let code = 0xa1;
  while (!isFresh(code)) code++;
  return code;
}

const READABLE = codesOf('xyzabcdefghijklmnopqrstuvwXYZABCDEFGHIJKLMNOPQRSTUVW0123456789');
