import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { Gates } from '../../../src/iam/escalation/gates.ts';
import type { EscalationPath } from '../../../src/iam/escalation/path.ts';
import { escalationPaths } from '../../../src/iam/escalation/paths.ts';
import type { OpenPath } from '../../../src/iam/escalation/question.ts';
import { NOTHING_READ, type World, worldOf } from '../../../src/iam/escalation/world.ts';
import type { Layers } from '../../../src/iam/layer.ts';
import { layersJson, layersOf } from '../arbitrary.ts';
import { RUNS } from '../deep.ts';
import {
  ACCOUNT,
  ARN,
  allow,
  arnOf,
  confirm,
  deny,
  emptyWorld,
  escalationFor,
  fullWorld,
  idsOf,
  type Json,
  latentIds,
  layer,
  policyArn,
  ROOT,
  role,
  type Session,
  trust,
  unknownWorld,
  world,
} from './session.ts';

const published = escalationPaths.filter(path => path.published).map(path => [path.id, path] as const);
const actionsOf = ({ permissions }: EscalationPath) => permissions.map(({ action }) => action);
const identity = (...statements: readonly Json[]) => layer('identity', statements);
const all = allow('*');

const byRole = published.filter(([, { target }]) =>
  ['role', 'role-trusting-session', 'any-role'].includes(target.kind),
);
const passing = published.filter(([, path]) => actionsOf(path)[0] === 'iam:PassRole');

/** Neither open nor hidden behind another one, nor waiting for a target. */
function isNowhere(id: string, session: Session): boolean {
  const escalation = escalationFor(session);
  return !idsOf(escalation).includes(id) && !latentIds(escalation).includes(id);
}

function find(id: string, session: Session): OpenPath | undefined {
  const { open, dominated } = escalationFor(session);
  return [...open, ...dominated].find(({ path }) => path.id === id);
}

/** Every permission that it is said to hold is held, as a plain evaluation has it too. */
function confirmAll({ held }: OpenPath, layers: Layers): void {
  for (const each of held) {
    const answer = confirm(each, layers);
    if (each.certain) expect(answer, `${each.permission.action} on ${each.resource}`).toBe('allowed');
    else expect(answer).not.toBe('denied');
  }
}

test('there are 65', () => {
  expect(published.length).toBe(65);
});

