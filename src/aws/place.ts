import { compare } from '../snapshot/compare.ts';
import type { Unread } from '../snapshot/snapshot.ts';
import type { Caller } from './caller.ts';
import { CallFailure } from './failure.ts';
import type { Operation } from './operation.ts';
import type { Progress } from './progress.ts';

/** What became of a call: an answer, AWS's word that there is no such thing, or an entry in `unread`. */
export type Read<T> =
  | { readonly kind: 'read'; readonly answer: T }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unread' };

/** A region, or `global`, where calls are made and the failed ones are written down. */
export interface Place {
  readonly region: string;
  /** Runs a call, or records why it brought nothing. Throws only when aborted, or for a bug. */
  attempt<T>(call: Attempt<T>): Promise<Read<T>>;
  record(unread: Unread): void;
  /** Everything recorded here so far, sorted. */
  unread(): readonly Unread[];
}

export interface Attempt<T> {
  readonly operation: Operation;
  /** The ARN or name asked for; `*` for a list. */
  readonly resource: string;
  readonly send: () => Promise<T>;
  /** The error code that is an answer: there is no such thing. */
  readonly absentWhen?: string;
}

export interface PlaceSettings {
  readonly region: string;
  readonly caller: Caller;
  readonly onProgress: (progress: Progress) => void;
}

export function placeFor({ region, caller, onProgress }: PlaceSettings): Place {
  const unread: Unread[] = [];
  const closed: Closed[] = [];
  const record = (entry: Unread) => {
    unread.push(entry);
    onProgress({ kind: 'unread', region, unread: entry });
  };
  return {
    region,
    record,
    unread: () => [...unread].sort(byOperation),
    attempt: async ({ operation, resource, send, absentWhen }) => {
      const reason = closed.find(one => one.covers(operation));
      if (reason !== undefined) {
        record({ operation: operation.name, resource, error: reason.failure.code, message: reason.message });
        return { kind: 'unread' };
      }
      try {
        return { kind: 'read', answer: await caller({ operation, region, send }) };
      } catch (error) {
        if (!(error instanceof CallFailure)) throw error;
        if (error.code === absentWhen) return { kind: 'absent' };
        if (error.reach !== 'call') closed.push(closedBy(error, operation));
        record({ operation: operation.name, resource, error: error.code, message: error.message });
        return { kind: 'unread' };
      }
    },
  };
}

/** A failure that holds for a whole service here, or for all of them: asking again would only cost time. */
interface Closed {
  readonly failure: CallFailure;
  readonly message: string;
  covers(operation: Operation): boolean;
}

function closedBy(failure: CallFailure, first: Operation): Closed {
  return {
    failure,
    message: `not tried: ${first.name} was refused here before it (${failure.message})`,
    covers: operation => failure.reach === 'region' || serviceOf(operation) === serviceOf(first),
  };
}

function serviceOf({ name }: Operation): string {
  return name.slice(0, name.indexOf(':'));
}

function byOperation(a: Unread, b: Unread): number {
  return compare(a.operation, b.operation) || compare(a.resource, b.resource) || compare(a.message, b.message);
}
