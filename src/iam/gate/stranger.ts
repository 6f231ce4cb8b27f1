import { createHash } from 'node:crypto';
import type { Policy, Statement } from '../policy.ts';

/**
 * Ids of trust anchors that do not exist yet. One stands for all where the trust policy tells newcomers apart by nothing but
 * their region and account. Where it goes by a part of the id there is one for each first digit, the rest made from the
 * policy itself: nobody writes a policy around them, and who makes trust anchors makes another until its id will do.
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

function goesByPartOfId({ conditions }: Statement): boolean {
  return conditions
    .filter(({ key }) => key.toLowerCase() === 'aws:sourcearn')
    .some(({ values }) => values.some(value => /[*?]|\$\{/.test(value) && !takesEveryId(value)));
}

function takesEveryId(value: string): boolean {
  return value === '*' || /^arn:[^:]*:[^:]*:[^:]*:[^:]*:(trust-anchor\/)?\*+$/i.test(value);
}

const DIGITS = [...'0123456789abcdef'];

function idsFrom({ statements }: Policy): readonly string[] {
  const hash = createHash('sha256');
  for (const { text } of statements) hash.update(text);
  const seed = hash.digest('hex');
  return DIGITS.map(first => idOf(first + createHash('sha256').update(`${first} ${seed}`).digest('hex')));
}

/** A UUID of the fourth version (RFC 9562, section 5.4). */
function idOf(digits: string): string {
  const part = (from: number, to: number) => digits.slice(from, to);
  return `${part(0, 8)}-${part(8, 12)}-4${part(12, 15)}-a${part(15, 18)}-${part(18, 30)}`;
}
