import { COLON, isRun, isWildcard } from '../glob.ts';
import { SAN_URI, SOURCE_IDENTITY } from './fact.ts';
import { isAnyText, isEcho, isPresence, type Literal, type Value } from './literal.ts';

/**
 * Whether it asks for nothing but that the part be there: `CN=*` of the source identity, `spiffe://*` of a URI, too, for each
 * begins so.
 */
export function asksForNothing(literal: Literal): boolean {
  return takesAll(literal) || (!literal.negated && !literal.absent && opennessOf(literal) === 'anything');
}

/** Whether every certificate that has the part passes, or every one with a subject CN. */
export function takesAll(literal: Literal): boolean {
  return isPresence(literal) || isAnyText(literal) || isEcho(literal);
}

/** Whether a name passes whatever it says, or whatever it begins with, or neither. */
export type Openness = 'anything' | 'front' | 'closed';

/**
 * By the loosest of its values, and by all of them together. Of a pattern of question marks alone, or one for each letter, a name
 * passes that begins as one likes; how many question marks a pattern has before its star is not worth a word.
 */
export function opennessOf({ fact, test, values }: Literal): Openness {
  if (test !== 'StringLike') return 'closed';
  const patterns = values.filter(({ parts }) => parts === undefined).flatMap(value => chosen(fact, value));
  const found = patterns.map(openness);
  if (found.includes('anything')) return 'anything';
  return found.includes('front') || takesAnyLetter(patterns) ? 'front' : 'closed';
}

type Tokens = readonly number[];

/** The part of the pattern that is compared with what the holder of a certificate, or its CA, chose. */
function chosen(fact: string, { glob: { tokens } }: Value): readonly Tokens[] {
  if (fact === SOURCE_IDENTITY) return FORMS.flatMap(form => past(tokens, form));
  if (fact === SAN_URI) return [...SCHEMES.flatMap(scheme => past(tokens, scheme)), ...pastScheme(tokens)];
  return [tokens];
}

/** Every source identity begins with one of them: the CN's, or the serial number's (user guide, "Trust model"). */
const FORMS = ['CN=', 'ID='].map(codesOf);

/** So the names of workloads begin (SPIFFE ID specification, "SPIFFE Identity"), and most other URIs in certificates. */
const SCHEMES = ['spiffe://', 'https://', 'http://'].map(codesOf);

/** Of any scheme, written out (RFC 3986, 3.1). */
function pastScheme(tokens: Tokens): readonly Tokens[] {
  const end = tokens.findIndex(token => token < 0 || !/[a-z\d+.-]/i.test(String.fromCharCode(token)));
  return end > 0 && tokens[end] === COLON ? past(tokens.slice(end), AUTHORITY) : [];
}

const AUTHORITY = codesOf('://');

function codesOf(text: string): Tokens {
  return [...text].map(character => character.charCodeAt(0));
}

/** What is left of the pattern when the text's beginning has gone by: more than one answer where a star stands there. */
function past(tokens: Tokens, beginning: Tokens): readonly Tokens[] {
  const [token, ...rest] = tokens;
  if (beginning.length === 0) return [tokens];
  if (token === undefined) return [];
  if (isRun(token)) return [tokens, ...beginning.flatMap((_, at) => past(rest, beginning.slice(at)))];
  return isWildcard(token) || token === beginning[0] ? past(rest, beginning.slice(1)) : [];
}

function openness(tokens: Tokens): Openness {
  const fixed = tokens.findIndex(token => !isWildcard(token));
  if (fixed < 0) return tokens.some(isRun) ? 'anything' : tokens.length > 0 ? 'front' : 'closed';
  return tokens.slice(0, fixed).some(isRun) ? 'front' : 'closed';
}

/** `a*`, `b*` and so on to `z*`: whatever begins with a small letter, or with a capital one, passes one of them. */
function takesAnyLetter(patterns: readonly Tokens[]): boolean {
  const begun = new Set(patterns.filter(saysHowItBegins).map(([first]) => first));
  return ALPHABETS.some(letters => letters.every(letter => begun.has(letter)));
}

function saysHowItBegins([, ...rest]: Tokens): boolean {
  return rest.some(isRun) && rest.every(isWildcard);
}

const ALPHABETS = ['abcdefghijklmnopqrstuvwxyz', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map(codesOf);
