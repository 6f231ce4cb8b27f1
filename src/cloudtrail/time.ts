/**
 * CloudTrail's times (`2024-08-01T13:56:39Z`, with or without a fraction, an offset or a time of day; and the basic form
 * `20131102T010628Z`) as ISO 8601 in UTC with milliseconds. Undefined for anything else.
 */
export function isoTime(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const time = new Date(Date.parse(ISO.test(text) ? withZone(text) : text.replace(BASIC, '$1-$2-$3T$4:$5:$6$7$8')));
  return ISO.test(text) || BASIC.test(text) ? validTime(time) : undefined;
}

const ISO = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d([.,]\d{1,9})?)?(Z|[+-]\d\d(:?\d\d)?)?)?$/;
const BASIC = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\.\d{1,9})?(Z|[+-]\d\d:?\d\d)$/;

/** A time without a zone is UTC at Elastic's end; JavaScript would take the machine's own. */
function withZone(text: string): string {
  const isLocal = text.includes('T') && !/(Z|[+-]\d\d(:?\d\d)?)$/.test(text.slice(11));
  return (isLocal ? `${text}Z` : text).replace(',', '.').replace(/([+-]\d\d)(\d\d)$/, '$1:$2');
}

function validTime(time: Date): string | undefined {
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}
