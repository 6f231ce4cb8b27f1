import { all, not, some, type Truth } from '../../iam/truth.ts';
import type { Certificate } from '../../pki/certificate.ts';
import type { SubjectCredential } from '../../snapshot/shapes.ts';
import { groupedBy } from '../grouped.ts';
import type { Issuers } from './authorities.ts';
import { heldCertificate } from './heldCertificate.ts';
import type { RegionPki } from './regionPki.ts';
import type { CertificateRevocation } from './revocationLists.ts';
import { isValidAt } from './validity.ts';

/** A certificate that a subject came with: as AWS keeps it, and as read. */
export interface Credential {
  readonly detail: SubjectCredential;
  /** Undefined where AWS does not hand out the certificate, or it cannot be read. */
  readonly known: KnownCertificate | undefined;
}

export interface KnownCertificate {
  readonly certificate: Certificate;
  readonly issuers: Issuers;
  readonly revocation: CertificateRevocation;
  /** ISO 8601: its own end, or that of the old key of its CA where that comes first. Undefined: not known. */
  readonly endsAt: string | undefined;
  /** Within its dates, and not revoked. */
  readonly live: Truth;
}

export function credentialOf(detail: SubjectCredential, { authorities, lists }: RegionPki, now: Date): Credential {
  const certificate = heldCertificate(detail);
  if (certificate === undefined) return { detail, known: undefined };
  const issuers = authorities.issuersOf(certificate);
  const revocation = lists.revocationOf(certificate, issuers);
  const live = all([isValidAt(certificate, now), not(revocation.revoked)]);
  return { detail, known: { certificate, issuers, revocation, endsAt: endOf(certificate, issuers), live } };
}

/** A trust anchor that was not read may hold the old key for longer. */
function endOf({ notAfter }: Certificate, { oldKeyEnd, all }: Issuers): string | undefined {
  if (oldKeyEnd === undefined || Date.parse(oldKeyEnd) >= Date.parse(notAfter)) return notAfter;
  return all ? oldKeyEnd : undefined;
}

/**
 * The certificate that was issued last, of those that could be read. Anybody can come with one of the same subject of their own
 * making: what AWS refused, and none of the trust anchors' CAs issued, counts only where there is nothing else.
 */
export function newestOf(credentials: readonly Credential[]): Certificate | undefined {
  const own = credentials.filter(each => !isOutsiders(each));
  const certificates = (own.some(({ known }) => known) ? own : credentials).flatMap(
    ({ known }) => known?.certificate ?? [],
  );
  return certificates.toSorted((a, b) => Date.parse(b.notBefore) - Date.parse(a.notBefore))[0];
}

function isOutsiders({ detail, known }: Credential): boolean {
  return detail.failed === true && known !== undefined && known.issuers.known !== true;
}

/** How many different certificates are live, at least and at most, of those that count. */
export function liveCount(
  credentials: readonly Credential[],
  counts: (certificate: KnownCertificate) => Truth = () => true,
): { readonly least: number; readonly most: number } {
  const read = credentials.flatMap(({ detail, known }) => (known ? [{ detail, known }] : []));
  const byCertificate = [...groupedBy(read, ({ known }) => known.certificate.sha256).values()];
  const lives = byCertificate.map(shown => all([counts(shown[0]!.known), some(shown.map(isOwnAndLive))]));
  const least = lives.filter(live => live === true).length;
  return { least, most: lives.filter(live => live !== false).length + credentials.length - read.length };
}

/** What AWS refused is the subject's only where a CA of the trust anchors issued it. */
function isOwnAndLive({
  detail,
  known,
}: {
  readonly detail: SubjectCredential;
  readonly known: KnownCertificate;
}): Truth {
  return detail.failed === true ? all([known.live, known.issuers.known]) : known.live;
}
