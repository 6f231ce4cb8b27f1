import type { CallFailure } from './failure.ts';
import type { Tuning } from './tuning.ts';

/**
 * How long to wait before the next attempt, milliseconds; undefined: give up. `attempt` is the one that just failed,
 * from 1; `spent` the milliseconds that went into the call so far. There is no jitter: after the wait each attempt takes
 * its turn, and turns of one family are spaced (`pace.ts`), so there is no herd to scatter.
 */
export function delayAfter(failure: CallFailure, attempt: number, spent: number, tuning: Tuning): number | undefined {
  const attempts = failure.retry === 'hanging' ? tuning.attemptsWhenHanging : tuning.attempts;
  if (failure.retry === 'no' || attempt >= attempts) return undefined;
  const first = failure.retry === 'throttled' ? tuning.throttleDelay : tuning.transientDelay;
  const delay = Math.min(first * 2 ** (attempt - 1), tuning.longestDelay);
  return spent + delay > tuning.timePerCall ? undefined : delay;
}
