import type { ProfileDetail } from '../snapshot/shapes.ts';
import type { RegionMember, RegionSnapshot } from '../snapshot/snapshot.ts';
import { COLLECTORS } from './collectors.ts';
import { windowOf } from './events.ts';
import type { Collected, Others, Region, RegionMembers } from './region.ts';

/** A region on its way: its profiles come first, because the roles they name are read meanwhile. */
export interface RegionReading {
  readonly profiles: Promise<readonly ProfileDetail[]>;
  readonly snapshot: Promise<RegionSnapshot>;
}

export function readRegion(region: Region): RegionReading {
  const read = reader(region);
  // One call goes ahead: a region that is not enabled, or does not exist, refuses it, and the others are not made.
  const open = read('trustAnchors');
  return { profiles: open.then(() => read('profiles')), snapshot: open.then(() => wholeRegion(region, read)) };
}

/** A region of which only the events are wanted. */
export function readTrail(region: Region): RegionReading {
  const snapshot = reader(region)('events').then(events => snapshotOf(region, { events }));
  return { profiles: Promise.resolve([]), snapshot };
}

function reader(region: Region): Others {
  const started: { [M in Collected]?: Promise<RegionMembers[M]> } = {};
  const read = <M extends Collected>(member: M): Promise<RegionMembers[M]> => {
    const running: Promise<RegionMembers[M]> | undefined = started[member];
    if (running !== undefined) return running;
    const promise: Promise<RegionMembers[M]> = COLLECTORS[member].collect(region, read);
    Object.assign(started, { [member]: promise });
    return promise;
  };
  return read;
}

async function wholeRegion(region: Region, read: Others): Promise<RegionSnapshot> {
  const [trustAnchors, profiles, crls, subjects, tags, events, certificateAuthorities] = await Promise.all([
    read('trustAnchors'),
    read('profiles'),
    read('crls'),
    read('subjects'),
    read('tags'),
    read('events'),
    read('certificateAuthorities'),
  ]);
  const members = { trustAnchors, profiles, crls, subjects, tags, events };
  return snapshotOf(region, certificateAuthorities === undefined ? members : { ...members, certificateAuthorities });
}

const NOTHING: Pick<RegionMembers, RegionMember> = {
  trustAnchors: [],
  profiles: [],
  crls: [],
  subjects: [],
  tags: [],
  events: [],
};
const MEMBERS = Object.keys(NOTHING) as readonly RegionMember[];

function snapshotOf({ place, asked }: Region, read: Partial<RegionMembers>): RegionSnapshot {
  const since = windowOf(asked)?.StartTime.toISOString();
  const wasAsked = (member: RegionMember) => member in read && (member !== 'events' || since !== undefined);
  return {
    name: place.region,
    ...NOTHING,
    ...read,
    ...(since === undefined ? {} : { eventsSince: since, lookups: asked.lookups }),
    unread: place.unread(),
    notAsked: MEMBERS.filter(member => !wasAsked(member)),
  };
}
