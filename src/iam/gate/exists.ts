import { SESSION_NAME, SOURCE_IDENTITY, SUBJECT_CN } from './fact.ts';
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
  if (literal.fact === SESSION_NAME || factsIn(literal).includes(SESSION_NAME)) return true;
  if (isEcho(literal))
    return literals.some(each => each !== literal && [SOURCE_IDENTITY, SUBJECT_CN].includes(each.fact));
  if (!literal.test.startsWith('String') || literal.fact === SOURCE_IDENTITY) return true;
  const facts = factsIn(literal);
  const asked = literals.filter(each => !isPresence(each)).map(each => each.fact);
  return asked.some(fact => facts.includes(fact) || (fact === SOURCE_IDENTITY && facts.includes(SUBJECT_CN)));
}

/** The other parts that it is compared with. */
function factsIn({ values }: Literal): readonly string[] {
  return values.flatMap(value => value.parts ?? []).map(part => (part.kind === 'fact' ? part.fact : ''));
}

/**
 * Where both the source identity and what it is made of are asked for: whether one name fits both. One that is made of the
 * serial number is not looked for where the session name, which is the serial number, is asked for too.
 */
function identityExists(literals: readonly Literal[]): boolean {
  const names = literals.filter(literal => literal.fact === SUBJECT_CN);
  const identities = literals.filter(literal => literal.fact === SOURCE_IDENTITY);
  const isNumbered = literals.some(literal => literal.fact === SESSION_NAME && !isPresence(literal));
  if (identities.length === 0 || (names.length === 0 && !isNumbered)) return true;
  const texts = [...names, ...identities].flatMap(examplesOf).map(text => text.replace(/^CN=/, ''));
  const byName = texts.some(
    text => /^[\w+=,.@-]{1,61}$/.test(text) && fits(text, names) && fits(`CN=${text}`, identities),
  );
  const serials = identities.flatMap(examplesOf).filter(text => text.startsWith('ID='));
  const bySerial = () =>
    names.every(each => each.absent) && [...serials, 'ID=00', 'ID=01'].some(text => fits(text, identities));
  return byName || (!isNumbered && bySerial());
}

function fits(text: string, literals: readonly Literal[]): boolean {
  return literals.every(literal => passes(literal, text) === true);
}
