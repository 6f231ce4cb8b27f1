import { numberIn, timeIn } from '../condition/test.ts';
import type { Condition, Policy } from '../policy.ts';
import { isAboutRolesAnywhere } from './gate.ts';

/**
 * When a trust policy comes to mean something else by itself: a second after each of its dates ahead. The ten next ones, and
 * the last of all; in order.
 */
export function momentsAhead({ statements }: Policy, now: Date): readonly Date[] {
  const times = statements
    .filter(isAboutRolesAnywhere)
    .flatMap(({ conditions }) => conditions.flatMap(timesIn))
    .filter(time => time + SECOND > now.getTime() && time < END_OF_TIME)
    .sort((a, b) => a - b);
  const distinct = [...new Set(times)];
  return [...distinct.slice(0, NEXT), ...distinct.slice(NEXT).slice(-1)].map(time => new Date(time + SECOND));
}

const NEXT = 10;
const SECOND = 1000;

/** No request has a later time. */
const END_OF_TIME = Date.UTC(9999, 11, 31);

function timesIn({ key, values }: Condition): readonly number[] {
  const read = READ_AS.get(key.toLowerCase());
  return read === undefined ? [] : values.map(read).filter(time => time !== undefined);
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
