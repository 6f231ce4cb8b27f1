import { describe, expect, it } from 'vitest';
import { type Authority, rootAuthority } from '../../mocks/pki/authority.ts';
import type { JsonObject } from '../../src/documents/document.ts';
import { documentsOf } from '../../src/documents/documents.ts';
import { FIELDS } from '../../src/documents/fields.ts';
import { isUnknownAt, valuesAt } from '../../src/documents/path.ts';
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
  snapshot,
  UNREAD_CA,
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
  return about('path', accountWith(setup));
}

function accountWith(setup: Setup): AccountSnapshot {
  return account({
    roles: [role('host', setup.role)],
    regions: [
      region({
        trustAnchors: [anchor()],
        profiles: [profile({ attributeMappings: DEFAULT_MAPPINGS, ...setup.profile })],
        ...setup.region,
      }),
    ],
    ...setup.account,
  });
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
const [ENDED, CURRENT, COMING] = [
  ['2025-01-01', '2026-11-23'],
  ['2026-01-01', '2027-01-01'],
  ['2026-11-25', '2030-01-01'],
].map(([from, to]) =>
  rootAuthority({ subject: [['CN', `From ${from}`]], notBefore: new Date(from!), notAfter: new Date(to!) }),
) as [Authority, Authority, Authority];
const bundle = (...cas: readonly Pick<Authority, 'pem'>[]) => ({
  sourceType: 'CERTIFICATE_BUNDLE',
  sourceData: { x509CertificateData: cas.map(({ pem }) => pem).join('') },
});

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
    [
      'the CA has ended',
      { region: { trustAnchors: [anchor({ source: bundle(ENDED) })] } },
      {
        open: false,
        anchors: [{ enabled: true, validity: 'outside', open: true }],
        gate: { reasons: ['anchor_expired'], evidence: ['the CA of the trust anchor plant has expired'] },
      },
    ],
    [
      'the CA is not valid yet',
      { region: { trustAnchors: [anchor({ source: bundle(COMING) })] } },
      { open: true, anchors: [{ validity: 'outside' }], gate: { reasons: [] } },
    ],
    [
      'one CA of two has ended',
      { region: { trustAnchors: [anchor({ source: bundle(ENDED, CURRENT) })] } },
      { open: true, anchors: [{ validity: 'current' }], gate: { reasons: [] } },
    ],
    [
      'the CA was not read',
      { region: { trustAnchors: [anchor({ source: UNREAD_CA })] } },
      { open: true, anchors: [{ validity: 'unread' }], gate: { reasons: [] } },
    ],
    [
      'a CA has ended beside one that cannot be read',
      { region: { trustAnchors: [anchor({ source: bundle(ENDED, { pem: '-----BEGIN CERTIFICATE-----' }) })] } },
      { open: true, anchors: [{ validity: 'unread' }] },
    ],
    [
      'that of another trust anchor has ended',
      { region: { trustAnchors: [anchor(), anchor({ trustAnchorArn: `${ARN}2`, source: bundle(ENDED) })] } },
      { open: true, gate: { grade: 'any_anchor', reasons: [] } },
    ],
    [
      'that of the one that the role names has ended',
      {
        role: trusting({ ArnEquals: { 'aws:SourceArn': `${ARN}2` } }),
        region: { trustAnchors: [anchor(), anchor({ trustAnchorArn: `${ARN}2`, source: bundle(ENDED) })] },
      },
      { open: false, gate: { grade: 'impossible', reasons: ['anchor_expired', 'other_anchor'] } },
    ],
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
    const nobody = { open: false, grade: 'impossible', certificates: 'nobody: there is no such role' };
    expect(path({ account: { roles: [] } }).facts).toEqual({
      open: false,
      anchors: [{ arn: ARN, name: 'plant', enabled: true, validity: 'current', ...nobody }],
    });
  });
});

describe('a role that could not be read', () => {
  const refused = { roles: [], unread: [unread('iam:GetRole', roleArn('host'))] };

  it.each([
    ['without a session policy', {}],
    ['with one', { sessionPolicy: JSON.stringify(EVERYTHING) }],
  ])('leaves no field of a path known to be absent but those of a session policy that is not there: %s', (_, rest) => {
    const body = documentsOf(snapshot(accountWith({ profile: rest, account: refused }))).find(
      ({ kind }) => kind === 'path',
    )!.body;
    const names = FIELDS.path.map(({ name }) => name).filter(name => name.startsWith('path.'));
    const silent = names.filter(name => valuesAt(body, name).length === 0 && !isUnknownAt(body, name));
    const ofSessionPolicy = ['allows_everything', 'removes', 'removes_for_example', 'leaves_nothing'].map(
      name => `path.session_policy.${name}`,
    );
    expect(silent).toEqual('sessionPolicy' in rest ? [] : ofSessionPolicy);
  });

  it.each([
    ['there are trust anchors all the same', {}, { anchors: [{ arn: ARN, name: 'plant', enabled: true }] }],
    ['the profile is disabled', { profile: { enabled: false } }, { open: false }],
    ['the profile has no session policy', {}, { session_policy: { present: false } }],
    [
      'the profile has one',
      { profile: { managedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] } },
      { session_policy: { present: true } },
    ],
  ] satisfies readonly (readonly [string, Setup, object])[])('%s', (_, setup, expected) => {
    expect(path({ ...setup, account: refused }).facts).toMatchObject(expected);
  });
});

