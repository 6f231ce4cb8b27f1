import { describe, expect, it } from 'vitest';
import { assumableBy } from '../../../src/iam/escalation/assumable.ts';
import { lateral } from '../../../src/iam/escalation/lateral.ts';
import { isOutOfReach, principalKey, worldOf } from '../../../src/iam/escalation/world.ts';
import type { Layers } from '../../../src/iam/layer.ts';
import {
  ACCOUNT,
  ARN,
  actorFor,
  allow,
  arnOf,
  deny,
  escalationFor,
  idsOf,
  type Json,
  layer,
  ROOT,
  role,
  trust,
  world,
} from './session.ts';

const NAMED = { AWS: ARN };
const SESSION = { AWS: `arn:aws:sts::${ACCOUNT}:assumed-role/app/serial` };
const ip = { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } };

const none = [layer('identity', [])];
const may = [layer('identity', [allow('sts:AssumeRole')])];
const boundary = (...statements: readonly Json[]) => layer('boundary', statements);
const session = (...statements: readonly Json[]) => layer('session', statements);

/** `true`, `false`, or undefined where it cannot be said. */
function canAssume(trusts: readonly Json[], layers: Layers, name = 'target'): boolean | undefined {
  const [found] = assumableBy(actorFor(layers), world([role(name, trusts)]));
  return found === undefined ? false : found.certain || undefined;
}

