import type { Action } from '../catalog/action.ts';
import { type ActionSet, actionSetOf, actionsIn, fullSet, has, intersect } from '../catalog/actionSet.ts';
import { once } from '../catalog/once.ts';
import { ANYTHING, type Glob } from '../glob.ts';
import type { AllowedActions } from './actions.ts';
import { type Alike, alikeIn, resourcesOf } from './alike.ts';
import { covers } from './covers.ts';
import type { Stack } from './stack.ts';
import { futureAction } from './undocumented.ts';

/**
 * The services of which everything is allowed on everything, whatever the policies' wording: every action that AWS
 * documents, on all resources of its types, and one that AWS has yet to invent. Sorted.
 */
export function wholeServices(stack: Stack, { certain, everywhere }: AllowedActions): readonly string[] {
  return likelyServices(certain)
    .filter(
      ({ actions }) => isWithin(actions, everywhere) || alikeIn(actions, stack).every(each => isWhole(stack, each)),
    )
    .filter(({ name, actions }) => hasFuture(stack, futureAction(name), actions))
    .map(({ name }) => name)
    .sort();
}

interface Service {
  readonly name: string;
  readonly actions: readonly [Action, ...Action[]];
}

/** Those of which every action is among these. */
function likelyServices(certain: ActionSet): readonly Service[] {
  const begun = [...actionsIn(intersect(certain, firstActions()))].map(first => services().get(first)!);
  return begun.filter(({ actions }) => isWithin(actions, certain));
}

function isWithin(actions: readonly Action[], set: ActionSet): boolean {
  return actions.every(action => has(set, action));
}

/** By their first action. */
const services = once((): ReadonlyMap<Action, Service> => {
  const byName = new Map<string, [Action, ...Action[]]>();
  for (const action of actionsIn(fullSet())) {
    const name = action.name.slice(0, action.name.indexOf(':'));
    const before = byName.get(name);
    if (before === undefined) byName.set(name, [action]);
    else before.push(action);
  }
  return new Map([...byName].map(([name, actions]) => [actions[0], { name, actions }]));
});

const firstActions = once(() => actionSetOf(services().keys()));

/** On everything there is, or at least on all that the service's documented actions have. */
function hasFuture(stack: Stack, action: string, documented: readonly Action[]): boolean {
  return (
    isAllowed(stack, action, [ANYTHING]) || isAllowed(stack, action, [...new Set(documented.flatMap(resourcesOf))])
  );
}

function isWhole(stack: Stack, { example }: Alike): boolean {
  return isAllowed(stack, example.name, resourcesOf(example));
}

function isAllowed(stack: Stack, action: string, resources: readonly Glob[]): boolean {
  return resources.every(on => covers(stack, { action, on }).covered === true);
}
