import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { frontDesk, type Outcome } from './desk.ts';
import { type Fault, malformedBody, pause, SLOW_MS } from './faults.ts';
import type { Buckets } from './services/s3.ts';
import { accountOf } from './stories.ts';
import type { Reply } from './wire/reply.ts';
import type { RawRequest } from './wire/request.ts';

export type { Fault, FaultKind } from './faults.ts';
export { STORIES, UnknownStory } from './stories.ts';

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
  /** What S3 has, which is nothing of the story's. */
  readonly buckets?: Buckets;
  /** On top of the story's own, and before them. */
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

/** Empty strings where a request did not say. */
export interface SeenRequest {
  /** As in the credential scope: `rolesanywhere`, `iam` … */
  readonly service: string;
  readonly operation: string;
  readonly region: string;
  /** Of the answer; 0 where there was none. */
  readonly status: number;
  /** What it was about: an id, an ARN or a name. */
  readonly resource?: string;
}

/**
 * Listens on 127.0.0.1 and answers as AWS would answer for the story's account. Throws UnknownStory
 * when there is none of that name.
 */
export async function startPretendAws(options: PretendAwsOptions): Promise<PretendAws> {
  const account = accountOf(options.story, options.now);
  const pace = options.limits ?? account.limits;
  const desk = frontDesk({
    account,
    buckets: options.buckets ?? {},
    now: options.now,
    limits: pace,
    faults: options.faults ?? [],
    pageSize: options.pageSize,
  });
  const requests: SeenRequest[] = [];
  const server = createServer((incoming, response) => void serve(incoming, response));
  server.keepAliveTimeout = 60_000;
  await listening(server, options.port ?? 0);
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    credentials: account.credentials,
    pace,
    requests,
    close: () => closed(server),
  };

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const raw = await read(incoming);
    if (raw === undefined) return;
    const outcome = desk(raw);
    const hasAnswer = outcome.fault !== 'hang' && outcome.fault !== 'reset';
    requests.push({ ...outcome.request, status: hasAnswer ? outcome.reply.status : 0 });
    const delay = (options.latencyMs ?? 0) + (outcome.fault === 'slow' ? SLOW_MS : 0);
    if (delay > 0) await pause(delay);
    write(response, outcome);
  }
}

function write(response: ServerResponse, outcome: Outcome): void {
  if (outcome.fault === 'hang') return;
  if (outcome.fault === 'reset') return void response.socket?.resetAndDestroy();
  const { status, headers, body } = spoilt(outcome);
  const bytes = Buffer.from(body);
  response.writeHead(status, { ...headers, 'x-amzn-requestid': outcome.requestId, 'content-length': bytes.length });
  if (outcome.fault !== 'truncated') return void response.end(bytes);
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.socket?.destroy());
}

function spoilt({ reply, protocol, fault }: Outcome): Reply {
  const { headers } = reply;
  if (fault === 'garbage') return { status: 200, headers: { 'content-type': 'text/html' }, body: SIGN_IN_PAGE };
  if (fault === 'malformed-shape') return { status: 200, headers, body: malformedBody(protocol) };
  return fault === 'empty' ? { status: 200, headers, body: '' } : reply;
}

const SIGN_IN_PAGE = '<!DOCTYPE html>\n<html><body><h1>Guest Wi-Fi</h1><p>Please sign in.</body></html>\n';

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
