import * as v from 'valibot';
import { EXPECT_TABLES, type ExpectKey } from './expectTables.ts';
import { ITEMS } from './item.ts';
import { LISTS, type List, type Settings, THRESHOLDS, type Threshold } from './settings.ts';
import { listOf, VALUE_TYPES, wholeNumber } from './valueTypes.ts';

/** What `postern.toml` must look like: made of the tables in settings.ts and expectTables.ts. */
export const SettingsFile = v.object(
  {
    thresholds: table(mapped(THRESHOLDS, thresholdSchema)),
    lists: table(mapped(LISTS, listSchema)),
    expect: table(mapped(EXPECT_TABLES, tablesSchema)),
  },
  'must be a table',
) as unknown as v.GenericSchema<unknown, Settings>;

function table(entries: v.ObjectEntries) {
  return v.optional(tableOf(entries), {});
}

/** To valibot a list and a date are objects too. */
function tableOf(entries: v.ObjectEntries) {
  return v.pipe(v.custom<object>(isTable, 'must be a table'), v.object(entries));
}

function isTable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

function mapped<From>(of: Readonly<Record<string, From>>, make: (each: From) => v.GenericSchema): v.ObjectEntries {
  return Object.fromEntries(Object.entries(of).map(([name, each]) => [name, make(each)]));
}

function thresholdSchema({ fallback, least, most }: Threshold) {
  return v.optional(wholeNumber(least, most), fallback);
}

function listSchema({ item }: List) {
  return v.optional(listOf(ITEMS[item]), []);
}

function tablesSchema(keys: readonly ExpectKey[]) {
  const entries = Object.fromEntries(keys.map(key => [key.name, keySchema(key)]));
  return v.optional(v.array(tableOf(entries), 'must be a list of tables'), []);
}

function keySchema({ type, required }: ExpectKey): v.GenericSchema {
  return required ? VALUE_TYPES[type] : v.optional(VALUE_TYPES[type]);
}
