import { compareFacts, SOURCE_IDENTITY, SUBJECT_CN } from './fact.ts';
import { isAbsence, isExact, type Literal } from './literal.ts';
import { type Met, meetLiterals } from './meet.ts';
import { distinctReasons, type Reason } from './reason.ts';

/** One way in: a certificate that passes all literals, where all assumptions are true. */
export interface Way {
  /** In the order of compareFacts. */
  readonly literals: readonly Literal[];
  readonly assumptions: readonly Assumption[];
  /** What was asked for and asks for nothing, and what else there is to know. */
  readonly reasons: readonly Reason[];
  /** Equal for equal literals and assumptions. */
  readonly id: string;
}

/** Something about the request that is not known and that no certificate decides. */
export interface Assumption {
  readonly id: string;
  readonly holds: boolean;
  readonly reason: Reason;
}

type Draft = Omit<Way, 'id'>;

/** Any certificate. */
export const ANY = wayOf({ literals: [], assumptions: [], reasons: [] });

/** Undefined: nothing passes it. */
export function literalWay(literal: Literal, reasons: readonly Reason[] = []): Way | undefined {
  const { literals, possible } = meetLiterals([literal]);
  return possible === false ? undefined : wayOf({ literals, assumptions: [], reasons });
}

export function assumptionWay(assumption: Assumption, reasons: readonly Reason[] = []): Way {
  return wayOf({ literals: [], assumptions: [assumption], reasons });
}

export function withReasons(way: Way, reasons: readonly Reason[]): Way {
  return { ...way, reasons: distinctReasons([...way.reasons, ...reasons]) };
}

export function wayOf({ literals, assumptions, reasons }: Draft): Way {
  const ordered = [...literals].sort((a, b) => compareFacts(a.fact, b.fact) || (a.id < b.id ? -1 : 1));
  const assumed = [...new Map(assumptions.map(each => [assumptionId(each), each]))].sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  return {
    literals: ordered,
    assumptions: assumed.map(([, each]) => each),
    reasons: distinctReasons(reasons),
    id: JSON.stringify([ordered.map(literal => literal.id), assumed.map(([id]) => id)]),
  };
}

function assumptionId({ id, holds }: Assumption): string {
  return `${holds ? '+' : '-'}${id}`;
}

/** Both at once. Undefined: that cannot be. */
export function meet(a: Way, b: Way): Way | undefined {
  if (a === b || b === ANY) return a;
  if (a === ANY) return b;
  if (a.assumptions.some(({ id, holds }) => b.assumptions.some(each => each.id === id && each.holds !== holds)))
    return undefined;
  const met = byFact([...a.literals, ...b.literals]).map(together);
  const literals = met.flatMap(each => each.literals);
  if (met.some(({ possible }) => possible === false) || isAtOdds(literals)) return undefined;
  return wayOf({
    literals,
    assumptions: [...a.assumptions, ...b.assumptions],
    reasons: [...a.reasons, ...b.reasons],
  });
}

function together(literals: readonly Literal[]): Met {
  return literals.length === 1 ? { literals, possible: true } : meetLiterals(literals);
}

export function byFact(literals: readonly Literal[]): readonly (readonly Literal[])[] {
  const groups = new Map<string, Map<string, Literal>>();
  for (const literal of literals) {
    const group = groups.get(literal.fact) ?? new Map<string, Literal>();
    groups.set(literal.fact, group.set(literal.id, literal));
  }
  return [...groups.values()].map(group => [...group.values()]);
}

/**
 * The source identity is made of the subject's CN, so the two may exclude each other. A CN with a slash may stand for
 * several, of which it is not known what becomes.
 */
function isAtOdds(literals: readonly Literal[]): boolean {
  const identity = literals.find(literal => literal.fact === SOURCE_IDENTITY && isExact(literal));
  if (identity === undefined) return false;
  const named = literals.filter(literal => literal.fact === SUBJECT_CN);
  const cn = named.find(isExact);
  if (named.some(isAbsence)) return identity.values.every(({ text }) => !text.startsWith('ID='));
  if (cn === undefined || cn.values.some(({ text }) => text.includes('/'))) return false;
  const identities = new Set(cn.values.map(({ text }) => (text.length <= 61 ? `CN=${text}` : text)));
  return !identity.values.some(({ text }) => identities.has(text) || (cn.absent && text.startsWith('ID=')));
}

/** Whether `b` lets in whatever `a` does. */
export function isWithin(a: Way, b: Way, implied: (a: Literal, b: Literal) => boolean): boolean {
  return (
    b.assumptions.every(({ id, holds }) => a.assumptions.some(each => each.id === id && each.holds === holds)) &&
    b.literals.every(wide => a.literals.some(narrow => narrow.fact === wide.fact && implied(narrow, wide)))
  );
}
