import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Account, isEnabled } from './account.ts';
import { uuidFrom } from './build/ids.ts';
import { type Fault, type FaultKind, faultFinder, malformedBody, pause, SLOW_MS } from './faults.ts';
import { rateLimiter } from './limits.ts';
import { cloudTrail } from './services/cloudtrail.ts';
import { ec2 } from './services/ec2.ts';
import { iam } from './services/iam.ts';
import { rolesAnywhere } from './services/rolesanywhere.ts';
import type { Operation, Service } from './services/service.ts';
import { sts } from './services/sts.ts';
import { accountOf } from './stories.ts';
import { type CommonRefusal, commonRefusal, type Protocol, Refusal, refusalReply } from './wire/refusal.ts';
import type { Reply } from './wire/reply.ts';
import { type AwsRequest, awsRequest, type RawRequest, signatureOf } from './wire/request.ts';

export type { Fault, FaultKind } from './faults.ts';
export { STORIES } from './stories.ts';

export interface PretendAwsOptions {
  /** A name of STORIES: `break-in`, `large=500` … */
  readonly story: string;
  /** The story's clock; everything in it is relative to this. */
  readonly now: Date;
  /** Any free port when absent. */
  readonly port?: number;
  /** No page is larger than this. */
  readonly pageSize?: number;
  /** Milliseconds that every answer takes. */
  readonly latencyMs?: number;
  /** The story's own choice when absent, which is `none` for all that are demos. */
  readonly limits?: 'aws' | 'none';
  /** On top of the story's own. */
  readonly faults?: readonly Fault[];
}

export interface PretendAws {
  readonly endpoint: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** How fast a client may go without being refused. */
  readonly pace: 'aws' | 'none';
  /** Every request so far, in order of arrival. */
  readonly requests: readonly SeenRequest[];
  readonly close: () => Promise<void>;
}

export interface SeenRequest {
  /** As in the credential scope; empty when the request was not signed. */
  readonly service: string;
  readonly operation: string;
  readonly region: string;
  /** Of the answer; 0 where there was none. */
  readonly status: number;
  /** What a request was about: an id, an ARN or a name. */
  readonly resource?: string;
}

/**
 * Listens on 127.0.0.1 and answers as AWS would answer for the story's account. Throws an Error that lists the stories
 * when there is none of that name.
 */
export async function startPretendAws(options: PretendAwsOptions): Promise<PretendAws> {
  const account = accountOf(options.story, options.now);
  const limits = options.limits ?? account.limits;
  const requests: SeenRequest[] = [];
  const desk = frontDesk({ options, account, limits, requests });
  const server = createServer((incoming, response) => void desk(incoming, response));
  server.keepAliveTimeout = 60_000;
  await listening(server, options.port ?? 0);
  const { port } = server.address() as AddressInfo;
  const close = (): Promise<void> => closed(server);
  return { endpoint: `http://127.0.0.1:${port}`, credentials: account.credentials, pace: limits, requests, close };
}

const SERVICES: ReadonlyMap<string, Service> = new Map([
  ['rolesanywhere', rolesAnywhere],
  ['iam', iam],
  ['cloudtrail', cloudTrail],
  ['sts', sts],
  ['ec2', ec2],
]);

interface Desk {
  readonly options: PretendAwsOptions;
  readonly account: Account;
  readonly limits: 'aws' | 'none';
  readonly requests: SeenRequest[];
}

/** What happens to one request, before anything is written. */
interface Outcome {
  readonly seen: Omit<SeenRequest, 'status'>;
  readonly protocol: Protocol;
  readonly reply: Reply;
  /** How the reply is spoilt on its way. */
  readonly fault?: FaultKind;
}

