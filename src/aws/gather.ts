import { setMaxListeners } from 'node:events';
import { compare } from '../snapshot/compare.ts';
import { isAtHome } from '../snapshot/lookups.ts';
import { type AccountSnapshot, type RegionSnapshot, SNAPSHOT_VERSION, type Snapshot } from '../snapshot/snapshot.ts';
import { callerWith } from './caller.ts';
import { type Clients, connect } from './clients.ts';
import type { CollectRequest } from './collect.ts';
import { type IamMembers, readIam } from './iam.ts';
import { readAlias, readIdentity } from './identity.ts';
import { type Place, placeFor } from './place.ts';
import { readRegion, readTrail } from './readRegion.ts';
import { homeRegion, namedRegions } from './regionNames.ts';
import { enabledRegions } from './regions.ts';
import { TUNING, type Tuning } from './tuning.ts';

/** What `collect` promises, with its patience given. */
export async function gather(request: CollectRequest, tuning: Tuning = TUNING): Promise<Snapshot> {
  const { signal, stopListening } = ownSignal(request.signal);
  signal.throwIfAborted();
  try {
    const named = namedRegions(request.regions);
    const clients = await connect({ ...request, signal, attemptTimeout: tuning.attemptTimeout });
    try {
      return await gatherWith({ request: { ...request, signal }, tuning, clients, named });
    } finally {
      clients.close();
    }
  } finally {
    stopListening();
  }
}

/** Every request in flight listens: to a signal of ours, since Node warns about more than ten listeners on the caller's. */
function ownSignal(signal: AbortSignal | undefined) {
  const own = new AbortController();
  setMaxListeners(0, own.signal);
  const relay = () => own.abort(signal?.reason);
  if (signal?.aborted === true) relay();
  signal?.addEventListener('abort', relay, { once: true });
  return { signal: own.signal, stopListening: () => signal?.removeEventListener('abort', relay) };
}

interface Setup {
  readonly request: CollectRequest;
  readonly tuning: Tuning;
  readonly clients: Clients;
  readonly named: readonly string[];
}

async function gatherWith({ request, tuning, clients, named }: Setup): Promise<Snapshot> {
  const { onProgress } = request;
  const caller = callerWith({ ...request, tuning });
  const { account, arn, partition } = await readIdentity(caller, clients, request.profile);
  onProgress({ kind: 'identity', account, arn });
  const global = placeFor({ region: 'global', caller, onProgress });
  const home = homeRegion(partition, clients.startRegion);
  const client = clients.iam(home);
  const [alias, names] = await Promise.all([
    readAlias(global, client),
    named.length > 0 ? named : enabledRegions({ place: global, clients, partition }),
  ]);
  const atHome = request.lookups.filter(isAtHome);
  const elsewhere = request.lookups.filter(lookup => !isAtHome(lookup));
  // What happens to IAM concerns every region, and the roles are read whichever regions are named.
  const trailOnly = !names.includes(home) && atHome.length > 0 && request.since > 0;
  const all = trailOnly ? [...names, home].sort(compare) : names;
  onProgress({ kind: 'regions', regions: all });

  const lookupsIn = (name: string) => [...(names.includes(name) ? elsewhere : []), ...(name === home ? atHome : [])];
  const trails = all.map(name => ({ region: name, asked: lookupsIn(name) }));
  const sinceIn = request.sinceIn?.(account, trails) ?? (() => request.since);
  const picture = pictureOf({ request, account, alias, global, names: all });
  const regions = all.map(name => {
    const place = placeFor({ region: name, caller, onProgress });
    const { now, callBudget } = request;
    const read = names.includes(name) ? readRegion : readTrail;
    const [since, lookups] = [sinceIn(name), lookupsIn(name)];
    return read({ place, clients, asked: { now, since, anchorsSince: request.since, callBudget, lookups } });
  });
  const profiles = Promise.all(regions.map(region => region.profiles)).then(lists => lists.flat());
  const iam = readIam({ place: global, client, account, profiles });
  await Promise.all([...regions.map(region => region.snapshot.then(picture.region)), iam.then(picture.iam)]);
  return picture.now();
}

interface PictureSettings {
  readonly request: CollectRequest;
  readonly account: string;
  readonly alias: string | undefined;
  readonly global: Place;
  readonly names: readonly string[];
}

/** The snapshot as it grows: says so each time that a region, or IAM, is finished. */
function pictureOf({ request, account, alias, global, names }: PictureSettings) {
  const arrived = new Map<string, RegionSnapshot>();
  let iam: IamMembers | undefined;
  const allRegions = () => request.regions.length === 0 && arrived.size === names.length;
  const now = (): Snapshot => ({
    postern: SNAPSHOT_VERSION,
    takenAt: request.now.toISOString(),
    accounts: [accountOf({ account, alias, global, iam, regions: [...arrived.values()], allRegions: allRegions() })],
  });
  const tell = (region: string) => {
    const pending = [...names.filter(name => !arrived.has(name)), ...(iam === undefined ? ['global'] : [])];
    request.onProgress({ kind: 'arrived', region, snapshot: now(), pending });
  };
  return {
    now,
    region: (region: RegionSnapshot) => {
      arrived.set(region.name, region);
      tell(region.name);
    },
    iam: (members: IamMembers) => {
      iam = members;
      tell('global');
    },
  };
}

const IAM_MEMBERS = ['roles', 'policies'] as const;

interface Parts {
  readonly account: string;
  readonly alias: string | undefined;
  readonly global: Place;
  readonly iam: IamMembers | undefined;
  readonly regions: readonly RegionSnapshot[];
  readonly allRegions: boolean;
}

function accountOf({ account, alias, global, iam, regions, allRegions }: Parts): AccountSnapshot {
  return {
    id: account,
    ...(alias === undefined ? {} : { alias }),
    roles: [],
    policies: [],
    ...iam,
    unread: global.unread(),
    notAsked: [...(iam === undefined ? IAM_MEMBERS : []), ...(allRegions ? [] : (['regions'] as const))],
    regions: [...regions].sort((a, b) => compare(a.name, b.name)),
  };
}
