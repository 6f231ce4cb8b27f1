import type { EqlContext, Field } from './context.ts';
import { functionNamed } from './functions.ts';
import { constantPlan, every, free, opposite, type Plan, some } from './plan.ts';
import { predicateOf } from './predicate.ts';
import { conditionScript, patternCall } from './script.ts';
import { askScript } from './script-ask.ts';
import type { Expression } from './tree.ts';

/**
 * `not` is pushed down to the single predicates. Over one that an index answers (a field and constants) it is must_not: true where
 * the field is missing, and false where any of its values passes. Over a script see `askScript`.
 */
export function planOf(expression: Expression, context: EqlContext, negated = false): Plan {
  switch (expression.kind) {
    case 'and':
    case 'or': {
      const parts = expression.parts.map(part => planOf(part, context, negated));
      return (expression.kind === 'and') !== negated ? every(parts) : some(parts);
    }
    case 'not':
      return planOf(expression.part, context, !negated);
    default:
      return leafPlan(expression, context, negated);
  }
}

function leafPlan(expression: Expression, context: EqlContext, negated: boolean): Plan {
  const plain = withoutBoolean(expression);
  if (plain !== undefined) return planOf(plain.expression, context, negated !== plain.negated);
  const predicate = predicateOf(expression, context);
  if (predicate !== undefined) return negated ? opposite(predicate) : predicate;
  const fields: Field[] = [];
  const script = conditionScript(expression, fields, context);
  if (fields.length === 0) return constantPlan(script.run([]), negated);
  return {
    ask: askScript(script, fields, { negated, context }),
    fields: new Set(fields.map(field => field.name)),
    pins: free,
  };
}

/** `f(x) == true` is `f(x)`, `f(x) != true` and `f(x) == false` are `not f(x)`. */
function withoutBoolean(expression: Expression): { expression: Expression; negated: boolean } | undefined {
  if (expression.kind !== 'compare' || (expression.operator !== '==' && expression.operator !== '!=')) return undefined;
  const { left, right, operator } = expression;
  const [subject, value] =
    right.kind === 'literal' ? [left, right.value] : left.kind === 'literal' ? [right, left.value] : [];
  if (subject === undefined || typeof value !== 'boolean' || !isCondition(subject)) return undefined;
  return { expression: subject, negated: (operator === '==') !== value };
}

/** Whether it is true or false by its form. */
function isCondition(expression: Expression): boolean {
  switch (expression.kind) {
    case 'call':
      return patternCall(expression) !== undefined || functionNamed(expression.name)?.returns === 'boolean';
    case 'field':
    case 'literal':
    case 'arithmetic':
    case 'negative':
      return false;
    default:
      return true;
  }
}
