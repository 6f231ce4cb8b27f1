import { distinct } from '../../lists.ts';
import { all, type Truth } from '../truth.ts';
import { type Entrance, judgedWays } from './entrance.ts';
import { isIssuer, SESSION_NAME } from './fact.ts';
import { isPin } from './grade.ts';
import { isAbsence, isEcho, isRelation, type Literal } from './literal.ts';
import { asksForNothing, opennessOf } from './openPattern.ts';
import type { ReasonKind } from './reason.ts';
import { isExcuse, restrictions } from './restrictions.ts';
import type { Way } from './way.ts';

/**
 * What a trust policy holds the certificate itself to, loosest first: nothing; that an attribute be there, whatever it says;
 * that it agree with itself; that the session be called after it; what counts only if the attribute is there; not to be one
 * of some; its issuer; the end of a name, a pattern of it, or a name in full.
 */
export const HELD_TO = [
  'nothing',
  'any_value',
  'itself',
  'session_name',
  'if_present',
  'exclusion',
  'issuer',
  'leading_wildcard',
  'pattern',
  'name',
] as const;
export type HeldTo = (typeof HELD_TO)[number];

/** By the loosest way in; where there are too many to tell by the one that is known: all name whom it names. */
export interface Holding {
  readonly to: HeldTo;
  /** Kinds of what looks like a restriction there and restricts nothing. Sorted. */
  readonly voids: readonly ReasonKind[];
  /** Whether every way in asks for the issuer. Undefined: all that are known do. */
  readonly issuer: Truth;
}

/** Undefined: nobody gets in, or those who do are not told. */
export function holdingOf(entrance: Entrance): Holding | undefined {
  const judged = judgedWays(entrance);
  const held = judged.map(way => ({ way, to: heldTo(way) }));
  const loosest = HELD_TO.find(each => held.some(({ to }) => to === each));
  if (loosest === undefined) return undefined;
  const excuses = held.filter(({ to }) => to === loosest).flatMap(({ way }) => way.reasons.filter(isExcuse));
  return {
    to: loosest,
    voids: distinct(excuses.map(({ kind }) => kind)),
    issuer: judged.every(way => restrictions(way).some(each => isSound(each) && isIssuer(each.fact))),
  };
}

/**
 * Of several, as if each were one more way in; what one that is not known comes to, too, is no tighter. Undefined: not known, for
 * all that is known names whom it means.
 */
export function loosestHolding(holdings: readonly (Holding | undefined)[]): Holding | undefined {
  const told = holdings.filter(each => each !== undefined).sort((a, b) => looseness(a) - looseness(b));
  const [first] = told;
  if (first === undefined || (told.length < holdings.length && isNaming(first))) return undefined;
  return { ...first, issuer: all(holdings.map(each => each?.issuer)) };
}

function isNaming({ to }: Holding): boolean {
  return to === 'pattern' || to === 'name';
}

function looseness({ to }: Holding): number {
  return HELD_TO.indexOf(to);
}

function heldTo(way: Way): HeldTo {
  const asked = restrictions(way).filter(literal => !isRelation(literal));
  const sound = asked.filter(isSound);
  const identity = sound.filter(({ fact }) => !isIssuer(fact));
  if (identity.some(isPin)) return 'name';
  if (identity.length > 0) return identity.every(isOpenInFront) ? 'leading_wildcard' : 'pattern';
  if (isComparedWithItself(way)) return 'itself';
  if (asksForAnyValue(way)) return 'any_value';
  if (namesSession(way)) return 'session_name';
  if (sound.length > 0) return 'issuer';
  if (asked.some(literal => literal.absent && !literal.negated) || asked.some(isAbsence)) return 'if_present';
  return asked.length > 0 ? 'exclusion' : 'nothing';
}

/** It names something, and a certificate without the attribute does not pass. */
function isSound({ absent, negated }: Literal): boolean {
  return !absent && !negated;
}

/** Whoever chooses how a name begins chooses a name that passes. */
function isOpenInFront(literal: Literal): boolean {
  return opennessOf(literal) === 'front';
}

/** Or what one statement leaves out another lets in: as much of a condition. */
function isComparedWithItself(way: Way): boolean {
  const related = ({ literals }: Way) =>
    literals.some(literal => isEcho(literal) || (isRelation(literal) && literal.fact !== SESSION_NAME));
  return related(way) || isExcusedBy(way, 'tautology') || isExcusedBy(way, 'completed');
}

function namesSession(way: Way): boolean {
  const related = way.literals.some(literal => isRelation(literal) && literal.fact === SESSION_NAME);
  return related || isExcusedBy(way, 'session_name');
}

function asksForAnyValue(way: Way): boolean {
  const idle = way.literals.some(literal => asksForNothing(literal) && !isEcho(literal));
  return idle || isExcusedBy(way, 'any_value');
}

function isExcusedBy({ reasons }: Way, kind: ReasonKind): boolean {
  return reasons.some(reason => reason.kind === kind);
}
