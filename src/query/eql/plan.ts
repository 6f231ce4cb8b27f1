import { type Ask, allOf, anyOf, notThat } from '../kleene.ts';
import type { Value } from './tree.ts';

/** A condition made ready. */
export interface Plan {
  readonly ask: Ask;
  readonly fields: ReadonlySet<string>;
  /** What `Query.pins` says, unsorted. */
  pins(field: string): ReadonlySet<string> | undefined;
}

export function every(parts: readonly Plan[]): Plan {
  return {
    ask: allOf(parts.map(part => part.ask)),
    fields: new Set(parts.flatMap(part => [...part.fields])),
    pins(field) {
      const sets = parts.map(part => part.pins(field)).filter(set => set !== undefined);
      return sets.reduce<ReadonlySet<string> | undefined>(
        (a, b) => (a !== undefined && a.size <= b.size ? a : b),
        undefined,
      );
    },
  };
}

export function some(parts: readonly Plan[]): Plan {
  return {
    ask: anyOf(parts.map(part => part.ask)),
    fields: new Set(parts.flatMap(part => [...part.fields])),
    pins(field) {
      const sets = parts.map(part => part.pins(field));
      return sets.every(set => set !== undefined) ? new Set(sets.flatMap(set => [...set])) : undefined;
    },
  };
}

export function opposite(plan: Plan): Plan {
  return { ask: notThat(plan.ask), fields: plan.fields, pins: free };
}

/** The pins of what does not pin a field down. */
export const free = () => undefined;
const none: ReadonlySet<string> = new Set();

/** Null is false, and so is not null. */
export function constantPlan(value: Value, negated: boolean): Plan {
  const answer = value === !negated ? 'yes' : 'no';
  return { ask: () => answer, fields: none, pins: answer === 'no' ? () => none : free };
}
