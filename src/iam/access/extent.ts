import type { Action } from '../catalog/action.ts';
import {
  type ActionSet,
  actionSetOf,
  actionsIn,
  emptySet,
  fullSet,
  intersect,
  minus,
  unionOf,
} from '../catalog/actionSet.ts';
import { once } from '../catalog/once.ts';
import type { Context } from '../context.ts';
import { type Glob, intersects, isAnything } from '../glob.ts';
import type { Patterns, Statement } from '../policy.ts';
import { plainResourceGlob, resourceGlob } from '../resource.ts';
import { hasVariables, type Unresolved } from '../variable.ts';
import { witness } from '../witness.ts';
import { actionsCovered } from './covered.ts';
import { type Place, placeOf } from './place.ts';

/** How far a statement's resources go for the documented actions that it covers, conditions aside. */
export interface Extent {
  /** Actions of which it is about some resource, for all that can be told at a glance. */
  readonly some: ActionSet;
  /** Actions of which it is about some resource for certain. */
  readonly surely: ActionSet;
  /** Actions of which it is about every resource they have. */
  readonly all: ActionSet;
}

export interface ExtentSetting {
  readonly context: Context;
  readonly unresolved: Unresolved;
}

/** Kept with a statement that has no variables: it says the same to everybody. */
export function extentOf(statement: Statement, setting: ExtentSetting): Extent {
  if (hasVariableResources(statement)) return makeExtent(statement, setting);
  const known = extents.get(statement);
  if (known !== undefined) return known;
  const made = makeExtent(statement, setting);
  extents.set(statement, made);
  return made;
}

/** Whether its resources hang on who asks. */
export function hasVariableResources({ resources, variables }: Statement): boolean {
  return variables && (resources?.values.some(hasVariables) ?? false);
}

const extents = new WeakMap<Statement, Extent>();

function makeExtent(statement: Statement, setting: ExtentSetting): Extent {
  const { actions, resources } = statement;
  const covered = actionsCovered(actions);
  const whole = { some: covered, surely: covered, all: covered };
  if (resources === undefined) return whole;
  if (namesEverything(resources)) return resources.negated ? NOTHING() : whole;
  if (!resources.negated) {
    const met = intersect(covered, actionsOnAny(statement, setting));
    return { some: met, surely: met, all: emptySet() };
  }
  const spared = minus(covered, actionsOnAny(statement, { ...setting, unresolved: 'widen' }));
  return { some: covered, surely: spared, all: spared };
}

const NOTHING = once((): Extent => ({ some: emptySet(), surely: emptySet(), all: emptySet() }));

/** Whether `*` is among them. */
export function namesEverything({ values }: Patterns): boolean {
  return values.some(value => isAnything(plainResourceGlob(value)));
}

function actionsOnAny({ resources, variables }: Statement, { context, unresolved }: ExtentSetting): ActionSet {
  const globs = (resources?.values ?? []).map(value => resourceGlob(value, { variables, context, unresolved }));
  return unionOf(globs.filter(glob => glob !== undefined).map(actionsOn));
}

const reached = new WeakMap<Glob, ActionSet>();

/** The known actions with a resource type that the pattern meets; all of them for `*`. */
export function actionsOn(glob: Glob): ActionSet {
  if (isAnything(glob)) return fullSet();
  const known = reached.get(glob);
  if (known !== undefined) return known;
  const met = kindsFor(glob).filter(({ place }) => meets(glob, place));
  const set = unionOf(met.map(kind => kind.actions()));
  reached.set(glob, set);
  return set;
}

function meets(glob: Glob, { on, without }: Place): boolean {
  if (!intersects(on, glob)) return false;
  const against = without.filter(each => intersects(each, glob));
  return against.length === 0 || witness([on, glob], against).kind !== 'none';
}

interface Kind {
  readonly place: Place;
  readonly actions: () => ActionSet;
}

/** Those of the pattern's own service, when it names one, and those of any service. */
function kindsFor({ text }: Glob): readonly Kind[] {
  const service = /^arn:[^:]*:([a-z0-9-]+)(:|$)/i.exec(text)?.[1];
  const segments = service === undefined ? [...kinds().keys()] : [service, '*'];
  return segments.flatMap(segment => kinds().get(segment)?.() ?? []);
}

/**
 * Every kind of resource in the catalogue with the actions that have it, by the service segment of its ARN. The patterns of a
 * service are made when it is first asked for: most policies are about a few.
 */
const kinds = once((): ReadonlyMap<string, () => readonly Kind[]> => {
  const alike = new Map<Action['resources'], Action[]>();
  for (const action of actionsIn(fullSet())) if (!action.wildcardOnly) listed(alike, action.resources, action);
  const segments = new Map<string, { readonly template: string; readonly actions: readonly Action[] }[]>();
  for (const [resources, actions] of alike)
    for (const template of resources) listed(segments, template.split(':')[2] ?? '', { template, actions });
  return new Map([...segments].map(([segment, all]) => [segment, once(() => kindsAmong(all))]));
});

function kindsAmong(
  all: readonly { readonly template: string; readonly actions: readonly Action[] }[],
): readonly Kind[] {
  const having = new Map<Place, (readonly Action[])[]>();
  for (const { template, actions } of all) listed(having, placeOf(template, actions[0]!.name), actions);
  return [...having].map(([place, lists]) => ({ place, actions: once(() => actionSetOf(lists.flat())) }));
}

function listed<K, T>(lists: Map<K, T[]>, key: K, item: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}
