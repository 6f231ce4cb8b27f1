import { type Glob, literal as literalGlob } from '../glob.ts';
import { witness } from '../witness.ts';
import { formOf } from './form.ts';
import {
  absence,
  isAbsence,
  isExact,
  isPresence,
  isRelation,
  type Literal,
  type LiteralTest,
  literalOf,
  passes,
  presence,
  type Value,
  valueId,
  WORK_CAP,
} from './literal.ts';
import { examplesOf } from './sample.ts';

/** Several literals of one part, all of which must hold, as few as they can be. */
export interface Met {
  readonly literals: readonly Literal[];
  /** Whether some certificate passes them all. False is proof, and so is true; undefined: not found out. */
  readonly possible: boolean | undefined;
}

const IMPOSSIBLE: Met = { literals: [], possible: false };

/** A small question about patterns; see witness. */
const PATTERN_CAP = 2_000;

/** The literals must all be of one part. */
export function meetLiterals(given: readonly Literal[]): Met {
  const absent = given.every(literal => literal.absent);
  const fact = given[0]!.fact;
  if (given.some(isAbsence)) return absent ? { literals: [absence(fact)], possible: true } : IMPOSSIBLE;
  const asking = given
    .filter(literal => !isPresence(literal))
    .map(literal => (literal.absent === absent ? literal : literalOf({ ...literal, absent })));
  if (asking.length === 0) return { literals: [presence(fact)], possible: true };
  const exact = asking.filter(isExact);
  const others = asking.filter(literal => !isExact(literal));
  const met = exact.length > 0 ? meetExact(exact, others) : meetOpen(mergedNegations(others));
  if (!absent) return met;
  return met.possible === false ? { literals: [absence(fact)], possible: true } : { ...met, possible: true };
}

/** With values named: those that pass everything else. */
function meetExact(exact: readonly Literal[], others: readonly Literal[]): Met {
  const [first, ...rest] = [...exact].sort((a, b) => a.values.length - b.values.length);
  const judged = [...rest, ...others];
  if (first!.values.length * judged.reduce((sum, each) => sum + costOf(each), 0) > WORK_CAP)
    return { literals: [...exact, ...others], possible: undefined };
  const left = first!.values.filter(({ text }) => judged.every(literal => passes(literal, text) !== false));
  if (left.length === 0) return IMPOSSIBLE;
  const related = others.filter(isRelation);
  return {
    literals: [left.length === first!.values.length ? first! : literalOf({ ...first!, values: left }), ...related],
    possible: related.length === 0 ? true : undefined,
  };
}

function costOf(literal: Literal): number {
  return literal.test === 'StringEquals' ? 1 : literal.values.length;
}

/** All that must not be, of one test, is one list of it. */
function mergedNegations(literals: readonly Literal[]): readonly Literal[] {
  const negated = literals.filter(literal => literal.negated);
  const negations = [...new Set(negated.map(literal => literal.test))].map(test => {
    const alike = negated.filter(literal => literal.test === test);
    return alike.length === 1 ? alike[0]! : literalOf({ ...alike[0]!, values: alike.flatMap(each => each.values) });
  });
  return [...new Map(literals.filter(literal => !literal.negated).map(each => [each.id, each])).values(), ...negations];
}

/** With no value named: patterns, comparisons, exclusions. */
function meetOpen(literals: readonly Literal[]): Met {
  const kept = literals.map(literal => withoutIdle(literal, literals)).filter(literal => literal !== undefined);
  if (kept.length === 0) return { literals: [presence(literals[0]!.fact)], possible: true };
  return { literals: kept, possible: isPossible(kept) };
}

/** Names that no pattern takes anyway need not be excluded. Undefined: nothing is left to exclude. */
function withoutIdle(literal: Literal, among: readonly Literal[]): Literal | undefined {
  if (literal.test !== 'StringEquals' || !literal.negated || isRelation(literal)) return literal;
  const positives = among.filter(each => !each.negated && !isRelation(each));
  const work = literal.values.length * positives.reduce((sum, each) => sum + each.values.length, 0);
  if (positives.length === 0 || work > WORK_CAP) return literal;
  const values = literal.values.filter(({ text }) => positives.every(each => passes(each, text) !== false));
  return values.length === 0 ? undefined : literalOf({ ...literal, values });
}

function isPossible(literals: readonly Literal[]): boolean | undefined {
  const [only] = literals;
  if (literals.length === 1 && isRelation(only!)) return true;
  if (literals.some(isRelation)) return undefined;
  const byExample = literals.some(literal => examplesOf(literal).some(text => takes(text, literals)));
  if (byExample) return true;
  return literals.every(({ test }) => test === 'StringLike' || test === 'StringEquals')
    ? byPattern(literals)
    : undefined;
}

function takes(text: string, literals: readonly Literal[]): boolean {
  return (
    formOf(literals[0]!.fact).has(text) &&
    literals.every(literal => literal.values.length <= WORK_CAP / 20 && passes(literal, text) === true)
  );
}

/** One pattern of each positive literal must meet the others', outside of everything excluded. */
function byPattern(literals: readonly Literal[]): boolean | undefined {
  const against = literals.filter(({ negated }) => negated).flatMap(each => each.values.map(globFor(each.test)));
  const form = formOf(literals[0]!.fact);
  let choices: readonly (readonly Glob[])[] = form.patterns.map(pattern => [pattern]);
  for (const literal of literals.filter(({ negated }) => !negated)) {
    choices = choices.flatMap(chosen => literal.values.map(value => [...chosen, globFor(literal.test)(value)]));
    if (choices.length > 200) return undefined;
  }
  const answers = choices.map(positives => witness(positives, against, { cap: PATTERN_CAP }));
  const found = answers.filter(answer => answer.kind === 'found');
  if (found.some(({ text }) => form.patternsSuffice || form.has(text))) return true;
  return answers.every(({ kind }) => kind === 'none') ? false : undefined;
}

function globFor(test: LiteralTest): (value: Value) => Glob {
  return value => (test === 'StringEquals' ? literalGlob(value.text) : value.glob);
}

/** Whether `b` holds wherever `a` does; false where that is not plain to see. */
export function implies(a: Literal, b: Literal): boolean {
  if (a.id === b.id) return true;
  if (a.fact !== b.fact || (a.absent && !b.absent)) return false;
  if (isAbsence(a) || isPresence(b)) return true;
  if (isExact(a) && !isRelation(b) && a.values.length * costOf(b) <= 10_000)
    return a.values.every(({ text }) => passes(b, text) === true);
  if (a.test !== b.test || a.negated !== b.negated) return false;
  return a.negated ? areWithin(b.values, a.values) : areWithin(a.values, b.values);
}

function areWithin(some: readonly Value[], all: readonly Value[]): boolean {
  if (some.length > all.length) return false;
  const ids = new Set(all.map(valueId));
  return some.every(value => ids.has(valueId(value)));
}
