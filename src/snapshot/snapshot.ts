import type { EventLookup } from './lookups.ts';
import type {
  CertificateAuthorityDetail,
  CloudTrailRecord,
  CrlDetail,
  GroupDetail,
  ManagedPolicyDetail,
  ProfileDetail,
  ResourceTags,
  RoleDetail,
  SubjectDetail,
  TrustAnchorDetail,
  UserDetail,
} from './shapes.ts';

export const SNAPSHOT_VERSION = 'snapshot/1';

/** Everything Postern knows of one or more accounts at one time, and what it could not read. */
export interface Snapshot {
  readonly postern: typeof SNAPSHOT_VERSION;
  /** ISO 8601, UTC. */
  readonly takenAt: string;
  readonly accounts: readonly AccountSnapshot[];
}

export interface AccountSnapshot {
  readonly id: string;
  readonly alias?: string | undefined;
  /** The roles that profiles name and those whose trust policy names Roles Anywhere. */
  readonly roles: readonly RoleDetail[];
  /**
   * All other roles of the account: where a session may go on to. There only when they are all of them; with their policies
   * where they were read in bulk.
   */
  readonly otherRoles?: readonly RoleDetail[] | undefined;
  /** All users and groups of the account, with their policies. There only where they were read in bulk, to the end. */
  readonly users?: readonly UserDetail[] | undefined;
  readonly groups?: readonly GroupDetail[] | undefined;
  readonly policies: readonly ManagedPolicyDetail[];
  /** How roles were read, and why so: recorded because it decides what the request count was. */
  readonly iamReadBy?: { readonly strategy: 'bulk' | 'per-role'; readonly reason: string };
  readonly unread: readonly Unread[];
  /** Members that nobody asked AWS for. In a file, a list that is absent. */
  readonly notAsked: readonly AccountMember[];
  readonly regions: readonly RegionSnapshot[];
}

export interface RegionSnapshot {
  readonly name: string;
  readonly trustAnchors: readonly TrustAnchorDetail[];
  readonly profiles: readonly ProfileDetail[];
  readonly crls: readonly CrlDetail[];
  readonly subjects: readonly SubjectDetail[];
  /** One entry for each resource whose tags were read; a resource without an entry was not asked for. */
  readonly tags: readonly ResourceTags[];
  readonly events: readonly CloudTrailRecord[];
  /** The private CAs that trust anchors name and that exist; absent: nobody asked for them. */
  readonly certificateAuthorities?: readonly CertificateAuthorityDetail[];
  /** ISO 8601: events before this were not asked for. */
  readonly eventsSince?: string;
  /** Other events were not asked for; absent: all that there are were. */
  readonly lookups?: readonly EventLookup[];
  readonly unread: readonly Unread[];
  readonly notAsked: readonly RegionMember[];
}

/** `regions`: there are more than those in the snapshot, because the user named some or the rest is still to come. */
export type AccountMember = 'roles' | 'policies' | 'regions';
export type RegionMember = 'trustAnchors' | 'profiles' | 'crls' | 'subjects' | 'tags' | 'events';

/**
 * A call that failed. `operation` is `service:Operation` (`iam:GetRole`); `resource` is the ARN or name that was asked
 * for, `*` for a list; `error` is AWS's error code, or the network's (`ECONNREFUSED`).
 */
export interface Unread {
  readonly operation: string;
  readonly resource: string;
  readonly error: string;
  readonly message: string;
}
