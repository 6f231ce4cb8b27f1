import type { ReadProblem } from '../cloudtrail/read.ts';
import { printable } from '../report/printable.ts';

/** Prints each problem of a log file on stderr, with file and line, disarmed. */
export function problemsOnStderr(): (problem: ReadProblem) => void {
  return ({ file, line, message }) => {
    const where = line === undefined ? file : `${file}:${line}`;
    process.stderr.write(`${printable(where)}: ${printable(message)}\n`);
  };
}
