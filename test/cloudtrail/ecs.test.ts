import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ecsDocument } from '../../src/cloudtrail/ecs.ts';
import type { CloudTrailRecord } from '../../src/cloudtrail/record.ts';
import { CREATE_PROFILE, fieldAt } from './records.ts';

it('a CreateProfile event as Elastic has it', () => {
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

it('a record of nothing is an event all the same', () => {
  expect(ecsDocument({})).toEqual({
    aws: { cloudtrail: {} },
    cloud: { provider: 'aws' },
    data_stream: { dataset: 'aws.cloudtrail', namespace: 'default', type: 'logs' },
    ecs: { version: '8.11.0' },
    event: { dataset: 'aws.cloudtrail', kind: 'event', module: 'aws', outcome: 'success', type: ['info'] },
    unknown: ['@timestamp', 'event.created', 'event.ingested'],
  });
});

it('says what it cannot know only where there would be something to know', () => {
  const { sourceIPAddress, userAgent, ...rest } = CREATE_PROFILE;
  expect(ecsDocument(rest).unknown).toEqual(['event.created', 'event.ingested']);
  expect(ecsDocument({ ...rest, eventTime: 'yesterday' }).unknown).toEqual([
    '@timestamp',
    'event.created',
    'event.ingested',
  ]);
  expect([sourceIPAddress, userAgent]).not.toContain(undefined);
});

it('keeps a member called __proto__ a member', () => {
  const source = '{"requestParameters": {"__proto__": {"polluted": true}}, "__proto__": {"eventName": "x"}}';
  for (const document of [ecsDocument(JSON.parse(source)), ecsDocument(JSON.parse(source), source)]) {
    expect(JSON.stringify(document)).toContain('{"__proto__":{"polluted":true}}');
    expect(fieldAt(document, 'aws.cloudtrail.request_parameters')).toBe('{__proto__={polluted=true}}');
    expect(fieldAt(document, 'event.action')).toBeUndefined();
  }
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

it('leaves a record as it was', () => {
  const record = structuredClone(CREATE_PROFILE);
  ecsDocument(record, JSON.stringify(record));
  expect(record).toEqual(CREATE_PROFILE);
});

const NAMES = [
  ...Object.keys(CREATE_PROFILE),
  ...['__proto__', 'resources', 'additionalEventData', 'addendum', 'insightDetails', 'digestEndTime', 'logFiles'],
];
const SOURCES = ['ec2', 'iam', 'lambda', 'monitoring', 'rds', 's3', 'ssm', 'sts'].map(name => `${name}.amazonaws.com`);

it('never throws, whatever the shape', () => {
  const json = fc.jsonValue({ maxDepth: 4 });
  const records = fc.record({
    any: fc.dictionary(fc.constantFrom(...NAMES), json),
    eventSource: fc.constantFrom(...SOURCES),
    eventName: fc.oneof(json, fc.constantFrom('SendCommand', 'DeleteAlarms', 'AssumeRole', 'ListFunctions2015')),
    requestParameters: fc.dictionary(fc.constantFrom('instanceIds', 'targets', 'alarmNames', 'toString'), json),
    resources: json,
  });
  fc.assert(
    fc.property(records, ({ any, ...some }) => {
      expect(JSON.parse(JSON.stringify(ecsDocument({ ...any })))).toBeTypeOf('object');
      ecsDocument({ ...CREATE_PROFILE, ...any });
      ecsDocument({ ...CREATE_PROFILE, ...some });
    }),
  );
});

it('is the same with its text and without where numbers and keys are plain', () => {
  const payload = fc.dictionary(
    fc.stringMatching(/^[a-z]{0,6}$/),
    fc.oneof(fc.string(), fc.boolean(), fc.integer(), fc.constant(null), fc.array(fc.string())),
  );
  fc.assert(
    fc.property(payload, payload, (requestParameters, responseElements) => {
      const record = { ...CREATE_PROFILE, requestParameters, responseElements };
      expect(ecsDocument(record, JSON.stringify(record, null, 2))).toEqual(ecsDocument(record));
    }),
  );
});

it('is the same when its text is no JSON', () => {
  for (const source of ['', '{', '[]', '{"requestParameters": {"a": 1}', '{"requestParameters": {"a": \\}}']) {
    expect(ecsDocument(CREATE_PROFILE, source)).toEqual(ecsDocument(CREATE_PROFILE));
  }
});

it('never throws, however deep', () => {
  const source = `${'{"a":['.repeat(20_000)}1${']}'.repeat(20_000)}`;
  const deep = JSON.parse(source);
  const record = { ...CREATE_PROFILE, requestParameters: deep, userIdentity: deep };
  expect(() => JSON.stringify(ecsDocument(record))).not.toThrow();
  expect(() => JSON.stringify(ecsDocument(record, `{"requestParameters": ${source}}`))).not.toThrow();
});

it('is done at once with an ARN made of slashes', () => {
  const arn = `arn:aws:sts::111122223333:${'/'.repeat(500_000)}\n`;
  const document = ecsDocument({ ...CREATE_PROFILE, userIdentity: { type: 'AssumedRole', arn } });
  expect(fieldAt(document, 'aws.cloudtrail.user_identity.arn')).toBe(arn);
}, 5_000);

const REAL = '../shared/data/cloudtrail/rolesanywhere-real-records.json';

describe.skipIf(!existsSync(REAL))('real records', () => {
  const records: CloudTrailRecord[] = existsSync(REAL) ? JSON.parse(readFileSync(REAL, 'utf8')).Records : [];
  it.each([
    [0, 'CreateTrustAnchor', 'christophe'],
    [1, 'CreateProfile', 'christophe'],
    [2, 'UpdateProfile', 'Admin'],
  ])('%i is %s by %s', (i, action, user) => {
    const record = records[i] ?? {};
    const document = ecsDocument(record, JSON.stringify(record));
    expect(document.event).toMatchObject({ action, provider: 'rolesanywhere.amazonaws.com', outcome: 'success' });
    expect(document.data_stream).toMatchObject({ dataset: 'aws.cloudtrail' });
    expect(fieldAt(document, 'user.name')).toBe(user);
    expect(document.error).toBeUndefined();
    expect(document).toEqual(ecsDocument(record));
  });

  it('a trust anchor is a target, a profile is none', () => {
    expect(records.map(record => fieldAt(ecsDocument(record), 'service.target.entity.id'))).toEqual([
      [fieldAt(records[0], 'responseElements.trustAnchor.trustAnchorArn')],
      undefined,
      undefined,
    ]);
  });
});
