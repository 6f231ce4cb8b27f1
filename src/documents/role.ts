import type { TrustFacts } from '../iam/trust.ts';
import type { ProfileDetail, RoleDetail } from '../snapshot/shapes.ts';
import type { AccountSnapshot, RegionSnapshot } from '../snapshot/snapshot.ts';
import { accessFacts, escalationFacts, lateralFacts } from './access.ts';
import { accountFacts, hasAllRegions, isComplete } from './context.ts';
import type { Document } from './document.ts';
import { bodyOf, type Facts, orUnknown, partly, UNKNOWN } from './facts.ts';
import { type Iam, type RoleFacts, tagPairs } from './iam.ts';
import { hasAttachedPolicies, hasInlinePolicies, knowsBoundary, lintFacts, policiesForAll } from './layers.ts';
import { tagFields } from './tags.ts';

export function roleDocument(account: AccountSnapshot, facts: RoleFacts, iam: Iam): Document {
  const { role } = facts;
  const kind = 'role';
  const fields: Facts = {
    ...identityFacts(role),
    ...usageFacts(facts),
    ...permissionFacts(facts),
    access: accessFacts(facts.access),
    escalation: escalationFacts(facts.access),
    lateral: lateralFacts(facts.access),
    trust: facts.trust === undefined ? UNKNOWN : trustFields(facts.trust),
    ...doorFacts(account, role.Arn),
    ...tagFields(tagPairs(role)),
  };
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
    service_linked: role.Arn.includes(':role/aws-service-role/'),
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
    policy_lints: lintFacts(layers),
    admin: orUnknown(admin.truth),
    admin_by: admin.truth === undefined ? partly([]) : admin.truth ? policiesForAll(layers) : [],
  };
}

function trustFields(trust: TrustFacts): Facts {
  return {
    rolesanywhere: orUnknown(trust.rolesAnywhere),
    actions_missing: orUnknown(trust.actionsMissing),
    unconditioned: orUnknown(trust.unconditioned),
    condition_keys: trust.conditionKeys,
    statements: trust.statements,
    other_principals: trust.otherPrincipals,
  };
}

/** The profiles that list the role, over all regions that were read, and whether one of them is a way in today. */
function doorFacts(account: AccountSnapshot, arn: string): Facts {
  const complete = hasAllRegions(account) && account.regions.every(region => isComplete(region, 'profiles'));
  const listing = account.regions.flatMap(region => profilesListing(region, arn));
  const enabled = listing.filter(profile => profile.enabled);
  const list = (values: readonly string[]) => (complete ? [...values].sort() : partly([...values].sort()));
  return {
    profiles: {
      arn: list(listing.map(profile => profile.profileArn)),
      name: list(listing.map(profile => profile.name)),
      enabled_arn: list(enabled.map(profile => profile.profileArn)),
      enabled_count: complete ? enabled.length : UNKNOWN,
    },
    reachable: orUnknown(reachable(account, arn)),
  };
}

/** A profile and a trust anchor work together only in the same account and region (user guide, "Trust model"). */
function reachable(account: AccountSnapshot, arn: string): boolean | undefined {
  const answers = account.regions.map(region => reachableIn(region, arn));
  if (answers.includes(true)) return true;
  return answers.includes(undefined) || !hasAllRegions(account) ? undefined : false;
}

function reachableIn(region: RegionSnapshot, arn: string): boolean | undefined {
  const profile =
    profilesListing(region, arn).some(each => each.enabled) || (isComplete(region, 'profiles') ? false : undefined);
  const anchor =
    region.trustAnchors.some(each => each.enabled) || (isComplete(region, 'trustAnchors') ? false : undefined);
  if (profile === false || anchor === false) return false;
  return profile === undefined || anchor === undefined ? undefined : true;
}

function profilesListing(region: RegionSnapshot, arn: string): readonly ProfileDetail[] {
  return region.profiles.filter(profile => profile.roleArns.includes(arn));
}
