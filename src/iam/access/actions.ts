import { once } from '../../memo/once.ts';
import { type Budget, halfOf } from '../budget.ts';
import type { Action } from '../catalog/action.ts';
import {
  type ActionSet,
  actionSetOf,
  actionsIn,
  emptySet,
  fullSet,
  intersect,
  isEmpty,
  minus,
  union,
  unionOf,
} from '../catalog/actionSet.ts';
import { actionsMatching } from '../catalog/matching.ts';
import type { Context } from '../context.ts';
import type { LayerName } from '../layer.ts';
import type { Statement } from '../policy.ts';
import type { Truth } from '../truth.ts';
import type { Witness } from '../witness.ts';
import { alikeIn } from './alike.ts';
import { type Extent, extentOf, hasVariableResources } from './extent.ts';
import { inForce } from './inForce.ts';
import { placesOf } from './place.ts';
import { sharedResource } from './reach.ts';
import { type Bound, callContext, type Stack, type StackLayer } from './stack.ts';
import { onceForTwins } from './twins.ts';

/** The documented actions that all layers together let through. */
export interface AllowedActions {
  /** On some resource, for all that is known. */
  readonly possible: ActionSet;
  /** On some resource, for certain. */
  readonly certain: ActionSet;
  /** On every resource they have, for certain. There may be more such actions: see `covers`. */
  readonly everywhere: ActionSet;
  /** What each layer may let through by itself. */
  readonly byLayer: readonly LayerActions[];
}

export interface LayerActions {
  readonly name: LayerName;
  readonly actions: ActionSet;
}

/**
 * Most actions are settled by sets of them. `reach` is asked about one of each kind of the others. Takes no more than half of
 * the budget: what is asked next is about fewer actions.
 */
export const allowedActions = onceForTwins((whole: Stack): AllowedActions => {
  const stack = { ...whole, budget: halfOf(whole.budget) };
  const contexts = once(() => ({ general: callContext(stack), ofIam: callContext(stack, 'iam:*') }));
  const layers = stack.layers.map(layer => judgedLayer(layer, contexts));
  const upper = outlineOf(layers, 'upper', stack.budget);
  const settled = layers.every(isSettled);
  const lower = settled ? upper : outlineOf(layers, 'lower', stack.budget);
  const above = reachable(stack, upper.doubtful, 'upper');
  const below = settled ? above : reachable(stack, lower.doubtful, 'lower');
  return {
    possible: unionOf([upper.sure, above.found, above.unknown]),
    certain: union(lower.sure, below.found),
    everywhere: lower.everywhere,
    byLayer: upper.layers.map(({ name, some, denied }) => ({ name, actions: minus(some, denied) })),
  };
});

/** What the layers say of each action at a glance, within one bound. */
interface Outline {
  readonly sure: ActionSet;
  /** Where two layers may speak of different resources, or a Deny of the very ones that are allowed. */
  readonly doubtful: ActionSet;
  readonly everywhere: ActionSet;
  readonly layers: readonly LayerOutline[];
}

interface LayerOutline extends Extent {
  readonly name: LayerName;
  /** Actions denied on every resource. */
  readonly denied: ActionSet;
  /** Actions denied on some resource. */
  readonly touched: ActionSet;
}

interface JudgedLayer {
  readonly name: LayerName;
  readonly unread: readonly string[];
  readonly judged: readonly Judged[];
  /** What it says of each action, once it was found out, and the steps that this took. */
  readonly outlines: Map<Bound, { readonly outline: LayerOutline; readonly steps: number }>;
}

/** A statement whose conditions may hold. */
interface Judged {
  readonly statement: Statement;
  readonly truth: Truth;
  readonly context: Context;
  /** The actions for which this is so, where it is not so for all. */
  readonly among: ActionSet;
}

/** What is known of a call hangs on its action in one way: IAM has a single region. */
interface Contexts {
  readonly general: Context;
  readonly ofIam: Context;
}

/** The same in every stack that the layer is in: one of another principal is another object, see Stacks. */
function judgedLayer(layer: StackLayer, contexts: () => Contexts): JudgedLayer {
  const known = judgedLayers.get(layer);
  if (known !== undefined) return known;
  const { name, unread } = layer;
  const made = { name, unread, judged: judgedIn(layer, contexts()), outlines: new Map() };
  judgedLayers.set(layer, made);
  return made;
}

const judgedLayers = new WeakMap<StackLayer, JudgedLayer>();

function judgedIn({ statements }: StackLayer, { general, ofIam }: Contexts): readonly Judged[] {
  return statements
    .flatMap(({ statement }): readonly Judged[] => {
      const { truth } = inForce(statement, general);
      const truthForIam = truth === undefined ? inForce(statement, ofIam).truth : truth;
      if (truth === truthForIam) return [{ statement, truth, context: general, among: fullSet() }];
      const iam = actionsMatching('iam:*');
      return [
        { statement, truth, context: general, among: minus(fullSet(), iam) },
        { statement, truth: truthForIam, context: ofIam, among: iam },
      ];
    })
    .filter(({ truth }) => truth !== false);
}

