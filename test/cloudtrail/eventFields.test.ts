import { describe, expect, it } from 'vitest';
import { ecsDocument } from '../../src/cloudtrail/ecs.ts';
import { vocabularyFor } from '../../src/documents/fields.ts';
import { compileKql } from '../../src/query/kql.ts';
import type { FieldType } from '../../src/query/query.ts';
import { CREATE_PROFILE } from './records.ts';

const VOCABULARY = vocabularyFor('event');

function asks(query: string, record: object): string {
  return compileKql(query, { vocabulary: VOCABULARY, now: new Date(0) }).ask(ecsDocument({ ...record }));
}

/**
 * Every field that Elastic's rules for AWS read (elastic/detection-rules, rules/integrations/aws and the CloudTrail ones of
 * rules_building_block, 2026-08), and its type: elastic/integrations, packages/aws/data_stream/cloudtrail/fields, and
 * Elasticsearch's ecs@mappings for those of ECS. One rule reads kibana.alert.*, which are of alerts, not of events.
 */
const READ_BY_RULES: Readonly<Partial<Record<FieldType, readonly string[]>>> = {
  constant_keyword: ['data_stream.dataset', 'data_stream.namespace', 'event.dataset'],
  keyword: [
    'event.action',
    'event.provider',
    'event.outcome',
    'event.id',
    'event.kind',
    'event.category',
    'event.type',
    'aws.cloudtrail.user_identity.type',
    'aws.cloudtrail.user_identity.arn',
    'aws.cloudtrail.user_identity.access_key_id',
    'aws.cloudtrail.user_identity.invoked_by',
    'aws.cloudtrail.user_identity.session_context.session_issuer.arn',
    'aws.cloudtrail.session_credential_from_console',
    'aws.cloudtrail.request_parameters',
    'aws.cloudtrail.response_elements',
    'aws.cloudtrail.additional_eventdata',
    'aws.cloudtrail.error_code',
    'aws.cloudtrail.event_category',
    'aws.cloudtrail.recipient_account_id',
    'aws.cloudtrail.resources.arn',
    'aws.cloudtrail.resources.account_id',
    'aws.cloudtrail.resources.type',
    'cloud.account.id',
    'cloud.region',
    'entity.target.id',
    'related.entity',
    'source.address',
    'source.as.organization.name',
    'source.geo.city_name',
    'source.geo.country_iso_code',
    'source.geo.country_name',
    'tls.client.server_name',
    'user.changes.name',
    'user.entity.id',
    'user.id',
    'user.name',
    'user.target.name',
    'user_agent.name',
    'user_agent.original',
  ],
  ip: ['source.ip'],
  long: ['source.as.number'],
  date: ['@timestamp', 'event.ingested'],
  boolean: ['aws.cloudtrail.console_login.additional_eventdata.mfa_used', 'aws.cloudtrail.read_only'],
  flattened: [
    'aws.cloudtrail.flattened.request_parameters.x-amz-acl',
    'aws.cloudtrail.flattened.request_parameters.x-amz-server-side-encryption-customer-algorithm',
    'aws.cloudtrail.flattened.request_parameters.ipPermissions.items.ipRanges.items.cidrIp',
    'aws.cloudtrail.flattened.request_parameters.groupSet.items.groupId',
    'aws.cloudtrail.flattened.response_elements.documentDescription.documentType',
  ],
};

describe('a field that rules read is known', () => {
  const rows = Object.entries(READ_BY_RULES).flatMap(([type, names]) => names.map(name => [name, type] as const));
  it.each(rows)('%s, as %s', (name, type) => {
    expect(VOCABULARY.mapping(name)?.type).toBe(type);
  });
});

/** A record with every member that the mapping reads. */
const FULL = {
  ...CREATE_PROFILE,
  eventSource: 'ssm.amazonaws.com',
  eventName: 'SendCommand',
  userIdentity: {
    ...CREATE_PROFILE.userIdentity,
    type: 'AssumedRole',
    arn: 'arn:aws:sts::1:assumed-role/A/ann@example.org',
    invokedBy: 'x',
    invokedByDelegate: { accountId: 'x' },
    credentialId: 'x',
    identityProvider: 'x',
    inScopeOf: { issuerType: 'x', credentialsIssuedTo: 'x', sourceArn: 'x', sourceAccount: 'x' },
    onBehalfOf: { userId: 'x', identityStoreArn: 'x' },
    sessionContext: {
      attributes: { creationDate: 'x', mfaAuthenticated: 'false' },
      sessionIssuer: { type: 'x', principalId: 'x', arn: 'x', accountId: 'x', userName: 'x' },
      ec2RoleDelivery: 'x',
      sourceIdentity: 'x',
      webIdFederationData: { federatedProvider: 'x', attributes: { x: 'x' } },
      assumedRoot: 'x',
      signInSessionArn: 'x',
    },
  },
  errorCode: 'x',
  errorMessage: 'x',
  apiVersion: 'x',
  sharedEventID: 'x',
  vpcEndpointId: 'x',
  vpcEndpointAccountId: 'x',
  sessionCredentialFromConsole: 'x',
  addendum: { reason: 'x', updatedFields: 'x', originalRequestID: 'x', originalEventID: 'x' },
  requestParameters: {
    instanceIds: ['i-0123456789', 'sg-1', 'x', 'arn:aws:iam::1:role/r'],
    userName: 'x',
    newUserName: 'x',
    groupName: 'x',
  },
  responseElements: { group: { groupId: 'x' }, user: { userId: 'x' } },
  additionalEventData: { x: 'x' },
  serviceEventDetails: { sourceIpAddress: '10.0.0.1' },
  insightDetails: { x: 'x' },
  resources: [{ ARN: 'x', accountId: 'x', type: 'x' }],
  tlsDetails: { tlsVersion: 'TLSv1.3', cipherSuite: 'x', clientProvidedHostHeader: 'x', keyExchange: 'x' },
  digestEndTime: 'x',
  digestS3Object: 'x',
  previousDigestHashValue: 'x',
};
const LOGIN = {
  eventName: 'ConsoleLogin',
  additionalEventData: { LoginTo: 'x', MobileVersion: 'No', MFAUsed: 'No' },
};

