import { evaluateCondition } from '../condition/evaluate.ts';
import { type Context, UNKNOWN } from '../context.ts';
import type { PlacedStatement } from '../layer.ts';
import type { Condition, Patterns, Statement } from '../policy.ts';
import { filledIn } from '../variable.ts';

/** What is known of every request of an action, or, for `''`, of every request there is. */
export type Facts = (action: string) => Context;

export const NO_FACTS: Facts = () => () => UNKNOWN;

/**
 * A statement with what is known put in (facts: policy.md 6.4): conditions that hold are left out, variables have their values.
 * Undefined when it applies to no request, for a condition never holds. The very same where nothing changes.
 */
export function withFacts(placed: PlacedStatement, context: Context): PlacedStatement | undefined {
  const { statement } = placed;
  const conditions = openConditions(statement, context);
  if (conditions === undefined) return undefined;
  const resources = filledPatterns(statement, context);
  if (conditions === statement.conditions && resources === statement.resources) return placed;
  const text = JSON.stringify([statement.text, conditions, resources]);
  return { ...placed, statement: { ...statement, conditions, resources, text } };
}

function openConditions({ conditions, variables }: Statement, context: Context): readonly Condition[] | undefined {
  const truths = conditions.map(condition => evaluateCondition(condition, { context, variables }));
  if (truths.includes(false)) return undefined;
  const open = conditions.filter((_, at) => truths[at] === undefined);
  const filled = variables ? open.map(condition => filledCondition(condition, context)) : open;
  return filled.length === conditions.length && filled.every((each, at) => each === conditions[at])
    ? conditions
    : filled;
}

/** A value with a variable that has none is left as it is: what stands for the variable matches nothing else. */
function filledCondition(condition: Condition, context: Context): Condition {
  const values = condition.values.map(value => filledIn(value, context) ?? value);
  return values.every((each, at) => each === condition.values[at]) ? condition : { ...condition, values };
}

function filledPatterns({ resources, variables }: Statement, context: Context): Patterns | undefined {
  if (resources === undefined || !variables) return resources;
  const values = resources.values.map(value => filledIn(value, context)).filter(value => value !== undefined);
  const same = values.length === resources.values.length && values.every((each, at) => each === resources.values[at]);
  return same ? resources : { ...resources, values };
}
