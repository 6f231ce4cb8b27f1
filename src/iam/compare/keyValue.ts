import type { Budget } from '../budget.ts';
import { ABSENT, type Context, type ContextValue, known, PRESENT } from '../context.ts';
import type { Demand } from './demand.ts';
import { isSingleValued } from './singleValued.ts';
import { STAND_INS } from './standIn.ts';
import { type Constraint, textFor } from './text.ts';

/** What a request can carry under a key so that all demands on it are met. */
export type KeyValue =
  | { readonly kind: 'found'; readonly value: ContextValue }
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown' };

const NONE: KeyValue = { kind: 'none' };
const UNKNOWN: KeyValue = { kind: 'unknown' };

/** `none` is a proof; what is `found` has been tried out. All demands are on that key (in lower case). */
export function valueFor(key: string, demands: readonly Demand[], budget: Budget): KeyValue {
  if (contradictory(demands)) return NONE;
  const readable = demands.filter(({ term }) => term.operator !== undefined);
  const found = readableValue(key, readable, budget);
  return found.kind === 'found' && readable.length < demands.length ? UNKNOWN : found;
}

/** The same condition in both ways: all that can be said of an operator that nobody knows. */
function contradictory(demands: readonly Demand[]): boolean {
  const wanted = new Set(demands.filter(({ holds }) => holds).map(({ term }) => term.identity));
  return demands.some(({ term, holds }) => !holds && wanted.has(term.identity));
}

function readableValue(key: string, demands: readonly Demand[], budget: Budget): KeyValue {
  if (meets(demands, key, ABSENT)) return { kind: 'found', value: ABSENT };
  if (demands.some(({ term, holds }) => term.operator?.test === 'Null' && term.in(() => PRESENT) !== holds))
    return NONE;
  const rules = demands.flatMap(demand => ruleOf(demand) ?? []);
  const one = oneValue(rules, budget);
  const found = one.kind === 'found' || isSingleValued(key) ? one : severalValues(rules, budget);
  if (found.kind !== 'found') return found;
  return meets(demands, key, found.value) ? found : UNKNOWN;
}

function meets(demands: readonly Demand[], key: string, value: ContextValue): boolean {
  const context: Context = each => (each === key ? value : STAND_INS(each));
  return demands.every(({ term, holds }) => term.in(context) === holds);
}

/** What a demand says of the values of a key that is there: that one of them, or each, is among those wanted, or is not. */
interface Rule {
  readonly of: 'some' | 'all';
  readonly constraint: Constraint;
}

/** The tables of `overValues` and `passes` (condition/evaluate.ts), turned round. Undefined: it says nothing of values. */
function ruleOf({ term: { operator, wanted, wantedKeys }, holds }: Demand): Rule | undefined {
  if (operator === undefined || operator.test === 'Null') return undefined;
  const { set, negated, test } = operator;
  const of = set === 'ForAllValues' || (set === undefined && negated) ? 'all' : 'some';
  const constraint = { test, wanted, wantedKeys, inside: negated !== holds };
  return { of: (of === 'all') === holds ? 'all' : 'some', constraint };
}

function oneValue(rules: readonly Rule[], budget: Budget): KeyValue {
  const text = textFor(
    rules.map(({ constraint }) => constraint),
    budget,
  );
  return text.kind === 'found' ? { kind: 'found', value: known(text.text) } : text;
}

/** One value for each rule that wants one, all of them by the rules that are about each. */
function severalValues(rules: readonly Rule[], budget: Budget): KeyValue {
  const general = rules.filter(({ of }) => of === 'all').map(({ constraint }) => constraint);
  const single = rules.filter(({ of }) => of === 'some').map(({ constraint }) => [...general, constraint]);
  const texts = (single.length === 0 ? [general] : single).map(each => textFor(each, budget));
  const lacking = texts.find(({ kind }) => kind === 'none') ?? texts.find(({ kind }) => kind === 'unknown');
  if (lacking !== undefined) return lacking.kind === 'none' ? NONE : UNKNOWN;
  return { kind: 'found', value: known(...texts.flatMap(each => (each.kind === 'found' ? [each.text] : []))) };
}
