/** Milliseconds since 1970, both ends included. */
export interface Period {
  readonly start: number;
  readonly end: number;
}

type Unit = 'y' | 'M' | 'w' | 'd' | 'h' | 'm' | 's';

/** `now` or a date and `||`, then steps: `+1M`, `-30d`, `/d`. UTC; weeks begin on Monday. Undefined when it is none of this. */
export function evaluateDateMath(text: string, now: Date): Period | undefined {
  if (text.startsWith('now')) return steps({ start: now.getTime(), end: now.getTime() }, text.slice(3));
  const bar = text.indexOf('||');
  if (bar === -1) return periodOf(text);
  const from = periodOf(text.slice(0, bar))?.start;
  return from === undefined ? undefined : steps({ start: from, end: from }, text.slice(bar + 2));
}

/** ISO 8601 down to any precision, UTC unless it names an offset; or milliseconds since 1970 in five digits or more. */
export function periodOf(text: string): Period | undefined {
  if (/^-?\d{5,15}$/.test(text)) return { start: Number(text), end: Number(text) };
  const match = ISO.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction, offset] = match;
  const given = [year, month, day, hour, minute, second].map(part => (part === undefined ? undefined : Number(part)));
  const [y = 0, mon = 1, d = 1, h = 0, min = 0, s = 0] = given;
  if (mon < 1 || mon > 12 || d < 1 || d > daysIn(y, mon) || h > 23 || min > 59 || s > 59) return undefined;
  const local = utc(y, mon - 1, d) + ((h * 60 + min) * 60 + s) * 1000;
  const unit = UNITS[given.filter(part => part !== undefined).length - 1]!;
  const shift = offsetOf(offset);
  if (shift === undefined) return undefined;
  const start = local + (fraction === undefined ? 0 : Number(fraction.padEnd(3, '0').slice(0, 3))) - shift;
  return { start, end: fraction === undefined ? add(local, 1, unit) - 1 - shift : start };
}

const UNITS = ['y', 'M', 'd', 'h', 'm', 's'] as const;

const ISO =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[Tt ](?:(\d\d)(?::(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?)?([Zz]|[+-]\d\d(?::?\d\d)?)?)?)?)?$/;

/** Milliseconds that the offset is ahead of UTC. */
function offsetOf(text: string | undefined): number | undefined {
  if (text === undefined || text.toUpperCase() === 'Z') return 0;
  const hours = Number(text.slice(1, 3));
  const minutes = Number(text.slice(3).replace(':', ''));
  if (hours > 18 || minutes > 59) return undefined;
  return (text.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

/** Applies the steps to both ends; rounding takes the first to the beginning of the unit, the second to its end. */
function steps(from: Period, text: string): Period | undefined {
  if (text.length > 200) return undefined;
  let { start, end } = from;
  const step = /([+-])(\d{0,9})([yMwdhHms])|\/([yMwdhHms])/y;
  while (step.lastIndex < text.length) {
    const match = step.exec(text);
    if (match === null) return undefined;
    const [, sign, amount, unit, rounding] = match;
    if (rounding === undefined) {
      const count = (sign === '-' ? -1 : 1) * (amount === '' ? 1 : Number(amount));
      start = add(start, count, unitOf(unit));
      end = add(end, count, unitOf(unit));
    } else {
      start = floor(start, unitOf(rounding));
      end = add(floor(end, unitOf(rounding)), 1, unitOf(rounding)) - 1;
    }
  }
  return Number.isFinite(start) && Number.isFinite(end) ? { start, end } : undefined;
}

function unitOf(letter: string | undefined): Unit {
  return letter === 'H' ? 'h' : (letter as Unit);
}

const MILLISECONDS = { w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 } as const;

/** A month later than the 31st is the last day of a shorter month. */
function add(time: number, count: number, unit: Unit): number {
  if (unit !== 'y' && unit !== 'M') return time + count * MILLISECONDS[unit];
  const at = new Date(time);
  const months = at.getUTCFullYear() * 12 + at.getUTCMonth() + count * (unit === 'y' ? 12 : 1);
  const year = Math.floor(months / 12);
  const month = months - year * 12;
  const day = Math.min(at.getUTCDate(), daysIn(year, month + 1));
  return utc(year, month, day) + (time - floor(time, 'd'));
}

function floor(time: number, unit: Unit): number {
  const at = new Date(time);
  switch (unit) {
    case 'y':
      return utc(at.getUTCFullYear(), 0, 1);
    case 'M':
      return utc(at.getUTCFullYear(), at.getUTCMonth(), 1);
    case 'w':
      return floor(time, 'd') - ((at.getUTCDay() + 6) % 7) * MILLISECONDS.d;
    default:
      return Math.floor(time / MILLISECONDS[unit]) * MILLISECONDS[unit];
  }
}

function daysIn(year: number, month: number): number {
  return new Date(utc(year, month, 0)).getUTCDate();
}

/** Date.UTC, which takes the years 0 to 99 for the twentieth century's. */
function utc(year: number, month: number, day: number): number {
  return new Date(0).setUTCFullYear(year, month, day);
}
