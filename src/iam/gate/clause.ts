import { distinct } from '../../lists.ts';
import { evaluateCondition } from '../condition/evaluate.ts';
import { type Operator, operatorOf } from '../condition/operator.ts';
import { readableOperator } from '../condition/readable.ts';
import { ABSENT } from '../context.ts';
import type { Condition } from '../policy.ts';
import { isOnAnchor } from '../trust.ts';
import type { Truth } from '../truth.ts';
import { hasVariables, resolved } from '../variable.ts';
import { asked } from './asked.ts';
import { ANYBODY, allOf, anyOf, type Clause, NOBODY, type Ways } from './dnf.ts';
import { type Fact, factOf, SESSION_NAME, tagName } from './fact.ts';
import { holdsForService, NETWORK_KEYS } from './network.ts';
import { closing, noting, opening, type Reason, unsure } from './reason.ts';
import type { GateRequest } from './request.ts';
import type { FactCondition } from './sought.ts';
import { ANY, type Assumption, assumptionWay, withReasons } from './way.ts';

interface ClauseSetting {
  readonly request: GateRequest;
  /** See Statement. */
  readonly variables: boolean;
  /** What it takes for the condition not to hold is asked for. */
  readonly fails: boolean;
}

const ANYONE: Clause = { ways: ANYBODY, closes: [] };

/** One operator on one key, as a question to the certificate where it is one. */
export function clauseOf(condition: Condition, setting: ClauseSetting): Clause {
  const operator = readableOperator(condition);
  const key = condition.key.toLowerCase();
  if (operator === undefined) return open(condition, setting, unknownOperator(condition));
  if (NETWORK_KEYS.has(key)) return networkClause(condition, operator, setting);
  const fact = factOf(key, setting.request);
  if (fact === undefined) return requestClause(condition, operator, setting);
  const known = setting.request.memory.clauses.get(condition);
  if (known !== undefined) return known;
  const whenAbsent = holdsWhenAbsent(condition);
  const clause = factClause({ condition, operator, fact, variables: setting.variables, whenAbsent }, setting);
  if (isSame(condition)) setting.request.memory.clauses.set(condition, clause);
  return clause;
}

/** Whether it comes to the same in each of the three requests, and for every trust anchor. */
function isSame({ key, values }: Condition): boolean {
  return !key.toLowerCase().startsWith('aws:requesttag/') && !values.some(value => value.includes('${'));
}

/** A key that is no part of the certificate: it holds, does not, or nobody knows. */
function requestClause(condition: Condition, operator: Operator, setting: ClauseSetting): Clause {
  const { request, variables } = setting;
  const known = isTimeAsText(condition, operator)
    ? undefined
    : evaluateCondition(condition, { context: request.context, variables });
  const truth = known ?? unmatchable(condition, operator, setting);
  if (truth === undefined)
    return open(condition, setting, unknownKey(condition, setting.request), sessionNameReasons(condition, setting));
  return truth !== setting.fails ? ANYONE : { ways: NOBODY, closes: [whyNever(condition, setting)] };
}

/** How AWS writes a time is not documented. */
function isTimeAsText({ key }: Condition, { test }: Operator): boolean {
  return test.startsWith('String') && /^aws:(currenttime|epochtime)$/i.test(key);
}

/** Where no value can be matched, since each has a variable without one: what the key is does not matter then. */
function unmatchable(condition: Condition, { negated }: Operator, { request, variables }: ClauseSetting): Truth {
  const { context } = request;
  const matchable = condition.values.some(
    text => resolved(text, { variables, context, unresolved: 'keep' }) !== undefined,
  );
  const value = context(condition.key.toLowerCase());
  const present = value.kind === 'unknown' && value.present;
  return !matchable && (present || holdsWhenAbsent(condition) === negated) ? negated : undefined;
}

/** Certain where it comes to the same whether the request has no address or that of the service. */
function networkClause(condition: Condition, operator: Operator, setting: ClauseSetting): Clause {
  const absent = holdsWhenAbsent(condition);
  const present = holdsForService(condition, operator);
  const kind = 'network';
  const about = condition.key;
  const foreign = `${about} is not the client's but that of the service that calls STS`;
  if (absent !== present) return open(condition, setting, unsure(kind, about, `${foreign}, which is not known`));
  if (absent === setting.fails)
    return {
      ways: NOBODY,
      closes: [closing(kind, about, `${foreign}, so ${outcome(condition, absent)}`)],
    };
  return certain([noting(kind, about, `${foreign}, so ${outcome(condition, absent)}`)]);
}

function factClause(asking: FactCondition, setting: ClauseSetting): Clause {
  const { fact, whenAbsent } = asking;
  const absent = whenAbsent !== setting.fails;
  if (fact.reach === 'unmapped' || fact.reach === 'misspelt') return deadClause(asking, absent);
  const met = asked(asking, setting);
  if (fact.reach === 'set') return met;
  const provided = (holds: boolean): Ways => [assumptionWay(provision(fact, holds))];
  const ways = absent ? anyOf([met.ways, provided(false)]) : allOf([met.ways, provided(true)]);
  return { ways, closes: met.closes };
}