describe.each(published)('%s', (id, path) => {
  const actions = actionsOf(path);
  const layers = [identity(allow(actions))];

  it('is open to who has exactly its permissions, or hidden by one that needs less', () => {
    const escalation = escalationFor({ layers });
    const { open, dominated } = escalation;
    const found = [...open, ...dominated].find(each => each.path.id === id)!;
    expect(found.certain).toBe(true);
    expect(latentIds(escalation)).not.toContain(id);
    confirmAll(found, layers);
    if (dominated.includes(found)) {
      const smaller = open.filter(each => actionsOf(each.path).every(action => actions.includes(action)));
      expect(smaller.filter(each => each.path.permissions.length < actions.length)).not.toEqual([]);
    }
  });

  it('needs each of its permissions', () => {
    for (const missing of actions) {
      expect(isNowhere(id, { layers: [identity(allow(actions.filter(action => action !== missing)))] })).toBe(true);
      expect(isNowhere(id, { layers: [identity(allow(actions), deny(missing))] })).toBe(true);
      const others = allow(actions.filter(action => action !== missing));
      expect(isNowhere(id, { layers: [identity(all), layer('boundary', [others])] })).toBe(true);
      expect(isNowhere(id, { layers: [identity(all), layer('session', [others])] })).toBe(true);
      expect(isNowhere(id, { layers: [identity(all), layer('session', [all], [deny(missing)])] })).toBe(true);
    }
  });

  it('may have them from three policies', () => {
    const parts = [0, 1, 2].map(part => [
      allow(['sts:GetCallerIdentity', ...actions.filter((_, at) => at % 3 === part)]),
    ]);
    expect(idsOf(escalationFor({ layers: [layer('identity', ...parts)] }))).toContain(id);
  });

  it('may have them in other words', () => {
    const upper = actions.map(action => action.toUpperCase());
    expect(idsOf(escalationFor({ layers: [identity(allow(upper))] }))).toContain(id);
    const services = [...new Set(actions.map(action => `${action.split(':')[0]}:*`))];
    expect(idsOf(escalationFor({ layers: [identity(allow(services))] }))).toContain(id);
    const everything = { Effect: 'Allow', NotAction: 'support:*', Resource: '*' };
    expect(idsOf(escalationFor({ layers: [identity(everything)] }))).toContain(id);
  });

  it('stays open through a boundary and a session policy that let it through', () => {
    const through = [identity(all), layer('boundary', [allow(actions)]), layer('session', [allow(actions)])];
    expect(idsOf(escalationFor({ layers: through }))).toContain(id);
  });

  it('hangs on a condition that nobody can decide', () => {
    const Condition = { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } };
    const found = find(id, { layers: [identity(allow(actions, { Condition }))] })!;
    expect(found.certain).toBe(false);
    expect(found.held.flatMap(each => each.conditions)).toContainEqual(
      expect.objectContaining({ key: 'aws:SourceIp', effect: 'Allow', layer: 'identity' }),
    );
    confirmAll(found, [identity(allow(actions, { Condition }))]);
    const denied = find(id, { layers: [identity(all, deny(actions, { Condition }))] })!;
    expect(denied.certain).toBe(false);
    expect(denied.held.flatMap(each => each.conditions)).toContainEqual(
      expect.objectContaining({ key: 'aws:SourceIp', effect: 'Deny' }),
    );
  });

  it('is open past a condition that always holds, and closed by one that never does', () => {
    const Bool = (value: string) => ({ Condition: { Bool: { 'aws:SecureTransport': value } } });
    expect(find(id, { layers: [identity(allow(actions, Bool('true')))] })?.certain).toBe(true);
    expect(isNowhere(id, { layers: [identity(allow(actions, Bool('false')))] })).toBe(true);
    const mfa = { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } };
    expect(isNowhere(id, { layers: [identity(allow(actions, mfa))] })).toBe(true);
  });

  it('hangs on policies that could not be read', () => {
    const unread = { name: 'identity', policies: [{ name: 'hidden', reading: undefined }], complete: true } as const;
    const found = find(id, { layers: [unread] })!;
    expect(found.certain).toBe(false);
    expect(found.held.flatMap(each => each.missing)).toContain('hidden');
  });
});

describe.each(byRole)('%s', (id, path) => {
  const layers = [identity(allow(actionsOf(path)))];

  it('waits for a role where none fits', () => {
    const escalation = escalationFor({ layers, world: emptyWorld });
    expect(idsOf(escalation)).not.toContain(id);
    expect(latentIds(escalation)).toContain(id);
  });

  it('is open where a role may fit that nobody has seen', () => {
    const found = find(id, { layers, world: unknownWorld })!;
    expect(found.targets).toEqual([]);
    expect(found.assuming).toMatch(/^if .*role/);
    const notRead = role('secret', [], { trust: undefined });
    expect(find(id, { layers, world: world([notRead]) })).toBeDefined();
  });

  it('names the roles it leads to', () => {
    const found = find(id, { layers })!;
    expect(found.targets.length).toBeGreaterThan(0);
    expect(found.assuming).toBe(undefined);
  });

  it('does not lead to a service-linked role', () => {
    const linked = role('aws-service-role/x/linked', [trust(ROOT), ...trustsOf(path)], {
      arn: arnOf('aws-service-role/x.amazonaws.com/linked'),
      customerPolicies: [policyArn('x')],
    });
    expect(latentIds(escalationFor({ layers, world: world([linked]) }))).toContain(id);
  });
});

function trustsOf({ target }: EscalationPath): readonly Json[] {
  return target.kind === 'role' ? target.trusts.map(Service => trust({ Service })) : [];
}

