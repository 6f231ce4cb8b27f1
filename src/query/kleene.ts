import type { Answer, Unknowns } from './query.ts';

/** A question made ready: answers for one document, or for one element inside a nested query. */
export type Ask = (scope: Scope) => Answer;

export interface Scope {
  /** The document; inside a nested query, one of its objects. */
  readonly value: unknown;
  /** What of the document could not be known. */
  readonly unknown: Unknowns;
}

export function allOf(parts: readonly Ask[]): Ask {
  return scope => {
    let answer: Answer = 'yes';
    for (const part of parts) {
      const one = part(scope);
      if (one === 'no') return 'no';
      if (one === 'unknown') answer = 'unknown';
    }
    return answer;
  };
}

export function anyOf(parts: readonly Ask[]): Ask {
  return scope => {
    let answer: Answer = 'no';
    for (const part of parts) {
      const one = part(scope);
      if (one === 'yes') return 'yes';
      if (one === 'unknown') answer = 'unknown';
    }
    return answer;
  };
}

export function notThat(part: Ask): Ask {
  return scope => {
    const answer = part(scope);
    return answer === 'unknown' ? answer : answer === 'yes' ? 'no' : 'yes';
  };
}
