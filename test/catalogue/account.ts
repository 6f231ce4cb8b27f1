import { directoryTrust, policyText, rolesAnywhereTrust } from '../../mocks/build/trust-policies.ts';
import type { GroupDetail, RoleDetail, UserDetail } from '../../src/snapshot/shapes.ts';
import type { AccountSnapshot } from '../../src/snapshot/snapshot.ts';
import { ID, pinned, ROLE, withProfile, withRole } from './base.ts';
import type { Case } from './case.ts';

const allow = (Action: string | readonly string[], Resource: string | readonly string[] = '*', Condition?: object) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...(Condition !== undefined && { Condition }),
});

const MFA = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };

function user(statements: readonly object[], rest: Partial<UserDetail> = {}): UserDetail {
  return {
    UserName: 'dev',
    Arn: `arn:aws:iam::${ID}:user/dev`,
    UserId: 'AIDAEXAMPLE',
    Path: '/',
    UserPolicyList: [{ PolicyName: 'own', PolicyDocument: policyText(statements) }],
    GroupList: [],
    AttachedManagedPolicies: [],
    Tags: [],
    ...rest,
  };
}

/** The whole of IAM was read: this user, this group, and no others. */
function withUser(account: AccountSnapshot, one: UserDetail, ...groups: readonly GroupDetail[]): AccountSnapshot {
  return { ...account, users: [one], groups };
}

const can =
  (...statements: readonly object[]) =>
  (good: AccountSnapshot) =>
    withUser(good, user(statements));

const OPERATORS: GroupDetail = {
  GroupName: 'operators',
  Arn: `arn:aws:iam::${ID}:group/operators`,
  GroupPolicyList: [{ PolicyName: 'crls', PolicyDocument: policyText([allow('rolesanywhere:*Crl')]) }],
  AttachedManagedPolicies: [],
};

const OTHER: RoleDetail = {
  RoleName: 'people',
  Arn: `arn:aws:iam::${ID}:role/people`,
  RoleId: 'AROAOTHER',
  Path: '/',
  CreateDate: '2026-01-01T00:00:00Z',
  AssumeRolePolicyDocument: directoryTrust(ID),
  RolePolicyList: [],
  AttachedManagedPolicies: [],
  RoleLastUsed: {},
  Tags: [],
};

const otherRole = (rest: Partial<RoleDetail>) => (good: AccountSnapshot) => ({
  ...good,
  users: [],
  groups: [],
  otherRoles: [{ ...OTHER, ...rest }],
});

const inline = (...statements: readonly object[]): Partial<RoleDetail> => ({
  RolePolicyList: [{ PolicyName: 'own', PolicyDocument: policyText(statements) }],
});

const withoutUsers = ({ users: _, ...account }: AccountSnapshot): AccountSnapshot => account;

const TAGGED: Partial<RoleDetail> = { Tags: [{ Key: 'X509Subject/CN', Value: 'host-1' }] };
const BY_NAME = inline(allow('s3:GetObject', 'arn:aws:s3:::hosts/${aws:PrincipalTag/x509Subject/CN}/*'));

