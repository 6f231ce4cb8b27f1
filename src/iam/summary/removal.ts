import { type AllowedActions, allowedActions } from '../access/actions.ts';
import { namesEverything } from '../access/extent.ts';
import { ANYWHERE, placesAt } from '../access/place.ts';
import { reach } from '../access/reach.ts';
import { callContext, homeOf, listOf, type Stack, type StackLayer, stackWithout } from '../access/stack.ts';
import { inventedActions } from '../access/undocumented.ts';
import { actionGlob } from '../action.ts';
import { halfOf } from '../budget.ts';
import { actionAt } from '../catalog/action.ts';
import { actionsIn, isSubset, minus } from '../catalog/actionSet.ts';
import { compareAccess } from '../compare/compare.ts';
import type { Facts } from '../compare/known.ts';
import { clearlyIncludes, type Glob, globOf } from '../glob.ts';
import type { LayerName, Layers, PlacedStatement } from '../layer.ts';
import type { Statement } from '../policy.ts';
import type { Truth } from '../truth.ts';

/** Whether a layer takes anything away from what the others allow. */
export interface Removal {
  readonly truth: Truth;
  /** A request that it takes away: `s3:GetObject on arn:aws:s3:::x`. */
  readonly example: string | undefined;
}

export interface RemovalQuestion {
  /** What the stack was made of. */
  readonly layers: Layers;
  readonly stack: Stack;
  readonly allowed: AllowedActions;
}

/** For boundary and session policy: what would be allowed without it and is not with it. */
export function removals(question: RemovalQuestion): ReadonlyMap<LayerName, Removal> {
  const bounding = question.layers.filter(({ name }) => name !== 'identity').map(({ name }) => name);
  return new Map(bounding.map(name => [name, removalOf(question, name)]));
}

/**
 * Most layers take away an action as a whole or nothing at all, and that is quickly seen: of the actions that AWS documents,
 * and then of some that it does not.
 */
function removalOf({ layers, stack, allowed }: RemovalQuestion, name: LayerName): Removal {
  const others = stackWithout(stack, name);
  const without = allowedActions(others);
  for (const { id } of actionsIn(minus(without.certain, allowed.possible))) {
    const example = exampleOf(others, id);
    if (example !== undefined) return { truth: true, example };
  }
  const invented = inventedActions(others)
    .slice(0, MOST)
    .find(action => isTaken(action, { from: others, by: stack }));
  if (invented !== undefined) return { truth: true, example: `${invented} on *` };
  const own = { ...stack, layers: listOf(stack.layers.filter(layer => layer.name === name)) };
  if (isSubset(without.possible, allowedActions(own).everywhere) && passesInvented(own, others))
    return { truth: false, example: undefined };
  const facts: Facts = action => callContext(stack, action);
  const { newAccess, witness } = compareAccess(
    layers,
    layers.filter(layer => layer.name !== name),
    { facts: { a: facts, b: facts }, budget: halfOf(stack.budget) },
  );
  return { truth: newAccess, example: witness && `${witness.action} on ${witness.resource}` };
}

/** How many patterns are tried with an action that AWS does not document. */
const MOST = 100;

function isTaken(action: string, { from, by }: { readonly from: Stack; readonly by: Stack }): boolean {
  const question = { action, ...ANYWHERE };
  return reach(from, question).certain.kind === 'found' && reach(by, question).possible.kind === 'none';
}

/** None when the session has it in other accounts alone. */
function exampleOf(stack: Stack, id: number): string | undefined {
  const action = actionAt(id);
  const found = placesAt(action, homeOf(stack)).map(place => reach(stack, { action: action.name, ...place }).certain);
  const first = found.find(witness => witness.kind === 'found');
  return first && `${action.name} on ${first.text}`;
}

/** Whether it can be seen that an action which AWS does not document passes where one of the others lets it. */
function passesInvented(own: Stack, others: Stack): boolean {
  return own.layers.every(layer => {
    if (layer.statements.some(({ statement }) => statement.effect === 'Deny')) return false;
    const open = layer.statements.filter(({ statement }) => isOpen(statement)).flatMap(globsIn);
    return open.some(isEveryAction) || others.layers.some(other => isIncluded(other, open));
  });
}

function isOpen({ effect, actions, resources, conditions }: Statement): boolean {
  const everywhere = resources !== undefined && !resources.negated && namesEverything(resources);
  return effect === 'Allow' && !actions.negated && everywhere && conditions.length === 0;
}

function globsIn({ statement }: PlacedStatement): readonly Glob[] {
  return statement.actions.values.map(actionGlob).filter(glob => glob !== undefined);
}

function isEveryAction(glob: Glob): boolean {
  return clearlyIncludes(glob, globOf('*:*'));
}

function isIncluded({ statements, unread }: StackLayer, open: readonly Glob[]): boolean {
  const allows = statements.filter(({ statement }) => statement.effect === 'Allow');
  if (unread.length > 0 || allows.some(({ statement }) => statement.actions.negated)) return false;
  return allows.flatMap(globsIn).every(glob => open.some(each => clearlyIncludes(each, glob)));
}
