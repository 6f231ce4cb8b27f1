import { all, type Truth } from '../../iam/truth.ts';
import type { ProfileDetail } from '../../snapshot/shapes.ts';
import type { AccountSnapshot, RegionSnapshot } from '../../snapshot/snapshot.ts';
import { isComplete } from '../context.ts';
import { type Facts, UNKNOWN } from '../facts.ts';
import type { Iam } from '../iam/iam.ts';
import { textIn } from '../record.ts';
import { above, daysSince, type Terms } from '../terms.ts';

/** When sessions of each profile can last have been used. */
export type ProfileUses = (profile: ProfileDetail, region: RegionSnapshot) => Use;

export interface Use {
  /** The last session that CloudTrail tells of, as it tells it. */
  readonly seenAt: string | undefined;
  /** Nothing of it was used after this, ISO 8601. `never`: nothing was used at all. Undefined: nothing tells. */
  readonly until: string | 'never' | undefined;
}

/** Milliseconds; minus infinity: never. Undefined: not known. */
type Bound = number | undefined;

const NEVER = Number.NEGATIVE_INFINITY;

/**
 * A session is a use of one of the profile's roles; where IAM does not tell of those, of a subject of its region. Both may be in
 * use by other ways in, so the profile's own last use may be earlier.
 */
export function profileUses({ regions }: AccountSnapshot, iam: Iam): ProfileUses {
  const seen = sessionsSeen(regions);
  const subjects = new Map(regions.map(region => [region, subjectsBound(region)]));
  return (profile, region) => {
    const seenAt = seen.get(profile.profileArn);
    const bound = rolesBound(profile, iam) ?? subjects.get(region);
    if (bound === undefined) return { seenAt, until: seenAt };
    const last = seenAt === undefined ? bound : Math.max(bound, Date.parse(seenAt));
    return { seenAt, until: last === NEVER ? 'never' : new Date(last).toISOString() };
  };
}

/** The time of the last CreateSession of each profile, by its ARN, as far as the events go. */
function sessionsSeen(regions: readonly RegionSnapshot[]): ReadonlyMap<string, string> {
  const last = new Map<string, string>();
  for (const record of regions.flatMap(({ events }) => events)) {
    if (record.eventName !== 'CreateSession' || record.errorCode !== undefined) continue;
    const [arn, time] = [textIn(record, 'requestParameters', 'profileArn'), textIn(record, 'eventTime')];
    if (arn === undefined || Number.isNaN(Date.parse(time ?? ''))) continue;
    const known = last.get(arn);
    if (known === undefined || Date.parse(known) < Date.parse(time!)) last.set(arn, time!);
  }
  return last;
}

function rolesBound({ roleArns }: ProfileDetail, iam: Iam): Bound {
  return latest(roleArns.map(arn => roleBound(arn, iam)));
}

/** IAM remembers the last 400 days; one that was never used has an empty RoleLastUsed. */
function roleBound(arn: string, iam: Iam): Bound {
  const named = iam.named(arn);
  if (named.kind !== 'found') return named.kind === 'missing' ? NEVER : undefined;
  const used = named.facts.role.RoleLastUsed;
  return used === undefined ? undefined : timeOf(used.LastUsedDate);
}

/** A subject is made with its first session (user guide, "Trust model"). */
function subjectsBound(region: RegionSnapshot): Bound {
  if (!isComplete(region, 'subjects')) return undefined;
  return latest(region.subjects.map(({ lastSeenAt }) => (lastSeenAt === undefined ? undefined : timeOf(lastSeenAt))));
}

function timeOf(time: string | undefined): Bound {
  if (time === undefined) return NEVER;
  const ms = Date.parse(time);
  return Number.isNaN(ms) ? undefined : ms;
}

function latest(bounds: readonly Bound[]): Bound {
  return bounds.reduce<Bound>((a, b) => (a === undefined || b === undefined ? undefined : Math.max(a, b)), NEVER);
}

export function factsOfUse({ seenAt, until }: Use, region: RegionSnapshot): Facts {
  return {
    last_session_at: seenAt ?? (isComplete(region, 'events') ? undefined : UNKNOWN),
    last_used_before: until === undefined ? UNKNOWN : until === 'never' ? undefined : until,
  };
}

/** Whether it lay idle for longer than is allowed; one that has not been there for so long does not. */
export function isIdle({ createdAt }: ProfileDetail, { until }: Use, { now, settings }: Terms): Truth {
  const most = settings.thresholds.max_idle_days;
  const old = above(daysSince(createdAt, now), most);
  const unused = until === 'never' ? true : above(daysSince(until, now), most);
  return all([old, unused]);
}
