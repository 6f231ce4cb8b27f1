import { createHash } from 'node:crypto';
import { oncePer } from '../../memo/oncePer.ts';
import { tokensOf } from '../glob.ts';
import type { Policy, Statement } from '../policy.ts';
import { isOnAnchor } from '../trust.ts';
import { idsToMeasure } from './idsToMeasure.ts';
import type { Sample } from './kinds.ts';

/**
 * Ids of trust anchors that do not exist yet. One stands for all where the trust policy tells newcomers apart by nothing but
 * their region and account. Where it goes by a part of the id there is one for each first digit, the rest made from the
 * policy itself, and one for each set of its patterns that an id may fit: nobody writes a policy around them, and who makes
 * trust anchors makes another until its id will do.
 */
export const strangerIds = oncePer(
  (trust: Policy): Sample => (tellsNewcomersApart(trust) ? idsFrom(trust) : { some: [UNHEARD_OF], complete: true }),
);

/** ARNs of trust anchors that do not exist yet, in a place: all of an ARN but the id. */
export function strangersAt(place: string, trust: Policy): Sample {
  const { some, complete } = strangerIds(trust);
  return { some: some.map(id => place + id), complete };
}

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
    .filter(isOnAnchor)
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

function idsFrom({ statements }: Policy): Sample {
  const hash = createHash('sha256');
  for (const { text } of statements) hash.update(text);
  const seed = hash.digest('hex');
  const plain = DIGITS.map(first => idOf(first + createHash('sha256').update(`${first} ${seed}`).digest('hex')));
  const measured = idsToMeasure([...new Set(statements.flatMap(patternsOfIds))].filter(isTelling), seed);
  return { some: [...new Set([...plain, ...measured.some])], complete: measured.complete };
}

/** Of what is no longer than any ARN of a trust anchor. */
function isTelling(pattern: string): boolean {
  return tokensOf(pattern).length <= 250 && !takesEveryId(pattern);
}

/** A UUID of the fourth version (RFC 9562, section 5.4). */
function idOf(digits: string): string {
  const part = (from: number, to: number) => digits.slice(from, to);
  return `${part(0, 8)}-${part(8, 12)}-4${part(12, 15)}-a${part(15, 18)}-${part(18, 30)}`;
}
