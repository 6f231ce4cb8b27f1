import type { TrustAnchorDetail } from '../snapshot/shapes.ts';
import type { AccountSnapshot, RegionSnapshot, Snapshot } from '../snapshot/snapshot.ts';
import { authorityOf } from './authority.ts';
import { hasAllRegions, isComplete, type Place } from './context.ts';
import { type Facts, partly } from './facts.ts';

/** The other enabled trust anchors that rest on the same CA as this one. */
export type SharedAuthorities = (place: Place, anchor: TrustAnchorDetail) => Facts;

interface Holder {
  readonly arn: string;
  readonly account: AccountSnapshot;
  readonly region: RegionSnapshot;
}

/** All trust anchors ask: the snapshot is gone through once. */
export function sharedAuthorities({ accounts }: Snapshot): SharedAuthorities {
  const places = accounts.flatMap(account => account.regions.map(region => ({ account, region })));
  const holders = holdersIn(places);
  const known = new Set(places.map(({ region }) => region).filter(knowsAll));
  const knowsAccounts = new Set(
    accounts.filter(account => hasAllRegions(account) && account.regions.every(region => known.has(region))),
  );
  return ({ account, region }, anchor) => {
    const keys = keysOf(region, anchor);
    const others = [...new Set(keys.flatMap(key => holders.get(key) ?? []))].filter(
      ({ arn }) => arn !== anchor.trustAnchorArn,
    );
    const readsThis = authorityOf(region, anchor).complete;
    const list = (those: readonly Holder[], all: boolean) => {
      const arns = [...new Set(those.map(({ arn }) => arn))].sort();
      return all && readsThis ? arns : partly(arns);
    };
    const beside = others.filter(other => other.region === region);
    const elsewhere = others.filter(other => other.account === account && other.region !== region);
    const foreign = others.filter(other => other.account.id !== account.id);
    return {
      in_region: list(beside, known.has(region)),
      in_other_regions: list(elsewhere, knowsAccounts.has(account)),
      in_other_accounts: list(
        foreign,
        accounts.every(each => each.id === account.id || knowsAccounts.has(each)),
      ),
    };
  };
}

function holdersIn(places: readonly Place[]): ReadonlyMap<string, readonly Holder[]> {
  const holders = new Map<string, Holder[]>();
  for (const { account, region } of places) {
    for (const anchor of region.trustAnchors.filter(each => each.enabled)) {
      const holder = { arn: anchor.trustAnchorArn, account, region };
      for (const key of new Set(keysOf(region, anchor))) {
        const known = holders.get(key);
        if (known === undefined) holders.set(key, [holder]);
        else known.push(holder);
      }
    }
  }
  return holders;
}

/** By what a CA is known again: its keys, and the ARN of a private CA, whose certificate may not have been read. */
function keysOf(region: RegionSnapshot, anchor: TrustAnchorDetail): readonly string[] {
  const { acmPcaArn } = anchor.source.sourceData;
  const keys = authorityOf(region, anchor).certificates.map(({ key }) => key.sha256);
  return acmPcaArn === undefined ? keys : [...keys, acmPcaArn];
}

function knowsAll(region: RegionSnapshot): boolean {
  return (
    isComplete(region, 'trustAnchors') &&
    region.trustAnchors.every(anchor => !anchor.enabled || authorityOf(region, anchor).complete)
  );
}
