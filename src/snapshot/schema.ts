import * as v from 'valibot';
import type { CloudTrailRecord, PolicyDocument } from './shapes.ts';
import { SNAPSHOT_VERSION } from './snapshot.ts';

/**
 * What a saved snapshot must look like: the members Postern relies on, typed; every other member is kept as it came.
 * Lists may be absent, which says that nobody asked for them.
 */

const found = (expected: string) => (issue: { readonly input: unknown }) =>
  `expected ${expected}, found ${kindOf(issue.input)}`;

const text = v.string(found('a string'));
const flag = v.boolean(found('true or false'));
const count = v.pipe(v.number(found('a number')), v.finite(found('a finite number')));
const optional = <T extends v.GenericSchema>(schema: T) => v.optional(schema);
const listOf = <T extends v.GenericSchema>(item: T) => v.array(item, found('a list'));
const object = <T extends v.ObjectEntries>(entries: T) =>
  v.looseObject(entries, issue => (issue.expected === 'Object' ? found('an object')(issue) : 'is missing'));

const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);
const policyDocument = v.custom<PolicyDocument>(
  value => typeof value === 'string' || isObject(value),
  found('a policy (text or an object)'),
);
const record = v.custom<CloudTrailRecord>(isObject, found('a CloudTrail record (an object)'));

export const TrustAnchor = object({
  trustAnchorId: text,
  trustAnchorArn: text,
  name: text,
  enabled: flag,
  source: object({
    sourceType: text,
    sourceData: object({ x509CertificateData: optional(text), acmPcaArn: optional(text) }),
  }),
  createdAt: optional(text),
  updatedAt: optional(text),
  notificationSettings: optional(
    listOf(
      object({
        enabled: flag,
        event: text,
        threshold: optional(count),
        channel: optional(text),
        configuredBy: optional(text),
      }),
    ),
  ),
});

export const Profile = object({
  profileId: text,
  profileArn: text,
  name: text,
  enabled: flag,
  roleArns: listOf(text),
  createdBy: optional(text),
  sessionPolicy: optional(text),
  managedPolicyArns: optional(listOf(text)),
  durationSeconds: optional(count),
  requireInstanceProperties: optional(flag),
  acceptRoleSessionName: optional(flag),
  attributeMappings: optional(
    listOf(object({ certificateField: text, mappingRules: listOf(object({ specifier: text })) })),
  ),
  createdAt: optional(text),
  updatedAt: optional(text),
});

export const Crl = object({
  crlId: text,
  crlArn: text,
  name: text,
  enabled: flag,
  crlData: optional(text),
  trustAnchorArn: optional(text),
  createdAt: optional(text),
  updatedAt: optional(text),
});

export const Subject = object({
  subjectId: text,
  subjectArn: text,
  x509Subject: text,
  enabled: optional(flag),
  lastSeenAt: optional(text),
  createdAt: optional(text),
  updatedAt: optional(text),
  credentials: optional(
    listOf(
      object({
        seenAt: optional(text),
        serialNumber: optional(text),
        issuer: optional(text),
        enabled: optional(flag),
        x509CertificateData: optional(text),
        failed: optional(flag),
      }),
    ),
  ),
  instanceProperties: optional(listOf(v.unknown())),
});

export const CertificateAuthority = object({
  arn: text,
  certificate: optional(text),
  certificateChain: optional(text),
  status: optional(text),
  type: optional(text),
  usageMode: optional(text),
  ownerAccount: optional(text),
  missing: optional(flag),
});

export const ResourceTags = object({ resourceArn: text, tags: listOf(object({ key: text, value: text })) });

const inlinePolicies = optional(listOf(object({ PolicyName: text, PolicyDocument: policyDocument })));
const attachedPolicies = optional(listOf(object({ PolicyName: text, PolicyArn: text })));
const boundary = optional(object({ PermissionsBoundaryType: optional(text), PermissionsBoundaryArn: optional(text) }));
const iamTags = optional(listOf(object({ Key: text, Value: text })));

const Role = object({
  RoleName: text,
  Arn: text,
  RoleId: optional(text),
  Path: optional(text),
  CreateDate: optional(text),
  Description: optional(text),
  MaxSessionDuration: optional(count),
  AssumeRolePolicyDocument: optional(policyDocument),
  RolePolicyList: inlinePolicies,
  AttachedManagedPolicies: attachedPolicies,
  PermissionsBoundary: boundary,
  RoleLastUsed: optional(object({ LastUsedDate: optional(text), Region: optional(text) })),
  Tags: iamTags,
});

const User = object({
  UserName: text,
  Arn: text,
  UserId: optional(text),
  Path: optional(text),
  CreateDate: optional(text),
  UserPolicyList: inlinePolicies,
  GroupList: optional(listOf(text)),
  AttachedManagedPolicies: attachedPolicies,
  PermissionsBoundary: boundary,
  Tags: iamTags,
});

const Group = object({
  GroupName: text,
  Arn: text,
  GroupId: optional(text),
  Path: optional(text),
  CreateDate: optional(text),
  GroupPolicyList: inlinePolicies,
  AttachedManagedPolicies: attachedPolicies,
});

const Policy = object({
  Arn: text,
  PolicyName: text,
  PolicyId: optional(text),
  Path: optional(text),
  DefaultVersionId: optional(text),
  AttachmentCount: optional(count),
  IsAttachable: optional(flag),
  CreateDate: optional(text),
  UpdateDate: optional(text),
  PolicyVersionList: optional(
    listOf(
      object({
        VersionId: text,
        IsDefaultVersion: optional(flag),
        CreateDate: optional(text),
        Document: optional(policyDocument),
      }),
    ),
  ),
});

const Unread = object({ operation: text, resource: text, error: text, message: text });

const Region = object({
  name: text,
  trustAnchors: optional(listOf(TrustAnchor)),
  profiles: optional(listOf(Profile)),
  crls: optional(listOf(Crl)),
  subjects: optional(listOf(Subject)),
  tags: optional(listOf(ResourceTags)),
  events: optional(listOf(record)),
  certificateAuthorities: optional(listOf(CertificateAuthority)),
  eventsSince: optional(text),
  lookups: optional(listOf(object({ source: text, names: listOf(text) }))),
  unread: optional(listOf(Unread)),
  notAsked: optional(listOf(text)),
});

const Account = object({
  id: text,
  alias: optional(text),
  roles: optional(listOf(Role)),
  otherRoles: optional(listOf(Role)),
  users: optional(listOf(User)),
  groups: optional(listOf(Group)),
  policies: optional(listOf(Policy)),
  iamReadBy: optional(object({ strategy: v.picklist(['bulk', 'per-role']), reason: text })),
  unread: optional(listOf(Unread)),
  notAsked: optional(listOf(text)),
  regions: optional(listOf(Region)),
});

const instant = v.pipe(
  text,
  v.check(value => !Number.isNaN(Date.parse(value)), found('a time in ISO 8601')),
);

export const SnapshotSchema = object({
  postern: v.literal(SNAPSHOT_VERSION),
  takenAt: instant,
  accounts: listOf(Account),
});

export type LoadedSnapshot = v.InferOutput<typeof SnapshotSchema>;

function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `the ${typeof value} ${JSON.stringify(value)?.slice(0, 60)}`;
}
