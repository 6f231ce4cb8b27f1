import * as v from 'valibot';
import { GRADES } from '../iam/gate/grade.ts';
import type { ValueType } from './expectTables.ts';
import { ITEMS, shown } from './item.ts';

export function wholeNumber(least: number, most: number) {
  return v.pipe(
    v.number('must be a whole number'),
    v.integer('must be a whole number'),
    v.check(value => value >= least && value <= most, `must be ${least} to ${most}`),
  );
}

/** Each entry once. */
export function listOf(item: v.GenericSchema<unknown, string>) {
  return v.pipe(
    v.array(item, 'must be a list of texts'),
    v.rawCheck(({ dataset, addIssue }) => {
      const seen = new Set<unknown>();
      const input: unknown[] = Array.isArray(dataset.value) ? dataset.value : [];
      for (const [key, value] of input.entries()) {
        const path: [v.ArrayPathItem] = [{ type: 'array', origin: 'value', input, key, value }];
        if (seen.has(value)) addIssue({ message: `${shown(value)} is there twice`, input: value, path });
        seen.add(value);
      }
    }),
  );
}

const text = v.pipe(v.string('must be a text'), v.nonEmpty('must not be empty'));

/** What the keys of `[[expect.…]]` tables must hold. */
export const VALUE_TYPES: Readonly<Record<ValueType, v.GenericSchema>> = {
  text,
  region: ITEMS.region,
  account: v.pipe(v.string('must be a text'), v.regex(/^\d{12}$/, 'must be twelve digits')),
  boolean: v.boolean('must be true or false'),
  seconds: wholeNumber(900, 43_200),
  sha256: v.pipe(v.string('must be a text'), v.regex(/^[0-9a-f]{64}$/, 'must be 64 hex digits in lower case')),
  grade: v.picklist(GRADES, `must be one of ${GRADES.join(', ')}`),
  cas: listOf(ITEMS.ca),
  'role ARNs': listOf(ITEMS.role),
  'anchor ARNs': listOf(ITEMS.anchor),
  texts: listOf(text),
};
