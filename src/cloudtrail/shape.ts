import { type CloudTrailRecord, isObject, type JsonObject } from './record.ts';
import { memberText } from './sourceJson.ts';

/** What a parsed JSON value turned out to hold. */
export type Found =
  /** `source`: the record's own JSON text, where it is at hand. */
  | { readonly kind: 'record'; readonly record: CloudTrailRecord; readonly source: string | undefined }
  | { readonly kind: 'left out'; readonly what: 'digest' | 'Insight' }
  | { readonly kind: 'not a record'; readonly message: string };

/**
 * The records in a value: `{"Records": […]}` as CloudTrail writes its files, `{"Events": [{"CloudTrailEvent": "…"}]}` as
 * LookupEvents answers, `{"detail": {…}}` as EventBridge delivers, or one record alone. Digest and Insight records are told apart
 * by their shape. `text` is the value's JSON.
 */
export function recordsIn(value: unknown, text?: string): readonly Found[] {
  if (isObject(value) && Array.isArray(value.Records)) return value.Records.map(each => unwrapped(each));
  if (isObject(value) && Array.isArray(value.Events)) return value.Events.map(each => unwrapped(each));
  return [unwrapped(value, text)];
}

/** The record in what LookupEvents or EventBridge have put round it; once, for neither puts one inside another. */
function unwrapped(value: unknown, text?: string): Found {
  if (!isObject(value)) return recordOf(value);
  if (typeof value.CloudTrailEvent === 'string') return parsedEvent(value.CloudTrailEvent);
  if (!isObject(value.detail) || isMarked(value)) return recordOf(value, text);
  return recordOf(value.detail, text === undefined ? undefined : memberText(text, 'detail'));
}

function recordOf(value: unknown, source?: string): Found {
  if (!isObject(value)) return problem(`${describe(value)} is not a CloudTrail record`);
  if ('digestS3Object' in value || 'digestEndTime' in value) return { kind: 'left out', what: 'digest' };
  if ('insightDetails' in value || value.eventCategory === 'Insight') return { kind: 'left out', what: 'Insight' };
  if (!isMarked(value)) return problem('this object has none of the members of a CloudTrail record');
  return { kind: 'record', record: value, source };
}

function isMarked(value: JsonObject): boolean {
  return MARKS.some(mark => Object.hasOwn(value, mark));
}

const MARKS = ['eventName', 'eventSource', 'eventID', 'eventTime', 'eventVersion'];

function parsedEvent(text: string): Found {
  try {
    return recordOf(JSON.parse(text), text);
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
