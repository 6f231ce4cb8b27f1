import { type CloudTrailRecord, isObject, type JsonObject } from './record.ts';

/** What a parsed JSON value turned out to hold. */
export type Found =
  | { readonly kind: 'record'; readonly record: CloudTrailRecord }
  | { readonly kind: 'left out'; readonly what: 'digest' | 'Insight' }
  | { readonly kind: 'not a record'; readonly message: string };

/**
 * The records in a value: `{"Records": […]}` as CloudTrail writes its files, `{"Events": [{"CloudTrailEvent": "…"}]}` as
 * LookupEvents answers, `{"detail": {…}}` as EventBridge delivers, or one record alone. Digest and Insight records are told apart
 * by their shape.
 */
export function recordsIn(value: unknown): readonly Found[] {
  if (isObject(value) && Array.isArray(value.Records)) return value.Records.map(unwrapped);
  if (isObject(value) && Array.isArray(value.Events)) return value.Events.map(unwrapped);
  return [unwrapped(value)];
}

/** The record in what LookupEvents or EventBridge have put round it; once, for neither puts one inside another. */
function unwrapped(value: unknown): Found {
  if (!isObject(value)) return recordOf(value);
  if (typeof value.CloudTrailEvent === 'string') return parsedEvent(value.CloudTrailEvent);
  return recordOf(isObject(value.detail) && !isMarked(value) ? value.detail : value);
}

function recordOf(value: unknown): Found {
  if (!isObject(value)) return problem(`${describe(value)} is not a CloudTrail record`);
  if ('digestS3Object' in value || 'digestEndTime' in value) return { kind: 'left out', what: 'digest' };
  if ('insightDetails' in value || value.eventCategory === 'Insight') return { kind: 'left out', what: 'Insight' };
  if (!isMarked(value)) return problem('this object has none of the members of a CloudTrail record');
  return { kind: 'record', record: value };
}

function isMarked(value: JsonObject): boolean {
  return MARKS.some(mark => Object.hasOwn(value, mark));
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
