import { all, some, type Truth } from '../../iam/truth.ts';
import { groupedBy } from '../../lists.ts';
import type { ProfileDetail } from '../../snapshot/shapes.ts';
import type { AccountSnapshot, RegionSnapshot } from '../../snapshot/snapshot.ts';
import { hasAllRegions, isComplete, isCompleteEverywhere } from '../context.ts';
import type { Document, JsonObject } from '../document.ts';
import { type Fact, type Facts, type Later, later, orUnknown, partly, UNKNOWN } from '../facts.ts';
import { authorityStanding } from '../gates/knownAnchors.ts';
import { isUnknownAt, textAt, truthAt, valuesAt } from '../path.ts';
import { mappingToPut } from '../profile/mappingToPut.ts';

/** The profiles that list a role, over all regions that were read, and whether one of them is a way in today; by its ARN. */
export type RoleListings = (roleArn: string) => RoleListing;

export interface RoleListing {
  /** `profiles`, `reachable` and `paths`. */
  readonly facts: Facts;
  /** Profiles, by ARN, that map no tag of what the trust policy asks for: by whether that shuts everybody out. */
  readonly unmapped: Later;
  readonly acceptsSessionName: SessionNaming;
}

/** Whether one of the profiles lets callers choose the session's name: `unlisted` where there is none that lists the role. */
export type SessionNaming = Truth | 'unlisted';

/** A profile that lists a role, and the path that makes. */
export interface Listing {
  readonly profile: ProfileDetail;
  readonly roleArn: string;
  readonly path: Document;
}

/** Every role asks: the paths are gone through once. */
export function roleListings(account: AccountSnapshot, paths: readonly Listing[], now: Date): RoleListings {
  const byRole = groupedBy(paths, ({ roleArn }) => roleArn);
  const complete = isCompleteEverywhere(account, 'profiles');
  const elsewhere = elsewhereOf(account, now);
  return roleArn => listingOf(byRole.get(roleArn) ?? [], { complete, elsewhere });
}

interface Knowledge {
  /** Whether all profiles of all regions are before us. */
  readonly complete: boolean;
  /** Whether a profile that nobody read may be a way in: unknown, or false. */
  readonly elsewhere: Truth;
}

function listingOf(listing: readonly Listing[], { complete, elsewhere }: Knowledge): RoleListing {
  const profiles = listing.map(({ profile }) => profile);
  const enabled = profiles.filter(profile => profile.enabled);
  const listed = (values: readonly string[]) => (complete ? values : partly(values));
  const list = (values: readonly string[]) => listed(values.toSorted());
  const open = listing.map(({ path }) => truthAt(path.body, 'path.open'));
  return {
    facts: {
      profiles: {
        arn: list(profiles.map(profile => profile.profileArn)),
        name: list(profiles.map(profile => profile.name)),
        enabled_arn: list(enabled.map(profile => profile.profileArn)),
        enabled_count: complete ? enabled.length : UNKNOWN,
      },
      reachable: orUnknown(some([...open, elsewhere])),
      paths: later(() => listed(linesOf(listing.filter((_, at) => open[at] !== false)))),
    },
    unmapped: later(() => unmappedFacts(listing, complete)),
    acceptsSessionName: sessionNaming(profiles, elsewhere),
  };
}

function sessionNaming(profiles: readonly ProfileDetail[], elsewhere: Truth): SessionNaming {
  if (profiles.length === 0 && elsewhere === false) return 'unlisted';
  return some([...profiles.map(({ acceptRoleSessionName }) => acceptRoleSessionName), elsewhere]);
}

/** A profile and a trust anchor work together only in the same account and region (user guide, "Trust model"). */
function elsewhereOf(account: AccountSnapshot, now: Date): Truth {
  const places = account.regions.map(region =>
    isComplete(region, 'profiles') ? false : all([undefined, hasAnchor(region, now)]),
  );
  return some([...places, hasAllRegions(account) ? false : undefined]);
}

/** Whether a trust anchor of the region is enabled, with a CA within its dates. */
function hasAnchor(region: RegionSnapshot, now: Date): Truth {
  const enabled = region.trustAnchors.filter(each => each.enabled);
  const inForce = enabled.map(anchor => !authorityStanding({ anchor, region }, now).expired);
  return some([...inForce, isComplete(region, 'trustAnchors') ? false : undefined]);
}

const PATHS_TOLD = 20;
const TERMS_TOLD = 3;

/** `hosts (eu-west-1): any certificate of the trust anchor plant`; longer lists end in how many more there are. */
function linesOf(listing: readonly Listing[]): readonly string[] {
  const lines = listing.slice(0, PATHS_TOLD).map(({ profile, path }) => {
    const region = textAt(path.body, 'region') ?? '';
    return `${profile.name} (${region}): ${entrantsIn(path.body)}`;
  });
  const rest = listing.length - lines.length;
  return rest > 0 ? [...lines.sort(), `… and ${rest} more`] : lines.sort();
}

function entrantsIn(body: JsonObject): string {
  const terms = valuesAt(body, 'path.gate.certificates').map(String);
  const rest = terms.length - TERMS_TOLD;
  const shown = terms.slice(0, TERMS_TOLD).join('; or ');
  return shown === '' ? 'not known' : rest > 0 ? `${shown}; or ${rest} more` : shown;
}

/** Of enabled profiles: in others nothing happens today. */
function unmappedFacts(listing: readonly Listing[], complete: boolean): Facts {
  const enabled = listing.filter(({ profile }) => profile.enabled);
  const unsure = enabled.some(({ path: { body } }) => !isUnmapped(body) && isUnknownAt(body, 'path.gate.reasons'));
  const those = (shut: boolean): Fact => {
    const arns = enabled
      .filter(({ path: { body } }) => isUnmapped(body) && isShut(body) === shut)
      .map(({ profile }) => profile.profileArn)
      .sort();
    return unsure || !complete ? partly(arns) : arns;
  };
  const first = enabled.filter(({ path: { body } }) => isUnmapped(body)).sort(openFirst)[0];
  return { shut: those(true), open: those(false), ...(first && mappingToPut(first)) };
}

/** What is gone weighs more than who is locked out. */
function openFirst(a: Listing, b: Listing): number {
  const shut = Number(isShut(a.path.body)) - Number(isShut(b.path.body));
  return shut || (a.profile.profileArn < b.profile.profileArn ? -1 : 1);
}

function isUnmapped(body: JsonObject): boolean {
  return valuesAt(body, 'path.gate.reasons').includes('unmapped');
}

function isShut(body: JsonObject): boolean {
  return textAt(body, 'path.gate.grade') === 'impossible';
}
