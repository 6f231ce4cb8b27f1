import { describe, expect, it } from 'vitest';
import { type KnownRole, NOTHING_READ, type World, worldOf } from '../../../src/iam/escalation/world.ts';
import type { Layer, Layers } from '../../../src/iam/layer.ts';
import { TRUST_ACTIONS } from '../../../src/iam/trust.ts';
import type { Truth } from '../../../src/iam/truth.ts';
import {
  ACCOUNT,
  ARN,
  allow,
  arnOf,
  deny,
  emptyWorld,
  equivalentFor,
  type Json,
  layer,
  policyArn,
  ROOT,
  role,
  trust,
  world,
} from '../escalation/session.ts';
import { all, boundary, identity, ip, powerUser, session } from '../statements.ts';

describe('adminEquivalentOf', () => {
  it('tells apart what is made of the same roles', () => {
    const caged = { layers: [identity(all), boundary(allow('s3:*'))] };
    const in_ = world([role('caged', [trust(ROOT)], caged)]);
    const assume = allow('sts:AssumeRole');
    const freeing = [identity(assume, allow('iam:DeleteRolePermissionsBoundary'))];
    const writing = [identity(assume, allow('iam:PutRolePolicy'), deny('iam:PutRolePolicy', { Resource: ARN }))];
    for (const layers of [writing, freeing, writing, freeing])
      expect(equivalentFor({ layers, world: in_ }).truth).toBe(layers === freeing);
  });

  const own = (action: string) => allow(action, { Resource: ARN });

  it.each<[string, Layers, Truth, readonly string[]]>([
    ['nothing', [identity()], false, []],
    ['writes into its own role', [identity(own('iam:PutRolePolicy'))], true, ['iam-005']],
    ['attaches to its own role', [identity(own('iam:AttachRolePolicy'))], true, ['iam-009']],
    ['writes into another role', [identity(allow('iam:PutRolePolicy', { Resource: arnOf('other') }))], false, []],
    [
      'writes into its own policy',
      [identity(allow('iam:CreatePolicyVersion', { Resource: policyArn('mine') }))],
      true,
      ['iam-001'],
    ],
    [
      'writes into another policy',
      [identity(allow('iam:CreatePolicyVersion', { Resource: policyArn('other') }))],
      false,
      [],
    ],
    [
      'makes a role and writes into it',
      [identity(allow(['iam:CreateRole', 'iam:PutRolePolicy'], { Resource: arnOf('new-*') }))],
      true,
      ['iam-907'],
    ],
    [
      'makes a role and attaches to it',
      [identity(allow(['iam:CreateRole', 'iam:AttachRolePolicy'], { Resource: arnOf('new-*') }))],
      true,
      ['iam-906'],
    ],
    ['inside a boundary that lets all through', [identity(own('iam:PutRolePolicy')), boundary(all)], true, ['iam-005']],
    ['inside a boundary', [identity(own('iam:PutRolePolicy')), boundary(allow('iam:*'))], false, []],
    ['inside a session policy', [identity(own('iam:PutRolePolicy')), session(allow('iam:*'))], false, []],
    [
      'a new role is free of the boundary',
      [identity(all), boundary(allow(['iam:CreateRole', 'iam:PutRolePolicy']))],
      true,
      ['iam-907'],
    ],
    [
      'a new role is free of the session policy',
      [identity(all), session(allow(['iam:CreateRole', 'iam:AttachRolePolicy']))],
      true,
      ['iam-906'],
    ],
    [
      'inside a session policy with a condition',
      [identity(own('iam:PutRolePolicy')), session(allow('*', ip))],
      undefined,
      ['iam-005'],
    ],
    ['under a condition', [identity(allow('iam:PutRolePolicy', { Resource: ARN, ...ip }))], undefined, ['iam-005']],
    [
      'an administrator anyway',
      [identity(all)],
      true,
      ['iam-001', 'iam-005', 'iam-009', 'iam-906', 'iam-907', 'iam-908', 'iam-909'],
    ],
    ['PowerUserAccess', [identity(...powerUser)], false, []],
    [
      'IAMFullAccess',
      [identity(allow('iam:*'))],
      true,
      ['iam-001', 'iam-005', 'iam-009', 'iam-906', 'iam-907', 'iam-908', 'iam-909'],
    ],
    [
      'all but IAM, and a boundary on new roles',
      [
        identity(
          allow(['iam:CreateRole', 'iam:PutRolePolicy'], {
            Resource: arnOf('new-*'),
            Condition: { StringEquals: { 'iam:PermissionsBoundary': policyArn('cage') } },
          }),
        ),
      ],
      undefined,
      ['iam-907'],
    ],
  ])('%s', (_, layers, truth, by) => {
    const answer = equivalentFor({ layers });
    expect(answer.truth).toBe(truth);
    expect([...answer.by].sort()).toEqual(by);
  });

  it.each<[string, readonly string[] | undefined, Truth]>([
    ['its own', [policyArn('mine')], true],
    ['none of its own', [], false],
    ['not known', undefined, undefined],
  ])('a policy that it can write into is %s', (_, customerPolicies, truth) => {
    const layers = [identity(allow('iam:CreatePolicyVersion', { Resource: policyArn('mine') }))];
    expect(equivalentFor({ layers, customerPolicies }).truth).toBe(truth);
  });

  it('names the conditions that it hangs on', () => {
    const layers = [
      identity(allow('iam:PutRolePolicy', ip)),
      session(allow('*', { Condition: { Bool: { 'aws:cage': 'true' } } })),
    ];
    const { conditions } = equivalentFor({ layers });
    expect([...new Set(conditions.map(({ key }) => key))].sort()).toEqual(['aws:SourceIp', 'aws:cage']);
    expect(equivalentFor({ layers: [identity(allow('iam:PutRolePolicy'))] }).conditions).toEqual([]);
  });
});

