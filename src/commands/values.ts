import { UserError } from '../errors.ts';

const UNIT_SECONDS = new Map([
  ['s', 1],
  ['m', 60],
  ['h', 3600],
  ['d', 86_400],
  ['w', 604_800],
]);

/** `90d` -> 7776000 seconds; `0` -> 0. Throws UserError naming the flag. */
export function secondsOf(text: string, flag: string): number {
  const match = /^(\d{1,9})([smhdw]?)$/.exec(text);
  const unit = UNIT_SECONDS.get(match?.[2] ?? '');
  if (match !== null && Number(match[1]) === 0) return 0;
  if (match === null || unit === undefined)
    throw new UserError(`${flag} ${text} is not an age`, { hint: `For example: ${flag} 90d, ${flag} 12h, ${flag} 0` });
  return Number(match[1]) * unit;
}

/** Throws UserError naming the flag. */
export function wholeNumberOf(text: string, flag: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new UserError(`${flag} ${text} is not a whole number`);
  return Number(text);
}

/** Throws UserError unless `text` is a time in ISO 8601 with date, time and zone (or a date alone: midnight UTC). */
export function nowOf(text: string): Date {
  const iso = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/.test(text);
  const time = iso ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time))
    throw new UserError(`--now ${text} is not a time`, { hint: 'For example: --now 2026-11-23T09:00:00Z' });
  return new Date(time);
}
