import { all, type Truth } from '../../iam/truth.ts';
import { groupedBy } from '../../lists.ts';
import type { SubjectCredential } from '../../snapshot/shapes.ts';
import type { RegionSnapshot } from '../../snapshot/snapshot.ts';
import { type Fact, partly } from '../facts.ts';
import { type Comer, comersOf } from '../pki/comers.ts';
import { heldCertificate } from '../pki/heldCertificate.ts';
import type { RevocationList, RevocationLists, Revoking } from '../pki/revocationLists.ts';
import { seenCompletely } from '../pki/seenCertificates.ts';

/** The names of the subjects that AWS let in with a certificate after this list says that it was revoked. */
export type RevokedComers = (list: RevocationList) => Fact;

/** Every list asks: subjects are gone through once. */
export function revokedComers(region: RegionSnapshot, lists: RevocationLists): RevokedComers {
  const comers = region.subjects.flatMap(({ x509Subject: name, credentials = [] }) =>
    credentials.flatMap(credential => defied(credential, lists).map(each => ({ ...each, name }))),
  );
  const byList = groupedBy(comers, ({ list }) => list);
  const complete = seenCompletely(region);
  return list => {
    const { names, sure } = comersOf(byList.get(list) ?? []);
    return complete && sure && list.crl?.only === true ? names : partly(names);
  };
}

interface Defied extends Omit<Comer, 'name'> {
  readonly list: RevocationList;
}

/** The lists that revoke a certificate, and whether it came in nevertheless. */
function defied(credential: SubjectCredential, lists: RevocationLists): readonly Defied[] {
  const certificate = heldCertificate(credential);
  if (certificate === undefined || credential.failed === true) return [];
  return lists.revoking(certificate).map(({ list, truth, revocation }) => ({
    list,
    truth: all([truth, credential.failed === false || undefined, isSince(credential, revocation)]),
  }));
}

function isSince({ seenAt }: SubjectCredential, { revokedAt }: Revoking['revocation']): Truth {
  const [seen, revoked] = [Date.parse(seenAt ?? ''), Date.parse(revokedAt ?? '')];
  return Number.isNaN(seen) || Number.isNaN(revoked) ? undefined : seen > revoked;
}
