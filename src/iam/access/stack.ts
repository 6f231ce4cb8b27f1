import { oncePer } from '../../memo/oncePer.ts';
import { sameList } from '../../memo/sameList.ts';
import { coversAction } from '../action.ts';
import { type Budget, budgetOf } from '../budget.ts';
import { type Action, actionNamed } from '../catalog/action.ts';
import { has } from '../catalog/actionSet.ts';
import { type Context, type ContextValue, contextOf, known, layered } from '../context.ts';
import type { PlacedCondition } from '../decide.ts';
import { ANYTHING, type Glob, isAnything } from '../glob.ts';
import { contentOf, type Layer, type LayerName, type Layers, type PlacedStatement } from '../layer.ts';
import type { Statement } from '../policy.ts';
import { accountIn, plainResourceGlob, resourceGlob } from '../resource.ts';
import { anyCallContext } from '../session.ts';
import type { Unresolved } from '../variable.ts';
import { actionsCovered } from './covered.ts';
import { hasVariableResources } from './extent.ts';
import { inForce } from './inForce.ts';
import type { Home } from './place.ts';

/** The layers of a session and what is known of its principal, made ready for many questions. */
export interface Stack {
  readonly layers: readonly StackLayer[];
  /** See principalContext. */
  readonly principal: Context;
  readonly now: Date;
  /** For all questions about the session together. What goes beyond it is not known. */
  readonly budget: Budget;
}

/** About a second's. No policy of AWS's own takes more than a fiftieth. */
const STEPS = 6_000_000;

/** Some dozens of statements and ways to make use of a role. */
const STEPS_FOR_A_ROLE = 1_000;

/** What all questions about a session may take together, in an account with so many roles. */
export function budgetAmong(roles: number): Budget {
  return budgetOf(STEPS + STEPS_FOR_A_ROLE * roles);
}

export interface StackLayer {
  readonly name: LayerName;
  readonly statements: readonly PlacedStatement[];
  /** Policies that could not be read: they may allow anything, and deny anything. */
  readonly unread: readonly string[];
  /** What was found out about an action, by its name in lower case. */
  readonly about: Map<string, About>;
}

interface About {
  /** Undefined for one that AWS does not document. */
  readonly action: Action | undefined;
  readonly statements: readonly PlacedStatement[];
  /** Whether what they say can hang on the request: they have conditions or variables. */
  readonly varies: boolean;
  readonly grounds: Map<string, Ground>;
}

/** What a stack is made of besides its layers; see Stack. */
export type StackAbout = Pick<Stack, 'principal' | 'now'> & Partial<Pick<Stack, 'budget'>>;

export function stackOf(layers: Layers, about: StackAbout): Stack {
  return stackWithLayers(listOf(layers.map(stackLayer)), about);
}

export function stackWithLayers(layers: Stack['layers'], about: StackAbout): Stack {
  const { principal, now, budget = budgetAmong(0) } = about;
  return { layers, principal, now, budget };
}

export function stackLayer(layer: Layer): StackLayer {
  return { name: layer.name, ...contentOf(layer), about: new Map() };
}

/** One list for the same layers, which stands for what was found out of them: see onceForTwins. */
export const listOf = sameList<StackLayer>();

/** The same without its layers of this name. */
export function stackWithout(stack: Stack, name: LayerName): Stack {
  return { ...stack, layers: listOf(stack.layers.filter(layer => layer.name !== name)) };
}

/** The same with other statements in its layers of this name. */
export function stackWith(
  stack: Stack,
  name: LayerName,
  change: (layer: Pick<StackLayer, 'statements' | 'unread'>) => Pick<StackLayer, 'statements' | 'unread'>,
): Stack {
  return {
    ...stack,
    layers: stack.layers.map(layer => (layer.name === name ? { ...layer, ...change(layer), about: new Map() } : layer)),
  };
}

/** Whether this action is allowed on resources of a language, whatever else the request carries. */
export interface Question {
  readonly action: string;
  readonly on: Glob;
  /** Resources of `on` that are not asked about. */
  readonly without?: readonly Glob[] | undefined;
  readonly given?: Given | undefined;
}

/** Condition keys of the request that are known besides: what the caller chooses, and what the resource brings along. */
export interface Given {
  /** The same for the same keys and values, and for no others. */
  readonly name: string;
  readonly context: Context;
}

export function givenOf(values: readonly (readonly [string, ContextValue])[]): Given {
  return { name: JSON.stringify(values), context: contextOf(values) };
}

/** `upper`: all that may be allowed, as if what is not known were in the caller's favour; `lower`: what is for certain. */
export type Bound = 'upper' | 'lower';

/**
 * The resources that a statement is about: these, without those. `placed` undefined: a statement of a policy that nobody
 * could read.
 */
export interface Region {
  readonly on: Glob;
  readonly without: readonly Glob[];
  readonly placed: PlacedStatement | undefined;
  /** Conditions that were taken as holding. */
  readonly undecided: readonly PlacedCondition[];
}

/** What a layer says of a question within one bound. */
export interface Ground {
  readonly name: LayerName;
  readonly allows: readonly Region[];
  readonly denies: readonly Region[];
}

/** What it takes in steps of the budget, and in memory, to read what a statement says of an action. */
const STATEMENT = 8;

