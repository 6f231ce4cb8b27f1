import { type Field, field } from '../field.ts';

const CRL = 'rolesanywhere:ListCrls';
const DATA = `${CRL} crlData`;
const FIT = `${DATA} and the trust anchor's CA certificates`;

export const CRL_FIELDS: readonly Field[] = [
  field('crl.id', 'keyword', "The revocation list's UUID.", `${CRL} crlId`),
  field('crl.arn', 'keyword', "The revocation list's ARN.", `${CRL} crlArn`),
  field('crl.name', 'keyword', "The revocation list's name.", `${CRL} name`),
  field('crl.enabled', 'boolean', 'Whether AWS goes by it today.', `${CRL} enabled`),
  field('crl.trust_anchor.arn', 'keyword', 'The trust anchor it was imported for.', `${CRL} trustAnchorArn`),
  field('crl.trust_anchor.exists', 'boolean', 'Whether that anchor is there.', 'rolesanywhere:ListTrustAnchors'),
  field('crl.trust_anchor.name', 'keyword', "The anchor's name.", 'rolesanywhere:ListTrustAnchors name'),
  field(
    'crl.trust_anchor.enabled',
    'boolean',
    'Whether the anchor lets anyone in.',
    'rolesanywhere:ListTrustAnchors enabled',
  ),
  field('crl.readable', 'boolean', 'Whether its data is a revocation list that Postern can read.', DATA),
  field('crl.issuer', 'keyword', "The issuer's name, CN first.", DATA),
  field('crl.this_update', 'date', 'When the CA issued it.', DATA),
  field('crl.next_update', 'date', 'By when the CA means to issue the next; absent where the list does not say.', DATA),
  field('crl.number', 'keyword', "The CA's number for it, decimal.", DATA),
  field('crl.authority_key_id', 'keyword', 'The key that signed it, by its identifier, lower-case hex.', DATA),
  field('crl.signature_algorithm', 'keyword', 'How it is signed: RSA with SHA-256, say.', DATA),
  field(
    'crl.signature_hash',
    'keyword',
    'The hash of its signature: sha256, sha1, md5, …; none where it has none.',
    DATA,
  ),
  field('crl.delta', 'boolean', 'Whether it tells only what changed since another list.', DATA),
  field('crl.indirect', 'boolean', "Whether it holds other issuers' certificates too.", DATA),
  field(
    'crl.unknown_critical',
    'keyword',
    'Its critical extensions that Postern does not know, as dotted identifiers; the first five.',
    DATA,
  ),
  field('crl.revoked.count', 'long', 'How many entries it has.', DATA),
  field('crl.revoked.serial', 'keyword', 'The first five serial numbers it has, lower-case hex.', DATA),
  field(
    'crl.revoked.seen_since',
    'keyword',
    'Subjects that AWS let in with a certificate after the date on which the list says it was revoked; in part unknown where list, date or subject are.',
    `${FIT}, rolesanywhere:GetSubject credentials`,
  ),
  field(
    'crl.superseded_by',
    'keyword',
    'The newer list of the same trust anchor, issuer, key and scope (or of the whole scope) that is enabled and not out of date, where there is one; not known where its signature could not be verified.',
    FIT,
  ),
  field(
    'crl.calls.first',
    'keyword',
    'The first of two calls of aws rolesanywhere that mend it, word by word: update-crl, or get-crl of the newer list that has taken its place.',
    FIT,
  ),
  field(
    'crl.calls.last',
    'keyword',
    'The second, after which all is well: enable-crl, delete-crl where a newer list has taken its place, get-crl elsewhere.',
    FIT,
  ),
  field('crl.issuer_matches', 'boolean', 'Whether a CA certificate of the anchor has the name of its issuer.', FIT),
  field('crl.key_matches', 'boolean', 'Whether one of them has the key identifier that it names.', FIT),
  field('crl.signature_valid', 'boolean', 'Whether a key of one of them made its signature.', FIT),
  field(
    'crl.issued_by_anchor',
    'boolean',
    'Whether one of them issued it, by name, key and signature; not known where a CA below the anchor may have.',
    FIT,
  ),
  field('crl.created_at', 'date', 'When it was first imported.', `${CRL} createdAt`),
  field('crl.updated_at', 'date', 'When it was last changed.', `${CRL} updatedAt`),
  field(
    'crl.beyond.max_crl_age_days',
    'boolean',
    'Whether it was last imported longer ago than postern.toml allows.',
    `${CRL} updatedAt`,
  ),
];