it('every field of a document is in the vocabulary, and unknown ones are too', () => {
  const records = [
    FULL,
    LOGIN,
    { ...FULL, userIdentity: { ...FULL.userIdentity, type: 'AWSService', arn: 'x' } },
    { ...FULL, userIdentity: { arn: 'i-0123456789' } },
    { ...FULL, userIdentity: { arn: 'x' } },
    { userIdentity: { sessionContext: { attributes: { creationDate: '2026-11-23T02:00:00Z' } } } },
  ];
  const paths = new Set(records.flatMap(record => leaves(ecsDocument(record))));
  const unknown = ecsDocument(FULL).unknown as readonly string[];
  expect([...paths].filter(path => VOCABULARY.mapping(path) === undefined)).toEqual([]);
  expect(unknown.filter(path => !VOCABULARY.names.some(name => `${name}.`.startsWith(`${path}.`)))).toEqual([]);
  expect(VOCABULARY.names.filter(name => !paths.has(name) && !isAbove(name, paths)).sort()).toEqual([
    'event.created',
    'event.ingested',
    'postern.known_actor',
    'postern.known_network',
    'source.as.number',
    'source.as.organization.name',
    'source.geo.city_name',
    'source.geo.continent_name',
    'source.geo.country_iso_code',
    'source.geo.country_name',
    'source.geo.location',
    'source.geo.region_iso_code',
    'source.geo.region_name',
    'user_agent.device.name',
    'user_agent.name',
    'user_agent.os.full',
    'user_agent.os.name',
    'user_agent.os.version',
    'user_agent.version',
  ]);
});

function leaves(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap(item => leaves(item, path));
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([name, item]) => leaves(item, path === '' ? name : `${path}.${name}`));
}

function isAbove(name: string, paths: ReadonlySet<string>): boolean {
  return [...paths].some(path => path.startsWith(`${name}.`));
}

/** A longer string is not indexed: it is in the document, but no query finds it, nor that it exists. */
describe('the length up to which a string is found', () => {
  it.each<[string, number, (text: string) => object]>([
    ['user_agent.original', 1024, userAgent => ({ userAgent })],
    ['aws.cloudtrail.error_message', 1024, errorMessage => ({ errorMessage })],
    ['aws.cloudtrail.request_parameters', 8191, requestParameters => ({ requestParameters })],
    ['aws.cloudtrail.response_elements', 8191, responseElements => ({ responseElements })],
    ['aws.cloudtrail.additional_eventdata', 1024, additionalEventData => ({ additionalEventData })],
    ['aws.cloudtrail.service_event_details', 1024, serviceEventDetails => ({ serviceEventDetails })],
  ])('of %s is %i', (name, length, record) => {
    expect(VOCABULARY.mapping(name)?.ignoreAbove).toBe(length);
    expect(asks(`${name}: *x*`, record('x'.repeat(length)))).toBe('yes');
    expect(asks(`${name}: *x*`, record('x'.repeat(length + 1)))).toBe('no');
    expect(asks(`${name}: *`, record('x'.repeat(length + 1)))).toBe('no');
    expect(JSON.stringify(ecsDocument({ ...record('x'.repeat(length + 1)) }))).toContain('x'.repeat(length + 1));
  });

  it('of a flattened copy is any', () => {
    const requestParameters = { a: 'x'.repeat(20_000) };
    expect(asks('aws.cloudtrail.flattened.request_parameters.a: x*', { requestParameters })).toBe('yes');
  });
});

it('asks of entities as of any field', () => {
  expect(asks('target.entity.id: i-0123456789 and host.target.id: *', FULL)).toBe('yes');
  expect(asks('entity.target.id: *', CREATE_PROFILE)).toBe('no');
});
