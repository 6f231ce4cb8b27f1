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
import { actionsCovered } from './covered.ts';

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

function namesEverything({ values }: Patterns): boolean {
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
  const met = templatesFor(glob).filter(template => intersects(template.glob, glob));
  const [only] = met;
  const set =
    only !== undefined && met.length === 1 ? only.actions() : unionOf(met.map(template => template.actions()));
  reached.set(glob, set);
  return set;
}

interface Template {
  readonly glob: Glob;
  readonly actions: () => ActionSet;
}

/** Those of the pattern's own service, when it names one, and those of any service. */
function templatesFor({ text }: Glob): readonly Template[] {
  const service = /^arn:[^:]*:([a-z0-9-]+)(:|$)/i.exec(text)?.[1];
  if (service === undefined) return [...templates().values()].flat();
  return [...(templates().get(service) ?? []), ...(templates().get('*') ?? [])];
}

/** Every ARN template of the catalogue with the actions that have it, by its service segment. */
const templates = once((): ReadonlyMap<string, readonly Template[]> => {
  const actions = new Map<string, Action[]>();
  for (const action of actionsIn(fullSet())) for (const template of action.resources) listed(actions, template, action);
  const grouped = new Map<string, Template[]>();
  for (const [text, having] of actions) {
    const template = { glob: plainResourceGlob(text), actions: once(() => actionSetOf(having)) };
    listed(grouped, text.split(':')[2] ?? '', template);
  }
  return grouped;
});

function listed<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}
