import { partition } from '@aws-sdk/core/client';
import { Sha256 } from '@smithy/core/checksum';
import {
  loadConfig,
  NODE_USE_DUALSTACK_ENDPOINT_CONFIG_OPTIONS,
  NODE_USE_FIPS_ENDPOINT_CONFIG_OPTIONS,
} from '@smithy/core/config';
import { SignatureV4 } from '@smithy/signature-v4';
import { UnreadableReply } from './failure.ts';
import type { HttpHandler, HttpResponse } from './http.ts';

/**
 * AWS Private CA without its client: the two operations that Postern needs, in AWS JSON 1.1, signed and sent with the parts that
 * the other clients brought along (the client of its own is as large as half of them together).
 */
export interface PrivateCa {
  /**
   * The answer's members, not looked into. Throws a PrivateCaError with AWS's error code, UnreadableReply for an answer that is no
   * JSON object, and the network's own errors.
   */
  call(region: string, operation: string, input: object): Promise<Readonly<Record<string, unknown>>>;
}

export interface PrivateCaSettings {
  readonly requestHandler: HttpHandler;
  readonly credentials: ConstructorParameters<typeof SignatureV4>[0]['credentials'];
  /** AWS's own when undefined. */
  readonly endpoint: string | undefined;
  /** Name of the AWS profile whose configuration says whether FIPS or dual-stack endpoints are wanted. */
  readonly profile: string | undefined;
}

/** An answer that is an error. `$fault` and `$metadata` as in the SDK's errors, which `failure.ts` sorts out. */
class PrivateCaError extends Error {
  override readonly name: string;
  readonly $fault: 'client' | 'server';
  readonly $metadata: { readonly httpStatusCode: number };

  constructor({ code, status, message }: { code: string; status: number; message: string }) {
    super(message);
    this.name = code;
    this.$fault = status < 500 ? 'client' : 'server';
    this.$metadata = { httpStatusCode: status };
  }
}

const SERVICE = 'acm-pca';
/** The service model's target prefix (API version 2017-08-22). */
const TARGET = 'ACMPrivateCA';
const CONTENT_TYPE = 'application/x-amz-json-1.1';

export function privateCa({ requestHandler, credentials, endpoint, profile }: PrivateCaSettings): PrivateCa {
  const settings = profile === undefined ? {} : { profile };
  const wantsFips = loadConfig(NODE_USE_FIPS_ENDPOINT_CONFIG_OPTIONS, settings);
  const wantsDualStack = loadConfig(NODE_USE_DUALSTACK_ENDPOINT_CONFIG_OPTIONS, settings);
  const placeOf = async (region: string) =>
    new URL(endpoint ?? endpointOf({ region, fips: await wantsFips(), dualStack: await wantsDualStack() }));
  return {
    call: async (region, operation, input) => {
      const url = await placeOf(region);
      const signer = new SignatureV4({ service: SERVICE, region, credentials, sha256: Sha256 });
      const signed = await signer.sign({
        method: 'POST',
        protocol: url.protocol,
        hostname: url.hostname,
        ...(url.port === '' ? {} : { port: Number(url.port) }),
        path: url.pathname,
        headers: { host: url.host, 'content-type': CONTENT_TYPE, 'x-amz-target': `${TARGET}.${operation}` },
        body: JSON.stringify(input),
      });
      const { response } = await requestHandler.handle(signed);
      return answerIn(response);
    },
  };
}

interface EndpointRequest {
  readonly region: string;
  readonly fips: boolean | undefined;
  readonly dualStack: boolean | undefined;
}

/** As in the service's endpoint rules: GovCloud's endpoints are FIPS endpoints by their plain names. */
export function endpointOf({ region, fips, dualStack }: EndpointRequest): string {
  const { name, dnsSuffix, dualStackDnsSuffix } = partition(region);
  const host = fips === true && (name !== 'aws-us-gov' || dualStack === true) ? `${SERVICE}-fips` : SERVICE;
  return `https://${host}.${region}.${dualStack === true ? dualStackDnsSuffix : dnsSuffix}`;
}

function answerIn({ statusCode: status, headers, body }: HttpResponse): Readonly<Record<string, unknown>> {
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
  if (status >= 200 && status < 300) return objectIn(text);
  const members = objectOrNothing(text);
  const code = nameOf(textOf(members.__type) ?? textOf(members.code) ?? headers['x-amzn-errortype']) ?? `${status}`;
  const message = textOf(members.message) ?? textOf(members.Message) ?? `AWS answered with HTTP status ${status}`;
  throw new PrivateCaError({ code, status, message });
}

/** `com.amazonaws.acmpca#InvalidStateException:http://…` -> `InvalidStateException` (AWS JSON 1.1 protocol, errors). */
function nameOf(type: string | undefined): string | undefined {
  return type?.split(':', 1)[0]?.split('#').at(-1) || undefined;
}

function objectOrNothing(text: string): Readonly<Record<string, unknown>> {
  try {
    return objectIn(text);
  } catch {
    // What stands between us and AWS answers errors with pages of its own.
    return {};
  }
}

function objectIn(text: string): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(text);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return Object(value);
  throw new UnreadableReply('it is not a JSON object');
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
