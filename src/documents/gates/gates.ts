import type { Gate } from '../../iam/gate/gate.ts';
import type { Meeting } from '../../iam/gate/kinds.ts';
import { anchorsToldApart, type Gates, gatesPerAnchor } from '../../iam/gate/perAnchor.ts';
import { groupedBy } from '../../lists.ts';
import { oncePer } from '../../memo/oncePer.ts';
import type { ProfileDetail, TrustAnchorDetail } from '../../snapshot/shapes.ts';
import { mappingsOf, type RoleFacts } from '../iam/iam.ts';

/** A path: a profile, and a role that it lists. */
export interface GatesQuestion {
  readonly profile: ProfileDetail;
  readonly facts: Pick<RoleFacts, 'trustPolicy'>;
  readonly now: Date;
}

/** Whom the role's trust policy lets in by each trust anchor, with what the profile hands on. Undefined: the policy is not known. */
export function gatesOf(question: GatesQuestion): Gates | undefined {
  const meeting = meetingOf(question);
  return meeting && gatesPerAnchor(meeting);
}

/** Undefined: the role's trust policy is not known. */
export function meetingOf({ profile, facts: { trustPolicy: trust }, now }: GatesQuestion): Meeting | undefined {
  const mappings = mappingsOf(profile);
  return trust && { trust, mappings, acceptsSessionName: profile.acceptRoleSessionName, now };
}

/** Trust anchors that share a gate. */
export interface Sharing {
  /** Undefined: the role's trust policy is not known. */
  readonly gate: Gate | undefined;
  /** Whether AWS takes certificates by one of them. */
  readonly inUse: boolean;
  /** One at least. */
  anchors(): readonly TrustAnchorDetail[];
}

/** Whether AWS takes certificates by a trust anchor: it is enabled, and a CA of it within its dates. Always the same function. */
export type Takes = (anchor: TrustAnchorDetail) => boolean;

export interface SharingQuestion extends GatesQuestion {
  readonly takes: Takes;
}

/** Trust anchors by their gates. Those that the trust policy does not tell apart are asked about together, however many they are. */
export function sharedGates(anchors: readonly TrustAnchorDetail[], question: SharingQuestion): readonly Sharing[] {
  const { facts, takes } = question;
  const gates = gatesOf(question);
  if (anchors.length === 0 || gates === undefined || facts.trustPolicy === undefined) return untold(anchors, takes);
  const named = anchorsToldApart(facts.trustPolicy);
  if (named === undefined)
    return gates.among(arnsOf(anchors)).map(({ gate, at }) => sharingOf(anchorsAt(anchors)(at()), gate, takes));
  const apart = new Set([...named].flatMap(name => byName(anchors).get(name) ?? []));
  const sharing = [...groupedBy([...apart], ({ trustAnchorArn }) => gates(trustAnchorArn))].map(([gate, those]) =>
    sharingOf(those, gate, takes),
  );
  const other = anchors.find(anchor => !apart.has(anchor));
  if (other === undefined) return sharing;
  return [...sharing, { gate: gates(other.trustAnchorArn), ...allBut(apart, anchors, takes) }];
}

/** Trust anchors of whose gates nothing is known. */
export function untold(anchors: readonly TrustAnchorDetail[], takes: Takes): readonly Sharing[] {
  return anchors.length === 0 ? [] : [sharingOf(anchors, undefined, takes)];
}

function sharingOf(anchors: readonly TrustAnchorDetail[], gate: Gate | undefined, takes: Takes): Sharing {
  return { gate, inUse: anchors.some(takes), anchors: () => anchors };
}

/** The others of many are found when somebody asks for them: each path has some. */
function allBut(
  apart: ReadonlySet<TrustAnchorDetail>,
  anchors: readonly TrustAnchorDetail[],
  takes: Takes,
): Omit<Sharing, 'gate'> {
  const inUse = [...apart].filter(takes).length < takingOf(takes)(anchors);
  return { inUse, anchors: () => anchors.filter(anchor => !apart.has(anchor)) };
}

/** How many of them take certificates. */
const takingOf = oncePer((takes: Takes) =>
  oncePer((anchors: readonly TrustAnchorDetail[]) => anchors.filter(takes).length),
);

const arnsOf = oncePer((anchors: readonly TrustAnchorDetail[]) => anchors.map(({ trustAnchorArn }) => trustAnchorArn));

/** The same list for the same places in the same list. */
const anchorsAt = oncePer((anchors: readonly TrustAnchorDetail[]) =>
  oncePer((at: readonly number[]) => at.map(each => anchors[each]!)),
);

const byName = oncePer((anchors: readonly TrustAnchorDetail[]) =>
  groupedBy(anchors, ({ trustAnchorArn }) => trustAnchorArn.toLowerCase()),
);