describe('assumableBy', () => {
  it('is sorted, whoever is named', () => {
    const roles = [
      role('a', [trust(NAMED)]),
      role('b', [trust(ROOT)]),
      role('c', [trust(NAMED)]),
      role('d', [trust(ROOT)]),
    ];
    const found = assumableBy(actorFor(may), world(roles.toReversed()));
    expect(found.map(each => each.role.name)).toEqual(['a', 'b', 'c', 'd']);
  });

  it.each<[string, readonly Json[], Layers, boolean | undefined]>([
    ['named, without a permission', [trust(NAMED)], none, true],
    ['named among others', [trust({ AWS: ['arn:aws:iam::444455556666:root', ARN] })], none, true],
    ['named, with a boundary that does not allow it', [trust(NAMED)], [...none, boundary(allow('s3:*'))], false],
    ['named, with a boundary that does', [trust(NAMED)], [...none, boundary(allow('sts:*'))], true],
    ['named, with a session policy that does not', [trust(NAMED)], [...none, session(allow('s3:*'))], false],
    [
      'named, with a session policy that does',
      [trust(NAMED)],
      [...none, session(allow('sts:AssumeRole', { Resource: arnOf('t*') }))],
      true,
    ],
    ['named, and denied by an identity policy', [trust(NAMED)], [layer('identity', [deny('sts:*')])], false],
    [
      'named, and denied for others',
      [trust(NAMED)],
      [layer('identity', [deny('sts:*', { Resource: arnOf('x') })])],
      true,
    ],
    ['named, and perhaps denied', [trust(NAMED)], [layer('identity', [deny('sts:*', ip)])], undefined],
    [
      'named, identity policies not read',
      [trust(NAMED)],
      [{ name: 'identity', policies: [], complete: false }],
      undefined,
    ],
    ['named, without sts:AssumeRole', [trust(NAMED, { Action: 'sts:TagSession' })], may, false],
    ['named, with sts:*', [trust(NAMED, { Action: 'STS:*' })], none, true],
    ['named as what is no AWS principal', [trust({ Federated: ARN })], may, false],
    ['the account, without a permission', [trust(ROOT)], none, false],
    ['the account, with one', [trust(ROOT)], may, true],
    ['the account by its number', [trust({ AWS: ACCOUNT })], may, true],
    [
      'the account, with one for another role',
      [trust(ROOT)],
      [layer('identity', [allow('sts:*', { Resource: arnOf('x') })])],
      false,
    ],
    ['the account, with one under a condition', [trust(ROOT)], [layer('identity', [allow('sts:*', ip)])], undefined],
    ['the account, stopped by a session policy', [trust(ROOT)], [...may, session(allow('s3:*'))], false],
    ['another account', [trust({ AWS: 'arn:aws:iam::444455556666:root' })], may, false],
    ['another role', [trust({ AWS: arnOf('other') })], may, false],
    ['a service', [trust({ Service: 'ec2.amazonaws.com' })], may, false],
    ['everyone, without a permission', [trust('*')], none, true],
    ['everyone, stopped by a boundary', [trust('*')], [...none, boundary(allow('s3:*'))], undefined],
    ['everyone, denied by a boundary', [trust('*')], [...none, boundary(allow('*'), deny('sts:*'))], false],
    ['the session, whose name nobody knows', [trust(SESSION)], none, undefined],
    [
      'the session, past a boundary and a session policy',
      [trust(SESSION)],
      [...none, boundary(), session()],
      undefined,
    ],
    ['the session, but denied', [trust(SESSION)], [...none, session(deny('*'))], false],
    ["another role's session", [trust({ AWS: SESSION.AWS.replace('/app/', '/apple/') })], may, false],
    ['a condition that holds', [trust(NAMED, { Condition: { Bool: { 'aws:SecureTransport': 'true' } } })], none, true],
    [
      'a condition that does not',
      [trust(NAMED, { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } })],
      none,
      false,
    ],
    [
      'a condition that nobody can decide',
      [trust(NAMED, { Condition: { StringEquals: { 'sts:ExternalId': 'x' } } })],
      none,
      undefined,
    ],
    ['a condition on the role', [trust(ROOT, { Condition: { ArnEquals: { 'aws:PrincipalArn': ARN } } })], may, true],
    [
      'a condition on another role',
      [trust(ROOT, { Condition: { ArnEquals: { 'aws:PrincipalArn': arnOf('x') } } })],
      may,
      false,
    ],
    [
      'everyone of this account',
      [trust('*', { Condition: { StringEquals: { 'aws:PrincipalAccount': ACCOUNT } } })],
      none,
      true,
    ],
    [
      'everyone of another account',
      [trust('*', { Condition: { StringEquals: { 'aws:PrincipalAccount': '1' } } })],
      may,
      false,
    ],
    ['the account, and a Deny for the role', [trust(ROOT), trust(NAMED, { Effect: 'Deny' })], may, false],
    ['the role, and a Deny for the account', [trust(NAMED), trust(ROOT, { Effect: 'Deny' })], may, false],
    ['the role, and a Deny for everyone', [trust(NAMED), trust('*', { Effect: 'Deny' })], may, false],
    ['the role, and a Deny for another', [trust(NAMED), trust({ AWS: arnOf('x') }, { Effect: 'Deny' })], may, true],
    [
      'the role, and a Deny of another action',
      [trust(NAMED), trust('*', { Effect: 'Deny', Action: 'sts:TagSession' })],
      may,
      true,
    ],
    ['the role, and a Deny that may hold', [trust(NAMED), trust('*', { Effect: 'Deny', ...ip })], may, undefined],
    ['the role, and a Deny for a session of it', [trust(NAMED), trust(SESSION, { Effect: 'Deny' })], may, undefined],
    [
      'NotPrincipal of another',
      [trust('*', { Principal: undefined, NotPrincipal: { AWS: arnOf('x') } })],
      may,
      undefined,
    ],
    ['NotPrincipal of the role', [trust('*', { Principal: undefined, NotPrincipal: NAMED })], may, false],
    [
      'a Deny with NotPrincipal of another',
      [trust(NAMED), trust('*', { Effect: 'Deny', Principal: undefined, NotPrincipal: { AWS: arnOf('x') } })],
      may,
      undefined,
    ],
    [
      'a Deny with NotPrincipal of the role',
      [trust(NAMED), trust('*', { Effect: 'Deny', Principal: undefined, NotPrincipal: NAMED })],
      may,
      true,
    ],
    ['no trust policy', [], may, false],
  ])('%s', (_, trusts, layers, expected) => {
    expect(canAssume(trusts, layers)).toBe(expected);
  });

  it('its own role is somewhere else only when a session policy holds it back', () => {
    expect(canAssume([trust(NAMED)], none, 'app')).toBe(false);
    expect(canAssume([trust(NAMED)], [...none, session(allow('sts:*'))], 'app')).toBe(true);
  });

  it('a role whose trust policy nobody read is none', () => {
    expect(assumableBy(actorFor(may), world([role('x', [], { trust: undefined })]))).toEqual([]);
  });

  it('is sorted by ARN', () => {
    const roles = ['b', 'c', 'a'].map(name => role(name, [trust(NAMED)]));
    expect(assumableBy(actorFor(none), world(roles)).map(each => each.role.name)).toEqual(['a', 'b', 'c']);
  });
});

