import { categoryOf } from './categories.ts';
import { type Digest, digestOf } from './digest.ts';
import { entitiesOf } from './entities.ts';
import { type EntityFields, entityFields } from './entityFields.ts';
import { type Actor, actorOf } from './identity.ts';
import { type Locate, type Located, locateNowhere } from './locate.ts';
import { type PayloadFields, payloadFields } from './payloads.ts';
import {
  at,
  type CloudTrailRecord,
  type Json,
  type JsonObject,
  nonEmptyList,
  nonEmptyObject,
  type TextNames,
  textAt,
  textsOf,
  withoutEmpty,
} from './record.ts';
import { ipAddress, relatedHosts, unique } from './related.ts';
import { resourcesOf } from './resources.ts';
import { isoTime } from './time.ts';

/**
 * A raw CloudTrail record as the ECS document that Elastic's AWS integration makes of it (elastic/integrations,
 * packages/aws/data_stream/cloudtrail, pipeline of 2026-08, ECS 8.11), with its actor and target mapping on and all
 * of its fields retained; digest and Insight records too. Never throws, whatever the record's shape: a member of
 * another type than CloudTrail's is left out.
 *
 * What the integration takes from its own clock (event.ingested, event.created, and `@timestamp` of a record without a time)
 * or from a parser of user agents is not here; where it would be, its path stands in the document's `unknown`. So does what it
 * takes from databases of addresses, as far as `locate` does not know it.
 *
 * `source` is the record's own JSON text. With it the texts `aws.cloudtrail.request_parameters` and so on are exactly
 * Java's; without it numbers and the order of keys are as JSON.parse left them, see `javaText`.
 */
export function ecsDocument(record: CloudTrailRecord, source?: string, locate: Locate = locateNowhere): JsonObject {
  return documentOf(partsOf(record, source, locate));
}

/** What several places of a document are made of. */
interface Parts {
  /** The record after `withoutEmpty`. */
  readonly kept: Json | undefined;
  readonly actor: Actor;
  /** In ECS form. */
  readonly resources: readonly Json[];
  readonly payloads: PayloadFields;
  readonly digest: Digest;
  readonly entities: EntityFields;
  readonly timestamp: string | undefined;
  /** Of the caller's address; undefined when that is no IP address. */
  readonly located: Located | undefined;
  /** Where the integration fails; it goes on all the same. */
  readonly errors: readonly string[];
}

function partsOf(record: CloudTrailRecord, source: string | undefined, locate: Locate): Parts {
  const kept = withoutEmpty(record);
  const identified = actorOf(at(kept, 'userIdentity'));
  const movedName = identified.name === undefined ? loginName(kept) : undefined;
  const actor = { ...identified, name: identified.name ?? movedName };
  const digest = digestOf(kept);
  const entities = entitiesOf(kept);
  const eventTime = isoTime(textAt(kept, 'eventTime'));
  const address = ipAddress(textAt(kept, 'sourceIPAddress'));
  return {
    kept,
    actor,
    resources: resourcesOf(at(kept, 'resources')),
    payloads: payloadFields({ record, kept, source, movedName: movedName !== undefined }),
    digest,
    entities: entityFields(entities),
    timestamp: digest.endTime ?? eventTime,
    located: address === undefined ? undefined : locate(address),
    errors: [
      ...[...badTimes(kept, actor, eventTime), ...digest.badTimes].map(name => `${name} is not a time`),
      ...(entities?.isMisshapen ? ['an id that an entity should be named by is no text'] : []),
    ],
  };
}

function documentOf(parts: Parts): JsonObject {
  const { kept, actor, entities, errors } = parts;
  return (
    nonEmptyObject([
      ['@timestamp', parts.timestamp],
      ['actor', entities.actor],
      ['aws', { cloudtrail: cloudTrailFields(parts) }],
      ['cloud', cloudFields(kept)],
      ['data_stream', { dataset: 'aws.cloudtrail', namespace: 'default', type: 'logs' }],
      ['ecs', { version: '8.11.0' }],
      ['entity', entities.entity],
      ['error', nonEmptyObject([['message', nonEmptyList(errors)]])],
      ['event', eventFields(kept, errors.length > 0)],
      ['file', nonEmptyObject([['path', parts.digest.path]])],
      ['group', groupFields(kept)],
      ['host', entities.host],
      ['related', relatedFields(parts)],
      ['service', serviceFields(actor, entities)],
      ['source', sourceFields(parts)],
      ['target', entities.target],
      ['tls', tlsFields(kept)],
      ['user', userFields(kept, actor, entities)],
      ['user_agent', nonEmptyObject([['original', textAt(kept, 'userAgent')]])],
      ['unknown', unknownFields(parts)],
    ]) ?? {}
  );
}