/** Who may change Roles Anywhere, and pass for who came in by it. */
export const accountCases: readonly Case[] = [
  {
    check: 80,
    rule: 'principal-can-create-anchor',
    name: 'a user who may create them alone, where every role pins its own',
    bad: can(allow('rolesanywhere:CreateTrustAnchor')),
    severity: 'medium',
  },
  {
    check: 80,
    rule: 'principal-can-create-anchor',
    name: 'a user who may create them alone, where it is not known what a role pins',
    bad: good =>
      withRole(can(allow('rolesanywhere:CreateTrustAnchor'))(good), {
        AssumeRolePolicyDocument: rolesAnywhereTrust({
          ...pinned(),
          ArnEquals: { 'aws:SourceArn': '${aws:PrincipalTag/anchor}' },
        }),
      }),
    severity: 'high',
  },
  {
    check: 80,
    rule: 'principal-can-create-anchor',
    name: 'a user who may change some with MFA',
    bad: can(allow('rolesanywhere:CreateTrustAnchor'), allow('rolesanywhere:UpdateTrustAnchor', '*', MFA)),
    severity: 'high',
  },
  {
    check: 80,
    rule: 'principal-can-create-anchor',
    name: 'a role that Roles Anywhere has nothing to do with',
    bad: otherRole(inline(allow(['rolesanywhere:Enable*Anchor'], `arn:aws:rolesanywhere:*:${ID}:trust-anchor/*`))),
    severity: 'high',
  },
  {
    check: 80,
    rule: 'principal-can-create-anchor',
    name: 'with MFA',
    bad: can(allow('rolesanywhere:UpdateTrustAnchor', '*', MFA)),
    severity: 'medium',
  },
  {
    check: 81,
    rule: 'principal-can-create-profile',
    name: 'a user who may pass the role on',
    bad: can(allow(['rolesanywhere:CreateProfile', 'iam:PassRole'])),
    severity: 'high',
  },
  {
    check: 81,
    rule: 'principal-can-create-profile',
    name: 'this very role, to this very service',
    bad: can(
      allow('rolesanywhere:UpdateProfile', `arn:aws:rolesanywhere:*:${ID}:profile/*`),
      allow('iam:PassRole', ROLE.Arn, { StringEquals: { 'iam:PassedToService': 'rolesanywhere.amazonaws.com' } }),
    ),
    severity: 'high',
  },
  {
    check: 82,
    rule: 'principal-can-edit-mapping',
    name: 'a user',
    bad: can(allow('rolesanywhere:DeleteAttributeMapping')),
    severity: 'medium',
  },
  {
    check: 83,
    rule: 'principal-can-touch-crl',
    name: 'a user by a group',
    bad: good => withUser(good, user([], { UserPolicyList: [], GroupList: ['operators'] }), OPERATORS),
    severity: 'medium',
  },
  {
    check: 83,
    rule: 'principal-can-touch-crl',
    name: 'of all trust anchors, by who may enable one of them',
    bad: can(
      allow('rolesanywhere:EnableTrustAnchor', `arn:aws:rolesanywhere:eu-west-1:${ID}:trust-anchor/one`),
      allow('rolesanywhere:DeleteCrl'),
    ),
    severity: 'medium',
    also: ['principal-can-create-anchor'],
  },
  {
    check: 84,
    rule: 'principal-can-spoof-x509-tags',
    name: 'on roles, where trust policies alone go by such tags',
    bad: can(allow('iam:TagRole', `arn:aws:iam::${ID}:role/app/*`)),
    severity: 'low',
  },
  {
    check: 84,
    rule: 'principal-can-spoof-x509-tags',
    name: 'on users, where a policy goes by such tags',
    bad: can(allow('iam:TagUser'), allow('s3:GetObject', 'arn:aws:s3:::hosts/${aws:PrincipalTag/x509Subject/CN}/*')),
    severity: 'medium',
  },
  {
    check: 85,
    rule: 'role-tag-x509-shadow',
    name: 'a role, where not all policies were read',
    bad: good => withoutUsers(withRole(good, TAGGED)),
    severity: 'high',
  },
  {
    check: 85,
    rule: 'role-tag-x509-shadow',
    name: 'a role, where no policy goes by such tags',
    bad: good => withRole(good, TAGGED),
    severity: 'medium',
  },
  {
    check: 85,
    rule: 'role-tag-x509-shadow',
    name: 'a role, where one of its own policies does',
    bad: good => withRole(good, { ...TAGGED, ...BY_NAME }),
    severity: 'high',
  },
  {
    check: 85,
    rule: 'role-tag-x509-shadow',
    name: 'a role that nobody gets to today, where one of its own policies does',
    bad: good => withProfile(withRole(good, { ...TAGGED, ...BY_NAME }), { enabled: false }),
    severity: 'medium',
  },
  {
    check: 85,
    rule: 'role-tag-x509-shadow',
    name: 'a role that nobody gets to today, where no policy does',
    bad: good => withProfile(withRole(good, TAGGED), { enabled: false }),
    severity: 'low',
  },
  {
    check: 85,
    rule: 'principal-tag-x509-shadow',
    name: 'a user',
    bad: good => withUser(good, user([], { UserPolicyList: [], Tags: [{ Key: 'x509Issuer/CN', Value: 'x' }] })),
    severity: 'medium',
  },
  {
    check: 85,
    rule: 'principal-tag-x509-shadow',
    name: 'a role that Roles Anywhere has nothing to do with',
    bad: otherRole({ Tags: [{ Key: 'x509SAN/DNS', Value: 'x' }] }),
    severity: 'medium',
  },
];
