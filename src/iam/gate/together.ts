import { all, some, type Truth } from '../truth.ts';
import type { Term } from './certificate.ts';
import { surelyExists } from './exists.ts';
import type { Gate } from './gate.ts';
import { meet, wayOf } from './way.ts';

/**
 * Whether one certificate gets in by both gates, given that a CA behind both vouches for it. True and false are proofs;
 * undefined: not found out, or it hangs on something that no certificate decides.
 */
export function letInTogether(a: Gate, b: Gate): Truth {
  if (a.open === false || b.open === false) return false;
  if (a === b || idOf(a) === idOf(b)) return all([a.open, b.open]);
  if (a.certificates.length * b.certificates.length > MOST_PAIRS) return undefined;
  return some(pairsOf(a, b));
}

const MOST_PAIRS = 1_000;

function* pairsOf(a: Gate, b: Gate): Generator<Truth> {
  for (const one of a.certificates) for (const other of b.certificates) yield isOneCertificate(one, other);
}

function isOneCertificate(one: Term, other: Term): Truth {
  const [way, otherWay] = [one, other].map(({ literals }) => wayOf({ literals, assumptions: [], reasons: [] }));
  const both = meet([way!, otherWay!]);
  if (both === undefined) return false;
  return one.certain && other.certain && surelyExists(both) ? true : undefined;
}

function idOf({ certificates }: Gate): string {
  return JSON.stringify(certificates.map(({ literals, certain }) => [certain, ...literals.map(({ id }) => id)]));
}
