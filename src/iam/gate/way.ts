import { SOURCE_IDENTITY, SUBJECT_CN } from './fact.ts';
import { isAbsence, isExact, type Literal } from './literal.ts';
import { type Met, meetLiterals } from './meet.ts';
import { distinctReasons, type Reason } from './reason.ts';

/** One way in: a certificate that passes all literals, where all assumptions are true. */
export interface Way {
  readonly literals: readonly Literal[];
  readonly assumptions: readonly Assumption[];
  /** What was asked for and asks for nothing, and what else there is to know. */
  readonly reasons: readonly Reason[];
  /** Equal for equal literals and assumptions. */
  readonly id: string;
}

/** Something about the request that is not known and that no certificate decides. */
export interface Assumption {
  /** Without line breaks. */
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
  const asked = sortedById(literals, literal => literal.id);
  const assumed = sortedById(assumptions, assumptionId);
  return {
    literals: asked.map(([, literal]) => literal),
    assumptions: assumed.map(([, assumption]) => assumption),
    reasons: distinctReasons(reasons),
    id: [...asked.map(([id]) => id), ...assumed.map(([id]) => id)].join('\n'),
  };
}

function sortedById<T>(all: readonly T[], idOf: (each: T) => string): readonly (readonly [string, T])[] {
  if (all.length <= 1) return all.map(each => [idOf(each), each]);
  return [...new Map(all.map(each => [idOf(each), each]))].sort(([a], [b]) => (a < b ? -1 : 1));
}

function assumptionId({ id, holds }: Assumption): string {
  return `${holds ? '+' : '-'}${id}`;
}

/** All at once. Undefined: that cannot be. */
export function meet(ways: readonly Way[]): Way | undefined {
  const distinct = [...new Set(ways)].filter(way => way !== ANY);
  if (distinct.length <= 1) return distinct[0] ?? ANY;
  const assumptions = distinct.flatMap(way => way.assumptions);
  if (isContradictory(assumptions)) return undefined;
  const met = byFact(distinct.flatMap(way => way.literals)).map(together);
  const literals = met.flatMap(each => each.literals);
  if (met.some(({ possible }) => possible === false) || isAtOdds(literals)) return undefined;
  return wayOf({ literals, assumptions, reasons: distinct.flatMap(way => way.reasons) });
}

function isContradictory(assumptions: readonly Assumption[]): boolean {
  const held = new Map(assumptions.map(({ id, holds }) => [id, holds]));
  return assumptions.some(({ id, holds }) => held.get(id) !== holds);
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
