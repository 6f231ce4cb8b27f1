import { describe, expect, it } from 'vitest';
import type { ProfileDetail } from '../../src/snapshot/shapes.ts';
import type { AccountSnapshot } from '../../src/snapshot/snapshot.ts';
import { about, account, anchor, EVERYTHING, OPEN_TRUST, profile, region, role, roleArn, unread } from './snapshots.ts';

const ofProfile = (rest: Partial<ProfileDetail>, inAccount: Partial<AccountSnapshot> = {}) =>
  about('profile', account({ regions: [region({ profiles: [profile(rest)] })], ...inAccount }));
const boss = role('boss', { RolePolicyList: [{ PolicyName: 'all', PolicyDocument: EVERYTHING }] });

describe('profile documents', () => {
  it.each([
    ['none', {}, { present: false, inline: false, managed_arns: [] }],
    ['empty ones', { sessionPolicy: ' ', managedPolicyArns: [] }, { present: false, inline: false, managed_arns: [] }],
    ['inline', { sessionPolicy: '{}' }, { present: true, inline: true, managed_arns: [] }],
    ['managed', { managedPolicyArns: ['x'] }, { present: true, inline: false, managed_arns: ['x'] }],
  ])('session policy: %s', (_, rest, expected) => {
    expect(ofProfile(rest).facts.session_policy).toEqual(expected);
  });

  it('know what their roles are', () => {
    const roleArns = ['host', 'boss', 'gone'].map(roleArn);
    const { facts, unknown } = ofProfile({ roleArns }, { roles: [role('host'), boss] });
    expect(facts.roles).toEqual({
      count: 3,
      missing: [roleArn('gone')],
      unread: [],
      admin: [roleArn('boss')],
      admin_open: [],
      trusting: [roleArn('host'), roleArn('boss')],
      unconditioned: [roleArn('host'), roleArn('boss')],
      admin_unconditioned: [roleArn('boss')],
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
    expect(facts.roles).toMatchObject({ admin: [roleArn('boss')], admin_open: expected ?? [] });
    expect(unknown.includes('profile.roles.admin_open')).toBe(expected === undefined);
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
    const open = ['missing', 'admin', 'trusting', 'unconditioned', 'admin_unconditioned'].map(
      each => `profile.roles.${each}`,
    );
    expect(open.every(path => unknown.includes(path) === (expected === 'unread'))).toBe(true);
  });

  it("another account's role is not called missing", () => {
    const { facts } = ofProfile({ roleArns: ['arn:aws:iam::999999999999:role/x', 'nonsense'] });
    expect(facts.roles).toMatchObject({ missing: [], unread: ['arn:aws:iam::999999999999:role/x', 'nonsense'] });
  });

  it('name what an old answer leaves out', () => {
    const { unknown } = ofProfile({ acceptRoleSessionName: undefined, attributeMappings: undefined });
    expect(unknown).toEqual(expect.arrayContaining(['profile.accept_role_session_name', 'profile.attribute_mappings']));
  });
});
