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

/** Where things stand in a rule file. Lines count from 1. */
export interface Places {
  /** The line on which a text begins. */
  lineOfText(text: string): number | undefined;
  /**
   * The line of a key, by its path: `['rule', 'severity']`, `['postern', 'examples', 1, 'expect']`. The nearest table's
   * header where the key itself is not there or not on a line of its own.
   */
  lineOfKey(path: Path): number | undefined;
}

type Path = readonly (string | number)[];

/** Looks the file through once, when it is first asked: one file may have a thousand problems. */
export function placesIn(file: string): Places {
  let tables: Tables | undefined;
  return {
    lineOfText(text) {
      const at = text === '' ? -1 : file.indexOf(text);
      return at === -1 ? undefined : file.slice(0, at).split('\n').length;
    },
    lineOfKey(path) {
      tables ??= tablesIn(file);
      return lineIn(tables, path);
    },
  };
}

/** What follows a header, up to the next one: the lines of its keys. */
interface Table {
  readonly line: number;
  readonly keys: ReadonlyMap<string, number>;
}

/** By their headers: `[rule]`, `[[postern.examples]]`. */
type Tables = ReadonlyMap<string, readonly Table[]>;

function tablesIn(file: string): Tables {
  const tables = new Map<string, Table[]>();
  let keys = new Map<string, number>();
  for (const [i, text] of file.split('\n').entries()) {
    const line = text.trim();
    if (line.startsWith('[')) {
      keys = new Map();
      const same = tables.get(line) ?? [];
      same.push({ line: i + 1, keys });
      tables.set(line, same);
    } else if (!keys.has(keyOf(line))) keys.set(keyOf(line), i + 1);
  }
  return tables;
}

function keyOf(line: string): string {
  return line.split('=', 1)[0]!.trim();
}

/** Of the deepest table on the path. */
function lineIn(tables: Tables, path: Path): number | undefined {
  for (let depth = path.length; depth > 0; depth--) {
    const last = path[depth - 1];
    const name = path
      .slice(0, depth)
      .filter(part => typeof part === 'string')
      .join('.');
    const [header, nth] = typeof last === 'number' ? [`[[${name}]]`, last] : [`[${name}]`, 0];
    const table = tables.get(header)?.[nth];
    const key = path[depth];
    if (table !== undefined) return (typeof key === 'string' ? table.keys.get(key) : undefined) ?? table.line;
  }
  return undefined;
}
