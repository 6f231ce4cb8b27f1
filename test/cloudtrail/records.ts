import { ecsDocument } from '../../src/cloudtrail/ecs.ts';
import type { CloudTrailRecord } from '../../src/cloudtrail/record.ts';

export const CREATE_PROFILE = {
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
} as const satisfies CloudTrailRecord;

/** What the documents of some records hold at some paths. Each row: its name, the record, path by path the value. */
export type Rows = readonly (readonly [
  name: string,
  record: CloudTrailRecord,
  fields: Readonly<Record<string, unknown>>,
])[];

/** The values at the paths that a row names, from the record's document. */
export function fieldsOf(record: CloudTrailRecord, paths: readonly string[], source?: string): Record<string, unknown> {
  const document = ecsDocument(record, source);
  return Object.fromEntries(paths.map(path => [path, fieldAt(document, path)]));
}

export function fieldAt(document: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((here, name) => (here as Record<string, unknown> | undefined)?.[name], document);
}
