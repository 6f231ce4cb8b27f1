import type { FieldType } from '../../query/query.ts';
import { type Field, field } from '../field.ts';

const PEM = 'rolesanywhere:ListTrustAnchors x509CertificateData, acm-pca:GetCertificateAuthorityCertificate';
const CRLS = `${PEM}, rolesanywhere:ListCrls crlData`;
const SUBJECTS = 'rolesanywhere:GetSubject credentials.x509CertificateData';

/** What is told of each CA certificate behind a trust anchor, and of all of them. */
export const AUTHORITY_FIELDS: readonly Field[] = [
  each('subject', 'keyword', "Each CA certificate's subject, CN first."),
  each('common_name', 'keyword', 'The CNs of that subject.'),
  each('issuer', 'keyword', "Each CA certificate's issuer, CN first."),
  each('serial', 'keyword', 'Serial number, lower-case hex.'),
  each('version', 'long', 'The version of X.509: 1, 2 or 3.'),
  each('not_before', 'date', 'When the certificate becomes valid.'),
  each('not_after', 'date', 'When the certificate stops being valid.'),
  each('valid', 'boolean', 'Whether it was valid when the facts were read.'),
  field(
    'trust_anchor.certificates.revoked',
    'boolean',
    'Whether its issuer revoked it by a list of this region, of whichever trust anchor and also a disabled one.',
    CRLS,
  ),
  each('self_issued', 'boolean', 'Whether issuer equals subject.'),
  each('self_signed', 'boolean', 'Whether issuer equals subject and its own key verifies it.'),
  each('ca', 'boolean', 'Whether the certificate may issue others.'),
  each('path_length', 'long', 'How many CAs may follow below it; absent where there is no limit.'),
  each('open_root', 'boolean', 'Whether it is self-issued and lets other CAs issue below it.'),
  each('key_usage', 'keyword', 'keyCertSign, cRLSign and so on; absent where the certificate does not say.'),
  each('extended_key_usage', 'keyword', 'clientAuth and so on; absent where the certificate does not say.'),
  each('signs_certificates', 'boolean', 'Whether its key usage says keyCertSign.'),
  each('signs_crls', 'boolean', 'Whether its key usage says cRLSign, or it has none.'),
  each('subject_key_id', 'keyword', 'Its subject key identifier, lower-case hex.'),
  each('authority_key_id', 'keyword', 'Its authority key identifier, lower-case hex.'),
  each('key_type', 'keyword', 'rsa, ec, ed25519, ml-dsa-65 and so on.'),
  each('key_bits', 'long', "The key's size in bits, where its type does not fix it."),
  each('rsa_bits', 'long', 'The same of RSA keys alone.'),
  each('ec_bits', 'long', 'The same of keys on elliptic curves alone.'),
  each('curve', 'keyword', 'The elliptic curve: P-256 and so on.'),
  each('key_sha256', 'keyword', 'SHA-256 of the SubjectPublicKeyInfo, lower-case hex: equal where the key is.'),
  each('signature_algorithm', 'keyword', 'How it is signed, in words: ECDSA with SHA-256.'),
  each('signature_hash', 'keyword', 'The hash of that: sha256, sha1; none where the algorithm needs none.'),
  each('public_ca', 'boolean', 'Whether its key is that of a public root that Node trusts, or such a root issued it.'),
  each('fingerprint_sha256', 'keyword', 'SHA-256 of the certificate, lower-case hex.'),
  field('trust_anchor.certificates_unparsed', 'long', 'Certificates that were there and could not be read.', PEM),
  field(
    'trust_anchor.validity',
    'keyword',
    'current: one of its certificates is within its dates; outside: none is; unread: not all are known, and none of those that are.',
    PEM,
  ),
  field('trust_anchor.bundle.count', 'long', 'How many certificates it holds.', PEM),
  field(
    'trust_anchor.bundle.authorities',
    'long',
    'How many CAs, by name; one that another of them issued does not count. Where some of its certificates could not be read: how many the others are, if more than one.',
    PEM,
  ),
  field(
    'trust_anchor.bundle.lapsed',
    'keyword',
    'Its CAs whose every certificate has expired, but for those that are there beside a CA that they issued.',
    PEM,
  ),
  field(
    'trust_anchor.bundle.expired_beside_valid',
    'boolean',
    'Whether it holds a certificate that has expired beside one that is valid.',
    PEM,
  ),
  field(
    'trust_anchor.beyond.max_ca_validity_days',
    'boolean',
    'Whether a CA certificate is valid for longer than postern.toml allows.',
    PEM,
  ),
  field(
    'trust_anchor.beyond.min_days_left',
    'boolean',
    'Whether the last certificate of one of its CAs ends sooner than postern.toml allows; absent where all have ended.',
    PEM,
  ),
  field(
    'trust_anchor.beyond.max_rotation_days',
    'boolean',
    'Whether it has held two valid keys of one CA, or two CAs side by side, for longer than postern.toml allows.',
    PEM,
  ),
  field(
    'trust_anchor.beyond.max_hours_without_crl',
    'boolean',
    'Whether the CA issued a certificate that was seen and lives longer than may go without a revocation list; absent where none was seen.',
    SUBJECTS,
  ),
];

function each(name: string, type: FieldType, says: string): Field {
  return field(`trust_anchor.certificates.${name}`, type, says, PEM);
}
