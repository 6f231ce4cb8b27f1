import type { Literal } from './literal.ts';
import { implies } from './meet.ts';
import { asksForNothing } from './openPattern.ts';
import type { Reason } from './reason.ts';
import { isWithin, type Way } from './way.ts';

/** What it asks of a certificate besides that there be something. */
export function restrictions({ literals }: Way): readonly Literal[] {
  return literals.filter(literal => !asksForNothing(literal));
}

/** Any certificate takes it, or any that has certain parts. */
export function isUnrestricted(way: Way): boolean {
  return restrictions(way).length === 0;
}

/** It never looked like a restriction. */
export function isPlain(way: Way): boolean {
  return way.literals.length === 0 && excuses(way) === 0;
}

/** How much in it looks like a restriction and is none. */
export function excuses({ reasons }: Way): number {
  return reasons.filter(isExcuse).length;
}

export function isExcuse({ effect }: Reason): boolean {
  return effect === 'opens';
}

/** Whether nothing is left to say of the narrow one: not where it lets in anybody, and without an excuse that the wide one has. */
export function covers(wide: Way, narrow: Way): boolean {
  return isWithin(narrow, wide, implies) && (!isUnrestricted(narrow) || isExcusedAs(wide, narrow));
}

function isExcusedAs(wide: Way, narrow: Way): boolean {
  const kinds = new Set(narrow.reasons.filter(isExcuse).map(({ kind }) => kind));
  return wide.reasons.filter(isExcuse).every(({ kind }) => kinds.has(kind));
}