/** Members that should hold a time and do not; a record without a time is no error. */
function badTimes(kept: Json | undefined, actor: Actor, eventTime: string | undefined): string[] {
  const isBad = eventTime === undefined && textAt(kept, 'eventTime') !== undefined;
  const isBadCreation =
    textAt(kept, 'userIdentity', 'sessionContext', 'attributes', 'creationDate') !== undefined &&
    at(actor.userIdentity, 'session_context', 'creation_date') === undefined;
  return [...(isBad ? ['eventTime'] : []), ...(isBadCreation ? ['creationDate'] : [])];
}

/** A UserAuthentication event names its user elsewhere. */
function loginName(kept: Json | undefined): string | undefined {
  return textAt(kept, 'eventName') === 'UserAuthentication'
    ? textAt(kept, 'additionalEventData', 'UserName')
    : undefined;
}

function cloudTrailFields({ kept, actor, resources, payloads, digest }: Parts): JsonObject {
  return (
    nonEmptyObject([
      ...textsOf(kept, FIRST),
      ['read_only', scalar(at(kept, 'readOnly'))],
      ['recipient_account_id', textAt(kept, 'recipientAccountId')],
      ['shared_event_id', textAt(kept, 'sharedEventID') ?? textAt(kept, 'sharedEventId')],
      ...textsOf(kept, OF_ENDPOINT),
      ['addendum', addendumFields(at(kept, 'addendum'))],
      ['console_login', consoleLoginFields(kept)],
      ['tls_details', nonEmptyObject([['key_exchange', textAt(tlsDetails(kept), 'keyExchange')]])],
      ['user_identity', actor.userIdentity],
      ['resources', nonEmptyList(resources)],
      ...payloads.texts,
      ['flattened', nonEmptyObject([...payloads.flattened, ['digest', digest.fields]])],
    ]) ?? {}
  );
}

const FIRST: TextNames = [
  ['event_version', 'eventVersion'],
  ['session_credential_from_console', 'sessionCredentialFromConsole'],
  ['event_category', 'eventCategory'],
  ['event_type', 'eventType'],
  ['api_version', 'apiVersion'],
  ['request_id', 'requestID'],
  ['error_code', 'errorCode'],
  ['error_message', 'errorMessage'],
  ['management_event', 'managementEvent'],
];

const OF_ENDPOINT: TextNames = [
  ['vpc_endpoint_id', 'vpcEndpointId'],
  ['vpc_endpoint_account_id', 'vpcEndpointAccountId'],
];

function addendumFields(addendum: Json | undefined): JsonObject | undefined {
  return nonEmptyObject([
    ['reason', textAt(addendum, 'reason')],
    ['updated_fields', at(addendum, 'updatedFields')],
    ['original_request_id', textAt(addendum, 'originalRequestID')],
    ['original_event_id', textAt(addendum, 'originalEventID')],
  ]);
}

function consoleLoginFields(kept: Json | undefined): JsonObject | undefined {
  if (textAt(kept, 'eventName') !== 'ConsoleLogin') return undefined;
  const data = at(kept, 'additionalEventData');
  const fields = nonEmptyObject([
    ['mobile_version', isNotNo(textAt(data, 'MobileVersion'))],
    ['login_to', textAt(data, 'LoginTo')],
    ['mfa_used', isNotNo(textAt(data, 'MFAUsed'))],
  ]);
  return nonEmptyObject([['additional_eventdata', fields]]);
}

function isNotNo(text: string | undefined): boolean | undefined {
  return text === undefined ? undefined : text !== 'No';
}

function cloudFields(kept: Json | undefined): JsonObject | undefined {
  const account = textAt(kept, 'userIdentity', 'accountId') ?? textAt(kept, 'recipientAccountId');
  return nonEmptyObject([
    ['account', nonEmptyObject([['id', account ?? textAt(kept, 'awsAccountId')]])],
    ['provider', 'aws'],
    ['region', textAt(kept, 'awsRegion')],
    ['service', nonEmptyObject([['name', serviceOf(textAt(kept, 'eventSource'))]])],
  ]);
}

function serviceOf(eventSource: string | undefined): string | undefined {
  return eventSource?.endsWith('.amazonaws.com') ? eventSource.split('.amazonaws.com', 1)[0] || undefined : undefined;
}

function eventFields(kept: Json | undefined, isFailed: boolean): JsonObject | undefined {
  const action = textAt(kept, 'eventName');
  const known = categoryOf(action);
  return nonEmptyObject([
    ['action', action],
    ['category', known?.category],
    ['dataset', 'aws.cloudtrail'],
    ['id', textAt(kept, 'eventID')],
    ['kind', isFailed ? 'pipeline_error' : 'event'],
    ['module', 'aws'],
    ['outcome', outcomeOf(kept)],
    ['provider', textAt(kept, 'eventSource')],
    ['type', known?.type ?? ['info']],
  ]);
}