describe('lateral', () => {
  const by = (name: string) => trust({ AWS: arnOf(name) });
  const hops = (roles: Parameters<typeof world>[0], layers: Layers = none) =>
    lateral(actorFor(layers), world(roles)).map(({ role: { name }, certain }) => (certain ? name : `${name}?`));

  it.each<[string, Parameters<typeof world>[0], readonly string[]]>([
    ['nowhere', [role('x', [by('y')])], []],
    ['two hops', [role('a', [by('app')]), role('b', [by('a')])], ['a', 'b']],
    [
      'three hops, in a circle',
      [role('a', [by('app'), by('c')]), role('b', [by('a')]), role('c', [by('b')])],
      ['a', 'b', 'c'],
    ],
    ['back to itself', [role('app', [by('a')]), role('a', [by('app')])], ['a']],
    [
      'a hop that needs a permission, and has it',
      [role('a', [by('app')], { layers: may }), role('b', [trust(ROOT)])],
      ['a', 'b'],
    ],
    ['a hop that needs a permission, and has none', [role('a', [by('app')]), role('b', [trust(ROOT)])], ['a']],
    [
      "the next role's boundary",
      [role('a', [by('app')], { layers: [...may, boundary(allow('s3:*'))] }), role('b', [by('a')])],
      ['a'],
    ],
    [
      'a first hop that may be',
      [role('a', [trust({ AWS: ARN }, ip)]), role('b', [by('a')]), role('c', [by('b')])],
      ['a?', 'b?', 'c?'],
    ],
    [
      'a second way that is certain',
      [role('a', [trust({ AWS: ARN }, ip)]), role('b', [by('a'), by('c')]), role('c', [by('app')])],
      ['a?', 'b', 'c'],
    ],
    [
      'past a role whose policies nobody read',
      [role('a', [by('app')], { layers: undefined }), role('b', [by('a')]), role('c', [trust(ROOT)])],
      ['a', 'b?'],
    ],
    ['not to service-linked roles', [role('x', [by('app')], { arn: arnOf('aws-service-role/x/x') })], []],
  ])('%s', (_, roles, expected) => {
    expect(hops(roles)).toEqual(expected);
  });

  it('leaves the session policy behind', () => {
    const roles = [role('a', [trust(ROOT)], { layers: may }), role('b', [trust(ROOT)]), role('app', [by('a')])];
    const onlyA = [...may, session(allow('sts:AssumeRole', { Resource: arnOf('a') }))];
    expect(hops(roles, onlyA)).toEqual(['a', 'app', 'b']);
    expect(hops(roles, [...may, session(allow('s3:*'))])).toEqual([]);
    expect(hops([role('app', [trust(ROOT)])], [...may, session(allow('sts:*'))])).toEqual(['app']);
    expect(hops([role('app', [trust(ROOT)])], may)).toEqual([]);
  });

  it("goes on without the session's tags: only the role's own", () => {
    const tagged = { Condition: { StringEquals: { 'aws:PrincipalTag/x509Subject/CN': 'a' } } };
    const target = role('b', [trust({ AWS: arnOf('a') }, tagged)]);
    expect(hops([role('a', [by('app')]), target])).toEqual(['a']);
    expect(hops([role('a', [by('app')], { tags: [['x509Subject/CN', 'a']] }), target])).toEqual(['a', 'b']);
    expect(hops([role('a', [by('app')], { tags: undefined }), target])).toEqual(['a', 'b?']);
  });
});

