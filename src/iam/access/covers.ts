import { isAlwaysAllowed } from '../action.ts';
import type { Budget } from '../budget.ts';
import type { PlacedCondition } from '../decide.ts';
import { type Glob, intersects, isAnything } from '../glob.ts';
import type { Truth } from '../truth.ts';
import { type Witness, witness } from '../witness.ts';
import type { Place } from './place.ts';
import { type Bound, type Ground, groundOf, type Question, type Region, type Stack } from './stack.ts';

/** Whether an action is allowed on every resource of those that were asked about. */
export interface Coverage {
  readonly covered: Truth;
  /** A resource on which it is not allowed, when there is one for certain. */
  readonly exception: string | undefined;
  readonly conditions: readonly PlacedCondition[];
}

/** How many combinations of what several NotResource leave out are tried before the answer is `unknown`. */
const COMBINATIONS = 1_000;

/**
 * By inclusion, not by syntax: an intersection of layers covers what each of its layers covers, so each is asked by
 * itself, and no Deny may touch any of it.
 */
export function covers(stack: Stack, question: Question): Coverage {
  if (isAlwaysAllowed(question.action)) return COVERED;
  if (exceptionWithin(stack, question, 'lower').kind === 'none') return COVERED;
  const exception = exceptionWithin(stack, question, 'upper');
  if (exception.kind === 'found') return { covered: false, exception: exception.text, conditions: [] };
  return { covered: undefined, exception: undefined, conditions: openConditions(stack, question) };
}

const COVERED: Coverage = { covered: true, exception: undefined, conditions: [] };

function exceptionWithin(stack: Stack, question: Question, bound: Bound): Witness {
  return firstOf(stack.layers, layer => {
    const ground = groundOf(stack, layer, question, bound);
    return ground === undefined ? UNKNOWN : exceptionOf(ground, question, stack.budget);
  });
}

/** The first that is found; else unknown if one is. */
function firstOf<T>(items: readonly T[], answer: (item: T) => Witness): Witness {
  let unknown = false;
  for (const item of items) {
    const found = answer(item);
    if (found.kind === 'found') return found;
    unknown ||= found.kind === 'unknown';
  }
  return unknown ? UNKNOWN : NONE;
}

const NONE: Witness = { kind: 'none' };
const UNKNOWN: Witness = { kind: 'unknown' };

function exceptionOf({ allows, denies }: Ground, { on, without = [] }: Question, budget: Budget): Witness {
  const whole = [...without, ...allows.filter(each => each.without.length === 0).map(each => each.on)];
  const partial = allows.filter(each => each.without.length > 0).map(each => each.without);
  const notAllowed = uncovered({ whole, partial, left: { count: COMBINATIONS }, budget }, [on], 0);
  if (notAllowed.kind === 'found') return notAllowed;
  return firstOf([() => notAllowed, ...denies.map(region => () => overlap({ on, without }, region, budget))], ask =>
    ask(),
  );
}

function overlap({ on, without }: Place, region: Region, budget: Budget): Witness {
  if (!intersects(on, region.on, budget)) return NONE;
  return witness([on, region.on], [...without, ...region.without], { budget });
}

interface Allowed {
  /** These, and what is not asked about. */
  readonly whole: readonly Glob[];
  /** For each region that covers all but some resources, those. */
  readonly partial: readonly (readonly Glob[])[];
  readonly left: { count: number };
  readonly budget: Budget;
}

/** What neither the whole ones cover nor any of the partial ones: it must be among what each of those leaves out. */
function uncovered(allowed: Allowed, positives: readonly Glob[], depth: number): Witness {
  const { whole, partial, left, budget } = allowed;
  if (whole.some(isAnything)) return NONE;
  const leftOut = partial[depth];
  if (leftOut === undefined) return witness(positives, whole, { budget });
  return firstOf(leftOut, each => {
    if (!positives.every(positive => intersects(positive, each, budget))) return NONE;
    if (left.count-- <= 0 || budget.spent()) return UNKNOWN;
    return uncovered(allowed, [...positives, each], depth + 1);
  });
}

/** Those of all statements that are about any of the resources. */
function openConditions(stack: Stack, question: Question): readonly PlacedCondition[] {
  return stack.layers.flatMap(layer => {
    const allows = groundOf(stack, layer, question, 'upper')?.allows ?? [];
    const denies = groundOf(stack, layer, question, 'lower')?.denies ?? [];
    return [...allows, ...denies]
      .filter(({ undecided }) => undecided.length > 0)
      .filter(({ on }) => intersects(on, question.on, stack.budget))
      .flatMap(({ undecided }) => undecided);
  });
}
