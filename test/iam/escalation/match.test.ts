import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { OpenPath } from '../../../src/iam/escalation/match.ts';
import type { EscalationPath } from '../../../src/iam/escalation/path.ts';
import { escalationPaths } from '../../../src/iam/escalation/paths.ts';
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
  idsOf,
  type Json,
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
  return !idsOf(escalation).includes(id) && !escalation.latent.includes(id);
}

function find(id: string, session: Session): OpenPath | undefined {
  const { open, dominated } = escalationFor(session);
  return [...open, ...dominated].find(({ path }) => path.id === id);
}

/** Every permission that it is said to hold is held, as a plain evaluation has it too. */
function confirmAll({ path, held }: OpenPath, layers: Layers): void {
  for (const each of held) {
    const { passedTo } = path.permissions.find(({ action }) => action === each.action)!;
    const answers = confirm(each, layers, passedTo);
    if (each.certain) expect(answers, `${each.action} on ${each.resource}`).toContain('allowed');
    else expect(answers.filter(answer => answer !== 'denied')).not.toEqual([]);
  }
}

test('there are 65', () => {
  expect(published.length).toBe(65);
});

describe.each(published)('%s', (id, path) => {
  const actions = actionsOf(path);
  const layers = [identity(allow(actions))];

  it('is open to who has exactly its permissions, or hidden by one that needs less', () => {
    const { open, dominated, latent } = escalationFor({ layers });
    const found = [...open, ...dominated].find(each => each.path.id === id)!;
    expect(found.certain).toBe(true);
    expect(latent).not.toContain(id);
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
    const { open, dominated, latent } = escalationFor({ layers, world: emptyWorld });
    expect([...open, ...dominated].map(each => each.path.id)).not.toContain(id);
    expect(latent).toContain(id);
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
    expect(escalationFor({ layers, world: world([linked]) }).latent).toContain(id);
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
  it('are those that need more than an open one', () => {
    const { open, dominated } = escalationFor({ layers: [identity(all)] });
    const ids = dominated.map(({ path }) => path.id);
    for (const id of ['iam-003', 'iam-014', 'iam-021', 'lambda-004', 'ecs-001', 'codebuild-001'])
      expect(ids).toContain(id);
    for (const id of ['iam-002', 'iam-005', 'sts-001', 'lambda-003'])
      expect(open.map(({ path }) => path.id)).toContain(id);
  });
});

it('speaks of a boundary with a session policy: what is held is what all layers let through', () => {
  const layers = [
    identity(allow('iam:*')),
    layer('boundary', [allow('iam:PutRolePolicy', { Resource: arnOf('a*') })]),
    layer('session', [allow('iam:*', { Resource: arnOf('*p') })], [deny('iam:*', { Resource: arnOf('ap') })]),
  ];
  const found = find('iam-005', { layers })!;
  expect(found).toMatchObject({ certain: true, held: [{ action: 'iam:PutRolePolicy', resource: ARN }] });
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
