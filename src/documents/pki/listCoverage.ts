import { all, some, type Truth } from '../../iam/truth.ts';
import type { Certificate } from '../../pki/certificate.ts';
import type { Crl } from '../../pki/crl.ts';
import type { RevocationList } from './revocationLists.ts';

/** Whether it is a whole list of holders' certificates. */
export function coversHolders({ crl }: RevocationList): Truth {
  return crl && isOf(crl, isForHolders(crl));
}

/** Whether it is one of those that this CA, one of its trust anchor's, issued: of its name and its key. */
export function coversHoldersOf(ca: Certificate, { crl, issuer }: RevocationList): Truth {
  return crl && isOf(crl, all([isForHolders(crl), isFrom(ca, crl, issuer)]));
}

/** Of several lists in one text only the first was read. */
function isOf({ only }: Crl, first: Truth): Truth {
  return only ? first : some([first, undefined]);
}

/**
 * A list of changes does not have what was revoked before. Whether AWS goes by one, or by a list of which it may not know all, is
 * not documented.
 */
function isForHolders({ delta, onlyOf, unknownCritical }: Crl): Truth {
  if (delta || (onlyOf !== undefined && onlyOf !== 'end-entity certificates')) return false;
  return unknownCritical.length === 0 || undefined;
}

function isFrom({ subject, key, extensions }: Certificate, crl: Crl, issuer: RevocationList['issuer']): Truth {
  const { subjectKeyId } = extensions;
  if (crl.issuer.key !== subject.key) return crl.indirect ? undefined : false;
  const { authorityKeyId } = crl;
  const isOtherKey = authorityKeyId !== undefined && subjectKeyId !== undefined && authorityKeyId !== subjectKeyId;
  return isOtherKey ? false : issuer?.isSignedBy(key);
}
