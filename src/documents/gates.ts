import type { Meeting } from '../iam/gate/kinds.ts';
import { type Gates, gatesPerAnchor } from '../iam/gate/perAnchor.ts';
import type { ProfileDetail } from '../snapshot/shapes.ts';
import { mappingsOf, type RoleFacts } from './iam.ts';

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