/** A key that is never there holds, or does not, for everybody. */
function deadClause({ condition, fact, whenAbsent }: FactCondition, passes: boolean): Clause {
  const kind = fact.reach === 'misspelt' ? 'misspelt' : 'unmapped';
  const about = condition.key;
  const cause =
    kind === 'misspelt' ? `Roles Anywhere never sets ${condition.key}` : `the profile does not map ${tagName(fact.id)}`;
  const text = `${cause}, so ${outcome(condition, whenAbsent)}`;
  if (passes) return certain([opening(kind, about, text)]);
  return { ways: NOBODY, closes: [closing(kind, about, text)] };
}

function certain(reasons: readonly Reason[]): Clause {
  return { ways: [withReasons(ANY, reasons)], closes: [] };
}

function holdsWhenAbsent(condition: Condition): boolean {
  return evaluateCondition(condition, { context: () => ABSENT, variables: false }) === true;
}

function outcome({ operator }: Condition, holds: boolean): string {
  return `${operator} ${holds ? 'always' : 'never'} holds`;
}

function provision(fact: Fact, holds: boolean): Assumption {
  const provided = fact.provided ?? '';
  const text = `it is not known whether ${provided}`;
  return { id: JSON.stringify(provided), holds, reason: unsure('mapping', tagName(fact.id), text) };
}

/** It may hold, for all that is known. */
function open(condition: Condition, setting: ClauseSetting, reason: Reason, reasons: readonly Reason[] = []): Clause {
  const assumption = assumptionOf(condition, setting, reason);
  return { ways: [assumptionWay({ ...assumption, holds: assumption.holds !== setting.fails }, reasons)], closes: [] };
}

/** A negated operator without more is the exact opposite of the plain one, so that the two make one assumption. */
function assumptionOf(
  { operator, key, values }: Condition,
  { request, variables }: ClauseSetting,
  reason: Reason,
): Assumption {
  const parts = operatorOf(operator);
  const plain = parts !== undefined && parts.set === undefined && !parts.ifExists;
  const lower = key.toLowerCase();
  const id = JSON.stringify([
    plain ? parts.test : operator,
    lower,
    distinct(values),
    variables && values.some(hasVariables),
    isSteady(lower) ? '' : request.action,
  ]);
  return { id, holds: !(plain && parts.negated), reason };
}

/** Whether the key is the same for all three requests, as far as anyone knows. */
function isSteady(key: string): boolean {
  return key.startsWith('aws:') && key !== 'aws:tagkeys' && !key.startsWith('aws:requesttag/');
}

function unknownOperator({ operator, key, values }: Condition): Reason {
  if (operatorOf(operator) === undefined)
    return unsure('operator', key, `${operator} is no operator that IAM documents`);
  const what = values.length === 0 ? 'without a value' : 'with these values';
  return unsure('operator', key, `what ${operator} on ${key} ${what} means is not documented`);
}

function unknownKey({ operator, key }: Condition, { acceptsSessionName }: GateRequest): Reason {
  const about = key;
  if (key.toLowerCase() !== SESSION_NAME)
    return unsure('key', about, `whether ${operator} on ${key} holds is not known`);
  const text = acceptsSessionName
    ? "the session name is the caller's choice, or the serial number"
    : "the session name is the serial number, or the caller's choice where the profile accepts one";
  return unsure('session_name', about, text);
}

/** A session name compared with the certificate binds the name, which the caller chooses, not the certificate. */
function sessionNameReasons({ key, values }: Condition, { request, variables }: ClauseSetting): readonly Reason[] {
  const bound = variables && values.some(value => variablesOf(value).some(each => factOf(each, request)));
  if (key.toLowerCase() !== SESSION_NAME || !bound) return [];
  const text = 'binding the session name to the certificate does not limit which certificate it is';
  return [opening('session_name', key, text)];
}

/** The keys of the variables in a text, in lower case. */
function variablesOf(text: string): readonly string[] {
  return [...text.matchAll(/\$\{([^},]*)/g)].map(([, key]) => key!.trim().toLowerCase());
}

function whyNever(condition: Condition, setting: ClauseSetting): Reason {
  const { operator, key, values } = condition;
  const about = key;
  const lower = key.toLowerCase();
  const unmapped = setting.variables && !setting.fails ? values.flatMap(variablesOf).find(isUnset(setting)) : undefined;
  if (unmapped !== undefined)
    return closing('unmapped', about, `\${${unmapped}} has no value, so ${outcome(condition, false)}`);
  if (setting.fails) return closing('denied', about, `a Deny holds: ${operator} on ${key}`);
  if (isOnAnchor(condition)) return whyNotThisAnchor(condition);
  if (lower === 'aws:sourceaccount')
    return closing('other_account', about, 'aws:SourceAccount leaves this account out');
  if (setting.request.context(lower).kind === 'absent')
    return closing('absent', about, `a request of Roles Anywhere has no ${key}, so ${outcome(condition, false)}`);
  return closing('never', about, `${operator} on ${key} does not hold`);
}

function isUnset({ request }: ClauseSetting): (key: string) => boolean {
  return key => factOf(key, request) !== undefined && request.context(key).kind === 'absent';
}

function whyNotThisAnchor(condition: Condition): Reason {
  const { operator, key: about, values } = condition;
  const { test, negated } = operatorOf(operator)!;
  const literal = test.startsWith('StringEquals') && !negated && values.every(value => /[*?]/.test(value));
  if (!literal) return closing('other_anchor', about, 'aws:SourceArn asks for another trust anchor');
  const text = `* and ? are no wildcards for ${operator}, so it never holds`;
  return closing('literal_wildcard', about, text);
}
