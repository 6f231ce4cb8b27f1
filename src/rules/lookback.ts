import { evaluateDateMath } from '../query/match/date-math.ts';

/** What Elastic's engine takes where a rule does not say. */
export const DEFAULT_FROM = 'now-6m';
export const DEFAULT_TO = 'now';
export const DEFAULT_INTERVAL_MS = 5 * 60_000;

/**
 * How many milliseconds lie between two of Elastic's times (`now-6m`, `now`); undefined where they are none, the first is not
 * before the second, or one is rounded (`now/d`), which makes the answer hang on the time of the day. Months and years are
 * as long as those before `now`.
 */
export function lookbackMs(from: string, to: string, now: Date): number | undefined {
  const [start, end] = [from, to].map(text =>
    /^now[^/]*$/.test(text) ? evaluateDateMath(text, now)?.start : undefined,
  );
  return start !== undefined && end !== undefined && start < end ? end - start : undefined;
}

/** `5m`, `1h`. */
export function intervalMs(text: string, now: Date): number | undefined {
  return lookbackMs(`now-${text}`, 'now', now);
}