describe.each(passing)('%s', (id, path) => {
  const [, ...others] = actionsOf(path);
  const layersFor = (rest: Json) => [identity(allow('iam:PassRole', rest), allow(others))];
  const passedTo = path.permissions[0]?.passedTo ?? [];
  const to = (service: string) => ({ Condition: { StringEquals: { 'iam:PassedToService': service } } });

  it('passes a role to the right service', () => {
    for (const service of passedTo) expect(find(id, { layers: layersFor(to(service)) })?.certain).toBe(true);
    expect(isNowhere(id, { layers: layersFor(to('other.amazonaws.com')) })).toBe(true);
    const denied = { Condition: { StringEquals: { 'iam:PassedToService': passedTo } } };
    expect(isNowhere(id, { layers: [identity(all, deny('iam:PassRole', denied))] })).toBe(true);
  });

  it('passes the right role', () => {
    if (path.target.kind !== 'role') return;
    const [service] = path.target.trusts;
    const arn = arnOf(`of-${service}`);
    const found = find(id, { layers: layersFor({ Resource: arn }) })!;
    expect(found.targets).toEqual([arn]);
    expect(found.held[0]?.resource).toBe(arn);
    for (const other of [arnOf('other'), arnOf('app'), arn.replace(ACCOUNT, '444455556666')])
      expect(find(id, { layers: layersFor({ Resource: other }) })).toBe(undefined);
    expect(find(id, { layers: [identity(all, deny('iam:PassRole', { Resource: arn }))] })?.targets ?? []).not.toContain(
      arn,
    );
  });
});

describe('the same target for all', () => {
  const FUNCTION = `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:`;

  it.each<[string, string, readonly Json[], boolean]>([
    [
      'one function',
      'lambda-004',
      [
        allow('lambda:UpdateFunctionCode', { Resource: `${FUNCTION}a*` }),
        allow('lambda:InvokeFunction', { Resource: `${FUNCTION}*b` }),
      ],
      true,
    ],
    [
      'two functions',
      'lambda-004',
      [
        allow('lambda:UpdateFunctionCode', { Resource: `${FUNCTION}a` }),
        allow('lambda:InvokeFunction', { Resource: `${FUNCTION}b` }),
      ],
      false,
    ],
    [
      'two users',
      'iam-015',
      [
        allow('iam:AttachUserPolicy', { Resource: `arn:aws:iam::${ACCOUNT}:user/a` }),
        allow('iam:CreateAccessKey', { Resource: `arn:aws:iam::${ACCOUNT}:user/b` }),
      ],
      false,
    ],
    [
      'two roles',
      'iam-021',
      [
        allow('iam:PutRolePolicy', { Resource: arnOf('admin') }),
        allow('iam:UpdateAssumeRolePolicy', { Resource: arnOf('of-*') }),
      ],
      false,
    ],
    [
      'one role',
      'iam-021',
      [
        allow('iam:PutRolePolicy', { Resource: arnOf('a*') }),
        allow('iam:UpdateAssumeRolePolicy', { Resource: arnOf('*n') }),
      ],
      true,
    ],
    [
      'a policy of another role',
      'iam-020',
      [
        allow('iam:CreatePolicyVersion', { Resource: policyArn('of-admin') }),
        allow('iam:UpdateAssumeRolePolicy', { Resource: arnOf('of-*') }),
      ],
      false,
    ],
    [
      'a policy of the role',
      'iam-020',
      [
        allow('iam:CreatePolicyVersion', { Resource: policyArn('of-admin') }),
        allow('iam:UpdateAssumeRolePolicy', { Resource: arnOf('admin') }),
      ],
      true,
    ],
    [
      'a function in another account',
      'lambda-003',
      [allow('lambda:UpdateFunctionCode', { Resource: FUNCTION.replace(ACCOUNT, '444455556666') })],
      false,
    ],
  ])('%s: %s', (_, id, statements, isOpen) => {
    const layers = [identity(...statements)];
    const found = find(id, { layers });
    expect(found !== undefined).toBe(isOpen);
    if (found !== undefined) {
      confirmAll(found, layers);
      if (id === 'lambda-004') expect(new Set(found.held.map(({ resource }) => resource)).size).toBe(1);
    }
  });
});

