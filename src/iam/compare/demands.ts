import type { Budget } from '../budget.ts';
import { type Context, type ContextValue, contextOf, layered } from '../context.ts';
import type { Demand } from './demand.ts';
import { type KeyValue, valueFor } from './keyValue.ts';
import { STAND_INS } from './standIn.ts';

/** Demands on one request that it may meet all at once, by their keys. */
export type Demands = ReadonlyMap<string, KeyDemands>;

interface KeyDemands {
  readonly demands: readonly Demand[];
  readonly value: Exclude<KeyValue, { kind: 'none' }>;
}

export const NO_DEMANDS: Demands = new Map();

/** With these added; undefined when no request meets all of them. */
export function demanding(demands: Demands, more: readonly Demand[], budget: Budget): Demands | undefined {
  if (more.length === 0) return demands;
  const result = new Map(demands);
  for (const [key, added] of byKey(more)) {
    const all = distinct([...(demands.get(key)?.demands ?? []), ...added]);
    const value = solved(key, all, budget);
    if (value.kind === 'none') return undefined;
    result.set(key, { demands: all, value });
  }
  return result;
}

/** The same demands come up with one action after the other. */
function solved(key: string, demands: readonly Demand[], budget: Budget): KeyValue {
  if (!budget.spend(16 * demands.length)) return { kind: 'unknown' };
  if (demands.length > REMEMBERED) return valueFor(key, demands, budget);
  const answers = answersOf(budget);
  const question = demands.map(nameOf).sort().join('\n');
  const known = answers.get(question);
  if (known !== undefined) return known;
  const value = valueFor(key, demands, budget);
  answers.set(question, value);
  return value;
}

/** Longer ones hardly come up twice. */
const REMEMBERED = 8;

/** Of one comparison: as long as it has a budget. */
function answersOf(budget: Budget): Map<string, KeyValue> {
  const known = answered.get(budget);
  if (known !== undefined) return known;
  const none = new Map<string, KeyValue>();
  answered.set(budget, none);
  return none;
}

const answered = new WeakMap<Budget, Map<string, KeyValue>>();

function nameOf({ holds, term: { identity } }: Demand): string {
  return `${holds} ${identity}`;
}

function byKey(demands: readonly Demand[]): ReadonlyMap<string, readonly Demand[]> {
  const lists = new Map<string, Demand[]>();
  for (const demand of demands) {
    const list = lists.get(demand.term.key);
    if (list === undefined) lists.set(demand.term.key, [demand]);
    else list.push(demand);
  }
  return lists;
}

function distinct(demands: readonly Demand[]): readonly Demand[] {
  const seen = new Map(demands.map(demand => [nameOf(demand), demand]));
  return [...seen.values()];
}

/** Every demand, in the order they were made. */
export function demandsIn(demands: Demands): readonly Demand[] {
  return [...demands.values()].flatMap(each => each.demands);
}

/** Those of which nobody can say whether a request meets them. */
export function doubtfulIn(demands: Demands): readonly Demand[] {
  return [...demands.values()].filter(({ value }) => value.kind === 'unknown').flatMap(each => each.demands);
}

/** A request that meets them. Policy variables have their stand-ins for values. */
export function contextMeeting(demands: Demands): Context {
  const values: [string, ContextValue][] = [];
  for (const [key, { value }] of demands) if (value.kind === 'found') values.push([key, value.value]);
  return layered(contextOf(values), STAND_INS);
}
