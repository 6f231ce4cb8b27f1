import * as http from 'node:http';
import * as https from 'node:https';
import { UnreadableReply } from './failure.ts';

/**
 * The SDK's way to the network, ours so that one deadline covers an attempt from the connection to the last byte of the
 * answer (the SDK's own handlers only bound idle sockets), an abort stops it at once, and an answer has a largest size.
 * The whole body is handed over as bytes, which both generations of clients accept.
 */
export interface HttpHandler {
  readonly metadata: { readonly handlerProtocol: string };
  handle(request: HttpRequest): Promise<{ response: HttpResponse }>;
  destroy(): void;
  updateHttpClientConfig(): void;
  httpHandlerConfigs(): Record<string, never>;
}

export interface HttpRequest {
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number | undefined;
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>> | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface HttpResponse {
  statusCode: number;
  headers: Record<string, string>;
  body: Uint8Array;
}

export interface HttpSettings {
  /** Milliseconds for a whole attempt. */
  readonly timeout: number;
  readonly signal: AbortSignal | undefined;
  /** Bytes that an answer may have; LARGEST_BODY unless given. */
  readonly largestBody?: number;
}

/** An attempt that took longer than it may. */
export class TimeoutError extends Error {
  override readonly name = 'TimeoutError';
}

/** A GetAccountAuthorizationDetails page of 1,000 roles with their policies is a few tens of megabytes at the very most. */
const LARGEST_BODY = 256 * 1024 * 1024;

/** The handler for one collection; `destroy` closes its connections. */
export function httpHandler(settings: HttpSettings): HttpHandler {
  const agents = { http: new http.Agent({ keepAlive: true }), https: new https.Agent({ keepAlive: true }) };
  return {
    metadata: { handlerProtocol: 'http/1.1' },
    handle: async request => ({ response: await exchange(request, agents, settings) }),
    destroy: () => {
      agents.http.destroy();
      agents.https.destroy();
    },
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
  };
}

interface Agents {
  readonly http: http.Agent;
  readonly https: https.Agent;
}

function exchange(request: HttpRequest, agents: Agents, settings: HttpSettings): Promise<HttpResponse> {
  const { timeout, signal, largestBody = LARGEST_BODY } = settings;
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const sent = open(request, agents);
    const stop = (reason: unknown) => {
      settle();
      reject(reason);
      sent.destroy();
    };
    const tooLate = () =>
      stop(new TimeoutError(`no complete answer from ${request.hostname} within ${timeout / 1000} s`));
    const timer = setTimeout(tooLate, timeout);
    const aborted = () => stop(signal?.reason);
    const settle = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', aborted);
    };
    signal?.addEventListener('abort', aborted, { once: true });
    sent.on('error', stop);
    sent.on('response', message => {
      bytesOf(message, largestBody).then(body => {
        settle();
        resolve({ statusCode: message.statusCode ?? 0, headers: headersOf(message), body });
      }, stop);
    });
    sent.end(bodyOf(request));
  });
}

function open(
  { protocol, hostname, port, method, path, query, headers }: HttpRequest,
  agents: Agents,
): http.ClientRequest {
  const target = query === undefined ? path : `${path}${path.includes('?') ? '&' : '?'}${queryText(query)}`;
  const options = { host: hostname.replace(/^\[|\]$/g, ''), port, method, path: target.replace(/[?&]$/, ''), headers };
  return protocol === 'http:'
    ? http.request({ ...options, agent: agents.http })
    : https.request({ ...options, agent: agents.https });
}

function queryText(query: NonNullable<HttpRequest['query']>): string {
  return Object.entries(query)
    .flatMap(([name, value]) =>
      value === null
        ? [percentEncoded(name)]
        : [value].flat().map(one => `${percentEncoded(name)}=${percentEncoded(one)}`),
    )
    .join('&');
}

/** RFC 3986, as the signature has it. */
function percentEncoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, mark => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}

function bodyOf({ body }: HttpRequest): string | Uint8Array | undefined {
  if (body === undefined || body === null) return undefined;
  if (typeof body === 'string' || body instanceof Uint8Array) return body;
  throw new Error('a request body that is neither text nor bytes');
}

async function bytesOf(message: http.IncomingMessage, largest: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    size += chunk.length;
    if (size > largest) throw new UnreadableReply(`it is larger than ${largest} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function headersOf(message: http.IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(message.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
}
