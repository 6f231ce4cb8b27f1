import { matchesParts } from '../wildcard.ts';
import type { Matcher } from './matcher.ts';
import { satisfies } from './matcher.ts';

/** Whole value, case-sensitive; numbers and booleans are their text. Ordered by UTF-8 bytes, as Lucene orders terms. */
export const keyword: Matcher = {
  equals({ text }) {
    return leaf => String(leaf) === text;
  },
  wildcard(parts) {
    return leaf => matchesParts(parts, String(leaf));
  },
  range(operator, { text }) {
    return leaf => satisfies(operator, byteOrder(String(leaf), text));
  },
};

/** UTF-8 bytes order as code points do; UTF-16 units do not when one of the two is a surrogate. */
export function byteOrder(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) {
    const order = rank(a.charCodeAt(at)) - rank(b.charCodeAt(at));
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above all that one unit can hold. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
