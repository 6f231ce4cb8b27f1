import { describe, expect, it } from 'vitest';
import type { ProfileDetail, RoleDetail } from '../../src/snapshot/shapes.ts';
import type { AccountSnapshot, RegionSnapshot } from '../../src/snapshot/snapshot.ts';
import {
  ACCOUNT,
  about,
  account,
  anchor,
  EVERYTHING,
  OPEN_TRUST,
  profile,
  region,
  role,
  roleArn,
  unread,
} from './snapshots.ts';

const DEFAULT_MAPPINGS = [
  { certificateField: 'x509Subject', mappingRules: [{ specifier: '*' }] },
  { certificateField: 'x509Issuer', mappingRules: [{ specifier: '*' }] },
];

interface Setup {
  readonly role?: Partial<RoleDetail>;
  readonly profile?: Partial<ProfileDetail>;
  readonly region?: Partial<RegionSnapshot>;
  readonly account?: Partial<AccountSnapshot>;
}

function path(setup: Setup = {}) {
  return about(
    'path',
    account({
      roles: [role('host', setup.role)],
      regions: [
        region({
          trustAnchors: [anchor()],
          profiles: [profile({ attributeMappings: DEFAULT_MAPPINGS, ...setup.profile })],
          ...setup.region,
        }),
      ],
      ...setup.account,
    }),
  );
}

const inline = (...documents: readonly object[]): Partial<RoleDetail> => ({
  RolePolicyList: documents.map((document, at) => ({ PolicyName: `p${at}`, PolicyDocument: JSON.stringify(document) })),
});
const allow = (Action: string | readonly string[], Resource = '*', rest: object = {}) => ({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action, Resource, ...rest },
});
const trusting = (condition: object, actions: readonly string[] = OPEN_TRUST.Statement.Action) => ({
  AssumeRolePolicyDocument: {
    Version: '2012-10-17',
    Statement: { ...OPEN_TRUST.Statement, Action: actions, Condition: condition },
  },
});
const ARN = anchor().trustAnchorArn;

describe('who may enter', () => {
  it.each([
    [
      'no condition',
      {},
      { open: true, gate: { grade: 'any_anchor', certificates: ['any certificate of any trust anchor'] } },
    ],
    [
      'the anchor alone',
      { role: trusting({ ArnEquals: { 'aws:SourceArn': ARN } }) },
      { open: true, gate: { grade: 'any_of_ca' } },
    ],
    [
      'anchor and subject',
      {
        role: trusting({
          ArnEquals: { 'aws:SourceArn': ARN },
          StringEquals: { 'aws:PrincipalTag/x509Subject/CN': ['web-1', 'web-2'] },
        }),
      },
      { open: true, gate: { grade: 'attribute', certificates: ['subject CN is web-1 or web-2'] } },
    ],
    [
      'a tag that the profile does not map',
      {
        role: trusting({ StringEquals: { 'aws:PrincipalTag/x509Subject/CN': 'web' } }),
        profile: { attributeMappings: [] },
      },
      { open: false, gate: { grade: 'impossible', reasons: ['unmapped'] } },
    ],
    [
      'a negated one of those lets everybody in',
      {
        role: trusting({ StringNotEquals: { 'aws:PrincipalTag/x509Subject/CN': 'web' } }),
        profile: { attributeMappings: [] },
      },
      { open: true, gate: { grade: 'ineffective' } },
    ],
    [
      'an action is missing',
      { role: trusting({}, ['sts:AssumeRole']) },
      { open: false, gate: { grade: 'impossible' } },
    ],
    ['the profile is disabled', { profile: { enabled: false } }, { open: false, gate: { grade: 'any_anchor' } }],
    ['the anchor is disabled', { region: { trustAnchors: [anchor({ enabled: false })] } }, { open: false }],
    ['no anchor', { region: { trustAnchors: [] } }, { open: false, anchors: [] }],
  ] satisfies readonly (readonly [string, Setup, object])[])('%s', (_, setup, expected) => {
    const { facts, unknown } = path(setup);
    expect(facts).toMatchObject(expected);
    expect(unknown.filter(each => each.startsWith('path.'))).toEqual([]);
  });

  it('tells of each trust anchor, disabled ones too', () => {
    const other = anchor({ trustAnchorId: 'a2', trustAnchorArn: `${ARN}2`, name: 'old', enabled: false });
    const { facts } = path({
      role: trusting({ ArnEquals: { 'aws:SourceArn': ARN } }),
      region: { trustAnchors: [anchor(), other] },
    });
    expect(facts.anchors).toMatchObject([
      { arn: ARN, enabled: true, open: true, grade: 'any_of_ca' },
      { arn: `${ARN}2`, enabled: false, open: false, grade: 'impossible' },
    ]);
  });

  it.each([
    [
      'a trust policy that cannot be parsed',
      { role: { AssumeRolePolicyDocument: '{' } },
      ['path.open', 'path.gate.grade'],
    ],
    [
      'anchors refused',
      { region: { trustAnchors: [], unread: [unread('rolesanywhere:ListTrustAnchors')] } },
      ['path.open'],
    ],
    ['a role refused', { account: { roles: [], unread: [unread('iam:GetRole', roleArn('host'))] } }, ['path.access']],
  ] satisfies readonly (readonly [string, Setup, readonly string[]])[])('is not known: %s', (_, setup, missing) => {
    expect(path(setup).unknown).toEqual(expect.arrayContaining([...missing]));
  });

  it('is nobody where the role does not exist', () => {
    expect(path({ account: { roles: [] } }).facts).toEqual({ open: false, anchors: [] });
  });
});

