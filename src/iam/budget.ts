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
  return new Steps(cap);
}

class Steps implements Budget {
  readonly #cap: number;
  readonly #whole: Budget | undefined;
  #left: number;

  /** `whole`: what the steps are taken from besides. */
  constructor(cap: number, whole?: Budget) {
    this.#cap = cap;
    this.#left = cap;
    this.#whole = whole;
  }

  spend(steps: number): boolean {
    this.#whole?.spend(Math.min(steps, this.#left));
    this.#left = steps > this.#left ? 0 : this.#left - steps;
    return this.#left > 0;
  }

  spent(): boolean {
    return this.#left <= 0;
  }

  used(): number {
    return this.#cap - this.#left;
  }

  left(): number {
    return this.#left;
  }
}

/** A part of it that is half as large as what is left: as much is there afterwards for other questions, come what may. */
export function halfOf(budget: Budget): Budget {
  return shareOf(budget, 1 / 2);
}

/** A part of it, as a share of what is left: the rest is there afterwards for other questions, come what may. */
export function shareOf(budget: Budget, share: number): Budget {
  return new Steps(Math.floor(budget.left() * share), budget);
}

/** For questions that are small by themselves. */
export const ENDLESS: Budget = budgetOf(Number.POSITIVE_INFINITY);
