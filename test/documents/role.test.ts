import { describe, expect, it } from 'vitest';
import type { RoleDetail } from '../../src/snapshot/shapes.ts';
import type { AccountSnapshot, RegionSnapshot } from '../../src/snapshot/snapshot.ts';
import {
  about,
  account,
  anchor,
  ENDED_CA,
  EVERYTHING,
  profile,
  region,
  role,
  roleArn,
  UNREAD_CA,
  unread,
} from './snapshots.ts';

const ofRole = (rest: Partial<RoleDetail>, inAccount: Partial<AccountSnapshot> = {}) =>
  about('role', account({ roles: [role('host', rest)], ...inAccount }));
const managed = (Document: RoleDetail['AssumeRolePolicyDocument']) => ({
  Arn: 'm',
  PolicyName: 'm',
  DefaultVersionId: 'v2',
  PolicyVersionList: [
    { VersionId: 'v1', Document: EVERYTHING },
    { VersionId: 'v2', ...(Document === undefined ? {} : { Document }) },
  ],
});
const attached = { AttachedManagedPolicies: [{ PolicyName: 'm', PolicyArn: 'm' }] };
const little = { Statement: { Effect: 'Allow', Action: 's3:Get*', Resource: '*' } };
const host = roleArn('host');

describe('role documents', () => {
  it('say all there is', () => {
    const { facts, unknown } = ofRole({ Tags: [{ Key: 'team', Value: 'x' }], RoleLastUsed: { Region: 'eu-west-1' } });
    expect(unknown).toEqual([]);
    expect(facts).toMatchObject({
      name: 'host',
      arn: host,
      service_linked: false,
      last_used_region: 'eu-west-1',
      admin: false,
      admin_by: [],
      trust: {
        rolesanywhere: true,
        actions_missing: [],
        unconditioned: true,
        condition_keys: [],
        other_principals: [],
        everybody: false,
      },
      profiles: { arn: [], name: [], enabled_arn: [], enabled_count: 0 },
      reachable: false,
      tags: { team: 'x' },
      tag_keys: ['team'],
    });
    expect(facts).not.toHaveProperty('permissions_boundary');
  });

  it.each([
    ['the default version counts', attached, { policies: [managed(EVERYTHING)] }, true],
    ['an older version does not', attached, { policies: [managed(little)] }, false],
    ['a policy without its document', attached, { policies: [managed(undefined)] }, undefined],
    ['a policy that is not there', attached, {}, undefined],
    [
      'inline, URL-encoded',
      { RolePolicyList: [{ PolicyName: 'i', PolicyDocument: encodeURIComponent(JSON.stringify(EVERYTHING)) }] },
      {},
      true,
    ],
    ['inline, unparsable', { RolePolicyList: [{ PolicyName: 'i', PolicyDocument: '{' }] }, {}, undefined],
    ['inline ones not read', { RolePolicyList: undefined }, {}, undefined],
    ['an inline one refused', {}, { unread: [unread('iam:GetRolePolicy', host)] }, undefined],
    ['attached ones refused', {}, { unread: [unread('iam:ListAttachedRolePolicies', 'host')] }, undefined],
    ["another role's refusal", {}, { unread: [unread('iam:GetRolePolicy', roleArn('host/b'))] }, false],
  ])('administrator: %s', (_, rest, inAccount, expected) => {
    const { facts, unknown } = ofRole(rest, inAccount);
    expect(facts.admin).toBe(expected);
    expect(unknown.includes('role.admin')).toBe(expected === undefined);
  });

  it.each([
    ['no trust policy', { AssumeRolePolicyDocument: undefined }, {}, ['role.trust']],
    ['a broken trust policy', { AssumeRolePolicyDocument: '%' }, {}, ['role.trust']],
    ['never told when used', { RoleLastUsed: undefined }, {}, ['role.last_used_at', 'role.tags', 'role.tag_keys']],
    ['GetRole refused', {}, { unread: [unread('iam:GetRole', host)] }, ['role.permissions_boundary']],
    ['longest session', { MaxSessionDuration: undefined }, {}, ['role.max_session_duration']],
  ])('unknown: %s', (_, rest, inAccount, unknown) => {
    expect(ofRole(rest, inAccount).unknown).toEqual(expect.arrayContaining(unknown));
  });

  it("know the service's own", () => {
    const Arn = roleArn('aws-service-role/rolesanywhere.amazonaws.com/AWSServiceRoleForRolesAnywhere');
    expect(ofRole({ Arn }).facts.service_linked).toBe(true);
  });

  const off = { enabled: false };
  const refused = (list: string) => ({ unread: [unread(`rolesanywhere:${list}`)] });
  const cases: readonly (readonly [string, readonly Partial<RegionSnapshot>[], boolean | undefined])[] = [
    ['no region', [], false],
    ['profile and anchor', [{ profiles: [profile()], trustAnchors: [anchor()] }], true],
    ['in two regions', [{ profiles: [profile()] }, { trustAnchors: [anchor()] }], false],
    ['a disabled profile', [{ profiles: [profile(off)], trustAnchors: [anchor()] }], false],
    ['a disabled anchor', [{ profiles: [profile()], trustAnchors: [anchor(off)] }], false],
    ['profiles refused', [{ trustAnchors: [anchor()], ...refused('ListProfiles') }], undefined],
    ['profiles not asked, no anchor', [{ notAsked: ['profiles'] }], false],
    ['a CA that has ended', [{ profiles: [profile()], trustAnchors: [anchor({ source: ENDED_CA })] }], false],
    ['a CA not read', [{ profiles: [profile()], trustAnchors: [anchor({ source: UNREAD_CA })] }], true],
    [
      'profiles refused, its CA has ended',
      [{ trustAnchors: [anchor({ source: ENDED_CA })], ...refused('ListProfiles') }],
      false,
    ],
    ['anchors refused', [{ profiles: [profile()], ...refused('ListTrustAnchors') }], undefined],
    ['found all the same', [{ profiles: [profile()], trustAnchors: [anchor()] }, refused('ListProfiles')], true],
  ];
  it.each(cases)('reachable: %s', (_, regions, expected) => {
    const { facts, unknown } = ofRole({}, { regions: regions.map(region) });
    expect(facts.reachable).toBe(expected);
    expect(unknown.includes('role.reachable')).toBe(expected === undefined);
  });

  it('know the profiles that list them, as far as profiles could be read', () => {
    const regions = [region({ profiles: [profile(), profile({ profileArn: 'p0', name: 'old', enabled: false })] })];
    const listed = { arn: [profile().profileArn, 'p0'], name: ['hosts', 'old'], enabled_arn: [profile().profileArn] };
    const whole = ofRole({}, { regions });
    expect(whole.facts.profiles).toEqual({ ...listed, enabled_count: 1 });
    const part = ofRole({}, { regions: [...regions, region(refused('ListProfiles'))] });
    expect(part.facts.profiles).toEqual(listed);
    expect(part.unknown).toEqual(expect.arrayContaining(['role.profiles.arn', 'role.profiles.enabled_count']));
    for (const gap of [{ unread: [unread('ec2:DescribeRegions')] }, { notAsked: ['regions'] }] as const) {
      const someRegions = ofRole({}, { regions, ...gap });
      expect(someRegions.unknown).toEqual(expect.arrayContaining(['role.profiles.arn', 'role.reachable']));
    }
  });
});
