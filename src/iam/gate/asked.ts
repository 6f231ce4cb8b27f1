import { allOf, anyOf, type Clause, NOBODY, type Ways } from './dnf.ts';
import { isAlwaysThere } from './fact.ts';
import { absence, type LiteralTest, literalOf, presence, type Value } from './literal.ts';
import { closing, opening, type Reason } from './reason.ts';
import type { GateRequest } from './request.ts';
import { type FactCondition, type Sought, soughtBy } from './sought.ts';
import { ANY, assumptionWay, literalWay, withReasons } from './way.ts';

interface AskedSetting {
  readonly request: GateRequest;
  /** What it takes for the condition not to hold is asked for. */
  readonly fails: boolean;
}

/** What the condition asks of a certificate whose part does set the key. */
export function asked(asking: FactCondition, { request, fails }: AskedSetting): Clause {
  const { condition, operator, fact } = asking;
  const always = isAlwaysThere(fact.id);
  const absent = asking.whenAbsent !== fails && !always;
  if (operator.test === 'Null') return nullClause(asking, { absent, fails, always });
  const sought = soughtBy(condition.values, { ...asking, test: operator.test, request });
  const question = { asking, sought, test: operator.test, absent, always };
  return operator.negated !== fails ? excluded(question) : included(question);
}

function nullClause({ condition, fact }: FactCondition, { absent, fails, always }: NullSetting): Clause {
  const present = condition.values.some(value => value.toLowerCase() === 'false') !== fails;
  const why = `Null on ${condition.key} holds whatever the certificate`;
  if (present && (absent || always)) return { ways: anyone([opening('any_value', condition.key, why)]), closes: [] };
  if (present) return { ways: one(literalWay(presence(fact.id))), closes: [] };
  if (absent) return { ways: one(literalWay(absence(fact.id))), closes: [] };
  return { ways: NOBODY, closes: [closing('never', condition.key, `Null on ${condition.key} never holds`)] };
}

interface NullSetting {
  readonly absent: boolean;
  readonly fails: boolean;
  readonly always: boolean;
}

interface Question {
  readonly asking: FactCondition;
  readonly sought: Sought;
  readonly test: LiteralTest;
  /** A certificate without the part passes. */
  readonly absent: boolean;
  /** No certificate is without it. */
  readonly always: boolean;
}

/** One of the values must be there. */
function included(question: Question): Clause {
  const { asking, sought, absent, always } = question;
  const { values, all, idle, unknown } = sought;
  const { id } = asking.fact;
  if (all !== undefined)
    return { ways: absent || always ? anyone([all]) : one(literalWay(presence(id), [all])), closes: [] };
  const plain =
    values.length > 0 ? literalWay(draft(question, { values, negated: false, absent }), notes(idle)) : undefined;
  const none = values.length === 0 && absent ? literalWay(absence(id)) : undefined;
  const there = always ? anyone([]) : one(literalWay(presence(id)));
  const open = unknown.map(each => allOf([there, [assumptionWay(each.assumption, each.reasons)]]));
  return { ways: anyOf([one(plain), one(none), ...open]), closes: idle };
}

/** None of the values may be there. */
function excluded(question: Question): Clause {
  const { asking, sought, absent, always } = question;
  const { values, all, idle, unknown } = sought;
  const { id } = asking.fact;
  if (all !== undefined) {
    const text = `${asking.condition.operator} on ${asking.condition.key} leaves no value`;
    const closes = [closing('any_value', asking.condition.key, text)];
    return { ways: absent ? one(literalWay(absence(id))) : NOBODY, closes };
  }
  const reasons = values.length + unknown.length > 0 ? notes(idle) : openings(idle);
  const rest = absent || always ? anyone(reasons) : one(literalWay(presence(id), reasons));
  const plain = values.length > 0 ? one(literalWay(draft(question, { values, negated: true, absent }), reasons)) : rest;
  const open = unknown.map(({ assumption, reasons }) => {
    const not = [assumptionWay({ ...assumption, holds: false }, reasons)];
    return absent ? anyOf([one(literalWay(absence(id))), not]) : not;
  });
  return { ways: allOf([plain, ...open]), closes: idle };
}

function draft({ asking, test }: Question, rest: { values: readonly Value[]; negated: boolean; absent: boolean }) {
  return literalOf({ fact: asking.fact.id, test, ...rest });
}

function one(way: ReturnType<typeof literalWay>): Ways {
  return way === undefined ? NOBODY : [way];
}

function anyone(reasons: readonly Reason[]): Ways {
  return [reasons.length === 0 ? ANY : withReasons(ANY, reasons)];
}

function notes(reasons: readonly Reason[]): readonly Reason[] {
  return reasons.map(reason => ({ ...reason, effect: 'note' }));
}

function openings(reasons: readonly Reason[]): readonly Reason[] {
  return reasons.map(reason => ({ ...reason, effect: 'opens' }));
}
