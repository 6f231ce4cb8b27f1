import type { Locate } from '../cloudtrail/locate.ts';
import { DEFAULTS, type Settings } from '../settings/settings.ts';
import { compare } from '../snapshot/compare.ts';
import type { CloudTrailRecord } from '../snapshot/shapes.ts';
import type { AccountSnapshot, RegionSnapshot, Snapshot } from '../snapshot/snapshot.ts';
import { accountDocument } from './account/account.ts';
import type { Place } from './context.ts';
import { crlDocument } from './crl/crl.ts';
import { newerLists } from './crl/newerLists.ts';
import { revokedComers } from './crl/revokedComers.ts';
import type { Document } from './document.ts';
import { type EventSetting, eventDocument } from './event/event.ts';
import { withExpected } from './expected/expected.ts';
import { knownAnchors } from './gates/knownAnchors.ts';
import { everybodyOf } from './iam/everybody.ts';
import { iamOf } from './iam/iam.ts';
import { recogniserOf } from './known.ts';
import { textAt } from './path.ts';
import { pathDocuments } from './paths/accessPath.ts';
import { type RegionPki, regionPki } from './pki/regionPki.ts';
import { profileDocument } from './profile/profile.ts';
import { profileUses } from './profile/profileUse.ts';
import { textIn } from './record.ts';
import { roleListings } from './role/listings.ts';
import { roleDocument } from './role/role.ts';
import { roleSessions } from './sessions/roleSessions.ts';
import { subjectDocument } from './subject/subject.ts';
import type { Terms } from './terms.ts';
import { anchorLists } from './trustAnchor/anchorLists.ts';
import { anchorPins } from './trustAnchor/anchorPins.ts';
import { anchorUses } from './trustAnchor/anchorUse.ts';
import { olderKeys } from './trustAnchor/olderKeys.ts';
import { type SharedAuthorities, sharedAuthorities } from './trustAnchor/sharedAuthorities.ts';
import { trustAnchorDocument } from './trustAnchor/trustAnchor.ts';

/** What documents are made with, besides the snapshot. */
export interface Making {
  /** As of when facts are judged; when the snapshot was taken, where it is not said. */
  readonly now?: Date | undefined;
  /** What `postern.toml` says; the defaults where there is none. */
  readonly settings?: Settings | undefined;
  /** Tells where events came from. */
  readonly locate?: Locate | undefined;
}

/**
 * A fact sheet for each trust anchor, profile, CRL, subject, role, path, account and event of the snapshot: in this order, and
 * each kind by resource id; events by time. Pure: the same in gives the same documents.
 */
export function documentsOf(snapshot: Snapshot, making: Making = {}): readonly Document[] {
  const terms = { now: making.now ?? new Date(snapshot.takenAt), settings: making.settings ?? DEFAULTS };
  const event = { locate: making.locate, recognise: recogniserOf(terms.settings.lists) };
  const common = { terms, event, snapshot, shared: sharedAuthorities(snapshot) };
  const accounts = snapshot.accounts.map(account =>
    withExpected(ofAccount(account, common), account, terms.settings.expect),
  );
  return [
    ...byId(accounts.flatMap(each => each.trustAnchors)),
    ...byId(accounts.flatMap(each => each.profiles)),
    ...byId(accounts.flatMap(each => each.crls)),
    ...byId(accounts.flatMap(each => each.subjects)),
    ...byId(accounts.flatMap(each => each.roles)),
    ...byId(accounts.flatMap(each => each.paths)),
    ...byId(accounts.map(each => each.account)),
    ...byTime(accounts.flatMap(each => each.events)),
  ];
}

/** What the documents of all accounts are made with. */
interface Common {
  readonly snapshot: Snapshot;
  readonly terms: Terms;
  readonly event: EventSetting;
  readonly shared: SharedAuthorities;
}

function ofAccount(account: AccountSnapshot, { snapshot, terms, event, shared }: Common) {
  const { now } = terms;
  const iam = iamOf(account, now);
  const everybody = everybodyOf(account, iam);
  const anchors = knownAnchors(account, now);
  const anchorSetting = {
    ...terms,
    creators: anchorCreators(account.regions.flatMap(region => region.events)),
    pins: anchorPins(account, iam),
    shared,
    accounts: snapshot.accounts,
  };
  const listed = account.regions.flatMap(region =>
    region.profiles.map(profile => {
      const place = { account, region };
      return { place, region, profile, paths: pathDocuments(place, profile, { iam, anchors, now }) };
    }),
  );
  const listings = roleListings(
    account,
    listed.flatMap(({ profile, paths }) =>
      paths.map(path => ({ profile, roleArn: textAt(path.body, 'role.arn') ?? '', path })),
    ),
    now,
  );
  const sessions = roleSessions(account, listed, { iam, now });
  const uses = profileUses(account, iam);
  const inRegions = (build: (region: RegionSnapshot) => readonly Document[]) => account.regions.flatMap(build);
  const roles = iam.roles.map(facts =>
    roleDocument(account, facts, { iam, everybody, listings, sessions, anchors, now }),
  );
  const pkis = account.regions.map(region => ({ place: { account, region }, pki: regionPki(region) }));
  return {
    trustAnchors: pkis.flatMap(({ place, pki }) => {
      const setting = {
        ...anchorSetting,
        lists: anchorLists(place.region, pki.lists, terms),
        issuersLists: pki.lists,
        onOlderKeys: olderKeys(place.region, pki, now),
        uses: anchorUses(place.region, pki, terms),
      };
      return place.region.trustAnchors.map(anchor => trustAnchorDocument(place, anchor, setting));
    }),
    profiles: listed.map(({ place, profile, paths }) =>
      profileDocument(place, profile, { ...terms, iam, paths, sessions, uses }),
    ),
    crls: pkis.flatMap(({ place, pki }) => crlDocuments(place, pki, terms)),
    subjects: pkis.flatMap(({ place, pki }) =>
      place.region.subjects.map(subject => subjectDocument(place, subject, { ...terms, pki })),
    ),
    roles,
    paths: listed.flatMap(({ paths }) => paths),
    account: accountDocument(account, { ...terms, iam, everybody, roles }),
    events: inRegions(region => region.events.map(record => eventDocument({ account, region }, record, event))),
  };
}

function crlDocuments(place: Place, { lists }: RegionPki, terms: Terms): readonly Document[] {
  const newer = newerLists(lists.all, terms.now);
  const cameBack = revokedComers(place.region, lists);
  return lists.all.map(list => crlDocument(place, list, { ...terms, newer, cameBack }));
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
