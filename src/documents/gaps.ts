import { DEFAULTS, type Settings } from '../settings/settings.ts';
import { ANY_SOURCE, type EventLookup, isAtHome, isCovered } from '../snapshot/lookups.ts';
import { BROUGHT_BY } from '../snapshot/operations.ts';
import type { AccountSnapshot, RegionSnapshot, Snapshot } from '../snapshot/snapshot.ts';
import { hasAllRegions, isComplete, rolesKnown } from './context.ts';
import type { DocumentKind, JsonObject, Resource } from './document.ts';
import { unseenBody } from './unseen.ts';

export { ANY_SOURCE, type EventLookup };

/** A place where resources of a kind may be that no document tells of, and the operation that would have listed them. */
export interface Gap {
  readonly place: Resource;
  readonly operation: string;
}

export interface Gaps {
  /** From when on events were read everywhere, ms since 1970; undefined where that is not known. */
  readonly eventsSince: number | undefined;
  /** The places for one kind; of events, for those that one of these lookups finds. */
  of(kind: DocumentKind, lookups: readonly EventLookup[]): readonly Gap[];
  /** The body of a document that is not there: all that is known of a resource in such a place. */
  unseen(kind: DocumentKind): JsonObject;
}

/** Where a snapshot may lack something: nobody asked for it, or the call that lists it failed. */
export function gapsIn({ accounts }: Snapshot, settings: Settings = DEFAULTS): Gaps {
  return {
    eventsSince: eventsSince(accounts.flatMap(({ regions }) => regions)),
    of: (kind, lookups) =>
      accounts.flatMap(account =>
        FINDERS[kind](account, lookups).map(({ region, operation }) => ({
          place: { kind, id: ANY, name: ANY, account: account.id, region },
          operation,
        })),
      ),
    unseen: kind => unseenBody(kind, settings),
  };
}

/** The latest of the times from which on a region's events were read. */
function eventsSince(regions: readonly RegionSnapshot[]): number | undefined {
  const times = regions.filter(({ notAsked }) => !notAsked.includes('events')).map(each => each.eventsSince);
  return times.length === 0 || times.includes(undefined)
    ? undefined
    : Math.max(...times.map(time => Date.parse(time ?? '')));
}

/** Whether this is no resource but a place: its id stands for whatever is there, as `*` does for a list that failed. */
export function isPlace({ id }: Resource): boolean {
  return id === ANY;
}

const ANY = '*';
/** The region of a gap that is all regions which are not in the snapshot. */
export const OTHER_REGIONS = '*';

interface Hole {
  readonly region: string;
  readonly operation: string;
}

type Finder = (account: AccountSnapshot, lookups: readonly EventLookup[]) => readonly Hole[];

const FINDERS: Readonly<Record<DocumentKind, Finder>> = {
  trust_anchor: account => inRegions(account, 'trustAnchors', region => isComplete(region, 'trustAnchors')),
  profile: account => inRegions(account, 'profiles', region => isComplete(region, 'profiles')),
  crl: account => inRegions(account, 'crls', region => isComplete(region, 'crls')),
  subject: account => inRegions(account, 'subjects', region => isComplete(region, 'subjects')),
  path: account => inRegions(account, 'profiles', region => isComplete(region, 'profiles')),
  role: account => (rolesKnown(account) === 'all' ? [] : [{ region: 'global', operation: 'iam:ListRoles' }]),
  account: () => [],
  event: (account, lookups) => [
    ...unseen(
      account,
      lookups.filter(lookup => !isAtHome(lookup)),
    ),
    ...unseenAtHome(account, lookups.filter(isAtHome)),
  ],
};

function inRegions(
  account: AccountSnapshot,
  member: keyof typeof BROUGHT_BY,
  isWhole: (region: RegionSnapshot) => boolean,
): readonly Hole[] {
  const operation = BROUGHT_BY[member];
  const some = account.regions.filter(region => !isWhole(region)).map(({ name }) => ({ region: name, operation }));
  return hasAllRegions(account) ? some : [...some, { region: OTHER_REGIONS, operation }];
}

function unseen(account: AccountSnapshot, lookups: readonly EventLookup[]): readonly Hole[] {
  return lookups.length === 0 ? [] : inRegions(account, 'events', region => saw(region, lookups));
}

/** Such events are in one trail, wherever that is: what one region saw need not be in another. */
function unseenAtHome({ regions }: AccountSnapshot, lookups: readonly EventLookup[]): readonly Hole[] {
  if (lookups.length === 0 || regions.some(region => saw(region, lookups))) return [];
  const home = regions.find(region => lookups.every(lookup => isCovered(lookup, region.lookups ?? [])));
  return [{ region: home?.name ?? 'global', operation: BROUGHT_BY.events }];
}

function saw(region: RegionSnapshot, lookups: readonly EventLookup[]): boolean {
  return isComplete(region, 'events') && lookups.every(lookup => isCovered(lookup, region.lookups));
}
