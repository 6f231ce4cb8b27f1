import { type Field, field } from './field.ts';

const PROFILE = 'rolesanywhere:ListProfiles';
const TAGS = 'rolesanywhere:ListTagsForResource';
const ROLE = 'iam:GetRole';
const TRUST = `${ROLE} AssumeRolePolicyDocument`;
const DETAILS =
  'iam:GetAccountAuthorizationDetails, iam:ListAttachedRolePolicies, iam:ListRolePolicies, iam:GetRolePolicy, iam:GetPolicyVersion';

/** What the document of a profile and those of its paths both say of it. */
export const PROFILE_IDENTITY_FIELDS: readonly Field[] = [
  field('profile.id', 'keyword', "The profile's UUID.", `${PROFILE} profileId`),
  field('profile.arn', 'keyword', "The profile's ARN.", `${PROFILE} profileArn`),
  field('profile.name', 'keyword', "The profile's name.", `${PROFILE} name`),
  field('profile.enabled', 'boolean', 'Whether sessions can be asked of it today.', `${PROFILE} enabled`),
  field('profile.created_at', 'date', 'When it was created.', `${PROFILE} createdAt`),
  field('profile.created_by', 'keyword', 'The ARN of the principal that created it.', `${PROFILE} createdBy`),
  field('profile.duration_seconds', 'long', 'How long its sessions last, in seconds.', `${PROFILE} durationSeconds`),
  field('profile.tags', 'flattened', 'Its tags, one field for each key.', TAGS),
  field('profile.tag_keys', 'keyword', 'The keys of its tags.', TAGS),
];

export const PROFILE_FIELDS: readonly Field[] = [
  ...PROFILE_IDENTITY_FIELDS,
  field('profile.updated_at', 'date', 'When it was last changed.', `${PROFILE} updatedAt`),
  field(
    'profile.accept_role_session_name',
    'boolean',
    "Whether a caller may choose the session's name, which is otherwise the certificate's serial number.",
    `${PROFILE} acceptRoleSessionName`,
  ),
  field(
    'profile.require_instance_properties',
    'boolean',
    'Stored by AWS and used for nothing: never a control.',
    `${PROFILE} requireInstanceProperties`,
  ),
  field('profile.role_arns', 'keyword', 'The roles it hands out.', `${PROFILE} roleArns`),
  field(
    'profile.session_policy.present',
    'boolean',
    'Whether an inline or managed session policy limits its sessions.',
    `${PROFILE} sessionPolicy, managedPolicyArns`,
  ),
  field('profile.session_policy.inline', 'boolean', 'Whether there is an inline one.', `${PROFILE} sessionPolicy`),
  field('profile.session_policy.managed_arns', 'keyword', 'The managed ones.', `${PROFILE} managedPolicyArns`),
  field(
    'profile.policy_lints.kind',
    'keyword',
    'Where its session policies do not mean what they look like.',
    `${PROFILE} sessionPolicy, managedPolicyArns`,
  ),
  field(
    'profile.policy_lints.evidence',
    'keyword',
    'The same, one line each.',
    `${PROFILE} sessionPolicy, managedPolicyArns`,
  ),
  field(
    'profile.attribute_mappings.certificate_field',
    'keyword',
    'x509Subject, x509Issuer or x509SAN.',
    `${PROFILE} attributeMappings.certificateField`,
  ),
  field(
    'profile.attribute_mappings.specifiers',
    'keyword',
    'The parts of that field that become session tags.',
    `${PROFILE} attributeMappings.mappingRules`,
  ),
  field('profile.roles.count', 'long', 'How many roles it lists.', `${PROFILE} roleArns`),
  field('profile.roles.missing', 'keyword', 'Listed roles that do not exist.', `${ROLE} (NoSuchEntity)`),
  field('profile.roles.unread', 'keyword', 'Listed roles that could not be read.', ROLE),
  field('profile.roles.admin', 'keyword', 'Listed roles that are administrators, see role.admin.', DETAILS),
  field(
    'profile.roles.admin_open',
    'keyword',
    'Those of them that some certificate gets a session of through it today, see path.open.',
    `${DETAILS}, ${TRUST}`,
  ),
  field('profile.roles.trusting', 'keyword', 'Listed roles whose trust policy lets Roles Anywhere in.', TRUST),
  field('profile.roles.unconditioned', 'keyword', 'Listed roles that let it in without any condition.', TRUST),
  field(
    'profile.roles.admin_unconditioned',
    'keyword',
    'Listed roles that are both administrators and open without condition.',
    `${DETAILS}, ${TRUST}`,
  ),
  field(
    'profile.beyond.max_session_seconds',
    'boolean',
    'Whether its sessions last longer than postern.toml allows.',
    `${PROFILE} durationSeconds`,
  ),
  field(
    'profile.beyond.max_roles',
    'boolean',
    'Whether it lists more roles than postern.toml allows.',
    `${PROFILE} roleArns`,
  ),
  field(
    'profile.expected.declared',
    'boolean',
    'Whether postern.toml declares it; absent where it declares none.',
    'postern.toml',
  ),
  field(
    'profile.expected.differs',
    'keyword',
    'Where it is not what is declared, in words.',
    'postern.toml, rolesanywhere:ListProfiles',
  ),
];
