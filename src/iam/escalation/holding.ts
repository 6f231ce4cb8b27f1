import { type Reach as ActionReach, reach, sharedResource } from '../access/reach.ts';
import { type Stack, variesWithRequest } from '../access/stack.ts';
import { actionNamed } from '../catalog/action.ts';
import type { PlacedCondition } from '../decide.ts';
import { ANYTHING, type Glob, literal } from '../glob.ts';
import type { PlacedStatement } from '../layer.ts';
import { plainResourceGlob } from '../resource.ts';
import type { Witness } from '../witness.ts';
import type { Permission } from './path.ts';
import type { World } from './world.ts';

/** One permission of a path, as this session has it. */
export interface Held {
  readonly action: string;
  /** A resource on which it has it. */
  readonly resource: string;
  readonly certain: boolean;
  readonly conditions: readonly PlacedCondition[];
  readonly missing: readonly string[];
  readonly statements: readonly PlacedStatement[];
}

/** Finds out what a session holds, and remembers it: many paths ask for the same. */
export interface Holdings {
  /** The first of these resources on which it holds the permission for certain, else on which it may; else undefined. */
  on(permission: Permission, globs: readonly Glob[]): Held | undefined;
  /** On any resource that the action has in this account. */
  anywhere(permission: Permission): Held | undefined;
  /** All of these on one and the same resource. */
  together(permissions: readonly Permission[], glob: Glob): readonly Held[] | undefined;
}

export function holdingsOf(stack: Stack, world: World): Holdings {
  const remembered = new Map<string, ActionReach>();
  const ask = (action: string, on: Glob, passedTo: string | undefined) => {
    const varying = passedTo !== undefined && variesWithRequest(stack, action) ? passedTo : '';
    const key = `${action}\n${on.text}\n${varying}`;
    const before = remembered.get(key);
    if (before !== undefined) return before;
    const answer = reach(stack, { action, on, passedTo });
    remembered.set(key, answer);
    return answer;
  };
  const holdings: Holdings = {
    on({ action, passedTo = [undefined] }, globs) {
      let perhaps: Held | undefined;
      for (const glob of globs) {
        for (const service of passedTo) {
          const held = heldOf(action, ask(action, glob, service));
          if (held?.certain) return held;
          perhaps ??= held;
        }
      }
      return perhaps;
    },
    anywhere: permission => holdings.on(permission, resourcesIn(permission.action, world)),
    together(permissions, glob) {
      const apart = allOf(permissions.map(each => holdings.on(each, [glob])));
      if (apart === undefined || isOneResource(apart)) return apart;
      const one = oneResource(stack, permissions, glob);
      if (one.kind === 'unknown') return apart.map(held => ({ ...held, certain: false }));
      return one.kind === 'none' ? undefined : allOf(permissions.map(each => holdings.on(each, [literal(one.text)])));
    },
  };
  return holdings;
}

function isOneResource(held: readonly Held[]): boolean {
  return held.length === 1 || held.every(({ resource, certain }) => certain && resource === held[0]?.resource);
}

/** Where all are held for certain, else where they may be. */
function oneResource(stack: Stack, permissions: readonly Permission[], on: Glob): Witness {
  const questions = permissions.map(({ action, passedTo }) => ({ action, on, passedTo: passedTo?.[0] }));
  const certain = sharedResource(stack, questions, 'lower');
  return certain.kind === 'found' ? certain : sharedResource(stack, questions, 'upper');
}

function heldOf(action: string, { possible, certain, conditions, missing, statements }: ActionReach): Held | undefined {
  if (possible.kind === 'none') return undefined;
  const sure = certain.kind === 'found';
  const resource = possible.kind === 'found' ? possible.text : '*';
  return { action, resource, certain: sure, conditions, missing, statements };
}

function allOf(held: readonly (Held | undefined)[]): readonly Held[] | undefined {
  return held.every(each => each !== undefined) ? held : undefined;
}

/** The action's ARN templates in this account; anything for an action without one. */
function resourcesIn(action: string, world: World): readonly Glob[] {
  const templates = actionNamed(action)?.resources ?? [];
  return templates.length === 0 ? [ANYTHING] : templates.map(template => inAccount(template, world));
}

/** With this account and partition where the template leaves them open, and something wherever it says anything. */
export function inAccount(template: string, { account, partition }: Pick<World, 'account' | 'partition'>): Glob {
  const [arn, ofPartition, service, region, owner, ...rest] = template.split(':');
  const placed = [
    arn,
    ofPartition === '*' ? partition : ofPartition,
    service,
    region,
    owner === '*' ? account : owner,
    ...rest,
  ];
  return plainResourceGlob(placed.join(':').replaceAll('*', '?*'));
}
