import type { Test } from '../lookup.ts';
import type { RangeOperator } from '../tree.ts';
import { keyword } from './keyword.ts';
import type { Literal, Matcher } from './matcher.ts';
import { satisfies } from './matcher.ts';
import { numberOf } from './number.ts';

/** A value nobody described is matched by its own JSON type: numbers as numbers, everything else as a keyword. */
export const json: Matcher = {
  equals(literal) {
    const wanted = numberOf(literal.text);
    return leaf => (typeof leaf === 'number' && wanted !== undefined ? leaf === wanted : String(leaf) === literal.text);
  },
  wildcard: keyword.wildcard,
  range,
};

function range(operator: RangeOperator, { text, ...rest }: Literal): Test {
  const bound = numberOf(text);
  const asKeyword = keyword.range(operator, { text, ...rest });
  return leaf => {
    if (typeof leaf === 'number') return bound !== undefined && satisfies(operator, leaf - bound);
    return typeof leaf === 'string' && typeof asKeyword === 'function' && asKeyword(leaf);
  };
}
