import type { Action } from '../catalog/action.ts';
import { type ActionSet, has } from '../catalog/actionSet.ts';
import { classesIn, firstIn, withoutResource } from '../catalog/classes.ts';
import { actionsMatching } from '../catalog/matching.ts';
import { actionsCovered } from './covered.ts';
import type { Stack } from './stack.ts';

/** Actions that no statement tells apart: what is found out of one holds for all. */
export interface Alike {
  readonly example: Action;
  readonly actions: readonly Action[];
}

/** Told apart by their resources too: they can be asked about the resources they have. */
export function alikeIn(actions: Iterable<Action>, stack: Stack): readonly Alike[] {
  return groupsOf(actions, stack, action => `${isIam(action)} ${action.resources.join(' ')}`);
}

/** One of each kind, only told apart by whether they have resources: they can be asked about anything. */
export function* roughlyDistinctIn(actions: ActionSet, { layers }: Stack): Generator<Action, void> {
  const covered = layers.flatMap(layer => layer.statements.map(each => actionsCovered(each.statement.actions)));
  const sets = [...covered, withoutResource(), actionsMatching('iam:*')];
  for (const those of classesIn(actions, sets)) yield firstIn(those);
}

/** IAM's own are told apart from all others because their region is known, see directCallContext. */
function isIam({ name }: Action): boolean {
  return name.startsWith('iam:');
}

/** Past the budget each action is by itself. */
function groupsOf(
  actions: Iterable<Action>,
  { layers, budget }: Stack,
  kindOf: (action: Action) => string,
): readonly Alike[] {
  const all = [...actions];
  const sets = new Set(layers.flatMap(layer => layer.statements.map(each => actionsCovered(each.statement.actions))));
  let groups = grouped(all, kindOf);
  for (const set of sets) {
    if (!budget.spend(all.length >> 4)) return all.map(action => ({ example: action, actions: [action] }));
    groups = split(groups, set);
  }
  return groups.map(([example, ...rest]) => ({ example, actions: [example, ...rest] }));
}

type Group = [Action, ...Action[]];

function grouped(actions: Iterable<Action>, kindOf: (action: Action) => string): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const action of actions) {
    const kind = kindOf(action);
    const group = groups.get(kind);
    if (group === undefined) groups.set(kind, [action]);
    else group.push(action);
  }
  return [...groups.values()];
}

/** Each group that the set cuts through becomes two. */
function split(groups: readonly Group[], set: ActionSet): readonly Group[] {
  const parts: Group[] = [];
  for (const group of groups) {
    const inside = has(set, group[0]);
    if (group.every(action => has(set, action) === inside)) parts.push(group);
    else
      parts.push(...[true, false].map(wanted => group.filter(action => has(set, action) === wanted)).filter(isGroup));
  }
  return parts;
}

function isGroup(actions: Action[]): actions is Group {
  return actions.length > 0;
}
