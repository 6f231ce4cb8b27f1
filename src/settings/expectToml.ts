import { tomlText } from '../toml/escape.ts';
import type { Expectations } from './expectations.ts';
import { EXPECT_TABLES, EXPECTED_KINDS } from './expectTables.ts';

/** Declarations as TOML that `readSettings` reads back; keys as EXPECT_TABLES orders them, what is undefined left out. */
export function expectToml(expect: Expectations): string {
  const tables = EXPECTED_KINDS.flatMap(kind =>
    expect[kind].map(table => {
      const values: Readonly<Record<string, unknown>> = { ...table };
      const lines = EXPECT_TABLES[kind].flatMap(({ name }) =>
        values[name] === undefined ? [] : [`${name} = ${tomlValue(values[name])}`],
      );
      return [`[[expect.${kind}]]`, ...lines, ''].join('\n');
    }),
  );
  return tables.join('\n');
}

/** A list of several has a line for each: a difference is then one line. */
function tomlValue(value: unknown): string {
  if (typeof value === 'string') return tomlText(value);
  if (!Array.isArray(value)) return String(value);
  if (value.length < 2) return `[${value.map(tomlValue).join('')}]`;
  return `[\n${value.map(each => `  ${tomlValue(each)},\n`).join('')}]`;
}
