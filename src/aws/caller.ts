import pLimit from 'p-limit';
import { failureOf } from './failure.ts';
import type { Operation } from './operation.ts';
import { type Clock, type Pace, paceAt, realClock } from './pace.ts';
import type { Progress } from './progress.ts';
import { delayAfter } from './retry.ts';
import type { Tuning } from './tuning.ts';

/** One call: `send` makes one attempt at it, with a fresh command each time. */
export interface Call<T> {
  readonly operation: Operation;
  /** A region, or `global`. */
  readonly region: string;
  readonly send: () => Promise<T>;
}

/** Makes a call, paced and retried. Throws CallFailure when AWS will not answer, the signal's reason when aborted. */
export type Caller = <T>(call: Call<T>) => Promise<T>;

export interface CallerSettings {
  readonly pace: 'aws' | 'none';
  readonly tuning: Tuning;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: (progress: Progress) => void;
}

/**
 * The retry loop is ours, not the SDK's, whose clients make one attempt (`clients.ts`): each attempt takes a turn before
 * it is signed, an abort ends a wait, and every service is retried alike.
 */
export function callerWith({ pace: rates, tuning, signal, onProgress }: CallerSettings): Caller {
  const clock = realClock(signal);
  const pace = paceAt({
    limited: rates === 'aws',
    margin: tuning.paceMargin,
    clock,
    onWait: ({ family, perSecond }, region) => {
      if (perSecond !== undefined) onProgress({ kind: 'waiting', region, family, perSecond });
    },
  });
  const limit = pLimit(tuning.inFlight);
  const count = { planned: 0, done: 0 };
  const tell = (call: Call<unknown>) =>
    onProgress({ kind: 'request', region: call.region, operation: call.operation.name, ...count });
  return async call => {
    count.planned += 1;
    tell(call);
    const limited = { ...call, send: () => limit(() => abortable(call.send, signal)) };
    try {
      return await persist(limited, { pace, clock, tuning, signal });
    } finally {
      count.done += 1;
      tell(call);
    }
  };
}

interface Persistence {
  readonly pace: Pace;
  readonly clock: Clock;
  readonly tuning: Tuning;
  readonly signal: AbortSignal | undefined;
}

async function persist<T>(call: Call<T>, { pace, clock, tuning, signal }: Persistence): Promise<T> {
  let spent = 0;
  for (let attempt = 1; ; attempt += 1) {
    await pace.turn(call.operation, call.region);
    const started = clock.now();
    try {
      return await call.send();
    } catch (error) {
      signal?.throwIfAborted();
      const failure = failureOf(error);
      spent += clock.now() - started;
      const delay = delayAfter(failure, attempt, spent, tuning);
      if (delay === undefined) throw failure;
      spent += delay;
      if (failure.retry === 'throttled') pace.slowDown(call.operation, call.region, delay);
      await clock.sleep(delay);
    }
  }
}

/** The network stops by itself when aborted; looking for credentials (a child process, a metadata service) does not. */
function abortable<T>(send: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return send();
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const aborted = () => reject(signal.reason);
    signal.addEventListener('abort', aborted, { once: true });
    send()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', aborted));
  });
}