describe("the role's own", () => {
  it.each<[string, string, Json, boolean]>([
    ['itself', 'iam-005', allow('iam:PutRolePolicy', { Resource: ARN }), true],
    ['by a pattern', 'iam-005', allow('iam:PutRolePolicy', { Resource: 'arn:aws:iam::*:role/a?p' }), true],
    ['another role', 'iam-005', allow('iam:PutRolePolicy', { Resource: arnOf('other') }), false],
    ['by NotResource', 'iam-009', { Effect: 'Allow', Action: 'iam:*', NotResource: arnOf('x') }, true],
    ['left out by NotResource', 'iam-009', { Effect: 'Allow', Action: 'iam:*', NotResource: arnOf('ap*') }, false],
    ['its policy', 'iam-001', allow('iam:CreatePolicyVersion', { Resource: policyArn('mine') }), true],
  ])('%s: %s', (_, id, statement, isOpen) => {
    expect(idsOf(escalationFor({ layers: [identity(statement)] })).includes(id)).toBe(isOpen);
  });

  it.each<[string, readonly string[] | undefined, string, string | undefined]>([
    ['its own', [policyArn('mine')], policyArn('mine'), undefined],
    ['one of several', [policyArn('a'), policyArn('mine')], policyArn('mine'), undefined],
    ['not its own', [policyArn('mine')], policyArn('other'), 'if the policy is attached to somebody else'],
    ['none of its own', [], policyArn('other'), 'if the policy is attached to somebody else'],
    ['not known', undefined, policyArn('other'), 'if the policy is attached to this role'],
  ])('iam-001 and a policy that is %s', (_, customerPolicies, Resource, assuming) => {
    const layers = [identity(allow('iam:CreatePolicyVersion', { Resource }))];
    const found = find('iam-001', { layers, customerPolicies })!;
    expect(found.assuming).toBe(assuming);
    expect(found.held[0]?.resource).toBe(Resource);
  });

  it.each<[string, Layers, readonly string[]]>([
    ['a boundary to take off', [identity(all), layer('boundary', [all])], ['iam-901', 'iam-902', 'iam-903']],
    ['no boundary', [identity(all)], ['iam-901']],
    ['an inline Deny', [identity(all, deny('s3:*'))], ['iam-901', 'iam-905']],
    [
      'a Deny in a managed policy',
      [
        {
          name: 'identity',
          policies: [
            ...identity(all).policies,
            { name: policyArn('no'), reading: identity(deny('s3:*')).policies[0]!.reading },
          ],
          complete: true,
        },
      ],
      ['iam-901', 'iam-904'],
    ],
  ])('%s', (_, layers, expected) => {
    const own = ['iam-901', 'iam-902', 'iam-903', 'iam-904', 'iam-905'];
    expect(
      idsOf(escalationFor({ layers }))
        .filter(id => own.includes(id))
        .sort(),
    ).toEqual(expected);
  });
});

describe('dominated', () => {
  it.each<[string, readonly string[], readonly string[], readonly string[]]>([
    ['a second key of the same user', ['iam:CreateAccessKey', 'iam:DeleteAccessKey'], ['iam-002'], ['iam-003']],
    [
      'a function of the same kind',
      ['lambda:UpdateFunctionCode', 'lambda:InvokeFunction'],
      ['lambda-003'],
      ['lambda-004'],
    ],
    [
      'not one that gives more: any permission, against those of the target',
      ['iam:PutRolePolicy', 'iam:UpdateAssumeRolePolicy'],
      ['iam-005', 'iam-012', 'iam-021'],
      [],
    ],
    [
      'not one to another target: a new project with any role, against a project that is there',
      ['iam:PassRole', 'codebuild:CreateProject', 'codebuild:StartBuild'],
      ['codebuild-001', 'codebuild-002'],
      [],
    ],
    [
      'not one into another role, against one into its own',
      ['iam:CreateRole', 'iam:PutRolePolicy'],
      ['iam-005', 'iam-907'],
      [],
    ],
  ])('%s', (_, actions, open, dominated) => {
    const found = escalationFor({ layers: [identity(allow(actions))] });
    expect(found.open.map(({ path }) => path.id)).toEqual(open);
    expect(found.dominated.map(({ path }) => path.id)).toEqual(dominated);
  });

  it('never hides one that yields more behind sts-001', () => {
    const layers = [identity(allow(['iam:PutRolePolicy', 'sts:AssumeRole'], { Resource: arnOf('admin') }))];
    expect(escalationFor({ layers }).open.map(({ path }) => path.id)).toEqual(['iam-017', 'sts-001']);
  });
});

