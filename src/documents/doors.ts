import { letsInMore } from '../iam/compare/gates.ts';
import type { Gate } from '../iam/gate/gate.ts';
import type { Policy } from '../iam/policy.ts';
import { some, type Truth } from '../iam/truth.ts';
import type { CrlDetail, ProfileDetail, TrustAnchorDetail } from '../snapshot/shapes.ts';
import type { RegionSnapshot } from '../snapshot/snapshot.ts';
import { isComplete } from './context.ts';
import { gatesOf } from './gates.ts';
import { mappingsOf, type RoleFacts } from './iam.ts';

/** A trust anchor that is enabled, as certificates of its CA meet a path there. */
export interface Door {
  readonly anchor: TrustAnchorDetail;
  /** Undefined: the role's trust policy is not known. */
  readonly gate: Gate | undefined;
  /** Those in force. Undefined: not known. */
  readonly crls: readonly CrlDetail[] | undefined;
}

/** By what trust anchors certificates may get to a path. */
export interface Doors {
  readonly doors: readonly Door[];
  /** Whether these are all. */
  readonly complete: boolean;
  /** What the trust policy and what of the profile matters to it say; equal texts make equal gates. Undefined: not known. */
  readonly wording: string | undefined;
}

export const NO_DOORS: Doors = { doors: [], complete: true, wording: undefined };
export const UNKNOWN_DOORS: Doors = { doors: [], complete: false, wording: undefined };

export interface DoorsQuestion {
  readonly region: RegionSnapshot;
  readonly profile: ProfileDetail;
  /** Undefined: the role could not be read. */
  readonly facts: RoleFacts | undefined;
  readonly now: Date;
}

export function doorsOf({ region, profile, facts, now }: DoorsQuestion): Doors {
  const gateFor = facts && gatesOf({ profile, facts, now });
  const crls = isComplete(region, 'crls') ? region.crls.filter(crl => crl.enabled) : undefined;
  const doors = region.trustAnchors
    .filter(anchor => anchor.enabled)
    .map(anchor => ({
      anchor,
      gate: gateFor?.(anchor.trustAnchorArn),
      crls: crls?.filter(crl => crl.trustAnchorArn === anchor.trustAnchorArn),
    }));
  return { doors, complete: isComplete(region, 'trustAnchors'), wording: wordingOf(profile, facts?.trustPolicy) };
}

function wordingOf(profile: ProfileDetail, trust: Policy | undefined): string | undefined {
  return (
    trust && JSON.stringify([trust.statements, mappingsOf(profile) ?? null, profile.acceptRoleSessionName ?? null])
  );
}

/** Whether B lets in certificates that A keeps out, and why that is so or is not known. */
export interface Entrants {
  readonly newEntrants: Truth;
  readonly because: readonly string[];
  /** What it takes for granted. */
  readonly granted: readonly string[];
}

/** False is a proof, save for what is taken for granted. */
export function comparedDoors(a: Doors, b: Doors): Entrants {
  const each = b.doors.map(door => comparedDoor(door, b, a));
  const all = b.complete ? each : [...each, notKnown('the trust anchors of B are not all known')];
  return together(all);
}

function together(all: readonly Entrants[]): Entrants {
  return {
    newEntrants: some(all.map(({ newEntrants }) => newEntrants)),
    because: all.flatMap(({ because }) => because),
    granted: all.flatMap(({ granted }) => granted),
  };
}

export const NOBODY_NEW: Entrants = { newEntrants: false, because: [], granted: [] };

function notKnown(because: string): Entrants {
  return { newEntrants: undefined, because: [because], granted: [] };
}

function comparedDoor(door: Door, b: Doors, a: Doors): Entrants {
  const before = a.doors.find(each => each.anchor.trustAnchorArn === door.anchor.trustAnchorArn);
  if (door.gate?.open === false) return NOBODY_NEW;
  if (before === undefined) return newDoor(door, a);
  const changed = whatChanged(before, door);
  if (changed !== undefined) return notKnown(changed);
  const entrants = b.wording !== undefined && a.wording === b.wording ? NOBODY_NEW : comparedGates(before, door);
  return { ...entrants, granted: replacedLists(before, door) };
}

/** What else decides who comes to a gate, where it is not what it was. */
function whatChanged(before: Door, { anchor, crls }: Door): string | undefined {
  const name = nameOf(anchor);
  if (JSON.stringify(before.anchor.source) !== JSON.stringify(anchor.source)) return `${name} has another CA in B`;
  if (before.crls === undefined || crls === undefined) return `the revocation lists of ${name} are not known`;
  const lost = before.crls.filter(crl => !crls.some(({ crlArn }) => crlArn === crl.crlArn));
  return lost.length === 0 ? undefined : `${namesOf(lost)} revokes nothing of ${name} any more`;
}

/** What they list is not read. */
function replacedLists(before: Door, { anchor, crls = [] }: Door): readonly string[] {
  const replaced = crls.filter(crl =>
    before.crls?.some(each => each.crlArn === crl.crlArn && each.crlData !== crl.crlData),
  );
  if (replaced.length === 0) return [];
  return [`${namesOf(replaced)} was replaced, and is taken to revoke no less of ${nameOf(anchor)} than before.`];
}

function namesOf(crls: readonly CrlDetail[]): string {
  return crls.map(({ name }) => name).join(', ');
}

function newDoor({ anchor, gate }: Door, a: Doors): Entrants {
  const name = nameOf(anchor);
  if (!a.complete) return notKnown(`whether A lets anybody in by ${name} is not known`);
  if (gate === undefined) return notKnown("the role's trust policy is not known");
  return {
    newEntrants: gate.open === true ? true : undefined,
    because: [`A lets nobody in by ${name}; B lets in ${gate.says}`],
    granted: [],
  };
}

function comparedGates({ gate: before }: Door, { anchor, gate: after }: Door): Entrants {
  if (before === undefined || after === undefined) return notKnown("the role's trust policy is not known");
  const newEntrants = letsInMore(before, after);
  if (newEntrants === false) return NOBODY_NEW;
  const because = `by ${nameOf(anchor)} A lets in ${before.says}; B lets in ${after.says}`;
  return { newEntrants, because: [because], granted: [] };
}

function nameOf({ name, trustAnchorArn }: TrustAnchorDetail): string {
  return `${name} (${trustAnchorArn})`;
}
