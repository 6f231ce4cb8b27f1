import type { TrustAnchorDetail } from '../../snapshot/shapes.ts';
import type { RegionSnapshot, Snapshot } from '../../snapshot/snapshot.ts';
import { hasAllRegions, isComplete, type Place } from '../context.ts';
import { type Facts, partly } from '../facts.ts';
import { authorityOf } from '../pki/authority.ts';
import { type AuthorityHolders, authorityHolders, type Holder, keysOf, MOST_HOLDERS } from '../pki/authorityHolders.ts';

/** The other enabled trust anchors that rest on the same CA as this one. */
export type SharedAuthorities = (place: Place, anchor: TrustAnchorDetail) => Facts;

/** All trust anchors ask: the snapshot is gone through once. */
export function sharedAuthorities({ accounts }: Snapshot): SharedAuthorities {
  const places = accounts.flatMap(account => account.regions.map(region => ({ account, region })));
  const holders = authorityHolders(places);
  const known = new Set(places.map(({ region }) => region).filter(knowsAll));
  const knowsAccounts = new Set(
    accounts.filter(account => hasAllRegions(account) && account.regions.every(region => known.has(region))),
  );
  const withGaps = new Set(accounts.filter(account => !knowsAccounts.has(account)).map(({ id }) => id));
  return ({ account, region }, anchor) => {
    const keys = keysOf(region, anchor);
    const readsThis = authorityOf(region, anchor).complete;
    const list = ({ few }: Few, all: boolean) => (all && readsThis ? few : partly(few));
    const others = (near: (those: AuthorityHolders) => readonly Holder[]) =>
      fewOf(keys.flatMap(key => holders.get(key) ?? []).flatMap(near), anchor.trustAnchorArn);
    const beside = others(({ inRegion }) => inRegion.get(region) ?? []);
    const elsewhere = others(({ inAccount }) => (inAccount.get(account) ?? []).filter(each => each.region !== region));
    const foreign = others(({ anywhere }) => anywhere.filter(each => each.account.id !== account.id));
    return {
      in_region: list(beside, known.has(region)),
      in_other_regions: list(elsewhere, knowsAccounts.has(account)),
      in_other_accounts: list(foreign, withGaps.size === (withGaps.has(account.id) ? 1 : 0)),
      more: [beside, elsewhere, foreign].some(({ more }) => more),
    };
  };
}

interface Few {
  readonly few: readonly string[];
  readonly more: boolean;
}

function fewOf(holders: readonly Holder[], own: string): Few {
  const arns = [...new Set(holders.map(({ arn }) => arn))].filter(arn => arn !== own).sort();
  return { few: arns.slice(0, MOST_HOLDERS), more: arns.length > MOST_HOLDERS };
}

function knowsAll(region: RegionSnapshot): boolean {
  return (
    isComplete(region, 'trustAnchors') &&
    region.trustAnchors.every(anchor => !anchor.enabled || authorityOf(region, anchor).complete)
  );
}
