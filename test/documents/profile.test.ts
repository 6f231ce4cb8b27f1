import { describe, expect, it } from 'vitest';
import type { ProfileDetail } from '../../src/snapshot/shapes.ts';
import type { AccountSnapshot } from '../../src/snapshot/snapshot.ts';
import { about, account, EVERYTHING, profile, region, role, roleArn, unread } from './snapshots.ts';

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
      trusting: [roleArn('host'), roleArn('boss')],
      unconditioned: [roleArn('host'), roleArn('boss')],
      admin_unconditioned: [roleArn('boss')],
    });
    expect(unknown.filter(path => path.startsWith('profile.roles'))).toEqual([]);
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
