import type { ProfileDetail } from '../../snapshot/shapes.ts';

type SessionPolicies = Pick<ProfileDetail, 'sessionPolicy' | 'managedPolicyArns'>;

/** The profile's inline session policy; empty text is the same as none. */
export function inlineSessionPolicy({ sessionPolicy }: SessionPolicies): string | undefined {
  const text = (sessionPolicy ?? '').trim();
  return text === '' ? undefined : text;
}

/** Whether the profile bounds its sessions; an empty list is the same as none. The profile alone tells. */
export function hasSessionPolicy(profile: SessionPolicies): boolean {
  return inlineSessionPolicy(profile) !== undefined || (profile.managedPolicyArns ?? []).length > 0;
}

/** What STS takes of characters of plain text and of managed policies (STS API, AssumeRole: Policy, PolicyArns). */
const MOST_CHARACTERS = 2048;
const MOST_MANAGED = 10;

/**
 * Why STS may refuse every session of the profile; undefined where it need not. Roles Anywhere stores 100,000 characters and
 * 50 managed policies (its service model) and hands them on to STS, whose limits are lower; what then happens is not
 * documented.
 */
export function whyRefused(profile: SessionPolicies): string | undefined {
  const characters = inlineSessionPolicy(profile)?.length ?? 0;
  const managed = profile.managedPolicyArns?.length ?? 0;
  if (managed > MOST_MANAGED)
    return `the profile has ${managed} managed session policies and STS takes ${MOST_MANAGED}: it may refuse every session`;
  if (characters > MOST_CHARACTERS)
    return `the session policy has ${characters} characters and STS takes ${MOST_CHARACTERS}: it may refuse every session`;
  return undefined;
}
