import type { Settings } from '../settings/settings.ts';

/** What facts are held against: the time of the snapshot, and what the user's `postern.toml` asks for. */
export interface Terms {
  readonly now: Date;
  readonly settings: Settings;
}

export const DAY_MS = 86_400_000;

/** Days from an ISO 8601 time until now, negative for one to come; undefined where there is no such time. */
export function daysSince(time: string | undefined, now: Date): number | undefined {
  const ms = Date.parse(time ?? '');
  return Number.isNaN(ms) ? undefined : (now.getTime() - ms) / DAY_MS;
}

/** Whether a number is above its threshold; undefined where it is not known. */
export function above(value: number | undefined, threshold: number): boolean | undefined {
  return value === undefined ? undefined : value > threshold;
}
