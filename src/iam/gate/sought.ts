import type { Operator } from '../condition/operator.ts';
import { isAnything } from '../glob.ts';
import type { Condition } from '../policy.ts';
import { hasDefault, type Piece, resolved } from '../variable.ts';
import { isTagValue } from './certificate.ts';
import { type Fact, factName, factOf, isAlwaysThere, SESSION_NAME } from './fact.ts';
import { formOf } from './form.ts';
import { isOfText, type LiteralTest, madeValue, type Part, type Value } from './literal.ts';
import { quoted } from './quoted.ts';
import { closing, opening, type Reason, unsure } from './reason.ts';
import type { GateRequest } from './request.ts';
import { isReadable } from './sample.ts';
import type { Assumption } from './way.ts';

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

/** What the values of a condition look for, taken together. */
export interface Sought {
  readonly values: readonly Value[];
  /** Why every value there is will do, where one does that. */
  readonly all: Reason | undefined;
  /** Why some look for nothing that can be there. */
  readonly idle: readonly Reason[];
  readonly unknown: readonly UnknownValue[];
}

/** A value that is made of something that is not known: that it is the one is assumed. */
interface UnknownValue {
  readonly kind: 'unknown';
  readonly assumption: Assumption;
  readonly reasons: readonly Reason[];
}

type Seeking =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'all'; readonly reason: Reason }
  | { readonly kind: 'nothing'; readonly reason: Reason }
  | UnknownValue;

interface Reading extends FactCondition {
  readonly test: LiteralTest;
  readonly request: GateRequest;
}

/** One cause of idleness is much like the next. */
const IDLE_TOLD = 5;

export function soughtBy(values: readonly string[], reading: Reading): Sought {
  const seekings = values.map(text => seekingOf(text, reading));
  return {
    values: seekings.flatMap(each => (each.kind === 'value' ? [each.value] : [])),
    all: seekings.find(each => each.kind === 'all')?.reason,
    idle: seekings.flatMap(each => (each.kind === 'nothing' ? [each.reason] : [])).slice(0, IDLE_TOLD),
    unknown: seekings.filter(each => each.kind === 'unknown'),
  };
}

function seekingOf(text: string, reading: Reading): Seeking {
  const { condition, fact, request, variables } = reading;
  const pieces = resolved(text, { variables, context: request.context, unresolved: 'keep' });
  if (pieces === undefined) return nothing('unmapped', `${quoted(text)} has no value`, reading);
  const parts = pieces.map(piece => (variables ? partOf(piece, request) : piece));
  const self = isSelf(parts, reading) ? [comparedWithItself(text, reading)] : [];
  if (self.length > 0 && parts.every(isFact)) return { kind: 'all', reason: self[0]! };
  if (!areKnown(parts) || (parts.some(isFact) && hasDefault(text)))
    return { kind: 'unknown', assumption: assumedValue(text, parts, reading), reasons: self };
  const value = madeValue(parts);
  if (reading.test === 'StringLike' && value.parts === undefined && isAnything(value.glob)) {
    const says = `${condition.operator} * takes any ${factName(fact.id)}`;
    return { kind: 'all', reason: opening('any_value', condition.key, says) };
  }
  return idleness(text, { ...reading, parts, value }) ?? { kind: 'value', value };
}

interface Made extends Reading {
  readonly parts: readonly Part[];
  readonly value: Value;
}

/** Why nothing that can be there is the value; undefined where something may be. */
function idleness(text: string, reading: Made): Seeking | undefined {
  const { condition, fact, parts, test, value } = reading;
  const shown = quoted(text);
  if (!isOfText(test))
    return isReadable(test, value)
      ? undefined
      : nothing('unreadable_value', `${shown} is nothing that ${condition.operator} compares`, reading);
  const fixed = parts.map(part => fixedText(part, test));
  if (fixed.some(each => /[*?]/.test(each)))
    return nothing('literal_wildcard', `* and ? are no wildcards in ${shown} under ${condition.operator}`, reading);
  if (!isAlwaysThere(fact.id))
    return fixed.every(isTagValue)
      ? undefined
      : nothing('value_format', `no session tag can have the value ${shown}`, reading);
  if (/^[\w+=,.@-]{0,64}$/.test(fixed.join('')) && (value.parts !== undefined || formOf(fact.id).allows(test, value)))
    return undefined;
  const kind = fact.id === SESSION_NAME ? 'session_name_format' : 'source_identity_format';
  return nothing(kind, `no ${factName(fact.id)} is written like ${shown}`, reading);
}

/**
 * What must be in the certificate as it stands. No tag's value holds `*` or `?` (STS API, Tag), and neither does a source
 * identity (STS API, AssumeRole).
 */
function fixedText(part: Part, test: LiteralTest): string {
  if (part.kind === 'fact' || part.kind === 'anything') return '';
  return test === 'StringLike' && part.kind === 'pattern' ? part.text.replaceAll(/[*?]/g, '') : part.text;
}

type ReadPart = Part | UnknownPart;

interface UnknownPart {
  readonly kind: 'unknown';
  readonly fact: Fact | undefined;
}

/** A variable that stands for a part of the certificate, or for something that is not known; else the piece. */
function partOf(piece: Piece, request: GateRequest): ReadPart {
  const [, key] = (piece.kind === 'literal' && /^\$\{(.+)\}$/s.exec(piece.text)) || [];
  if (key === undefined) return piece;
  const fact = factOf(key, request);
  return fact?.reach === 'set' ? { kind: 'fact', fact: fact.id } : { kind: 'unknown', fact };
}

function isFact({ kind }: ReadPart): boolean {
  return kind === 'fact';
}

function areKnown(parts: readonly ReadPart[]): parts is readonly Part[] {
  return parts.every(part => part.kind !== 'unknown');
}

/** Nothing but the part that it is compared with, from the same tag or from its twin of the request. */
function isSelf(parts: readonly ReadPart[], { fact, test }: Reading): boolean {
  const [only] = parts;
  if (parts.length !== 1 || only === undefined || !isOfText(test)) return false;
  return (only.kind === 'fact' && only.fact === fact.id) || (only.kind === 'unknown' && only.fact?.id === fact.id);
}

function assumedValue(text: string, parts: readonly ReadPart[], { test, fact, request }: Reading): Assumption {
  const provided = parts.map(part => (part.kind === 'unknown' ? part.fact?.provided : undefined)).find(Boolean);
  const says =
    provided === undefined ? `the value of ${quoted(text)} is not known` : `it is not known whether ${provided}`;
  const id = JSON.stringify([test, fact.id, text, request.action]);
  return { id, holds: true, reason: unsure('key', factName(fact.id), says) };
}

function comparedWithItself(text: string, { condition, fact }: Reading): Reason {
  const says = `${quoted(text)} is the ${factName(fact.id)} itself, so it is compared with itself`;
  return opening('tautology', condition.key, says);
}

function nothing(kind: Reason['kind'], cause: string, { condition, operator }: Reading): Seeking {
  const outcome = `${condition.operator} on ${condition.key} ${operator.negated ? 'always' : 'never'} holds for it`;
  return { kind: 'nothing', reason: closing(kind, condition.key, `${cause}, so ${outcome}`) };
}
