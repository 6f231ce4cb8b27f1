import type { CloudTrailRecord } from '../account.ts';
import type { Actor } from './actors.ts';
import { uuidFrom } from './ids.ts';

export interface RecordRequest {
  readonly region: string;
  readonly at: Date;
  /** `rolesanywhere`, `iam` … */
  readonly service: string;
  readonly name: string;
  readonly by: Actor;
  readonly readOnly?: boolean;
  readonly request?: unknown;
  readonly response?: unknown;
  readonly error?: { readonly code: string; readonly message: string };
}

/** A CloudTrail management event, made up in the shape of real ones. */
export function recordFrom(account: string, asked: RecordRequest): CloudTrailRecord {
  const { region, at, service, name, by, error } = asked;
  const seed = `${account}/${region}/${service}/${name}/${at.toISOString()}/${by.arn}/${JSON.stringify(asked.request ?? null)}`;
  return {
    eventVersion: '1.10',
    userIdentity: by.identity,
    eventTime: `${at.toISOString().slice(0, 19)}Z`,
    eventSource: `${service}.amazonaws.com`,
    eventName: name,
    awsRegion: region,
    sourceIPAddress: by.sourceIp,
    userAgent: by.userAgent,
    ...(error !== undefined && { errorCode: error.code, errorMessage: error.message }),
    requestParameters: asked.request ?? null,
    responseElements: asked.response ?? null,
    requestID: uuidFrom(`request/${seed}`),
    eventID: uuidFrom(`event/${seed}`),
    readOnly: asked.readOnly ?? false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: account,
    eventCategory: 'Management',
    ...(by.identity.type !== 'AWSService' && { tlsDetails: tls(service, region) }),
  };
}

/** Tags do not appear in CloudTrail (the service model marks them as sensitive). */
export const HIDDEN_TAGS = [{ key: 'HIDDEN_DUE_TO_SECURITY_REASONS', value: 'HIDDEN_DUE_TO_SECURITY_REASONS' }];

function tls(service: string, region: string): unknown {
  const host = service === 'iam' ? 'iam.amazonaws.com' : `${service}.${region}.amazonaws.com`;
  return { tlsVersion: 'TLSv1.3', cipherSuite: 'TLS_AES_128_GCM_SHA256', clientProvidedHostHeader: host };
}
