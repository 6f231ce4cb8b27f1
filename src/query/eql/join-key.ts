import { unknownOf } from '../unknown.ts';
import type { Field } from './context.ts';
import { fieldValues } from './field-values.ts';
import { typeOfValue } from './values.ts';

/** `none`: a field that must have a value has none, so the event joins no sequence. `unknown`: the document does not know. */
export type JoinKey =
  | { readonly kind: 'key'; readonly text: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown' };

export interface KeyField {
  /** Undefined for an optional field that does not exist. */
  readonly field: Field | undefined;
  /** `?field`: null joins null. */
  readonly optional: boolean;
}

/** Several values are one key: the list, in the document's order. */
export function joinKeyOf(fields: readonly KeyField[]): (document: object) => JoinKey {
  const readers = fields.map(({ field, optional }) => ({
    optional,
    values: field === undefined ? undefined : fieldValues(field),
  }));
  return document => {
    const unknown = unknownOf(document);
    if (readers.some(({ values }) => values !== undefined && unknown.some(values.touches))) return { kind: 'unknown' };
    const key: (readonly string[])[] = [];
    for (const { values, optional } of readers) {
      const texts = (values?.values(document) ?? []).map(value => `${typeOfValue(value)} ${value}`);
      if (texts.length === 0 && !optional) return { kind: 'none' };
      key.push(texts);
    }
    return { kind: 'key', text: JSON.stringify(key) };
  };
}
