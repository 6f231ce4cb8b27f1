import { all, some, type Truth } from '../iam/truth.ts';
import type { ProfileDetail } from '../snapshot/shapes.ts';
import type { AccountSnapshot, RegionSnapshot } from '../snapshot/snapshot.ts';
import { hasAllRegions, isComplete } from './context.ts';
import { type Facts, orUnknown, partly, UNKNOWN } from './facts.ts';

/** The profiles that list a role, over all regions that were read, and whether one of them is a way in today; by its ARN. */
export type RoleListings = (roleArn: string) => Facts;

interface Listing {
  readonly profile: ProfileDetail;
  readonly region: RegionSnapshot;
}

/** Every role asks: the profiles are gone through once. */
export function roleListings(account: AccountSnapshot): RoleListings {
  const byRole = listingsIn(account.regions);
  const complete = hasAllRegions(account) && account.regions.every(region => isComplete(region, 'profiles'));
  const elsewhere = elsewhereOf(account);
  return roleArn => listingFacts(byRole.get(roleArn) ?? [], { complete, elsewhere });
}

function listingsIn(regions: readonly RegionSnapshot[]): ReadonlyMap<string, readonly Listing[]> {
  const byRole = new Map<string, Listing[]>();
  for (const region of regions) {
    for (const profile of region.profiles) {
      for (const arn of new Set(profile.roleArns)) {
        const known = byRole.get(arn);
        if (known === undefined) byRole.set(arn, [{ profile, region }]);
        else known.push({ profile, region });
      }
    }
  }
  return byRole;
}

interface Knowledge {
  /** Whether all profiles of all regions are before us. */
  readonly complete: boolean;
  /** Whether a profile that nobody read may be a way in: unknown, or false. */
  readonly elsewhere: Truth;
}

function listingFacts(listing: readonly Listing[], { complete, elsewhere }: Knowledge): Facts {
  const all = listing.map(({ profile }) => profile);
  const enabled = all.filter(profile => profile.enabled);
  const list = (values: readonly string[]) => (complete ? values.toSorted() : partly(values.toSorted()));
  const open = listing.filter(({ profile }) => profile.enabled).map(({ region }) => hasAnchor(region));
  return {
    profiles: {
      arn: list(all.map(profile => profile.profileArn)),
      name: list(all.map(profile => profile.name)),
      enabled_arn: list(enabled.map(profile => profile.profileArn)),
      enabled_count: complete ? enabled.length : UNKNOWN,
    },
    reachable: orUnknown(some([...open, elsewhere])),
  };
}

/** A profile and a trust anchor work together only in the same account and region (user guide, "Trust model"). */
function elsewhereOf(account: AccountSnapshot): Truth {
  const places = account.regions.map(region =>
    all([isComplete(region, 'profiles') ? false : undefined, hasAnchor(region)]),
  );
  return some([...places, hasAllRegions(account) ? false : undefined]);
}

/** Whether a trust anchor of the region is enabled. */
function hasAnchor(region: RegionSnapshot): Truth {
  return region.trustAnchors.some(each => each.enabled) || (isComplete(region, 'trustAnchors') ? false : undefined);
}
