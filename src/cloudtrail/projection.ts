import { categoryOf } from './categories.ts';
import { type Actor, actorOf } from './identity.ts';
import { LONGEST_FLATTENED } from './payloads.ts';
import { type CloudTrailRecord, isDropped, isObject, type Json, withoutEmpty } from './record.ts';
import { ipAddress } from './related.ts';
import { isoTime } from './time.ts';

/** What a record's document holds in one field, without making the document. */
export interface Projection {
  /** The members of the record that it hangs on; no others need be there. */
  readonly members: readonly string[];
  /** `unknown`: only the document can say. `length` is that of the record's JSON text where it is at hand, in bytes or in characters. */
  readonly of: (record: CloudTrailRecord, length: number | undefined) => Json | undefined | typeof unknown;
}

export const unknown: unique symbol = Symbol('unknown');

/**
 * The projection of a field; undefined where there is none, and only the document can say. Of the fields here each is one member
 * of the record, or hangs on few. A property of tests says that they are what `ecsDocument` makes of them.
 */
export function projectionOf(field: string): Projection | undefined {
  return PROJECTIONS.get(field) ?? flattenedAt(field);
}

const IDENTITY = 'aws.cloudtrail.user_identity';
const ISSUER = `${IDENTITY}.session_context.session_issuer`;

const NAME = ['eventName'];
const ADDRESS = ['sourceIPAddress'];

const IDENTITY_MEMBERS = ['userIdentity', 'eventName', 'additionalEventData'];

const PROJECTIONS: ReadonlyMap<string, Projection> = new Map<string, Projection>([
  ['aws.cloudtrail.error_code', textAt('errorCode')],
  ['aws.cloudtrail.error_message', textAt('errorMessage')],
  ['aws.cloudtrail.event_category', textAt('eventCategory')],
  ['aws.cloudtrail.event_type', textAt('eventType')],
  ['aws.cloudtrail.management_event', textAt('managementEvent')],
  ['aws.cloudtrail.recipient_account_id', textAt('recipientAccountId')],
  ['aws.cloudtrail.request_parameters', payloadAt('requestParameters')],
  ['aws.cloudtrail.response_elements', payloadAt('responseElements')],
  ['aws.cloudtrail.session_credential_from_console', textAt('sessionCredentialFromConsole')],
  [`${IDENTITY}.access_key_id`, textAt('userIdentity', 'accessKeyId')],
  [`${IDENTITY}.arn`, textAt('userIdentity', 'arn')],
  [`${IDENTITY}.invoked_by`, textAt('userIdentity', 'invokedBy')],
  [`${IDENTITY}.type`, textAt('userIdentity', 'type')],
  [`${ISSUER}.arn`, textAt('userIdentity', 'sessionContext', 'sessionIssuer', 'arn')],
  [`${ISSUER}.type`, textAt('userIdentity', 'sessionContext', 'sessionIssuer', 'type')],
  ['cloud.account.id', { members: ['userIdentity', 'recipientAccountId', 'awsAccountId'], of: accountOf }],
  ['cloud.provider', constant('aws')],
  ['cloud.region', textAt('awsRegion')],
  ['data_stream.dataset', constant('aws.cloudtrail')],
  ['data_stream.namespace', constant('default')],
  ['data_stream.type', constant('logs')],
  ['event.action', textAt('eventName')],
  ['event.category', { members: NAME, of: categoriesOf }],
  ['event.dataset', constant('aws.cloudtrail')],
  ['event.id', textAt('eventID')],
  ['event.module', constant('aws')],
  ['event.outcome', { members: ['eventName', 'responseElements', 'errorCode', 'errorMessage'], of: outcomeOf }],
  ['event.provider', textAt('eventSource')],
  ['event.type', { members: NAME, of: typesOf }],
  ['source.address', textAt('sourceIPAddress')],
  ['source.ip', { members: ADDRESS, of: record => ipAddress(text(record, ADDRESS)) }],
  ['user.changes.name', textAt('requestParameters', 'newUserName')],
  ['user.target.name', textAt('requestParameters', 'userName')],
  ['user.id', { members: IDENTITY_MEMBERS, of: record => actorIn(record).id }],
  ['user.name', { members: IDENTITY_MEMBERS, of: record => actorIn(record).name ?? loginNameIn(record) }],
  ['user_agent.original', textAt('userAgent')],
]);

const ACCOUNTS = [['userIdentity', 'accountId'], ['recipientAccountId'], ['awsAccountId']];
const LOGIN = ['responseElements', 'ConsoleLogin'];

