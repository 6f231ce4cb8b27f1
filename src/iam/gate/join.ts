import { isAbsence, isExact, isPresence, type Literal, literalOf, presence, type Value, valueId } from './literal.ts';

/** Literals of one part of which one must hold, as few as they can be; `anything`: one of them always does. */
export function joinLiterals(given: readonly Literal[]): readonly Literal[] | 'anything' {
  const left: Literal[] = [];
  for (const literal of [...joinedNames(given), ...given.filter(each => !isExact(each))]) {
    let wide: Literal | 'anything' = literal;
    for (let at = left.length - 1; at >= 0; at--) {
      const joined: Literal | 'anything' | undefined = joinTwo(left[at]!, wide);
      if (joined === 'anything') return joined;
      if (joined === undefined) continue;
      left.splice(at, 1);
      wide = joined;
    }
    left.push(wide);
  }
  return left;
}

/** All names at once: there may be thousands. */
function joinedNames(literals: readonly Literal[]): readonly Literal[] {
  const exact = literals.filter(isExact);
  if (exact.length <= 1) return exact;
  const values = exact.flatMap(literal => literal.values);
  return [literalOf({ ...exact[0]!, values, absent: exact.some(literal => literal.absent) })];
}

/** Undefined: the two are no one literal. */
function joinTwo(a: Literal, b: Literal): Literal | 'anything' | undefined {
  const absent = a.absent || b.absent;
  if (isAbsence(a)) return isPresence(b) ? 'anything' : literalOf({ ...b, absent });
  if (isAbsence(b)) return isPresence(a) ? 'anything' : literalOf({ ...a, absent });
  if (isPresence(a) || isPresence(b)) return absent ? 'anything' : presence(a.fact);
  if (a.negated !== b.negated) return a.negated ? joinOpposite(b, a, absent) : joinOpposite(a, b, absent);
  return a.negated ? joinNegated(a, b, absent) : joinPositive(a, b, absent);
}

function joinPositive(a: Literal, b: Literal, absent: boolean): Literal | undefined {
  const alike = a.test === b.test || (isText(a) && isText(b));
  const test = a.test === 'StringEquals' ? b.test : a.test;
  return alike ? literalOf({ ...a, test, values: [...a.values, ...b.values], absent }) : undefined;
}

function isText({ test }: Literal): boolean {
  return test === 'StringEquals' || test === 'StringLike';
}

/** Neither a nor b, or neither b nor c: all but b. */
function joinNegated(a: Literal, b: Literal, absent: boolean): Literal | 'anything' | undefined {
  if (a.test !== b.test) return undefined;
  const both = a.values.filter(isAmong(b.values));
  if (a.test !== 'StringEquals' && both.length < Math.min(a.values.length, b.values.length)) return undefined;
  if (a.test === 'StringEquals' && (hasRelation(a) || hasRelation(b)) && both.length < a.values.length)
    return undefined;
  return allBut(both, a, absent);
}

/** a or b, or anything but b and c: anything but c. */
function joinOpposite(positive: Literal, negated: Literal, absent: boolean): Literal | 'anything' | undefined {
  if (positive.test !== negated.test) return undefined;
  const left = negated.values.filter(value => !isAmong(positive.values)(value));
  if (left.length === 0) return allBut([], negated, absent);
  const named = negated.test === 'StringEquals' && !hasRelation(positive) && !hasRelation(negated);
  return named ? allBut(left, negated, absent) : undefined;
}

function allBut(values: readonly Value[], literal: Literal, absent: boolean): Literal | 'anything' {
  if (values.length > 0) return literalOf({ ...literal, values, absent });
  return absent ? 'anything' : presence(literal.fact);
}

function hasRelation({ values }: Literal): boolean {
  return values.some(value => value.parts !== undefined);
}

function isAmong(values: readonly Value[]): (value: Value) => boolean {
  const ids = new Set(values.map(valueId));
  return value => ids.has(valueId(value));
}
