import type { Term } from './certificate.ts';
import { SESSION_NAME } from './fact.ts';
import type { Literal } from './literal.ts';

/**
 * Whether every certificate that gets in has its own serial number in another part of it, for the session's name is that
 * number and is to be the other part too. A CA that sees to that is not known.
 */
export function isNamedBySerial(terms: readonly Term[]): boolean {
  return terms.length > 0 && terms.every(({ literals }) => literals.some(wantsSerial));
}

/** By each of its values. A text around the other part leaves room for a prefix, not for another number. */
function wantsSerial({ fact, values, negated, absent }: Literal): boolean {
  if (negated || absent) return false;
  return values.every(({ parts }) => {
    const others = (parts ?? []).flatMap(part => (part.kind === 'fact' ? [part.fact] : []));
    return others.length > 0 && (fact === SESSION_NAME) !== others.includes(SESSION_NAME);
  });
}
