import { rootAuthority } from '../../mocks/pki/authority.ts';
import type { Document, DocumentKind, JsonObject } from '../../src/documents/document.ts';
import { documentsOf } from '../../src/documents/documents.ts';
import { unknownIn } from '../../src/documents/path.ts';
import type { Settings } from '../../src/settings/settings.ts';
import type { ProfileDetail, RoleDetail, TrustAnchorDetail } from '../../src/snapshot/shapes.ts';
import type { AccountSnapshot, RegionSnapshot, Snapshot, Unread } from '../../src/snapshot/snapshot.ts';

export const ACCOUNT = '111122223333';
export const REGION = 'eu-west-1';
/** The CA behind the trust anchor, as AWS Private CA has it. */
const PRIVATE_CA = 'arn:aws:acm-pca:x';
const CA = rootAuthority({
  subject: [['CN', 'Plant CA']],
  notBefore: new Date('2025-01-01T00:00:00Z'),
  notAfter: new Date('2035-01-01T00:00:00Z'),
});
const IN_REGION = `arn:aws:rolesanywhere:${REGION}:${ACCOUNT}`;

/** That of a trust anchor whose CA has expired. */
export const ENDED_CA = {
  sourceType: 'CERTIFICATE_BUNDLE',
  sourceData: {
    x509CertificateData: rootAuthority({
      subject: [['CN', 'Old CA']],
      notBefore: new Date('2020-01-01T00:00:00Z'),
      notAfter: new Date('2026-11-01T00:00:00Z'),
    }).pem,
  },
};

/** That of a trust anchor whose CA nobody read. */
export const UNREAD_CA = { sourceType: 'AWS_ACM_PCA', sourceData: { acmPcaArn: 'arn:aws:acm-pca:y' } };

export const roleArn = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;

export const OPEN_TRUST = {
  Statement: {
    Effect: 'Allow',
    Principal: { Service: 'rolesanywhere.amazonaws.com' },
    Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
  },
};
export const EVERYTHING = { Statement: { Effect: 'Allow', Action: '*', Resource: '*' } };

export function anchor(rest: Partial<TrustAnchorDetail> = {}): TrustAnchorDetail {
  return {
    trustAnchorId: 'a1',
    trustAnchorArn: `${IN_REGION}:trust-anchor/a1`,
    name: 'plant',
    enabled: true,
    source: { sourceType: 'AWS_ACM_PCA', sourceData: { acmPcaArn: PRIVATE_CA } },
    createdAt: '2026-01-01T00:00:00Z',
    updatedAt: '2026-01-02T00:00:00Z',
    notificationSettings: [],
    ...rest,
  };
}

export function profile(rest: Partial<ProfileDetail> = {}): ProfileDetail {
  return {
    profileId: 'p1',
    profileArn: `${IN_REGION}:profile/p1`,
    name: 'hosts',
    enabled: true,
    roleArns: [roleArn('host')],
    createdBy: `arn:aws:iam::${ACCOUNT}:user/ann`,
    durationSeconds: 3600,
    requireInstanceProperties: false,
    acceptRoleSessionName: false,
    attributeMappings: [],
    createdAt: '2026-01-01T00:00:00Z',
    updatedAt: '2026-01-02T00:00:00Z',
    ...rest,
  };
}

export function role(name: string, rest: Partial<RoleDetail> = {}): RoleDetail {
  return {
    RoleName: name,
    Arn: roleArn(name),
    RoleId: 'AROA',
    Path: '/',
    CreateDate: '2026-01-01T00:00:00Z',
    MaxSessionDuration: 3600,
    AssumeRolePolicyDocument: OPEN_TRUST,
    RolePolicyList: [],
    AttachedManagedPolicies: [],
    RoleLastUsed: {},
    ...rest,
  };
}

export function region(rest: Partial<RegionSnapshot> = {}): RegionSnapshot {
  return {
    name: REGION,
    trustAnchors: [],
    profiles: [],
    crls: [],
    subjects: [],
    tags: [],
    certificateAuthorities: [{ arn: PRIVATE_CA, certificate: CA.pem, status: 'ACTIVE' }],
    events: [],
    unread: [],
    notAsked: [],
    ...rest,
  };
}

export function account(rest: Partial<AccountSnapshot> = {}): AccountSnapshot {
  return { id: ACCOUNT, roles: [], policies: [], unread: [], notAsked: [], regions: [], ...rest };
}

export function snapshot(...accounts: readonly AccountSnapshot[]): Snapshot {
  return { postern: 'snapshot/1', takenAt: '2026-11-24T00:00:00Z', accounts };
}

export function unread(operation: string, resource = '*'): Unread {
  return { operation, resource, error: 'AccessDenied', message: 'no' };
}

/** The first document of a kind, and what it does not know. */
export function about(
  kind: DocumentKind,
  of: AccountSnapshot | readonly AccountSnapshot[],
  settings?: Settings,
): { readonly facts: JsonObject; readonly unknown: readonly string[] } {
  const accounts = 'id' in of ? [of] : of;
  const document = documentsOf(snapshot(...accounts), { settings }).find(each => each.kind === kind) as Document;
  return { facts: (document.body[kind] ?? document.body) as JsonObject, unknown: unknownIn(document.body) };
}
