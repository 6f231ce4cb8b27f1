import { type Context, PRESENT, UNKNOWN } from '../../iam/context.ts';
import type { Layer } from '../../iam/layer.ts';
import type { ProfileDetail } from '../../snapshot/shapes.ts';
import type { AccountSnapshot, RegionSnapshot, Snapshot } from '../../snapshot/snapshot.ts';
import { hasAllRegions, isComplete } from '../context.ts';
import { type Doors, doorsOf, NO_DOORS, UNKNOWN_DOORS } from '../gates/doors.ts';
import { type Iam, iamOf, type Session } from '../iam/iam.ts';
import { undescribedSession } from '../iam/undescribed.ts';

/** A path as two snapshots are compared by it: what its sessions may do, and who gets one. */
export interface PathStack extends Session {
  readonly doors: Doors;
}

/**
 * Each path by its id, `profile ARN -> role ARN`. A profile that is disabled hands out no session, so it has no path here.
 */
export function pathStacks(snapshot: Snapshot): ReadonlyMap<string, PathStack> {
  const now = new Date(snapshot.takenAt);
  return new Map(snapshot.accounts.flatMap(account => accountPaths(account, { iam: iamOf(account, now), now })));
}

interface Reading {
  readonly iam: Iam;
  readonly now: Date;
}

function accountPaths({ regions }: AccountSnapshot, reading: Reading): readonly (readonly [string, PathStack])[] {
  return regions.flatMap(region =>
    region.profiles
      .filter(profile => profile.enabled)
      .flatMap(profile => profile.roleArns.map(arn => pathStack({ region, profile, roleArn: arn }, reading))),
  );
}

interface Place {
  readonly region: RegionSnapshot;
  readonly profile: ProfileDetail;
  readonly roleArn: string;
}

function pathStack({ region, profile, roleArn }: Place, { iam, now }: Reading): readonly [string, PathStack] {
  const role = iam.named(roleArn);
  const facts = role.kind === 'found' ? role.facts : undefined;
  const { layers, principal } = facts
    ? iam.session(profile, facts)
    : undescribedSession({ profile, roleArn, iam, now });
  const doors = role.kind === 'missing' ? NO_DOORS : doorsOf({ region, profile, facts, now });
  return [`${profile.profileArn} -> ${roleArn}`, { layers, principal: atAnyTime(principal), doors }];
}

/** Of a session that was asked for at any time: the two snapshots were not taken at the same one. */
function atAnyTime(principal: Context): Context {
  return key => (key === 'aws:tokenissuetime' ? PRESENT : principal(key));
}

/** A path that the snapshot does not have: it allows nothing, or, where profiles were not all read, nobody knows what. */
export function absentPath(snapshot: Snapshot, id: string): PathStack {
  const [, , , regionName, accountId] = id.split(':');
  const account = snapshot.accounts.find(each => each.id === accountId);
  const region = account?.regions.find(each => each.name === regionName);
  const known = region === undefined ? account !== undefined && hasAllRegions(account) : isComplete(region, 'profiles');
  return { layers: [known ? NOTHING : NOT_KNOWN], principal: NOBODY, doors: known ? NO_DOORS : UNKNOWN_DOORS };
}

const NOBODY: Context = () => UNKNOWN;
const NOTHING: Layer = { name: 'identity', policies: [], complete: true };
const NOT_KNOWN: Layer = { name: 'identity', policies: [], complete: false };
