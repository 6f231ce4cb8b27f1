import { accountIn } from '../../iam/arn.ts';
import type { CertificateAuthorityDetail, TrustAnchorDetail } from '../../snapshot/shapes.ts';
import type { AccountSnapshot, RegionSnapshot } from '../../snapshot/snapshot.ts';
import { accountFacts, isComplete, type Place } from '../context.ts';
import type { Document } from '../document.ts';
import { bodyOf, type Fact, type Facts, joined, orUnknown, UNKNOWN } from '../facts.ts';
import { type Authority, authorityOf, privateCaOf } from '../pki/authority.ts';
import { seenFrom } from '../pki/seenCertificates.ts';
import { anchorNamesakes } from '../sameName.ts';
import { missingTags, tagFacts } from '../tags.ts';
import type { Terms } from '../terms.ts';
import type { AnchorLists } from './anchorLists.ts';
import type { AnchorPins } from './anchorPins.ts';
import type { AnchorUses } from './anchorUse.ts';
import { authorityFacts, type IssuersLists } from './authorityFacts.ts';
import { authorityLimits } from './authorityLimits.ts';
import type { OlderKeys } from './olderKeys.ts';
import type { SharedAuthorities } from './sharedAuthorities.ts';
import { sourceUpdates } from './sourceUpdates.ts';

export interface TrustAnchorSetting extends Terms {
  /** Who created which anchor, by the anchor's ARN, as far as the events tell. */
  readonly creators: ReadonlyMap<string, string>;
  readonly pins: AnchorPins;
  readonly shared: SharedAuthorities;
  readonly lists: AnchorLists;
  readonly issuersLists: IssuersLists;
  readonly onOlderKeys: OlderKeys;
  readonly uses: AnchorUses;
  /** The accounts of the snapshot. */
  readonly accounts: readonly AccountSnapshot[];
}

export function trustAnchorDocument(place: Place, anchor: TrustAnchorDetail, setting: TrustAnchorSetting): Document {
  const { account, region } = place;
  const { now, settings } = setting;
  const authority = authorityOf(region, anchor);
  const facts = joined(
    ownFacts(anchor),
    {
      same_name_as: anchorNamesakes(region, anchor.trustAnchorArn),
      acm_pca: privateCaFacts(place, anchor, setting.accounts),
      created_by: orUnknown(setting.creators.get(anchor.trustAnchorArn)),
    },
    authorityFacts(authority, setting.issuersLists, now),
    { on_older_keys: setting.onOlderKeys(anchor) },
    setting.uses(anchor),
    { crls: setting.lists(anchor.trustAnchorArn, authority) },
    notificationFacts(anchor),
    tagFacts(region, anchor.trustAnchorArn),
    {
      missing_tags: missingTags(region, anchor.trustAnchorArn, settings.lists.required_tags),
      roles: setting.pins(anchor.trustAnchorArn),
      profiles_count: isComplete(region, 'profiles') ? region.profiles.length : UNKNOWN,
      same_ca: setting.shared(place, anchor),
      beyond: joined(authorityLimits(authority, seenFrom(region, authority.certificates), setting), {
        min_notification_days: tellsTooLate(anchor, settings.thresholds.min_notification_days),
      }),
      outside: outsideFacts(place, anchor, { authority, settings }),
    },
  );
  const kind = 'trust_anchor';
  return {
    kind,
    resource: { kind, id: anchor.trustAnchorArn, name: anchor.name, account: account.id, region: region.name },
    body: bodyOf({ kind, account: accountFacts(account), region: region.name, trust_anchor: facts }),
  };
}

function ownFacts(anchor: TrustAnchorDetail): Facts {
  return {
    id: anchor.trustAnchorId,
    arn: anchor.trustAnchorArn,
    name: anchor.name,
    enabled: anchor.enabled,
    source_type: anchor.source.sourceType,
    acm_pca_arn: anchor.source.sourceData.acmPcaArn,
    source_update: sourceUpdates(anchor),
    created_at: orUnknown(anchor.createdAt),
    updated_at: orUnknown(anchor.updatedAt),
  };
}

