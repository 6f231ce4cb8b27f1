import { groupedBy } from '../../lists.ts';
import { compare } from '../../snapshot/compare.ts';
import type { TrustAnchorDetail } from '../../snapshot/shapes.ts';
import type { AccountSnapshot, RegionSnapshot } from '../../snapshot/snapshot.ts';
import type { Place } from '../context.ts';
import { authorityOf } from './authority.ts';

/** An enabled trust anchor, and where it is. */
export interface Holder {
  readonly arn: string;
  readonly account: AccountSnapshot;
  readonly region: RegionSnapshot;
}

/** The enabled trust anchors over one CA, by ARN: of each place as few as tell whether there are more than MOST_HOLDERS. */
export interface AuthorityHolders {
  readonly inRegion: ReadonlyMap<RegionSnapshot, readonly Holder[]>;
  readonly inAccount: ReadonlyMap<AccountSnapshot, readonly Holder[]>;
  readonly anywhere: readonly Holder[];
}

/** A thousand trust anchors over one CA need no thousand lists of a thousand. */
export const MOST_HOLDERS = 10;

/** By what CAs are known again (`keysOf`). */
export function authorityHolders(places: readonly Place[]): ReadonlyMap<string, AuthorityHolders> {
  const held = places.flatMap(({ account, region }) =>
    region.trustAnchors
      .filter(({ enabled }) => enabled)
      .flatMap(anchor => {
        const holder = { arn: anchor.trustAnchorArn, account, region };
        return [...new Set(keysOf(region, anchor))].map(key => ({ key, holder }));
      }),
  );
  const sorted = held.toSorted((a, b) => compare(a.holder.arn, b.holder.arn));
  const byKey = groupedBy(sorted, ({ key }) => key);
  return new Map([...byKey].map(([key, those]) => [key, fewHolders(those.map(({ holder }) => holder))]));
}

function fewHolders(sorted: readonly Holder[]): AuthorityHolders {
  const inRegion = new Few<RegionSnapshot>();
  const inAccount = new Few<AccountSnapshot>();
  const anywhere = new Few<'all'>();
  const inId = new Few<string>();
  for (const holder of sorted) {
    const { account, region } = holder;
    // A place that is left out takes no more than half of what is kept: the rest is of others.
    if (inRegion.takes(region, holder)) inAccount.takes(account, holder, 2);
    if (inId.takes(account.id, holder)) anywhere.takes('all', holder, 2);
  }
  return { inRegion: inRegion.kept, inAccount: inAccount.kept, anywhere: anywhere.kept.get('all') ?? [] };
}

/** The first holders of each place. */
class Few<Of> {
  readonly kept = new Map<Of, Holder[]>();

  takes(place: Of, holder: Holder, times = 1): boolean {
    const kept = this.kept.get(place) ?? [];
    // One more than are told, and the one that asks.
    if (kept.length >= times * (MOST_HOLDERS + 2)) return false;
    this.kept.set(place, kept);
    kept.push(holder);
    return true;
  }
}

/** By what a CA is known again: its keys, and the ARN of a private CA, whose certificate may not have been read. */
export function keysOf(region: RegionSnapshot, anchor: TrustAnchorDetail): readonly string[] {
  const { acmPcaArn } = anchor.source.sourceData;
  const keys = authorityOf(region, anchor).certificates.map(({ key }) => key.sha256);
  return acmPcaArn === undefined ? keys : [...keys, acmPcaArn];
}