describe('what the caller chooses', () => {
  const aws = (name: string) => `arn:aws:iam::aws:policy/${name}`;
  const attach = (Condition: Json) => [identity(allow('iam:AttachRolePolicy', { Resource: ARN, Condition }))];
  const bounded = (Condition: Json, boundary: readonly Json[] = []) => [
    identity(allow(['iam:PutRolePolicy', 'iam:CreateRole'], { Condition })),
    ...(boundary.length === 0 ? [] : [layer('boundary', boundary)]),
  ];

  it.each<[string, string, Layers, boolean | undefined]>([
    [
      'AdministratorAccess is its choice',
      'iam-009',
      attach({ ArnEquals: { 'iam:PolicyARN': aws('AdministratorAccess') } }),
      true,
    ],
    ['in any case of the key', 'iam-009', attach({ ArnLike: { 'iam:policyarn': aws('Admin*') } }), true],
    ['IAMFullAccess does as well', 'iam-009', attach({ ArnEquals: { 'iam:PolicyARN': aws('IAMFullAccess') } }), true],
    [
      'ReadOnlyAccess is no way up',
      'iam-009',
      attach({ ArnEquals: { 'iam:PolicyARN': [aws('ReadOnlyAccess'), aws('AmazonS3ReadOnlyAccess')] } }),
      undefined,
    ],
    [
      'what another policy allows is not known',
      'iam-009',
      attach({ ArnLike: { 'iam:PolicyARN': policyArn('team-*') } }),
      false,
    ],
    ['all but some', 'iam-009', attach({ ArnNotEquals: { 'iam:PolicyARN': aws('AdministratorAccess') } }), true],
    [
      'all but those that do',
      'iam-009',
      attach({ ArnNotLike: { 'iam:PolicyARN': [aws('AdministratorAccess'), aws('IAMFullAccess')] } }),
      undefined,
    ],
    [
      'a boundary on its own role, which has none',
      'iam-005',
      bounded({ StringEquals: { 'iam:PermissionsBoundary': policyArn('cage') } }),
      undefined,
    ],
    [
      'a boundary on its own role, which has that one',
      'iam-005',
      bounded({ StringEquals: { 'iam:PermissionsBoundary': 'boundary-0' } }, [all]),
      true,
    ],
    [
      'a boundary on its own role, which has another one',
      'iam-005',
      bounded({ StringEquals: { 'iam:PermissionsBoundary': policyArn('cage') } }, [all]),
      undefined,
    ],
    ['no boundary on a new role', 'iam-907', bounded({ Null: { 'iam:PermissionsBoundary': 'true' } }), true],
    [
      'a boundary on a new role that lets all through',
      'iam-907',
      bounded({ StringEquals: { 'iam:PermissionsBoundary': aws('AdministratorAccess') } }),
      true,
    ],
    [
      'a boundary on a new role that nobody knows',
      'iam-907',
      bounded({ StringEquals: { 'iam:PermissionsBoundary': policyArn('cage') } }),
      false,
    ],
  ])('%s: %s', (_, id, layers, certain) => {
    const found = find(id, { layers });
    expect(found?.certain).toBe(certain);
    if (found !== undefined) confirmAll(found, layers);
  });

  it('says which condition narrows a choice that may be of no use', () => {
    const found = find('iam-009', { layers: attach({ ArnLike: { 'iam:PolicyARN': policyArn('team-*') } }) });
    expect(found?.held[0]?.conditions).toMatchObject([{ key: 'iam:PolicyARN', effect: 'Allow' }]);
  });
});

