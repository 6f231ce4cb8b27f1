import { describe, expect, it } from 'vitest';
import type { Layers } from '../../../src/iam/layer.ts';
import type { Truth } from '../../../src/iam/truth.ts';
import { ARN, allow, arnOf, equivalentFor, type Json, layer, policyArn } from '../escalation/session.ts';

const all = allow('*');
const ip = { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } };
const identity = (...statements: readonly Json[]) => layer('identity', statements);
const boundary = (...statements: readonly Json[]) => layer('boundary', statements);
const session = (...statements: readonly Json[]) => layer('session', statements);
const notAction = (NotAction: unknown, rest: Json = {}): Json => ({
  Effect: 'Allow',
  NotAction,
  Resource: '*',
  ...rest,
});

/** What AWS's PowerUserAccess allows. */
const powerUser = [
  notAction(['iam:*', 'organizations:*', 'account:*']),
  allow([
    'account:GetAccountInformation',
    'account:GetPrimaryEmail',
    'account:ListRegions',
    'iam:CreateServiceLinkedRole',
    'iam:DeleteServiceLinkedRole',
    'iam:ListRoles',
    'organizations:DescribeOrganization',
  ]),
];

describe('adminEquivalentOf', () => {
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
    [
      'policies not read',
      [{ name: 'identity', policies: [], complete: false }],
      undefined,
      ['iam-001', 'iam-005', 'iam-009', 'iam-906', 'iam-907', 'iam-908', 'iam-909'],
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
