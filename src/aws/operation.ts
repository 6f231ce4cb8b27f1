/**
 * One read-only AWS operation. `name` is `service:Operation`, which is also the IAM action that allows it. Operations of
 * one `family` share AWS's published limit of `perSecond` requests per account and region; `undefined` where AWS
 * publishes none.
 *
 * Roles Anywhere: one request a second for each of the trust anchor, profile, subject, tagging and CRL families (User
 * Guide, Quotas). CloudTrail LookupEvents: two a second (API reference).
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

/** An IAM operation: AWS publishes no rate. */
export function iam(operation: string): Operation {
  return { name: `iam:${operation}`, family: 'IAM', perSecond: undefined };
}
