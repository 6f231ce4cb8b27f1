import type { Operator } from '../condition/operator.ts';
import type { Context } from '../context.ts';
import { isAnything } from '../glob.ts';
import type { Condition } from '../policy.ts';
import { type Piece, resolved } from '../variable.ts';
import { isTagValue } from './certificate.ts';
import { allOf, anyOf, NOBODY, type Ways } from './dnf.ts';
import { type Fact, factName, factOf, SOURCE_IDENTITY } from './fact.ts';
import { absence, type LiteralTest, literalOf, madeValue, type Part, presence, type Value } from './literal.ts';
import { canBeSourceIdentity } from './meet.ts';
import { closing, opening, type Reason, unsure } from './reason.ts';
import { type GateRequest, requestContext } from './request.ts';
import { isReadable } from './sample.ts';
import { ANY, type Assumption, assumptionWay, literalWay, withReasons } from './way.ts';

/** What it takes for a condition to hold (or not to hold), and why that is nobody where it is. */
export interface Clause {
  readonly ways: Ways;
  readonly closes: readonly Reason[];
}

/** A condition on a part of the certificate. */
export interface FactCondition {
  readonly condition: Condition;
  readonly operator: Operator;
  readonly fact: Fact;
  /** See Statement. */
  readonly variables: boolean;
  /** Whether the condition holds where the part is not there. */
  readonly whenAbsent: boolean;
}

export interface AskedSetting {
  readonly request: GateRequest;
  /** What it takes for the condition not to hold is asked for. */
  readonly fails: boolean;
}

