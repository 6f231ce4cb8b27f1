import type { ReadProblem } from '../cloudtrail/read.ts';
import { EXIT } from '../findings/verdict.ts';
import { printable } from '../report/printable.ts';

/** What was wrong with log files. */
export interface Problems {
  /** Those left out on purpose are none. */
  readonly count: number;
  /** Prints one on stderr, with file and line, disarmed. */
  report(problem: ReadProblem): void;
  /** 3 when something could not be read; what was left out on purpose changes nothing. */
  exitCode(): number;
}

export function problemsOnStderr(): Problems {
  let count = 0;
  return {
    get count() {
      return count;
    },
    report({ kind, file, line, message }) {
      if (kind !== 'skipped') count += 1;
      const where = line === undefined ? file : `${file}:${line}`;
      process.stderr.write(`${printable(where)}: ${printable(message)}\n`);
    },
    exitCode: () => (count > 0 ? EXIT.notAllRead : EXIT.clean),
  };
}
