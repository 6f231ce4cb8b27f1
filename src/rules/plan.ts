import type { EventLookup } from '../documents/gaps.ts';
import { isAboutDataEvents } from './dataEvents.ts';
import { isEverything, lookupsFor, lookupsOf } from './lookups.ts';
import { needlesFor } from './needles.ts';
import { pinsOf } from './pins.ts';
import type { Rule } from './rule.ts';

/** What the activity rules need to be given: derived from their queries alone. */
export interface Plan {
  /** What is asked of LookupEvents in each region: all events of a source, or those of each name where these are fewer pages. */
  readonly lookups: readonly EventLookup[];
  /** Rules that LookupEvents has nothing for, and why. Sorted. */
  readonly notLookedUp: readonly { readonly rule: string; readonly why: string }[];
  readonly logs: {
    /** A log file without any of these texts is passed over unread; null: each record is looked at. */
    readonly needles: readonly string[] | null;
  };
  /** What a store of events that is divided by these two may leave out: an event of use has one of each; null: any. */
  readonly partition: { readonly eventSource: readonly string[] | null; readonly eventName: readonly string[] | null };
  /** By rule, what its query holds an event to; null: any. */
  readonly rules: readonly RulePlan[];
}

export interface RulePlan {
  readonly rule: string;
  readonly eventSource: readonly string[] | null;
  readonly eventName: readonly string[] | null;
}

export function planOf(all: readonly Rule[]): Plan {
  const rules = all.filter(rule => rule.kind === 'event').sort((a, b) => (a.id < b.id ? -1 : 1));
  const runnable = rules.filter(({ run }) => !('unsupported' in run));
  return {
    lookups: lookupsFor(rules),
    notLookedUp: rules.flatMap(rule => reasonOf(rule)),
    logs: { needles: needlesFor(runnable.map(({ run }) => run)) ?? null },
    partition: {
      eventSource: pinnedByAll(runnable, 'event.provider'),
      eventName: pinnedByAll(runnable, 'event.action'),
    },
    rules: runnable.map(({ id, run }) => ({
      rule: id,
      eventSource: sorted(pinsOf(run, 'event.provider')),
      eventName: sorted(pinsOf(run, 'event.action')),
    })),
  };
}

function reasonOf(rule: Rule): Plan['notLookedUp'] {
  if ('unsupported' in rule.run) return [{ rule: rule.id, why: rule.run.unsupported }];
  const lookups = lookupsOf(rule);
  if (isAboutDataEvents(rule.run))
    return [{ rule: rule.id, why: 'it is about data events, which LookupEvents does not have' }];
  if (lookups.length === 0) return [{ rule: rule.id, why: 'it holds events to what none can have' }];
  return lookups.some(isEverything)
    ? [
        {
          rule: rule.id,
          why: 'it may match any event, and they are too many to fetch: only those of Roles Anywhere are',
        },
      ]
    : [];
}

function pinnedByAll(rules: readonly Rule[], field: string): readonly string[] | null {
  const pins = rules.map(({ run }) => pinsOf(run, field));
  return pins.every(values => values !== undefined) ? sorted(new Set(pins.flatMap(values => [...values]))) : null;
}

function sorted(values: ReadonlySet<string> | undefined): readonly string[] | null {
  return values === undefined ? null : [...values].sort();
}
