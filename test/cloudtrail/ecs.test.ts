import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ecsDocument } from '../../src/cloudtrail/ecs.ts';
import type { CloudTrailRecord } from '../../src/cloudtrail/record.ts';

const CREATE_PROFILE: CloudTrailRecord = {
  eventVersion: '1.10',
  userIdentity: {
    type: 'IAMUser',
    principalId: 'AIDAEXAMPLE',
    arn: 'arn:aws:iam::111122223333:user/mallory',
    accountId: '111122223333',
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    userName: 'mallory',
  },
  eventTime: '2026-11-23T02:00:00Z',
  eventSource: 'rolesanywhere.amazonaws.com',
  eventName: 'CreateProfile',
  awsRegion: 'eu-west-1',
  sourceIPAddress: '198.51.100.7',
  userAgent: 'aws-cli/2.15.0',
  requestParameters: {
    durationSeconds: 3600,
    enabled: true,
    name: 'back-door',
    roleArns: ['arn:aws:iam::111122223333:role/admin'],
  },
  responseElements: null,
  requestID: 'request-1',
  eventID: 'event-1',
  readOnly: false,
  eventType: 'AwsApiCall',
  managementEvent: true,
  recipientAccountId: '111122223333',
  eventCategory: 'Management',
  tlsDetails: {
    tlsVersion: 'TLSv1.3',
    cipherSuite: 'TLS_AES_128_GCM_SHA256',
    clientProvidedHostHeader: 'rolesanywhere.eu-west-1.amazonaws.com',
  },
};

describe('a CreateProfile event', () => {
  it('as Elastic has it', () => {
    expect(ecsDocument(CREATE_PROFILE)).toEqual({
      '@timestamp': '2026-11-23T02:00:00.000Z',
      actor: { entity: { id: ['arn:aws:iam::111122223333:user/mallory'] } },
      aws: {
        cloudtrail: {
          event_version: '1.10',
          user_identity: {
            type: 'IAMUser',
            arn: 'arn:aws:iam::111122223333:user/mallory',
            access_key_id: 'AKIAIOSFODNN7EXAMPLE',
          },
          event_category: 'Management',
          event_type: 'AwsApiCall',
          request_id: 'request-1',
          management_event: 'true',
          read_only: false,
          recipient_account_id: '111122223333',
          request_parameters:
            '{durationSeconds=3600, name=back-door, enabled=true, roleArns=[arn:aws:iam::111122223333:role/admin]}',
          flattened: { request_parameters: CREATE_PROFILE.requestParameters },
        },
      },
      cloud: {
        account: { id: '111122223333' },
        provider: 'aws',
        region: 'eu-west-1',
        service: { name: 'rolesanywhere' },
      },
      data_stream: { dataset: 'aws.cloudtrail', namespace: 'default', type: 'logs' },
      ecs: { version: '8.11.0' },
      event: {
        action: 'CreateProfile',
        dataset: 'aws.cloudtrail',
        id: 'event-1',
        kind: 'event',
        module: 'aws',
        outcome: 'success',
        provider: 'rolesanywhere.amazonaws.com',
        type: ['info'],
      },
      related: {
        entity: ['AKIAIOSFODNN7EXAMPLE', 'arn:aws:iam::111122223333:user/mallory', 'mallory'],
        ip: ['198.51.100.7'],
        user: ['AIDAEXAMPLE', 'mallory'],
      },
      source: { address: '198.51.100.7', ip: '198.51.100.7' },
      tls: {
        cipher: 'TLS_AES_128_GCM_SHA256',
        client: { server_name: 'rolesanywhere.eu-west-1.amazonaws.com' },
        version: '1.3',
        version_protocol: 'tls',
      },
      user: {
        entity: { id: ['arn:aws:iam::111122223333:user/mallory'] },
        id: 'AIDAEXAMPLE',
        name: 'mallory',
      },
      user_agent: { original: 'aws-cli/2.15.0' },
      unknown: [
        'event.created',
        'event.ingested',
        'source.as',
        'source.geo',
        'user_agent.device',
        'user_agent.name',
        'user_agent.os',
        'user_agent.version',
      ],
    });
  });
});

