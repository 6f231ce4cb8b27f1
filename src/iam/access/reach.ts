import { isAlwaysAllowed } from '../action.ts';
import type { Budget } from '../budget.ts';
import type { PlacedCondition } from '../decide.ts';
import { type Glob, intersects, isAnything, matches } from '../glob.ts';
import type { PlacedStatement } from '../layer.ts';
import { type Witness, witness } from '../witness.ts';
import { type Bound, type Ground, groundOf, type Question, type Region, type Stack } from './stack.ts';

/** Whether an action is allowed on some resource of those that were asked about. */
export interface Reach {
  /** A resource for which it may be allowed. */
  readonly possible: Witness;
  /** A resource for which it is allowed for certain. */
  readonly certain: Witness;
  /** The conditions that `possible` hangs on and `certain` does not. */
  readonly conditions: readonly PlacedCondition[];
  /** Policies whose content is not known and that it hangs on. */
  readonly missing: readonly string[];
  /** One Allow of each layer that lets it through. */
  readonly statements: readonly PlacedStatement[];
}

/** How many combinations of one statement of each layer are tried before the answer is `unknown`. */
const COMBINATIONS = 2_000;

export function reach(stack: Stack, question: Question): Reach {
  const certain = reachWithin(stack, [question], 'lower');
  if (certain.witness.kind === 'found') {
    return {
      possible: certain.witness,
      certain: certain.witness,
      conditions: [],
      missing: [],
      statements: statementsOf(certain.chosen),
    };
  }
  const possible = reachWithin(stack, [question], 'upper');
  const found = possible.witness.kind === 'found';
  const told = found ? withStatements(stack, question, possible) : possible;
  return {
    possible: possible.witness,
    certain: certain.witness,
    conditions: found ? openConditions(stack, question, told) : [],
    missing: found ? stack.layers.flatMap(layer => layer.unread) : [],
    statements: statementsOf(told.chosen),
  };
}

/** A resource on which all of these are allowed, each asked about the same resources. */
export function sharedResource(stack: Stack, questions: readonly Question[], bound: Bound): Witness {
  return reachWithin(stack, questions, bound).witness;
}

interface Found {
  readonly witness: Witness;
  readonly chosen: readonly Region[];
}

const NOT_FOUND: Found = { witness: { kind: 'none' }, chosen: [] };
const NOT_KNOWN: Found = { witness: { kind: 'unknown' }, chosen: [] };

/** The questions are all about the same resources. */
function reachWithin(stack: Stack, questions: readonly Question[], bound: Bound): Found {
  const { budget } = stack;
  const grounds: Ground[] = [];
  for (const question of questions.filter(({ action }) => !isAlwaysAllowed(action))) {
    for (const layer of stack.layers) {
      const ground = groundOf(stack, layer, question, bound);
      if (ground === undefined) return NOT_KNOWN;
      if (ground.allows.length === 0) return NOT_FOUND;
      grounds.push(ground);
    }
  }
  const [first] = questions;
  if (first === undefined) return NOT_FOUND;
  const { on, without: left = [] } = first;
  const denials = grounds.flatMap(ground => ground.denies);
  const denied = [...left, ...denials.filter(({ without }) => without.length === 0).map(denial => denial.on)];
  const spared = denials.filter(({ without }) => without.length > 0).map(denial => alternatives(denial.without));
  const groups = [...grounds.map(ground => worthTrying(ground.allows, on, budget)), ...spared];
  return tryAll({ groups, denied, left: { count: COMBINATIONS }, budget }, [on], []);
}

/** What is left when a Deny spares only these. */
function alternatives(globs: readonly Glob[]): readonly Region[] {
  return globs.map(on => ({ on, without: [], placed: undefined, undecided: [] }));
}

/** One that allows all makes the others needless, and those for other resources are no use. */
function worthTrying(allows: readonly Region[], on: Glob, budget: Budget): readonly Region[] {
  const whole = allows.find(each => isAnything(each.on) && each.without.length === 0 && each.undecided.length === 0);
  if (whole !== undefined) return [whole];
  return allows.filter(each => isAnything(each.on) || intersects(each.on, on, budget));
}

interface Search {
  readonly groups: readonly (readonly Region[])[];
  readonly denied: readonly Glob[];
  readonly left: { count: number };
  readonly budget: Budget;
}

/** One of each group, depth first: their resources must meet, outside of all that is denied or left out. */
function tryAll(search: Search, positives: readonly Glob[], chosen: readonly Region[]): Found {
  const group = search.groups[chosen.length];
  if (group === undefined) {
    const { budget } = search;
    const without = chosen.flatMap(each => each.without);
    return { witness: witness(positives, [...search.denied, ...without], { budget }), chosen };
  }
  let best: Found = NOT_FOUND;
  for (const each of group) {
    if (!isAnything(each.on) && !positives.every(positive => intersects(positive, each.on, search.budget))) continue;
    if (search.left.count-- <= 0 || search.budget.spent()) return { witness: { kind: 'unknown' }, chosen };
    const found = tryAll(search, isAnything(each.on) ? positives : [...positives, each.on], [...chosen, each]);
    if (found.witness.kind === 'found') return found;
    if (found.witness.kind === 'unknown') best = found;
  }
  return best;
}

/** What a policy that was not read may allow, some statement may be there to allow too: then that is told. */
function withStatements(stack: Stack, question: Question, { witness, chosen }: Found): Found {
  if (witness.kind !== 'found' || chosen.every(({ placed }) => placed !== undefined)) return { witness, chosen };
  const allows = stack.layers.map(layer => groundOf(stack, layer, question, 'upper')?.allows ?? []);
  const written = allows.flatMap(
    (regions, at) =>
      (chosen[at]?.placed === undefined &&
        regions.find(each => each.placed !== undefined && isIn(witness.text, each))) ||
      [],
  );
  return { witness, chosen: [...chosen.filter(({ placed }) => placed !== undefined), ...written] };
}

function statementsOf(chosen: readonly Region[]): readonly PlacedStatement[] {
  return chosen.flatMap(each => each.placed ?? []);
}

/** Those of the statements that were chosen, and of the Denies that may yet take this very resource back. */
function openConditions(stack: Stack, question: Question, { witness, chosen }: Found): readonly PlacedCondition[] {
  const denials = stack.layers
    .flatMap(layer => groundOf(stack, layer, question, 'lower')?.denies ?? [])
    .filter(region => witness.kind === 'found' && isIn(witness.text, region));
  return [...chosen, ...denials].flatMap(each => each.undecided);
}

function isIn(resource: string, { on, without }: Region): boolean {
  return matches(on, resource) && !without.some(each => matches(each, resource));
}
