import { expect, it } from 'vitest';
import { ecsDocument } from '../../src/cloudtrail/ecs.ts';
import { fieldsOf } from './records.ts';

/** Source: the digest and Insight steps of elastic/integrations' CloudTrail pipeline of 2026-08. */

const DIGEST = {
  awsAccountId: '111122223333',
  digestStartTime: '2026-11-23T01:00:00Z',
  digestEndTime: '2026-11-23T02:00:00Z',
  digestS3Bucket: 'logs',
  digestS3Object: 'AWSLogs/111122223333/CloudTrail-Digest/eu-west-1/x.json.gz',
  digestPublicKeyFingerprint: 'f',
  digestSignatureAlgorithm: 'SHA256withRSA',
  newestEventTime: '2026-11-23T01:59:00Z',
  oldestEventTime: '2026-11-23T00:55:00Z',
  previousDigestS3Bucket: 'logs',
  previousDigestS3Object: 'AWSLogs/111122223333/CloudTrail-Digest/eu-west-1/w.json.gz',
  previousDigestHashValue: 'abc',
  previousDigestHashAlgorithm: 'SHA-256',
  previousDigestSignature: 'def',
  logFiles: [{ s3Bucket: 'logs', s3Object: 'y.json.gz', hashValue: 'h', newestEventTime: '2026-11-23T01:59:00Z' }],
};

it('a digest is an event without an action, at the time when it was made', () => {
  expect(ecsDocument(DIGEST)).toEqual({
    '@timestamp': '2026-11-23T02:00:00.000Z',
    aws: {
      cloudtrail: {
        flattened: {
          digest: {
            start_time: '2026-11-23T01:00:00.000Z',
            end_time: '2026-11-23T02:00:00.000Z',
            newest_event_time: '2026-11-23T01:59:00.000Z',
            oldest_event_time: '2026-11-23T00:55:00.000Z',
            s3_bucket: 'logs',
            public_key_fingerprint: 'f',
            signature_algorithm: 'SHA256withRSA',
            previous_s3_bucket: 'logs',
            previous_s3_object: DIGEST.previousDigestS3Object,
            previous_hash_value: 'abc',
            previous_hash_algorithm: 'SHA-256',
            previous_signature: 'def',
            log_files: DIGEST.logFiles,
          },
        },
      },
    },
    cloud: { account: { id: '111122223333' }, provider: 'aws' },
    data_stream: { dataset: 'aws.cloudtrail', namespace: 'default', type: 'logs' },
    ecs: { version: '8.11.0' },
    event: { dataset: 'aws.cloudtrail', kind: 'event', module: 'aws', outcome: 'success', type: ['info'] },
    file: { path: DIGEST.digestS3Object },
    related: { hash: ['abc'] },
    unknown: ['event.created', 'event.ingested'],
  });
});

it.each([
  ['the older name of the fingerprint', { publicKeyFingerprint: 'g' }, 'public_key_fingerprint', 'g'],
  [
    'the newer one first',
    { digestPublicKeyFingerprint: 'f', publicKeyFingerprint: 'g' },
    'public_key_fingerprint',
    'f',
  ],
  ['a time that is none', { digestS3Bucket: 'b', newestEventTime: 'x' }, 'newest_event_time', undefined],
])('%s', (_, record, name, value) => {
  const path = `aws.cloudtrail.flattened.digest.${name}`;
  expect(fieldsOf(record, [path])).toEqual({ [path]: value });
});

it('an end that is no time leaves the document without one', () => {
  expect(fieldsOf({ ...DIGEST, digestEndTime: 'x' }, ['@timestamp', 'event.kind', 'error.message'])).toEqual({
    '@timestamp': undefined,
    'event.kind': 'pipeline_error',
    'error.message': ['digestEndTime is not a time'],
  });
});

const INSIGHT = {
  eventVersion: '1.08',
  eventTime: '2026-11-23T02:00:00Z',
  awsRegion: 'us-east-1',
  eventID: 'i',
  eventType: 'AwsCloudTrailInsight',
  recipientAccountId: '111122223333',
  sharedEventID: 's',
  eventCategory: 'Insight',
};

it('an Insight record keeps its details whole, numbers as Elasticsearch has them', () => {
  const details =
    '{"state": "Start", "eventName": "AttachUserPolicy", "baseline": {"average": 0.5}, "insight": {"average": 2.0}}';
  const source = `${JSON.stringify(INSIGHT).slice(0, -1)}, "insightDetails": ${details}}`;
  expect(ecsDocument(JSON.parse(source), source)).toEqual({
    '@timestamp': '2026-11-23T02:00:00.000Z',
    aws: {
      cloudtrail: {
        event_version: '1.08',
        event_category: 'Insight',
        event_type: 'AwsCloudTrailInsight',
        recipient_account_id: '111122223333',
        shared_event_id: 's',
        flattened: {
          insight_details: {
            state: 'Start',
            eventName: 'AttachUserPolicy',
            baseline: { average: 0.5 },
            insight: { average: '2.0' },
          },
        },
      },
    },
    cloud: { account: { id: '111122223333' }, provider: 'aws', region: 'us-east-1' },
    data_stream: { dataset: 'aws.cloudtrail', namespace: 'default', type: 'logs' },
    ecs: { version: '8.11.0' },
    event: { dataset: 'aws.cloudtrail', id: 'i', kind: 'event', module: 'aws', outcome: 'success', type: ['info'] },
    unknown: ['event.created', 'event.ingested'],
  });
});
