import { createHash } from 'node:crypto';
import { onlyFrom, policyText, rolesAnywhereTrust } from '../../mocks/build/trust-policies.ts';
import { type Authority, type Certificate, rootAuthority } from '../../mocks/pki/authority.ts';
import { DEFAULTS, type Settings } from '../../src/settings/settings.ts';
import type {
  CrlDetail,
  ProfileDetail,
  RoleDetail,
  SubjectDetail,
  TrustAnchorDetail,
} from '../../src/snapshot/shapes.ts';
import type { AccountSnapshot, RegionSnapshot, Snapshot } from '../../src/snapshot/snapshot.ts';

export const ID = '111122223333';
export const REGION = 'eu-west-1';
export const NOW = new Date('2026-11-24T00:00:00Z');
const IN_REGION = `arn:aws:rolesanywhere:${REGION}:${ID}`;

export const daysAgo = (days: number): Date => new Date(NOW.getTime() - days * 86_400_000);
export const daysAhead = (days: number): Date => daysAgo(-days);

export const ROOT: Authority = rootAuthority({
  subject: [
    ['O', 'Example'],
    ['CN', 'Example Root CA'],
  ],
  notBefore: daysAgo(1000),
  notAfter: daysAhead(2500),
});
export const ISSUING: Authority = ROOT.subordinate({
  subject: [
    ['O', 'Example'],
    ['CN', 'Example Issuing CA'],
  ],
  notBefore: daysAgo(400),
  notAfter: daysAhead(1400),
  pathLength: 0,
});
export const HOST: Certificate = ISSUING.issue({
  subject: [
    ['O', 'Example'],
    ['CN', 'host-1'],
  ],
  notBefore: daysAgo(20),
  notAfter: daysAhead(70),
});

export const ANCHOR: TrustAnchorDetail = {
  trustAnchorId: '6e0b4f4e-1111-4c58-8f00-000000000001',
  trustAnchorArn: `${IN_REGION}:trust-anchor/6e0b4f4e-1111-4c58-8f00-000000000001`,
  name: 'issuing',
  enabled: true,
  source: { sourceType: 'CERTIFICATE_BUNDLE', sourceData: { x509CertificateData: ISSUING.pem } },
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-02T00:00:00Z',
  notificationSettings: ['CA_CERTIFICATE_EXPIRY', 'END_ENTITY_CERTIFICATE_EXPIRY'].map(event => ({
    event,
    enabled: true,
    threshold: 45,
    channel: 'ALL',
    configuredBy: 'rolesanywhere.amazonaws.com',
  })),
};

export const CRL: CrlDetail = {
  crlId: '6e0b4f4e-2222-4c58-8f00-000000000001',
  crlArn: `${IN_REGION}:crl/6e0b4f4e-2222-4c58-8f00-000000000001`,
  name: 'issuing-crl',
  enabled: true,
  crlData: ISSUING.crl({
    number: 7,
    thisUpdate: daysAgo(1),
    nextUpdate: daysAhead(6),
    revoked: [{ serial: '1234567890abcdef', at: daysAgo(40) }],
  }).toString('base64'),
  trustAnchorArn: ANCHOR.trustAnchorArn,
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-11-23T00:00:00Z',
};

export const ROLE: RoleDetail = {
  RoleName: 'reader',
  Arn: `arn:aws:iam::${ID}:role/reader`,
  RoleId: 'AROAEXAMPLE',
  Path: '/',
  CreateDate: '2026-01-01T00:00:00Z',
  MaxSessionDuration: 3600,
  AssumeRolePolicyDocument: rolesAnywhereTrust(pinned()),
  RolePolicyList: [
    {
      PolicyName: 'read',
      PolicyDocument: policyText([
        { Effect: 'Allow', Action: ['s3:GetObject', 's3:GetObjectTagging'], Resource: 'arn:aws:s3:::example-in/*' },
      ]),
    },
  ],
  AttachedManagedPolicies: [],
  RoleLastUsed: { LastUsedDate: '2026-11-23T00:00:00Z', Region: REGION },
  Tags: [],
};

