import { type Certificate, hasRoomBelow } from '../../pki/certificate.ts';
import { type Fact, type Facts, orUnknown, UNKNOWN } from '../facts.ts';
import type { Authority } from '../pki/authority.ts';
import { casOf, endpoints, separateAuthorities } from '../pki/bundle.ts';
import type { Seen } from '../pki/seenCertificates.ts';
import { isOverAt, lifetimeDays } from '../pki/validity.ts';
import { above, DAY_MS, type Terms } from '../terms.ts';

/** Where the certificates behind a trust anchor, and those they issued, are beyond what `postern.toml` allows. */
export function authorityLimits({ certificates, complete }: Authority, seen: Seen, terms: Terms): Facts {
  const { now, settings } = terms;
  const { max_ca_validity_days, max_hours_without_crl, min_days_left, max_rotation_days } = settings.thresholds;
  const ofAll = (fact: () => Fact) => (complete ? fact() : UNKNOWN);
  return {
    max_ca_validity_days: certificates.some(each => lifetimeDays(each) > max_ca_validity_days) || ofAll(() => false),
    min_days_left: ofAll(() => endsWithin(certificates, min_days_left, now)),
    max_rotation_days: ofAll(() => orUnknown(above(rotatesFor(certificates, now), max_rotation_days))),
    max_hours_without_crl: livesBeyond(certificates, seen, max_hours_without_crl),
  };
}

/**
 * Whether a certificate that was seen lives for more hours than that; undefined where none was seen. Who issued one that names
 * a CA which is not here is not known where CAs may stand below these.
 */
function livesBeyond(authorities: readonly Certificate[], seen: Seen, hours: number): Fact {
  if (!seen.complete) return UNKNOWN;
  const own = above(seen.longestHours, hours);
  const mayBeOwn = authorities.some(hasRoomBelow) && above(seen.longestOfOthers, hours) === true;
  return mayBeOwn && own !== true ? UNKNOWN : own;
}

/** Whether the last good certificate of one of its CAs ends within so many days; undefined where none is good any more. */
function endsWithin(certificates: readonly Certificate[], days: number, now: Date): boolean | undefined {
  const soon = now.getTime() + days * DAY_MS;
  const good = endpoints(certificates.filter(certificate => !isOverAt(certificate, now)));
  if (good.length === 0) return undefined;
  return good.some(ca => ca.every(({ notAfter }) => Date.parse(notAfter) < soon));
}

/**
 * For how many days the bundle has held two valid keys of one CA, or two CAs side by side, as far as certificates tell: since
 * the newest of them began; 0 for none. Undefined where it cannot be told whether CAs stand side by side.
 */
function rotatesFor(certificates: readonly Certificate[], now: Date): number | undefined {
  const good = certificates.filter(certificate => !isOverAt(certificate, now));
  const separate = separateAuthorities(good);
  if (separate === undefined) return undefined;
  const moving = [...casOf(good).values()].filter(ca => new Set(ca.map(({ key }) => key.sha256)).size > 1);
  const since = [...moving, ...(separate > 1 ? [good] : [])].map(ca =>
    Math.max(...ca.map(({ notBefore }) => Date.parse(notBefore))),
  );
  return Math.max(0, ...since.map(start => (now.getTime() - start) / DAY_MS));
}
