import { javaNumberText, javaText } from './javaMap.ts';
import { at, type CloudTrailRecord, isObject, type Json, nonEmptyObject, withoutEmpty } from './record.ts';
import { NumberText, type SourceObject, type SourceValue, sourceMembers } from './sourceJson.ts';

/** The members that hold what was asked and answered, and what the integration calls them. */
const PAYLOADS = [
  ['requestParameters', 'request_parameters'],
  ['responseElements', 'response_elements'],
  ['additionalEventData', 'additional_eventdata'],
  ['serviceEventDetails', 'service_event_details'],
] as const;

const INSIGHT = 'insightDetails';

/** A flattened copy is kept of what is shorter, in UTF-16 units: Lucene's longest term. */
export const LONGEST_FLATTENED = 32766;

/**
 * The raw record, the same after `withoutEmpty`, and its JSON text if there is one. `movedName`:
 * additionalEventData.UserName has become user.name and is in no payload.
 */
export interface PayloadSources {
  readonly record: CloudTrailRecord;
  readonly kept: Json | undefined;
  readonly source: string | undefined;
  readonly movedName: boolean;
}

/** The four payloads as Java's text, and as objects under `flattened`; an Insight record's details are an object only. */
export function payloadFields({ record, kept, source, movedName }: PayloadSources): PayloadFields {
  const isParsedEnough = [...READ].every(name => isKept(own(record, name)));
  const members = source === undefined || isParsedEnough ? undefined : sourceMembers(source, READ);
  const payloads = PAYLOADS.map(([raw, name]) => {
    const isMoved = movedName && raw === 'additionalEventData';
    const text = textOf(members?.get(raw) ?? own(record, raw), isMoved);
    const isShort = (text ?? '').length < LONGEST_FLATTENED;
    return { name, text, copy: isShort ? copyOf(objectOf(members, kept, raw), isMoved) : undefined };
  });
  return {
    texts: payloads.map(({ name, text }) => [name, text] as const),
    flattened: [
      ...payloads.map(({ name, copy }) => [name, copy] as const),
      ['insight_details', objectOf(members, kept, INSIGHT)],
    ],
  };
}

/** Members of aws.cloudtrail, and of its `flattened`. */
export interface PayloadFields {
  readonly texts: readonly (readonly [string, string | undefined])[];
  readonly flattened: readonly (readonly [string, Json | undefined])[];
}

/** Whether JSON.parse keeps all that is printed of a value: it does but for numbers, and the places of keys that look like indices. */
function isKept(value: unknown, depth = 0): boolean {
  if (typeof value === 'number' || depth > MOST_LEVELS) return false;
  if (typeof value !== 'object' || value === null) return true;
  for (const key of Object.keys(value)) {
    if (!Array.isArray(value) && /^\d/.test(key)) return false;
    if (!isKept((value as Readonly<Record<string, unknown>>)[key], depth + 1)) return false;
  }
  return true;
}

/** Of deeper values the text is read again; hardly any record has them. */
const MOST_LEVELS = 50;

const READ: ReadonlySet<string> = new Set([...PAYLOADS.map(([raw]) => raw), INSIGHT]);

const MOVED = 'UserName';

/** An object that is empty only because its one member was moved is still printed. */
function textOf(value: unknown, isMoved: boolean): string | undefined {
  return isMoved ? (javaText(value, new Set([MOVED])) ?? '{}') : javaText(value);
}

function own(record: CloudTrailRecord, name: string): unknown {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

function copyOf(value: Json | undefined, isMoved: boolean): Json | undefined {
  if (!isMoved || !isObject(value)) return value;
  return nonEmptyObject(Object.entries(value).filter(([key]) => key !== MOVED));
}

/** As JSON.parse has it, unless Elasticsearch sees numbers in it otherwise. */
function objectOf(members: SourceObject | undefined, kept: Json | undefined, raw: string): Json | undefined {
  const value = members?.get(raw);
  return value !== undefined && hasOtherNumber(value) ? withoutEmpty(plain(value), 1) : at(kept, raw);
}

function hasOtherNumber(value: SourceValue): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (value instanceof NumberText) return typeof plainNumber(value) === 'string';
  for (const item of value.values()) if (hasOtherNumber(item)) return true;
  return false;
}

/**
 * What Elasticsearch indexes of a flattened field is text. A number that it would print in another way than
 * JavaScript (`119.0`, one beyond 2^53) is therefore that text here.
 */
function plain(value: SourceValue): Json {
  if (value instanceof NumberText) return plainNumber(value);
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, item]) => [key, plain(item)]));
  return Array.isArray(value) ? value.map(plain) : (value as null | boolean | string);
}

function plainNumber({ text }: NumberText): string | number {
  const printed = javaNumberText(text);
  const number = Number(text);
  return Number.isFinite(number) && String(number) === printed ? number : printed;
}
