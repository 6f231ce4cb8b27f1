import type { Operation, Value } from './tree.ts';

/**
 * As Java has it: two whole numbers give a whole number (division drops what is left over), any other pair a double.
 * Null for a division by zero, where Elasticsearch fails the search or has no number, and for values that are no numbers.
 */
export function calculate(operator: Operation['operator'], left: Value, right: Value): Value {
  if (typeof left === 'bigint' && typeof right === 'bigint') return inRange(calculateWhole(operator, left, right));
  const a = doubleOf(left);
  const b = doubleOf(right);
  return a === undefined || b === undefined ? null : calculateDouble(operator, a, b);
}

export function negative(value: Value): Value {
  return typeof value === 'bigint' || typeof value === 'number' ? -value : null;
}

function doubleOf(value: Value): number | undefined {
  return typeof value === 'bigint' || typeof value === 'number' ? Number(value) : undefined;
}

function calculateWhole(operator: Operation['operator'], left: bigint, right: bigint): bigint | null {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return right === 0n ? null : left / right;
    case '%':
      return right === 0n ? null : left % right;
  }
}

/** Beyond 64 bits Elasticsearch fails the search; a chain of products must not grow without end here. */
function inRange(value: bigint | null): bigint | null {
  return value !== null && BigInt.asIntN(64, value) === value ? value : null;
}

function calculateDouble(operator: Operation['operator'], left: number, right: number): number | null {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return right === 0 ? null : left / right;
    case '%':
      return right === 0 ? null : left % right;
  }
}
