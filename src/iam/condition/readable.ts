import { globOf, isAnything } from '../glob.ts';
import type { Condition } from '../policy.ts';
import { hasVariables } from '../variable.ts';
import { rangeIn } from './address.ts';
import { type Operator, operatorOf, type Test } from './operator.ts';
import { ARN_PARTS, numberIn, timeIn } from './test.ts';

/**
 * The operator of a condition whose meaning is known. Undefined for what is no operator; for an empty list of values, of which
 * AWS says that it has no effect and not whether that means it holds (Access Analyzer, "Empty array condition"); for `Null` with a
 * set operator, of which it says nothing; and for a value that is not of the operator's kind. What AWS makes of such a value is
 * written nowhere: it may read more than we do, and then the condition holds where we would have said never.
 */
export function readableOperator(condition: Condition): Operator | undefined {
  const known = readings.get(condition);
  if (known !== undefined) return known.operator;
  const operator = operatorIn(condition);
  readings.set(condition, { operator });
  return operator;
}

const readings = new WeakMap<Condition, { readonly operator: Operator | undefined }>();

function operatorIn({ operator: written, values }: Condition): Operator | undefined {
  const operator = operatorOf(written);
  if (operator === undefined || values.length === 0) return undefined;
  if (operator.test === 'Null' && operator.set !== undefined) return undefined;
  return values.every(text => hasVariables(text) || isOfKind(operator.test, text)) ? operator : undefined;
}

/** Whether a policy's value can be read as what the operator compares. */
export function isOfKind(test: Test, text: string): boolean {
  switch (test) {
    case 'Bool':
    case 'Null':
      return /^(true|false)$/i.test(text);
    case 'IpAddress':
      return rangeIn(text) !== undefined;
    case 'ArnLike':
      return text.split(':').length >= ARN_PARTS || isAnything(globOf(text));
    default:
      if (test.startsWith('Numeric')) return numberIn(text) !== undefined;
      return !test.startsWith('Date') || timeIn(text) !== undefined;
  }
}
