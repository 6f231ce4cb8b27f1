import { type Entrance, judgedWays } from './entrance.ts';
import { factName, isIssuer } from './fact.ts';
import { hasWildcard, isAbsence, isEcho, isRelation, type Literal, type LiteralTest } from './literal.ts';
import { takesAll } from './openPattern.ts';
import { noting, opening, type Reason } from './reason.ts';
import { excuses, isPlain, isUnrestricted, restrictions } from './restrictions.ts';
import { literalsSay } from './says.ts';
import type { Way } from './way.ts';

/**
 * What a gate asks of a certificate, loosest first: any certificate of any trust anchor of the account, made today or
 * tomorrow; any of one CA; nothing, though it looks otherwise; a pattern, or all but some; a part named in full; what no
 * certificate has. The loosest way in decides.
 */
export const GRADES = ['any_anchor', 'any_of_ca', 'ineffective', 'wildcard', 'attribute', 'impossible'] as const;
export type Grade = (typeof GRADES)[number];

/** `elsewhere` is the same for a trust anchor that does not exist yet. Undefined: too much to tell. */
export function gradeOf(here: Entrance, elsewhere: Entrance): Grade | undefined {
  if (here.untold) return undefined;
  if (here.open === false) return 'impossible';
  const ways = judgedWays(here);
  const free = ways.filter(isUnrestricted);
  if (free.some(isPlain)) return judgedWays(elsewhere).some(isPlain) ? 'any_anchor' : 'any_of_ca';
  if (ways.some(isIssuerOnly)) return 'any_of_ca';
  if (free.length > 0) return 'ineffective';
  return ways.every(isPinned) ? 'attribute' : 'wildcard';
}

/** Whoever else that CA certifies gets in too. */
function isIssuerOnly(way: Way): boolean {
  return !isUnrestricted(way) && restrictions(way).every(({ fact }) => isIssuer(fact));
}

function isPinned(way: Way): boolean {
  return way.literals.some(isPin);
}

/** The subject, a SAN or the source identity named in full. */
export function isPin(literal: Literal): boolean {
  const { fact, test, values, negated, absent } = literal;
  if (negated || absent || isIssuer(fact) || isRelation(literal)) return false;
  return EQUALITIES.has(test) || (test === 'ArnLike' && !values.some(hasWildcard));
}

const EQUALITIES: ReadonlySet<LiteralTest> = new Set<LiteralTest>([
  'StringEquals',
  'StringEqualsIgnoreCase',
  'BinaryEquals',
  'Bool',
  'DateEquals',
  'NumericEquals',
]);

/** What there is to say of a way that names nothing in full. */
export function loosenessOf(way: Way): readonly Reason[] {
  if (isUnrestricted(way)) return excuses(way) > 0 ? [] : way.literals.map(nothingAsked);
  if (isIssuerOnly(way)) return [issuerOnly()];
  return isPinned(way) ? [] : restrictions(way).map(looseness);
}

function nothingAsked(literal: Literal): Reason {
  const { fact } = literal;
  if (isEcho(literal))
    return opening('tautology', factName(fact), 'the source identity is made of the subject CN and compared with it');
  const text = takesAll(literal) ? `any ${factName(fact)} will do` : `${literalsSay([literal])}, as good as any`;
  return opening('any_value', factName(fact), text);
}

function issuerOnly(): Reason {
  const text = 'only the issuer is asked for, so every certificate of that CA gets in';
  return noting('issuer_only', undefined, text);
}

function looseness(literal: Literal): Reason {
  const about = factName(literal.fact);
  const text = literalsSay([literal]);
  if (isRelation(literal)) return noting('relation', about, text);
  if (literal.absent && !literal.negated) return noting('absent_passes', about, text);
  if (literal.negated) return noting('exclusion', about, exclusion(literal, text));
  return noting('pattern', about, text);
}

function exclusion(literal: Literal, text: string): string {
  return literal.absent && !isAbsence(literal) ? `${text}, or there is none` : text;
}
