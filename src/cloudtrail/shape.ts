import { type CloudTrailRecord, isObject } from './record.ts';

/** What a parsed JSON value turned out to hold. */
export type Found =
  | { readonly kind: 'record'; readonly record: CloudTrailRecord }
  | { readonly kind: 'left out'; readonly what: 'digest' | 'Insight' }
  | { readonly kind: 'not a record'; readonly message: string };

/**
 * The records in a value: `{"Records": […]}` as CloudTrail writes its files, a list, `{"Events": [{"CloudTrailEvent": "…"}]}` as
 * LookupEvents answers, or one record alone. Digest and Insight records are told apart by their shape.
 */
export function* recordsIn(value: unknown): Generator<Found> {
  if (Array.isArray(value)) for (const item of value) yield recordOf(item);
  else if (isObject(value) && Array.isArray(value.Records)) for (const item of value.Records) yield recordOf(item);
  else if (isObject(value) && Array.isArray(value.Events)) for (const item of value.Events) yield recordOf(item);
  else yield recordOf(value, true);
}

function recordOf(value: unknown, isAlone = false): Found {
  if (!isObject(value)) return problem(`${describe(value)} is not a CloudTrail record`);
  if (typeof value.CloudTrailEvent === 'string') return parsedEvent(value.CloudTrailEvent);
  if ('digestS3Object' in value || 'digestEndTime' in value) return { kind: 'left out', what: 'digest' };
  if ('insightDetails' in value || value.eventCategory === 'Insight') return { kind: 'left out', what: 'Insight' };
  if (isAlone && !MARKS.some(mark => Object.hasOwn(value, mark))) {
    return problem('this object has none of the members of a CloudTrail record');
  }
  return { kind: 'record', record: value };
}

/** Whether a value is one that `recordsIn` would find something in. */
export function looksLikeRecords(value: unknown): boolean {
  return isObject(value) && [...MARKS, 'Records', 'Events', 'CloudTrailEvent'].some(mark => Object.hasOwn(value, mark));
}

const MARKS = ['eventName', 'eventSource', 'eventID', 'eventTime', 'eventVersion'];

function parsedEvent(text: string): Found {
  try {
    return recordOf(JSON.parse(text));
  } catch (error) {
    return problem(`its CloudTrailEvent is not JSON: ${messageOf(error)}`);
  }
}

function problem(message: string): Found {
  return { kind: 'not a record', message };
}

function describe(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
