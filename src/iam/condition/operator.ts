/** A condition operator taken apart: `ForAnyValue:StringNotLikeIfExists`. */
export interface Operator {
  readonly set: 'ForAllValues' | 'ForAnyValue' | undefined;
  readonly test: Test;
  /** `…Not…`: holds where none of the values is matched, and where the key is absent. */
  readonly negated: boolean;
  readonly ifExists: boolean;
}

export type Test =
  | 'StringEquals'
  | 'StringEqualsIgnoreCase'
  | 'StringLike'
  | 'NumericEquals'
  | 'NumericLessThan'
  | 'NumericLessThanEquals'
  | 'NumericGreaterThan'
  | 'NumericGreaterThanEquals'
  | 'DateEquals'
  | 'DateLessThan'
  | 'DateLessThanEquals'
  | 'DateGreaterThan'
  | 'DateGreaterThanEquals'
  | 'Bool'
  | 'BinaryEquals'
  | 'IpAddress'
  | 'ArnLike'
  | 'Null';

/** Every operator of the IAM user guide ("Condition operators"); `ArnEquals` and `ArnLike` behave identically there. */
const NAMED: ReadonlyMap<string, { readonly test: Test; readonly negated: boolean }> = new Map([
  ['StringEquals', { test: 'StringEquals', negated: false }],
  ['StringNotEquals', { test: 'StringEquals', negated: true }],
  ['StringEqualsIgnoreCase', { test: 'StringEqualsIgnoreCase', negated: false }],
  ['StringNotEqualsIgnoreCase', { test: 'StringEqualsIgnoreCase', negated: true }],
  ['StringLike', { test: 'StringLike', negated: false }],
  ['StringNotLike', { test: 'StringLike', negated: true }],
  ['NumericEquals', { test: 'NumericEquals', negated: false }],
  ['NumericNotEquals', { test: 'NumericEquals', negated: true }],
  ['NumericLessThan', { test: 'NumericLessThan', negated: false }],
  ['NumericLessThanEquals', { test: 'NumericLessThanEquals', negated: false }],
  ['NumericGreaterThan', { test: 'NumericGreaterThan', negated: false }],
  ['NumericGreaterThanEquals', { test: 'NumericGreaterThanEquals', negated: false }],
  ['DateEquals', { test: 'DateEquals', negated: false }],
  ['DateNotEquals', { test: 'DateEquals', negated: true }],
  ['DateLessThan', { test: 'DateLessThan', negated: false }],
  ['DateLessThanEquals', { test: 'DateLessThanEquals', negated: false }],
  ['DateGreaterThan', { test: 'DateGreaterThan', negated: false }],
  ['DateGreaterThanEquals', { test: 'DateGreaterThanEquals', negated: false }],
  ['Bool', { test: 'Bool', negated: false }],
  ['BinaryEquals', { test: 'BinaryEquals', negated: false }],
  ['IpAddress', { test: 'IpAddress', negated: false }],
  ['NotIpAddress', { test: 'IpAddress', negated: true }],
  ['ArnEquals', { test: 'ArnLike', negated: false }],
  ['ArnLike', { test: 'ArnLike', negated: false }],
  ['ArnNotEquals', { test: 'ArnLike', negated: true }],
  ['ArnNotLike', { test: 'ArnLike', negated: true }],
  ['Null', { test: 'Null', negated: false }],
]);

export const OPERATOR_NAMES: readonly string[] = [...NAMED.keys()];

/** Undefined for what is no operator: a misspelt one, or `Null` with `IfExists`, which AWS refuses. */
export function operatorOf(written: string): Operator | undefined {
  const colon = written.indexOf(':');
  const set = colon < 0 ? undefined : setOf(written.slice(0, colon));
  if (colon >= 0 && set === undefined) return undefined;
  const name = written.slice(colon + 1);
  const ifExists = name.endsWith('IfExists');
  const named = NAMED.get(ifExists ? name.slice(0, -'IfExists'.length) : name);
  if (named === undefined || (ifExists && named.test === 'Null')) return undefined;
  return { set, ...named, ifExists };
}

function setOf(text: string): Operator['set'] {
  return text === 'ForAllValues' || text === 'ForAnyValue' ? text : undefined;
}
