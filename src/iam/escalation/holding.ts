import { type Place, placesAt } from '../access/place.ts';
import { type Reach as ActionReach, reach, sharedResource } from '../access/reach.ts';
import { type Stack, variesWithRequest } from '../access/stack.ts';
import { actionNamed } from '../catalog/action.ts';
import type { PlacedCondition } from '../decide.ts';
import { literal } from '../glob.ts';
import type { PlacedStatement } from '../layer.ts';
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
  on(permission: Permission, places: readonly Place[]): Held | undefined;
  /** On any resource that the action has in this account. */
  anywhere(permission: Permission): Held | undefined;
  /** All of these on one and the same resource. */
  together(permissions: readonly Permission[], place: Place): readonly Held[] | undefined;
}

export function holdingsOf(stack: Stack, world: World): Holdings {
  const remembered = new Map<string, ActionReach>();
  const ask = (action: string, place: Place, passedTo: string | undefined) => {
    const varying = passedTo !== undefined && variesWithRequest(stack, action) ? passedTo : '';
    const key = `${action}\n${place.on.text}\n${varying}`;
    const before = remembered.get(key);
    if (before !== undefined) return before;
    const answer = reach(stack, { action, ...place, passedTo });
    remembered.set(key, answer);
    return answer;
  };
  const holdings: Holdings = {
    on({ action, passedTo = [undefined] }, places) {
      let perhaps: Held | undefined;
      for (const place of places) {
        for (const service of passedTo) {
          const held = heldOf(action, ask(action, place, service));
          if (held?.certain) return held;
          perhaps ??= held;
        }
      }
      return perhaps;
    },
    anywhere: permission => holdings.on(permission, placesAt(actionNamed(permission.action), world)),
    together(permissions, place) {
      const apart = allOf(permissions.map(each => holdings.on(each, [place])));
      if (apart === undefined || isOneResource(apart)) return apart;
      const one = oneResource(stack, permissions, place);
      if (one.kind === 'unknown') return apart.map(held => ({ ...held, certain: false }));
      return one.kind === 'none' ? undefined : allOf(permissions.map(each => holdings.on(each, [exactly(one.text)])));
    },
  };
  return holdings;
}

function isOneResource(held: readonly Held[]): boolean {
  return held.length === 1 || held.every(({ resource, certain }) => certain && resource === held[0]?.resource);
}

/** Where all are held for certain, else where they may be. */
function oneResource(stack: Stack, permissions: readonly Permission[], place: Place): Witness {
  const questions = permissions.map(({ action, passedTo }) => ({ action, ...place, passedTo: passedTo?.[0] }));
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

/** Just this resource. */
export function exactly(resource: string): Place {
  return { on: literal(resource), without: [] };
}