describe('once what holds its role back has fallen', () => {
  const cage = (...statements: readonly Json[]): Layer => ({
    ...boundary(...statements),
    policies: [{ name: policyArn('cage'), reading: boundary(...statements).policies[0]!.reading }],
  });
  const managed = (name: string, ...statements: readonly Json[]) => ({
    name: policyArn(name),
    reading: identity(...statements).policies[0]!.reading,
  });
  const within = (versions: Readonly<Record<string, readonly Json[]>>) =>
    worldOf({ account: ACCOUNT, partition: 'aws', complete: true }, [], {
      ...NOTHING_READ,
      otherVersions: arn =>
        Object.entries(versions)
          .filter(([name]) => policyArn(name) === arn)
          .map(([name, statements]) => managed(name, ...statements)),
    });
  const nobody = within({});

  it.each<[string, Layers, World, Truth, readonly string[]]>([
    [
      'its boundary, which it may delete',
      [identity(all), cage(allow(['s3:*', 'iam:DeleteRolePermissionsBoundary']))],
      nobody,
      true,
      ['iam-902'],
    ],
    [
      'its boundary, in place of which it may put another',
      [identity(all), cage(allow(['s3:*', 'iam:PutRolePermissionsBoundary']))],
      nobody,
      true,
      ['iam-903'],
    ],
    [
      'its boundary, in place of which it may put one that is known to let all through',
      [
        identity(all),
        cage(
          allow('iam:PutRolePermissionsBoundary', {
            Condition: { ArnEquals: { 'iam:PermissionsBoundary': 'arn:aws:iam::aws:policy/AdministratorAccess' } },
          }),
        ),
      ],
      nobody,
      true,
      ['iam-903'],
    ],
    [
      'its boundary, whose policy it may rewrite',
      [identity(all), cage(allow(['s3:*', 'iam:CreatePolicyVersion']))],
      nobody,
      true,
      ['iam-910'],
    ],
    [
      'its boundary, of which an older version lets all through',
      [identity(all), cage(allow(['s3:*', 'iam:SetDefaultPolicyVersion']))],
      within({ cage: [all] }),
      true,
      ['iam-911'],
    ],
    [
      'its boundary, and then it writes into its own role',
      [
        identity(allow(['iam:DeleteRolePermissionsBoundary', 'iam:PutRolePolicy'], { Resource: ARN })),
        cage(allow('iam:DeleteRolePermissionsBoundary')),
      ],
      nobody,
      true,
      ['iam-902'],
    ],
    [
      'its boundary, and nothing much behind it',
      [identity(allow(['s3:*', 'iam:DeleteRolePermissionsBoundary'])), cage(allow('iam:*'))],
      nobody,
      false,
      [],
    ],
    [
      'its boundary, and not the session policy',
      [identity(all), cage(allow('iam:DeleteRolePermissionsBoundary')), session(allow('iam:Delete*'))],
      nobody,
      false,
      [],
    ],
    [
      'its boundary, under a condition',
      [identity(all), cage(allow('s3:*'), allow('iam:DeleteRolePermissionsBoundary', ip))],
      nobody,
      undefined,
      ['iam-902'],
    ],
    [
      'a Deny in a managed policy, which it may detach',
      [
        {
          name: 'identity',
          policies: [managed('all', all), managed('no', deny(['iam:Create*', 'iam:Put*', 'iam:Attach*']))],
          complete: true,
        },
      ],
      nobody,
      true,
      ['iam-904'],
    ],
    [
      'a Deny in a policy that allows all it has',
      [
        {
          name: 'identity',
          policies: [
            managed('all', all, deny(['iam:Create*', 'iam:Put*', 'iam:Attach*', 'iam:Update*', 'sts:*', 'iam:Pass*'])),
          ],
          complete: true,
        },
      ],
      nobody,
      false,
      [],
    ],
    [
      'a Deny in an inline policy, which it may delete',
      [layer('identity', [all], [deny(['iam:Create*', 'iam:Put*', 'iam:Attach*'])])],
      nobody,
      true,
      ['iam-905'],
    ],
    [
      'a Deny in an inline policy that denies its own deletion',
      [
        layer(
          'identity',
          [all],
          [deny(['iam:Create*', 'iam:Put*', 'iam:Attach*', 'iam:Update*', 'iam:Delete*', 'iam:Set*', 'iam:Detach*'])],
        ),
      ],
      nobody,
      false,
      [],
    ],
    [
      'a version of its own policy, where another allows everything',
      [identity(allow('iam:SetDefaultPolicyVersion', { Resource: policyArn('mine') }))],
      within({ mine: [all] }),
      true,
      ['iam-901'],
    ],
    [
      'a version of its own policy, where another allows as little',
      [identity(allow('iam:SetDefaultPolicyVersion', { Resource: policyArn('mine') }))],
      within({ mine: [allow('s3:*')] }),
      false,
      [],
    ],
    [
      'a version of its own policy, where the others are not known',
      [identity(allow('iam:SetDefaultPolicyVersion', { Resource: policyArn('mine') }))],
      emptyWorld,
      undefined,
      ['iam-901'],
    ],
  ])('%s', (_, layers, in_, truth, by) => {
    const answer = equivalentFor({ layers, world: in_ });
    expect(answer.truth).toBe(truth);
    if (by.length > 0) expect(answer.by).toEqual(expect.arrayContaining([...by]));
    else expect(answer.by).toEqual([]);
  });
});

