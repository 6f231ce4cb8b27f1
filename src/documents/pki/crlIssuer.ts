import { all, some, type Truth } from '../../iam/truth.ts';
import type { Certificate } from '../../pki/certificate.ts';
import type { Crl } from '../../pki/crl.ts';
import type { PublicKey } from '../../pki/publicKey.ts';
import type { AnchorAuthority } from './authorities.ts';
import { signedByTrying } from './issued.ts';

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
  /** Whether this key of theirs made it. */
  isSignedBy(key: PublicKey): Truth;
}

export function crlIssuer(crl: Crl, { certificates, complete, open }: AnchorAuthority): CrlIssuer {
  const tried = triedOn(crl, certificates);
  const cas = certificates.map(certificate => ({
    key: certificate.key,
    named: certificate.subject.key === crl.issuer.key,
    keyed: hasKey(certificate, crl),
    signed: tried.get(certificate.key.sha256),
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
    isSignedBy: key => tried.get(key.sha256),
  };
}

/** Ten times the keys that AWS lets a bundle have: lists and CAs may be as many as somebody cares to write into a file. */
const MOST_VAIN = 20;

/** Whether each key of the CAs made the list, by its SHA-256: those first that it names, then those that it may mean. */
function triedOn(crl: Crl, certificates: readonly Certificate[]): ReadonlyMap<string, Truth> {
  const hasSigned = signedByTrying(MOST_VAIN);
  const tried = new Map<string, Truth>();
  for (const { key } of certificates.toSorted((one, other) => unlikeliness(one, crl) - unlikeliness(other, crl)))
    if (!tried.has(key.sha256)) tried.set(key.sha256, hasSigned(crl.signed, key));
  return tried;
}

function unlikeliness(certificate: Certificate, crl: Crl): number {
  const keyed = hasKey(certificate, crl);
  if (certificate.subject.key !== crl.issuer.key || keyed === false) return 2;
  return keyed === true ? 0 : 1;
}

/** Whether the list names this certificate's key; unknown where one of the two says nothing of it. */
function hasKey({ extensions }: Certificate, { authorityKeyId }: Crl): Truth {
  const { subjectKeyId } = extensions;
  if (authorityKeyId === undefined) return true;
  return subjectKeyId === undefined ? undefined : subjectKeyId === authorityKeyId;
}
