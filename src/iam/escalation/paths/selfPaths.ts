import type { EscalationPath, Gives, Target } from '../path.ts';
import { on } from './permission.ts';

/**
 * What the session does to its own role, and what pathfinding.cloud files there for users: a role belongs to no group,
 * and a user's policies are not its own.
 */
export const selfPaths: readonly EscalationPath[] = [
  self({
    id: 'iam-001',
    published: true,
    permissions: on('own-policy', 'iam:CreatePolicyVersion'),
    gives: 'admin',
    says: "Writes a new default version of a policy attached to the session's own role, and with it any permission.",
  }),
  self({
    id: 'iam-005',
    published: true,
    permissions: on('own-role', 'iam:PutRolePolicy'),
    gives: 'admin',
    says: "Writes an inline policy with any permission into the session's own role.",
  }),
  self({
    id: 'iam-009',
    published: true,
    permissions: on('own-role', 'iam:AttachRolePolicy'),
    gives: 'admin',
    says: "Attaches a managed policy, AdministratorAccess say, to the session's own role.",
  }),
  self({
    id: 'iam-901',
    permissions: on('own-policy', 'iam:SetDefaultPolicyVersion'),
    says: "Makes another version of a policy attached to the session's own role its default, and has what that one allows.",
  }),
  self({
    id: 'iam-902',
    permissions: on('own-role', 'iam:DeleteRolePermissionsBoundary'),
    says: "Takes the permissions boundary off the session's own role, whose policies then hold in full.",
  }),
  self({
    id: 'iam-903',
    permissions: on('own-role', 'iam:PutRolePermissionsBoundary'),
    says: "Puts a wide permissions boundary on the session's own role in place of a narrow one.",
  }),
  self({
    id: 'iam-904',
    permissions: on('own-role', 'iam:DetachRolePolicy'),
    says: "Detaches from the session's own role a managed policy that denies something another one allows.",
  }),
  self({
    id: 'iam-905',
    permissions: on('own-role', 'iam:DeleteRolePolicy'),
    says: "Deletes from the session's own role an inline policy that denies something another one allows.",
  }),
  self({
    id: 'iam-910',
    permissions: on('own-boundary', 'iam:CreatePolicyVersion'),
    says: "Writes a new default version of the policy that is the own role's permissions boundary, which then bounds nothing.",
  }),
  self({
    id: 'iam-911',
    permissions: on('own-boundary', 'iam:SetDefaultPolicyVersion'),
    says: "Makes another version of the policy that is the own role's permissions boundary its default, and has what that one lets through.",
  }),
  forOthers({
    id: 'iam-007',
    target: { kind: 'user' },
    permissions: on('target-user', 'iam:PutUserPolicy'),
    says: 'Writes an inline policy with any permission into a user.',
  }),
  forOthers({
    id: 'iam-008',
    target: { kind: 'user' },
    permissions: on('target-user', 'iam:AttachUserPolicy'),
    says: 'Attaches a managed policy, AdministratorAccess say, to a user.',
  }),
  forOthers({
    id: 'iam-010',
    target: { kind: 'group' },
    permissions: on('target-group', 'iam:AttachGroupPolicy'),
    says: 'Attaches a managed policy, AdministratorAccess say, to a group, for all its users.',
  }),
  forOthers({
    id: 'iam-011',
    target: { kind: 'group' },
    permissions: on('target-group', 'iam:PutGroupPolicy'),
    says: 'Writes an inline policy with any permission into a group, for all its users.',
  }),
  forOthers({
    id: 'iam-013',
    target: { kind: 'group' },
    permissions: on('target-group', 'iam:AddUserToGroup'),
    says: 'Puts a user into a group, and the user has what the group has.',
  }),
];

type Row = Pick<EscalationPath, 'id' | 'permissions' | 'says'>;

/** Unless the row says otherwise, one that is ours and only frees what the role's own policies say. */
function self(row: Row & { readonly published?: true; readonly gives?: Gives }): EscalationPath {
  return { published: false, gives: 'own', ...row, category: 'self-escalation', target: { kind: 'none' } };
}

function forOthers(row: Row & { readonly target: Target }): EscalationPath {
  return { ...row, category: 'self-escalation', published: true, gives: 'others' };
}