describe('by way of others', () => {
  const LAMBDA = { Service: 'lambda.amazonaws.com' };
  const passing = identity(allow(['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction']));
  const admin = [identity(all)];
  const reader = [identity(allow('s3:GetObject'))];
  const assuming = identity(allow('sts:AssumeRole'));
  const rolesAnywhere = trust({ Service: 'rolesanywhere.amazonaws.com' }, { Action: TRUST_ACTIONS });
  const x509 = { Condition: { StringEquals: { 'aws:PrincipalTag/x509Subject/CN': 'ops' } } };
  const by = (name: string) => trust({ AWS: arnOf(name) });
  const helper = (rest: Partial<KnownRole>) => role('helper', [trust(ROOT)], rest);
  const writing = (...actions: readonly string[]) => identity(allow(actions, { Resource: arnOf('helper') }));

  it.each<[string, Layers, readonly KnownRole[], Truth, readonly string[]]>([
    [
      'a user that it makes',
      [identity(allow(['iam:CreateUser', 'iam:AttachUserPolicy', 'iam:CreateAccessKey']))],
      [],
      true,
      ['iam-908'],
    ],
    ['a user that may be there', [identity(allow('iam:CreateAccessKey'))], [], undefined, ['iam-002']],
    ['a group, which it is not in', [identity(allow('iam:PutGroupPolicy'))], [], false, []],
    [
      'a role that it writes into',
      [writing('iam:PutRolePolicy', 'sts:AssumeRole')],
      [helper({ layers: reader })],
      true,
      ['iam-017'],
    ],
    [
      'a role that it attaches to and lets itself into',
      [writing('iam:AttachRolePolicy', 'iam:UpdateAssumeRolePolicy')],
      [role('helper', [trust(LAMBDA)])],
      true,
      ['iam-019'],
    ],
    [
      'a role that it writes into, bounded itself',
      [writing('iam:PutRolePolicy', 'sts:AssumeRole'), boundary(allow(['iam:Put*', 'sts:*']))],
      [helper({})],
      true,
      ['iam-017'],
    ],
    [
      'a role that it writes into, with a boundary',
      [writing('iam:PutRolePolicy', 'sts:AssumeRole')],
      [helper({ layers: [identity(), boundary(allow('s3:*'))] })],
      false,
      [],
    ],
    [
      'a role that it writes into, nobody knows with what boundary',
      [writing('iam:PutRolePolicy', 'sts:AssumeRole')],
      [helper({ layers: undefined })],
      undefined,
      ['iam-017', 'sts-001'],
    ],
    [
      'a role whose boundary it takes off',
      [writing('iam:DeleteRolePermissionsBoundary', 'sts:AssumeRole')],
      [helper({ layers: [identity(all), boundary(allow('s3:*'))] })],
      true,
      ['iam-023'],
    ],
    [
      'an administrator that it may assume',
      [assuming],
      [role('x', [trust(ROOT)], { layers: admin })],
      true,
      ['sts-001'],
    ],
    ['one with little that it may assume', [assuming], [role('x', [trust(ROOT)], { layers: reader })], false, []],
    ['one that nobody read', [assuming], [role('x', [trust(ROOT)], { layers: undefined })], undefined, ['sts-001']],
    [
      'an administrator that it may assume under a condition',
      [identity(allow('sts:AssumeRole', ip))],
      [role('x', [trust(ROOT)], { layers: admin })],
      undefined,
      ['sts-001'],
    ],
    [
      'an administrator, two hops away',
      [assuming],
      [role('x', [trust(ROOT)], { layers: reader }), role('y', [by('x')], { layers: admin })],
      true,
      ['sts-001'],
    ],
    [
      'an administrator, behind one that may pass it on',
      [assuming],
      [role('x', [trust(ROOT)], { layers: [passing] }), role('y', [trust(LAMBDA)], { layers: admin })],
      true,
      ['sts-001'],
    ],
    ['a circle with nobody in it', [assuming], [role('x', [trust(ROOT), by('y')]), role('y', [by('x')])], false, []],
    [
      'a circle with an administrator behind it',
      [assuming],
      [role('x', [by('y')]), role('y', [by('x'), trust(ROOT)]), role('z', [by('x')], { layers: admin })],
      true,
      ['sts-001'],
    ],
    [
      'its own role, without the session policy',
      [identity(all), session(allow('sts:AssumeRole'))],
      [role('app', [trust(ROOT)], { layers: admin })],
      true,
      ['sts-001'],
    ],
    [
      'its own role, which is no more without it',
      [assuming, session(allow('sts:AssumeRole'))],
      [role('app', [trust(ROOT)], { layers: [assuming] })],
      false,
      [],
    ],
    [
      'its boundary off, and then an administrator',
      [
        identity(allow(['iam:DeleteRolePermissionsBoundary', 'sts:AssumeRole'])),
        boundary(allow('iam:DeleteRolePermissionsBoundary')),
      ],
      [role('x', [trust(ROOT)], { layers: admin })],
      true,
      ['iam-902'],
    ],
    [
      'an administrator passed to a function',
      [passing],
      [role('x', [trust(LAMBDA)], { layers: admin })],
      true,
      ['lambda-001'],
    ],
    ['a reader passed to a function', [passing], [role('x', [trust(LAMBDA)], { layers: reader })], false, []],
    [
      'nobody knows who passed to a function',
      [passing],
      [role('x', [trust(LAMBDA)], { layers: undefined })],
      undefined,
      ['lambda-001'],
    ],
    [
      'an administrator among others passed to a function',
      [passing],
      [
        ...Array.from({ length: 30 }, (_, at) => role(`a${at}`, [trust(LAMBDA)], { layers: reader })),
        role('x', [trust(LAMBDA)], { layers: admin }),
      ],
      true,
      ['lambda-001'],
    ],
    ['no role for functions', [passing], [role('x', [trust(ROOT)], { layers: admin })], false, []],
    [
      'a function that is there, and an administrator for functions',
      [identity(allow('lambda:UpdateFunctionCode'))],
      [role('x', [trust(LAMBDA)], { layers: admin })],
      undefined,
      ['lambda-003'],
    ],
    [
      'a function that is there, and only readers for functions',
      [identity(allow('lambda:UpdateFunctionCode'))],
      [role('x', [trust(LAMBDA)], { layers: reader })],
      false,
      [],
    ],
    [
      'a profile with an administrator',
      [identity(allow(['iam:PassRole', 'rolesanywhere:CreateProfile']))],
      [role('x', [rolesAnywhere], { layers: admin })],
      true,
      ['rolesanywhere-002'],
    ],
    [
      'a profile with an administrator, for certain certificates',
      [identity(allow(['iam:PassRole', 'rolesanywhere:CreateProfile']))],
      [role('x', [{ ...rolesAnywhere, ...x509 }], { layers: admin })],
      undefined,
      ['rolesanywhere-002'],
    ],
    [
      'the trust policy of an administrator',
      [identity(allow('iam:UpdateAssumeRolePolicy'))],
      [role('x', [rolesAnywhere], { layers: admin })],
      true,
      ['iam-012'],
    ],
    [
      'a CA of its own, and an administrator that some profile may list',
      [identity(allow('rolesanywhere:CreateTrustAnchor'))],
      [role('x', [rolesAnywhere], { layers: admin })],
      undefined,
      ['rolesanywhere-005'],
    ],
    [
      'a CRL, which lets others in',
      [identity(allow('rolesanywhere:DeleteCrl'))],
      [role('x', [rolesAnywhere], { layers: admin })],
      false,
      [],
    ],
  ])('%s', (_, layers, roles, truth, expected) => {
    const answer = equivalentFor({ layers, world: world(roles) });
    expect(answer.truth).toBe(truth);
    expect(answer.by).toEqual(expected);
  });

  it('a role that nobody has seen may be an administrator', () => {
    expect(equivalentFor({ layers: [passing], world: world([], false) }).truth).toBe(undefined);
    const one = identity(allow(['iam:PassRole'], { Resource: arnOf('x') }), allow(['lambda:*']));
    const known = world([role('x', [trust(LAMBDA)], { layers: reader }), role('y', [], { trust: undefined })]);
    expect(equivalentFor({ layers: [one], world: known }).by).not.toContain('lambda-001');
  });

  it('a profile that is on lists the administrator who trusts any anchor', () => {
    const x = role('x', [rolesAnywhere], { layers: admin });
    const profiles = { all: [{ arn: 'p', enabled: true, roleArns: [x.arn] }], complete: true };
    const gates = { ...NOTHING_READ.gates, profiles };
    const in_ = worldOf({ account: ACCOUNT, partition: 'aws', complete: true }, [x], { ...NOTHING_READ, gates });
    const layers = [identity(allow('rolesanywhere:CreateTrustAnchor'))];
    expect(equivalentFor({ layers, world: in_ })).toMatchObject({ truth: true, by: ['rolesanywhere-005'] });
  });

  it('is no matter of the order, over a long chain', () => {
    const chain = Array.from({ length: 60 }, (_, at) => role(`r${at}`, [by(at === 0 ? 'app' : `r${at - 1}`)]));
    const end = role('end', [by('r59')], { layers: admin });
    const layers = [identity()];
    expect(equivalentFor({ layers, world: world([...chain, end]) }).truth).toBe(true);
    expect(equivalentFor({ layers, world: world([end, ...chain.toReversed()]) }).truth).toBe(true);
    expect(equivalentFor({ layers, world: world(chain) }).truth).toBe(false);
  });
});
