/** A query as a tree. Value lists are already spread out: `f: (a or not b)` is `f: a or not f: b`. */
export type Tree =
  | { readonly kind: 'all' }
  | { readonly kind: 'and'; readonly parts: readonly Tree[] }
  | { readonly kind: 'or'; readonly parts: readonly Tree[] }
  | { readonly kind: 'not'; readonly part: Tree }
  | { readonly kind: 'is'; readonly field: FieldName; readonly value: Value }
  | { readonly kind: 'range'; readonly field: FieldName; readonly operator: RangeOperator; readonly value: Value }
  | { readonly kind: 'nested'; readonly field: FieldName; readonly part: Tree }
  | { readonly kind: 'free'; readonly value: Value };

export type RangeOperator = '<' | '<=' | '>' | '>=';

/** `at` is where the name begins in the query, in UTF-16 units. */
export interface FieldName {
  readonly name: Value;
  readonly at: number;
}

/**
 * A literal is text to be taken as it is; a wildcard is the texts between its stars, so `a*b` is `['a', 'b']`.
 * Unquoted `true`, `false` and `null` are literals too: what they are depends on the field.
 */
export type Value =
  | { readonly kind: 'literal'; readonly text: string; readonly quoted: boolean; readonly at: number }
  | { readonly kind: 'wildcard'; readonly parts: readonly string[]; readonly at: number };

export type Wildcard = Extract<Value, { kind: 'wildcard' }>;

/** `f: *` asks whether there is a value at all; `f: **` is a wildcard like any other, as in Kibana. */
export function isExists(value: Value): boolean {
  return value.kind === 'wildcard' && value.parts.length === 2 && value.parts.every(part => part === '');
}

/** An unquoted `null`: never indexed, so it matches nothing. */
export function isNull(value: Value): boolean {
  return value.kind === 'literal' && !value.quoted && value.text === 'null';
}
