import type { ManagedPolicyDetail, ProfileDetail, RoleDetail, TrustAnchorDetail } from '../../src/snapshot/shapes.ts';
import { type RegionSnapshot, SNAPSHOT_VERSION, type Snapshot } from '../../src/snapshot/snapshot.ts';

const ACCOUNT = '111122223333';
const REGIONS = ['eu-west-1', 'us-east-1', 'ap-northeast-1', 'us-west-2'];
const NOW = '2026-11-24T00:00:00Z';

export interface Sizes {
  readonly anchors: number;
  readonly profiles: number;
  readonly roles: number;
  /** The CAs' certificates: each has a trust anchor in every region. */
  readonly authorities: readonly string[];
  /** How roles are held to trust anchors: each names one, or takes any of the account by a pattern. */
  readonly held: 'by name' | 'by pattern';
}

/**
 * An account as a large organisation has it: roles with a few shared policies, or one of their own that differs by the name of
 * what it is about; some that are administrators, or may become one; each with a trust policy of its own; profiles with one to
 * five roles. The same on every run, and of half the size the same mixture.
 */
export function largeAccount(sizes: Sizes): Snapshot {
  const anchors = counted(sizes.anchors, at => anchorOf(at, sizes.authorities));
  const roles = counted(sizes.roles, at =>
    roleOf(at, sizes.held === 'by name' ? anchors[at % anchors.length]!.trustAnchorArn : ANY_ANCHOR),
  );
  const profiles = counted(sizes.profiles, at => profileOf(at, roles));
  const regions = REGIONS.map((name, n): RegionSnapshot => {
    const own = <T>(all: readonly T[]) => all.filter((_, at) => at % REGIONS.length === n);
    const [trustAnchors, listed] = [own(anchors), own(profiles)];
    const named = [...trustAnchors.map(each => each.trustAnchorArn), ...listed.map(each => each.profileArn)];
    const tags = named.map(resourceArn => ({ resourceArn, tags: [{ key: 'team', value: 'platform' }] }));
    return { name, trustAnchors, profiles: listed, crls: [], subjects: [], tags, events: [], unread: [], notAsked: [] };
  });
  const account = { id: ACCOUNT, roles, policies: managedPolicies(), unread: [], notAsked: [], regions };
  return { postern: SNAPSHOT_VERSION, takenAt: NOW, accounts: [account] };
}

function counted<T>(count: number, make: (at: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, at) => make(at));
}

function inRegion(at: number, resource: string): string {
  return `arn:aws:rolesanywhere:${REGIONS[at % REGIONS.length]}:${ACCOUNT}:${resource}`;
}

const ANY_ANCHOR = `arn:aws:rolesanywhere:*:${ACCOUNT}:trust-anchor/*`;

function anchorOf(at: number, authorities: readonly string[]): TrustAnchorDetail {
  const x509CertificateData = authorities[Math.floor(at / REGIONS.length) % authorities.length]!;
  return {
    trustAnchorId: `a${at}`,
    trustAnchorArn: inRegion(at, `trust-anchor/a${at}`),
    name: `plant-${at}`,
    enabled: at % 10 !== 9,
    source: { sourceType: 'CERTIFICATE_BUNDLE', sourceData: { x509CertificateData } },
    createdAt: NOW,
    updatedAt: NOW,
    notificationSettings: [],
  };
}

function roleOf(at: number, anchor: string): RoleDetail {
  const name = `app-${at}`;
  return {
    RoleName: name,
    Arn: arnOfRole(name),
    RoleId: `AROA${at}`,
    Path: '/',
    CreateDate: NOW,
    AssumeRolePolicyDocument: JSON.stringify(at % 5 === 4 ? serviceTrust(at) : certificateTrust(at, anchor)),
    RolePolicyList: [],
    AttachedManagedPolicies: [],
    ...policiesOf(at, name),
    RoleLastUsed: {},
    Tags: [{ Key: 'team', Value: `team-${at % 40}` }],
    MaxSessionDuration: 3600,
  };
}

function arnOfRole(name: string): string {
  return `arn:aws:iam::${ACCOUNT}:role/${name}`;
}

function certificateTrust(at: number, anchor: string): object {
  const host = { 'aws:PrincipalTag/x509Subject/CN': `host-${at}.example.com` };
  const Condition =
    at % 9 === 8 ? { StringEquals: host } : { ArnEquals: { 'aws:SourceArn': anchor }, StringEquals: host };
  const Action = ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'];
  return trust({ Principal: { Service: 'rolesanywhere.amazonaws.com' }, Action, Condition });
}

function serviceTrust(at: number): object {
  const Action = 'sts:AssumeRole';
  const Principal = [
    { Service: 'lambda.amazonaws.com' },
    { Service: 'ec2.amazonaws.com' },
    { AWS: `arn:aws:iam::${ACCOUNT}:root` },
    { AWS: arnOfRole(`app-${at - 1}`) },
  ][Math.floor(at / 5) % 4];
  return trust({ Principal, Action, Condition: { StringEquals: { 'sts:ExternalId': `job-${at}` } } });
}

function trust(statement: object): object {
  return policy({ Effect: 'Allow', ...statement });
}

type Policies = Pick<RoleDetail, 'RolePolicyList' | 'AttachedManagedPolicies' | 'PermissionsBoundary'>;

