import type { Locate } from '../cloudtrail/locate.ts';
import { compare } from '../snapshot/compare.ts';
import type { CloudTrailRecord } from '../snapshot/shapes.ts';
import type { AccountSnapshot, RegionSnapshot, Snapshot } from '../snapshot/snapshot.ts';
import { pathDocuments } from './accessPath.ts';
import type { Document } from './document.ts';
import { eventDocument } from './event.ts';
import { iamOf } from './iam.ts';
import { roleListings } from './listings.ts';
import { profileDocument } from './profile.ts';
import { textIn } from './record.ts';
import { roleDocument } from './role.ts';
import { trustAnchorDocument } from './trustAnchor.ts';

/**
 * A fact sheet for each trust anchor, profile, role, path and event of the snapshot: in this order, and each kind by resource
 * id; events by time. Pure: the same snapshot gives the same documents. `locate` tells where events came from.
 */
export function documentsOf(snapshot: Snapshot, locate?: Locate): readonly Document[] {
  const now = new Date(snapshot.takenAt);
  const accounts = snapshot.accounts.map(account => ofAccount(account, now, locate));
  return [
    ...byId(accounts.flatMap(each => each.trustAnchors)),
    ...byId(accounts.flatMap(each => each.profiles)),
    ...byId(accounts.flatMap(each => each.roles)),
    ...byId(accounts.flatMap(each => each.paths)),
    ...byTime(accounts.flatMap(each => each.events)),
  ];
}

function ofAccount(account: AccountSnapshot, now: Date, locate: Locate | undefined) {
  const iam = iamOf(account, now);
  const listings = roleListings(account);
  const creators = anchorCreators(account.regions.flatMap(region => region.events));
  const listed = account.regions.flatMap(region =>
    region.profiles.map(profile => {
      const place = { account, region };
      return { place, profile, paths: pathDocuments(place, profile, { iam, now }) };
    }),
  );
  const inRegions = (build: (region: RegionSnapshot) => readonly Document[]) => account.regions.flatMap(build);
  return {
    trustAnchors: inRegions(region =>
      region.trustAnchors.map(anchor => trustAnchorDocument({ account, region }, anchor, creators)),
    ),
    profiles: listed.map(({ place, profile, paths }) => profileDocument(place, profile, { iam, paths })),
    roles: iam.roles.map(facts => roleDocument(account, facts, { iam, listings })),
    paths: listed.flatMap(({ paths }) => paths),
    events: inRegions(region => region.events.map(record => eventDocument({ account, region }, record, locate))),
  };
}

/** Who created each trust anchor, by its ARN: the API does not say, only the CreateTrustAnchor event does. */
function anchorCreators(events: readonly CloudTrailRecord[]): ReadonlyMap<string, string> {
  const created = events
    .filter(record => record.eventName === 'CreateTrustAnchor')
    .map(record => [
      textIn(record, 'responseElements', 'trustAnchor', 'trustAnchorArn'),
      textIn(record, 'userIdentity', 'arn'),
    ]);
  return new Map(created.filter((pair): pair is [string, string] => pair.every(each => each !== undefined)));
}

function byId(documents: readonly Document[]): readonly Document[] {
  return documents.toSorted((a, b) => compare(a.resource.id, b.resource.id));
}

/** An event delivered twice (a global service's, in two regions) is one event. */
function byTime(documents: readonly Document[]): readonly Document[] {
  const once = [...new Map(documents.map(document => [document.resource.id, document])).values()];
  const time = ({ body }: Document) => String(body['@timestamp'] ?? '');
  return once.toSorted((a, b) => compare(time(a), time(b)) || compare(a.resource.id, b.resource.id));
}
