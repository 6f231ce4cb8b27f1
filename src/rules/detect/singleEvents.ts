import type { Query } from '../../query/query.ts';
import { detection, type Judge, type Judged, missingIn } from './detector.ts';

/** Every event that matches, by itself. */
export function singleEvents<E extends Judged>(query: Query): Judge<E> {
  return {
    order: 'alone',
    ready(document) {
      const answer = query.ask(document);
      if (answer === 'no') return undefined;
      const missing = answer === 'yes' ? undefined : missingIn(document, query.fields);
      return event => [detection(event, missing)];
    },
    end: () => [],
    held: () => [],
    forgotten: 0,
  };
}
