import { once } from '../../memo/once.ts';
import { covers } from '../access/covers.ts';
import { placeAt } from '../access/place.ts';
import { type Reach, reach } from '../access/reach.ts';
import { listOf, type Question, type Stack, type StackLayer } from '../access/stack.ts';
import { onceForTwins } from '../access/twins.ts';
import { shareOf } from '../budget.ts';
import { literal } from '../glob.ts';
import type { LayerName, PlacedStatement } from '../layer.ts';
import type { Statement } from '../policy.ts';
import type { Truth } from '../truth.ts';
import { findings, foundOnce } from './findings.ts';
import type { World } from './world.ts';

export const ASSUME = 'sts:AssumeRole';

/** What the session's policies let it assume. */
export interface MayAssume {
  /** Whether they may let it assume any role. */
  any(): boolean;
  role(arn: string): Truth;
}

/**
 * Without the layers that let it assume any role, as far as that is soon seen: sessions that differ in nothing else are twins
 * then.
 */
export function withoutIdle(stack: Stack, world: World): Stack {
  const budget = shareOf(stack.budget, 1 / 16);
  const isIdle = (layer: StackLayer) => letsAssumeAll({ ...stack, layers: listOf([layer]), budget }, world);
  return { ...stack, layers: listOf(stack.layers.filter(layer => !isIdle(layer))) };
}

const letsAssumeAll = onceForTwins((stack, world: World) => covers(stack, anyRoleIn(world)).covered === true);

function anyRoleIn(world: World): Question {
  return { action: ASSUME, ...placeAt('arn:*:iam::*:role/*', ASSUME, world) };
}

/** Asked once about all roles: only where the answer is not the same for all it is asked about each. */
export function permissionOf(stack: Stack, world: World): MayAssume {
  const roles = anyRoleIn(world);
  const any = once(() => truthOf(reach(stack, roles)) !== false);
  const all = once(() => covers(stack, roles).covered === true);
  return {
    any,
    role: arn => any() && (all() || truthOf(reach(stack, { action: ASSUME, on: literal(arn) }))),
  };
}

/** The same, found out once for all twins. */
export function permissionForTwins(stack: Stack, world: World): MayAssume {
  const own = permissionOf(stack, world);
  const found = mayAssume(stack, world);
  const known = (key: string, find: () => Truth) => foundOnce(found, key, stack, find);
  return {
    any: () => known('any', own.any) === true,
    role: arn => known(arn, () => own.role(arn)),
  };
}

const mayAssume = findings<{ readonly value: Truth }>();

function truthOf({ possible, certain }: Reach): Truth {
  if (certain.kind === 'found') return true;
  return possible.kind === 'none' ? false : undefined;
}

/** The same, with layers that stop nothing but what they deny. */
export function allowing(stack: Stack, names: readonly LayerName[]): Stack {
  return {
    ...stack,
    layers: stack.layers.map(layer => (names.includes(layer.name) ? withAllowed(layer) : layer)),
  };
}

function withAllowed(layer: StackLayer): StackLayer {
  const everything: PlacedStatement = { layer: layer.name, policy: '', statement: EVERYTHING };
  return { ...layer, statements: [everything, ...layer.statements], about: new Map() };
}

const EVERYTHING: Statement = {
  sid: undefined,
  effect: 'Allow',
  actions: { negated: false, values: ['*'] },
  resources: { negated: false, values: ['*'] },
  principals: undefined,
  conditions: [],
  variables: false,
  at: 0,
  text: '',
};
