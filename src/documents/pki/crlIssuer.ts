import { all, some, type Truth } from '../../iam/truth.ts';
import type { Certificate } from '../../pki/certificate.ts';
import type { Crl } from '../../pki/crl.ts';
import type { PublicKey } from '../../pki/publicKey.ts';
import { isSignedBy } from '../../pki/signature.ts';
import type { AnchorAuthority } from './authorities.ts';

/** How a revocation list fits the CA certificates of its trust anchor. */
export interface CrlIssuer {
  /** Whether one of them has the name of the list's issuer. */
  readonly issuerMatches: Truth;
  /** Whether one of them has the key identifier that the list names; `none` where it names none. */
  readonly keyMatches: Truth | 'none';
  /** Whether one of their keys made its signature. */
  readonly signatureValid: Truth;
  /**
   * Whether one of them issued it: name, key and signature agree. Not known, rather than false, for a list of another
   * name where CAs below the anchor's may issue some.
   */
  readonly issued: Truth;
  /** The keys that made it. */
  readonly signers: readonly PublicKey[];
}

export function crlIssuer(crl: Crl, { certificates, complete, open }: AnchorAuthority): CrlIssuer {
  const cas = likelyFirst(certificates, crl).map(certificate => ({
    key: certificate.key,
    named: certificate.subject.key === crl.issuer.key,
    keyed: hasKey(certificate, crl),
    signed: isSignedBy(crl.signed, certificate.key),
  }));
  const unseen = complete ? false : undefined;
  const issuerMatches = some([...cas.map(({ named }) => named), unseen]);
  const issued = some([...cas.map(({ named, keyed, signed }) => all([named, keyed !== false, signed])), unseen]);
  return {
    issuerMatches,
    keyMatches: crl.authorityKeyId === undefined ? 'none' : some([...cas.map(({ keyed }) => keyed), unseen]),
    signatureValid: some([...cas.map(({ signed }) => signed), unseen]),
    issued: issuerMatches === false && open ? undefined : issued,
    signers: cas.filter(({ signed }) => signed === true).map(({ key }) => key),
  };
}

/** Not every key of a large bundle is tried. */
function likelyFirst(certificates: readonly Certificate[], crl: Crl): readonly Certificate[] {
  const isLikely = (each: Certificate) => each.subject.key === crl.issuer.key && hasKey(each, crl) !== false;
  return [...certificates.filter(isLikely), ...certificates.filter(each => !isLikely(each))];
}

/** Whether the list names this certificate's key; unknown where one of the two says nothing of it. */
function hasKey({ extensions }: Certificate, { authorityKeyId }: Crl): Truth {
  const { subjectKeyId } = extensions;
  if (authorityKeyId === undefined) return true;
  return subjectKeyId === undefined ? undefined : subjectKeyId === authorityKeyId;
}
