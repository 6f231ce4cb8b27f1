/** How much may still be looked at. Counted, not timed: the same question gets the same answer on every machine. */
export interface Budget {
  /** Takes that many steps; false when there are not so many left, and then there are none left for good. */
  spend(steps: number): boolean;
  spent(): boolean;
  /** How many steps were taken. */
  used(): number;
  left(): number;
}

export function budgetOf(cap: number): Budget {
  let left = cap;
  return {
    spend(steps) {
      left = steps > left ? 0 : left - steps;
      return left > 0;
    },
    spent: () => left <= 0,
    used: () => cap - left,
    left: () => left,
  };
}

/** A part of it that is half as large as what is left: as much is there afterwards for other questions, come what may. */
export function halfOf(budget: Budget): Budget {
  return shareOf(budget, 1 / 2);
}

/** A part of it, as a share of what is left: the rest is there afterwards for other questions, come what may. */
export function shareOf(budget: Budget, share: number): Budget {
  const part = budgetOf(Math.floor(budget.left() * share));
  return {
    ...part,
    spend(steps) {
      budget.spend(Math.min(steps, part.left()));
      return part.spend(steps);
    },
  };
}

/** For questions that are small by themselves. */
export const ENDLESS: Budget = budgetOf(Number.POSITIVE_INFINITY);
