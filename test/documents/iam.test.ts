import { describe, expect, it } from 'vitest';
import { iamOf } from '../../src/documents/iam/iam.ts';
import type { AccessSummary } from '../../src/iam/summary/summary.ts';
import type { ProfileDetail, RoleDetail } from '../../src/snapshot/shapes.ts';
import { account, EVERYTHING, profile, role } from './snapshots.ts';

const NOW = new Date('2026-11-24T00:00:00Z');
const MAPPED = { attributeMappings: [{ certificateField: 'x509Subject', mappingRules: [{ specifier: 'CN' }] }] };
const asking = {
  Statement: {
    Effect: 'Allow',
    Action: 's3:*',
    Resource: '*',
    Condition: { StringEquals: { 'aws:PrincipalTag/x509Subject/CN': 'web' } },
  },
};
const inline = (PolicyDocument: object): Partial<RoleDetail> => ({
  RolePolicyList: [{ PolicyName: 'own', PolicyDocument: JSON.stringify(PolicyDocument) }],
});

describe('what sessions of one role can do is worked out once where it is the same', () => {
  it.each<[string, Partial<RoleDetail>, Partial<ProfileDetail>, boolean]>([
    ['a profile that adds nothing', {}, { attributeMappings: [] }, true],
    ['one with an empty list of managed session policies', {}, { managedPolicyArns: [] }, true],
    ['one with an empty session policy', {}, { sessionPolicy: ' ' }, true],
    ['one with a session policy', {}, { sessionPolicy: JSON.stringify(EVERYTHING) }, false],
    ['one that maps what no policy asks for', inline(EVERYTHING), MAPPED, true],
    ['one that maps what a policy asks for', inline(asking), MAPPED, false],
    ['one of which the mappings are not known', inline(asking), { attributeMappings: undefined }, true],
  ])('%s', (_, own, rest, expected) => {
    const iam = iamOf(account({ roles: [role('host', own)] }), NOW);
    const [facts] = iam.roles;
    expect(iam.access(profile(rest), facts!) === facts!.access).toBe(expected);
  });

  it('a role by itself does not know the tags of its sessions', () => {
    const everything = { Statement: { ...asking.Statement, Action: '*' } };
    const iam = iamOf(account({ roles: [role('host', inline(everything))] }), NOW);
    expect(iam.roles[0]!.access.admin.truth).toBe(undefined);
    expect(iam.access(profile({ attributeMappings: [] }), iam.roles[0]!).admin.truth).toBe(false);
    expect(iam.access(profile(MAPPED), iam.roles[0]!).admin.truth).toBe(undefined);
  });

  it.each<[string, (arn: string) => Partial<RoleDetail>]>([
    ['a policy', arn => ({ AttachedManagedPolicies: [{ PolicyArn: arn, PolicyName: 'mine' }] })],
    ['the boundary', arn => ({ ...inline(EVERYTHING), PermissionsBoundary: { PermissionsBoundaryArn: arn } })],
  ])('a version of %s that asks for a tag, and that it may make the default', (_, own) => {
    const Arn = 'arn:aws:iam::111122223333:policy/mine';
    const setting = { Statement: { Effect: 'Allow', Action: 'iam:SetDefaultPolicyVersion', Resource: Arn } };
    const everything = { Statement: { ...asking.Statement, Action: '*' } };
    const versions = [setting, everything].map((document, at) => ({
      VersionId: `v${at + 1}`,
      IsDefaultVersion: at === 0,
      Document: JSON.stringify(document),
    }));
    const policies = [{ Arn, PolicyName: 'mine', DefaultVersionId: 'v1', PolicyVersionList: versions }];
    const iam = iamOf(account({ roles: [role('host', own(Arn))], policies }), NOW);
    const [facts] = iam.roles;
    const truthOf = (...profiles: readonly ProfileDetail[]) =>
      profiles.map(each => iam.access(each, facts!).adminEquivalent.truth);
    expect(facts!.access.adminEquivalent.truth).toBe(undefined);
    expect(truthOf(profile({ attributeMappings: [] }), profile(MAPPED))).toEqual([false, undefined]);
  });

  it.each([
    ['asks for a tag', { AWS: 'arn:aws:iam::111122223333:root' }, false],
    ['asks a service for one', { Service: 'rolesanywhere.amazonaws.com' }, true],
  ])('a role further on whose trust policy %s', (_, Principal, expected) => {
    const { Condition } = asking.Statement;
    const trust = { Statement: { Effect: 'Allow', Principal, Action: 'sts:AssumeRole', Condition } };
    const next = role('next', { AssumeRolePolicyDocument: JSON.stringify(trust) });
    const iam = iamOf(account({ roles: [role('host', inline(EVERYTHING)), next] }), NOW);
    const [facts] = iam.roles;
    const mapped = iam.access(profile(MAPPED), facts!);
    const unmapped = iam.access(profile({ attributeMappings: [] }), facts!);
    expect(mapped === unmapped).toBe(expected);
    const namesOf = ({ lateral }: AccessSummary) => lateral.map(each => each.role.name);
    expect([namesOf(mapped), namesOf(unmapped)]).toEqual(expected ? [[], []] : [['next'], []]);
  });
});
