import type { Operation } from './operation.ts';

/**
 * Keeps every API family of every region at AWS's own rate. A turn is taken for each attempt, retries included, in the
 * order of asking; requests of one family are spaced evenly, so that AWS never has a reason to throttle.
 */
export interface Pace {
  /** Resolves when the next request of the operation's family may go out in `region`; rejects when aborted. */
  turn(operation: Operation, region: string): Promise<void>;
  /** AWS throttled this family all the same: nothing of it goes out in `region` for `delay` milliseconds. */
  slowDown(operation: Operation, region: string, delay: number): void;
}

export interface Clock {
  /** Milliseconds, steady. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

export interface PaceSettings {
  /** False: no rate of its own; throttling still slows it down. */
  readonly limited: boolean;
  /** Space between requests, as a multiple of what the rate asks for. */
  readonly margin: number;
  readonly clock: Clock;
  readonly onWait: (operation: Operation, region: string) => void;
}

/** Waits shorter than this are not worth telling anybody. */
const TOLD_FROM = 50;

export function paceAt({ limited, margin, clock, onWait }: PaceSettings): Pace {
  const free = new Map<string, number>();
  const keyOf = (operation: Operation, region: string) => JSON.stringify([region, operation.family]);
  return {
    turn: async (operation, region) => {
      const key = keyOf(operation, region);
      const now = clock.now();
      const slot = Math.max(now, free.get(key) ?? now);
      const rate = limited ? operation.perSecond : undefined;
      if (rate !== undefined) free.set(key, slot + (1000 / rate) * margin);
      if (slot - now >= TOLD_FROM) onWait(operation, region);
      if (slot > now) await clock.sleep(slot - now);
    },
    slowDown: (operation, region, delay) => {
      const key = keyOf(operation, region);
      free.set(key, Math.max(free.get(key) ?? 0, clock.now() + delay));
    },
  };
}

/** The real clock; a sleep ends with the signal's reason when that is aborted. */
export function realClock(signal: AbortSignal | undefined): Clock {
  return { now: () => performance.now(), sleep: milliseconds => sleep(milliseconds, signal) };
}

function sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const aborted = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', aborted);
      resolve();
    }, milliseconds);
    signal?.addEventListener('abort', aborted, { once: true });
  });
}
