import type { Leaf } from '../lookup.ts';
import { evaluateDateMath, periodOf } from './date-math.ts';
import type { Matcher } from './matcher.ts';
import { satisfies } from './matcher.ts';

/**
 * A date in a query is a period: `2024` is the whole year, `now/d` today, `2024-03-01T10:00` a minute. Equality and
 * >= begin at its start; <= and > look at its end, < at its start (Elasticsearch's rounding of range bounds). For a
 * missing month or day Elasticsearch itself would end the period on the first day; the whole year is what is meant.
 */
export const date: Matcher = {
  equals({ text, now }) {
    const period = evaluateDateMath(text, now);
    if (period === undefined) return notADate;
    return leaf => {
      const time = timeOf(leaf);
      return time !== undefined && time >= period.start && time <= period.end;
    };
  },
  wildcard() {
    return {
      misfit: 'is a date: a wildcard cannot match it',
      hint: 'Write 2024-03 for a month, or * alone for any value.',
    };
  },
  range(operator, { text, now }) {
    const period = evaluateDateMath(text, now);
    if (period === undefined) return notADate;
    const bound = operator === '>=' || operator === '<' ? period.start : period.end;
    return leaf => {
      const time = timeOf(leaf);
      return time !== undefined && satisfies(operator, time - bound);
    };
  },
};

const notADate = {
  misfit: 'is a date',
  hint: 'Write 2024, 2024-03-01, "2024-03-01T10:00:00Z", now-30d or 2024-03-01||+1M/d; a time of day needs quotes.',
};

/** Milliseconds since 1970 of a document's date: ISO text, or milliseconds as a number or as text. */
function timeOf(leaf: Leaf): number | undefined {
  if (typeof leaf === 'number') return leaf;
  return typeof leaf === 'string' ? periodOf(leaf)?.start : undefined;
}
