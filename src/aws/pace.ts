import type { Operation } from './operation.ts';

/**
 * Keeps every API family of every region at a rate that AWS does not throttle. A turn is taken for each attempt, retries
 * included. Turns of one family and region are given one after another in the order of asking, evenly spaced; what
 * becomes of the request after its turn (it may wait for a free connection, and overtake) is allowed for by a margin.
 */
export interface Pace {
  /** Resolves when the next request of the operation's family may go out in `region`; rejects when aborted. */
  turn(operation: Operation, region: string): Promise<void>;
  /** AWS throttled this family all the same: no turn of it is given in `region` for `delay` milliseconds. */
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
const TOLD_FROM = 250;

export function paceAt({ limited, margin, clock, onWait }: PaceSettings): Pace {
  const lanes = new Map<string, Lane>();
  const laneOf = (operation: Operation, region: string) => {
    const key = JSON.stringify([region, operation.family]);
    const lane = lanes.get(key) ?? { last: Promise.resolve(), free: 0 };
    lanes.set(key, lane);
    return lane;
  };
  /** At the head of its lane: whatever slows the lane down while it waits holds for it too. */
  const atHead = async (lane: Lane, operation: Operation, region: string) => {
    if (lane.free - clock.now() >= TOLD_FROM) onWait(operation, region);
    for (let wait = lane.free - clock.now(); wait > 0; wait = lane.free - clock.now()) await clock.sleep(wait);
    const rate = limited ? operation.perSecond : undefined;
    if (rate !== undefined) lane.free = clock.now() + (1000 / rate) * margin;
  };
  return {
    turn: (operation, region) => {
      const lane = laneOf(operation, region);
      const turn = lane.last.then(() => atHead(lane, operation, region));
      lane.last = turn.catch(() => undefined);
      return turn;
    },
    slowDown: (operation, region, delay) => {
      const lane = laneOf(operation, region);
      lane.free = Math.max(lane.free, clock.now() + delay);
    },
  };
}

/** The turns of one family in one region. */
interface Lane {
  /** Settles when the last turn that was asked for is given. */
  last: Promise<void>;
  /** When the next turn may be given, milliseconds of the clock. */
  free: number;
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
