import type { Truth } from '../../iam/truth.ts';
import { type Certificate, namesIssuer } from '../../pki/certificate.ts';
import type { PublicKey } from '../../pki/publicKey.ts';
import { fits, isSignedBy, type Signed } from '../../pki/signature.ts';

/** A CA that has moved to another key and names none has one of these for each certificate. */
const MOST_VAIN = 20_000;

/**
 * Whether a CA issued a certificate, as `isIssuedBy`; but after `mostVain` signatures that were tried in vain no more are, and the
 * answer is not known: CAs of one name and other keys would cost as much as somebody cares to write.
 */
export function issuedByTrying(mostVain = MOST_VAIN): (certificate: Certificate, ca: Certificate) => Truth {
  const hasSigned = signedByTrying(mostVain);
  return (certificate, ca) => namesIssuer(certificate, ca) && hasSigned(certificate.signed, ca.key);
}

/** The same of a key and a signature, as `isSignedBy`. The bound is that of one search: what others tried does not count. */
export function signedByTrying(mostVain = MOST_VAIN): (signed: Signed, key: PublicKey) => Truth {
  let inVain = 0;
  return (signed, key) => {
    if (!fits(signed.algorithm, key)) return false;
    if (inVain >= mostVain) return undefined;
    const truth = isSignedBy(signed, key);
    if (truth === false) inVain++;
    return truth;
  };
}
