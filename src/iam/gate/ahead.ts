import { operatorOf } from '../condition/operator.ts';
import { numberIn, timeIn } from '../condition/test.ts';
import type { Condition, Policy } from '../policy.ts';
import { isAboutRolesAnywhere } from '../trust.ts';
import type { Sample } from './kinds.ts';

/**
 * When a trust policy comes to mean something else by itself: a second after each of its dates ahead, and at the date itself where
 * that may make a difference. The next ones, and the last of all; in order.
 */
export function momentsAhead({ statements }: Policy, now: Date): Sample<Date> {
  const times = statements
    .filter(isAboutRolesAnywhere)
    .flatMap(({ conditions }) => conditions.filter(isOnTime).flatMap(momentsOf))
    .filter(time => time > now.getTime() && time < END_OF_TIME)
    .sort((a, b) => a - b);
  const distinct = [...new Set(times)];
  const some = [...distinct.slice(0, NEXT), ...distinct.slice(NEXT).slice(-1)].map(time => new Date(time));
  return { some, complete: some.length === distinct.length };
}

/** At each of them the policy is judged anew. */
const NEXT = 31;
const SECOND = 1000;

/** No request has a later time. */
const END_OF_TIME = Date.UTC(9999, 11, 31);

function isOnTime({ key }: Condition): boolean {
  return READ_AS.has(key.toLowerCase());
}

function momentsOf(condition: Condition): readonly number[] {
  const atDate = operatorOf(condition.operator)?.test.endsWith('Equals') === true;
  return timesIn(condition).flatMap(time => (atDate ? [time, time + SECOND] : [time + SECOND]));
}

function timesIn({ key, values }: Condition): readonly number[] {
  return values.map(READ_AS.get(key.toLowerCase())!).filter(time => time !== undefined);
}

/** Both keys take a date or seconds (IAM user guide, "Date condition operators"). Milliseconds. */
const READ_AS: ReadonlyMap<string, (text: string) => number | undefined> = new Map([
  ['aws:currenttime', timeIn],
  ['aws:epochtime', (text: string) => timeIn(text) ?? secondsIn(text)],
]);

function secondsIn(text: string): number | undefined {
  const seconds = numberIn(text);
  return seconds === undefined ? undefined : seconds * SECOND;
}
