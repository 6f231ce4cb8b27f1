import type { Account } from '../account.ts';
import type { Protocol } from '../wire/refusal.ts';
import type { Reply } from '../wire/reply.ts';
import type { AwsRequest } from '../wire/request.ts';
import type { Buckets } from './s3.ts';

/** One of AWS's services. It answers or throws a Refusal. */
export interface Service {
  readonly protocol: Protocol;
  /** What is asked for and about what; undefined where the service has no such operation. */
  readonly operationOf: (request: AwsRequest) => Operation | undefined;
  readonly answer: (asked: Asked) => Reply;
  /** Requests that share a rate limit share a name; undefined is unlimited. */
  readonly limitOf: (operation: string) => Limit | undefined;
}

export interface Operation {
  readonly name: string;
  /** Id, ARN or name of the thing asked about; absent for lists. */
  readonly resource?: string;
}

export interface Limit {
  readonly family: string;
  readonly perSecond: number;
}

export interface Asked {
  readonly request: AwsRequest;
  readonly operation: Operation;
  readonly account: Account;
  readonly buckets: Buckets;
  /** The story's clock. */
  readonly now: Date;
  /** Upper bound for every page, where the server was started with one. */
  readonly pageSize: number | undefined;
  readonly requestId: string;
}
