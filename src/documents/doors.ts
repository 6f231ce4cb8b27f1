import { letsInMore } from '../iam/compare/gates.ts';
import type { Gate } from '../iam/gate/gate.ts';
import { gatesPerAnchor } from '../iam/gate/perAnchor.ts';
import { some, type Truth } from '../iam/truth.ts';
import type { CrlDetail, ProfileDetail, TrustAnchorDetail } from '../snapshot/shapes.ts';
import type { RegionSnapshot } from '../snapshot/snapshot.ts';
import { isComplete } from './context.ts';
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
  /** What the trust policy and the profile's mappings say; equal texts make equal gates. Undefined: not known. */
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
  const trust = facts?.trustPolicy;
  const mappings = mappingsOf(profile);
  const gateFor = trust && gatesPerAnchor({ trust, mappings, now });
  const crls = isComplete(region, 'crls') ? region.crls.filter(crl => crl.enabled) : undefined;
  const doors = region.trustAnchors
    .filter(anchor => anchor.enabled)
    .map(anchor => ({
      anchor,
      gate: gateFor?.(anchor.trustAnchorArn),
      crls: crls?.filter(crl => crl.trustAnchorArn === anchor.trustAnchorArn),
    }));
  const wording = trust && JSON.stringify([trust.statements, mappings ?? null]);
  return { doors, complete: isComplete(region, 'trustAnchors'), wording };
}

/** Whether B lets in certificates that A keeps out, and why that is so or is not known. */
export interface Entrants {
  readonly newEntrants: Truth;
  readonly because: readonly string[];
}

/** False is a proof, but for what other revocation lists than before revoke. */
export function comparedDoors(a: Doors, b: Doors): Entrants {
  const each = b.doors.map(door => comparedDoor(door, b, a));
  const all = b.complete ? each : [...each, notKnown('the trust anchors of B are not all known')];
  return {
    newEntrants: some(all.map(entrants => entrants.newEntrants)),
    because: all.flatMap(({ because }) => because),
  };
}

const NOBODY_NEW: Entrants = { newEntrants: false, because: [] };

function notKnown(because: string): Entrants {
  return { newEntrants: undefined, because: [because] };
}

function comparedDoor(door: Door, b: Doors, a: Doors): Entrants {
  const { anchor, gate } = door;
  if (gate?.open === false) return NOBODY_NEW;
  const before = a.doors.find(each => each.anchor.trustAnchorArn === anchor.trustAnchorArn);
  if (before === undefined) return newDoor(door, a);
  const name = nameOf(anchor);
  if (JSON.stringify(before.anchor.source) !== JSON.stringify(anchor.source))
    return notKnown(`${name} has another CA in B`);
  if (before.crls === undefined || door.crls === undefined)
    return notKnown(`the revocation lists of ${name} are not known`);
  const lost = before.crls.filter(crl => !door.crls!.some(({ crlArn }) => crlArn === crl.crlArn));
  if (lost.length > 0) return notKnown(`${lost.map(crl => crl.name).join(', ')} revokes nothing of ${name} any more`);
  if (b.wording !== undefined && a.wording === b.wording) return NOBODY_NEW;
  if (before.gate === undefined || gate === undefined) return notKnown("the role's trust policy is not known");
  return comparedGates(before.gate, gate, name);
}

function newDoor({ anchor, gate }: Door, a: Doors): Entrants {
  const name = nameOf(anchor);
  if (!a.complete) return notKnown(`whether A lets anybody in by ${name} is not known`);
  if (gate === undefined) return notKnown("the role's trust policy is not known");
  return {
    newEntrants: gate.open === true ? true : undefined,
    because: [`A lets nobody in by ${name}; B lets in ${gate.says}`],
  };
}

function comparedGates(before: Gate, after: Gate, name: string): Entrants {
  const newEntrants = letsInMore(before, after);
  if (newEntrants === false) return NOBODY_NEW;
  return { newEntrants, because: [`by ${name} A lets in ${before.says}; B lets in ${after.says}`] };
}

function nameOf({ name, trustAnchorArn }: TrustAnchorDetail): string {
  return `${name} (${trustAnchorArn})`;
}
