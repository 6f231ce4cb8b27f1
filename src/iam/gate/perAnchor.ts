import { groupedBy } from '../../lists.ts';
import { once } from '../../memo/once.ts';
import { oncePer } from '../../memo/oncePer.ts';
import { accountIn } from '../arn.ts';
import type { Test } from '../condition/operator.ts';
import { readableOperator } from '../condition/readable.ts';
import type { Condition, Policy } from '../policy.ts';
import type { Mapping } from '../session.ts';
import { isOnAnchor } from '../trust.ts';
import { type Gate, gateOf } from './gate.ts';
import { isAnchorInValue, kindsOf, type Meeting, placeOf } from './kinds.ts';
import { looking, lookingElsewhere } from './look.ts';
import { placesBut, placesOf } from './places.ts';
import { emptyMemory, gatesBudget, type Memory } from './request.ts';

/**
 * The gate for each trust anchor. Anchors of one account and region that the trust policy does not tell apart share one: its
 * conditions on `aws:SourceArn` are all that an anchor's ARN can matter for, unless it stands in a value.
 */
export function gatesPerAnchor(about: Meeting): Gates {
  const { trust, mappings, acceptsSessionName, now } = about;
  const { budget, known } = ofPolicy(trust);
  const key = `${acceptsSessionName} ${mappings && identityOf(mappings)}`;
  const { memory, byTime } = known.get(key) ?? { memory: emptyMemory(budget), byTime: new Map<number, Gates>() };
  known.set(key, { memory, byTime });
  const gates = byTime.get(now.getTime()) ?? gatesFor(about, memory);
  byTime.set(now.getTime(), gates);
  return gates;
}

const identityOf = oncePer((mappings: readonly Mapping[]) => JSON.stringify(mappings));

export interface Gates {
  (anchorArn: string): Gate;
  /** The gates of all of these. */
  among(anchorArns: readonly string[]): readonly Alike[];
}

/** Trust anchors of a list that share a gate. */
export interface Alike {
  readonly gate: Gate;
  /** Their places in the list: one object for all policies that tell none apart, or take the same by a pattern. */
  at(): readonly number[];
}

interface Known {
  readonly memory: Memory;
  readonly byTime: Map<number, Gates>;
}

/** Most profiles map the same attributes, and a role's own document asks as its paths do. */
const ofPolicy = oncePer((_: Policy) => ({ budget: gatesBudget(), known: new Map<string, Known>() }));

function gatesFor(about: Meeting, memory: Memory): Gates {
  const { trust, mappings, acceptsSessionName, now } = about;
  const kinds = kindsOf(about);
  const named = anchorsToldApart(trust);
  const kindOf = kinds.named ? (anchorArn: string) => anchorArn : named?.size === 1 ? kindBeside(named) : kinds.kindOf;
  const here = oncePerKind(looking(about, memory), kindOf);
  const looks = { here, elsewhere: lookingElsewhere(about, here) };
  const gateFor = oncePerKind(
    anchorArn => gateOf({ trust, mappings, acceptsSessionName, now, anchorArn }, looks),
    anchorArn => `${kindOf(anchorArn)} ${placeOf(anchorArn)}`,
  );
  let unnamed: Gate | undefined;
  const gates = (anchorArn: string): Gate => {
    if (named === undefined || named.has(anchorArn.toLowerCase())) return gateFor(anchorArn);
    unnamed ??= gateFor(anchorArn);
    return unnamed;
  };
  const among = (arns: readonly string[]): readonly Alike[] => {
    if (named !== undefined && arns.length > named.size) return besideNamed(arns, named, gates);
    if (named !== undefined || kinds.named) return byGate([...arns.keys()], arns, gates);
    return kinds.among(arns).map(at => ({ gate: gateFor(arns[at[0]!]!), at: () => at }));
  };
  return Object.assign(gates, { among });
}

type GateFor = (anchorArn: string) => Gate;

/** All others together, which are many and whose gate is mostly closed. */
function besideNamed(arns: readonly string[], named: ReadonlySet<string>, gateFor: GateFor): readonly Alike[] {
  const apart = new Set(placesOf(arns, named));
  const told = byGate([...apart], arns, gateFor);
  const other = arns.findIndex((_, at) => !apart.has(at));
  if (other === -1) return told;
  return [...told, { gate: gateFor(arns[other]!), at: once(() => placesBut(apart, arns)) }];
}

function byGate(places: readonly number[], arns: readonly string[], gateFor: GateFor): readonly Alike[] {
  const groups = groupedBy(places, at => gateFor(arns[at]!));
  return [...groups].map(([gate, at]) => ({ gate, at: () => at }));
}

/** The one that is named, and all others of an account. */
function kindBeside(named: ReadonlySet<string>): (anchorArn: string) => string {
  return anchorArn => (named.has(anchorArn.toLowerCase()) ? anchorArn : `other ${accountIn(anchorArn)}`);
}

function oncePerKind<T>(
  ask: (anchorArn: string) => T,
  kindOf: (anchorArn: string) => string,
): (anchorArn: string) => T {
  const known = new Map<string, T>();
  return anchorArn => {
    const kind = kindOf(anchorArn);
    const before = known.get(kind);
    if (before !== undefined) return before;
    const answer = ask(anchorArn);
    known.set(kind, answer);
    return answer;
  };
}

/**
 * The ARNs, in lower case, of the trust anchors that a trust policy may tell apart from all others of the account, which share a
 * gate. Undefined: it may tell any of them apart, by a pattern or since the ARN stands in a value.
 */
export const anchorsToldApart = oncePer((trust: Policy): ReadonlySet<string> | undefined => {
  const conditions = trust.statements.flatMap(each => each.conditions.filter(isOnAnchor));
  if (isAnchorInValue(trust) || !conditions.every(isNaming)) return undefined;
  return new Set(conditions.flatMap(({ values }) => values.map(value => value.toLowerCase())));
});

/** Whether all that it says of a value is which of its own, without wildcards and variables, that value is. */
function isNaming(condition: Condition): boolean {
  const test = readableOperator(condition)?.test;
  return test !== undefined && NAMING.has(test) && !condition.values.some(value => /[*?$]/.test(value));
}

const NAMING: ReadonlySet<Test> = new Set(['StringEquals', 'StringEqualsIgnoreCase', 'StringLike', 'ArnLike']);
