import type { Found } from './shape.ts';

/**
 * What could not be read: `unreadable` (a file or part of it), `not a record` (JSON, but something else), `skipped` (left out on purpose:
 * digest and Insight files, files in a folder that are no JSON), said once for each file.
 */
export interface ReadProblem {
  readonly kind: 'unreadable' | 'not a record' | 'skipped';
  readonly file: string;
  readonly line?: number;
  /** Bytes from where that line starts. */
  readonly offset?: number;
  readonly message: string;
}

type Trouble = (Exclude<Found, { kind: 'record' }> & { readonly line: number }) | Omit<ReadProblem, 'file'>;

export interface Troubles {
  add(trouble: Trouble): void;
  /** Whether the file is to be left, which is then told as well. */
  areTooMany(line: number | undefined): boolean;
  /** Must be called: what was only counted is told now. */
  end(): void;
}

/** Of each kind of trouble in a file so many are told one by one; the rest is a number. */
const TOLD = 100;

/** What a file holds that is no record. With more than `limit` places of that kind it is to be left. */
export function troublesIn(file: string, limit: number, onProblem: (problem: ReadProblem) => void): Troubles {
  const counts = { unreadable: 0, 'not a record': 0, skipped: 0 };
  const leftOut = { digest: 0, Insight: 0 };

  function count(problem: Omit<ReadProblem, 'file'>): void {
    counts[problem.kind] += 1;
    if (counts[problem.kind] <= TOLD) onProblem({ file, ...problem });
  }

  function tellMore(kind: 'unreadable' | 'not a record', what: string): void {
    const more = counts[kind] - TOLD;
    if (more > 0) onProblem({ kind, file, message: `${more} more ${what}` });
  }

  return {
    add(trouble) {
      if (trouble.kind === 'left out') leftOut[trouble.what] += 1;
      else count(trouble);
    },
    areTooMany(line) {
      if (counts.unreadable + counts['not a record'] <= limit) return false;
      const message = `the rest is not read: more than ${limit} places in this file are no CloudTrail records`;
      onProblem({ kind: 'unreadable', file, ...(line === undefined ? {} : { line }), message });
      return true;
    },
    end() {
      tellMore('unreadable', 'places are not JSON');
      tellMore('not a record', 'values are no CloudTrail records');
      for (const [what, number] of Object.entries(leftOut)) {
        const records = number === 1 ? 'record' : 'records';
        if (number > 0) onProblem({ kind: 'skipped', file, message: `${number} ${what} ${records} skipped` });
      }
    },
  };
}
