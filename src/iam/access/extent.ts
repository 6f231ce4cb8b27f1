import { once } from '../../memo/once.ts';
import { type Budget, budgetOf } from '../budget.ts';
import type { Action } from '../catalog/action.ts';
import { type ActionSet, actionSetOf, emptySet, fullSet, intersect, minus, unionOf } from '../catalog/actionSet.ts';
import { serviceNamed, servicesByTemplate } from '../catalog/service.ts';
import type { Context } from '../context.ts';
import { type Glob, intersects, isAnything } from '../glob.ts';
import type { Patterns, Statement } from '../policy.ts';
import { plainResourceGlob, resourceGlob } from '../resource.ts';
import type { Truth } from '../truth.ts';
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
  readonly budget: Budget;
}

/**
 * Kept with a statement that has no variables: it says the same to everybody. It costs the same too, whoever asks first, so
 * that nobody's answer hangs on who asked before.
 */
export function extentOf(statement: Statement, setting: ExtentSetting): Extent {
  const { budget } = setting;
  const known = extents.get(statement);
  if (known !== undefined) return budget.spend(known.steps) ? known.extent : extentUnknown(statement);
  const before = budget.left();
  const extent = makeExtent(statement, setting);
  if (budget.spent()) return extentUnknown(statement);
  if (!hasVariableResources(statement)) extents.set(statement, { extent, steps: before - budget.left() });
  return extent;
}

/** Past the budget. */
function extentUnknown({ actions }: Statement): Extent {
  return { some: actionsCovered(actions), surely: emptySet(), all: emptySet() };
}

/** Whether its resources hang on who asks. */
export function hasVariableResources({ resources, variables }: Statement): boolean {
  return variables && (resources?.values.some(hasVariables) ?? false);
}

const extents = new WeakMap<Statement, { readonly extent: Extent; readonly steps: number }>();

function makeExtent(statement: Statement, setting: ExtentSetting): Extent {
  const { actions, resources } = statement;
  const covered = actionsCovered(actions);
  const whole = { some: covered, surely: covered, all: covered };
  if (resources === undefined) return whole;
  if (namesEverything(resources)) return resources.negated ? NOTHING() : whole;
  if (!resources.negated) {
    const { some, surely } = actionsOnAny(statement, setting);
    const met = intersect(covered, some);
    return { some: met, surely: some === surely ? met : intersect(covered, surely), all: emptySet() };
  }
  const spared = minus(covered, actionsOnAny(statement, { ...setting, unresolved: 'widen' }).some);
  return { some: covered, surely: spared, all: spared };
}

const NOTHING = once((): Extent => ({ some: emptySet(), surely: emptySet(), all: emptySet() }));

/** Whether `*` is among them. */
export function namesEverything({ values }: Patterns): boolean {
  return values.some(value => isAnything(plainResourceGlob(value)));
}

function actionsOnAny({ resources, variables }: Statement, { context, unresolved, budget }: ExtentSetting): Met {
  const globs = (resources?.values ?? []).map(value => resourceGlob(value, { variables, context, unresolved }));
  const met = globs.filter(glob => glob !== undefined).map(glob => actionsOn(glob, budget));
  const some = unionOf(met.map(each => each.some));
  return { some, surely: met.every(each => each.some === each.surely) ? some : unionOf(met.map(each => each.surely)) };
}

/** The known actions with a resource type that a pattern meets: those that it may meet, and those it does for certain. */
export interface Met {
  readonly some: ActionSet;
  readonly surely: ActionSet;
}

const reached = new WeakMap<Glob, { readonly met: Met; readonly steps: number }>();

/** How many steps are spent on one pattern, so that what is kept of it is the same whoever asked first. */
const STEPS = 500_000;

export function actionsOn(glob: Glob, budget: Budget): Met {
  if (isAnything(glob)) return EVERYTHING();
  const known = reached.get(glob) ?? (budget.spent() ? undefined : made(glob));
  if (known === undefined || !budget.spend(known.steps)) return ANYTHING_PERHAPS();
  return known.met;
}

const EVERYTHING = once((): Met => ({ some: fullSet(), surely: fullSet() }));
const ANYTHING_PERHAPS = once((): Met => ({ some: fullSet(), surely: emptySet() }));

function made(glob: Glob) {
  const own = budgetOf(STEPS);
  const answers = kindsFor(glob).map(kind => ({ kind, meeting: meets(glob, kind.place, own) }));
  const those = (wanted: readonly Truth[]) =>
    unionOf(answers.filter(({ meeting }) => wanted.includes(meeting)).map(({ kind }) => kind.actions()));
  const some = those([true, undefined]);
  const made = { met: { some, surely: own.spent() ? those([true]) : some }, steps: STEPS - own.left() };
  reached.set(glob, made);
  return made;
}

function meets(glob: Glob, { on, without }: Place, budget: Budget): Truth {
  if (!intersects(on, glob, budget)) return false;
  const against = without.filter(each => intersects(each, glob, budget));
  if (against.length === 0) return budget.spent() ? undefined : true;
  const { kind } = witness([on, glob], against, { budget });
  return kind === 'unknown' ? undefined : kind === 'found';
}

interface Kind {
  readonly place: Place;
  readonly actions: () => ActionSet;
}

/** Those of the pattern's own service, when it names one, and those of any service. */
function kindsFor({ text }: Glob): readonly Kind[] {
  const service = /^arn:[^:]*:([a-z0-9-]+)(:|$)/i.exec(text)?.[1];
  const segments = service === undefined ? [...servicesByTemplate().keys()] : [service, '*'];
  return segments.flatMap(kindsIn);
}

/**
 * Every kind of resource in the catalogue with this service segment in its ARN, and the actions that have it. Made when a segment
 * is first asked for, from the services that have such resources: most policies are about a few.
 */
function kindsIn(segment: string): readonly Kind[] {
  const known = kinds.get(segment);
  if (known !== undefined) return known;
  const services = servicesByTemplate().get(segment) ?? [];
  const made = services.flatMap(prefix => kindsAmong(havingSegment(segment, serviceNamed(prefix)?.actions ?? [])));
  kinds.set(segment, made);
  return made;
}

const kinds = new Map<string, readonly Kind[]>();

interface Having {
  readonly template: string;
  readonly actions: readonly Action[];
}

function havingSegment(segment: string, all: readonly Action[]): readonly Having[] {
  const alike = new Map<Action['resources'], Action[]>();
  for (const action of all) if (!action.wildcardOnly) listed(alike, action.resources, action);
  return [...alike].flatMap(([resources, actions]) =>
    resources.filter(template => template.split(':')[2] === segment).map(template => ({ template, actions })),
  );
}

function kindsAmong(all: readonly Having[]): readonly Kind[] {
  const having = new Map<Place, (readonly Action[])[]>();
  for (const { template, actions } of all) listed(having, placeOf(template, actions[0]!.name), actions);
  return [...having].map(([place, lists]) => ({ place, actions: once(() => actionSetOf(lists.flat())) }));
}

function listed<K, T>(lists: Map<K, T[]>, key: K, item: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}
