import type { Matcher } from './matcher.ts';

/** true and false, quoted or not, in the query as in the document. */
export const boolean: Matcher = {
  equals({ text }) {
    if (text === 'true' || text === 'false') return leaf => String(leaf) === text;
    return { misfit: 'is true or false', hint: 'Write true or false, in lower case.' };
  },
  wildcard() {
    return { misfit: 'is true or false: a wildcard cannot match it', hint: 'Use * alone for any value.' };
  },
  range() {
    return { misfit: 'is true or false: it has no order' };
  },
};
