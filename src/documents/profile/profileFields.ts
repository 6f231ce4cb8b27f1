import { type Field, field } from '../field.ts';
import { PROFILE_ROLE_FIELDS } from './profileRoleFields.ts';
import { PROFILE_SESSION_POLICY_FIELDS } from './profileSessionPolicyFields.ts';

const PROFILE = 'rolesanywhere:ListProfiles';
const TAGS = 'rolesanywhere:ListTagsForResource';
const USED = 'iam:GetRole RoleLastUsed, rolesanywhere:ListSubjects lastSeenAt, cloudtrail:LookupEvents';

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
    'profile.same_name_as',
    'keyword',
    'Older profiles of its region with the same name, the first of them.',
    `${PROFILE} name`,
  ),
  field('profile.missing_tags', 'keyword', 'Tag keys that postern.toml asks for and it does not have.', TAGS),
  field(
    'profile.last_session_at',
    'date',
    'The last session of it that CloudTrail tells of.',
    'cloudtrail:LookupEvents CreateSession',
  ),
  field(
    'profile.last_used_before',
    'date',
    'None of its sessions was used after this: by the last use of its roles or, where that is not known, of any subject of its region.',
    USED,
  ),
  ...PROFILE_SESSION_POLICY_FIELDS,
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
  field(
    'profile.mapping.default',
    'boolean',
    'Whether the mappings are those that every profile is made with.',
    `${PROFILE} attributeMappings`,
  ),
  field(
    'profile.mapping.has_identity',
    'boolean',
    'Whether anything of the subject or its alternative names becomes a session tag.',
    `${PROFILE} attributeMappings`,
  ),
  field('profile.mapping.removed', 'keyword', 'What it does not map of those.', `${PROFILE} attributeMappings`),
  field(
    'profile.mapping.missed_by',
    'keyword',
    'Listed roles whose trust policies ask for what it does not map.',
    `${PROFILE} attributeMappings, iam:GetRole AssumeRolePolicyDocument`,
  ),
  field('profile.mapping.added', 'keyword', 'What it maps besides.', `${PROFILE} attributeMappings`),
  field(
    'profile.mapping.put_back.certificate_field',
    'keyword',
    'Of which part of the certificate PutAttributeMapping puts them back: first of one that is not mapped at all.',
    `${PROFILE} attributeMappings`,
  ),
  field(
    'profile.mapping.put_back.mapping_rules',
    'keyword',
    'The rules for that part, as its --mapping-rules takes them, with those that are there.',
    `${PROFILE} attributeMappings`,
  ),
  field(
    'profile.anchors.count',
    'long',
    'How many trust anchors there are in its region.',
    'rolesanywhere:ListTrustAnchors',
  ),
  ...PROFILE_ROLE_FIELDS,
  field(
    'profile.beyond.max_session_seconds',
    'boolean',
    'Whether its sessions last longer than postern.toml allows; those that every role refuses do not.',
    `${PROFILE} durationSeconds`,
  ),
  field(
    'profile.beyond.max_roles',
    'boolean',
    'Whether it lists more roles than postern.toml allows.',
    `${PROFILE} roleArns`,
  ),
  field(
    'profile.beyond.max_idle_days',
    'boolean',
    'Whether it was unused for longer than postern.toml allows, and is older than that.',
    USED,
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
