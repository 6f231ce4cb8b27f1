import { parse, TomlError } from 'smol-toml';
import * as v from 'valibot';
import { nearest } from '../query/vocabulary.ts';
import { tomlKey } from '../toml/escape.ts';
import { narrowed } from '../toml/narrowed.ts';
import { type Path, type Places, placesIn } from '../toml/places.ts';
import { EXPECT_TABLES, EXPECTED_KINDS } from './expectTables.ts';
import { SettingsFile } from './schema.ts';
import { LISTS, type Settings, THRESHOLDS } from './settings.ts';
import { twins } from './twins.ts';

/** What is wrong with a `postern.toml`; `line` counts from 1 and is undefined when it is not one line's fault. */
export interface SettingsProblem {
  readonly line: number | undefined;
  readonly message: string;
}

export type SettingsReading = { readonly settings: Settings } | { readonly problems: readonly SettingsProblem[] };

/** What a `postern.toml` sets, defaults for the rest; or everything that is wrong with it at once, by line. Throws only for a bug. */
export function readSettings(text: string): SettingsReading {
  const places = placesIn(text);
  const parsed = tomlOf(text);
  if ('problems' in parsed) return parsed;
  const checked = v.safeParse(SettingsFile, parsed.toml);
  const found = [
    ...strays(parsed.toml),
    ...(checked.issues ?? []).map(mistakeOf),
    ...(checked.success ? twins(checked.output.expect) : []),
  ];
  if (found.length > 0) return { problems: firstOf(found, places) };
  return { settings: checked.output as Settings };
}

function tomlOf(text: string): { readonly toml: unknown } | { readonly problems: readonly SettingsProblem[] } {
  try {
    return { toml: parse(text) };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    return { problems: [{ line: error.line, message: narrowed(error.message.trimEnd()) }] };
  }
}

interface Mistake {
  readonly path: Path;
  readonly message: string;
  /** What stands there: an entry of a list may have a line of its own. */
  readonly entry?: unknown;
}

/** Keys that nobody knows. */
function strays(toml: unknown): readonly Mistake[] {
  return [
    ...straysIn(toml, [], ['thresholds', 'lists', 'expect']),
    ...straysIn(memberOf(toml, 'thresholds'), ['thresholds'], Object.keys(THRESHOLDS)),
    ...straysIn(memberOf(toml, 'lists'), ['lists'], Object.keys(LISTS)),
    ...straysIn(memberOf(toml, 'expect'), ['expect'], EXPECTED_KINDS),
    ...EXPECTED_KINDS.flatMap(kind => {
      const tables = memberOf(memberOf(toml, 'expect'), kind);
      const names = EXPECT_TABLES[kind].map(({ name }) => name);
      return Array.isArray(tables) ? tables.flatMap((each, n) => straysIn(each, ['expect', kind, n], names)) : [];
    }),
  ];
}

function straysIn(table: unknown, path: Path, known: readonly string[]): readonly Mistake[] {
  if (typeof table !== 'object' || table === null) return [];
  return Object.keys(table)
    .filter(key => !known.includes(key))
    .map(key => ({ path: [...path, key], message: `${shown([...path, key])}: ${notKnown(key, known)}` }));
}

function notKnown(key: string, known: readonly string[]): string {
  const [near] = nearest(key, known);
  return near === undefined ? `is not known here: ${known.join(', ')} are` : `is not known here: did you mean ${near}?`;
}

function memberOf(table: unknown, name: string): unknown {
  if (typeof table !== 'object' || table === null || !Object.hasOwn(table, name)) return undefined;
  return (table as Readonly<Record<string, unknown>>)[name];
}

function mistakeOf({ path: parts, received, message, input }: v.BaseIssue<unknown>): Mistake {
  const path = (parts ?? []).map(part => part.key).filter(key => typeof key === 'string' || typeof key === 'number');
  return { path, message: `${shown(path)}: ${received === 'undefined' ? 'is missing' : message}`, entry: input };
}

/** `expect.profile[1].roles[0]`, the first table being number 1 as people count. */
function shown(path: Path): string {
  return path.reduce<string>(
    (before, part) =>
      typeof part === 'number' ? `${before}[${part + 1}]` : before === '' ? cut(part) : `${before}.${cut(part)}`,
    '',
  );
}

const LONGEST_KEY = 100;

function cut(key: string): string {
  return tomlKey(key.length > LONGEST_KEY ? `${key.slice(0, LONGEST_KEY)}…` : key);
}

/** More than anybody mends before looking again. */
const MOST_PROBLEMS = 20;

/** Of more than this the lines are not even looked for. */
const MOST_SORTED = 500;

function firstOf(found: readonly Mistake[], places: Places): readonly SettingsProblem[] {
  const sorted = found
    .slice(0, MOST_SORTED)
    .map(mistake => ({ line: lineOf(mistake, places), message: mistake.message }))
    .sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  const more = found.length - MOST_PROBLEMS;
  if (more <= 0) return sorted;
  return [
    ...sorted.slice(0, MOST_PROBLEMS),
    { line: undefined, message: `and ${more} more ${more === 1 ? 'problem' : 'problems'} in this file` },
  ];
}

function lineOf({ path, entry }: Mistake, places: Places): number | undefined {
  const line = places.lineOfKey(path);
  if (typeof entry !== 'string' || typeof path.at(-1) !== 'number') return line;
  return places.lineOfText(JSON.stringify(entry), line) ?? line;
}
