import { reachMs } from '../rules/reach.ts';
import type { Rule } from '../rules/rule.ts';
import { DELAY_MS, isAsked } from './reached.ts';
import { judging } from './rulePrint.ts';
import { goesOnFrom, type Trail } from './trail.ts';

export interface StartRequest {
  readonly rules: readonly Rule[];
  /** All that are read. */
  readonly trails: readonly Trail[];
  readonly now: Date;
  /** How far back what was never judged is read, seconds. */
  readonly since: number;
}

/**
 * How far back a region's events are read, seconds: each rule's from where it goes on, less CloudTrail's delay and what the rule
 * must see before an event; `since` for a rule or a region of which there is nothing to go on from.
 */
export function secondsBack(region: string, { rules, trails, now, since }: StartRequest): number {
  const asked = trails.find(trail => trail.region === region)?.asked ?? [];
  const back = judging(rules)
    .filter(rule => isAsked(rule, asked))
    .map(rule => {
      const from = goesOnFrom(rule, region, trails);
      return from === undefined ? since : (sinceMs(from, now) + DELAY_MS + reachMs(rule, now)) / 1000;
    });
  return back.length === 0 ? since : Math.ceil(Math.max(...back));
}

/** A clock that was a little fast then is no reason to read nothing now. */
function sinceMs(until: number, now: Date): number {
  return Math.max(0, now.getTime() - until);
}