/** Each row: what is different from the record above, and what the document then holds. */
describe.each<[string, CloudTrailRecord, Record<string, unknown>]>([
  [
    'errorCode alone fails',
    { errorCode: 'AccessDenied' },
    { 'event.outcome': 'failure', 'aws.cloudtrail.error_code': 'AccessDenied' },
  ],
  ['errorMessage alone fails', { errorMessage: 'no' }, { 'event.outcome': 'failure' }],
  ['an errorCode of 200 fails', { errorCode: '200' }, { 'event.outcome': 'failure' }],
  [
    'a dropped errorCode does not',
    { errorCode: '-', errorMessage: 'none' },
    { 'event.outcome': 'success', 'aws.cloudtrail.error_code': undefined },
  ],
  [
    'a console login says itself how it went',
    {
      eventName: 'ConsoleLogin',
      eventSource: 'signin.amazonaws.com',
      errorMessage: 'Failed authentication',
      responseElements: { ConsoleLogin: 'Success' },
      additionalEventData: { LoginTo: 'https://x/', MobileVersion: 'No', MFAUsed: 'Yes' },
    },
    {
      'event.outcome': 'success',
      'event.category': ['authentication'],
      'event.type': ['info'],
      'aws.cloudtrail.console_login.additional_eventdata': {
        login_to: 'https://x/',
        mobile_version: false,
        mfa_used: true,
      },
    },
  ],
  [
    'a user authentication names its user among the additional data',
    {
      eventName: 'UserAuthentication',
      userIdentity: { type: 'IdentityCenterUser' },
      additionalEventData: { UserName: 'ann@example.org', x: 'y' },
    },
    {
      'user.name': 'ann@example.org',
      'user.email': 'ann@example.org',
      'aws.cloudtrail.additional_eventdata': '{x=y}',
      'aws.cloudtrail.flattened.additional_eventdata': { x: 'y' },
    },
  ],
  [
    'a user authentication with a user keeps the additional data',
    { eventName: 'UserAuthentication', additionalEventData: { UserName: 'ann' } },
    { 'user.name': 'mallory', 'aws.cloudtrail.additional_eventdata': '{UserName=ann}' },
  ],
  [
    'an assumed role is named after its role, the session becomes related',
    {
      userIdentity: {
        type: 'AssumedRole',
        principalId: 'AROAEXAMPLE:ann@example.org',
        arn: 'arn:aws:sts::111122223333:assumed-role/Admin/ann@example.org',
        sessionContext: {
          sessionIssuer: {
            type: 'Role',
            principalId: 'AROAEXAMPLE',
            arn: 'arn:aws:iam::111122223333:role/Admin',
            accountId: '111122223333',
            userName: 'Admin',
          },
          webIdFederationData: {},
          attributes: { creationDate: '2022-03-21T22:40:46Z', mfaAuthenticated: 'false' },
        },
      },
    },
    {
      'user.name': 'Admin',
      'user.id': 'AROAEXAMPLE:ann@example.org',
      'user.email': 'ann@example.org',
      'related.user': ['ann@example.org', 'ann', 'AROAEXAMPLE:ann@example.org', 'Admin'],
      'cloud.account.id': '111122223333',
      'aws.cloudtrail.user_identity.session_context': {
        creation_date: '2022-03-21T22:40:46.000Z',
        mfa_authenticated: 'false',
        session_issuer: {
          type: 'Role',
          principal_id: 'AROAEXAMPLE',
          arn: 'arn:aws:iam::111122223333:role/Admin',
          account_id: '111122223333',
        },
      },
    },
  ],
  [
    'a service is no user',
    {
      userIdentity: { type: 'AWSService', invokedBy: 'ec2.amazonaws.com', principalId: 'x', userName: 'y' },
      sourceIPAddress: 'ec2.amazonaws.com',
    },
    {
      'service.name': 'ec2.amazonaws.com',
      user: undefined,
      'source.address': 'ec2.amazonaws.com',
      'source.ip': undefined,
      'related.user': undefined,
    },
  ],
  [
    'nor is a service-linked role',
    {
      userIdentity: {
        type: 'AssumedRole',
        principalId: 'x',
        sessionContext: {
          sessionIssuer: { arn: 'arn:aws:iam::1:role/aws-service-role/config.amazonaws.com/R', userName: 'R' },
        },
      },
    },
    { 'service.name': 'config.amazonaws.com', user: undefined },
  ],
  [
    'an Identity Center user has the id of its store',
    { userIdentity: { type: 'IdentityCenterUser', onBehalfOf: { userId: 'u-1', identityStoreArn: 'arn:s' } } },
    {
      'user.id': 'u-1',
      'aws.cloudtrail.user_identity.on_behalf_of': { user_id: 'u-1', identity_store_arn: 'arn:s' },
      'related.user': ['u-1'],
    },
  ],
  [
    'the account falls back to the recipient',
    { userIdentity: { type: 'AWSAccount' } },
    { 'cloud.account.id': '111122223333' },
  ],
  [
    'a list of addresses is no address',
    { sourceIPAddress: '10.0.0.1, 10.0.0.2' },
    { 'source.address': '10.0.0.1, 10.0.0.2', 'source.ip': undefined },
  ],
  ['IPv6', { sourceIPAddress: '2001:db8::1' }, { 'source.ip': '2001:db8::1' }],
  ['AWS Internal', { sourceIPAddress: 'AWS Internal' }, { 'source.ip': undefined, 'related.hosts': undefined }],
  [
    'a foreign source host is related',
    { sourceIPAddress: 'host.example.org' },
    { 'related.hosts': ['host.example.org'] },
  ],
  [
    'foreign hosts and instances are related',
    {
      requestParameters: {
        computerName: 'pc',
        instanceId: 'i-0123456789',
        instanceIds: ['i-0123456789', 'i-abcdefghij', 'i-short'],
      },
      responseElements: { instancesSet: { items: [{ instanceId: 'i-9999999999' }] } },
      resources: [{ ARN: 'arn:aws:ec2:eu-west-1:1:instance/i-8888888888' }],
      tlsDetails: { clientProvidedHostHeader: 'vpce.example.org' },
    },
    { 'related.hosts': ['vpce.example.org', 'pc', 'i-8888888888', 'i-0123456789', 'i-abcdefghij', 'i-9999999999'] },
  ],
  ['an older TLS version text', { tlsDetails: { tlsVersion: '1.3' } }, { tls: { version: '1.3' } }],
  [
    'a TLS placeholder drops all',
    { tlsDetails: { tlsVersion: 'tlsVersion', cipherSuite: 'cipherSuite' } },
    { tls: undefined },
  ],
  [
    'the key exchange',
    { tlsDetails: { keyExchange: 'x25519' } },
    { 'aws.cloudtrail.tls_details.key_exchange': 'x25519' },
  ],
  [
    'resources are told once, the last one wins',
    {
      resources: [
        { ARN: 'a', accountId: '1', type: 't', x: 1 },
        { ARN: 'a', accountId: '1', type: 't', x: 2 },
        { ARN: 'b', type: 't' },
      ],
    },
    {
      'aws.cloudtrail.resources': [
        { arn: 'a', account_id: '1', type: 't', x: 2 },
        { arn: 'b', type: 't' },
      ],
    },
  ],
  [
    'users and groups that are acted on',
    {
      requestParameters: { userName: 'old', newUserName: 'new', groupName: 'g' },
      responseElements: { group: { groupId: 'G1' }, user: { userId: 'U1' } },
    },
    {
      'user.target': { id: 'U1', name: 'old' },
      'user.changes.name': 'new',
      group: { id: 'G1', name: 'g' },
      'related.user': ['old', 'new', 'U1', 'AIDAEXAMPLE', 'mallory'],
    },
  ],
  [
    'bare text stays text',
    { requestParameters: 'hello' },
    { 'aws.cloudtrail.request_parameters': 'hello', 'aws.cloudtrail.flattened.request_parameters': 'hello' },
  ],
  [
    'what is too long is not copied',
    { requestParameters: { a: 'x'.repeat(32_763) } },
    { 'aws.cloudtrail.flattened': undefined },
  ],
  [
    'what just fits is',
    { requestParameters: { a: 'x'.repeat(32_761) } },
    { 'aws.cloudtrail.flattened.request_parameters': { a: 'x'.repeat(32_761) } },
  ],
  ['no time', { eventTime: 'yesterday' }, { '@timestamp': undefined, 'event.kind': 'pipeline_error' }],
  [
    'a listed name',
    { eventName: 'CreateUser', eventSource: 'iam.amazonaws.com' },
    { 'event.category': ['iam'], 'event.type': ['user', 'creation'] },
  ],
  [
    'wrong shapes',
    { userIdentity: 'x', tlsDetails: [1], resources: {}, eventName: { a: 1 }, sourceIPAddress: 7 },
    { 'event.action': undefined, 'source.address': '7', 'aws.cloudtrail.resources': undefined },
  ],
])('%s', (_, change, expected) => {
  const document = ecsDocument({ ...CREATE_PROFILE, ...change });

  it.each(Object.entries(expected))('%s', (path, value) => {
    expect(at(document, path)).toEqual(value);
  });
});