/** Undefined: past the budget. */
export function groundOf(stack: Stack, layer: StackLayer, question: Question, bound: Bound): Ground | undefined {
  const { budget } = stack;
  if (budget.spent()) return undefined;
  const about = aboutAction(layer, question.action, budget);
  const key = about.varies ? `${bound} ${accountIn(question.on) ?? ''} ${question.given?.name ?? ''}` : bound;
  const before = about.grounds.get(key);
  if (before !== undefined) return before;
  if (!budget.spend(about.statements.length * STATEMENT)) return undefined;
  const setting: Setting = {
    bound,
    context: about.varies ? contextFor(stack, question) : stack.principal,
    wildcardOnly: about.action?.wildcardOnly === true,
  };
  const nobodyKnows: Region = { on: ANYTHING, without: [], placed: undefined, undecided: [] };
  const gap = (of: Bound) => (layer.unread.length > 0 && bound === of ? [nobodyKnows] : []);
  const regions = (effect: Statement['effect'], generous: Bound) =>
    about.statements
      .filter(({ statement }) => statement.effect === effect)
      .flatMap(placed => regionsOf(placed, setting, generous));
  const ground = {
    name: layer.name,
    allows: [...regions('Allow', 'upper'), ...gap('upper')],
    denies: [...regions('Deny', 'lower'), ...gap('lower')],
  };
  about.grounds.set(key, ground);
  return ground;
}

interface Setting {
  readonly bound: Bound;
  readonly context: Context;
  readonly wildcardOnly: boolean;
}

function contextFor(stack: Stack, { action, on, given }: Question): Context {
  const account = accountIn(on);
  const call = callContext(stack, action);
  const owned = account === undefined ? [] : [contextOf([['aws:ResourceAccount', known(account)]])];
  return layered(...(given === undefined ? [] : [given.context]), ...owned, call);
}

/** What is known of any call of this action, made directly or by a service; of any call at all when none is named. */
export function callContext(stack: Stack, action = ''): Context {
  return layered(anyCallContext(action, stack.now, homeOf(stack).partition), stack.principal);
}

/** Where the session's role is; `*` where that is not known. */
export function homeOf({ principal }: Stack): Home {
  return homeOfPrincipal(principal);
}

const homeOfPrincipal = oncePer((principal: Context): Home => {
  const arn = principal('aws:principalarn');
  const [, partition = '*', , , account = '*'] = arn.kind === 'known' ? arn.values[0]!.split(':') : [];
  return { partition, account };
});

function aboutAction(layer: StackLayer, action: string, budget: Budget): About {
  const key = action.toLowerCase();
  const before = layer.about.get(key);
  if (before !== undefined) return before;
  budget.spend(layer.statements.length >> 2);
  const documented = actionNamed(action);
  const statements = layer.statements.filter(({ statement: { actions } }) =>
    documented === undefined ? coversAction(actions, action) : has(actionsCovered(actions), documented),
  );
  const varying = statements.some(({ statement }) => varies(statement));
  const about = { action: documented, statements, varies: varying, grounds: new Map() };
  layer.about.set(key, about);
  return about;
}

/** Whether any layer's answer about the action can hang on more than the resource. */
export function variesWithRequest({ layers, budget }: Stack, action: string): boolean {
  return layers.some(layer => aboutAction(layer, action, budget).varies);
}

/** The values that the statements about the action compare this condition key with. Undefined: none asks for it. */
export function valuesComparedWith(
  key: string,
  { layers, budget }: Stack,
  action: string,
): readonly string[] | undefined {
  const conditions = layers
    .flatMap(layer => aboutAction(layer, action, budget).statements)
    .flatMap(({ statement }) => statement.conditions)
    .filter(condition => condition.key.toLowerCase() === key.toLowerCase());
  return conditions.length === 0 ? undefined : [...new Set(conditions.flatMap(({ values }) => values))];
}

/** Whether what it says can hang on the request, or on the session. */
function varies(statement: Statement): boolean {
  return statement.conditions.length > 0 || hasVariableResources(statement);
}

/** Nothing for a statement that is not in force. `generous` is the bound in which what is open is taken as holding. */
function regionsOf(placed: PlacedStatement, setting: Setting, generous: Bound): readonly Region[] {
  const undecided = undecidedOf(placed, setting, generous);
  if (undecided === undefined) return [];
  const { on, without } = resourcesOf(placed.statement, setting, setting.bound === generous ? 'widen' : 'drop');
  return on.map(each => ({ on: each, without, placed, undecided }));
}

/** The conditions that stay open when the statement is taken as in force; undefined when it is not. */
function undecidedOf(
  { layer, policy, statement }: PlacedStatement,
  { bound, context }: Setting,
  generous: Bound,
): readonly PlacedCondition[] | undefined {
  const { truth, undecided } = inForce(statement, context);
  if (truth === false || (truth === undefined && bound !== generous)) return undefined;
  return undecided.map(condition => ({ ...condition, layer, policy, effect: statement.effect }));
}

/** An action without resources is granted by `*` alone, and by a NotResource that is not `*`. */
function resourcesOf(
  { resources, variables }: Statement,
  { context, wildcardOnly }: Setting,
  unresolved: Unresolved,
): { readonly on: readonly Glob[]; readonly without: readonly Glob[] } {
  if (resources === undefined) return { on: [ANYTHING], without: [] };
  if (wildcardOnly) {
    const named = resources.values.some(value => isAnything(plainResourceGlob(value)));
    return { on: named !== resources.negated ? [ANYTHING] : [], without: [] };
  }
  // A NotResource leaves out what its values cover: the narrower they are read, the wider the statement.
  const reading = resources.negated ? opposite(unresolved) : unresolved;
  const globs = resources.values
    .map(value => resourceGlob(value, { variables, context, unresolved: reading }))
    .filter(glob => glob !== undefined);
  if (!resources.negated) return { on: globs, without: [] };
  return globs.some(isAnything) ? { on: [], without: [] } : { on: [ANYTHING], without: globs };
}

function opposite(unresolved: Unresolved): Unresolved {
  return unresolved === 'widen' ? 'drop' : 'widen';
}
