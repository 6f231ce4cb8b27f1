import type { Truth } from '../../iam/truth.ts';
import { type Certificate, namesIssuer } from '../../pki/certificate.ts';
import { isSignedBy } from '../../pki/signature.ts';

/** A CA that has moved to another key and names none has one of these for each certificate. */
const MOST_VAIN = 20_000;

/**
 * Whether a CA issued a certificate, as `isIssuedBy`; but after `mostVain` signatures that were tried in vain no more are, and the
 * answer is not known: CAs of one name and other keys would cost as much as somebody cares to write.
 */
export function issuedByTrying(mostVain = MOST_VAIN): (certificate: Certificate, ca: Certificate) => Truth {
  let inVain = 0;
  return (certificate, ca) => {
    if (!namesIssuer(certificate, ca)) return false;
    if (inVain >= mostVain) return undefined;
    const truth = isSignedBy(certificate.signed, ca.key);
    if (truth === false) inVain++;
    return truth;
  };
}
