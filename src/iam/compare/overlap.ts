import type { Budget } from '../budget.ts';
import { type Glob, intersects, isAnything, isWildcard, matches } from '../glob.ts';

/** The product of two patterns' lengths from which on nothing is asked about them: several times what ARNs can have. */
const LARGEST = 1_000_000;

/** Whether `witness` had better not be asked: it compares each of the positives with each of all. */
export function areTooLong(positives: readonly Glob[], all: readonly Glob[]): boolean {
  return longestOf(positives) * longestOf(all) > LARGEST;
}

export function longestOf(globs: readonly Glob[]): number {
  return globs.reduce((most, { tokens }) => Math.max(most, tokens.length), 0);
}

/** Whether some text may be in both languages. False is a proof. */
export function mayOverlap(a: Glob, b: Glob, budget: Budget): boolean {
  if (a === b || isAnything(a) || isAnything(b)) return true;
  budget.spend(1);
  const [start, other] = [startOf(a), startOf(b)];
  if (!start.startsWith(other) && !other.startsWith(start)) return false;
  if (start.length === a.tokens.length) return matches(b, start);
  if (other.length === b.tokens.length) return matches(a, other);
  const size = a.tokens.length * b.tokens.length;
  return size > LARGEST || !budget.spend(size >> 1) || intersects(a, b);
}

/** What all texts of the pattern begin with. */
function startOf(glob: Glob): string {
  const known = starts.get(glob);
  if (known !== undefined) return known;
  const wild = glob.tokens.findIndex(isWildcard);
  const literal = wild < 0 ? glob.tokens : glob.tokens.slice(0, wild);
  const start = literal.map(code => String.fromCharCode(code)).join('');
  starts.set(glob, start);
  return start;
}

const starts = new WeakMap<Glob, string>();
