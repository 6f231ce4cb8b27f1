import type { Truth } from '../../iam/truth.ts';
import { type Certificate, isAuthority } from '../../pki/certificate.ts';
import { isKnownType } from '../../pki/publicKey.ts';
import type { SubjectCredential } from '../../snapshot/shapes.ts';
import { type Fact, type Facts, orUnknown, partly, UNKNOWN } from '../facts.ts';
import type { Issuers } from '../pki/authorities.ts';
import type { Credential, KnownCertificate } from '../pki/credential.ts';
import type { CertificateRevocation } from '../pki/revocationLists.ts';
import { lifetimeDays } from '../pki/validity.ts';
import { above, daysSince, type Terms } from '../terms.ts';

/** `newest`: the certificate that was issued last, of all that the subject came with. */
export function credentialFacts({ detail, known }: Credential, newest: Certificate | undefined, terms: Terms): Facts {
  return {
    seen_at: orUnknown(detail.seenAt),
    failed: orUnknown(detail.failed),
    enabled: orUnknown(detail.enabled),
    newest: known === undefined ? UNKNOWN : known.certificate.sha256 === newest?.sha256,
    ...(known === undefined ? UNREAD : knownFacts(detail, known)),
    refused_for: known === undefined || detail.failed !== true ? [] : refusals(detail, known),
    beyond: beyondFacts(detail, known, terms),
  };
}

function knownFacts(
  detail: SubjectCredential,
  { certificate, issuers, revocation, endsAt, endsWith, live }: KnownCertificate,
): Facts {
  return {
    ...certificateFacts(certificate),
    ends_at: orUnknown(endsAt),
    ends_with: orUnknown(endsWith),
    live: orUnknown(live),
    seen_after_expiry: orUnknown(isLater(detail.seenAt, endsAt)),
    issuer_known: orUnknown(issuers.known),
    trust_anchor: issuers.anchors,
    ...revocationFacts(detail, revocation),
  };
}

function certificateFacts(certificate: Certificate): Facts {
  const { serial, issuer, notBefore, notAfter, key, extensions, signed, sha256 } = certificate;
  return {
    serial,
    issuer: issuer.text,
    not_before: notBefore,
    not_after: notAfter,
    days_valid: Math.round(lifetimeDays(certificate) * 10) / 10,
    key_type: key.type,
    key_bits: isKnownType(key.type) ? key.bits : UNKNOWN,
    ca: isAuthority(certificate),
    key_usage: extensions.keyUsage,
    signature_hash: orUnknown(signed.algorithm.hash),
    fingerprint_sha256: sha256,
  };
}

/** What some list says of it is told also where it comes in by a trust anchor that has no such list. */
function revocationFacts({ seenAt }: SubjectCredential, revocation: CertificateRevocation): Facts {
  const { revoked, at, reason, lists, count } = revocation;
  if (count === 0) {
    const fact = revoked === undefined ? UNKNOWN : undefined;
    return {
      revoked: orUnknown(revoked),
      revoked_at: fact,
      revocation_reason: fact,
      revoked_by: fact,
      revoked_by_count: fact,
      seen_after_revocation: fact ?? false,
    };
  }
  return {
    revoked: orUnknown(revoked),
    revoked_at: orUnknown(at),
    revocation_reason: reason,
    revoked_by: lists,
    revoked_by_count: count,
    seen_after_revocation: orUnknown(isLater(seenAt, at)),
  };
}

const UNREAD: Facts = Object.fromEntries(
  [
    'serial',
    'issuer',
    'not_before',
    'not_after',
    'ends_at',
    'ends_with',
    'days_valid',
    'key_type',
    'key_bits',
    'ca',
    'key_usage',
    'signature_hash',
    'fingerprint_sha256',
    'live',
    'seen_after_expiry',
    'issuer_known',
    'trust_anchor',
    'revoked',
    'revoked_at',
    'revocation_reason',
    'revoked_by',
    'revoked_by_count',
    'seen_after_revocation',
  ].map(name => [name, UNKNOWN]),
);

/** What explains that AWS refused the certificate when it was last seen (user guide, "Trust model"). */
function refusals(
  { seenAt }: SubjectCredential,
  { certificate, issuers, revocation, endsAt, endsWith }: KnownCertificate,
): Fact {
  const causes: readonly (readonly [cause: string, holds: Truth])[] = [
    [endsWith === 'authority' ? 'CA expired' : 'expired', isLater(seenAt, endsAt)],
    ['not valid yet', isLater(certificate.notBefore, seenAt)],
    ['revoked', wasRevoked(seenAt, revocation)],
    ['unknown issuer', isOfUnknown(issuers)],
    ['unfit', isUnfit(certificate)],
  ];
  const found = causes.filter(([, holds]) => holds === true).map(([cause]) => cause);
  return found.length > 0 || causes.every(([, holds]) => holds !== undefined) ? found : partly(found);
}

function wasRevoked(seenAt: string | undefined, { revoked, at, count }: CertificateRevocation): Truth {
  if (count > 0) return isLater(seenAt, at);
  return revoked === undefined ? undefined : false;
}

/** A CA that may be below one of a trust anchor's is taken for a known one: of those below roots no more is ever known. */
function isOfUnknown({ known, all }: Issuers): Truth {
  return known === undefined && !all ? undefined : known === false;
}

const BROKEN = ['md2', 'md4', 'md5', 'sha1'];

/** AWS wants digitalSignature, no CA, and SHA-256 or stronger (user guide, "Trust model"). */
function isUnfit(certificate: Certificate): boolean {
  const { extensions, signed } = certificate;
  const signs = extensions.keyUsage?.includes('digitalSignature') === true;
  return !signs || isAuthority(certificate) || BROKEN.includes(signed.algorithm.hash ?? '');
}

function beyondFacts({ seenAt }: SubjectCredential, known: KnownCertificate | undefined, terms: Terms): Facts {
  const { now, settings } = terms;
  const { max_leaf_validity_days, max_hours_without_crl, max_failure_age_days } = settings.thresholds;
  const days = known && lifetimeDays(known.certificate);
  return {
    min_days_left: orUnknown(known && isEnding(known, seenAt, terms)),
    max_leaf_validity_days: orUnknown(above(days, max_leaf_validity_days)),
    max_hours_without_crl: orUnknown(above(days && days * 24, max_hours_without_crl)),
    max_failure_age_days: orUnknown(above(daysSince(seenAt, now), max_failure_age_days)),
  };
}

/**
 * One that is renewed in time may have been since it was last shown: what it had left then counts too. Not so where its CA's
 * key ends first, for which no job looks out.
 */
function isEnding({ certificate, endsAt }: KnownCertificate, seenAt: string | undefined, terms: Terms): Truth {
  const { now, settings } = terms;
  if (endsAt === undefined) return undefined;
  const leftAt = (time: Date) => -(daysSince(endsAt, time) ?? 0);
  const shown = leftAt(seenAt === undefined ? now : new Date(seenAt));
  const isLate = endsAt !== certificate.notAfter || shown < lifetimeDays(certificate) / 3;
  return leftAt(now) < settings.thresholds.min_days_left && isLate;
}

/** Whether a time comes after another; undefined where one is not known. */
function isLater(time: string | undefined, other: string | undefined): boolean | undefined {
  const [one, two] = [Date.parse(time ?? ''), Date.parse(other ?? '')];
  return Number.isNaN(one) || Number.isNaN(two) ? undefined : one > two;
}
