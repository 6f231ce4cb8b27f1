import { type Field, field } from '../field.ts';
import { accessFields } from '../paths/pathFields.ts';
import { TRUST_FIELDS } from './roleTrustFields.ts';

const ANCHOR = 'rolesanywhere:ListTrustAnchors';
const PROFILE = 'rolesanywhere:ListProfiles';
const ROLE = 'iam:GetRole';
const TRUST = `${ROLE} AssumeRolePolicyDocument`;
const DETAILS =
  'iam:GetAccountAuthorizationDetails, iam:ListAttachedRolePolicies, iam:ListRolePolicies, iam:GetRolePolicy, iam:GetPolicyVersion';

export const ROLE_FIELDS: readonly Field[] = [
  ...accessFields('role'),
  field('role.name', 'keyword', "The role's name.", `${ROLE} RoleName`),
  field('role.arn', 'keyword', "The role's ARN.", `${ROLE} Arn`),
  field('role.id', 'keyword', "The role's unique id.", `${ROLE} RoleId`),
  field('role.path', 'keyword', "The role's path.", `${ROLE} Path`),
  field('role.service_linked', 'boolean', 'Whether the role belongs to an AWS service.', `${ROLE} Arn`),
  field('role.created_at', 'date', 'When it was created.', `${ROLE} CreateDate`),
  field('role.last_used_at', 'date', 'When it was last used, within 400 days.', `${ROLE} RoleLastUsed.LastUsedDate`),
  field('role.last_used_region', 'keyword', 'Where it was last used.', `${ROLE} RoleLastUsed.Region`),
  field('role.max_session_duration', 'long', 'Its longest session in seconds.', `${ROLE} MaxSessionDuration`),
  field('role.permissions_boundary', 'keyword', 'The policy that bounds it, if any.', `${ROLE} PermissionsBoundary`),
  field('role.attached_policies', 'keyword', 'ARNs of its managed policies.', 'iam:ListAttachedRolePolicies'),
  field('role.inline_policies', 'keyword', 'Names of its inline policies.', 'iam:ListRolePolicies'),
  field(
    'role.admin',
    'boolean',
    'Whether its policies, within its boundary, allow every action on every resource.',
    DETAILS,
  ),
  field('role.policy_lints.kind', 'keyword', 'Where its policies do not mean what they look like.', DETAILS),
  field('role.policy_lints.evidence', 'keyword', 'The same, one line each.', DETAILS),
  field('role.admin_by', 'keyword', 'The policies that make it so.', DETAILS),
  field(
    'role.trust.rolesanywhere',
    'boolean',
    'Whether its trust policy lets Roles Anywhere do at least one of the three actions it needs.',
    TRUST,
  ),
  field(
    'role.trust.actions_missing',
    'keyword',
    'Those of sts:AssumeRole, sts:TagSession and sts:SetSourceIdentity that it is not allowed.',
    TRUST,
  ),
  field(
    'role.trust.unconditioned',
    'boolean',
    'Whether all three are allowed by statements without a condition, and no Deny keeps any certificate or trust anchor out.',
    TRUST,
  ),
  field(
    'role.trust.unconditioned_unless',
    'keyword',
    'What keeps a Deny from being decided, its condition keys or a principal that may not be Roles Anywhere, where all three are allowed without a condition and nothing else asks for a trust anchor or a certificate.',
    TRUST,
  ),
  field('role.trust.condition_keys', 'keyword', 'Condition keys on those statements, lower-case.', TRUST),
  field('role.trust.statements', 'keyword', 'Those statements as JSON text.', TRUST),
  field('role.trust.other_principals', 'keyword', 'Who else may assume the role.', TRUST),
  field(
    'role.trust.everybody',
    'boolean',
    'Whether it lets every AWS account assume the role, on no condition.',
    TRUST,
  ),
  ...TRUST_FIELDS,
  field('role.profiles.arn', 'keyword', 'The profiles that list it, in all regions read.', `${PROFILE} roleArns`),
  field('role.profiles.name', 'keyword', 'Their names.', `${PROFILE} name`),
  field('role.profiles.enabled_arn', 'keyword', 'Those of them that are enabled.', `${PROFILE} enabled`),
  field('role.profiles.enabled_count', 'long', 'How many are enabled.', `${PROFILE} enabled`),
  field(
    'role.reachable',
    'boolean',
    'Whether an enabled profile lists it and its trust policy lets in a certificate of an enabled trust anchor there, a CA of which is within its dates.',
    `${PROFILE}, ${ANCHOR}, ${TRUST}`,
  ),
  field(
    'role.paths',
    'keyword',
    'The profiles by which certificates get to it, and which ones by each; the first 20.',
    `${PROFILE}, ${ANCHOR}, ${TRUST}`,
  ),
  field(
    'role.sessions.standing',
    'keyword',
    'What its sessions are through the enabled profiles that list it, see profile.roles.standing.',
    `${DETAILS}, ${PROFILE}`,
  ),
  field(
    'role.sessions.held_by_policy',
    'boolean',
    'Whether it is an administrator, or can make itself one, without a boundary, and only the session policies of those profiles keep its sessions from it.',
    `${DETAILS}, ${PROFILE}`,
  ),
  field(
    'role.sessions.narrowed_by',
    'keyword',
    'Profiles whose session policies narrow it for nothing: another one of their region hands out more.',
    `${DETAILS}, ${PROFILE}`,
  ),
  field('role.sessions.undone_by', 'keyword', 'The profiles that hand out more.', `${DETAILS}, ${PROFILE}`),
  field(
    'role.sessions.unnarrowed_by',
    'keyword',
    'Those of them whose sessions are as wide as the role.',
    `${DETAILS}, ${PROFILE}`,
  ),
  field('role.tags', 'flattened', 'Its tags, one field for each key.', `${ROLE} Tags`),
  field('role.tag_keys', 'keyword', 'The keys of its tags.', `${ROLE} Tags`),
  field(
    'role.expected.declared',
    'boolean',
    'Whether postern.toml declares it; absent where it declares none.',
    'postern.toml',
  ),
  field(
    'role.expected.differs',
    'keyword',
    'Where it is not what is declared, in words.',
    'postern.toml, the documents of its paths',
  ),
  field(
    'role.x509_tags',
    'keyword',
    'Those of them that pass for attributes of a certificate: x509Subject…, x509Issuer…, x509SAN….',
    `${ROLE} Tags`,
  ),
  field(
    'role.x509_tag_policies',
    'keyword',
    "Policies that go by a certificate's attributes and that such a tag could fool; none where the role has no such tag.",
    'iam:GetAccountAuthorizationDetails',
  ),
];
