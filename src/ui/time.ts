const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `45 s`, `12 min`, `9 h`, `41 d`, `3 y`: how long before (or after) `now` an ISO 8601 time is; empty for no time. */
export function span(time: string | undefined, now: Date): string {
  const then = time === undefined ? Number.NaN : Date.parse(time);
  if (Number.isNaN(then)) return '';
  return lasting(Math.abs(now.getTime() - then));
}

/** `2026-11-24 00:06:14 UTC`; the text itself where it is not a time. */
export function absolute(time: string): string {
  const then = Date.parse(time);
  if (Number.isNaN(then)) return time;
  return `${new Date(then).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

function lasting(milliseconds: number): string {
  if (milliseconds < MINUTE) return `${Math.floor(milliseconds / 1000)} s`;
  if (milliseconds < 2 * HOUR) return `${Math.floor(milliseconds / MINUTE)} min`;
  if (milliseconds < 2 * DAY) return `${Math.floor(milliseconds / HOUR)} h`;
  if (milliseconds < 1000 * DAY) return `${Math.floor(milliseconds / DAY)} d`;
  return `${Math.floor(milliseconds / (365 * DAY))} y`;
}
