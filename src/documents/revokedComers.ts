import type { SubjectCredential } from '../snapshot/shapes.ts';
import type { RegionSnapshot } from '../snapshot/snapshot.ts';
import { type Fact, partly } from './facts.ts';
import { heldCertificate } from './heldCertificate.ts';
import type { RevocationList, RevocationLists } from './revocationLists.ts';
import { seenCompletely } from './seenCertificates.ts';

/** The names of the subjects that AWS let in with a certificate after this list says that it was revoked. */
export type RevokedComers = (list: RevocationList) => Fact;

/** Every list asks: subjects are gone through once. */
export function revokedComers(region: RegionSnapshot, lists: RevocationLists): RevokedComers {
  const comers = new Map<RevocationList, Set<string>>();
  for (const { x509Subject, credentials = [] } of region.subjects)
    for (const list of credentials.flatMap(credential => listsDefied(credential, lists)))
      comers.set(list, (comers.get(list) ?? new Set()).add(x509Subject));
  const complete = seenCompletely(region);
  return list => {
    const names = [...(comers.get(list) ?? [])].sort();
    return complete ? names : partly(names);
  };
}

function listsDefied(credential: SubjectCredential, lists: RevocationLists): readonly RevocationList[] {
  const certificate = heldCertificate(credential);
  if (certificate === undefined || credential.failed !== false) return [];
  return lists
    .revoking(certificate)
    .filter(({ revocation }) => Date.parse(credential.seenAt ?? '') > Date.parse(revocation.revokedAt ?? ''))
    .map(({ list }) => list);
}
