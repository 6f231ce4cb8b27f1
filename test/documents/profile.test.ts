import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/documents/document.ts';
import { documentsOf } from '../../src/documents/documents.ts';
import { isUnknownAt, valuesAt } from '../../src/documents/path.ts';
import { DEFAULTS, type Settings } from '../../src/settings/settings.ts';
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
  unread,
} from './snapshots.ts';

const ofProfile = (rest: Partial<ProfileDetail>, inAccount: Partial<AccountSnapshot> = {}) =>
  about('profile', account({ regions: [region({ profiles: [profile(rest)] })], ...inAccount }));
const boss = role('boss', { RolePolicyList: [{ PolicyName: 'all', PolicyDocument: EVERYTHING }] });

describe('profile documents', () => {
  it('know what their roles are', () => {
    const roleArns = ['host', 'boss', 'gone'].map(roleArn);
    const { facts, unknown } = ofProfile({ roleArns }, { roles: [role('host'), boss] });
    expect(facts.roles).toEqual({
      count: 3,
      usable_count: 2,
      missing: [roleArn('gone')],
      staying: expect.not.arrayContaining([roleArn('gone')]),
      unread: [],
      cross_account: [],
      admin: [roleArn('boss')],
      standing: ['admin', 'limited', 'missing'],
      privileged: [roleArn('boss')],
      privileged_open: [],
      privileged_by: ['boss: everything on everything'],
      privileged_grade: [],
      privileged_certificates: [],
      trusting: [roleArn('host'), roleArn('boss')],
      not_trusting: [],
      unconditioned: [roleArn('host'), roleArn('boss')],
      session_name_unbound: [roleArn('host'), roleArn('boss')],
      session_name_bound: [],
      session_name_call: expect.arrayContaining(['--no-accept-role-session-name']),
      session_name_refused: [],
      shorter_than_session: [],
    });
    expect(unknown.filter(path => path.startsWith('profile.roles'))).toEqual([]);
  });

  const mfa = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };
  const organisation = { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } };
  it.each([
    ['anybody', {}, {}, [roleArn('boss')]],
    ['nobody ever', { Condition: mfa }, {}, []],
    ['one organisation', { Condition: organisation }, {}, undefined],
    ['anybody, and the profile is disabled', {}, { enabled: false }, []],
  ])('know of the administrators among them which are open: %s', (_, rest, own, expected) => {
    const trust = { AssumeRolePolicyDocument: { Statement: { ...OPEN_TRUST.Statement, ...rest } } };
    const profiles = [profile({ roleArns: ['boss', 'host'].map(roleArn), ...own })];
    const regions = [region({ trustAnchors: [anchor()], profiles })];
    const { facts, unknown } = ofProfile({}, { roles: [{ ...boss, ...trust }, role('host')], regions });
    expect(facts.roles).toMatchObject({ privileged: [roleArn('boss')], privileged_open: expected ?? [] });
    expect(unknown.includes('profile.roles.privileged_open')).toBe(expected === undefined);
  });

  const bulk = { strategy: 'bulk', reason: '' } as const;
  const single = { strategy: 'per-role', reason: '' } as const;
  const all = unread('iam:GetAccountAuthorizationDetails');
  it.each([
    ['not there', {}, 'missing'],
    ['refused by ARN', { unread: [unread('iam:GetRole', roleArn('host'))] }, 'unread'],
    ['refused by name', { unread: [unread('iam:GetRole', 'host')] }, 'unread'],
    ['another one refused', { unread: [unread('iam:GetRole', roleArn('other'))] }, 'missing'],
    ['roles not asked for', { notAsked: ['roles'] }, 'unread'],
    ['the list refused', { unread: [unread('iam:ListRoles')] }, 'unread'],
    ['all refused at once', { unread: [all] }, 'unread'],
    ['all refused at once, each asked for then', { unread: [all], iamReadBy: single }, 'missing'],
    ['the list refused, all read at once', { unread: [unread('iam:ListRoles')], iamReadBy: bulk }, 'missing'],
  ] as const)('a role that is %s', (_, inAccount, expected) => {
    const { facts, unknown } = ofProfile({}, inAccount);
    expect(facts.roles).toMatchObject({ missing: [], unread: [], [expected]: [roleArn('host')] });
    const open = [
      'missing',
      'admin',
      'trusting',
      'not_trusting',
      'unconditioned',
      'privileged',
      'shorter_than_session',
    ].map(each => `profile.roles.${each}`);
    expect(open.every(path => unknown.includes(path) === (expected === 'unread'))).toBe(true);
  });

  it("another account's role is neither missing nor unread, and what is no ARN is unread", () => {
    const theirs = 'arn:aws:iam::999999999999:role/x';
    const roleArns = [theirs, 'nonsense', '', 'arn:aws:iam::aws:role/x', 'arn:aws:iam::__proto__:role/x'];
    const { facts } = ofProfile({ roleArns });
    expect(facts.roles).toMatchObject({ missing: [], unread: roleArns.slice(1), cross_account: [theirs] });
    const alone = ofProfile({ roleArns: [theirs] });
    expect(alone.facts.roles).toMatchObject({ standing: [], privileged: [] });
    expect(alone.unknown.filter(path => path.startsWith('profile.roles'))).toEqual([]);
  });

  const narrow = { Statement: { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' } };
  const bounded = { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: `arn:aws:iam::${ACCOUNT}:policy/b` };
  const climber = role('climber', {
    RolePolicyList: [
      {
        PolicyName: 'p',
        PolicyDocument: { Statement: { Effect: 'Allow', Action: 'iam:CreateAccessKey', Resource: '*' } },
      },
    ],
  });
  it.each([
    ['an administrator', boss, {}, ['admin'], ['boss'], false],
    ['held by a session policy', boss, { sessionPolicy: JSON.stringify(narrow) }, ['limited'], [], false],
    ['held by nothing but a wide one', boss, { sessionPolicy: JSON.stringify(EVERYTHING) }, ['admin'], ['boss'], false],
    ['held by a boundary that nobody read', { ...boss, PermissionsBoundary: bounded }, {}, ['unsettled'], [], true],
    ['with a way up', climber, {}, ['escalating'], [], true],
    ['with a way up behind a disabled profile', climber, { enabled: false }, ['unsettled'], [], true],
    ['not there', undefined, {}, ['missing'], [], false],
  ] as const)('know what its sessions are: a role %s', (_, listed, rest, standing, privileged, isUnknown) => {
    const profiles = [profile({ roleArns: [listed?.Arn ?? roleArn('gone')], ...rest })];
    const inAccount = {
      roles: listed === undefined ? [] : [listed],
      regions: [region({ trustAnchors: [anchor()], profiles })],
    };
    const { facts, unknown } = about('profile', account(inAccount));
    expect(facts.roles).toMatchObject({ standing, privileged: privileged.map(roleArn) });
    expect(unknown.includes('profile.roles.privileged')).toBe(isUnknown);
  });

  it.each([
    ['as long as the role allows', 3600, 3600, [], false],
    ['longer than it allows, which nobody gets', 7200, 3600, [roleArn('host')], false],
    ['long, and the role allows it', 7200, 43_200, [], true],
    ['long, and nobody knows what the role allows', 7200, undefined, undefined, true],
    ['not known', undefined, 3600, undefined, undefined],
  ])('know how long their sessions last: %s', (_, durationSeconds, MaxSessionDuration, shorter, beyond) => {
    const { facts, unknown } = ofProfile({ durationSeconds }, { roles: [role('host', { MaxSessionDuration })] });
    expect(facts.roles).toMatchObject({ shorter_than_session: shorter ?? [] });
    expect(unknown.includes('profile.roles.shorter_than_session')).toBe(shorter === undefined);
    expect((facts.beyond as JsonObject).max_session_seconds).toBe(beyond);
    expect(unknown.includes('profile.beyond.max_session_seconds')).toBe(beyond === undefined);
  });

  it.each([
    ['nothing', {}, ['host']],
    ['the name', { StringEquals: { 'sts:RoleSessionName': 'host' } }, []],
    ['the name, in another case', { StringLike: { 'STS:ROLESESSIONNAME': 'host*' } }, []],
  ])('know which roles leave the name of a session to the caller: asked for %s', (_, Condition, expected) => {
    const trust = { Statement: { ...OPEN_TRUST.Statement, Condition } };
    const { facts } = ofProfile({}, { roles: [role('host', { AssumeRolePolicyDocument: trust })] });
    expect(facts.roles).toMatchObject({ session_name_unbound: expected.map(roleArn) });
  });

  const bound = { Condition: { StringEquals: { 'sts:RoleSessionName': '${aws:PrincipalTag/x509Subject/CN}' } } };
  const tying = (name: string) =>
    role(name, { AssumeRolePolicyDocument: { Statement: { ...OPEN_TRUST.Statement, ...bound } } });
  const turnOff = ['rolesanywhere', 'update-profile', '--profile-id', 'p1', '--no-accept-role-session-name'];
  const bind = (name: string) => [
    ...['iam', 'update-assume-role-policy', '--role-name', name],
    ...['--policy-document', 'file://trust-policy.json'],
  ];
  it.each<readonly [string, readonly RoleDetail[], readonly string[], readonly string[] | undefined]>([
    ['no role binds it', [role('host'), role('eks')], [], turnOff],
    ['another role does', [role('host'), tying('eks')], ['eks'], bind('host')],
    ['each role does', [tying('host'), tying('eks')], ['host', 'eks'], undefined],
  ])('know what ends the choice of a session name without locking anybody out: %s', (_, roles, binding, call) => {
    const own = { roleArns: ['host', 'eks'].map(roleArn), acceptRoleSessionName: true };
    const { facts } = ofProfile(own, { roles });
    expect(facts.roles).toMatchObject({ session_name_bound: binding.map(roleArn) });
    expect((facts.roles as JsonObject).session_name_call).toEqual(call);
  });

  it('do not know whether a role that could not be read binds it', () => {
    const own = { roleArns: ['host', 'eks'].map(roleArn), acceptRoleSessionName: true };
    const refused = unread('iam:GetRole', 'eks');
    const { facts, unknown } = ofProfile(own, { roles: [role('host')], unread: [refused] });
    expect(unknown).toContain('profile.roles.session_name_bound');
    expect((facts.roles as JsonObject).session_name_call).toEqual(bind('host'));
  });

  it('know what tags they lack', () => {
    const lists = { ...DEFAULTS.lists, required_tags: ['owner', 'team', 'Team'] };
    const of = (tags: RegionSnapshot['tags'], settings: Settings = { ...DEFAULTS, lists }) => {
      const [document] = documentsOf(snapshot(account({ regions: [region({ profiles: [profile()], tags })] })), {
        settings,
      });
      return isUnknownAt(document!.body, 'profile.missing_tags') || valuesAt(document!.body, 'profile.missing_tags');
    };
    expect(of([])).toBe(true);
    expect(of([{ resourceArn: profile().profileArn, tags: [{ key: 'team', value: '' }] }])).toEqual(['Team', 'owner']);
    expect(of([], DEFAULTS)).toEqual([]);
  });

  it('name what an old answer leaves out', () => {
    const { unknown } = ofProfile({ acceptRoleSessionName: undefined, attributeMappings: undefined });
    expect(unknown).toEqual(expect.arrayContaining(['profile.accept_role_session_name', 'profile.attribute_mappings']));
  });
});
