import type { Layer, Layers } from '../iam/layer.ts';
import type { ProfileDetail } from '../snapshot/shapes.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { hasAllRegions, isComplete } from './context.ts';
import { type Iam, iamOf } from './iam.ts';
import { sessionLayer } from './layers.ts';

/**
 * All that bounds the sessions of each path, by the path's id: `profile ARN -> role ARN`. A profile that is disabled hands
 * out no session, so it has no path here.
 */
export function layersOfPaths(snapshot: Snapshot): Map<string, Layers> {
  const now = new Date(snapshot.takenAt);
  return new Map(
    snapshot.accounts.flatMap(account => {
      const iam = iamOf(account, now);
      const profiles = account.regions.flatMap(region => region.profiles).filter(profile => profile.enabled);
      return profiles.flatMap(profile =>
        profile.roleArns.map(arn => [pathId(profile, arn), layersOf(profile, arn, iam)] as const),
      );
    }),
  );
}

/** What a path that the snapshot does not have allows: nothing, or, where profiles were not all read, nobody knows what. */
export function layersOfAbsentPath(snapshot: Snapshot, id: string): Layers {
  const [, , , regionName, accountId] = id.split(':');
  const account = snapshot.accounts.find(each => each.id === accountId);
  const region = account?.regions.find(each => each.name === regionName);
  const known = region === undefined ? account !== undefined && hasAllRegions(account) : isComplete(region, 'profiles');
  return [known ? NOTHING : NOT_KNOWN];
}

const NOTHING: Layer = { name: 'identity', policies: [], complete: true };
const NOT_KNOWN: Layer = { name: 'identity', policies: [], complete: false };

function pathId({ profileArn }: ProfileDetail, roleArn: string): string {
  return `${profileArn} -> ${roleArn}`;
}

function layersOf(profile: ProfileDetail, roleArn: string, iam: Iam): Layers {
  const role = iam.named(roleArn);
  if (role.kind === 'found') return iam.session(profile, role.facts).layers;
  return [role.kind === 'missing' ? NOTHING : NOT_KNOWN, ...sessionLayer(profile, iam.managed)];
}
