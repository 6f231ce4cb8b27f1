import { isServiceLinked } from '../../iam/arn.ts';
import type { RoleDetail } from '../../snapshot/shapes.ts';
import type { AccountSnapshot } from '../../snapshot/snapshot.ts';
import { accountFacts } from '../context.ts';
import type { Document } from '../document.ts';
import { bodyOf, type Facts, joined, later, orUnknown, partly, UNKNOWN } from '../facts.ts';
import type { KnownAnchors } from '../gates/knownAnchors.ts';
import { accessFacts, escalationFacts } from '../iam/access.ts';
import type { Everybody } from '../iam/everybody.ts';
import { type Iam, type RoleFacts, tagPairs } from '../iam/iam.ts';
import { hasAttachedPolicies, hasInlinePolicies, knowsBoundary, lintFacts, policiesForAll } from '../iam/layers.ts';
import { wayOnFacts } from '../iam/wayOn.ts';
import { ownX509Facts } from '../iam/x509Tags.ts';
import type { RoleSessions } from '../sessions/roleSessions.ts';
import { tagFields } from '../tags.ts';
import type { RoleListings } from './listings.ts';
import { trustFields } from './roleTrust.ts';

export interface RoleSetting {
  readonly iam: Iam;
  readonly everybody: Everybody | undefined;
  readonly listings: RoleListings;
  readonly sessions: RoleSessions;
  readonly anchors: KnownAnchors;
  /** When the snapshot was taken. */
  readonly now: Date;
}

export function roleDocument(account: AccountSnapshot, facts: RoleFacts, setting: RoleSetting): Document {
  const { role } = facts;
  const { iam, anchors, now } = setting;
  const listing = setting.listings(role.Arn);
  const { acceptsSessionName, unmapped } = listing;
  const kind = 'role';
  const fields = joined(
    identityFacts(role),
    usageFacts(facts),
    permissionFacts(facts),
    {
      access: later(() => accessFacts(facts.access)),
      escalation: later(() => escalationFacts(facts.access)),
      lateral: later(() => wayOnFacts(facts.access, iam)),
      trust: trustFields(facts, { anchors, acceptsSessionName, unmapped, now }),
    },
    listing.facts,
    { sessions: later(() => setting.sessions.ofRole(role.Arn)) },
    tagFields(tagPairs(role)),
    ownX509Facts(tagPairs(role), setting.everybody),
  );
  return {
    kind,
    resource: { kind, id: role.Arn, name: role.RoleName, account: account.id, region: 'global' },
    body: bodyOf({ kind, account: accountFacts(account), region: 'global', role: fields }),
  };
}

function identityFacts(role: RoleDetail): Facts {
  return {
    name: role.RoleName,
    arn: role.Arn,
    id: orUnknown(role.RoleId),
    path: orUnknown(role.Path),
    service_linked: isServiceLinked(role.Arn),
    created_at: orUnknown(role.CreateDate),
  };
}

/** A role that was never used has an empty RoleLastUsed; ListRoles leaves the member out. */
function usageFacts({ role }: RoleFacts): Facts {
  const used = role.RoleLastUsed;
  return {
    last_used_at: used === undefined ? UNKNOWN : used.LastUsedDate,
    last_used_region: used === undefined ? UNKNOWN : used.Region,
    max_session_duration: orUnknown(role.MaxSessionDuration),
  };
}

function permissionFacts({ role, unread, layers, access: { admin } }: RoleFacts): Facts {
  const attached = (role.AttachedManagedPolicies ?? []).map(policy => policy.PolicyArn).sort();
  const inline = (role.RolePolicyList ?? []).map(policy => policy.PolicyName).sort();
  return {
    permissions_boundary: knowsBoundary(role, unread) ? role.PermissionsBoundary?.PermissionsBoundaryArn : UNKNOWN,
    attached_policies: hasAttachedPolicies(role, unread) ? attached : partly(attached),
    inline_policies: hasInlinePolicies(role, unread) ? inline : partly(inline),
    policy_lints: later(() => lintFacts(layers)),
    admin: orUnknown(admin.truth),
    admin_by: admin.truth === undefined ? partly([]) : admin.truth ? policiesForAll(layers) : [],
  };
}
