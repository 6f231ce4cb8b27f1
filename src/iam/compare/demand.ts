import { evaluateCondition } from '../condition/evaluate.ts';
import type { Operator } from '../condition/operator.ts';
import { readableOperator } from '../condition/readable.ts';
import type { Context } from '../context.ts';
import type { Condition, Statement } from '../policy.ts';
import type { Truth } from '../truth.ts';
import { type Choice, choiceOf } from './choice.ts';

/** A condition that a request must meet, or must not. */
export interface Demand {
  readonly term: Term;
  readonly holds: boolean;
}

/** A condition of a statement, taken apart. */
export interface Term {
  readonly condition: Condition;
  /** The key in lower case. */
  readonly key: string;
  /** Undefined: nobody knows what the condition means, see `readableOperator`. */
  readonly operator: Operator | undefined;
  readonly wanted: readonly Choice[];
  readonly wantedKeys: ReadonlySet<string>;
  /** Equal identities mean the same of every request. */
  readonly identity: string;
  /** What the condition comes to in a context. */
  in(context: Context): Truth;
}

export function termsOf({ conditions, variables }: Statement): readonly Term[] {
  return conditions.map(condition => termOf(condition, variables));
}

/** That the request carries the key, whatever its value. */
export function presenceOf(key: string): Demand {
  return { term: termOf({ operator: 'Null', key, values: ['false'] }, false), holds: true };
}

function termOf(condition: Condition, variables: boolean): Term {
  const key = condition.key.toLowerCase();
  const operator = readableOperator(condition);
  const wanted = condition.values.map(text => choiceOf(text, variables, operator));
  const wantedKeys = new Set(wanted.map(each => each.key));
  return {
    condition,
    key,
    operator,
    wanted,
    wantedKeys,
    identity: JSON.stringify([nameOf(condition, operator), key, [...wantedKeys].sort()]),
    in: context => evaluateCondition(condition, { context, variables }),
  };
}

/** `ArnEquals` and `ArnLike` are one operator. */
function nameOf({ operator: written }: Condition, operator: Operator | undefined): string {
  if (operator === undefined) return `?${written}`;
  const { set = '', negated, test, ifExists } = operator;
  return `${set}:${negated ? 'Not' : ''}${test}${ifExists ? 'IfExists' : ''}`;
}
