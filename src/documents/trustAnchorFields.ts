import { type Field, field } from './field.ts';

const ANCHOR = 'rolesanywhere:ListTrustAnchors';
const PEM = `${ANCHOR} source.sourceData.x509CertificateData`;
const CRLS = 'rolesanywhere:ListCrls';
const TAGS = 'rolesanywhere:ListTagsForResource';

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