/** Whether both bounds are the same. */
function isSettled({ judged, unread }: JudgedLayer): boolean {
  return (
    unread.length === 0 && judged.every(({ truth, statement }) => truth === true && !hasVariableResources(statement))
  );
}

function outlineOf(stackLayers: readonly JudgedLayer[], bound: Bound, budget: Budget): Outline {
  const layers = stackLayers.map(layer => layerOutline(layer, bound, budget));
  const denied = unionOf(layers.map(layer => layer.denied));
  const touched = unionOf(layers.map(layer => layer.touched));
  const some = minus(intersectionOf(layers.map(layer => layer.some)), denied);
  const { all, butOne } = agreementOf(layers);
  const sure = minus(butOne, touched);
  return { sure, doubtful: minus(some, sure), everywhere: minus(all, touched), layers };
}

/** What every layer allows on all resources, and what all do but one, which allows it on some. */
function agreementOf(layers: readonly Extent[]): { readonly all: ActionSet; readonly butOne: ActionSet } {
  const [first, ...rest] = layers;
  if (first === undefined) return { all: fullSet(), butOne: fullSet() };
  let { all, surely: butOne } = first;
  for (const layer of rest) {
    butOne = union(intersect(butOne, layer.all), intersect(all, layer.surely));
    all = intersect(all, layer.all);
  }
  return { all, butOne };
}

function intersectionOf(sets: readonly ActionSet[]): ActionSet {
  return sets.reduce(intersect, fullSet());
}

function layerOutline(layer: JudgedLayer, bound: Bound, budget: Budget): LayerOutline {
  const known = layer.outlines.get(bound);
  // As far as it can be paid for whole: what cannot costs statement by statement, whoever asked before.
  if (known !== undefined && budget.left() > known.steps) {
    budget.spend(known.steps);
    return known.outline;
  }
  const before = budget.left();
  const outline = outlineOfLayer(layer, bound, budget);
  if (!budget.spent()) layer.outlines.set(bound, { outline, steps: before - budget.left() });
  return outline;
}

function outlineOfLayer({ name, judged, unread }: JudgedLayer, bound: Bound, budget: Budget): LayerOutline {
  const of = (effect: Statement['effect'], generous: Bound) =>
    judged
      .filter(({ statement, truth }) => statement.effect === effect && (truth ?? bound === generous))
      .map(({ statement, context, among }) =>
        within(extentOf(statement, { context, unresolved: bound === generous ? 'widen' : 'drop', budget }), among),
      );
  const gap = (generous: Bound) => (unread.length > 0 && bound === generous ? [fullSet()] : []);
  const allows = of('Allow', 'upper');
  const denies = of('Deny', 'lower');
  const some = unionOf([...allows.map(each => each.some), ...gap('upper')]);
  const same = allows.every(each => each.some === each.surely);
  return {
    name,
    some,
    surely: same ? some : unionOf([...allows.map(each => each.surely), ...gap('upper')]),
    all: unionOf([...allows.map(each => each.all), ...gap('upper')]),
    denied: unionOf([...denies.map(each => each.all), ...gap('lower')]),
    touched: unionOf([...denies.map(each => each.some), ...gap('lower')]),
  };
}

function within({ some, surely, all }: Extent, actions: ActionSet): Extent {
  if (actions === fullSet()) return { some, surely, all };
  return { some: intersect(some, actions), surely: intersect(surely, actions), all: intersect(all, actions) };
}

interface Reachable {
  readonly found: ActionSet;
  /** Those of which it could not be found out. */
  readonly unknown: ActionSet;
}

function reachable(stack: Stack, doubtful: ActionSet, bound: Bound): Reachable {
  if (isEmpty(doubtful)) return { found: emptySet(), unknown: emptySet() };
  if (stack.budget.spent()) return { found: emptySet(), unknown: doubtful };
  const answers = alikeIn(actionsIn(doubtful), stack).map(({ example, actions }) => ({
    actions,
    kind: reachOf(stack, example, bound),
  }));
  const those = (wanted: Witness['kind']) =>
    actionSetOf(answers.filter(({ kind }) => kind === wanted).flatMap(({ actions }) => actions));
  return { found: those('found'), unknown: those('unknown') };
}

/** On a resource of any of its kinds. */
function reachOf(stack: Stack, action: Action, bound: Bound): Witness['kind'] {
  let answer: Witness['kind'] = 'none';
  for (const place of placesOf(action)) {
    const { kind } = sharedResource(stack, [{ action: action.name, ...place }], bound);
    if (kind === 'found') return kind;
    if (kind === 'unknown') answer = kind;
  }
  return answer;
}
