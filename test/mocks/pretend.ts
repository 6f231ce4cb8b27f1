import { afterEach } from 'vitest';
import { type PretendAws, type PretendAwsOptions, startPretendAws } from '../../mocks/server.ts';

/** The clock of all stories in tests. */
export const NOW = new Date('2026-11-24T08:00:00Z');

const running: PretendAws[] = [];

/** A pretend AWS that is closed when the test is over. */
export async function pretend(options: Partial<PretendAwsOptions> = {}): Promise<PretendAws> {
  const aws = await startPretendAws({ story: 'fleet', now: NOW, ...options });
  running.push(aws);
  return aws;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map(aws => aws.close()));
});

export interface Ask {
  readonly service: string;
  readonly region?: string;
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A request that is signed in form only, which is all that the pretend AWS looks at. */
export function ask(
  aws: PretendAws,
  { service, region = 'eu-west-1', method = 'GET', path = '/', headers = {}, body }: Ask,
): Promise<Response> {
  const signed = {
    'x-amz-date': '20261124T080000Z',
    authorization: `AWS4-HMAC-SHA256 Credential=AKIAPRETEND/20261124/${region}/${service}/aws4_request, SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`,
  };
  return fetch(aws.endpoint + path, {
    method,
    headers: { ...signed, ...headers },
    ...(body !== undefined && { body }),
  });
}

/** The IAM, STS or EC2 operation of that name, as a form. */
export function askForm(
  aws: PretendAws,
  service: string,
  parameters: Readonly<Record<string, string>>,
): Promise<Response> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return ask(aws, {
    service,
    region: 'us-east-1',
    method: 'POST',
    headers,
    body: new URLSearchParams(parameters).toString(),
  });
}

export function askCloudTrail(aws: PretendAws, input: unknown, region = 'eu-west-1'): Promise<Response> {
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': 'com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents',
  };
  return ask(aws, { service: 'cloudtrail', region, method: 'POST', headers, body: JSON.stringify(input) });
}
