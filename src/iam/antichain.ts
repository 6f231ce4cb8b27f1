import type { Places } from './acceptance.ts';
import type { Budget } from './budget.ts';
import type { Positions } from './refusal.ts';

/** What was found so far, without what something else makes needless. */
export interface Antichain {
  /** False: something that is as far and is refused no more was found before. */
  add(at: Places, refused: Positions): boolean;
}

/** Those found first are refused least, more often than not: what came after is only looked up, not compared. */
const COMPARED = 24;

interface Found {
  readonly first: Positions[];
  readonly others: Set<string>;
}

/** Past the budget nothing is said to be needless. */
export function antichain(budget: Budget): Antichain {
  const found = new Map<string, Found>();
  const isNeedless = ({ first, others }: Found, refused: Positions) =>
    first.some(each => budget.spend(1 + (Math.min(each.length, refused.length) >> 4)) && isWithin(each, refused)) ||
    (others.size > 0 && others.has(refused.join(' ')));
  return {
    add(at, refused) {
      const key = at.join(' ');
      const before = found.get(key) ?? { first: [], others: new Set() };
      found.set(key, before);
      if (isNeedless(before, refused)) return false;
      if (before.first.length < COMPARED) before.first.push(refused);
      else before.others.add(refused.join(' '));
      return true;
    },
  };
}

function isWithin(some: Positions, all: Positions): boolean {
  if (some.length > all.length) return false;
  let at = 0;
  for (const position of some) {
    while (at < all.length && all[at]! < position) at++;
    if (all[at] !== position) return false;
  }
  return true;
}
