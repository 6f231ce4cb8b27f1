import { SOURCE_IDENTITY, SUBJECT_CN } from './fact.ts';
import { isEcho, isPresence, isRelation, type Literal, passes } from './literal.ts';
import { meetLiterals } from './meet.ts';
import { examplesOf } from './sample.ts';
import { byFact, type Way } from './way.ts';

/**
 * Whether some certificate is known to pass all literals of a way. False: that was not found out, for the parts are
 * compared with each other, or what is asked of one is too much.
 */
export function surelyExists({ literals }: Way): boolean {
  const groups = byFact(literals);
  return (
    groups.every(group => meetLiterals(group).possible === true) &&
    !literals.some(literal => isEntangled(literal, literals)) &&
    identityExists(literals)
  );
}

/** Compared with itself, with a part of which something else is asked too, or otherwise than as text. */
function isEntangled(literal: Literal, literals: readonly Literal[]): boolean {
  if (!isRelation(literal)) return false;
  if (isEcho(literal))
    return literals.some(each => each !== literal && [SOURCE_IDENTITY, SUBJECT_CN].includes(each.fact));
  if (!literal.test.startsWith('String') || literal.fact === SOURCE_IDENTITY) return true;
  const facts = literal.values.flatMap(value => value.parts ?? []).map(part => (part.kind === 'fact' ? part.fact : ''));
  const asked = literals.filter(each => !isPresence(each)).map(each => each.fact);
  return asked.some(fact => facts.includes(fact) || (fact === SOURCE_IDENTITY && facts.includes(SUBJECT_CN)));
}

/** Where both the source identity and the subject's CN are asked for: whether one name fits both. */
function identityExists(literals: readonly Literal[]): boolean {
  const names = literals.filter(literal => literal.fact === SUBJECT_CN);
  const identities = literals.filter(literal => literal.fact === SOURCE_IDENTITY);
  if (names.length === 0 || identities.length === 0) return true;
  const texts = [...names, ...identities].flatMap(examplesOf).map(text => text.replace(/^CN=/, ''));
  const byName = texts.some(
    text => /^[\w+=,.@-]{1,61}$/.test(text) && fits(text, names) && fits(`CN=${text}`, identities),
  );
  const serials = identities.flatMap(examplesOf).filter(text => text.startsWith('ID='));
  return (
    byName || (names.every(each => each.absent) && [...serials, 'ID=00', 'ID=01'].some(text => fits(text, identities)))
  );
}

function fits(text: string, literals: readonly Literal[]): boolean {
  return literals.every(literal => passes(literal, text) === true);
}
