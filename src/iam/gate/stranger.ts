import { createHash } from 'node:crypto';
import { tokensOf } from '../glob.ts';
import type { Policy, Statement } from '../policy.ts';
import { newcomerId } from './newcomerId.ts';

/**
 * Ids of trust anchors that do not exist yet. One stands for all where the trust policy tells newcomers apart by nothing but
 * their region and account. Where it goes by a part of the id there is one for each first digit, the rest made from the
 * policy itself, and some that fit its patterns: nobody writes a policy around them, and who makes trust anchors makes
 * another until its id will do.
 */
export function strangerIds(trust: Policy): readonly string[] {
  const known = remembered.get(trust);
  if (known !== undefined) return known;
  const made = tellsNewcomersApart(trust) ? idsFrom(trust) : [UNHEARD_OF];
  remembered.set(trust, made);
  return made;
}

/** Every role is asked about with each of its profiles. */
const remembered = new WeakMap<Policy, readonly string[]>();

/** As AWS makes them at random. */
const UNHEARD_OF = '5b1e0f3c-97d2-4c68-a3e4-f00d5eed1e55';

function tellsNewcomersApart({ statements }: Policy): boolean {
  return statements.some(statement => goesByPartOfId(statement) || statement.text.toLowerCase().includes(UNHEARD_OF));
}

function goesByPartOfId(statement: Statement): boolean {
  return patternsOfIds(statement).length > 0;
}

function patternsOfIds({ conditions }: Statement): readonly string[] {
  return conditions
    .filter(({ key }) => key.toLowerCase() === 'aws:sourcearn')
    .flatMap(({ values }) => values)
    .filter(value => /[*?]|\$\{/.test(value) && !takesEveryId(value))
    .map(anythingForVariables);
}

/** The value as a pattern that takes whatever it may take. */
export function anythingForVariables(value: string): string {
  return value.replace(/\$\{[^{}]*\}/g, '*');
}

function takesEveryId(value: string): boolean {
  return value === '*' || /^arn:[^:]*:[^:]*:[^:]*:[^:]*:(trust-anchor\/)?\*+$/i.test(value);
}

const DIGITS = [...'0123456789abcdef'];

function idsFrom({ statements }: Policy): readonly string[] {
  const hash = createHash('sha256');
  for (const { text } of statements) hash.update(text);
  const seed = hash.digest('hex');
  const plain = DIGITS.map(first => idOf(first + createHash('sha256').update(`${first} ${seed}`).digest('hex')));
  const patterns = [...new Set(statements.flatMap(patternsOfIds))].filter(isTelling).slice(0, PATTERNS_READ);
  return [...new Set([...plain, ...idsToMeasure(patterns, seed)])];
}

/** Of what is no longer than any ARN of a trust anchor. */
function isTelling(pattern: string): boolean {
  return pattern.length <= 2_048 && tokensOf(pattern).length <= 250 && !takesEveryId(pattern);
}

const PATTERNS_READ = 64;

/** Each makes up to two ids. */
const PATTERNS_MET = 16;

/** For each pattern an id that fits it, and one that fits no other besides; one that fits none; one that fits as many as can be. */
function idsToMeasure(patterns: readonly string[], filler: string): readonly string[] {
  const met = patterns.flatMap(pattern => {
    const id = newcomerId({ fits: [pattern], fitsNot: [], filler });
    return id === undefined ? [] : [{ pattern, id }];
  });
  const some = met.slice(0, PATTERNS_MET);
  const possible = some.map(({ pattern }) => pattern);
  const alone = possible.map(pattern =>
    newcomerId({ fits: [pattern], fitsNot: possible.filter(each => each !== pattern), filler }),
  );
  const none =
    met.length === 0 ? undefined : newcomerId({ fits: [], fitsNot: met.map(({ pattern }) => pattern), filler });
  const made = [...some.map(({ id }) => id), ...alone, none, fittingMost(possible, filler)];
  return made.filter(id => id !== undefined);
}

function fittingMost(patterns: readonly string[], filler: string): string | undefined {
  let [fits, id]: [readonly string[], string | undefined] = [[], undefined];
  for (const pattern of patterns) {
    const better = newcomerId({ fits: [...fits, pattern], fitsNot: [], filler });
    if (better !== undefined) [fits, id] = [[...fits, pattern], better];
  }
  return id;
}

/** A UUID of the fourth version (RFC 9562, section 5.4). */
function idOf(digits: string): string {
  const part = (from: number, to: number) => digits.slice(from, to);
  return `${part(0, 8)}-${part(8, 12)}-4${part(12, 15)}-a${part(15, 18)}-${part(18, 30)}`;
}