export const PROFILE: ProfileDetail = {
  profileId: '6e0b4f4e-3333-4c58-8f00-000000000001',
  profileArn: `${IN_REGION}:profile/6e0b4f4e-3333-4c58-8f00-000000000001`,
  name: 'readers',
  enabled: true,
  roleArns: [ROLE.Arn],
  createdBy: `arn:aws:iam::${ID}:user/ann`,
  sessionPolicy: policyText([{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::example-in/*' }]),
  managedPolicyArns: [],
  durationSeconds: 3600,
  requireInstanceProperties: false,
  acceptRoleSessionName: false,
  attributeMappings: [
    { certificateField: 'x509Issuer', mappingRules: [{ specifier: '*' }] },
    { certificateField: 'x509SAN', mappingRules: ['DNS', 'URI', 'Name/*'].map(specifier => ({ specifier })) },
    { certificateField: 'x509Subject', mappingRules: [{ specifier: '*' }] },
  ],
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-02T00:00:00Z',
};

export const SUBJECT: SubjectDetail = {
  subjectId: '6e0b4f4e-4444-4c58-8f00-000000000001',
  subjectArn: `${IN_REGION}:subject/6e0b4f4e-4444-4c58-8f00-000000000001`,
  x509Subject: 'CN=host-1,O=Example',
  enabled: true,
  lastSeenAt: '2026-11-23T00:00:00Z',
  createdAt: '2026-11-05T00:00:00Z',
  updatedAt: '2026-11-23T00:00:00Z',
  credentials: [
    {
      seenAt: '2026-11-23T00:00:00Z',
      serialNumber: HOST.serial,
      issuer: 'CN=Example Issuing CA,O=Example',
      enabled: true,
      x509CertificateData: HOST.pem,
      failed: false,
    },
  ],
  instanceProperties: [],
};

/** One CA, one anchor, one role, one profile, one holder, all as they should be, and nothing else in the account. */
export const GOOD: AccountSnapshot = {
  id: ID,
  alias: 'example',
  roles: [ROLE],
  otherRoles: [],
  users: [],
  groups: [],
  policies: [],
  unread: [],
  notAsked: [],
  regions: [
    {
      name: REGION,
      trustAnchors: [ANCHOR],
      profiles: [PROFILE],
      crls: [CRL],
      subjects: [SUBJECT],
      tags: [],
      events: [],
      unread: [],
      notAsked: [],
    },
  ],
};

/** The CA is one that the account is meant to have. */
export const SETTINGS: Settings = {
  ...DEFAULTS,
  lists: { ...DEFAULTS.lists, allowed_cas: [fingerprint(ISSUING)] },
};

/** One anchor, one subject of one issuer. */
export function pinned() {
  const { ArnEquals, StringEquals } = onlyFrom(ANCHOR.trustAnchorArn, 'host-1');
  return {
    ArnEquals: ArnEquals!,
    StringEquals: { ...StringEquals, 'aws:PrincipalTag/x509Issuer/CN': 'Example Issuing CA' },
  };
}

export function withRole(account: AccountSnapshot, change: Partial<RoleDetail>): AccountSnapshot {
  return { ...account, roles: account.roles.map(role => ({ ...role, ...change })) };
}

export function withProfile(account: AccountSnapshot, change: Partial<ProfileDetail>): AccountSnapshot {
  return inRegion(account, ({ profiles }) => ({ profiles: profiles.map(profile => ({ ...profile, ...change })) }));
}

export function withAnchor(account: AccountSnapshot, change: Partial<TrustAnchorDetail>): AccountSnapshot {
  return inRegion(account, ({ trustAnchors }) => ({
    trustAnchors: trustAnchors.map(anchor => ({ ...anchor, ...change })),
  }));
}

export function withCrl(account: AccountSnapshot, change: Partial<CrlDetail>): AccountSnapshot {
  return inRegion(account, ({ crls }) => ({ crls: crls.map(crl => ({ ...crl, ...change })) }));
}

export function withSubject(account: AccountSnapshot, change: Partial<SubjectDetail>): AccountSnapshot {
  return inRegion(account, ({ subjects }) => ({ subjects: subjects.map(subject => ({ ...subject, ...change })) }));
}

/** Changes the members of every region that `change` names. */
export function inRegion(
  account: AccountSnapshot,
  change: (region: RegionSnapshot) => Partial<RegionSnapshot>,
): AccountSnapshot {
  return { ...account, regions: account.regions.map(region => ({ ...region, ...change(region) })) };
}

export function snapshotOf(accounts: AccountSnapshot | readonly AccountSnapshot[]): Snapshot {
  const all = 'id' in accounts ? [accounts] : accounts;
  return { postern: 'snapshot/1', takenAt: NOW.toISOString(), accounts: all };
}

export function fingerprint({ der }: Pick<Certificate, 'der'>): string {
  return createHash('sha256').update(der).digest('hex');
}