describe('what the session can do', () => {
  const ip = { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } };
  it.each([
    ['nothing', {}, { admin: false, admin_equivalent: false }],
    ['everything', { role: inline(EVERYTHING) }, { admin: true, admin_equivalent: true }],
    [
      'everything, in two policies',
      {
        role: inline({ Statement: { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' } }, allow('iam:*')),
      },
      { admin: true, admin_equivalent: true },
    ],
    [
      'everything but one thing',
      { role: inline(EVERYTHING, { Statement: { Effect: 'Deny', Action: 's3:DeleteBucket', Resource: '*' } }) },
      { admin: false, admin_equivalent: true, refuses: 's3:DeleteBucket on *' },
    ],
    [
      'everything, narrowed by the profile',
      { role: inline(EVERYTHING), profile: { sessionPolicy: JSON.stringify(allow('s3:*')) } },
      { admin: false, admin_equivalent: false },
    ],
    [
      'its own role',
      { role: inline(allow('iam:PutRolePolicy', roleArn('host'))) },
      { admin: false, admin_equivalent: true, admin_by: ['iam-005'] },
    ],
    [
      "another role's policies",
      { role: inline(allow('iam:PutRolePolicy', roleArn('other'))) },
      { admin_equivalent: false },
    ],
    [
      'its own role, from one network',
      { role: inline(allow('iam:PutRolePolicy', roleArn('host'), ip)) },
      { admin: false, admin_if: ['aws:SourceIp IpAddress 10.0.0.0/8 (Allow in p0)'] },
    ],
  ] satisfies readonly (readonly [string, Setup, object])[])('%s', (_, setup, expected) => {
    expect(path(setup).facts.access).toMatchObject(expected);
  });

  it('is not known to be an administrator where that hangs on a condition', () => {
    const { facts, unknown } = path({ role: inline(allow('iam:PutRolePolicy', roleArn('host'), ip)) });
    expect(facts.access).not.toHaveProperty('admin_equivalent');
    expect(unknown).toContain('path.access.admin_equivalent');
    expect(facts.escalation).toMatchObject({ id: [], possible: ['iam-005'] });
    expect(unknown).toContain('path.escalation.id');
  });

  it.each([
    ['takes something away', allow('s3:Get*'), { present: true, removes: true, leaves_nothing: false }],
    ['takes nothing away', EVERYTHING, { present: true, removes: false, leaves_nothing: false }],
    [
      'leaves nothing',
      { Statement: { Effect: 'Deny', Action: 's3:DeleteObject', Resource: '*' } },
      { present: true, removes: true, leaves_nothing: true },
    ],
    ['is not there', '', { present: false }],
  ])('the session policy %s', (_, document, expected) => {
    const sessionPolicy = typeof document === 'string' ? document : JSON.stringify(document);
    expect(path({ role: inline(allow('s3:*')), profile: { sessionPolicy } }).facts.session_policy).toMatchObject(
      expected,
    );
  });

  it('names the roles that a path leads to', () => {
    const worker = role('worker', {
      AssumeRolePolicyDocument: {
        Statement: { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
      },
    });
    const makesFunctions = role(
      'host',
      inline(allow(['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction'])),
    );
    const open = path({ account: { roles: [makesFunctions, worker] } }).facts.escalation;
    expect(open).toMatchObject({ id: ['lambda-001'], target: [worker.Arn], latent: [] });
    const latent = path({ account: { roles: [makesFunctions] } }).facts.escalation;
    expect(latent).toMatchObject({ id: [], latent: ['lambda-001'] });
    const notAll = { roles: [makesFunctions], iamReadBy: { strategy: 'per-role', reason: '' } } as const;
    const assumed = path({ account: notAll }).facts.escalation;
    expect(assumed).toMatchObject({ id: ['lambda-001'], target: [] });
  });

  it('goes on to other roles, past the session policy', () => {
    const next = (name: string, by: string) =>
      role(name, {
        AssumeRolePolicyDocument: {
          Statement: { Effect: 'Allow', Principal: { AWS: by }, Action: 'sts:AssumeRole' },
        },
        ...inline(allow('sts:AssumeRole')),
      });
    const roles = [
      role('host', inline(allow('sts:AssumeRole'))),
      next('first', `arn:aws:iam::${ACCOUNT}:root`),
      next('second', roleArn('first')),
      next('apart', roleArn('somebody')),
    ];
    const sessionPolicy = JSON.stringify(allow('sts:AssumeRole', roleArn('first')));
    const { facts } = path({ profile: { sessionPolicy }, account: { roles } });
    expect(facts.lateral).toMatchObject({ role: [roleArn('first'), roleArn('second')], escapes_session_policy: true });
    expect(facts.escalation).toMatchObject({ id: ['sts-001'] });
  });
});
