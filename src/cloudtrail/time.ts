/**
 * A time in ISO 8601 as Elasticsearch's date processor takes it (`2024-08-01T13:56:39Z`; what follows the year may be missing
 * from the right, and so may the zone, which then is UTC), in UTC with milliseconds. Undefined for anything else.
 */
export function isoTime(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  return USUAL.test(text) ? `${text.slice(0, -1)}.000Z` : utc(ISO.exec(text));
}

/** The same, or the basic form of older records: `20131102T010628Z`. */
export function isoOrBasicTime(text: string | undefined): string | undefined {
  return isoTime(text) ?? (text === undefined ? undefined : utc(BASIC.exec(text)));
}

/** As CloudTrail writes nearly all of them, on a day that every month has: that time needs no reckoning. */
const USUAL = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/;
const ISO =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(?:(\d\d)(?::(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?(Z|[+-]\d\d(?::?\d\d)?)?)?)?)?)?$/;
const BASIC = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:?\d\d)$/;

function utc(parts: RegExpExecArray | null): string | undefined {
  if (parts === null) return undefined;
  const [, year, month = '01', day = '01', hour = '00', minute = '00', second = '00', fraction = '', zone = 'Z'] =
    parts;
  const date = `${year}-${month}-${day}`;
  const local = new Date(`${date}T${hour}:${minute}:${second}.${fraction.padEnd(3, '0').slice(0, 3)}Z`);
  const offset = minutesOf(zone);
  if (Number.isNaN(local.getTime()) || Math.abs(offset) > FARTHEST) return undefined;
  // JavaScript takes the 31st of a month that has 30 days for the first of the next one.
  return local.toISOString().startsWith(date) ? new Date(local.getTime() - offset * 60_000).toISOString() : undefined;
}

/** Java knows no zone farther from Greenwich, in minutes. */
const FARTHEST = 18 * 60;

function minutesOf(zone: string): number {
  if (zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3).replace(':', ''));
  return zone.startsWith('-') ? -minutes : minutes;
}
