/** How much may still be looked at. Counted, not timed: the same question gets the same answer on every machine. */
export interface Budget {
  /** Takes that many steps; false when there are not so many left, and then there are none left for good. */
  spend(steps: number): boolean;
  spent(): boolean;
  /** How many steps were taken. */
  used(): number;
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
  };
}
