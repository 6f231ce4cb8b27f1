import { type Field, field } from './field.ts';
import { accessFields } from './pathFields.ts';

const ANCHOR = 'rolesanywhere:ListTrustAnchors';
const PEM = `${ANCHOR} source.sourceData.x509CertificateData`;
const CRLS = 'rolesanywhere:ListCrls';
const TAGS = 'rolesanywhere:ListTagsForResource';
const PROFILE = 'rolesanywhere:ListProfiles';
const ROLE = 'iam:GetRole';
const TRUST = `${ROLE} AssumeRolePolicyDocument`;
const DETAILS =
  'iam:GetAccountAuthorizationDetails, iam:ListAttachedRolePolicies, iam:ListRolePolicies, iam:GetRolePolicy, iam:GetPolicyVersion';

export const SHARED_FIELDS: readonly Field[] = [
  field('kind', 'keyword', 'What the document is about: trust_anchor, profile, role or path.', 'Postern'),
  field('account.id', 'keyword', 'The twelve digits of the AWS account.', 'sts:GetCallerIdentity Account'),
  field('account.alias', 'keyword', "The account's alias, where it has one.", 'iam:ListAccountAliases'),
  field('region', 'keyword', 'The AWS region; global for roles.', 'the region that was asked'),
  field('unknown', 'keyword', 'The fields of this document whose value could not be known.', 'Postern'),
];

export const TRUST_ANCHOR_FIELDS: readonly Field[] = [
  field('trust_anchor.id', 'keyword', "The trust anchor's UUID.", `${ANCHOR} trustAnchorId`),
  field('trust_anchor.arn', 'keyword', "The trust anchor's ARN.", `${ANCHOR} trustAnchorArn`),
  field('trust_anchor.name', 'keyword', "The trust anchor's name.", `${ANCHOR} name`),
  field('trust_anchor.enabled', 'boolean', 'Whether it lets certificates in today.', `${ANCHOR} enabled`),
  field(
    'trust_anchor.source_type',
    'keyword',
    'Where its CA is: AWS_ACM_PCA, CERTIFICATE_BUNDLE or SELF_SIGNED_REPOSITORY.',
    `${ANCHOR} source.sourceType`,
  ),
  field(
    'trust_anchor.acm_pca_arn',
    'keyword',
    'The AWS Private CA behind it, where there is one.',
    `${ANCHOR} source.sourceData.acmPcaArn`,
  ),
  field('trust_anchor.created_at', 'date', 'When it was created.', `${ANCHOR} createdAt`),
  field('trust_anchor.updated_at', 'date', 'When it was last changed.', `${ANCHOR} updatedAt`),
  field(
    'trust_anchor.created_by',
    'keyword',
    'The ARN of the principal that created it, where its CreateTrustAnchor event was seen.',
    'cloudtrail:LookupEvents userIdentity.arn',
  ),
  field('trust_anchor.certificates.subject', 'keyword', "Each CA certificate's subject, CN first.", PEM),
  field('trust_anchor.certificates.issuer', 'keyword', "Each CA certificate's issuer, CN first.", PEM),
  field('trust_anchor.certificates.serial', 'keyword', 'Serial number, lower-case hex.', PEM),
  field('trust_anchor.certificates.not_before', 'date', 'When the certificate becomes valid.', PEM),
  field('trust_anchor.certificates.not_after', 'date', 'When the certificate stops being valid.', PEM),
  field(
    'trust_anchor.certificates.self_signed',
    'boolean',
    'Whether issuer equals subject and its own key verifies it.',
    PEM,
  ),
  field('trust_anchor.certificates.ca', 'boolean', 'Whether the certificate may issue others.', PEM),
  field('trust_anchor.certificates.key_type', 'keyword', 'rsa, ec, ed25519 and so on.', PEM),
  field('trust_anchor.certificates.key_bits', 'long', "The key's size in bits.", PEM),
  field('trust_anchor.certificates.fingerprint_sha256', 'keyword', 'SHA-256 of the certificate, lower-case hex.', PEM),
  field('trust_anchor.certificates_unparsed', 'long', 'Certificates that were there and could not be read.', PEM),
  field('trust_anchor.crls.count', 'long', 'Certificate revocation lists imported for it.', CRLS),
  field('trust_anchor.crls.enabled_count', 'long', 'Those of them that are enabled.', `${CRLS} enabled`),
  field('trust_anchor.crls.name', 'keyword', 'Their names.', `${CRLS} name`),
  field(
    'trust_anchor.notification_settings.event',
    'keyword',
    'CA_CERTIFICATE_EXPIRY or END_ENTITY_CERTIFICATE_EXPIRY.',
    `${ANCHOR} notificationSettings.event`,
  ),
  field(
    'trust_anchor.notification_settings.enabled',
    'boolean',
    'Whether AWS tells of that event.',
    `${ANCHOR} notificationSettings.enabled`,
  ),
  field(
    'trust_anchor.notification_settings.threshold',
    'long',
    'How many days before expiry.',
    `${ANCHOR} notificationSettings.threshold`,
  ),
  field(
    'trust_anchor.notification_settings.channel',
    'keyword',
    'Where AWS tells it: ALL.',
    `${ANCHOR} notificationSettings.channel`,
  ),
  field(
    'trust_anchor.notification_settings.configured_by',
    'keyword',
    'Who chose the setting.',
    `${ANCHOR} notificationSettings.configuredBy`,
  ),
  field('trust_anchor.tags', 'flattened', 'Its tags, one field for each key.', TAGS),
  field('trust_anchor.tag_keys', 'keyword', 'The keys of its tags.', TAGS),
];

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
    'Whether all three are allowed by statements without a condition, and no Deny stands against them.',
    TRUST,
  ),
  field('role.trust.condition_keys', 'keyword', 'Condition keys on those statements, lower-case.', TRUST),
  field('role.trust.statements', 'keyword', 'Those statements as JSON text.', TRUST),
  field('role.trust.other_principals', 'keyword', 'Who else may assume the role.', TRUST),
  field('role.profiles.arn', 'keyword', 'The profiles that list it, in all regions read.', `${PROFILE} roleArns`),
  field('role.profiles.name', 'keyword', 'Their names.', `${PROFILE} name`),
  field('role.profiles.enabled_arn', 'keyword', 'Those of them that are enabled.', `${PROFILE} enabled`),
  field('role.profiles.enabled_count', 'long', 'How many are enabled.', `${PROFILE} enabled`),
  field(
    'role.reachable',
    'boolean',
    'Whether an enabled profile lists it in a region with an enabled trust anchor.',
    `${PROFILE}, ${ANCHOR}`,
  ),
  field('role.tags', 'flattened', 'Its tags, one field for each key.', `${ROLE} Tags`),
  field('role.tag_keys', 'keyword', 'The keys of its tags.', `${ROLE} Tags`),
];
