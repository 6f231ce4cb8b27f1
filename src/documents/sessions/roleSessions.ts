import { all, not, some, type Truth } from '../../iam/truth.ts';
import { distinct, groupedBy } from '../../lists.ts';
import { once } from '../../memo/once.ts';
import type { ProfileDetail } from '../../snapshot/shapes.ts';
import type { AccountSnapshot, RegionSnapshot } from '../../snapshot/snapshot.ts';
import { isCompleteEverywhere } from '../context.ts';
import type { Document } from '../document.ts';
import { type Fact, type Facts, orUnknown, partly, UNKNOWN } from '../facts.ts';
import type { NamedRole } from '../iam/iam.ts';
import { hasSessionPolicy } from '../iam/sessionPolicy.ts';
import { isPrivileged, roleOf, standingOf } from '../pathFacts.ts';
import type { ComersSetting } from './sharedComers.ts';
import { isNarrowed, type Undoing, undoingsOf } from './undoing.ts';
import type { Way } from './way.ts';

/** A profile with its paths. */
export interface ProfilePaths {
  readonly region: RegionSnapshot;
  readonly profile: ProfileDetail;
  readonly paths: readonly Document[];
}

/** What sessions of each role are through the profiles that hand it out. */
export interface RoleSessions {
  /** The fields under role.sessions, by the role's ARN. */
  ofRole(arn: string): Facts;
  /** The profiles whose limits a profile undoes for certain, by the profile's ARN. */
  undoneBy(profileArn: string): readonly string[];
}

export function roleSessions(
  account: AccountSnapshot,
  listed: readonly ProfilePaths[],
  setting: ComersSetting,
): RoleSessions {
  const complete = isCompleteEverywhere(account, 'profiles');
  const found = once(() =>
    lookThrough(waysTo(listed.filter(({ profile }) => profile.enabled)), { ...setting, complete }),
  );
  const none: Facts = { ...factsOf([], [], complete), held_by_policy: complete ? false : UNKNOWN };
  return {
    ofRole: arn => found().facts.get(arn) ?? none,
    undoneBy: arn => [...(found().undone.get(arn) ?? [])].sort(),
  };
}

interface Found {
  /** By the role's ARN. */
  readonly facts: ReadonlyMap<string, Facts>;
  /** By the ARN of the profile that undoes. */
  readonly undone: ReadonlyMap<string, ReadonlySet<string>>;
}

interface Looking extends ComersSetting {
  /** Whether these are all profiles of the account. */
  readonly complete: boolean;
}

function lookThrough(byRole: ReadonlyMap<string, readonly Way[]>, looking: Looking): Found {
  const { complete } = looking;
  const undoings = undoingsOf(looking);
  const facts = new Map<string, Facts>();
  const undone = new Map<string, Set<string>>();
  for (const [arn, ways] of byRole) {
    const pairs = undoings(ways);
    facts.set(arn, { ...factsOf(ways, pairs, complete), held_by_policy: heldByPolicy(arn, ways, looking) });
    for (const { wider, narrower, truth } of pairs) {
      if (truth !== true) continue;
      undone.set(arnOf(wider), (undone.get(arnOf(wider)) ?? new Set()).add(arnOf(narrower)));
    }
  }
  return { facts, undone };
}

/** Whether the role is an administrator by itself, without a boundary, and no session of it is: session policies alone make that so. */
function heldByPolicy(arn: string, ways: readonly Way[], { iam, complete }: Looking): Fact {
  const role = iam.named(arn);
  const handedOut = some(ways.map(({ path }) => isPrivileged(path)));
  if (handedOut === true || role.kind === 'missing') return false;
  if (role.kind === 'found' && role.facts.role.PermissionsBoundary !== undefined) return false;
  return orUnknown(all([not(handedOut), complete ? true : undefined, byItself(role, ways)]));
}

/** A session without a session policy is what the role is by itself, and was worked out. */
function byItself(role: NamedRole, ways: readonly Way[]): Truth {
  const bare = ways.find(({ profile }) => !hasSessionPolicy(profile));
  if (bare !== undefined) return isPrivileged(bare.path);
  return role.kind === 'found' ? role.facts.access.adminEquivalent.truth : undefined;
}

function waysTo(listed: readonly ProfilePaths[]): ReadonlyMap<string, readonly Way[]> {
  const ways = listed.flatMap(({ region, profile, paths }) => paths.map(path => ({ region, profile, path })));
  return groupedBy(ways, ({ path }) => roleOf(path));
}

function factsOf(ways: readonly Way[], pairs: readonly Undoing[], complete: boolean): Facts {
  const undecided = pairs.some(({ truth }) => truth === undefined);
  const list = (arns: readonly string[], more = false): Fact => {
    const sorted = distinct(arns);
    return complete && !more ? sorted : partly(sorted);
  };
  const undone = pairs.filter(({ truth }) => truth === true);
  return {
    standing: list(ways.map(({ path }) => standingOf(path))),
    narrowed_by: list(
      undone.map(({ narrower }) => arnOf(narrower)),
      undecided,
    ),
    undone_by: list(
      undone.map(({ wider }) => arnOf(wider)),
      undecided,
    ),
    unnarrowed_by: list(
      undone.filter(({ wider }) => isNarrowed(wider) === false).map(({ wider }) => arnOf(wider)),
      undecided,
    ),
  };
}

function arnOf({ profile }: Way): string {
  return profile.profileArn;
}
