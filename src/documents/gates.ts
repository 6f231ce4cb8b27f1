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
export function gatesOf({ profile, facts: { trustPolicy: trust }, now }: GatesQuestion): Gates | undefined {
  const mappings = mappingsOf(profile);
  return trust && gatesPerAnchor({ trust, mappings, acceptsSessionName: profile.acceptRoleSessionName, now });
}
