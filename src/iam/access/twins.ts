import { oncePer } from '../../memo/oncePer.ts';
import type { Budget } from '../budget.ts';
import type { Layer, Layers, NamedPolicy } from '../layer.ts';
import { listOf, type Stack, type StackAbout, type StackLayer, stackLayer, stackWithLayers } from './stack.ts';

/**
 * Makes the stacks of an account's sessions. Layers that say the same, and do not ask who the principal is, are one object, and
 * so is the list of them: the sessions are twins, and what is found out of one holds for the others.
 */
export type Stacks = (layers: Layers, about: StackAbout) => Stack;

/** For one account at one time: nothing else tells the principals of its sessions apart. */
export function stacksOfAccount(): Stacks {
  const known = new Map<string, StackLayer>();
  const numberOf = numbered();
  const shared = oncePer((layer: Layer): StackLayer | undefined => {
    if (askForPrincipal(layer)) return undefined;
    const key = contentKey(layer, numberOf);
    const twin = known.get(key) ?? stackLayer(layer);
    known.set(key, twin);
    return twin;
  });
  return (layers, about) => stackWithLayers(listOf(layers.map(layer => shared(layer) ?? stackLayer(layer))), about);
}

/** Whether a statement does. Of all that is known of the principal only ARN and tags differ from role to role, see principalContext. */
export function asksForPrincipal(statement: string): boolean {
  return /aws:principal(arn|tag)/i.test(statement);
}

function askForPrincipal({ policies }: Layer): boolean {
  return policies.some(policy => {
    const known = asking.get(policy) ?? { asks: statementsOf(policy).some(asksForPrincipal) };
    asking.set(policy, known);
    return known.asks;
  });
}

const asking = new WeakMap<NamedPolicy, { readonly asks: boolean }>();

function statementsOf({ reading }: NamedPolicy): readonly string[] {
  return reading?.kind === 'parsed' ? reading.policy.statements.map(({ text }) => text) : [];
}

function contentKey({ name, policies, complete }: Layer, numberOf: (policy: NamedPolicy) => number): string {
  return [name, complete, ...policies.map(numberOf)].join(' ');
}

/** The same number for policies of the same name and content. */
function numbered(): (policy: NamedPolicy) => number {
  const byText = new Map<string, number>();
  const byPolicy = new WeakMap<NamedPolicy, number>();
  return policy => {
    const before = byPolicy.get(policy);
    if (before !== undefined) return before;
    const text = textOf(policy);
    const number = byText.get(text) ?? byText.size;
    byText.set(text, number);
    byPolicy.set(policy, number);
    return number;
  };
}

function textOf({ name, reading }: NamedPolicy): string {
  if (reading?.kind !== 'parsed') return JSON.stringify([name, reading ?? null]);
  return JSON.stringify([name, reading.policy.version, reading.policy.statements.map(({ text }) => text)]);
}

type Answers<T> = WeakMap<Stack['layers'], { readonly answer: T }>;

/**
 * The same answer for all twins, once one has asked. What took much of a budget is kept for those alone who share the budget, so
 * that it does not matter who asks first.
 */
export function onceForTwins<T, More extends readonly unknown[]>(
  ask: (stack: Stack, ...more: More) => T,
): (stack: Stack, ...more: More) => T {
  const forTwins: Answers<T> = new WeakMap();
  const forItself = new WeakMap<Budget, Answers<T>>();
  return (stack, ...more) => {
    const { layers, budget } = stack;
    const before = forTwins.get(layers) ?? forItself.get(budget)?.get(layers);
    if (before !== undefined) return before.answer;
    const answer = ask(stack, ...more);
    const own = forItself.get(budget) ?? new WeakMap();
    if (!hasPlenty(stack)) forItself.set(budget, own);
    (hasPlenty(stack) ? forTwins : own).set(layers, { answer });
    return answer;
  };
}

/** Whether most of the budget is left, so that no answer was cut short, nor would be for a twin. */
export function hasPlenty({ budget }: Stack): boolean {
  return budget.left() > budget.used();
}
