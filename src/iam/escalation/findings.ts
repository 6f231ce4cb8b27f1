import type { Stack } from '../access/stack.ts';
import { hasPlenty } from '../access/twins.ts';
import type { World } from './world.ts';

/** What is found out of a session of an account and holds for its twins, by what it is the answer to. */
export type Findings<T> = (stack: Stack, world: World) => Map<string, T>;

export function findings<T>(): Findings<T> {
  const known = new WeakMap<World, WeakMap<Stack['layers'], Map<string, T>>>();
  return ({ layers }, world) => {
    const ofWorld = known.get(world) ?? new WeakMap<Stack['layers'], Map<string, T>>();
    known.set(world, ofWorld);
    const found = ofWorld.get(layers) ?? new Map<string, T>();
    ofWorld.set(layers, found);
    return found;
  };
}

/** Found once for all twins, as far as no budget may have cut it short. */
export function foundOnce<T>(found: Map<string, { readonly value: T }>, key: string, stack: Stack, find: () => T): T {
  const before = found.get(key);
  if (before !== undefined) return before.value;
  const value = find();
  if (hasPlenty(stack)) found.set(key, { value });
  return value;
}
