import { type Certificate, hasRoomBelow, isAuthority, isSelfIssued, isSelfSigned } from '../../pki/certificate.ts';
import { isKnownType, type PublicKey } from '../../pki/publicKey.ts';
import { isPublicAuthority } from '../../pki/publicRoots.ts';
import { type Facts, type Joined, joined, orUnknown, partly, UNKNOWN } from '../facts.ts';
import type { Authority } from '../pki/authority.ts';
import { bundleFacts, leastOfBundle } from '../pki/bundle.ts';
import { validityOf } from '../pki/inForce.ts';
import type { RevocationLists } from '../pki/revocationLists.ts';
import { isValidAt } from '../pki/validity.ts';

/** What revocation lists say of CAs. */
export type IssuersLists = Pick<RevocationLists, 'haveRevoked'>;

/** What the certificates behind a trust anchor say, each for itself and taken together. */
export function authorityFacts(authority: Authority, lists: IssuersLists, now: Date): Facts {
  const { certificates, unparsed, complete } = authority;
  const facts = certificates.map(certificate => certificateFacts(certificate, lists, now));
  return {
    certificates: complete ? facts : unparsed === undefined ? UNKNOWN : partly(facts),
    certificates_unparsed: orUnknown(unparsed),
    validity: validityOf(authority, now),
    bundle: complete ? bundleFacts(certificates, now) : leastOfBundle(certificates, now),
  };
}

function certificateFacts(certificate: Certificate, lists: IssuersLists, now: Date): Joined {
  const { version, serial, subject, issuer, notBefore, notAfter, extensions } = certificate;
  return joined(
    {
      subject: subject.text,
      common_name: subject.commonNames,
      issuer: issuer.text,
      serial,
      version,
      not_before: notBefore,
      not_after: notAfter,
      valid: isValidAt(certificate, now),
      revoked: orUnknown(lists.haveRevoked(certificate)),
      self_issued: isSelfIssued(certificate),
      self_signed: orUnknown(isSelfSigned(certificate)),
      ca: isAuthority(certificate),
      path_length: extensions.basicConstraints?.pathLength,
      open_root: isOpenRoot(certificate),
    },
    usageFacts(certificate),
    keyFacts(certificate),
    {
      public_ca: isPublicAuthority(certificate),
      fingerprint_sha256: certificate.sha256,
    },
  );
}

/** A root that lets other CAs issue below it. */
function isOpenRoot(certificate: Certificate): boolean {
  return isSelfIssued(certificate) && isAuthority(certificate) && hasRoomBelow(certificate);
}

/** Roles Anywhere wants the key usage said; RFC 5280 (4.2.1.3) lets a CA that says none sign lists too. */
function usageFacts({ extensions: { keyUsage, extendedKeyUsage, subjectKeyId, authorityKeyId } }: Certificate): Facts {
  return {
    key_usage: keyUsage,
    extended_key_usage: extendedKeyUsage,
    signs_certificates: keyUsage?.includes('keyCertSign') ?? false,
    signs_crls: keyUsage?.includes('cRLSign') ?? true,
    subject_key_id: subjectKeyId,
    authority_key_id: authorityKeyId,
  };
}

function keyFacts({ key, signed: { algorithm } }: Certificate): Joined {
  return joined({ key_type: key.type }, bitsOf(key), {
    curve: key.curve,
    key_sha256: key.sha256,
    signature_algorithm: algorithm.text,
    signature_hash: orUnknown(algorithm.hash),
  });
}

/** Of a type that is not known here, it may be RSA or a curve under another identifier. */
function bitsOf({ type, bits }: PublicKey): Facts {
  if (!isKnownType(type)) return { key_bits: UNKNOWN, rsa_bits: UNKNOWN, ec_bits: UNKNOWN };
  const isRsa = type === 'rsa' || type === 'rsa-pss';
  return {
    key_bits: isRsa || type === 'ec' || type === 'dsa' ? orUnknown(bits) : undefined,
    rsa_bits: isRsa ? orUnknown(bits) : undefined,
    ec_bits: type === 'ec' ? orUnknown(bits) : undefined,
  };
}
