import { all, not, some, type Truth } from '../../iam/truth.ts';
import { groupedBy } from '../../lists.ts';
import type { Certificate } from '../../pki/certificate.ts';
import type { SubjectCredential } from '../../snapshot/shapes.ts';
import type { Issuers } from './authorities.ts';
import { heldCertificate } from './heldCertificate.ts';
import type { RegionPki } from './regionPki.ts';
import type { CertificateRevocation } from './revocationLists.ts';
import { isOverAt, isValidAt } from './validity.ts';

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
  /** What of it ends first: itself, the old key of a CA that goes on with another, or its CA for good. */
  readonly endsWith: 'certificate' | 'old_key' | 'authority' | undefined;
  /** ISO 8601: when that is. Undefined: not known. */
  readonly endsAt: string | undefined;
  /** Within its dates and those of its CA, and not revoked. */
  readonly live: Truth;
}

export function credentialOf(detail: SubjectCredential, { authorities, lists }: RegionPki, now: Date): Credential {
  const certificate = heldCertificate(detail);
  if (certificate === undefined) return { detail, known: undefined };
  const issuers = authorities.issuersOf(certificate);
  const revocation = lists.revocationOf(certificate, issuers);
  const live = all([isValidAt(certificate, now), not(revocation.revoked), not(hasOutlived(issuers, now))]);
  return { detail, known: { certificate, issuers, revocation, live, ...endOf(certificate, issuers) } };
}

/** Whether the CAs by which it comes in have ended. */
function hasOutlived({ authorityEnd, all }: Issuers, now: Date): Truth {
  if (authorityEnd === undefined || !isOverAt({ notAfter: authorityEnd }, now)) return false;
  return all || undefined;
}

/** A trust anchor that was not read may hold the key for longer. */
function endOf(
  { notAfter }: Certificate,
  { oldKeyEnd, authorityEnd, all }: Issuers,
): Pick<KnownCertificate, 'endsAt' | 'endsWith'> {
  const keyEnd = oldKeyEnd ?? authorityEnd;
  if (keyEnd === undefined || Date.parse(keyEnd) >= Date.parse(notAfter))
    return { endsAt: notAfter, endsWith: 'certificate' };
  if (!all) return { endsAt: undefined, endsWith: undefined };
  return { endsAt: keyEnd, endsWith: oldKeyEnd === undefined ? 'authority' : 'old_key' };
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