it('says what it cannot know only where there would be something to know', () => {
  const { sourceIPAddress, userAgent, ...rest } = CREATE_PROFILE;
  expect(ecsDocument(rest).unknown).toEqual(['event.created', 'event.ingested']);
  expect([sourceIPAddress, userAgent]).not.toContain(undefined);
});

it('keeps a member called __proto__ a member', () => {
  const record = JSON.parse(
    '{"requestParameters": {"__proto__": {"polluted": true}}, "__proto__": {"eventName": "x"}}',
  );
  const document = ecsDocument(record);
  expect(JSON.stringify(document)).toContain('{"__proto__":{"polluted":true}}');
  expect(at(document, 'event.action')).toBeUndefined();
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

it('never throws, whatever the shape', () => {
  const names = Object.keys(CREATE_PROFILE).concat('__proto__', 'resources', 'additionalEventData', 'addendum');
  const records = fc.dictionary(fc.constantFrom(...names), fc.jsonValue({ maxDepth: 4 }));
  fc.assert(
    fc.property(records, record => {
      expect(JSON.parse(JSON.stringify(ecsDocument({ ...record })))).toBeTypeOf('object');
      ecsDocument({ ...CREATE_PROFILE, ...record });
    }),
  );
});

it('never throws, however deep', () => {
  const deep = JSON.parse(`${'{"a":['.repeat(20_000)}1${']}'.repeat(20_000)}`);
  expect(() =>
    JSON.stringify(ecsDocument({ ...CREATE_PROFILE, requestParameters: deep, userIdentity: deep })),
  ).not.toThrow();
});

it('is done at once with an ARN made of slashes', () => {
  const arn = `arn:aws:sts::111122223333:${'/'.repeat(500_000)}\n`;
  const document = ecsDocument({ ...CREATE_PROFILE, userIdentity: { type: 'AssumedRole', arn } });
  expect(at(document, 'aws.cloudtrail.user_identity.arn')).toBe(arn);
}, 5_000);

const REAL = '../shared/data/cloudtrail/rolesanywhere-real-records.json';

describe.skipIf(!existsSync(REAL))('real records', () => {
  const records: CloudTrailRecord[] = existsSync(REAL) ? JSON.parse(readFileSync(REAL, 'utf8')).Records : [];
  it.each([
    [0, 'CreateTrustAnchor', 'christophe'],
    [1, 'CreateProfile', 'christophe'],
    [2, 'UpdateProfile', 'Admin'],
  ])('%i is %s by %s', (i, action, user) => {
    const document = ecsDocument(records[i] ?? {});
    expect(document.event).toMatchObject({ action, provider: 'rolesanywhere.amazonaws.com', outcome: 'success' });
    expect(document.data_stream).toMatchObject({ dataset: 'aws.cloudtrail' });
    expect(at(document, 'user.name')).toBe(user);
  });
});

function at(document: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((here, name) => (here as Record<string, unknown> | undefined)?.[name], document);
}