describe('where there is nothing to reach', () => {
  const gates = (enabled: boolean, ...crls: readonly string[]): Gates => ({
    anchors: { all: [{ arn: GATE('trust-anchor'), enabled, authority: undefined }], complete: true },
    profiles: { all: [{ arn: GATE('profile'), enabled, roleArns: [ROLES_ANYWHERE_ROLE] }], complete: true },
    crls: { all: crls.map(arn => ({ arn, enabled })), complete: true },
  });
  const GATE = (type: string) => `arn:aws:rolesanywhere:eu-west-1:${ACCOUNT}:${type}/x`;
  const ROLES_ANYWHERE_ROLE = arnOf('of-rolesanywhere.amazonaws.com');
  const around = (given: Gates) => ({ ...NOTHING_READ, gates: given });
  const within = (given: Gates) =>
    worldOf({ account: ACCOUNT, partition: 'aws', complete: true }, fullWorld.roles, around(given));

  it.each<[string, string, readonly string[], World, 'open' | 'latent' | 'neither', readonly string[]]>([
    ['a role for functions', 'lambda-003', ['lambda:UpdateFunctionCode'], fullWorld, 'open', []],
    ['no role for functions', 'lambda-003', ['lambda:UpdateFunctionCode'], emptyWorld, 'latent', []],
    ['no role for functions that was seen', 'lambda-003', ['lambda:UpdateFunctionCode'], unknownWorld, 'open', []],
    ['no CRL', 'rolesanywhere-010', ['rolesanywhere:DeleteCrl'], within(gates(true)), 'latent', []],
    [
      'a CRL',
      'rolesanywhere-010',
      ['rolesanywhere:DeleteCrl'],
      within(gates(true, GATE('crl'))),
      'open',
      [GATE('crl')],
    ],
    [
      'a CRL that is off',
      'rolesanywhere-011',
      ['rolesanywhere:DisableCrl'],
      within(gates(false, GATE('crl'))),
      'latent',
      [],
    ],
    ['CRLs not read', 'rolesanywhere-010', ['rolesanywhere:DeleteCrl'], fullWorld, 'open', []],
    [
      'every trust anchor on',
      'rolesanywhere-007',
      ['rolesanywhere:EnableTrustAnchor'],
      within(gates(true)),
      'latent',
      [],
    ],
    [
      'a trust anchor off',
      'rolesanywhere-007',
      ['rolesanywhere:EnableTrustAnchor'],
      within(gates(false)),
      'open',
      [GATE('trust-anchor')],
    ],
    [
      'no private CA',
      'rolesanywhere-013',
      ['acm-pca:IssueCertificate', 'acm-pca:GetCertificate'],
      within(gates(true)),
      'latent',
      [],
    ],
    [
      'no profile off',
      'rolesanywhere-004',
      ['iam:PassRole', 'rolesanywhere:EnableProfile'],
      within(gates(true)),
      'latent',
      [],
    ],
    [
      'a profile off, with such a role',
      'rolesanywhere-004',
      ['iam:PassRole', 'rolesanywhere:EnableProfile'],
      within(gates(false)),
      'open',
      [ROLES_ANYWHERE_ROLE],
    ],
  ])('%s: %s', (_, id, actions, in_, expected, targets) => {
    const layers = [identity(allow(actions))];
    const escalation = escalationFor({ layers, world: in_ });
    const found = find(id, { layers, world: in_ });
    expect(found ? 'open' : latentIds(escalation).includes(id) ? 'latent' : 'neither').toBe(expected);
    expect(found?.targets ?? []).toEqual(targets);
  });

  it('only perhaps, when the permissions are not certain', () => {
    const layers: Layers = [{ name: 'identity', policies: [], complete: false }];
    const { latent } = escalationFor({ layers, world: emptyWorld });
    expect(latent.find(({ path }) => path.id === 'lambda-001')?.certain).toBe(false);
    expect(latent.filter(({ certain }) => certain)).toEqual([]);
  });

  it('a role whose trust policy has a condition on the caller leads on only perhaps', () => {
    const conditioned = (Condition: Json) =>
      world([role('x', [trust({ Service: 'lambda.amazonaws.com' }, { Condition })])]);
    const layers = [identity(allow(['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction']))];
    const certain = (Condition: Json) => find('lambda-001', { layers, world: conditioned(Condition) })?.certain;
    expect(certain({ StringEquals: { 'aws:SourceAccount': ACCOUNT } })).toBe(true);
    expect(certain({ StringEquals: { 'aws:SourceAccount': '444455556666' } })).toBe(undefined);
    expect(certain({ ArnLike: { 'aws:SourceArn': `arn:aws:lambda:*:${ACCOUNT}:function:x` } })).toBe(false);
  });
});

