import { expect, test } from 'vitest';
import { CallFailure, type Retry } from '../../src/aws/failure.ts';
import { delayAfter } from '../../src/aws/retry.ts';

const TUNING = {
  attemptTimeout: 1000,
  throttleDelay: 500,
  transientDelay: 100,
  longestDelay: 2000,
  timePerCall: 10_000,
  attempts: 5,
  attemptsWhenHanging: 2,
  inFlight: 1,
  paceMargin: 1,
};

test.each<[Retry, number, number, number | undefined]>([
  ['no', 1, 0, undefined],
  ['throttled', 1, 0, 500],
  ['throttled', 2, 500, 1000],
  ['throttled', 4, 3500, 2000],
  ['throttled', 5, 5500, undefined],
  ['transient', 1, 0, 100],
  ['transient', 3, 0, 400],
  ['transient', 1, 9_950, undefined],
  ['hanging', 1, 1000, 100],
  ['hanging', 2, 2000, undefined],
])('%s, attempt %i, %i ms spent: %s', (retry, attempt, spent, expected) => {
  const failure = new CallFailure({ code: 'X', message: 'x', retry, reach: 'call', cause: undefined });
  expect(delayAfter(failure, attempt, spent, TUNING)).toBe(expected);
});
