import { once } from '../../memo/once.ts';
import { coversAction } from '../action.ts';
import { type Action, servicesInCatalog } from '../catalog/action.ts';
import { type ActionSet, actionSetOf, actionsIn, has, intersect } from '../catalog/actionSet.ts';
import { serviceNamed } from '../catalog/service.ts';
import type { AllowedActions } from './actions.ts';
import { type Alike, alikeIn } from './alike.ts';
import { covers } from './covers.ts';
import { ANYWHERE, type Place, placesOf } from './place.ts';
import type { Stack } from './stack.ts';
import { futureAction } from './undocumented.ts';

/**
 * The services of which everything is allowed on everything, whatever the policies' wording: every action that AWS
 * documents, on all resources of its types, and one that AWS has yet to invent. Sorted.
 */
export function wholeServices(stack: Stack, { certain, everywhere }: AllowedActions): readonly string[] {
  const isAllowedAnywhere = anywhereAllowed(stack);
  return likelyServices(certain)
    .filter(
      ({ actions }) => isWithin(actions, everywhere) || alikeIn(actions, stack).every(each => isWhole(stack, each)),
    )
    .filter(({ name, actions }) => isAllowedAnywhere(futureAction(name)) || hasFuture(stack, name, actions))
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
  const all = servicesInCatalog().flatMap(name => serviceNamed(name) ?? []);
  return new Map(
    all.flatMap(({ prefix, actions: [first, ...rest] }) =>
      first === undefined ? [] : [[first, { name: prefix, actions: [first, ...rest] }] as const],
    ),
  );
});

const firstActions = once(() => actionSetOf(services().keys()));

/** Whether an undocumented action is allowed on everything there is; worked out once for those that no statement tells apart. */
function anywhereAllowed(stack: Stack): (action: string) => boolean {
  const statements = stack.layers.flatMap(layer => layer.statements.map(({ statement }) => statement.actions));
  const remembered = new Map<string, boolean>();
  return action => {
    const key = statements.map(actions => coversAction(actions, action)).join(' ');
    const known = remembered.get(key);
    if (known !== undefined) return known;
    const answer = isAllowed(stack, action, [ANYWHERE]);
    remembered.set(key, answer);
    return answer;
  };
}

/** At least on all that the service's documented actions have. */
function hasFuture(stack: Stack, service: string, documented: readonly Action[]): boolean {
  const places = new Set(documented.flatMap(placesOf).filter(place => place !== ANYWHERE));
  return places.size > 0 && isAllowed(stack, futureAction(service), [...places]);
}

function isWhole(stack: Stack, { example }: Alike): boolean {
  return isAllowed(stack, example.name, placesOf(example));
}

function isAllowed(stack: Stack, action: string, places: readonly Place[]): boolean {
  return places.every(place => covers(stack, { action, ...place }).covered === true);
}
