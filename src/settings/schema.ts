import * as v from 'valibot';
import { EXPECT_TABLES, type ExpectKey } from './expectTables.ts';
import { ITEMS } from './item.ts';
import { KEY_TYPES, listOf, wholeNumber } from './keyTypes.ts';
import { LISTS, type List, type Settings, THRESHOLDS, type Threshold } from './settings.ts';

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
  return v.optional(v.object(entries, 'must be a table'), {});
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
  return v.optional(v.array(v.object(entries, 'must be a table'), 'must be a list of tables'), []);
}

function keySchema({ type, required }: ExpectKey): v.GenericSchema {
  return required ? KEY_TYPES[type] : v.optional(KEY_TYPES[type]);
}
