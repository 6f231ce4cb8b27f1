import type { ProfileDetail, RoleDetail } from '../../src/snapshot/shapes.ts';
import { SNAPSHOT_VERSION, type Snapshot } from '../../src/snapshot/snapshot.ts';

const ACCOUNT = '111122223333';
const REGION = 'eu-west-1';

const TRUST = {
  Version: '2012-10-17',
  Statement: {
    Effect: 'Allow',
    Principal: { Service: 'rolesanywhere.amazonaws.com' },
    Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
    Condition: { StringEquals: { 'aws:PrincipalTag/x509Subject/CN': 'host' } },
  },
};

/** Policies as people write them, each a little different from all others: the same list on every run. */
export function policiesOfEveryKind(count: number): readonly object[] {
  return Array.from({ length: count }, (_, at) => KINDS[at % KINDS.length]!(at));
}

const KINDS: readonly ((at: number) => object)[] = [
  at => policy(allow(['s3:GetObject', 's3:List*'], [`arn:aws:s3:::team-${at}`, `arn:aws:s3:::team-${at}/*`])),
  at => policy(allow(['iam:PassRole'], [`arn:aws:iam::${ACCOUNT}:role/app-${at}-*`]), allow(['lambda:*'], ['*'])),
  at => policy({ ...allow(['*'], ['*']), Condition: { StringEquals: { 'aws:RequestedRegion': `region-${at}` } } }),
  at => policy({ Effect: 'Allow', NotAction: ['iam:*', `organizations:Describe${at}`], Resource: '*' }),
  at => policy(allow(['*'], ['*']), { Effect: 'Deny', Action: `ec2:*${at % 7}*`, Resource: '*' }),
  at => policy(allow(['dynamodb:*Item', 'sqs:*'], [`arn:aws:dynamodb:*:*:table/t-${at}*`, `arn:aws:sqs:*:*:q-${at}`])),
  at =>
    policy(
      allow(
        Array.from({ length: 60 }, (_, n) => `ec2:*${String.fromCharCode(97 + (n % 26))}${at}${n}*`),
        ['*'],
      ),
    ),
];

function allow(actions: readonly string[], resources: readonly string[]) {
  return { Effect: 'Allow', Action: actions, Resource: resources };
}

function policy(...statements: readonly object[]): object {
  return { Version: '2012-10-17', Statement: statements };
}

/** An account with as many paths: each profile lists a hundred roles and has a session policy of its own. */
export function accountWithPaths(count: number): Snapshot {
  const roles = policiesOfEveryKind(100).map(roleWith);
  const profiles = Array.from({ length: count / roles.length }, (_, at) => profileOver(roles, at));
  const region = { name: REGION, trustAnchors: [anchor()], profiles, crls: [], subjects: [], tags: [], events: [] };
  return {
    postern: SNAPSHOT_VERSION,
    takenAt: '2026-11-24T00:00:00Z',
    accounts: [
      {
        id: ACCOUNT,
        roles,
        policies: [],
        unread: [],
        notAsked: [],
        regions: [{ ...region, unread: [], notAsked: [] }],
      },
    ],
  };
}

function roleWith(document: object, at: number): RoleDetail {
  return {
    RoleName: `host-${at}`,
    Arn: `arn:aws:iam::${ACCOUNT}:role/host-${at}`,
    AssumeRolePolicyDocument: JSON.stringify(TRUST),
    RolePolicyList: [{ PolicyName: 'inline', PolicyDocument: JSON.stringify(document) }],
    AttachedManagedPolicies: [],
    RoleLastUsed: {},
    Tags: [],
    MaxSessionDuration: 3600,
  };
}

function profileOver(roles: readonly RoleDetail[], at: number): ProfileDetail {
  return {
    profileId: `p${at}`,
    profileArn: `arn:aws:rolesanywhere:${REGION}:${ACCOUNT}:profile/p${at}`,
    name: `profile-${at}`,
    enabled: true,
    roleArns: roles.map(role => role.Arn),
    sessionPolicy: JSON.stringify(policy(allow(['s3:*', 'lambda:*', 'iam:PassRole'], [`arn:aws:*:*:*:*${at}*`, '*']))),
    attributeMappings: [{ certificateField: 'x509Subject', mappingRules: [{ specifier: '*' }] }],
  };
}

function anchor() {
  return {
    trustAnchorId: 'a1',
    trustAnchorArn: `arn:aws:rolesanywhere:${REGION}:${ACCOUNT}:trust-anchor/a1`,
    name: 'corp',
    enabled: true,
    source: { sourceType: 'AWS_ACM_PCA', sourceData: {} },
  };
}
