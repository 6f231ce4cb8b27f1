import { javaText } from './javaMap.ts';
import { at, type CloudTrailRecord, isObject, type Json, nonEmptyObject } from './record.ts';

/** The members that hold what was asked and answered, and what the integration calls them. */
const PAYLOADS = [
  ['requestParameters', 'request_parameters'],
  ['responseElements', 'response_elements'],
  ['additionalEventData', 'additional_eventdata'],
  ['serviceEventDetails', 'service_event_details'],
] as const;

/** A flattened copy is kept of what is shorter, in UTF-16 units: Lucene's longest term. */
const LONGEST_FLATTENED = 32766;

/**
 * The four payloads as Java's text, and as objects under `flattened`. `record` is the raw one, for the order of its keys,
 * `kept` the same after `withoutEmpty`. `movedName`: additionalEventData.UserName has become user.name and is in neither.
 */
export function payloadFields(record: CloudTrailRecord, kept: Json | undefined, movedName: boolean): Fields {
  const texts = PAYLOADS.map(([raw, name]) => [name, textOf(record, raw, movedName)] as const);
  const flattened = PAYLOADS.map(([raw, name], i) => {
    const isShort = (texts[i]?.[1] ?? '').length < LONGEST_FLATTENED;
    return [name, isShort ? objectOf(kept, raw, movedName) : undefined] as const;
  });
  return [...texts, ['flattened', nonEmptyObject(flattened)]];
}

type Fields = readonly (readonly [string, Json | undefined])[];

const MOVED = 'UserName';

function textOf(record: CloudTrailRecord, raw: string, movedName: boolean): string | undefined {
  const value = Object.hasOwn(record, raw) ? record[raw] : undefined;
  return javaText(value, isMovedFrom(raw, movedName) ? new Set([MOVED]) : undefined);
}

function objectOf(kept: Json | undefined, raw: string, movedName: boolean): Json | undefined {
  const value = at(kept, raw);
  if (!isMovedFrom(raw, movedName) || !isObject(value)) return value;
  return nonEmptyObject(Object.entries(value).filter(([key]) => key !== MOVED));
}

function isMovedFrom(raw: string, movedName: boolean): boolean {
  return movedName && raw === 'additionalEventData';
}
