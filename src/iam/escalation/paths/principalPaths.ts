import type { EscalationPath, Gives } from '../path.ts';
import { on } from './permission.ts';

/**
 * From the session to another principal. A trust policy that names a role or its session in the same account needs no
 * sts:AssumeRole permission beside it (IAM user guide, "Policy evaluation logic"), so who writes one asks for none.
 */
export const principalPaths: readonly EscalationPath[] = [
  toUser({
    id: 'iam-002',
    permissions: on('target-user', 'iam:CreateAccessKey'),
    says: 'Makes an access key for a user and acts as that user.',
  }),
  toUser({
    id: 'iam-003',
    permissions: on('target-user', 'iam:CreateAccessKey', 'iam:DeleteAccessKey'),
    says: 'Deletes one of the two access keys of a user to make room for its own.',
  }),
  toUser({
    id: 'iam-004',
    permissions: on('target-user', 'iam:CreateLoginProfile'),
    says: 'Gives a console password to a user that has none and signs in as that user.',
  }),
  toUser({
    id: 'iam-006',
    permissions: on('target-user', 'iam:UpdateLoginProfile'),
    says: 'Changes the console password of a user and signs in as that user.',
  }),
  toUser({
    id: 'iam-015',
    gives: 'target-admin',
    permissions: on('target-user', 'iam:AttachUserPolicy', 'iam:CreateAccessKey'),
    says: 'Attaches AdministratorAccess to a user and makes an access key to act as that user.',
  }),
  toUser({
    id: 'iam-018',
    gives: 'target-admin',
    permissions: on('target-user', 'iam:PutUserPolicy', 'iam:CreateAccessKey'),
    says: 'Writes any permission into a user and makes an access key to act as that user.',
  }),
  toAnyRole({
    id: 'iam-012',
    permissions: on('target-role', 'iam:UpdateAssumeRolePolicy'),
    says: 'Rewrites the trust policy of a role to admit the session.',
  }),
  toAnyRole({
    id: 'iam-019',
    gives: 'target-admin',
    permissions: on('target-role', 'iam:AttachRolePolicy', 'iam:UpdateAssumeRolePolicy'),
    says: 'Attaches AdministratorAccess to a role and rewrites its trust policy to admit the session.',
  }),
  toAnyRole({
    id: 'iam-020',
    gives: 'target-admin',
    permissions: [
      ...on('target-policy', 'iam:CreatePolicyVersion'),
      ...on('target-role', 'iam:UpdateAssumeRolePolicy'),
    ],
    says: 'Writes any permission into a policy attached to a role and rewrites its trust policy to admit the session.',
  }),
  toAnyRole({
    id: 'iam-021',
    gives: 'target-admin',
    permissions: on('target-role', 'iam:PutRolePolicy', 'iam:UpdateAssumeRolePolicy'),
    says: 'Writes any permission into a role and rewrites its trust policy to admit the session.',
  }),
  toRoleTrustingSession({
    id: 'iam-014',
    gives: 'target-admin',
    published: true,
    permissions: on('target-role', 'iam:AttachRolePolicy', 'sts:AssumeRole'),
    says: 'Attaches AdministratorAccess to a role that admits the session, then assumes it.',
  }),
  toRoleTrustingSession({
    id: 'iam-016',
    gives: 'target-admin',
    published: true,
    permissions: [...on('target-policy', 'iam:CreatePolicyVersion'), ...on('target-role', 'sts:AssumeRole')],
    says: 'Writes any permission into a policy attached to a role that admits the session, then assumes the role.',
  }),
  toRoleTrustingSession({
    id: 'iam-017',
    gives: 'target-admin',
    published: true,
    permissions: on('target-role', 'iam:PutRolePolicy', 'sts:AssumeRole'),
    says: 'Writes any permission into a role that admits the session, then assumes it.',
  }),
  toRoleTrustingSession({
    id: 'iam-023',
    gives: 'target-freed',
    published: false,
    permissions: on('target-role', 'iam:DeleteRolePermissionsBoundary', 'sts:AssumeRole'),
    says: 'Takes the permissions boundary off a role that admits the session, then assumes it.',
  }),
  toRoleTrustingSession({
    id: 'sts-001',
    published: true,
    permissions: on('target-role', 'sts:AssumeRole'),
    says: "Assumes a role that admits the session, out of reach of the profile's session policy.",
  }),
  {
    id: 'iam-906',
    category: 'principal-access',
    published: false,
    permissions: on('new-role', 'iam:CreateRole', 'iam:AttachRolePolicy'),
    target: { kind: 'none' },
    gives: 'admin',
    says: 'Makes a role that admits the session and attaches AdministratorAccess to it.',
  },
  {
    id: 'iam-907',
    category: 'principal-access',
    published: false,
    permissions: on('new-role', 'iam:CreateRole', 'iam:PutRolePolicy'),
    target: { kind: 'none' },
    gives: 'admin',
    says: 'Makes a role that admits the session and writes any permission into it.',
  },
  {
    id: 'iam-908',
    category: 'principal-access',
    published: false,
    permissions: on('new-user', 'iam:CreateUser', 'iam:AttachUserPolicy', 'iam:CreateAccessKey'),
    target: { kind: 'none' },
    gives: 'admin',
    says: 'Makes a user, attaches AdministratorAccess to it and makes an access key to act as that user.',
  },
  {
    id: 'iam-909',
    category: 'principal-access',
    published: false,
    permissions: on('new-user', 'iam:CreateUser', 'iam:PutUserPolicy', 'iam:CreateAccessKey'),
    target: { kind: 'none' },
    gives: 'admin',
    says: 'Makes a user, writes any permission into it and makes an access key to act as that user.',
  },
  // CreateAccountAssignment provisions the permission set by itself (Identity Center API reference), unlike a later change.
  {
    id: 'sso-001',
    category: 'principal-access',
    published: false,
    permissions: on(
      'any',
      'sso:CreatePermissionSet',
      'sso:CreateAccountAssignment',
      'sso:AttachManagedPolicyToPermissionSet',
    ),
    target: { kind: 'none' },
    gives: 'others',
    says: 'Assigns a new administrator permission set, in any account of the organization, to an Identity Center user.',
  },
];

/** Unless the row says otherwise, one that gives what the target has. */
type Row = Pick<EscalationPath, 'id' | 'permissions' | 'says'> & { readonly gives?: Gives };

function toUser(row: Row): EscalationPath {
  return { gives: 'target', ...row, category: 'principal-access', published: true, target: { kind: 'user' } };
}

function toAnyRole(row: Row): EscalationPath {
  return { gives: 'target', ...row, category: 'principal-access', published: true, target: { kind: 'any-role' } };
}

function toRoleTrustingSession(row: Row & Pick<EscalationPath, 'published'>): EscalationPath {
  return { gives: 'target', ...row, category: 'principal-access', target: { kind: 'role-trusting-session' } };
}
