/** How patient Postern is, milliseconds unless said otherwise. Only tests use anything but `TUNING`. */
export interface Tuning {
  /** One attempt from connecting to the last byte. */
  readonly attemptTimeout: number;
  /** First wait after throttling; doubles each time. */
  readonly throttleDelay: number;
  /** First wait after a server error or a broken connection; doubles each time. */
  readonly transientDelay: number;
  readonly longestDelay: number;
  /** No further attempt at a call once this much time went into it, waiting for AWS's rate limits not counted. */
  readonly timePerCall: number;
  /** Attempts, the first one included. */
  readonly attempts: number;
  /** Attempts at a call that hangs, the first one included. */
  readonly attemptsWhenHanging: number;
  /** Requests in flight at once. */
  readonly inFlight: number;
  /** Space between two requests of a paced family, as a multiple of what AWS asks for: requests may overtake. */
  readonly paceMargin: number;
}

export const TUNING: Tuning = {
  attemptTimeout: 10_000,
  throttleDelay: 500,
  transientDelay: 100,
  longestDelay: 8_000,
  timePerCall: 60_000,
  attempts: 5,
  attemptsWhenHanging: 2,
  inFlight: 40,
  paceMargin: 1.05,
};
