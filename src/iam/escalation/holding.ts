import { type Place, placesAt } from '../access/place.ts';
import { type Reach as ActionReach, reach, sharedResource } from '../access/reach.ts';
import { type Given, type Question, type Stack, variesWithRequest } from '../access/stack.ts';
import { hasPlenty } from '../access/twins.ts';
import { actionNamed } from '../catalog/action.ts';
import { UNKNOWN } from '../context.ts';
import type { PlacedCondition } from '../decide.ts';
import { literal } from '../glob.ts';
import type { PlacedStatement } from '../layer.ts';
import type { Witness } from '../witness.ts';
import { type Choice, choicesFor, OPEN_CHOICE, type TargetFacts } from './choice.ts';
import { findings } from './findings.ts';
import type { Permission } from './path.ts';
import type { World } from './world.ts';

/** One permission of a path, as this session has it. */
export interface Held {
  readonly permission: Permission;
  /** A resource on which it has it. */
  readonly resource: string;
  /** What the caller chooses, or the resource brings along, for it to be held. */
  readonly given: Given | undefined;
  readonly certain: boolean;
  readonly conditions: readonly PlacedCondition[];
  readonly missing: readonly string[];
  readonly statements: readonly PlacedStatement[];
}

/** Finds out what a session holds, and remembers it: many paths ask for the same. */
export interface Holdings {
  /** The first of these resources on which it holds the permission for certain, else on which it may; else undefined. */
  on(permission: Permission, places: readonly Place[], target?: TargetFacts): Held | undefined;
  /** On any resource that the action has in this account. */
  anywhere(permission: Permission): Held | undefined;
  /** All of these on one and the same resource, with one and the same choice. */
  together(permissions: readonly Permission[], place: Place, target?: TargetFacts): readonly Held[] | undefined;
}

const NOT_KNOWN: TargetFacts = { boundary: UNKNOWN };

export function holdingsOf(stack: Stack, world: World): Holdings {
  const ofTwins = answers(stack, world);
  const own = new Map<string, ActionReach>();
  const ask = (action: string, place: Place, given: Given | undefined) => {
    const varying = given !== undefined && variesWithRequest(stack, action) ? given : undefined;
    const key = `${action}\n${place.on.text}\n${numberOf(place.without)}\n${varying?.name ?? ''}`;
    const before = ofTwins.get(key) ?? own.get(key);
    if (before !== undefined) return before;
    const answer = reach(stack, { action, ...place, given: varying });
    (hasPlenty(stack) ? ofTwins : own).set(key, answer);
    return answer;
  };
  const holdWith = (permissions: readonly Permission[], place: Place, { given }: Pick<Choice, 'given'>) => {
    const each = (where: Place) =>
      allOf(
        permissions.map(permission => {
          const chosen = given(permission.action);
          return heldOf(permission, chosen, ask(permission.action, where, chosen));
        }),
      );
    const apart = each(place);
    if (apart === undefined || isOneResource(apart)) return apart;
    const one = oneResource(
      stack,
      permissions.map(({ action }) => ({ action, ...place, given: given(action) })),
    );
    if (one.kind === 'unknown') return apart.map(held => ({ ...held, certain: false }));
    return one.kind === 'none' ? undefined : each(exactly(one.text));
  };
  const holdings: Holdings = {
    on(permission, places, target) {
      let perhaps: Held | undefined;
      for (const place of places) {
        const [held] = holdings.together([permission], place, target) ?? [];
        if (held?.certain) return held;
        perhaps ??= held;
      }
      return perhaps;
    },
    anywhere: permission => holdings.on(permission, placesAt(actionNamed(permission.action), world)),
    together(permissions, place, target = NOT_KNOWN) {
      if (!permissions.some(({ action }) => variesWithRequest(stack, action)))
        return holdWith(permissions, place, OPEN_CHOICE);
      let perhaps: readonly Held[] | undefined;
      for (const choice of choicesFor(permissions, { stack, partition: world.partition, target })) {
        const held = holdWith(permissions, place, choice);
        if (held === undefined) continue;
        if (choice.serves === true && held.every(each => each.certain)) return held;
        perhaps ??= choice.serves === true ? held : doubted(held, holdWith(permissions, place, OPEN_CHOICE));
      }
      return perhaps;
    },
  };
  return holdings;
}

/** Another number for each list; 0 for an empty one. */
function numberOf(list: Place['without']): number {
  if (list.length === 0) return 0;
  const known = numbers.get(list) ?? ++counted.count;
  numbers.set(list, known);
  return known;
}

const numbers = new WeakMap<Place['without'], number>();
const counted = { count: 0 };

const answers = findings<ActionReach>();

/** Held, and whether it is any use is not known: said with the conditions that narrow the choice. */
function doubted(held: readonly Held[], open: readonly Held[] | undefined): readonly Held[] {
  return open ?? held.map(each => ({ ...each, certain: false }));
}

function isOneResource(held: readonly Held[]): boolean {
  return held.length === 1 || held.every(({ resource, certain }) => certain && resource === held[0]?.resource);
}

/** Where all are held for certain, else where they may be. */
function oneResource(stack: Stack, questions: readonly Question[]): Witness {
  const certain = sharedResource(stack, questions, 'lower');
  return certain.kind === 'found' ? certain : sharedResource(stack, questions, 'upper');
}

function heldOf(permission: Permission, given: Given | undefined, answer: ActionReach): Held | undefined {
  const { possible, certain, conditions, missing, statements } = answer;
  if (possible.kind === 'none') return undefined;
  const sure = certain.kind === 'found';
  const resource = possible.kind === 'found' ? possible.text : '*';
  return { permission, resource, given, certain: sure, conditions, missing, statements };
}

function allOf(held: readonly (Held | undefined)[]): readonly Held[] | undefined {
  return held.every(each => each !== undefined) ? held : undefined;
}

export const ANY_ROLE = 'arn:*:iam::*:role/*';

/** Just this resource. */
export function exactly(resource: string): Place {
  return { on: literal(resource), without: [] };
}
