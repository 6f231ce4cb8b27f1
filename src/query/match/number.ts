import type { Leaf } from '../lookup.ts';
import type { Matcher, Misfit } from './matcher.ts';
import { satisfies } from './matcher.ts';

/** `long` and `double`: compared as numbers, whichever way the document writes them. */
export const number: Matcher = {
  equals({ text }) {
    const wanted = numberOf(text);
    return wanted === undefined ? notANumber(text) : leaf => numberOf(leaf) === wanted;
  },
  wildcard() {
    return {
      misfit: 'is a number: a wildcard cannot match it',
      hint: 'Use a range (>= and <), or * alone for any value.',
    };
  },
  range(operator, { text }) {
    const bound = numberOf(text);
    if (bound === undefined) return notANumber(text);
    return leaf => {
      const value = numberOf(leaf);
      return value !== undefined && satisfies(operator, value - bound);
    };
  },
};

/** A decimal number, or undefined; JavaScript's hexadecimal, empty and infinite ones are none. */
export function numberOf(leaf: Leaf): number | undefined {
  if (typeof leaf === 'number') return leaf;
  if (typeof leaf === 'boolean' || !/^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(leaf)) return undefined;
  const value = Number(leaf);
  return Number.isFinite(value) ? value : undefined;
}

function notANumber(text: string): Misfit {
  return { misfit: `is a number, and ${JSON.stringify(text)} is not` };
}
