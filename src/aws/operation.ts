/**
 * One read-only AWS operation. `name` is `service:Operation`, which is also the IAM action that allows it. Operations of
 * one `family` share `perSecond` requests for an account and region; `undefined` for what is called once or twice.
 *
 * Roles Anywhere: one request a second for each of the trust anchor, profile, subject, tagging and CRL families (User
 * Guide, Quotas). CloudTrail LookupEvents: two a second (API reference). IAM throttles and publishes no rate: ten a second
 * is ours.
 */
export interface Operation {
  readonly name: string;
  readonly family: string;
  readonly perSecond: number | undefined;
}

/** A Roles Anywhere operation: one request a second for the family. */
export function rolesAnywhere(operation: string, family: string): Operation {
  return { name: `rolesanywhere:${operation}`, family, perSecond: 1 };
}

/** An IAM operation: all of them together ten times a second. */
export function iam(operation: string): Operation {
  return { name: `iam:${operation}`, family: 'IAM', perSecond: 10 };
}
