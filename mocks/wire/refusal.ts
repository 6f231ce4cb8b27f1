import type { Reply } from './reply.ts';
import { xmlDocument } from './xml.ts';

/** How a service writes: `rest-json` Roles Anywhere, `query` IAM and STS, `ec2` EC2, `aws-json` CloudTrail, `rest-xml` S3. */
export type Protocol = 'rest-json' | 'query' | 'ec2' | 'aws-json' | 'rest-xml';

/** An answer that is an error, thrown by whoever knows it. `code` is as the protocol writes it. */
export class Refusal extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, status: number, message: string) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** Refusals that every service knows, each under its own protocol's name and status. */
export type CommonRefusal =
  | 'AccessDenied'
  | 'throttle'
  | 'error500'
  | 'unavailable503'
  | 'ExpiredToken'
  | 'InvalidToken'
  | 'MissingToken'
  | 'IncompleteSignature'
  | 'UnknownOperation';

type Wire = readonly [code: string, status: number];

/** Roles Anywhere's throttling error is not in its service model; AWS answers 429 where a model says nothing else. */
const WIRE: Readonly<Record<Protocol, Readonly<Record<CommonRefusal, Wire>>>> = {
  'rest-json': {
    AccessDenied: ['AccessDeniedException', 403],
    throttle: ['ThrottlingException', 429],
    error500: ['InternalServerException', 500],
    unavailable503: ['ServiceUnavailableException', 503],
    ExpiredToken: ['ExpiredTokenException', 403],
    InvalidToken: ['UnrecognizedClientException', 403],
    MissingToken: ['MissingAuthenticationTokenException', 403],
    IncompleteSignature: ['IncompleteSignatureException', 403],
    UnknownOperation: ['UnknownOperationException', 404],
  },
  'aws-json': {
    AccessDenied: ['AccessDeniedException', 400],
    throttle: ['ThrottlingException', 400],
    error500: ['InternalFailure', 500],
    unavailable503: ['ServiceUnavailable', 503],
    ExpiredToken: ['ExpiredTokenException', 400],
    InvalidToken: ['UnrecognizedClientException', 400],
    MissingToken: ['MissingAuthenticationTokenException', 400],
    IncompleteSignature: ['IncompleteSignatureException', 400],
    UnknownOperation: ['UnknownOperationException', 400],
  },
  query: {
    AccessDenied: ['AccessDenied', 403],
    throttle: ['Throttling', 400],
    error500: ['ServiceFailure', 500],
    unavailable503: ['ServiceUnavailable', 503],
    ExpiredToken: ['ExpiredToken', 403],
    InvalidToken: ['InvalidClientTokenId', 403],
    MissingToken: ['MissingAuthenticationToken', 403],
    IncompleteSignature: ['IncompleteSignature', 403],
    UnknownOperation: ['InvalidAction', 400],
  },
  ec2: {
    AccessDenied: ['UnauthorizedOperation', 403],
    throttle: ['RequestLimitExceeded', 503],
    error500: ['InternalError', 500],
    unavailable503: ['Unavailable', 503],
    ExpiredToken: ['RequestExpired', 400],
    InvalidToken: ['AuthFailure', 401],
    MissingToken: ['MissingAuthenticationToken', 403],
    IncompleteSignature: ['IncompleteSignature', 403],
    UnknownOperation: ['InvalidAction', 400],
  },
  'rest-xml': {
    AccessDenied: ['AccessDenied', 403],
    throttle: ['SlowDown', 503],
    error500: ['InternalError', 500],
    unavailable503: ['ServiceUnavailable', 503],
    ExpiredToken: ['ExpiredToken', 400],
    InvalidToken: ['InvalidAccessKeyId', 403],
    MissingToken: ['AccessDenied', 403],
    IncompleteSignature: ['AuthorizationHeaderMalformed', 400],
    UnknownOperation: ['NotImplemented', 501],
  },
};

const MESSAGES: Readonly<Record<CommonRefusal, string>> = {
  AccessDenied: 'Access denied',
  throttle: 'Rate exceeded',
  error500: 'An internal error has occurred',
  unavailable503: 'The service is temporarily unavailable',
  ExpiredToken: 'The security token included in the request is expired',
  InvalidToken: 'The security token included in the request is invalid.',
  MissingToken: 'Missing Authentication Token',
  IncompleteSignature: 'The request signature does not conform to AWS standards',
  UnknownOperation: 'The action or operation requested is invalid',
};

export function commonRefusal(protocol: Protocol, kind: CommonRefusal, message = MESSAGES[kind]): Refusal {
  const [code, status] = WIRE[protocol][kind];
  return new Refusal(code, status, message);
}

/** The error in the protocol's own shape. */
export function refusalReply(protocol: Protocol, refusal: Refusal, requestId: string): Reply {
  const { code, status, message } = refusal;
  if (protocol === 'rest-json') {
    const headers = { 'content-type': 'application/json', 'x-amzn-errortype': code };
    return { status, headers, body: JSON.stringify({ message }) };
  }
  if (protocol === 'aws-json') {
    const body = JSON.stringify({ __type: code, message });
    return { status, headers: { 'content-type': 'application/x-amz-json-1.1' }, body };
  }
  if (protocol === 'rest-xml') {
    const body = xmlDocument('Error', { Code: code, Message: message, RequestId: requestId });
    return { status, headers: { 'content-type': 'application/xml' }, body };
  }
  const body = protocol === 'ec2' ? ec2Error(code, message, requestId) : queryError(code, status, message, requestId);
  return { status, headers: { 'content-type': 'text/xml' }, body };
}

function queryError(code: string, status: number, message: string, requestId: string): string {
  const error = { Type: status >= 500 ? 'Receiver' : 'Sender', Code: code, Message: message };
  return xmlDocument('ErrorResponse', { Error: error, RequestId: requestId });
}

function ec2Error(code: string, message: string, requestId: string): string {
  return xmlDocument('Response', { Errors: { Error: { Code: code, Message: message } }, RequestID: requestId });
}
