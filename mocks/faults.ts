import { setTimeout as sleep } from 'node:timers/promises';
import type { Operation } from './services/service.ts';
import type { CommonRefusal, Protocol } from './wire/refusal.ts';

/** Something that goes wrong on demand. The first fault that fits a request is the one that happens. */
export interface Fault {
  /** `rolesanywhere:ListProfiles`; `*` stands for any text (`iam:*`, `*`, `rolesanywhere:List*`). */
  readonly operation: string;
  readonly region?: string;
  readonly kind: FaultKind;
  /** Only the first so many requests that fit; always when absent. */
  readonly times?: number;
  /** Lets so many requests that fit pass first: 1 for a second page, say. */
  readonly skip?: number;
  /** Only requests about this: an id, an ARN or a name. */
  readonly resource?: string;
  /** Instead of the usual message of an error. */
  readonly message?: string;
}

export type FaultKind =
  | CommonRefusal
  /** The connection is reset before an answer. */
  | 'reset'
  /** Half of the answer, then the connection ends. */
  | 'truncated'
  /** 200, and a page of HTML as some proxies send it. */
  | 'garbage'
  /** 200, well-formed, and of another shape than the service's. */
  | 'malformed-shape'
  /** 200, and nothing. */
  | 'empty'
  /** No answer until the server closes. */
  | 'hang'
  /** The right answer, 2 seconds late. */
  | 'slow';

export interface FaultyRequest {
  readonly service: string;
  readonly region: string;
  readonly operation: Operation;
}

/** Counts, for one server, how often each fault was met. */
export function faultFinder(faults: readonly Fault[]): (request: FaultyRequest) => Fault | undefined {
  const met = new Map<Fault, number>();
  return request => {
    for (const fault of faults) {
      if (!fits(fault, request)) continue;
      const count = (met.get(fault) ?? 0) + 1;
      met.set(fault, count);
      const skip = fault.skip ?? 0;
      if (count > skip && count <= skip + (fault.times ?? Number.POSITIVE_INFINITY)) return fault;
    }
    return undefined;
  };
}

const REFUSALS: Readonly<Record<CommonRefusal, true>> = {
  AccessDenied: true,
  throttle: true,
  error500: true,
  unavailable503: true,
  ExpiredToken: true,
  InvalidToken: true,
  MissingToken: true,
  IncompleteSignature: true,
  UnknownOperation: true,
};

/** Faults that are an error in the service's own shape. */
export const isRefusal = (kind: FaultKind): kind is CommonRefusal => Object.hasOwn(REFUSALS, kind);

/** A body of the right syntax that no client expects. */
export function malformedBody(protocol: Protocol): string {
  if (protocol === 'rest-json')
    return JSON.stringify(oddLists(['profiles', 'trustAnchors', 'crls', 'subjects', 'tags']));
  if (protocol === 'aws-json') return JSON.stringify(oddLists(['Events', 'CertificateAuthority', 'Certificate']));
  return '<?xml version="1.0" encoding="UTF-8"?>\n<SomethingElse><Unexpected>true</Unexpected></SomethingElse>\n';
}

export const SLOW_MS = 2000;
export const pause = (milliseconds: number): Promise<void> => sleep(milliseconds, undefined, { ref: false });

function fits(fault: Fault, { service, region, operation }: FaultyRequest): boolean {
  return (
    isLike(fault.operation, `${service}:${operation.name}`) &&
    (fault.region === undefined || fault.region === region) &&
    (fault.resource === undefined || fault.resource === operation.resource)
  );
}

function isLike(pattern: string, text: string): boolean {
  const at = pattern.indexOf('*');
  if (at < 0) return pattern === text;
  return text.startsWith(pattern.slice(0, at)) && text.endsWith(pattern.slice(at + 1));
}

const oddLists = (names: readonly string[]): unknown =>
  Object.fromEntries([...names.map(name => [name, [7, null, { unexpected: [] }]]), ['nextToken', { not: 'a string' }]]);
