import { type CloudTrailClient, type LookupAttributeKey, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { distinct } from '../lists.ts';
import { compare } from '../snapshot/compare.ts';
import { isTooDeep } from '../snapshot/depth.ts';
import { ANY_SOURCE, type EventLookup, isCovered } from '../snapshot/lookups.ts';
import type { CloudTrailRecord } from '../snapshot/shapes.ts';
import { UnreadableReply } from './failure.ts';
import type { Operation } from './operation.ts';
import { allPages, type Page } from './paging.ts';
import type { Place } from './place.ts';
import type { Collector, RegionRequest } from './region.ts';

/** Two requests a second for each account and region (CloudTrail API reference, LookupEvents). */
const LOOKUP: Operation = { name: 'cloudtrail:LookupEvents', family: 'LookupEvents', perSecond: 2 };

/** LookupEvents goes back 90 days and no further. */
const LONGEST = 90 * 86_400;

/** Management events of the wanted sources and names, newest first. */
export const events: Collector<'events'> = {
  operations: [LOOKUP],
  collect: async ({ place, clients, asked }) => {
    const window = windowOf(asked);
    if (window === undefined) return [];
    const trail = { place, window, client: clients.cloudTrail(place.region) };
    const found = await Promise.all([...asked.lookups.map(lookup => eventsOf(trail, lookup)), creations(trail, asked)]);
    const records = found.flat().flatMap(event => recordOf(place, event));
    return [...new Map(records.map(one => [one.id, one])).values()].sort(newestFirst).map(one => one.record);
  },
};

export interface Window {
  readonly StartTime: Date;
  readonly EndTime: Date;
}

/** The time that is looked at; undefined when CloudTrail is not to be read, or there is nothing to look for. */
export function windowOf({ now, since, lookups }: RegionRequest): Window | undefined {
  if (since <= 0 || lookups.length === 0) return undefined;
  return { StartTime: new Date(now.getTime() - Math.min(since, LONGEST) * 1000), EndTime: now };
}

/** `CreateTrustAnchor` from before the window, where that is short: it alone says who did it. */
async function creations(trail: Trail, asked: RegionRequest): Promise<readonly Event[]> {
  const window = windowOf({ ...asked, since: asked.anchorsSince });
  const isWanted = asked.lookups.some(lookup => isCovered(CREATION, [lookup]));
  if (window === undefined || !isWanted || window.StartTime >= trail.window.StartTime) return [];
  const before = { ...trail, window: { ...window, EndTime: trail.window.StartTime } };
  const { events: found } = await lookUp(before, { key: 'EventName', value: 'CreateTrustAnchor' }, () => true);
  return found.filter(({ source }) => source === CREATION.source);
}

const CREATION: EventLookup = { source: 'rolesanywhere.amazonaws.com', names: ['CreateTrustAnchor'] };

interface Trail {
  readonly place: Place;
  readonly client: CloudTrailClient;
  readonly window: Window;
}

/** One event of an answer, its text not yet read. */
interface Event {
  readonly id: string;
  readonly name: string;
  readonly source: string;
  /** Milliseconds. */
  readonly at: number;
  readonly text: string | undefined;
}

/**
 * LookupEvents takes one attribute, so it is either all events of a source or all events of a name, whatever their
 * source. The first page by source often is everything. A busy source (one CreateSession for every sign-in) is left as
 * soon as the rest of it promises to be more pages than there are names, and each name is looked up instead, up to the
 * time that the source was read back to.
 */
async function eventsOf(trail: Trail, lookup: EventLookup): Promise<readonly Event[]> {
  if (lookup.source === ANY_SOURCE) return await eventsNamed(trail, lookup.names);
  const bySource = { key: 'EventSource', value: lookup.source } as const;
  const wanted = ({ name, source }: Event) =>
    source === lookup.source && (lookup.names.length === 0 || lookup.names.includes(name));
  const names = distinct(lookup.names);
  const worthReadingOn = (read: ReadSoFar) => names.length === 0 || pagesLeft(trail.window, read) < names.length;
  const first = await lookUp(trail, bySource, worthReadingOn);
  if (first.kind !== 'more') return first.events.filter(wanted);
  const rest = { ...trail, window: { ...trail.window, EndTime: new Date(first.oldest) } };
  return [...first.events, ...(await eventsNamed(rest, names))].filter(wanted);
}

/** Of any source. */
async function eventsNamed(trail: Trail, names: readonly string[]): Promise<readonly Event[]> {
  const found = await Promise.all(names.map(name => lookUp(trail, { key: 'EventName', value: name }, () => true)));
  return found.flatMap(({ events: named }) => named);
}

export interface ReadSoFar {
  readonly pages: number;
  /** Time of the oldest event read, milliseconds. */
  readonly oldest: number;
}

/** How many pages are still to come if events go back as densely as they did so far; at least one. */
export function pagesLeft({ StartTime, EndTime }: Window, { pages, oldest }: ReadSoFar): number {
  const read = EndTime.getTime() - oldest;
  const left = oldest - StartTime.getTime();
  return read > 0 ? Math.max(1, Math.ceil((pages * left) / read)) : Number.POSITIVE_INFINITY;
}

interface Attribute {
  readonly key: LookupAttributeKey;
  readonly value: string;
}

interface Found {
  /** Whether that was all there is, there is more, or AWS would not say. */
  readonly kind: 'all' | 'more' | 'failed';
  readonly events: readonly Event[];
  /** As in ReadSoFar. */
  readonly oldest: number;
}

/** Page after page, newest first, as long as there are more and it is worth it. */
async function lookUp(
  trail: Trail,
  attribute: Attribute,
  worthReadingOn: (read: ReadSoFar) => boolean,
): Promise<Found> {
  let read: ReadSoFar = { pages: 0, oldest: trail.window.EndTime.getTime() };
  let more = false;
  const pages = await allPages(trail.place, {
    operation: LOOKUP,
    resource: '*',
    page: async token => {
      const page = await lookUpPage(trail, attribute, token);
      read = { pages: read.pages + 1, oldest: Math.min(read.oldest, ...page.items.map(event => event.at)) };
      more = Boolean(page.next);
      return more && worthReadingOn(read) ? page : { ...page, next: undefined };
    },
  });
  const kind = pages.complete ? (more ? 'more' : 'all') : 'failed';
  return { kind, events: pages.items, oldest: read.oldest };
}

async function lookUpPage(
  { client, window }: Trail,
  { key, value }: Attribute,
  token: string | undefined,
): Promise<Page<Event>> {
  const { Events, NextToken } = await client.send(
    new LookupEventsCommand({
      LookupAttributes: [{ AttributeKey: key, AttributeValue: value }],
      ...window,
      MaxResults: 50,
      ...(token === undefined ? {} : { NextToken: token }),
    }),
  );
  if (Events !== undefined && !Array.isArray(Events)) throw new UnreadableReply('it has no list "Events"');
  const items = (Events ?? []).map(event => {
    const { EventId: id, EventName: name, EventSource: source, EventTime: time, CloudTrailEvent: text } = event ?? {};
    if (typeof id !== 'string' || typeof name !== 'string' || typeof source !== 'string' || !(time instanceof Date)) {
      throw new UnreadableReply('an event has no id, name, source or time');
    }
    return { id, name, source, at: time.getTime(), text };
  });
  if (NextToken !== undefined && typeof NextToken !== 'string') throw new UnreadableReply('its NextToken is not text');
  return { items, next: NextToken };
}

interface Dated {
  readonly id: string;
  readonly at: number;
  readonly record: CloudTrailRecord;
}

function recordOf(place: Place, { id, at, text }: Event): readonly Dated[] {
  const record = parsed(text);
  if (record !== undefined) return [{ id, at, record }];
  const message = 'the CloudTrail record of this event is not a JSON object of sensible depth';
  place.record({ operation: LOOKUP.name, resource: id, error: 'UnreadableReply', message });
  return [];
}

function parsed(text: string | undefined): CloudTrailRecord | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return isRecord(value) && !isTooDeep(value) ? value : undefined;
  } catch {
    // Said in the unread entry.
    return undefined;
  }
}

function isRecord(value: unknown): value is CloudTrailRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function newestFirst(a: Dated, b: Dated): number {
  return b.at - a.at || compare(a.id, b.id);
}
