import { basename } from 'node:path';

/** What is wrong with a rule file; `line` counts from 1 and is undefined when it is not one line's fault. */
export interface RuleProblem {
  /** The id of the file's rule; undefined for a path where no rules could be looked for. */
  readonly rule: string | undefined;
  readonly file: string;
  readonly line: number | undefined;
  readonly message: string;
}

/** A rule's id is its file's name. */
export function ruleIdOf(file: string): string {
  return basename(file, '.toml');
}
