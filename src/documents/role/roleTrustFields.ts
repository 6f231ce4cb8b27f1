import { HELD_TO } from '../../iam/gate/holding.ts';
import { type Field, field } from '../field.ts';

const TRUST = 'iam:GetRole AssumeRolePolicyDocument';
const ANCHORS = `${TRUST}, rolesanywhere:ListTrustAnchors`;
const MAPPINGS = `${TRUST}, rolesanywhere:ListProfiles attributeMappings`;

/** What a role's trust policy ties certificates to, and where it does not do what it looks like. */
export const TRUST_FIELDS: readonly Field[] = [
  field(
    'role.trust.source_arn.constrained',
    'boolean',
    'Whether a trust anchor made tomorrow would let nobody in, at the loosest of the dates ahead; not there where nobody gets in by any.',
    TRUST,
  ),
  field(
    'role.trust.source_arn.takes_any_anchor',
    'boolean',
    'Whether a trust anchor made tomorrow would let somebody in, as far as anybody knows; false too where that is not known and one that is named does.',
    TRUST,
  ),
  field(
    'role.trust.source_arn.covers_every_anchor',
    'boolean',
    'Whether aws:SourceArn is asked for in a way that a trust anchor made tomorrow meets.',
    TRUST,
  ),
  field('role.trust.source_arn.patterns', 'keyword', 'The values of aws:SourceArn.', TRUST),
  field('role.trust.source_arn.names_enabled', 'keyword', 'Trust anchors that it names and that are enabled.', ANCHORS),
  field('role.trust.source_arn.names_disabled', 'keyword', 'Those that are disabled.', ANCHORS),
  field(
    'role.trust.source_arn.names_missing',
    'keyword',
    'ARNs that it names and that no trust anchor of the account has.',
    ANCHORS,
  ),
  field(
    'role.trust.source_account_only',
    'boolean',
    'Whether aws:SourceAccount is all that is asked for of trust anchor and certificate.',
    TRUST,
  ),
  field(
    'role.trust.certificate.held_to',
    'keyword',
    `What the loosest way in asks of the certificate, or of those known where there are too many: ${HELD_TO.join(', ')}; not there where nobody gets in. What the policy comes to at its dates ahead counts.`,
    TRUST,
  ),
  field(
    'role.trust.certificate.shared_with_ca',
    'keyword',
    "Parts of the subject other than the CN, where they are all that is asked for by some trust anchor and its CA's own certificate has them so: others of that CA are likely to.",
    `${TRUST}, rolesanywhere:ListTrustAnchors x509CertificateData`,
  ),
  field(
    'role.trust.certificate.void',
    'keyword',
    'Why what looks like a restriction there restricts nothing, one word each.',
    TRUST,
  ),
  field('role.trust.certificate.asks_for_issuer', 'boolean', 'Whether every way in asks for the issuer.', TRUST),
  field('role.trust.certificate.attributes', 'keyword', 'The parts of a certificate that it asks for.', TRUST),
  field(
    'role.trust.certificate.ca_makers',
    'keyword',
    'Trust anchors that it names and whose CA may make other CAs.',
    `${ANCHORS} x509CertificateData`,
  ),
  field(
    'role.trust.unmapped.shut',
    'keyword',
    'Enabled profiles that do not map what it asks for, so that nobody gets in by them.',
    MAPPINGS,
  ),
  field(
    'role.trust.unmapped.open',
    'keyword',
    'Enabled profiles that do not map what it asks for, so that it is not asked for.',
    MAPPINGS,
  ),
  field(
    'role.trust.unmapped.profile_id',
    'keyword',
    'Of the first of these profiles, one by which it is not asked for before one that lets nobody in: its id.',
    MAPPINGS,
  ),
  field('role.trust.unmapped.region', 'keyword', 'Where that profile is.', MAPPINGS),
  field(
    'role.trust.unmapped.certificate_field',
    'keyword',
    'The first part of the certificate of which it maps too little: x509Issuer, x509SAN or x509Subject.',
    MAPPINGS,
  ),
  field(
    'role.trust.unmapped.mapping_rules',
    'keyword',
    'What it is to map of that part, as the CLI takes it: specifier=OU.',
    MAPPINGS,
  ),
  field(
    'role.trust.unknown_keys',
    'keyword',
    'Condition keys that look like tags made from a certificate and never are.',
    TRUST,
  ),
  field('role.trust.network_keys', 'keyword', "Condition keys on the client's address, which STS never sees.", TRUST),
  field(
    'role.trust.literal_wildcards',
    'keyword',
    'Conditions with * or ? under an operator for which they are plain characters.',
    TRUST,
  ),
  field('role.trust.malformed_identities', 'keyword', 'Values of sts:SourceIdentity that none ever has.', TRUST),
  field(
    'role.trust.joined_patterns',
    'keyword',
    'Conditions on OU or O with a * inside, which runs over several values joined by slashes.',
    TRUST,
  ),
  field('role.trust.broad_actions', 'keyword', 'Action patterns that give Roles Anywhere all of STS.', TRUST),
  field(
    'role.trust.bare_actions',
    'keyword',
    'Those of the three actions that it is given without a condition.',
    TRUST,
  ),
];
