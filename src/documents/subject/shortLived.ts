import { some, type Truth } from '../../iam/truth.ts';
import type { RegionSnapshot } from '../../snapshot/snapshot.ts';
import type { Authorities } from '../pki/authorities.ts';
import { privateCaOf } from '../pki/authority.ts';
import type { KnownCertificate } from '../pki/credential.ts';
import { lifetimeDays } from '../pki/validity.ts';

export interface ShortLivedSetting {
  readonly region: RegionSnapshot;
  readonly authorities: Authorities;
  /** Whatever lives no longer is short-lived, whoever issued it. */
  readonly hours: number;
}

/**
 * Whether a certificate runs out before anybody would revoke it, so that a holder who renews it early has several: by its dates, or
 * for its CA is a private one that issues no others. Undefined: what sort of CA that is was not read.
 */
export function isShortLived({ certificate, issuers }: KnownCertificate, setting: ShortLivedSetting): Truth {
  const days = lifetimeDays(certificate);
  if (days * 24 <= setting.hours) return true;
  if (days > MOST_DAYS) return false;
  return some([...issuers.enabled.map(arn => issuesShortLived(arn, setting)), issuers.all ? false : undefined]);
}

/** Seven days, and what a CA dates back (AWS Private CA user guide, "CA modes"). */
const MOST_DAYS = 8;

function issuesShortLived(anchorArn: string, { region, authorities }: ShortLivedSetting): Truth {
  const authority = authorities.of(anchorArn);
  if (authority === undefined || authority === 'missing') return undefined;
  const arn = authority.anchor.source.sourceData.acmPcaArn;
  if (arn === undefined) return false;
  const mode = privateCaOf(region, arn)?.usageMode;
  return mode === undefined ? undefined : mode === 'SHORT_LIVED_CERTIFICATE';
}