describe('session policies that STS does not take', () => {
  const arns = (count: number) => Array.from({ length: count }, (_, at) => `arn:aws:iam::${ACCOUNT}:policy/p${at}`);
  it.each([
    ['ten managed ones', { managedPolicyArns: arns(10) }, true],
    ['eleven', { managedPolicyArns: arns(11) }, undefined],
    ['text of 2,048 characters', { sessionPolicy: JSON.stringify(EVERYTHING).padEnd(2048, 'x') }, true],
    ['and of one more', { sessionPolicy: JSON.stringify(EVERYTHING).padEnd(2049, 'x') }, undefined],
    ['eleven, and the profile is disabled', { managedPolicyArns: arns(11), enabled: false }, false],
  ] satisfies readonly (readonly [string, Partial<ProfileDetail>, boolean | undefined])[])(
    '%s',
    (_, setup, expected) => {
      const { facts, unknown } = path({ profile: setup });
      expect(facts.open).toBe(expected);
      expect(unknown.includes('path.open')).toBe(expected === undefined);
    },
  );

  it('say so', () => {
    expect(path({ profile: { managedPolicyArns: arns(11) } }).facts.gate).toMatchObject({
      reasons: ['session_policy_too_large'],
      evidence: ['the profile has 11 managed session policies and STS takes 10: it may refuse every session'],
    });
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

  it.each([
    [
      'a managed session policy that could not be read',
      { profile: { managedPolicyArns: [`arn:aws:iam::${ACCOUNT}:policy/own`] }, role: inline(allow('s3:*')) },
      { session_policy: { present: true }, boundary: { present: false } },
      [
        'session_policy.allows_everything',
        'session_policy.removes',
        'session_policy.removes_for_example',
        'session_policy.leaves_nothing',
        'layers.session',
      ],
    ],
    [
      'a boundary that could not be read',
      {
        role: {
          PermissionsBoundary: {
            PermissionsBoundaryArn: `arn:aws:iam::${ACCOUNT}:policy/own`,
            PermissionsBoundaryType: 'Policy',
          },
          ...inline(allow('s3:*')),
        },
      },
      { session_policy: { present: false }, boundary: { present: true } },
      ['boundary.removes', 'boundary.removes_for_example', 'boundary.leaves_nothing', 'layers.boundary'],
    ],
    [
      'a role of which nobody could ask whether it has a boundary',
      { role: inline(allow('s3:*')), account: { unread: [unread('iam:GetRole', 'host')] } },
      { session_policy: { present: false } },
      [
        'boundary.present',
        'boundary.removes',
        'boundary.removes_for_example',
        'boundary.leaves_nothing',
        'layers.boundary',
      ],
    ],
    [
      'inline policies that could not be read',
      { role: inline(allow('s3:*')), account: { unread: [unread('iam:GetRolePolicy', 'host')] } },
      { session_policy: { present: false }, boundary: { present: false } },
      ['layers.identity'],
    ],
  ] satisfies readonly (readonly [string, Setup, object, readonly string[]])[])(
    'what bounds it is not known: %s',
    (_, setup, expected, missing) => {
      const { facts, unknown } = path(setup);
      expect(facts).toMatchObject(expected);
      expect(unknown.filter(each => /^path\.(session_policy|boundary|layers)/.test(each))).toEqual(
        missing.map(each => `path.${each}`).sort(),
      );
    },
  );

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

  it('does not tell of all roles where they are too many to follow', () => {
    const trust = { Statement: { Effect: 'Allow', Principal: { AWS: roleArn('host') }, Action: 'sts:AssumeRole' } };
    const many = Array.from({ length: 501 }, (_, at) => role(`r${at}`, { AssumeRolePolicyDocument: trust }));
    const roles = [role('host', inline(allow('sts:AssumeRole'))), ...many];
    const { facts, unknown } = path({ account: { roles } });
    expect((facts.lateral as JsonObject).role).toHaveLength(500);
    expect(unknown).toContain('path.lateral.role');
  });

  describe('whether the session goes on past its session policy', () => {
    const next = (Condition: object | undefined) =>
      role('next', {
        AssumeRolePolicyDocument: {
          Statement: {
            Effect: 'Allow',
            Principal: { AWS: roleArn('host') },
            Action: 'sts:AssumeRole',
            ...(Condition && { Condition }),
          },
        },
      });
    const ticket = { StringEquals: { 'sts:ExternalId': 'ticket' } };
    const assumes = JSON.stringify(allow('sts:AssumeRole'));
    const refused = { unread: [unread('iam:ListRoles')], iamReadBy: { strategy: 'per-role', reason: '' } } as const;
    it.each([
      ['to a role for certain', [next(undefined)], {}, assumes, true],
      ['to one that asks for a ticket', [next(ticket)], {}, assumes, undefined],
      ['to none', [], {}, assumes, false],
      ['to none that anybody could list', [], refused, assumes, undefined],
      ['to a role for certain, others not listed', [next(undefined)], refused, assumes, true],
      ['without a session policy', [next(undefined)], {}, '', false],
      ['without one, others not listed', [], refused, '', false],
    ] satisfies readonly (readonly [string, readonly RoleDetail[], Partial<AccountSnapshot>, string, boolean?])[])(
      '%s',
      (_, others, rest, sessionPolicy, expected) => {
        const roles = [role('host', inline(allow('sts:AssumeRole'))), ...others];
        const { facts, unknown } = path({ profile: { sessionPolicy }, account: { ...rest, roles } });
        expect((facts.lateral as JsonObject).escapes_session_policy).toBe(expected);
        expect(unknown.includes('path.lateral.escapes_session_policy')).toBe(expected === undefined);
        expect(unknown.includes('path.lateral.role')).toBe(rest === refused || others.some(isOnTicket));
      },
    );
    const isOnTicket = ({ AssumeRolePolicyDocument: trust }: RoleDetail) => JSON.stringify(trust).includes('ticket');
  });
});