describe('sts-001', () => {
  it.each<[string, readonly Json[], Layers, boolean | undefined]>([
    ['named, without a permission', [trust(NAMED)], none, true],
    ['the account, with one', [trust(ROOT)], may, true],
    ['the account, without one', [trust(ROOT)], none, false],
    ['under a condition of the trust policy', [trust(NAMED, ip)], none, undefined],
    ['named, and its own permission has a condition', [trust(NAMED)], [layer('identity', [allow('sts:*', ip)])], true],
    [
      'the account, and the permission has a condition',
      [trust(ROOT)],
      [layer('identity', [allow('sts:*', ip)])],
      undefined,
    ],
  ])('%s', (_, trusts, layers, expected) => {
    const { open } = escalationFor({ layers, world: world([role('target', trusts)]) });
    const found = open.find(({ path }) => path.id === 'sts-001');
    expect(found?.certain).toBe(expected === false ? undefined : expected === true);
    if (found !== undefined) expect(found.targets).toEqual([arnOf('target')]);
  });

  it('goes with what can be done to such a role', () => {
    const layers = [layer('identity', [allow('iam:PutRolePolicy')])];
    expect(idsOf(escalationFor({ layers, world: world([role('target', [trust(NAMED)])]) }))).toContain('iam-017');
    expect(idsOf(escalationFor({ layers, world: world([role('target', [trust(ROOT)])]) }))).not.toContain('iam-017');
  });
});

describe('worldOf', () => {
  it('lists roles by whom they trust', () => {
    const roles = [
      role('a', [trust({ Service: ['ec2.amazonaws.com.cn', 'lambda.amazonaws.com'] })]),
      role('b', [trust({ Federated: 'cognito-identity.amazonaws.com' }, { Action: 'sts:AssumeRoleWithWebIdentity' })]),
      role('c', [trust({ Service: 'ec2.amazonaws.com' }, { Action: 'sts:TagSession' }), trust(SESSION)]),
      role('d', [trust({ Service: 'ec2.amazonaws.com' }, { Effect: 'Deny' })]),
      role('e', [trust('*', { Principal: undefined, NotPrincipal: { AWS: 'x' } })]),
      role('linked', [trust(ROOT)], { arn: arnOf('aws-reserved/sso.amazonaws.com/linked') }),
    ];
    const { byPrincipal, byArn, complete } = world(roles);
    expect([...byPrincipal].map(([key, list]) => [key, list.map(({ name }) => name)])).toEqual([
      ['ec2.amazonaws.com', ['a']],
      ['lambda.amazonaws.com', ['a']],
      ['cognito-identity.amazonaws.com', ['b']],
      [`arn:aws:sts::${ACCOUNT}:assumed-role/app`, ['c']],
      ['*', ['e']],
    ]);
    expect([...byArn.keys()]).toEqual(['a', 'b', 'c', 'd', 'e'].map(arnOf));
    expect(complete).toBe(true);
  });

  it('is not complete when a trust policy was not read', () => {
    const about = { account: ACCOUNT, partition: 'aws', complete: true };
    expect(worldOf(about, [role('a', [], { trust: undefined })]).complete).toBe(false);
    expect(worldOf({ ...about, complete: false }, []).complete).toBe(false);
  });

  it.each([
    ['arn:aws:iam::1:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX', true],
    ['arn:aws:iam::1:role/aws-reserved/sso.amazonaws.com/eu-west-1/x', true],
    ['arn:aws:iam::1:role/app/aws-service-role/x', false],
    ['arn:aws:iam::1:role/x:role/aws-service-role/x', false],
    ['arn:aws:iam::1:role/x:role/aws-reserved/x', false],
    ['arn:aws:iam::1:role/aws-service-role', false],
  ])('%s is out of reach: %s', (arn, expected) => {
    expect(isOutOfReach(arn)).toBe(expected);
  });

  it.each([
    ['lambda.amazonaws.com.cn', 'lambda.amazonaws.com'],
    ['arn:aws:sts::1:assumed-role/a/b', 'arn:aws:sts::1:assumed-role/a'],
    ['arn:aws:iam::1:role/a/b', 'arn:aws:iam::1:role/a/b'],
    ['*', '*'],
  ])('%s goes by %s', (principal, key) => {
    expect(principalKey(principal)).toBe(key);
  });
});
