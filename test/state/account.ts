import { type Audit, judge } from '../../src/audit.ts';
import { lookupsFor } from '../../src/rules/lookups.ts';
import type { Rule } from '../../src/rules/rule.ts';
import type { RegionSnapshot, Snapshot } from '../../src/snapshot/snapshot.ts';
import { advanced } from '../../src/state/advance.ts';
import { newsOf } from '../../src/state/news.ts';
import { secondsBack } from '../../src/state/start.ts';
import { NO_STATE, type State } from '../../src/state/state.ts';
import { timeOf } from '../rules/detect/timeline.ts';

export const ACCOUNT = '111122223333';

/** Something that happens in an account. Times as `timeOf` has them. */
export interface Happening {
  readonly id: string;
  readonly at: string;
  /** When CloudTrail has it; at once unless said otherwise. */
  readonly delivered?: string;
  readonly region?: string;
  readonly name?: string;
  readonly user?: string;
}

/** A run at a time. */
export interface RunPlan {
  readonly at: string;
  readonly rules: readonly Rule[];
  /** Where events cannot be read: nothing of them, or not all. */
  readonly failing?: readonly string[];
  /** Instead of all. */
  readonly regions?: readonly string[];
}

export interface Told {
  /** `rule event`, or `rule event?` where it is not evaluated. */
  readonly told: readonly string[];
  /** By region: from when events were read, hours before the run. */
  readonly hoursBack: Readonly<Record<string, number>>;
  readonly state: State;
}

const REGIONS = ['eu-west-1', 'us-east-1'];
const EVER = 90 * 86_400;

/** One run after the other over what happens, each going on from what the one before has left. */
export function runs(
  happenings: readonly Happening[],
  plans: readonly RunPlan[],
  first: State = NO_STATE,
): readonly Told[] {
  const all: Told[] = [];
  for (const plan of plans) all.push(run(happenings, plan, all.at(-1)?.state ?? first));
  return all;
}

function run(happenings: readonly Happening[], plan: RunPlan, state: State): Told {
  const { rules } = plan;
  const snapshot = snapshotOf(happenings, plan, state);
  const { audit, reported } = newsOf({ audit: judge(snapshot, rules), rules, state });
  const [account] = snapshot.accounts;
  const hours = (since: string) => (timeOf(plan.at) - Date.parse(since)) / 3_600_000;
  return {
    told: toldBy(audit),
    hoursBack: Object.fromEntries(account!.regions.map(region => [region.name, hours(region.eventsSince!)])),
    state: advanced(state, { snapshot, rules, reported }),
  };
}

function toldBy({ findings, notEvaluated }: Audit): readonly string[] {
  const unsure = notEvaluated.filter(({ resource }) => resource.id !== '*');
  return [
    ...findings.map(({ rule, resource }) => `${rule} ${resource.id}`),
    ...unsure.map(({ rule, resource }) => `${rule} ${resource.id}?`),
  ].sort();
}

function snapshotOf(
  happenings: readonly Happening[],
  { at, rules, failing = [], regions = REGIONS }: RunPlan,
  state: State,
): Snapshot {
  const now = new Date(timeOf(at));
  const asked = lookupsFor(rules);
  const trails = regions.map(region => ({ region, asked, reached: state.accounts[ACCOUNT]?.[region] }));
  const regionOf = (region: string): RegionSnapshot => {
    const back = secondsBack(region, { rules, trails, now, since: EVER });
    const start = now.getTime() - Math.min(back, EVER) * 1000;
    const there = happenings.filter(each => (each.region ?? REGIONS[0]) === region);
    const seen = there.filter(each => timeOf(each.delivered ?? each.at) <= now.getTime() && timeOf(each.at) >= start);
    const isCut = failing.includes(region);
    return {
      ...NOTHING,
      name: region,
      events: (isCut ? seen.slice(-1) : seen).map(recordOf),
      eventsSince: new Date(start).toISOString(),
      lookups: asked,
      unread: isCut ? [{ operation: 'cloudtrail:LookupEvents', resource: '*', error: 'Throttling', message: '' }] : [],
    };
  };
  const account = { id: ACCOUNT, roles: [], policies: [], unread: [], notAsked: [], regions: regions.map(regionOf) };
  return { postern: 'snapshot/1', takenAt: now.toISOString(), accounts: [account] };
}

const NOTHING = { trustAnchors: [], profiles: [], crls: [], subjects: [], tags: [], notAsked: [] } as const;

function recordOf({ id, at, region = REGIONS[0]!, name = 'A', user = 'mallory' }: Happening) {
  return {
    eventID: id,
    eventName: name,
    eventSource: 'rolesanywhere.amazonaws.com',
    eventTime: new Date(timeOf(at)).toISOString(),
    awsRegion: region,
    recipientAccountId: ACCOUNT,
    userIdentity: { type: 'IAMUser', userName: user, arn: `arn:aws:iam::${ACCOUNT}:user/${user}` },
  };
}
