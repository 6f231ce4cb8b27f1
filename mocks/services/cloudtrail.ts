import type { CloudTrailRecord } from '../account.ts';
import { pageOf } from '../wire/paging.ts';
import { commonRefusal, Refusal } from '../wire/refusal.ts';
import type { Asked, Service } from './service.ts';

/** The service model's prefix, which the AWS CLI sends, and the short one that the JavaScript SDK sends. */
const TARGETS = ['com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.', 'CloudTrail_20131101.'];
const DAY = 86_400_000;

export const cloudTrail: Service = {
  protocol: 'aws-json',
  operationOf: ({ headers }) => {
    const target = String(headers['x-amz-target'] ?? '');
    const prefix = TARGETS.find(known => target.startsWith(known));
    return prefix === undefined ? undefined : { name: target.slice(prefix.length) };
  },
  limitOf: operation => (operation === 'LookupEvents' ? { family: operation, perSecond: 2 } : undefined),
  answer: asked => {
    if (asked.operation.name !== 'LookupEvents') throw commonRefusal('aws-json', 'AccessDenied');
    const body = JSON.stringify(lookupEvents(asked));
    return { status: 200, headers: { 'content-type': 'application/x-amz-json-1.1' }, body };
  },
};

interface Lookup {
  readonly attribute: { readonly key: string; readonly value: string } | undefined;
  readonly start: number;
  readonly end: number;
  readonly size: number;
  readonly token: string | undefined;
}

/** The last 90 days of management events, newest first (CloudTrail's LookupEvents). */
function lookupEvents({ request, account, now, pageSize }: Asked): unknown {
  const lookup = lookupFrom(bodyOf(request.body));
  const oldest = Math.max(lookup.start, now.getTime() - 90 * DAY);
  const found = newestFirst(account.events.get(request.region) ?? [])
    .filter(({ at }) => at >= oldest && at <= Math.min(lookup.end, now.getTime()))
    .filter(({ record }) => hasAttribute(record, lookup.attribute));
  const bound = [lookup.attribute, lookup.start, lookup.end, request.region];
  const page = pageOf(found, { token: lookup.token, size: Math.min(lookup.size, pageSize ?? 50), bound });
  if (page === undefined) throw refuse('InvalidNextTokenException', 'Invalid token');
  return {
    Events: page.items.map(({ record, at }) => eventOf(record, at)),
    ...(page.next && { NextToken: page.next }),
  };
}

interface Dated {
  readonly record: CloudTrailRecord;
  /** Milliseconds. */
  readonly at: number;
}

const sorted = new WeakMap<readonly CloudTrailRecord[], readonly Dated[]>();

/** Sorted once for each list, because every page asks again. */
function newestFirst(records: readonly CloudTrailRecord[]): readonly Dated[] {
  const known = sorted.get(records);
  if (known !== undefined) return known;
  const dated = records.map(record => ({ record, at: Date.parse(record.eventTime) }));
  dated.sort((a, b) => b.at - a.at || (a.record.eventID < b.record.eventID ? -1 : 1));
  sorted.set(records, dated);
  return dated;
}

function lookupFrom(input: Readonly<Record<string, unknown>>): Lookup {
  const { MaxResults = 50, NextToken, StartTime, EndTime, EventCategory, LookupAttributes } = input;
  if (EventCategory !== undefined && EventCategory !== 'insight')
    throw refuse('InvalidEventCategoryException', 'The event category is not valid');
  if (typeof MaxResults !== 'number' || MaxResults < 1 || MaxResults > 50)
    throw refuse('InvalidMaxResultsException', 'MaxResults must be between 1 and 50');
  const start = typeof StartTime === 'number' ? StartTime * 1000 : 0;
  const end = typeof EndTime === 'number' ? EndTime * 1000 : Number.MAX_SAFE_INTEGER;
  if (end < start) throw refuse('InvalidTimeRangeException', 'Start time must be before end time');
  const token = typeof NextToken === 'string' ? NextToken : undefined;
  return { attribute: attributeFrom(LookupAttributes), start, end, size: MaxResults, token };
}

function attributeFrom(list: unknown): Lookup['attribute'] {
  if (list === undefined || (Array.isArray(list) && list.length === 0)) return undefined;
  if (!Array.isArray(list) || list.length > 1) throw badAttributes('You can specify only one lookup attribute');
  const { AttributeKey: key, AttributeValue: value } = (list[0] ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof key !== 'string' || !ATTRIBUTES.has(key)) throw badAttributes(`Unknown attribute key: ${String(key)}`);
  if (typeof value !== 'string' || value.length < 1 || value.length > 2000)
    throw badAttributes('Invalid attribute value');
  return { key, value };
}

function hasAttribute(record: CloudTrailRecord, attribute: Lookup['attribute']): boolean {
  return attribute === undefined || ATTRIBUTES.get(attribute.key)!(record).includes(attribute.value);
}

const ATTRIBUTES: ReadonlyMap<string, (record: CloudTrailRecord) => readonly (string | undefined)[]> = new Map([
  ['EventId', record => [record.eventID]],
  ['EventName', record => [record.eventName]],
  ['ReadOnly', record => [String(record.readOnly)]],
  ['Username', record => [usernameOf(record)]],
  ['EventSource', record => [record.eventSource]],
  ['AccessKeyId', record => [identityOf(record).accessKeyId]],
  ['ResourceType', record => resourcesOf(record).map(({ ResourceType }) => ResourceType)],
  ['ResourceName', record => resourcesOf(record).map(({ ResourceName }) => ResourceName)],
]);

function eventOf(record: CloudTrailRecord, at: number): unknown {
  return {
    EventId: record.eventID,
    EventName: record.eventName,
    ReadOnly: String(record.readOnly),
    AccessKeyId: identityOf(record).accessKeyId,
    EventTime: at / 1000,
    EventSource: record.eventSource,
    Username: usernameOf(record),
    Resources: resourcesOf(record),
    CloudTrailEvent: JSON.stringify(record),
  };
}

interface Identity {
  readonly type?: string;
  readonly userName?: string;
  readonly arn?: string;
  readonly accessKeyId?: string;
}

/** An assumed role goes by its session's name. */
function usernameOf(record: CloudTrailRecord): string | undefined {
  const { type, userName, arn } = identityOf(record);
  if (type === 'Root') return 'root';
  return type === 'AssumedRole' ? arn?.split('/').at(-1) : userName;
}

/** CloudTrail derives resources from the request; here, the IAM role and the ARNs that it names. */
function resourcesOf(record: CloudTrailRecord): readonly { ResourceType: string; ResourceName: string }[] {
  const { roleName, roleArn } = (record.requestParameters ?? {}) as { roleName?: unknown; roleArn?: unknown };
  const names = [roleName, roleArn].filter(name => typeof name === 'string');
  return names.map(name => ({ ResourceType: 'AWS::IAM::Role', ResourceName: name }));
}

const identityOf = (record: CloudTrailRecord): Identity => (record.userIdentity ?? {}) as Identity;

function bodyOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(text === '' ? '{}' : text);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed))
      return parsed as Readonly<Record<string, unknown>>;
  } catch {
    // Answered below, as any other body that is no object.
  }
  throw refuse('SerializationException', 'The request body is not a JSON object');
}

const refuse = (code: string, message: string): Refusal => new Refusal(code, 400, message);
const badAttributes = (message: string): Refusal => refuse('InvalidLookupAttributesException', message);