function frontDesk({ options, account, limits, requests }: Desk) {
  const faultFor = faultFinder([...(options.faults ?? []), ...account.faults]);
  const isAllowed = rateLimiter(() => performance.now());

  return async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const raw = await read(incoming);
    if (raw === undefined) return;
    const requestId = uuidFrom(`${requests.length}/${raw.url}`);
    const outcome = outcomeOf(raw, requestId);
    const isSilent = outcome.fault === 'hang' || outcome.fault === 'reset';
    requests.push({ ...outcome.seen, status: isSilent ? 0 : outcome.reply.status });
    await pause((options.latencyMs ?? 0) + (outcome.fault === 'slow' ? SLOW_MS : 0));
    write(response, outcome, requestId);
  };

  function outcomeOf(raw: RawRequest, requestId: string): Outcome {
    const signature = signatureOf(raw.headers);
    if (signature.kind !== 'signed') {
      const kind = signature.kind === 'unsigned' ? 'MissingToken' : 'IncompleteSignature';
      const refusal = commonRefusal(
        protocolOf(raw),
        kind,
        signature.kind === 'malformed' ? signature.message : undefined,
      );
      const seen = { service: '', operation: '', region: '' };
      return { seen, protocol: protocolOf(raw), reply: refusalReply(protocolOf(raw), refusal, requestId) };
    }
    return signedOutcome(awsRequest(raw, signature), raw, requestId);
  }

  function signedOutcome(request: AwsRequest, raw: RawRequest, requestId: string): Outcome {
    const service = SERVICES.get(request.service);
    const operation = service?.operationOf(request);
    const seen = {
      service: request.service,
      region: request.region,
      operation: operation?.name ?? '',
      ...(operation?.resource !== undefined && { resource: operation.resource }),
    };
    const protocol = service?.protocol ?? protocolOf(raw);
    if (service === undefined || operation === undefined) {
      return { seen, protocol, reply: refusalReply(protocol, commonRefusal(protocol, 'UnknownOperation'), requestId) };
    }
    const fault = faultFor({ service: request.service, region: request.region, operation });
    return {
      seen,
      protocol,
      reply: replyOf(service, request, operation, requestId, fault),
      ...(fault !== undefined && { fault }),
    };
  }

  function replyOf(
    service: Service,
    request: AwsRequest,
    operation: Operation,
    requestId: string,
    fault: FaultKind | undefined,
  ): Reply {
    try {
      if (!isEnabled(account, request.region)) throw commonRefusal(service.protocol, 'InvalidToken');
      const limit = service.limitOf(operation.name);
      if (limits === 'aws' && limit !== undefined && !isAllowed(request.region, limit))
        throw commonRefusal(service.protocol, 'throttle');
      if (fault !== undefined && isRefusal(fault)) throw refusalFor(service.protocol, fault, request, operation);
      return service.answer({ request, operation, account, now: options.now, pageSize: options.pageSize, requestId });
    } catch (problem) {
      if (problem instanceof Refusal) return refusalReply(service.protocol, problem, requestId);
      throw problem;
    }
  }

  function refusalFor(protocol: Protocol, kind: CommonRefusal, request: AwsRequest, operation: Operation): Refusal {
    if (kind !== 'AccessDenied') return commonRefusal(protocol, kind);
    const about = operation.resource === undefined ? '' : ` on resource: ${operation.resource}`;
    const action = `${request.service}:${operation.name}`;
    const why = `because no identity-based policy allows the ${action} action`;
    return commonRefusal(
      protocol,
      kind,
      `User: ${account.caller.arn} is not authorized to perform: ${action}${about} ${why}`,
    );
  }
}

function write(response: ServerResponse, { protocol, reply, fault }: Outcome, requestId: string): void {
  if (fault === 'hang') return;
  if (fault === 'reset') return void response.socket?.resetAndDestroy();
  const { status, headers, body } = spoilt(reply, protocol, fault);
  const bytes = Buffer.from(body, 'utf8');
  response.writeHead(status, { ...headers, 'x-amzn-requestid': requestId, 'content-length': bytes.length });
  if (fault !== 'truncated') return void response.end(bytes);
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.socket?.destroy());
}

function spoilt(reply: Reply, protocol: Protocol, fault: FaultKind | undefined): Reply {
  if (fault === 'garbage')
    return { ...reply, status: 200, body: '<!DOCTYPE html>\n<html><body><h1>It works!</h1></body></html>\n' };
  if (fault === 'malformed-shape') return { ...reply, status: 200, body: malformedBody(protocol) };
  return fault === 'empty' ? { ...reply, status: 200, body: '' } : reply;
}

const REFUSALS: readonly string[] = [
  'AccessDenied',
  'throttle',
  'error500',
  'unavailable503',
  'ExpiredToken',
  'InvalidToken',
  'MissingToken',
  'IncompleteSignature',
  'UnknownOperation',
];
const isRefusal = (fault: FaultKind): fault is FaultKind & CommonRefusal => REFUSALS.includes(fault);

/** Which of AWS's protocols an unsigned request speaks, as far as it shows. */
function protocolOf({ headers, body }: RawRequest): Protocol {
  if (headers['x-amz-target'] !== undefined) return 'aws-json';
  return body.startsWith('Action=') ? 'query' : 'rest-json';
}

/** Undefined when the client went away before it had said everything. */
async function read(incoming: IncomingMessage): Promise<RawRequest | undefined> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
  } catch {
    return undefined;
  }
  const body = Buffer.concat(chunks).toString('utf8');
  return { method: incoming.method ?? 'GET', url: incoming.url ?? '/', headers: incoming.headers, body };
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function closed(server: Server): Promise<void> {
  return new Promise(resolve => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