function textAt(...path: readonly [string, ...string[]]): Projection {
  return { members: path.slice(0, 1), of: record => text(record, path) };
}

/** The record's own id, as `event.id`. */
export function eventIdOf(record: CloudTrailRecord): string | undefined {
  return text(record, ['eventID']);
}

/** When the event was, as `@timestamp`, in milliseconds since 1970; NaN where the record does not say. */
export function timestampOf(record: CloudTrailRecord): number {
  return Date.parse(isoTime(text(record, ['eventTime'])) ?? '');
}

function constant(value: string): Projection {
  return { members: [], of: () => value };
}

/** The scalar at a path of own members, as the document has it. */
function text(record: CloudTrailRecord, path: readonly string[]): string | undefined {
  let here: unknown = record;
  for (const name of path) {
    if (!isObject(here) || !Object.hasOwn(here, name)) return undefined;
    here = here[name];
  }
  return isDropped(here) || typeof here === 'object' ? undefined : String(here);
}

/** What was asked or answered is printed as Java would: only that there is nothing can be seen at once. */
function payloadAt(name: string): Projection {
  return {
    members: [name],
    of: record => (Object.hasOwn(record, name) && !isDropped(record[name]) ? unknown : undefined),
  };
}

const FLATTENED: readonly (readonly [above: string, member: string])[] = [
  ['aws.cloudtrail.flattened.request_parameters.', 'requestParameters'],
  ['aws.cloudtrail.flattened.response_elements.', 'responseElements'],
];

function flattenedAt(field: string): Projection | undefined {
  const [above, member] = FLATTENED.find(([each]) => field.startsWith(each)) ?? [];
  return above === undefined || member === undefined ? undefined : partAt(member, field.slice(above.length).split('.'));
}

/**
 * Part of what was asked or answered that is a text or a boolean. Anything else is printed, looked into or left out by rules of its
 * own; so is what may be too long to be kept.
 */
function partAt(member: string, path: readonly string[]): Projection {
  return {
    members: [member],
    of(record, length = Number.POSITIVE_INFINITY) {
      if (length * MOST_LONGER >= LONGEST_FLATTENED) return unknown;
      let here: unknown = Object.hasOwn(record, member) ? record[member] : undefined;
      for (const [i, name] of path.entries()) {
        if (isDropped(here)) return undefined;
        if (!isObject(here) || hasDotted(here, path.slice(i))) return unknown;
        here = Object.hasOwn(here, name) ? here[name] : undefined;
      }
      if (isDropped(here)) return undefined;
      return typeof here === 'string' || typeof here === 'boolean' ? here : unknown;
    },
  };
}

/** Java prints nothing at more than three times its length in JSON: `1e6` is `1000000.0`. */
const MOST_LONGER = 3;

/** A member's name may hold dots, and then stands for several parts of a path. */
function hasDotted(value: object, path: readonly string[]): boolean {
  for (let length = 2; length <= path.length; length++)
    if (Object.hasOwn(value, path.slice(0, length).join('.'))) return true;
  return false;
}

function actorIn({ userIdentity }: CloudTrailRecord): Actor {
  return actorOf(withoutEmpty(userIdentity, 1));
}

/** A UserAuthentication event names its user elsewhere. */
function loginNameIn(record: CloudTrailRecord): string | undefined {
  return text(record, NAME) === 'UserAuthentication' ? text(record, ['additionalEventData', 'UserName']) : undefined;
}

function accountOf(record: CloudTrailRecord): string | undefined {
  for (const path of ACCOUNTS) {
    const account = text(record, path);
    if (account !== undefined) return account;
  }
  return undefined;
}

function categoriesOf(record: CloudTrailRecord): readonly string[] | undefined {
  return categoryOf(text(record, NAME))?.category;
}

function typesOf(record: CloudTrailRecord): readonly string[] {
  return categoryOf(text(record, NAME))?.type ?? ['info'];
}

function outcomeOf(record: CloudTrailRecord): string | typeof unknown {
  const login = text(record, NAME) === 'ConsoleLogin' ? text(record, LOGIN) : undefined;
  if (login !== undefined) return login.toLowerCase();
  const errors = [textOrObject(record, 'errorCode'), textOrObject(record, 'errorMessage')];
  if (errors.includes(unknown)) return unknown;
  return errors.some(error => error !== undefined) ? 'failure' : 'success';
}

function textOrObject(record: CloudTrailRecord, name: string): string | undefined | typeof unknown {
  return Object.hasOwn(record, name) && isContainer(record[name]) ? unknown : text(record, [name]);
}

function isContainer(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