function outcomeOf(kept: Json | undefined): string {
  const login =
    textAt(kept, 'eventName') === 'ConsoleLogin' ? textAt(kept, 'responseElements', 'ConsoleLogin') : undefined;
  if (login !== undefined) return login.toLowerCase();
  return at(kept, 'errorCode') === undefined && at(kept, 'errorMessage') === undefined ? 'success' : 'failure';
}

function groupFields(kept: Json | undefined): JsonObject | undefined {
  return nonEmptyObject([
    ['id', textAt(kept, 'responseElements', 'group', 'groupId')],
    ['name', textAt(kept, 'requestParameters', 'groupName')],
  ]);
}

function sourceFields({ kept, located }: Parts): JsonObject | undefined {
  const address = textAt(kept, 'sourceIPAddress');
  return nonEmptyObject([
    ['address', address],
    ['as', located?.as],
    ['geo', located?.geo],
    ['ip', ipAddress(address)],
  ]);
}

/** Some records hold the word tlsVersion where the version should be; the integration then drops all of it. */
function tlsDetails(kept: Json | undefined): Json | undefined {
  const details = at(kept, 'tlsDetails');
  return textAt(details, 'tlsVersion') === 'tlsVersion' ? undefined : details;
}

function tlsFields(kept: Json | undefined): JsonObject | undefined {
  const details = tlsDetails(kept);
  const version = textAt(details, 'tlsVersion');
  const v = version?.indexOf('v') ?? -1;
  return nonEmptyObject([
    ['cipher', textAt(details, 'cipherSuite')],
    ['client', nonEmptyObject([['server_name', textAt(details, 'clientProvidedHostHeader')]])],
    ['version', v < 0 ? version : version?.slice(v + 1)],
    ['version_protocol', v < 0 ? undefined : version?.slice(0, v).toLowerCase()],
  ]);
}

function serviceFields({ serviceName }: Actor, { service }: EntityFields): JsonObject | undefined {
  return nonEmptyObject([
    ['name', serviceName],
    ['entity', service.entity],
    ['target', nonEmptyObject([['entity', service.targetEntity]])],
  ]);
}

function userFields(kept: Json | undefined, actor: Actor, { user }: EntityFields): JsonObject | undefined {
  return nonEmptyObject([
    ['name', actor.name],
    ['id', actor.id],
    ['email', emailOf(actor)],
    ['entity', user.entity],
    ['changes', nonEmptyObject([['name', textAt(kept, 'requestParameters', 'newUserName')]])],
    ['target', userTargetFields(kept, user.targetEntity)],
  ]);
}

function emailOf({ sessionName, name }: Actor): string | undefined {
  return sessionName?.includes('@') ? sessionName : (name?.indexOf('@') ?? -1) > 0 ? name : undefined;
}

function userTargetFields(kept: Json | undefined, entity: JsonObject | undefined): JsonObject | undefined {
  return nonEmptyObject([
    ['id', textAt(kept, 'responseElements', 'user', 'userId')],
    ['name', textAt(kept, 'requestParameters', 'userName')],
    ['entity', entity],
  ]);
}

function relatedFields({ kept, actor, resources, digest, entities }: Parts): JsonObject | undefined {
  const serviceEventIp = textAt(kept, 'serviceEventDetails', 'sourceIpAddress');
  return nonEmptyObject([
    ['entity', entities.related],
    ['hash', unique([digest.previousHash])],
    ['hosts', relatedHosts(tlsDetails(kept), kept, resources)],
    ['ip', unique([ipAddress(textAt(kept, 'sourceIPAddress')), ipAddress(serviceEventIp)])],
    ['user', relatedUsers(kept, actor)],
  ]);
}

function relatedUsers(kept: Json | undefined, { sessionName, id, name }: Actor): Json[] | undefined {
  return unique([
    sessionName,
    sessionName?.includes('@') ? sessionName.split('@', 1)[0] || undefined : undefined,
    textAt(kept, 'requestParameters', 'userName'),
    textAt(kept, 'requestParameters', 'newUserName'),
    textAt(kept, 'responseElements', 'user', 'userId'),
    id,
    name,
    textAt(kept, 'userIdentity', 'onBehalfOf', 'userId'),
  ]);
}

function unknownFields({ kept, timestamp, located }: Parts): Json[] {
  return [
    ...(timestamp === undefined ? ['@timestamp'] : []),
    'event.created',
    'event.ingested',
    ...(located?.unknown ?? []),
    ...(textAt(kept, 'userAgent') === undefined ? [] : PARSED_USER_AGENT),
  ];
}

const PARSED_USER_AGENT = ['user_agent.device', 'user_agent.name', 'user_agent.os', 'user_agent.version'];

function scalar(value: Json | undefined): Json | undefined {
  return typeof value === 'object' ? undefined : value;
}
