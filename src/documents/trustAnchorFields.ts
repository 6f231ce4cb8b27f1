import { AUTHORITY_FIELDS } from './authorityFields.ts';
import { type Field, field } from './field.ts';

const ANCHOR = 'rolesanywhere:ListTrustAnchors';
const CRLS = 'rolesanywhere:ListCrls';
const TRUST = 'iam:ListRoles AssumeRolePolicyDocument';
const PRIVATE_CA = 'acm-pca:DescribeCertificateAuthority';
const TAGS = 'rolesanywhere:ListTagsForResource';

export const TRUST_ANCHOR_FIELDS: readonly Field[] = [
  field('trust_anchor.id', 'keyword', "The trust anchor's UUID.", `${ANCHOR} trustAnchorId`),
  field('trust_anchor.arn', 'keyword', "The trust anchor's ARN.", `${ANCHOR} trustAnchorArn`),
  field('trust_anchor.name', 'keyword', "The trust anchor's name.", `${ANCHOR} name`),
  field(
    'trust_anchor.same_name_as',
    'keyword',
    'Older trust anchors of its region with the same name, the first of them.',
    `${ANCHOR} name`,
  ),
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
  field(
    'trust_anchor.source_update.renewed',
    'keyword',
    'What --source of update-trust-anchor takes for a new certificate of its CA; in a bundle, beside the old one.',
    `${ANCHOR} source`,
  ),
  field(
    'trust_anchor.source_update.replaced',
    'keyword',
    'The same for the new certificate alone.',
    `${ANCHOR} source`,
  ),
  field(
    'trust_anchor.source_update.new_ca',
    'keyword',
    'The same for another CA; in a bundle, beside the old one.',
    `${ANCHOR} source`,
  ),
  field(
    'trust_anchor.acm_pca.usage_mode',
    'keyword',
    'GENERAL_PURPOSE, or SHORT_LIVED_CERTIFICATE for a CA whose certificates last seven days at most.',
    `${PRIVATE_CA} UsageMode`,
  ),
  field(
    'trust_anchor.acm_pca.owner',
    'keyword',
    'The account that owns the AWS Private CA.',
    `${PRIVATE_CA} OwnerAccount`,
  ),
  field('trust_anchor.acm_pca.foreign', 'boolean', 'Whether that is another account.', `${PRIVATE_CA} OwnerAccount`),
  field(
    'trust_anchor.acm_pca.owner_audited',
    'boolean',
    'Whether that account is among those that were looked at.',
    `${PRIVATE_CA} OwnerAccount`,
  ),
  field('trust_anchor.acm_pca.exists', 'boolean', 'Whether the AWS Private CA is there.', PRIVATE_CA),
  field('trust_anchor.acm_pca.status', 'keyword', 'ACTIVE, DISABLED, EXPIRED and so on.', `${PRIVATE_CA} Status`),
  field('trust_anchor.acm_pca.type', 'keyword', 'ROOT or SUBORDINATE.', `${PRIVATE_CA} Type`),
  field('trust_anchor.created_at', 'date', 'When it was created.', `${ANCHOR} createdAt`),
  field('trust_anchor.updated_at', 'date', 'When it was last changed.', `${ANCHOR} updatedAt`),
  field(
    'trust_anchor.created_by',
    'keyword',
    'The ARN of the principal that created it, where its CreateTrustAnchor event was seen.',
    'cloudtrail:LookupEvents userIdentity.arn',
  ),
  ...AUTHORITY_FIELDS,
  field('trust_anchor.crls.count', 'long', 'Certificate revocation lists imported for it.', CRLS),
  field('trust_anchor.crls.enabled_count', 'long', 'Those of them that are enabled.', `${CRLS} enabled`),
  field(
    'trust_anchor.crls.unlisted',
    'keyword',
    'Subjects seen that came in by a key of its CA, whose enabled revocation lists are all of another key of that CA.',
    `${CRLS} crlData, rolesanywhere:GetSubject credentials`,
  ),
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
  field(
    'trust_anchor.notifications_off',
    'keyword',
    'The events of which AWS does not tell.',
    `${ANCHOR} notificationSettings.enabled`,
  ),
  field(
    'trust_anchor.roles.naming',
    'keyword',
    'ARNs of the roles whose trust policy names it, by its ARN or a pattern of it, in aws:SourceArn.',
    TRUST,
  ),
  field(
    'trust_anchor.roles.naming_others',
    'long',
    'How many roles of the account name other trust anchors that are there.',
    TRUST,
  ),
  field(
    'trust_anchor.roles.naming_none_there',
    'long',
    'How many roles name only trust anchors that are not there, or name them in a way that Postern does not read.',
    TRUST,
  ),
  field(
    'trust_anchor.roles.naming_no_anchor',
    'long',
    'How many roles trust Roles Anywhere and name no trust anchor.',
    TRUST,
  ),
  field(
    'trust_anchor.profiles_count',
    'long',
    'How many profiles there are in its account and region.',
    'rolesanywhere:ListProfiles',
  ),
  field(
    'trust_anchor.same_ca.in_region',
    'keyword',
    'ARNs of other enabled trust anchors of its account and region over the same CA key.',
    `${ANCHOR} source`,
  ),
  field(
    'trust_anchor.same_ca.in_other_regions',
    'keyword',
    'Those in other regions of its account.',
    `${ANCHOR} source`,
  ),
  field(
    'trust_anchor.same_ca.in_other_accounts',
    'keyword',
    'Those in other accounts that were looked at.',
    `${ANCHOR} source`,
  ),
  field(
    'trust_anchor.beyond.min_notification_days',
    'boolean',
    'Whether AWS is to tell of an expiry later than postern.toml asks for.',
    `${ANCHOR} notificationSettings.threshold`,
  ),
  field(
    'trust_anchor.outside.allowed_regions',
    'boolean',
    'Whether it is in a region that postern.toml does not list; absent where no list is set.',
    ANCHOR,
  ),
  field(
    'trust_anchor.outside.allowed_cas',
    'boolean',
    'Whether it rests on a CA that postern.toml does not list; absent where no list is set.',
    `${ANCHOR} source`,
  ),
  field(
    'trust_anchor.outside.allowed_key_types',
    'boolean',
    "Whether its CA's key is of a type that postern.toml does not list; absent where no list is set.",
    `${ANCHOR} source`,
  ),
  field(
    'trust_anchor.missing_tags',
    'keyword',
    'The keys of tags that postern.toml asks for and it does not have.',
    TAGS,
  ),
  field('trust_anchor.tags', 'flattened', 'Its tags, one field for each key.', TAGS),
  field('trust_anchor.tag_keys', 'keyword', 'The keys of its tags.', TAGS),
  field(
    'trust_anchor.expected.declared',
    'boolean',
    'Whether postern.toml declares it; absent where it declares none.',
    'postern.toml',
  ),
  field(
    'trust_anchor.expected.differs',
    'keyword',
    'Where it is not what is declared, in words.',
    'postern.toml, rolesanywhere:ListTrustAnchors',
  ),
];
