import { once } from '../../memo/once.ts';
import { type Action, actionAt, actionCount } from './action.ts';

/** Some of the catalogue's actions. Never changed once made, so that one may stand for another that is equal. */
export interface ActionSet {
  /** One bit an action, by its id, the lowest first, in unsigned words of 32. */
  readonly words: ArrayLike<number>;
}

export const emptySet = once((): ActionSet => setOfIds([]));

export const fullSet = once((): ActionSet => {
  const words = new Uint32Array(emptySet().words.length).fill(-1);
  const beyond = words.length * 32 - actionCount();
  if (beyond > 0) words[words.length - 1] = -1 >>> beyond;
  return { words };
});

export function actionSetOf(actions: Iterable<Action>): ActionSet {
  return actionSetOfIds(Array.from(actions, action => action.id));
}

export function actionSetOfIds(ids: readonly number[]): ActionSet {
  return ids.length === 0 ? emptySet() : setOfIds(ids);
}

export function union(a: ActionSet, b: ActionSet): ActionSet {
  return unionOf([a, b]);
}

/** All that is in any of them. */
export function unionOf(sets: readonly ActionSet[]): ActionSet {
  const some = sets.filter(set => set !== emptySet());
  const [only = emptySet()] = some;
  if (some.length < 2) return only;
  if (some.includes(fullSet())) return fullSet();
  const words = new Uint32Array(only.words.length);
  for (const set of some) for (let at = 0; at < words.length; at++) words[at]! |= set.words[at]!;
  return { words };
}

export function intersect(a: ActionSet, b: ActionSet): ActionSet {
  if (a === b || b === fullSet() || a === emptySet()) return a;
  if (a === fullSet() || b === emptySet()) return b;
  const words = new Uint32Array(a.words.length);
  let any = 0;
  for (let at = 0; at < words.length; at++) any |= words[at] = a.words[at]! & b.words[at]!;
  return any === 0 ? emptySet() : { words };
}

export function minus(a: ActionSet, b: ActionSet): ActionSet {
  if (b === emptySet() || a === emptySet()) return a;
  if (a === b || b === fullSet()) return emptySet();
  const words = new Uint32Array(a.words.length);
  let any = 0;
  for (let at = 0; at < words.length; at++) any |= words[at] = a.words[at]! & ~b.words[at]!;
  return any === 0 ? emptySet() : { words };
}

export function has({ words }: ActionSet, { id }: Action): boolean {
  return ((words[id >>> 5]! >>> (id & 31)) & 1) === 1;
}

export function size({ words }: ActionSet): number {
  let bits = 0;
  for (let at = 0; at < words.length; at++) if (words[at] !== 0) bits += bitsIn(words[at]!);
  return bits;
}

export function isEmpty({ words }: ActionSet): boolean {
  for (let at = 0; at < words.length; at++) if (words[at] !== 0) return false;
  return true;
}

export function equals(a: ActionSet, b: ActionSet): boolean {
  return isSubset(a, b) && isSubset(b, a);
}

/** Whether all of `a` is in `b`. */
export function isSubset(a: ActionSet, b: ActionSet): boolean {
  for (let at = 0; at < a.words.length; at++) if ((a.words[at]! & ~b.words[at]!) !== 0) return false;
  return true;
}

/** How many are in both. */
export function sizeOfBoth(a: ActionSet, b: ActionSet): number {
  let bits = 0;
  for (let at = 0; at < a.words.length; at++) {
    const both = a.words[at]! & b.words[at]!;
    if (both !== 0) bits += bitsIn(both);
  }
  return bits;
}

/** In the order of their ids. */
export function* actionsIn({ words }: ActionSet): Generator<Action, void> {
  for (let at = 0; at < words.length; at++) {
    for (let rest = words[at]!; rest !== 0; rest &= rest - 1) yield actionAt(at * 32 + lowestBit(rest));
  }
}

/** The same for equal sets, and for no others: a key of a Map. Nothing to show. */
export function keyOf({ words }: ActionSet): string {
  let key = '';
  for (let at = 0; at < words.length; at++) key += String.fromCharCode(words[at]! >>> 16, words[at]! & 0xffff);
  return key;
}

function setOfIds(ids: readonly number[]): ActionSet {
  const words = new Uint32Array(Math.ceil(actionCount() / 32));
  for (const id of ids) words[id >>> 5]! |= 1 << (id & 31);
  return { words };
}

function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word);
}

/** Adds neighbours: pairs, then fours, then bytes, which the multiplication sums. */
function bitsIn(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
