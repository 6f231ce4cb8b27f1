import type { FieldType } from '../../query/query.ts';
import { type Field, field as plainField } from '../field.ts';

const CREDENTIALS = 'rolesanywhere:GetSubject credentials';
const PEM = `${CREDENTIALS} x509CertificateData`;
const CRLS = `${PEM} and rolesanywhere:ListCrls crlData`;
const ANCHORS = `${PEM} and the region's trust anchors`;

/** Of each certificate that a subject came with; ask for several facts of one in `subject.credentials: { … }`. */
export const CREDENTIAL_FIELDS: readonly Field[] = [
  plainField('subject.credentials', 'nested', 'The certificates it came with lately.', CREDENTIALS),
  field('seen_at', 'date', 'When it last came with this one.', `${CREDENTIALS} seenAt`),
  field('failed', 'boolean', 'Whether AWS refused it then.', `${CREDENTIALS} failed`),
  field('enabled', 'boolean', 'As AWS keeps it.', `${CREDENTIALS} enabled`),
  field('newest', 'boolean', 'Whether it is the one that was issued last.', PEM),
  field('serial', 'keyword', 'Serial number, lower-case hex.', PEM),
  field('issuer', 'keyword', "The issuer's name, CN first.", PEM),
  field('not_before', 'date', 'When it becomes valid.', PEM),
  field('not_after', 'date', 'When it stops being valid.', PEM),
  field(
    'ends_at',
    'date',
    'Until when it gets in: its own end, or that of the key that issued it in the trust anchors where that comes first.',
    `${PEM}, rolesanywhere:ListTrustAnchors x509CertificateData`,
  ),
  field(
    'ends_with',
    'keyword',
    'What ends then: the certificate, the old_key of a CA that goes on with another one in the trust anchor, or the authority.',
    `${PEM}, rolesanywhere:ListTrustAnchors x509CertificateData`,
  ),
  field('days_valid', 'double', 'How many days it is made to be valid for.', PEM),
  field('key_type', 'keyword', 'What kind of key it is for: rsa, ec, ed25519, ml-dsa-65.', PEM),
  field('key_bits', 'long', 'Bits of the key, where its type does not fix them.', PEM),
  field('ca', 'boolean', 'Whether it may issue others.', PEM),
  field('key_usage', 'keyword', 'What its key may do: digitalSignature and others; absent where it does not say.', PEM),
  field('signature_hash', 'keyword', 'The hash of its signature: sha256, sha1, md5.', PEM),
  field('fingerprint_sha256', 'keyword', 'SHA-256 of the whole certificate, lower-case hex.', PEM),
  field('live', 'boolean', 'Whether it is within its dates and those of its CA, and not revoked.', CRLS),
  field('seen_after_expiry', 'boolean', 'Whether it was still shown after it had expired.', `${CREDENTIALS} seenAt`),
  field(
    'issuer_known',
    'boolean',
    'Whether a CA of a trust anchor issued it; never no where a CA below an anchor may have.',
    ANCHORS,
  ),
  field('trust_anchor', 'keyword', 'The names of the trust anchors one of whose CAs issued it.', ANCHORS),
  field(
    'revoked',
    'boolean',
    'Whether an enabled revocation list has it of each enabled trust anchor over its issuer: an anchor goes by its own lists. Not known of what is in a list that another key of the same CA signed.',
    CRLS,
  ),
  field('revoked_at', 'date', 'Since when it is revoked.', CRLS),
  field('revocation_reason', 'keyword', 'Why: keyCompromise, superseded and others.', CRLS),
  field(
    'revoked_by',
    'keyword',
    'The names of the enabled lists that have it, of whichever anchor; the first ten.',
    CRLS,
  ),
  field('revoked_by_count', 'long', 'How many these are.', CRLS),
  field('seen_after_revocation', 'boolean', 'Whether it was still shown after that.', CRLS),
  field(
    'refused_for',
    'keyword',
    'What Postern sees that explains why AWS refused it: expired, CA expired, not valid yet, revoked, unknown issuer, unfit.',
    'Postern',
  ),
  field(
    'beyond.min_days_left',
    'boolean',
    'Whether it has fewer days left than postern.toml asks for, and had less than a third of its life when last shown.',
    PEM,
  ),
  field('beyond.max_leaf_validity_days', 'boolean', 'Whether it is valid for longer than postern.toml allows.', PEM),
  field(
    'beyond.max_hours_without_crl',
    'boolean',
    'Whether it is valid for longer than postern.toml calls short-lived.',
    PEM,
  ),
  field(
    'beyond.max_failure_age_days',
    'boolean',
    'Whether it was last shown longer ago than failures matter by postern.toml.',
    `${CREDENTIALS} seenAt`,
  ),
];

function field(name: string, type: FieldType, says: string, source: string): Field {
  return plainField(`subject.credentials.${name}`, type, says, source);
}
