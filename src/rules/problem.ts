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

/** The line on which this text begins in the file, counting from 1. */
export function lineOfText(file: string, text: string): number | undefined {
  const at = text === '' ? -1 : file.indexOf(text);
  return at === -1 ? undefined : file.slice(0, at).split('\n').length;
}

/**
 * The line of a key, by its path: `['rule', 'severity']`, `['postern', 'examples', 1, 'expect']`. The nearest table's
 * header where the key itself is not there or not on a line of its own.
 */
export function lineOfKey(file: string, path: readonly (string | number)[]): number | undefined {
  const lines = file.split('\n').map(line => line.trim());
  const header = headerOf(lines, path);
  if (header === undefined) return undefined;
  const key = path[header.depth];
  const end = lines.findIndex((line, at) => at > header.at && line.startsWith('['));
  const own = lines.findIndex((line, at) => at > header.at && (end === -1 || at < end) && keyOf(line) === key);
  return (own === -1 ? header.at : own) + 1;
}

interface Header {
  readonly at: number;
  /** How many parts of the path the header stands for. */
  readonly depth: number;
}

/** The deepest table header on the path: `[rule]`, or the nth `[[postern.examples]]`. */
function headerOf(lines: readonly string[], path: readonly (string | number)[]): Header | undefined {
  for (let depth = path.length; depth > 0; depth--) {
    const last = path[depth - 1];
    const names = path.slice(0, depth).filter(part => typeof part === 'string');
    const wanted = typeof last === 'number' ? `[[${names.join('.')}]]` : `[${names.join('.')}]`;
    const found = lines.flatMap((line, at) => (line === wanted ? [at] : []));
    const at = found[typeof last === 'number' ? last : 0];
    if (at !== undefined) return { at, depth };
  }
  return undefined;
}

function keyOf(line: string): string {
  return line.split('=', 1)[0]!.trim();
}