describe('what nobody may do', () => {
  const RESERVED = arnOf('aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_x');

  it('a reserved role does not change itself', () => {
    const ids = idsOf(escalationFor({ layers: [identity(allow('iam:*'))], arn: RESERVED }));
    for (const id of ['iam-005', 'iam-009', 'iam-902', 'iam-905']) expect(ids).not.toContain(id);
    for (const id of ['iam-001', 'iam-907']) expect(ids).toContain(id);
  });

  it('a role that is there cannot be made', () => {
    const make = (Resource: string) => [identity(allow(['iam:CreateRole', 'iam:PutRolePolicy'], { Resource }))];
    expect(idsOf(escalationFor({ layers: make(arnOf('admin')) }))).not.toContain('iam-907');
    expect(find('iam-907', { layers: make(arnOf('admin*')) })?.held[0]?.resource).toBe(arnOf('adminx'));
  });

  it('the role that is made is the one that is written into', () => {
    const two = [
      allow('iam:CreateRole', { Resource: arnOf('a-*') }),
      allow('iam:PutRolePolicy', { Resource: arnOf('b-*') }),
    ];
    expect(idsOf(escalationFor({ layers: [identity(...two)] }))).not.toContain('iam-907');
  });
});

describe('what may hold a role back', () => {
  it.each<[string, Layers, Readonly<Record<string, boolean>>]>([
    [
      'policies that were not read may deny something',
      [{ ...identity(all), complete: false }],
      { 'iam-904': false, 'iam-905': false },
    ],
    [
      'a boundary that was not read',
      [identity(all), { name: 'boundary', policies: [], complete: false }],
      { 'iam-902': false, 'iam-910': false },
    ],
    ['a boundary that it can rewrite', [identity(all), layer('boundary', [all])], { 'iam-902': true }],
  ])('%s', (_, layers, expected) => {
    for (const [id, certain] of Object.entries(expected)) expect(find(id, { layers })?.certain).toBe(certain);
  });

  it('its boundary, by a new version of that policy', () => {
    const boundary = { name: policyArn('cage'), reading: identity(all).policies[0]!.reading };
    const layers: Layers = [
      identity(allow('iam:CreatePolicyVersion', { Resource: boundary.name })),
      { name: 'boundary', policies: [boundary], complete: true },
    ];
    expect(find('iam-910', { layers })?.held[0]?.resource).toBe(boundary.name);
    const ofAws = { ...boundary, name: 'arn:aws:iam::aws:policy/PowerUserAccess' };
    const unwritable: Layers = [identity(all), { name: 'boundary', policies: [ofAws], complete: true }];
    expect(find('iam-910', { layers: unwritable })).toBe(undefined);
  });
});

it('speaks of a boundary with a session policy: what is held is what all layers let through', () => {
  const layers = [
    identity(allow('iam:*')),
    layer('boundary', [allow('iam:PutRolePolicy', { Resource: arnOf('a*') })]),
    layer('session', [allow('iam:*', { Resource: arnOf('*p') })], [deny('iam:*', { Resource: arnOf('ap') })]),
  ];
  const found = find('iam-005', { layers })!;
  expect(found).toMatchObject({
    certain: true,
    held: [{ permission: { action: 'iam:PutRolePolicy' }, resource: ARN }],
  });
  expect(found.held[0]?.statements.map(({ layer, policy }) => [layer, policy])).toEqual([
    ['identity', 'identity-0'],
    ['boundary', 'boundary-0'],
    ['session', 'session-0'],
  ]);
  confirmAll(found, layers);
});

it('is the same whatever the order of layers and policies', () => {
  const one = [identity(allow(['iam:*', 'sts:*'])), layer('session', [allow('iam:P*')], [allow('lambda:*')])];
  const other = [layer('session', [allow('lambda:*')], [allow('iam:P*')]), identity(allow(['sts:*', 'iam:*']))];
  expect(idsOf(escalationFor({ layers: other }))).toEqual(idsOf(escalationFor({ layers: one })));
});

it('whatever is said to be held is held', () => {
  fc.assert(
    fc.property(layersJson(), json => {
      const layers = layersOf(json);
      const { open, dominated } = escalationFor({ layers });
      for (const each of [...open, ...dominated]) {
        confirmAll(each, layers);
        if (each.certain) expect(each.held.every(({ certain }) => certain)).toBe(true);
      }
    }),
    RUNS,
  );
});
