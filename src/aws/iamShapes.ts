import type {
  Policy,
  Role,
  GroupDetail as SdkGroupDetail,
  ManagedPolicyDetail as SdkPolicyDetail,
  RoleDetail as SdkRoleDetail,
  UserDetail as SdkUserDetail,
} from '@aws-sdk/client-iam';
import { compare } from '../snapshot/compare.ts';
import type { GroupDetail, InlinePolicy, ManagedPolicyDetail, RoleDetail, UserDetail } from '../snapshot/shapes.ts';
import { UnreadableReply } from './failure.ts';
import { decodedPolicy } from './policyText.ts';

/** A role in the snapshot's shape: documents as text, times as ISO 8601, lists in order. Throws UnreadableReply for what is none. */
export function roleDetail(role: Role | SdkRoleDetail): RoleDetail {
  if (role.Arn === undefined || role.RoleName === undefined) throw new UnreadableReply('a role has no ARN or name');
  const { PermissionsBoundary: boundary, RoleLastUsed: lastUsed, AssumeRolePolicyDocument: trust } = role;
  return withoutUndefined({
    RoleName: role.RoleName,
    Arn: role.Arn,
    RoleId: role.RoleId,
    Path: role.Path,
    CreateDate: role.CreateDate?.toISOString(),
    Description: 'Description' in role ? role.Description : undefined,
    MaxSessionDuration: 'MaxSessionDuration' in role ? role.MaxSessionDuration : undefined,
    AssumeRolePolicyDocument: trust === undefined ? undefined : decodedPolicy(trust),
    PermissionsBoundary: boundary === undefined ? undefined : withoutUndefined({ ...boundary }),
    RoleLastUsed:
      lastUsed === undefined
        ? undefined
        : withoutUndefined({ LastUsedDate: lastUsed.LastUsedDate?.toISOString(), Region: lastUsed.Region }),
    Tags: tagsOf(role.Tags),
    RolePolicyList: 'RolePolicyList' in role ? inlinePolicies(role.RolePolicyList) : undefined,
    AttachedManagedPolicies:
      'AttachedManagedPolicies' in role ? attachedPolicies(role.AttachedManagedPolicies) : undefined,
  });
}

/**
 * A user in the snapshot's shape. AWS leaves the list of inline policies out for one who has none, in the example of
 * GetAccountAuthorizationDetails' API reference too. Throws UnreadableReply for what is none.
 */
export function userDetail(user: SdkUserDetail): UserDetail {
  if (user.Arn === undefined || user.UserName === undefined) throw new UnreadableReply('a user has no ARN or name');
  const { PermissionsBoundary: boundary } = user;
  return withoutUndefined({
    UserName: user.UserName,
    Arn: user.Arn,
    UserId: user.UserId,
    Path: user.Path,
    CreateDate: user.CreateDate?.toISOString(),
    UserPolicyList: inlinePolicies(user.UserPolicyList ?? []),
    GroupList: (user.GroupList ?? []).toSorted(compare),
    AttachedManagedPolicies: attachedPolicies(user.AttachedManagedPolicies),
    PermissionsBoundary: boundary === undefined ? undefined : withoutUndefined({ ...boundary }),
    Tags: tagsOf(user.Tags),
  });
}

/** A group in the snapshot's shape. Throws UnreadableReply for what is none. */
export function groupDetail(group: SdkGroupDetail): GroupDetail {
  if (group.Arn === undefined || group.GroupName === undefined) throw new UnreadableReply('a group has no ARN or name');
  return withoutUndefined({
    GroupName: group.GroupName,
    Arn: group.Arn,
    GroupId: group.GroupId,
    Path: group.Path,
    CreateDate: group.CreateDate?.toISOString(),
    GroupPolicyList: inlinePolicies(group.GroupPolicyList ?? []),
    AttachedManagedPolicies: attachedPolicies(group.AttachedManagedPolicies),
  });
}

function tagsOf(tags: SdkRoleDetail['Tags']): RoleDetail['Tags'] {
  return tags?.map(({ Key, Value }) => ({ Key: Key ?? '', Value: Value ?? '' })).sort((a, b) => compare(a.Key, b.Key));
}

function inlinePolicies(list: SdkRoleDetail['RolePolicyList']): readonly InlinePolicy[] | undefined {
  return list
    ?.map(({ PolicyName, PolicyDocument }) => ({
      PolicyName: PolicyName ?? '',
      PolicyDocument: decodedPolicy(PolicyDocument ?? ''),
    }))
    .sort((a, b) => compare(a.PolicyName, b.PolicyName));
}

export function attachedPolicies(list: SdkRoleDetail['AttachedManagedPolicies']) {
  return (list ?? [])
    .flatMap(({ PolicyName, PolicyArn }) =>
      PolicyArn === undefined ? [] : [{ PolicyName: PolicyName ?? '', PolicyArn }],
    )
    .sort((a, b) => compare(a.PolicyArn, b.PolicyArn));
}

/** A managed policy in the snapshot's shape. Throws UnreadableReply for what is none. */
export function policyDetail(policy: Policy | SdkPolicyDetail): ManagedPolicyDetail {
  if (policy.Arn === undefined) throw new UnreadableReply('a policy has no ARN');
  return withoutUndefined({
    Arn: policy.Arn,
    PolicyName: policy.PolicyName ?? policy.Arn.slice(policy.Arn.lastIndexOf('/') + 1),
    PolicyId: policy.PolicyId,
    Path: policy.Path,
    DefaultVersionId: policy.DefaultVersionId,
    AttachmentCount: policy.AttachmentCount,
    IsAttachable: policy.IsAttachable,
    CreateDate: policy.CreateDate?.toISOString(),
    UpdateDate: policy.UpdateDate?.toISOString(),
    PolicyVersionList: 'PolicyVersionList' in policy ? policyVersions(policy.PolicyVersionList) : undefined,
  });
}

/** Newest first. */
export function policyVersions(list: SdkPolicyDetail['PolicyVersionList']): ManagedPolicyDetail['PolicyVersionList'] {
  return list
    ?.map(version =>
      withoutUndefined({
        VersionId: version.VersionId ?? '',
        IsDefaultVersion: version.IsDefaultVersion,
        CreateDate: version.CreateDate?.toISOString(),
        Document: version.Document === undefined ? undefined : decodedPolicy(version.Document),
      }),
    )
    .sort((a, b) => numberOf(b.VersionId) - numberOf(a.VersionId) || compare(a.VersionId, b.VersionId));
}

/** `v12` -> 12. */
function numberOf(version: string): number {
  return Number.parseInt(version.slice(1), 10) || 0;
}

/** An absent member rather than one that is undefined: a snapshot reads the same before and after it was saved. */
export function withoutUndefined<T extends object>(object: T): T {
  const copy = { ...object };
  for (const name of Object.keys(copy) as (keyof T)[]) if (copy[name] === undefined) delete copy[name];
  return copy;
}
