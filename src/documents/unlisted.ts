import { type Certificate, isIssuedBy } from '../pki/certificate.ts';
import type { SubjectCredential } from '../snapshot/shapes.ts';
import type { RegionSnapshot } from '../snapshot/snapshot.ts';
import { heldCertificate } from './heldCertificate.ts';
import type { RevocationList, RevocationLists } from './revocationLists.ts';
import type { Terms } from './terms.ts';
import { isValidAt, lifetimeDays } from './validity.ts';

/** The names of subjects that came in by a key of the trust anchor's CA whose lists are all of another key; by the anchor's ARN. */
export type Unlisted = (anchorArn: string) => readonly string[];

/** Every trust anchor asks: subjects are gone through once. */
export function unlistedSubjects(region: RegionSnapshot, lists: RevocationLists, terms: Terms): Unlisted {
  const names = new Map<string, Set<string>>();
  for (const { x509Subject, credentials = [] } of region.subjects)
    for (const arn of credentials.flatMap(credential => anchorsOf(credential, lists, terms)))
      names.set(arn, (names.get(arn) ?? new Set()).add(x509Subject));
  return arn => [...(names.get(arn) ?? [])].sort();
}

/** Certificates that live for hours need no list. */
function anchorsOf(credential: SubjectCredential, lists: RevocationLists, { now, settings }: Terms): readonly string[] {
  const certificate = heldCertificate(credential);
  if (certificate === undefined || credential.failed !== false || !isValidAt(certificate, now)) return [];
  if (lifetimeDays(certificate) * 24 <= settings.thresholds.max_hours_without_crl) return [];
  return lists.ofOtherKeys(certificate).flatMap(list => anchorBehind(list, certificate));
}

function anchorBehind({ authority }: RevocationList, certificate: Certificate): readonly string[] {
  if (authority === undefined || authority === 'missing') return [];
  const issued = authority.certificates.some(ca => isIssuedBy(certificate, ca) === true);
  return issued ? [authority.anchor.trustAnchorArn] : [];
}
