/** Where things stand in a TOML file. Lines count from 1. */
export interface Places {
  /** The line on which a text begins, at a line or after it. */
  lineOfText(text: string, from?: number): number | undefined;
  /**
   * The line of a key, by its path: `['rule', 'severity']`, `['postern', 'examples', 1, 'expect']`. The nearest table's
   * header where the key itself is not there or not on a line of its own.
   */
  lineOfKey(path: Path): number | undefined;
}

export type Path = readonly (string | number)[];

/** Looks the file through once, when it is first asked: one file may have a thousand problems. */
export function placesIn(file: string): Places {
  let tables: Tables | undefined;
  return {
    lineOfText(text, from = 1) {
      const at = text === '' ? -1 : file.indexOf(text, startOfLine(file, from));
      return at === -1 ? undefined : file.slice(0, at).split('\n').length;
    },
    lineOfKey(path) {
      tables ??= tablesIn(file);
      return lineIn(tables, path) ?? lineAtTop(tables, path);
    },
  };
}

function startOfLine(file: string, line: number): number {
  let at = 0;
  for (let n = 1; n < line; n++) at = file.indexOf('\n', at) + 1;
  return at;
}

/** What follows a header, up to the next one: the lines of its keys. */
interface Table {
  readonly line: number;
  readonly keys: ReadonlyMap<string, number>;
}

/** By their headers: `[rule]`, `[[postern.examples]]`; what comes before the first one under none. */
type Tables = ReadonlyMap<string, readonly Table[]>;

function tablesIn(file: string): Tables {
  let keys = new Map<string, number>();
  const tables = new Map<string, Table[]>([['', [{ line: 1, keys }]]]);
  for (const [i, text] of file.split('\n').entries()) {
    const line = text.trim();
    if (line.startsWith('[')) {
      keys = new Map();
      const header = line.split('#', 1)[0]!.trim();
      const same = tables.get(header) ?? [];
      same.push({ line: i + 1, keys });
      tables.set(header, same);
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
    const name = nameOf(path.slice(0, depth));
    const [header, nth] = typeof last === 'number' ? [`[[${name}]]`, last] : [`[${name}]`, 0];
    const isWhole = depth === path.length;
    const table = tables.get(header)?.[nth] ?? (isWhole ? tables.get(`[[${name}]]`)?.[0] : undefined);
    const key = path[depth];
    if (table !== undefined) return (typeof key === 'string' ? table.keys.get(key) : undefined) ?? table.line;
  }
  return undefined;
}

/** `thresholds.max_roles = 3`, `thresholds = { max_roles = 3 }`. */
function lineAtTop(tables: Tables, path: Path): number | undefined {
  const keys = tables.get('')![0]!.keys;
  for (let depth = path.length; depth > 0; depth--) {
    const line = keys.get(nameOf(path.slice(0, depth)));
    if (line !== undefined) return line;
  }
  return undefined;
}

function nameOf(path: Path): string {
  return path.filter(part => typeof part === 'string').join('.');
}
