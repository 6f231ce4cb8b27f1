import type { Test } from '../lookup.ts';
import type { RangeOperator } from '../tree.ts';

/** How values of one field type are compared. */
export interface Matcher {
  equals(literal: Literal): Test | Misfit;
  wildcard(parts: readonly string[]): Test | Misfit;
  range(operator: RangeOperator, literal: Literal): Test | Misfit;
}

export interface Literal {
  readonly text: string;
  readonly quoted: boolean;
  /** What `now` is in date math. */
  readonly now: Date;
}

/** Why a field of this type can never hold such a value: completes the sentence "<field> …". */
export interface Misfit {
  readonly misfit: string;
  readonly hint?: string;
}

export function isMisfit(outcome: Test | Misfit): outcome is Misfit {
  return typeof outcome !== 'function';
}

/** Whether an order (negative, zero, positive, of the value to the bound) satisfies the operator. */
export function satisfies(operator: RangeOperator, order: number): boolean {
  switch (operator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}
