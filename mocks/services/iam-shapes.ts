import type { Group, Policy, PolicyVersion, Role, User } from '../account.ts';
import { wellFormed, type Xml } from '../wire/xml.ts';

/** IAM's shapes (API 2010-05-08), which differ by operation: what ListRoles and RoleDetail leave out is left out here. */
export interface Attachments {
  readonly attached: number;
  readonly boundary: number;
}

/** GetRole's Role: everything but the policies. */
export function role(from: Role): Xml {
  return {
    ...(listedRole(from) as { readonly [name: string]: Xml }),
    PermissionsBoundary: boundary(from),
    RoleLastUsed: lastUsed(from),
    Tags: from.tags.length === 0 ? undefined : from.tags.map(tag => ({ ...tag })),
  };
}

/** ListRoles' Role: without boundary, tags and last use. */
export function listedRole(from: Role): Xml {
  return {
    ...named('Role', from),
    CreateDate: seconds(from.createdAt),
    AssumeRolePolicyDocument: encoded(from.trustPolicy),
    Description: from.description,
    MaxSessionDuration: from.maxSessionDuration,
  };
}

/** GetAccountAuthorizationDetails' RoleDetail: with all policies, without MaxSessionDuration and Description. */
export function roleDetail(from: Role): Xml {
  return {
    ...named('Role', from),
    CreateDate: seconds(from.createdAt),
    AssumeRolePolicyDocument: encoded(from.trustPolicy),
    InstanceProfileList: [],
    RolePolicyList: inline(from.inline),
    AttachedManagedPolicies: from.attached.map(attached),
    PermissionsBoundary: boundary(from),
    Tags: from.tags.map(tag => ({ ...tag })),
    RoleLastUsed: lastUsed(from),
  };
}

export function userDetail(from: User): Xml {
  return {
    ...named('User', from),
    CreateDate: seconds(from.createdAt),
    ...(from.inline.length > 0 && { UserPolicyList: inline(from.inline) }),
    GroupList: from.groups,
    AttachedManagedPolicies: from.attached.map(attached),
    PermissionsBoundary: boundary(from),
    Tags: from.tags.map(tag => ({ ...tag })),
  };
}

export function groupDetail(from: Group): Xml {
  return {
    ...named('Group', from),
    CreateDate: seconds(from.createdAt),
    GroupPolicyList: inline(from.inline),
    AttachedManagedPolicies: from.attached.map(attached),
  };
}

export function attached(arn: string): Xml {
  return { PolicyName: arn.split('/').at(-1), PolicyArn: arn };
}

export function policy(from: Policy, attachments: Attachments): Xml {
  return { ...policyHead(from, attachments), Description: from.description, Tags: [] };
}

export function policyDetail(from: Policy, attachments: Attachments): Xml {
  return { ...policyHead(from, attachments), PolicyVersionList: from.versions.map(known => version(from, known)) };
}

export function version(of: Policy, from: PolicyVersion): Xml {
  return {
    Document: encoded(from.document),
    VersionId: from.id,
    IsDefaultVersion: from.id === of.defaultVersion,
    CreateDate: seconds(from.createdAt),
  };
}

/** IAM hands policy documents out URL-encoded after RFC 3986: `+` is a plus, a space is `%20`. */
export function encoded(document: string): string {
  return encodeURIComponent(wellFormed(document)).replace(
    /[!'()*]/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function policyHead(
  from: Policy,
  { attached: AttachmentCount, boundary: PermissionsBoundaryUsageCount }: Attachments,
): { readonly [name: string]: Xml } {
  return {
    ...named('Policy', from),
    DefaultVersionId: from.defaultVersion,
    AttachmentCount,
    PermissionsBoundaryUsageCount,
    IsAttachable: true,
    CreateDate: seconds(from.createdAt),
    UpdateDate: seconds(from.updatedAt),
  };
}

function named(
  kind: 'Role' | 'User' | 'Group' | 'Policy',
  { path, name, id, arn }: { path: string; name: string; id: string; arn: string },
) {
  return { Path: path, [`${kind}Name`]: name, [`${kind}Id`]: id, Arn: arn };
}

function inline(policies: Role['inline']): Xml {
  return policies.map(({ name, document }) => ({ PolicyName: name, PolicyDocument: encoded(document) }));
}

function boundary({ boundary: arn }: Role | User): Xml {
  return arn === undefined ? undefined : { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: arn };
}

/** A role that nobody used in IAM's tracking period has the element, and nothing in it. */
function lastUsed({ lastUsed: used }: Role): Xml {
  return used === undefined ? {} : { LastUsedDate: seconds(used.at), Region: used.region };
}

const seconds = (at: string): string => `${at.slice(0, 19)}Z`;
