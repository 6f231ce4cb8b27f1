import type { Leaf } from '../lookup.ts';
import { byteOrder } from '../match/keyword.ts';
import { satisfies } from '../match/matcher.ts';
import { numberOf } from '../match/number.ts';
import type { FieldMapping } from '../query.ts';
import type { Comparison, Value } from './tree.ts';

/** What can be said of an expression before there is a document; `any` where only the document tells. */
export type Type = 'text' | 'number' | 'boolean' | 'date' | 'ip' | 'null' | 'any';

export function typeOfValue(value: Value): Type {
  if (value === null) return 'null';
  if (typeof value === 'string') return 'text';
  return typeof value === 'boolean' ? 'boolean' : 'number';
}

export function typeOfField(mapping: FieldMapping): Type {
  switch (mapping.type) {
    case 'long':
    case 'double':
      return 'number';
    case 'boolean':
    case 'date':
    case 'ip':
      return mapping.type;
    case 'json':
      return 'any';
    default:
      return 'text';
  }
}

/** A document's value as its field's type has it; undefined for one that the field would not take. */
export function valueOfLeaf(leaf: Leaf, mapping: FieldMapping): Value | undefined {
  switch (mapping.type) {
    case 'long': {
      const value = numberOf(leaf);
      return value === undefined ? undefined : BigInt(Math.trunc(value));
    }
    case 'double':
      return numberOf(leaf);
    case 'boolean':
      return String(leaf) === 'true' ? true : String(leaf) === 'false' ? false : undefined;
    case 'json':
      return typeof leaf === 'number' && Number.isInteger(leaf) ? BigInt(leaf) : leaf;
    default:
      return String(leaf);
  }
}

/** As Java writes it: 42, 42.5, 4.0, 1.0E7, true. */
export function textOfValue(value: string | bigint | number | boolean): string {
  return typeof value === 'number' ? textOfDouble(value) : String(value);
}

function textOfDouble(value: number): string {
  const size = Math.abs(value);
  if (!Number.isFinite(value) || size === 0 || (size >= 1e-3 && size < 1e7)) {
    return Number.isInteger(value) ? `${Object.is(value, -0) ? '-0' : value}.0` : String(value);
  }
  const [digits = '', exponent = ''] = value.toExponential().split('e');
  return `${digits.includes('.') ? digits : `${digits}.0`}E${Number(exponent)}`;
}

/** Null when either is null or the two have no order, as Elasticsearch's Comparisons have it. */
export function compareValues(operator: Comparison, left: Value, right: Value): boolean | null {
  const order = orderOf(left, right);
  if (order === null) return null;
  if (operator === '==') return order === 0;
  if (operator === '!=') return order !== 0;
  return satisfies(operator, order);
}

function orderOf(left: Value, right: Value): number | null {
  if (left === null || right === null) return null;
  if (typeof left === 'string') return typeof right === 'string' ? byteOrder(left, right) : null;
  if (typeof left === 'boolean') return typeof right === 'boolean' ? Number(left) - Number(right) : null;
  if (typeof right === 'string' || typeof right === 'boolean') return null;
  if (left < right) return -1;
  if (left > right) return 1;
  return Number.isNaN(left) || Number.isNaN(right) ? null : 0;
}
