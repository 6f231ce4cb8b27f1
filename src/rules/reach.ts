import { DEFAULT_FROM, DEFAULT_INTERVAL_MS, DEFAULT_TO, intervalMs, lookbackMs } from './lookback.ts';
import type { Rule, Run } from './rule.ts';

/**
 * How far before an event, in milliseconds, an activity rule must see to judge it as it would with all that came before: its
 * history, window or longest sequence, the time in which it suppresses, and what its runs look back more than they are apart
 * (`now-30m` every `10m`: 20 minutes).
 */
export function reachMs({ run, suppression, ...when }: Rule, now: Date): number {
  return spanMs(run) + (suppression?.durationMs ?? 0) + overlapMs(when, now);
}

function spanMs(run: Run): number {
  if ('sequence' in run) return run.sequence.maxspanMs ?? 0;
  if (!('over' in run)) return 0;
  return run.over.kind === 'new_terms' ? run.over.historyMs : WINDOWS * run.over.windowMs;
}

/** Of windows that overlap, one is told: which one, hangs on those before. After a few it is the same whatever came before them. */
const WINDOWS = 4;

function overlapMs({ from = DEFAULT_FROM, interval }: Pick<Rule, 'from' | 'interval'>, now: Date): number {
  const every = interval === undefined ? DEFAULT_INTERVAL_MS : (intervalMs(interval, now) ?? DEFAULT_INTERVAL_MS);
  return Math.max(0, (lookbackMs(from, DEFAULT_TO, now) ?? 0) - every);
}