function privateCaFacts(
  { account, region }: Place,
  anchor: TrustAnchorDetail,
  accounts: readonly AccountSnapshot[],
): Facts | undefined {
  const arn = anchor.source.sourceData.acmPcaArn;
  if (arn === undefined) return undefined;
  const detail = privateCaOf(region, arn);
  const owner = detail?.ownerAccount ?? accountIn(arn);
  return {
    owner: orUnknown(owner),
    foreign: owner === undefined ? UNKNOWN : owner !== account.id,
    owner_audited: accounts.some(({ id }) => id === owner),
    exists: detail === undefined ? UNKNOWN : detail.missing !== true,
    ...(detail?.missing === true ? {} : describedFacts(detail)),
    renewed_since_update: detail?.missing === true ? undefined : orUnknown(isRenewedSince(region, anchor)),
  };
}

/** AWS goes by the certificate that it saw when the anchor was made or updated last (user guide, "Trust model"). */
function isRenewedSince(region: RegionSnapshot, anchor: TrustAnchorDetail): boolean | undefined {
  const { certificates, complete } = authorityOf(region, anchor);
  const updated = Date.parse(anchor.updatedAt ?? anchor.createdAt ?? '');
  if (!complete || Number.isNaN(updated)) return undefined;
  return certificates.some(({ notBefore }) => Date.parse(notBefore) > updated);
}

function describedFacts(detail: CertificateAuthorityDetail | undefined): Facts {
  return {
    status: orUnknown(detail?.status),
    type: orUnknown(detail?.type),
    usage_mode: orUnknown(detail?.usageMode),
  };
}

function notificationFacts({ notificationSettings }: TrustAnchorDetail): Facts {
  if (notificationSettings === undefined) return { notification_settings: UNKNOWN, notifications_off: UNKNOWN };
  return {
    notification_settings: notificationSettings.map(setting => ({
      event: setting.event,
      enabled: setting.enabled,
      threshold: setting.threshold,
      channel: setting.channel,
      configured_by: setting.configuredBy,
    })),
    notifications_off: notificationSettings.filter(({ enabled }) => !enabled).map(({ event }) => event),
  };
}

/** A setting without a threshold has AWS's own, which is early enough. */
function tellsTooLate({ notificationSettings }: TrustAnchorDetail, least: number): Fact {
  if (notificationSettings === undefined) return UNKNOWN;
  return notificationSettings.some(({ enabled, threshold }) => enabled && threshold !== undefined && threshold < least);
}

/** Of a list that is empty nothing is said. */
function outsideFacts(
  { region }: Place,
  anchor: TrustAnchorDetail,
  { authority, settings: { lists } }: { readonly authority: Authority; readonly settings: Terms['settings'] },
): Facts {
  const { allowed_regions: regions, allowed_key_types: keyTypes } = lists;
  return {
    allowed_regions: regions.length === 0 ? undefined : !regions.includes(region.name),
    allowed_cas: isForeignCa(anchor, authority, lists.allowed_cas),
    allowed_key_types:
      keyTypes.length === 0 ? undefined : hasOther(authority, ({ key }) => keyTypes.includes(key.type)),
  };
}

/** A private CA is known by its ARN, any CA by the fingerprints of its certificates. */
function isForeignCa({ source }: TrustAnchorDetail, authority: Authority, allowed: readonly string[]): Fact {
  const { acmPcaArn } = source.sourceData;
  if (allowed.length === 0) return undefined;
  if (acmPcaArn !== undefined && allowed.includes(acmPcaArn)) return false;
  return hasOther(authority, ({ sha256 }) => allowed.includes(sha256));
}

function hasOther(
  { certificates, complete }: Authority,
  isAllowed: (certificate: Authority['certificates'][number]) => boolean,
): Fact {
  return certificates.some(each => !isAllowed(each)) || (complete ? false : UNKNOWN);
}
