import { all, not, some, type Truth } from '../../iam/truth.ts';
import { groupedBy } from '../../lists.ts';
import { remembering } from '../../memo/remembering.ts';
import type { Certificate } from '../../pki/certificate.ts';
import type { RegionSnapshot } from '../../snapshot/snapshot.ts';
import { type Fact, partly } from '../facts.ts';
import type { Authority } from '../pki/authority.ts';
import { type Comer, comersOf } from '../pki/comers.ts';
import { heldCertificate } from '../pki/heldCertificate.ts';
import { issuedByTrying } from '../pki/issued.ts';
import { coversHoldersOf } from '../pki/listCoverage.ts';
import type { RevocationList } from '../pki/revocationLists.ts';
import { seenCompletely } from '../pki/seenCertificates.ts';
import { isValidAt, lifetimeDays } from '../pki/validity.ts';
import type { Terms } from '../terms.ts';

/**
 * The names of subjects that came in by a CA certificate of a trust anchor of whose name and key none of its lists is, though one is
 * of its CAs, or may be of one below them. Of an anchor without such a list, that itself is told, and of a list that is disabled too.
 */
export type Unlisted = (authority: Authority, lists: readonly RevocationList[]) => Fact;

/** Every trust anchor asks: subjects are gone through once. */
export function unlistedSubjects(region: RegionSnapshot, terms: Terms): Unlisted {
  const comersBy = remembering(comersIn(region, terms));
  const allSeen = seenCompletely(region);
  return ({ certificates, complete }, lists) => {
    if (some(lists.map(({ issuer }) => issuer?.issued)) === false) return [];
    const open = certificates
      .filter(ca => isValidAt(ca, terms.now))
      .map(ca => ({ ca, unlisted: not(some(lists.map(list => coversHoldersOf(ca, list)))) }))
      .filter(({ unlisted }) => unlisted !== false);
    const { names, sure } = comersOf(open.flatMap(({ ca, unlisted }) => comersBy(ca).map(withTruth(unlisted))));
    return complete && sure && (allSeen || open.length === 0) ? names : partly(names);
  };
}

function withTruth(unlisted: Truth): (comer: Comer) => Comer {
  return ({ name, truth }) => ({ name, truth: all([unlisted, truth]) });
}

/** The subjects that came in by a CA certificate, or may have, and whose certificate is valid. */
function comersIn(region: RegionSnapshot, terms: Terms): (ca: Certificate) => readonly Comer[] {
  const byIssuer = groupedBy(heldIn(region, terms), ({ certificate }) => certificate.issuer.key);
  const hasIssued = issuedByTrying();
  return ca =>
    (byIssuer.get(ca.subject.key) ?? [])
      .map(({ name, certificate, letIn }) => ({ name, truth: all([letIn, hasIssued(certificate, ca)]) }))
      .filter(({ truth }) => truth !== false);
}

interface Held {
  /** The subject's. */
  readonly name: string;
  readonly certificate: Certificate;
  /** Undefined where AWS does not say. */
  readonly letIn: true | undefined;
}

/** Certificates that live for hours need no list. */
function heldIn({ subjects }: RegionSnapshot, { now, settings }: Terms): readonly Held[] {
  return subjects.flatMap(({ x509Subject: name, credentials = [] }) =>
    credentials.flatMap(credential => {
      const certificate = heldCertificate(credential);
      if (certificate === undefined || credential.failed === true || !isValidAt(certificate, now)) return [];
      if (lifetimeDays(certificate) * 24 <= settings.thresholds.max_hours_without_crl) return [];
      return [{ name, certificate, letIn: credential.failed === false || undefined }];
    }),
  );
}
