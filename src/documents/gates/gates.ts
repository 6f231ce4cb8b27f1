import type { Gate } from '../../iam/gate/gate.ts';
import type { Meeting } from '../../iam/gate/kinds.ts';
import { anchorsToldApart, type Gates, gatesPerAnchor } from '../../iam/gate/perAnchor.ts';
import { oncePer } from '../../memo/oncePer.ts';
import type { ProfileDetail, TrustAnchorDetail } from '../../snapshot/shapes.ts';
import { groupedBy } from '../grouped.ts';
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
  /** One at least. */
  readonly anchors: readonly TrustAnchorDetail[];
}

/** Trust anchors by their gates. Those that the trust policy does not tell apart are asked about together, however many they are. */
export function sharedGates(anchors: readonly TrustAnchorDetail[], question: GatesQuestion): readonly Sharing[] {
  const { trustPolicy } = question.facts;
  const gateFor = gatesOf(question);
  if (anchors.length === 0 || gateFor === undefined || trustPolicy === undefined) return untold(anchors);
  const named = anchorsToldApart(trustPolicy);
  const apart = new Set(named === undefined ? anchors : [...named].flatMap(name => byName(anchors).get(name) ?? []));
  const others = anchors.filter(anchor => !apart.has(anchor));
  const byGate = new Map(groupedBy([...apart], ({ trustAnchorArn }) => gateFor(trustAnchorArn)));
  if (others.length > 0) {
    const gate = gateFor(others[0]!.trustAnchorArn);
    byGate.set(gate, [...(byGate.get(gate) ?? []), ...others]);
  }
  return [...byGate].map(([gate, sharing]) => ({ gate, anchors: sharing }));
}

/** Trust anchors of whose gates nothing is known. */
export function untold(anchors: readonly TrustAnchorDetail[]): readonly Sharing[] {
  return anchors.length === 0 ? [] : [{ gate: undefined, anchors }];
}

const byName = oncePer((anchors: readonly TrustAnchorDetail[]) =>
  groupedBy(anchors, ({ trustAnchorArn }) => trustAnchorArn.toLowerCase()),
);
