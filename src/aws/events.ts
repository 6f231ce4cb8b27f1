import { type CloudTrailClient, type LookupAttributeKey, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import type { CloudTrailRecord } from '../snapshot/shapes.ts';
import type { EventLookup } from './collect.ts';
import { UnreadableReply } from './failure.ts';
import type { Operation } from './operation.ts';
import { allPages, type Page } from './paging.ts';
import type { Collector, RegionRequest } from './region.ts';
import { compare, type Place } from './unread.ts';

/** Two requests a second for each account and region (CloudTrail API reference, LookupEvents). */
const LOOKUP: Operation = { name: 'cloudtrail:LookupEvents', family: 'LookupEvents', perSecond: 2 };

/** LookupEvents goes back 90 days and no further. */
const LONGEST = 90 * 86_400;

/** Management events of the wanted sources and names, newest first. */
export const events: Collector<'events'> = {
  operations: [LOOKUP],
  collect: async ({ place, clients, asked }) => {
    const window = windowOf(asked);
    if (window === undefined || asked.lookups.length === 0) return [];
    const trail = { place, window, client: clients.cloudTrail(place.region) };
    const found = await Promise.all(asked.lookups.map(lookup => eventsOf(trail, lookup)));
    const records = found.flat().flatMap(event => recordOf(place, event));
    return [...new Map(records.map(one => [one.id, one])).values()].sort(newestFirst).map(one => one.record);
  },
};

export interface Window {
  readonly StartTime: Date;
  readonly EndTime: Date;
}

/** The time that is looked at; undefined when CloudTrail is not to be read. */
export function windowOf({ now, since }: Pick<RegionRequest, 'now' | 'since'>): Window | undefined {
  if (since <= 0) return undefined;
  return { StartTime: new Date(now.getTime() - Math.min(since, LONGEST) * 1000), EndTime: now };
}

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
 * source. The first page by source often is everything. Otherwise each name is looked up, up to the time that the first
 * page reaches back to: fewer pages than the rest of a busy source (one CreateSession for every sign-in).
 */
async function eventsOf(trail: Trail, lookup: EventLookup): Promise<readonly Event[]> {
  const bySource = { key: 'EventSource', value: lookup.source } as const;
  const wanted = ({ name, source }: Event) =>
    source === lookup.source && (lookup.names.length === 0 || lookup.names.includes(name));
  const names = [...new Set(lookup.names)].sort();
  if (names.length === 0) return (await lookUp(trail, bySource)).events.filter(wanted);
  const first = await lookUp(trail, bySource, 1);
  if (first.kind !== 'more') return first.events.filter(wanted);
  const oldest = Math.min(...first.events.map(event => event.at));
  const rest = Number.isFinite(oldest) ? { ...trail, window: { ...trail.window, EndTime: new Date(oldest) } } : trail;
  const byName = await Promise.all(names.map(name => lookUp(rest, { key: 'EventName', value: name })));
  return [first, ...byName].flatMap(found => found.events).filter(wanted);
}

interface Attribute {
  readonly key: LookupAttributeKey;
  readonly value: string;
}

interface Found {
  /** Whether that was all there is, there is more, or AWS would not say. */
  readonly kind: 'all' | 'more' | 'failed';
  readonly events: readonly Event[];
}

/** At most so many pages. */
async function lookUp(trail: Trail, attribute: Attribute, most = Number.POSITIVE_INFINITY): Promise<Found> {
  let asked = 0;
  let more = false;
  const pages = await allPages(trail.place, {
    operation: LOOKUP,
    resource: '*',
    page: async token => {
      const page = await lookUpPage(trail, attribute, token);
      asked += 1;
      more = page.next !== undefined;
      return asked < most ? page : { ...page, next: undefined };
    },
  });
  return { kind: pages.complete ? (more ? 'more' : 'all') : 'failed', events: pages.items };
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
  const message = 'the CloudTrail record of this event is not a JSON object';
  place.record({ operation: LOOKUP.name, resource: id, error: 'UnreadableReply', message });
  return [];
}

function parsed(text: string | undefined): CloudTrailRecord | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return isRecord(value) ? value : undefined;
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
