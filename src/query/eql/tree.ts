/** What an expression comes to: text, a whole number, another number, true or false, or nothing (null). */
export type Value = string | bigint | number | boolean | null;

/** `at` is where it begins in the query, in UTF-16 units. Chains of one operator are lists, so a tree is as deep as its brackets. */
export type Expression =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Expression[]; readonly at: number }
  | { readonly kind: 'not'; readonly part: Expression; readonly at: number }
  | Compare
  | Is
  | In
  | Call
  | {
      readonly kind: 'arithmetic';
      readonly first: Expression;
      readonly rest: readonly Operation[];
      readonly at: number;
    }
  | { readonly kind: 'negative'; readonly part: Expression; readonly at: number }
  | FieldName
  | Literal;

export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=';

export interface Compare {
  readonly kind: 'compare';
  readonly operator: Comparison;
  readonly left: Expression;
  readonly right: Expression;
  readonly at: number;
}

export type Matching = ':' | 'like' | 'like~' | 'regex' | 'regex~';

/** `subject like ("a*", "b?")`: any of the patterns. */
export interface Is {
  readonly kind: 'is';
  readonly operator: Matching;
  readonly subject: Expression;
  readonly patterns: readonly Literal[];
  readonly at: number;
}

export interface In {
  readonly kind: 'in';
  /** `in~`. */
  readonly insensitive: boolean;
  readonly subject: Expression;
  readonly values: readonly Expression[];
  readonly at: number;
}

export interface Call {
  readonly kind: 'call';
  readonly name: string;
  /** `name~(…)`. */
  readonly insensitive: boolean;
  readonly args: readonly Expression[];
  readonly at: number;
}

export interface Operation {
  readonly operator: '+' | '-' | '*' | '/' | '%';
  readonly part: Expression;
}

export interface FieldName {
  readonly kind: 'field';
  readonly name: string;
  /** `?name`: null where there is no such field. */
  readonly optional: boolean;
  readonly at: number;
}

export interface Literal {
  readonly kind: 'literal';
  readonly value: Value;
  readonly at: number;
}

/** `category where condition`; `any` has no category. */
export interface EventFilter {
  readonly category: { readonly name: string; readonly at: number } | null;
  readonly condition: Expression;
  readonly text: string;
}

export interface SequenceStep {
  readonly filter: EventFilter;
  readonly by: readonly FieldName[];
  readonly runs: number;
  readonly at: number;
}

export type Statement =
  | { readonly kind: 'event'; readonly filter: EventFilter }
  | {
      readonly kind: 'sequence';
      readonly by: readonly FieldName[];
      readonly maxspanMs: number | null;
      readonly steps: readonly SequenceStep[];
      readonly until: SequenceStep | null;
      readonly at: number;
    };
