import type { Json, JsonObject } from '../../documents/document.ts';
import { isUnknownAt, readerOf } from '../../documents/path.ts';
import type { Vocabulary } from '../../query/query.ts';

/** A field's values as they are indexed: texts, each once, in the document's order. Unknown where the document does not say. */
export type Values = readonly string[] | 'unknown';

/** Null, objects and texts too long for the field's index are no values. */
export function valuesReader(field: string, vocabulary: Vocabulary): (document: JsonObject) => Values {
  const read = readerOf(field);
  const longest = vocabulary.mapping(field)?.ignoreAbove ?? Number.POSITIVE_INFINITY;
  return document => {
    const texts = read(document)
      .filter(isScalar)
      .map(String)
      .filter(value => value.length <= longest);
    return texts.length === 0 && isUnknownAt(document, field) ? 'unknown' : [...new Set(texts)];
  };
}

function isScalar(value: Json): boolean {
  return typeof value !== 'object';
}

/**
 * The values of several fields together, one tuple for each combination; none where a field has no value. What the document
 * does not know stands in a tuple as null, and its field in `missing`.
 */
export interface Terms {
  readonly tuples: readonly Tuple[];
  readonly missing: readonly string[];
}

export type Tuple = readonly (string | null)[];

/** An event with lists of hundreds of values in each of three fields would have millions of combinations. */
const MOST_TUPLES = 1000;

export function termsReader(fields: readonly string[], vocabulary: Vocabulary): (document: JsonObject) => Terms {
  const readers = fields.map(field => valuesReader(field, vocabulary));
  return document => {
    const values = readers.map(read => read(document));
    return { tuples: combinations(values), missing: fields.filter((_, at) => values[at] === 'unknown') };
  };
}

/** One value of each, in every way; null for what is unknown. */
export function combinations(values: readonly Values[]): readonly Tuple[] {
  return values.reduce<readonly Tuple[]>(combined, [[]]);
}

function combined(before: readonly Tuple[], values: Values): readonly Tuple[] {
  const options = values === 'unknown' ? [null] : values;
  const all: Tuple[] = [];
  for (const tuple of before) {
    for (const value of options) {
      if (all.length === MOST_TUPLES) return all;
      // A list that is spread has room for sixteen more, and these are kept by the hundred thousand.
      all.push(tuple.concat([value]));
    }
  }
  return all;
}

export function keyOf(tuple: readonly unknown[]): string {
  return JSON.stringify(tuple);
}