/** Of fifty roles two are administrators, four may become one or get to one, and sixteen have nothing but shared policies. */
function policiesOf(at: number, name: string): Policies {
  const kind = at % 50;
  if (kind < 2) return { AttachedManagedPolicies: attached('arn:aws:iam::aws:policy/AdministratorAccess') };
  if (kind < 6) return { RolePolicyList: inline(...PRIVILEGED[kind - 2]!(name)) };
  if (kind < 34) return { RolePolicyList: inline(...(kind < 24 ? bucketOf(name) : queueOf(name))) };
  const both = attached(sharedArn(at % SHARED.length), sharedArn((at * 7) % SHARED.length));
  const bounded = at % 3 === 0 ? { PermissionsBoundary: { PermissionsBoundaryArn: sharedArn(0) } } : {};
  return { AttachedManagedPolicies: both, ...bounded };
}

const PRIVILEGED: readonly ((name: string) => readonly object[])[] = [
  name => [allow(['iam:PassRole'], [arnOfRole(`${name}-*`)]), allow(['lambda:*'], ['*'])],
  () => [allow(['sts:AssumeRole'], [arnOfRole('app-*4')])],
  () => [{ Effect: 'Allow', NotAction: ['iam:*', 'organizations:*'], Resource: '*' }],
  name => [allow(['iam:*'], [arnOfRole(name), `arn:aws:iam::${ACCOUNT}:policy/${name}`])],
];

function bucketOf(name: string): readonly object[] {
  return [allow(['s3:GetObject', 's3:List*'], [`arn:aws:s3:::${name}`, `arn:aws:s3:::${name}/*`])];
}

function queueOf(name: string): readonly object[] {
  return [allow(['dynamodb:*Item', 'sqs:*'], [`arn:aws:dynamodb:*:*:table/${name}*`, `arn:aws:sqs:*:*:${name}`])];
}

function inline(...statements: readonly object[]): RoleDetail['RolePolicyList'] {
  return [{ PolicyName: 'inline', PolicyDocument: JSON.stringify(policy(...statements)) }];
}

function attached(...arns: readonly string[]): RoleDetail['AttachedManagedPolicies'] {
  return [...new Set(arns)].map(arn => ({ PolicyArn: arn, PolicyName: arn.slice(arn.lastIndexOf('/') + 1) }));
}

function sharedArn(at: number): string {
  return `arn:aws:iam::${ACCOUNT}:policy/shared-${at}`;
}

/** The first one is the boundary. */
const SHARED: readonly object[] = [
  policy(
    { Effect: 'Allow', Action: '*', Resource: '*' },
    { Effect: 'Deny', Action: ['iam:*', 'organizations:*'], Resource: '*' },
  ),
  ...['s3', 'sqs', 'sns', 'dynamodb', 'kms', 'ssm', 'logs', 'ecr', 'ec2', 'secretsmanager'].flatMap(service => [
    policy(allow([`${service}:Get*`, `${service}:List*`, `${service}:Describe*`], ['*'])),
    policy(allow([`${service}:*`], ['*'])),
    policy({ ...allow([`${service}:*`], ['*']), Condition: { StringEquals: { 'aws:RequestedRegion': REGIONS } } }),
  ]),
];

function managedPolicies(): readonly ManagedPolicyDetail[] {
  return SHARED.map((document, at) => ({
    Arn: sharedArn(at),
    PolicyName: `shared-${at}`,
    DefaultVersionId: 'v1',
    PolicyVersionList: [{ VersionId: 'v1', IsDefaultVersion: true, Document: JSON.stringify(document) }],
  }));
}

function profileOf(at: number, roles: readonly RoleDetail[]): ProfileDetail {
  const listed = counted(1 + (at % 5), n => roles[(at * 3 + n) % roles.length]!.Arn);
  return {
    profileId: `p${at}`,
    profileArn: inRegion(at, `profile/p${at}`),
    name: `profile-${at}`,
    enabled: at % 10 !== 9,
    roleArns: listed,
    createdBy: arnOfRole('terraform'),
    createdAt: NOW,
    updatedAt: NOW,
    durationSeconds: 3600,
    acceptRoleSessionName: false,
    ...sessionPolicyOf(at),
    attributeMappings: DEFAULT_MAPPINGS,
  };
}

/** What AWS gives a new profile. */
const DEFAULT_MAPPINGS: ProfileDetail['attributeMappings'] = [
  { certificateField: 'x509Issuer', mappingRules: [{ specifier: '*' }] },
  { certificateField: 'x509SAN', mappingRules: [{ specifier: 'DNS' }, { specifier: 'URI' }, { specifier: 'Name/*' }] },
  { certificateField: 'x509Subject', mappingRules: [{ specifier: '*' }] },
];

/** None, one that many share, one of its own. */
function sessionPolicyOf(at: number): Pick<ProfileDetail, 'sessionPolicy'> {
  if (at % 3 === 0) return {};
  const bucket = at % 3 === 1 ? 'logs' : `export-${at}`;
  return {
    sessionPolicy: JSON.stringify(policy(allow(['s3:*', 'logs:*', 'sts:*'], [`arn:aws:s3:::${bucket}/*`, '*']))),
  };
}

function allow(actions: readonly string[], resources: readonly string[]) {
  return { Effect: 'Allow', Action: actions, Resource: resources };
}

function policy(...statements: readonly object[]): object {
  return { Version: '2012-10-17', Statement: statements };
}
