import type { ReadProblem } from '../cloudtrail/read.ts';
import { EXIT } from '../findings/verdict.ts';
import { printable } from '../report/printable.ts';

/** What was wrong with log files. */
export interface Problems {
  readonly count: number;
  /** Prints one on stderr, with file and line, disarmed. */
  report(problem: ReadProblem): void;
  /** 3 when something could not be read; what was left out on purpose changes nothing. */
  exitCode(): number;
}

export function problemsOnStderr(): Problems {
  let count = 0;
  let unread = 0;
  return {
    get count() {
      return count;
    },
    report({ kind, file, line, message }) {
      count += 1;
      if (kind !== 'skipped') unread += 1;
      const where = line === undefined ? file : `${file}:${line}`;
      process.stderr.write(`${printable(where)}: ${printable(message)}\n`);
    },
    exitCode: () => (unread > 0 ? EXIT.notAllRead : EXIT.clean),
  };
}
