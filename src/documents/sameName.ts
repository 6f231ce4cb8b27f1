import { oncePer } from '../memo/oncePer.ts';
import { compare } from '../snapshot/compare.ts';
import type { RegionSnapshot } from '../snapshot/snapshot.ts';
import { isComplete } from './context.ts';
import { type Fact, partly } from './facts.ts';

/** Nothing keeps two resources of one kind and region from having one name. */
interface Named {
  readonly arn: string;
  readonly name: string;
  readonly createdAt?: string | undefined;
}

/** The ARNs of the region's older profiles with this one's name. */
export function profileNamesakes(region: RegionSnapshot, arn: string): Fact {
  return factOf(profilesOf(region).get(arn), isComplete(region, 'profiles'));
}

/** The ARNs of the region's older trust anchors with this one's name. */
export function anchorNamesakes(region: RegionSnapshot, arn: string): Fact {
  return factOf(anchorsOf(region).get(arn), isComplete(region, 'trustAnchors'));
}

type Namesakes = ReadonlyMap<string, readonly string[]>;

/** Every resource of a region asks. */
const profilesOf = oncePer(({ profiles }: RegionSnapshot) =>
  olderNamesakes(profiles.map(each => ({ ...each, arn: each.profileArn }))),
);
const anchorsOf = oncePer(({ trustAnchors }: RegionSnapshot) =>
  olderNamesakes(trustAnchors.map(each => ({ ...each, arn: each.trustAnchorArn }))),
);

/** The oldest others of the same name, by the ARN of each that has older ones; in the order in which they were made. */
export function olderNamesakes(all: readonly Named[]): Namesakes {
  const older = new Map<string, readonly string[]>();
  const found = new Map<string, readonly string[]>();
  for (const { arn, name } of all.toSorted(byAge)) {
    const before = older.get(name) ?? [];
    if (before.length > 0) found.set(arn, before);
    if (before.length < MOST) older.set(name, [...before, arn]);
  }
  return found;
}

/** A thousand of one name need no thousand lists of a thousand. */
const MOST = 10;

function byAge(a: Named, b: Named): number {
  return compare(a.createdAt ?? '', b.createdAt ?? '') || compare(a.arn, b.arn);
}

function factOf(older: readonly string[] | undefined, complete: boolean): Fact {
  return complete ? (older ?? []) : partly(older ?? []);
}
