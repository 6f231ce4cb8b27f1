import type { Rule } from '../rules/rule.ts';
import { compare } from '../snapshot/compare.ts';
import type { RegionSnapshot, Snapshot } from '../snapshot/snapshot.ts';
import { HISTORY_MS } from './reached.ts';
import { judging, rulePrint } from './rulePrint.ts';
import { type Reached, type Reported, STATE_VERSION, type State } from './state.ts';
import { isReadWhole } from './trail.ts';

export interface Run {
  readonly snapshot: Snapshot;
  readonly rules: readonly Rule[];
  /** What its report held for the first time. */
  readonly reported: readonly Reported[];
}

/** What a run leaves to the next. A region whose events could not all be read stays where it was, and so does one not asked. */
export function advanced(state: State, { snapshot, rules, reported }: Run): State {
  const prints = Object.fromEntries(judging(rules).map(rule => [rule.id, rulePrint(rule)]));
  const reachedIn = ({ lookups = [] }: RegionSnapshot, chainedUntil: string | undefined): Reached => ({
    until: snapshot.takenAt,
    ...(chainedUntil === undefined ? {} : { chainedUntil }),
    lookups,
    rules: prints,
  });
  const accounts = snapshot.accounts.map(({ id, regions }) => {
    const before = state.accounts[id] ?? {};
    const read = regions.filter(region => isReadWhole(region) && !isPast(snapshot, before[region.name]));
    const lacksSome = regions.some(region => !isReadWhole(region) && before[region.name] !== undefined);
    const reached = read.map(region => {
      const was = before[region.name];
      return [region.name, reachedIn(region, lacksSome ? (was?.chainedUntil ?? was?.until) : undefined)] as const;
    });
    return [id, { ...before, ...Object.fromEntries(reached) }] as const;
  });
  return {
    postern: STATE_VERSION,
    accounts: { ...state.accounts, ...Object.fromEntries(accounts) },
    reported: kept([...state.reported, ...reported], Date.parse(snapshot.takenAt)),
  };
}

/** A clock that was a little fast: what was read then reaches further than what was read now. */
function isPast({ takenAt }: Snapshot, before: Reached | undefined): boolean {
  return before !== undefined && Date.parse(before.until) > Date.parse(takenAt);
}

const DAY_MS = 86_400_000;

/**
 * Those that can come again: LookupEvents has an event for 90 days, and a rule that is new, or asks something else, is asked about
 * all of them.
 */
function kept(reported: readonly Reported[], now: number): readonly Reported[] {
  return reported.filter(({ time }) => Date.parse(time) >= now - HISTORY_MS - DAY_MS).sort(byTime);
}

function byTime(a: Reported, b: Reported): number {
  return compare(a.time, b.time) || compare(a.rule, b.rule) || compare(a.event_id, b.event_id);
}
