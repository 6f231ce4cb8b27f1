import { type Account, isEnabled } from './account.ts';
import { uuidFrom } from './build/ids.ts';
import { type Fault, type FaultKind, faultFinder, isRefusal } from './faults.ts';
import { rateLimiter } from './limits.ts';
import { acmPca } from './services/acm-pca.ts';
import { cloudTrail } from './services/cloudtrail.ts';
import { ec2 } from './services/ec2.ts';
import { iam } from './services/iam.ts';
import { rolesAnywhere } from './services/rolesanywhere.ts';
import { type Buckets, s3 } from './services/s3.ts';
import type { Asked, Operation, Service } from './services/service.ts';
import { sts } from './services/sts.ts';
import { type CommonRefusal, commonRefusal, type Protocol, Refusal, refusalReply } from './wire/refusal.ts';
import type { Reply } from './wire/reply.ts';
import { type AwsRequest, awsRequest, type RawRequest, type Signature, signatureOf } from './wire/request.ts';

export interface DeskOptions {
  readonly account: Account;
  readonly buckets: Buckets;
  readonly now: Date;
  readonly limits: 'aws' | 'none';
  readonly faults: readonly Fault[];
  readonly pageSize: number | undefined;
}

/** What one request comes to, before anything is written. */
export interface Outcome {
  readonly request: Addressed;
  readonly protocol: Protocol;
  readonly reply: Reply;
  readonly requestId: string;
  /** How the reply is to be spoilt on its way. */
  readonly fault: FaultKind | undefined;
}

/** Empty strings where a request does not say. */
export interface Addressed {
  readonly service: string;
  readonly region: string;
  readonly operation: string;
  readonly resource?: string;
}

const SERVICES: ReadonlyMap<string, Service> = new Map([
  ['rolesanywhere', rolesAnywhere],
  ['iam', iam],
  ['cloudtrail', cloudTrail],
  ['sts', sts],
  ['ec2', ec2],
  ['s3', s3],
  ['acm-pca', acmPca],
]);

interface Desk {
  readonly options: DeskOptions;
  readonly faultFor: ReturnType<typeof faultFinder>;
  readonly isAllowed: ReturnType<typeof rateLimiter>;
}

/** One desk for all services: looks at the signature, at faults and limits, and lets the service answer. */
export function frontDesk(options: DeskOptions): (raw: RawRequest) => Outcome {
  const faultFor = faultFinder([...options.faults, ...options.account.faults]);
  const desk = { options, faultFor, isAllowed: rateLimiter(() => performance.now()) };
  let count = 0;
  return raw => {
    const requestId = uuidFrom(`request ${count++}`);
    const signature = signatureOf(raw.headers);
    if (signature.kind !== 'signed') return unsigned(raw, signature, requestId);
    return signed(desk, raw, awsRequest(raw, signature), requestId);
  };
}

function unsigned(raw: RawRequest, signature: Exclude<Signature, { kind: 'signed' }>, requestId: string): Outcome {
  const protocol = protocolOf(raw);
  const refusal =
    signature.kind === 'unsigned'
      ? commonRefusal(protocol, 'MissingToken')
      : commonRefusal(protocol, 'IncompleteSignature', signature.message);
  const request = { service: '', region: '', operation: '' };
  return { request, protocol, reply: refusalReply(protocol, refusal, requestId), requestId, fault: undefined };
}

function signed(desk: Desk, raw: RawRequest, request: AwsRequest, requestId: string): Outcome {
  const { service: name, region } = request;
  const service = SERVICES.get(name);
  const operation = service?.operationOf(request);
  if (service === undefined || operation === undefined) {
    const protocol = service?.protocol ?? protocolOf(raw);
    const reply = refusalReply(protocol, commonRefusal(protocol, 'UnknownOperation'), requestId);
    return { request: { service: name, region, operation: '' }, protocol, reply, requestId, fault: undefined };
  }
  const { account, buckets, now, pageSize } = desk.options;
  const asked = { request, operation, account, buckets, now, pageSize, requestId };
  const fault = desk.faultFor({ service: name, region, operation });
  const about = operation.resource === undefined ? {} : { resource: operation.resource };
  return {
    request: { service: name, region, operation: operation.name, ...about },
    protocol: service.protocol,
    reply: replyOf(desk, service, asked, fault),
    requestId,
    fault: fault?.kind,
  };
}

function replyOf(desk: Desk, service: Service, asked: Asked, fault: Fault | undefined): Reply {
  try {
    refuseIfDue(desk, service, asked, fault);
    return service.answer(asked);
  } catch (problem) {
    if (problem instanceof Refusal) return refusalReply(service.protocol, problem, asked.requestId);
    throw problem;
  }
}

/** An account that has not opted in to a region has no credentials there; limits come before permissions. */
function refuseIfDue({ options, isAllowed }: Desk, service: Service, asked: Asked, fault: Fault | undefined): void {
  const { request, operation, account } = asked;
  const { protocol } = service;
  if (!isEnabled(account, request.region)) throw commonRefusal(protocol, 'InvalidToken');
  const limit = options.limits === 'aws' ? service.limitOf(operation.name) : undefined;
  if (limit !== undefined && !isAllowed(request.region, limit)) throw commonRefusal(protocol, 'throttle');
  if (fault !== undefined && isRefusal(fault.kind)) throw refusalFor(protocol, fault, fault.kind, asked);
}

function refusalFor(
  protocol: Protocol,
  fault: Fault,
  kind: CommonRefusal,
  { request, operation, account }: Asked,
): Refusal {
  if (fault.message !== undefined || kind !== 'AccessDenied') return commonRefusal(protocol, kind, fault.message);
  const action = operation.name === 'ListObjectsV2' ? 's3:ListBucket' : `${request.service}:${operation.name}`;
  const resource = resourceOf(account, request, operation);
  const message = `User: ${account.caller.arn} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;
  return commonRefusal(protocol, kind, message);
}

function resourceOf({ id }: Account, { service, region }: AwsRequest, { name, resource }: Operation): string {
  if (resource?.startsWith('arn:') === true) return resource;
  if (service === 'iam') return resource === undefined ? '*' : `arn:aws:iam::${id}:role/${resource}`;
  const kind = name.includes('TrustAnchor')
    ? 'trust-anchor'
    : name
        .replace(/^(List|Get)/, '')
        .replace(/s$/, '')
        .toLowerCase();
  return service === 'rolesanywhere' ? `arn:aws:rolesanywhere:${region}:${id}:${kind}/${resource ?? '*'}` : '*';
}

/** Which of AWS's protocols a request speaks that names no known service, as far as it shows. */
function protocolOf({ headers, body }: RawRequest): Protocol {
  if (headers['x-amz-target'] !== undefined) return 'aws-json';
  return body.includes('Action=') ? 'query' : 'rest-json';
}
