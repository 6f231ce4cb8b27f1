import { UserError } from '../errors.ts';

/** Why a call to AWS brought nothing: AWS's word or the network's, and what follows from it. */
export class CallFailure extends Error {
  override readonly name = 'CallFailure';
  /** AWS's error code (`AccessDenied`), the network's (`ECONNREFUSED`), or `UnreadableReply`. */
  readonly code: string;
  readonly retry: Retry;
  readonly reach: Reach;

  constructor(about: { code: string; message: string; retry: Retry; reach: Reach; cause: unknown }) {
    super(about.message, { cause: about.cause });
    this.code = about.code;
    this.retry = about.retry;
    this.reach = about.reach;
  }
}

export type Retry = 'no' | 'throttled' | 'transient' | 'hanging';

/** What would fail in the same way: this call only, the service in this region, or everything in this region. */
export type Reach = 'call' | 'service' | 'region';

/** An answer with status 200 that is not what the operation answers. */
export class UnreadableReply extends Error {
  override readonly name = 'UnreadableReply';
}

const THROTTLED = new Set([
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'RequestThrottled',
  'RequestThrottledException',
  'TooManyRequestsException',
  'RequestLimitExceeded',
  'ProvisionedThroughputExceededException',
  'SlowDown',
]);

const TRANSIENT = new Set([
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'RequestTimeout',
  'RequestTimeoutException',
  'RequestTimeTooSkewed',
  'RequestExpired',
]);

const NOBODY_THERE = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH']);

/** What AWS says about credentials: to a region that is not enabled, too. */
export const CREDENTIALS_REFUSED = new Set([
  'UnrecognizedClientException',
  'InvalidClientTokenId',
  'InvalidAccessKeyId',
  'OptInRequired',
  'AuthFailure',
  'SignatureDoesNotMatch',
  'InvalidSignatureException',
  'IncompleteSignature',
  'IncompleteSignatureException',
  'MissingAuthenticationToken',
  'MissingAuthenticationTokenException',
]);

export const CREDENTIALS_EXPIRED = new Set(['ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired']);

export const CREDENTIALS_ABSENT = new Set(['CredentialsProviderError', 'TokenProviderError', 'ProviderError']);

/** Sorts out what an SDK client threw. An error that no call to AWS explains is a bug and is thrown on as it is. */
export function failureOf(error: unknown): CallFailure {
  const about = aboutOf(error);
  if (about === undefined) throw error;
  const { code, message, status } = about;
  return new CallFailure({ code, message, retry: retryOf(code, status), reach: reachOf(code), cause: error });
}

/**
 * What to throw for an error of the first request that is no CallFailure. For a setting that the SDK cannot use it throws a bare
 * error, and it reads most of them with that request; anything else stays what it is.
 */
export function misconfigured(error: unknown): unknown {
  if (!(error instanceof Error && ['Error', 'EndpointError'].includes(error.name))) return error;
  return new UserError(`the AWS SDK cannot use its configuration: ${error.message}`, {
    hint: 'check the environment variables whose names begin with AWS_, and your AWS configuration file',
    cause: error,
  });
}

interface About {
  readonly code: string;
  readonly message: string;
  readonly status: number | undefined;
}

function aboutOf(error: unknown): About | undefined {
  if (!(error instanceof Error)) return undefined;
  const status = statusOf(error);
  const message = messageOf(error);
  if ('$fault' in error) return { code: serviceCode(error, status), message, status };
  if (error.name === 'TimeoutError' || CREDENTIALS_ABSENT.has(error.name)) return { code: error.name, message, status };
  const code = textMember(error, 'code');
  if (code !== undefined) return { code, message, status };
  if (status !== undefined && status >= 300)
    return { code: `HTTP ${status}`, message: `AWS answered with HTTP status ${status}`, status };
  if (status === undefined && !(error instanceof UnreadableReply || error instanceof SyntaxError)) return undefined;
  return { code: 'UnreadableReply', message: `the answer could not be read: ${unreadable(error, message)}`, status };
}

/** The deserialisers' own words ("Expected string, got object: [object Object]") help nobody. */
function unreadable(error: Error, message: string): string {
  return error instanceof UnreadableReply || error instanceof SyntaxError
    ? message
    : 'it is not what this operation answers';
}

/** The Query protocol's own code where there is one (`NoSuchEntity`, not the class name); a bare status otherwise. */
function serviceCode(error: Error, status: number | undefined): string {
  const code = textMember(error, 'Code') ?? error.name;
  const nameless = /^\d+$/.test(code) || /^(Unknown(Error)?|Error)$/.test(code);
  return nameless && status !== undefined ? `HTTP ${status}` : code;
}

function statusOf(error: Error): number | undefined {
  return (
    numberMember(member(error, '$metadata'), 'httpStatusCode') ?? numberMember(member(error, '$response'), 'statusCode')
  );
}

/** A refused connection to a name with several addresses comes as an AggregateError without a message of its own. */
function messageOf(error: Error): string {
  if (error.message !== '') return error.message.split('\n', 1)[0] ?? '';
  const [first] = error instanceof AggregateError ? error.errors : [];
  return first instanceof Error ? first.message : error.name;
}

function retryOf(code: string, status: number | undefined): Retry {
  if (THROTTLED.has(code) || status === 429) return 'throttled';
  if (code === 'TimeoutError') return 'hanging';
  if (TRANSIENT.has(code) || (status !== undefined && status >= 500)) return 'transient';
  return 'no';
}

function reachOf(code: string): Reach {
  if (CREDENTIALS_REFUSED.has(code) || CREDENTIALS_EXPIRED.has(code) || CREDENTIALS_ABSENT.has(code)) return 'region';
  return NOBODY_THERE.has(code) ? 'service' : 'call';
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function textMember(value: unknown, name: string): string | undefined {
  const found = member(value, name);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

function numberMember(value: unknown, name: string): number | undefined {
  const found = member(value, name);
  return typeof found === 'number' ? found : undefined;
}