/** What the condition asks of a certificate whose part does set the key. */
export function asked(asking: FactCondition, { request, fails }: AskedSetting): Clause {
  const { condition, operator, fact } = asking;
  const always = fact.id === SOURCE_IDENTITY;
  const absent = asking.whenAbsent !== fails && !always;
  if (operator.test === 'Null') return nullClause(asking, { absent, fails, always });
  const reading = { ...asking, test: operator.test, request, context: requestContext(request) };
  const sought = soughtBy(condition.values.map(text => readValue(text, reading)));
  const question = { asking, sought, absent, always };
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

/** What one value of a condition looks for. */
type Seeking =
  | { readonly kind: 'value'; readonly value: Value }
  /** Every value there is, because of its pattern or because it is compared with itself. */
  | { readonly kind: 'all'; readonly reason: Reason }
  /** Nothing that can be there. */
  | { readonly kind: 'nothing'; readonly reason: Reason }
  | { readonly kind: 'unknown'; readonly assumption: Assumption; readonly reasons: readonly Reason[] };

interface Sought {
  readonly values: readonly Value[];
  readonly all: Reason | undefined;
  readonly idle: readonly Reason[];
  readonly unknown: readonly Extract<Seeking, { kind: 'unknown' }>[];
}

function soughtBy(seekings: readonly Seeking[]): Sought {
  return {
    values: seekings.flatMap(each => (each.kind === 'value' ? [each.value] : [])),
    all: seekings.find(each => each.kind === 'all')?.reason,
    idle: seekings.flatMap(each => (each.kind === 'nothing' ? [each.reason] : [])).slice(0, 5),
    unknown: seekings.filter(each => each.kind === 'unknown'),
  };
}

interface Question {
  readonly asking: FactCondition;
  readonly sought: Sought;
  /** A certificate without the part passes. */
  readonly absent: boolean;
  /** No certificate is without it. */
  readonly always: boolean;
}

/** One of the values must be there. */
function included({ asking, sought, absent, always }: Question): Clause {
  const { values, all, idle, unknown } = sought;
  const { id } = asking.fact;
  if (all !== undefined)
    return { ways: absent || always ? anyone([all]) : one(literalWay(presence(id), [all])), closes: [] };
  const plain =
    values.length > 0 ? literalWay(draft(asking, { values, negated: false, absent }), notes(idle)) : undefined;
  const none = values.length === 0 && absent ? literalWay(absence(id)) : undefined;
  const there = always ? anyone([]) : one(literalWay(presence(id)));
  const open = unknown.map(each => allOf([there, [assumptionWay(each.assumption, each.reasons)]]));
  return { ways: anyOf([one(plain), one(none), ...open]), closes: idle };
}

/** None of the values may be there. */
function excluded({ asking, sought, absent, always }: Question): Clause {
  const { values, all, idle, unknown } = sought;
  const { id } = asking.fact;
  if (all !== undefined) {
    const text = `${asking.condition.operator} on ${asking.condition.key} leaves no value`;
    const closes = [closing('any_value', asking.condition.key, text)];
    return { ways: absent ? one(literalWay(absence(id))) : NOBODY, closes };
  }
  const reasons = values.length + unknown.length > 0 ? notes(idle) : openings(idle);
  const rest = absent || always ? anyone(reasons) : one(literalWay(presence(id), reasons));
  const plain = values.length > 0 ? one(literalWay(draft(asking, { values, negated: true, absent }), reasons)) : rest;
  const open = unknown.map(({ assumption, reasons }) => {
    const not = [assumptionWay({ ...assumption, holds: false }, reasons)];
    return absent ? anyOf([one(literalWay(absence(id))), not]) : not;
  });
  return { ways: allOf([plain, ...open]), closes: idle };
}

function draft(
  { fact, operator }: FactCondition,
  rest: { values: readonly Value[]; negated: boolean; absent: boolean },
) {
  return literalOf({ fact: fact.id, test: operator.test as LiteralTest, ...rest });
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

interface ReadSetting extends FactCondition {
  readonly test: LiteralTest;
  readonly request: GateRequest;
  readonly context: Context;
}

function readValue(text: string, setting: ReadSetting): Seeking {
  const { test, fact, condition, variables, request } = setting;
  const pieces = resolved(text, { variables, context: setting.context, unresolved: 'keep' });
  if (pieces === undefined) return nothing('unmapped', `${text} has no value`, setting);
  const parts = pieces.map(piece => (variables ? partOf(piece, request) : piece));
  const self = isSelf(parts, setting);
  if (self && parts[0]!.kind === 'fact') return { kind: 'all', reason: comparedWithItself(text, setting) };
  if (parts.some(part => part.kind === 'unknown') || (parts.some(isFact) && hasDefault(text)))
    return {
      kind: 'unknown',
      assumption: unknownValue(text, parts, setting),
      reasons: self ? [comparedWithItself(text, setting)] : [],
    };
  const value = madeValue(parts as readonly Part[]);
  if (hasDeadWildcard(test, parts as readonly Part[]))
    return nothing('literal_wildcard', `* and ? are no wildcards in ${text} under ${condition.operator}`, setting);
  if (fact.id !== SOURCE_IDENTITY && isOfText(test) && !fixedTexts(test, parts as readonly Part[]).every(isTagValue))
    return nothing('value_format', `no session tag can have the value ${text}`, setting);
  if (test === 'StringLike' && value.parts === undefined && isAnything(value.glob))
    return {
      kind: 'all',
      reason: opening('any_value', condition.key, `${condition.operator} * takes any ${factName(fact.id)}`),
    };
  if (fact.id === SOURCE_IDENTITY && isOfText(test) && value.parts === undefined && !canBeSourceIdentity(test, value))
    return nothing('source_identity_format', `no source identity is written like ${text}`, setting);
  if (!isReadable(test, value))
    return nothing('unreadable_value', `${text} is nothing that ${condition.operator} compares`, setting);
  return { kind: 'value', value };
}

type ReadPart =
  | Part
  | { readonly kind: 'unknown'; readonly fact: string | undefined; readonly provided: string | undefined };

/** A variable that stands for a part of the certificate, or for something that is not known; else the piece. */
function partOf(piece: Piece, request: GateRequest): ReadPart {
  const [, key] = (piece.kind === 'literal' && /^\$\{(.+)\}$/s.exec(piece.text)) || [];
  if (key === undefined) return piece;
  const fact = factOf(key, request);
  if (fact?.reach === 'set') return { kind: 'fact', fact: fact.id };
  return { kind: 'unknown', fact: fact?.id, provided: fact?.provided };
}

function isFact({ kind }: ReadPart): boolean {
  return kind === 'fact';
}

/** Nothing but the part that it is compared with, from the same tag or from its twin of the request. */
function isSelf(parts: readonly ReadPart[], { fact, test }: ReadSetting): boolean {
  const [only] = parts;
  return parts.length === 1 && only !== undefined && 'fact' in only && only.fact === fact.id && isOfText(test);
}

function hasDefault(text: string): boolean {
  return /\$\{[^}]*,/.test(text);
}

function isOfText(test: LiteralTest): boolean {
  return test.startsWith('String') || test === 'BinaryEquals';
}

/** A tag's value holds no `*` and no `?` (STS API, Tag), and neither does a source identity (STS API, AssumeRole). */
function hasDeadWildcard(test: LiteralTest, parts: readonly Part[]): boolean {
  return isOfText(test) && fixedTexts(test, parts).some(text => /[*?]/.test(text));
}

/** What must be in the certificate as it stands: without wildcards, where the test has them. */
function fixedTexts(test: LiteralTest, parts: readonly Part[]): readonly string[] {
  const texts = parts.map(part => (part.kind === 'fact' || part.kind === 'anything' ? '' : part.text));
  const wild = test === 'StringLike';
  return texts.map((text, at) => (wild && parts[at]!.kind === 'pattern' ? text.replaceAll(/[*?]/g, '') : text));
}

function unknownValue(text: string, parts: readonly ReadPart[], { test, fact, request }: ReadSetting): Assumption {
  const provided = parts.flatMap(part => ('provided' in part ? [part.provided] : [])).find(each => each !== undefined);
  const cause = provided === undefined ? `the value of ${text} is not known` : `it is not known whether ${provided}`;
  const id = JSON.stringify([test, fact.id, text, request.action]);
  return { id, holds: true, reason: unsure('key', factName(fact.id), cause) };
}

function comparedWithItself(text: string, { condition, fact }: ReadSetting): Reason {
  return opening(
    'tautology',
    condition.key,
    `${text} is the ${factName(fact.id)} itself, so it is compared with itself`,
  );
}

function nothing(kind: Reason['kind'], cause: string, { condition, operator }: ReadSetting): Seeking {
  const outcome = `${condition.operator} on ${condition.key} ${operator.negated ? 'always' : 'never'} holds for it`;
  return { kind: 'nothing', reason: closing(kind, condition.key, `${cause}, so ${outcome}`) };
}
