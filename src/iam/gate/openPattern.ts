import { COLON, isRun, isWildcard } from '../glob.ts';
import { SAN_URI, SOURCE_IDENTITY } from './fact.ts';
import type { Literal, Value } from './literal.ts';

/** Whether a name passes whatever it says, or whatever it begins with, or neither. */
export type Openness = 'anything' | 'front' | 'closed';

/** By the loosest of its values. Names too short for a pattern's question marks are not worth a word. */
export function opennessOf({ fact, test, values }: Literal): Openness {
  if (test !== 'StringLike') return 'closed';
  const found = values.filter(({ parts }) => parts === undefined).flatMap(value => chosen(fact, value).map(openness));
  return found.includes('anything') ? 'anything' : found.includes('front') ? 'front' : 'closed';
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
  const front = fixed < 0 ? tokens : tokens.slice(0, fixed);
  if (!front.some(isRun)) return 'closed';
  return fixed < 0 ? 'anything' : 'front';
}
