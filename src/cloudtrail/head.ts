import { type CloudTrailRecord, isObject } from './record.ts';

/** What a record says of itself, found in its text without parsing it. Each text is printable ASCII, and not empty. */
export interface Head {
  readonly eventName: string;
  readonly eventSource: string;
  readonly eventTime: string;
  /** `userIdentity.type`; undefined where that is not certain. */
  readonly identityType: string | undefined;
  /** Whether it may have an errorCode or an errorMessage. */
  readonly mayHaveError: boolean;
}

/** The head of a record that is at hand whole; undefined where it has none. */
export function headOf(record: CloudTrailRecord): Head | undefined {
  const [eventName, eventSource, eventTime] = [record.eventName, record.eventSource, record.eventTime].map(plain);
  if (eventName === undefined || eventSource === undefined || eventTime === undefined) return undefined;
  const { userIdentity } = record;
  const identityType =
    isObject(userIdentity) && Object.hasOwn(userIdentity, 'type') ? plain(userIdentity.type) : undefined;
  const mayHaveError = Object.hasOwn(record, 'errorCode') || Object.hasOwn(record, 'errorMessage');
  return { eventName, eventSource, eventTime, identityType, mayHaveError };
}

function plain(value: unknown): string | undefined {
  return typeof value === 'string' && /^[ -~]+$/.test(value) ? value : undefined;
}

/** As far as a head says, the record, and which fields of its document hang on nothing else. */
export function recordOf(head: Head): { readonly record: CloudTrailRecord; readonly fields: ReadonlySet<string> } {
  const { eventName, eventSource, eventTime, identityType, mayHaveError } = head;
  const record = { eventName, eventSource, eventTime, userIdentity: { type: identityType } };
  const isDecided = !mayHaveError && eventName !== 'ConsoleLogin';
  const fields = [
    ...FIELDS,
    ...(isDecided ? ['event.outcome'] : []),
    ...(identityType === undefined ? [] : ['aws.cloudtrail.user_identity.type']),
  ];
  return { record, fields: new Set(fields) };
}

const FIELDS = [
  'cloud.provider',
  'data_stream.dataset',
  'data_stream.namespace',
  'data_stream.type',
  'event.action',
  'event.category',
  'event.dataset',
  'event.module',
  'event.provider',
  'event.type',
];
