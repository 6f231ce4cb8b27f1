import type { FieldType } from '../query.ts';
import { boolean } from './boolean.ts';
import { date } from './date.ts';
import { ip } from './ip.ts';
import { json } from './json.ts';
import { keyword } from './keyword.ts';
import type { Matcher } from './matcher.ts';
import { number } from './number.ts';
import { text } from './text.ts';

const isNested = { misfit: 'is a list of objects', hint: 'Ask about one of them: field: { name: value and … }.' };

/**
 * A flattened field's values are keywords. Elasticsearch refuses wildcards on one key of a flattened field; Elastic's own
 * rules use them, so here they match as on any keyword.
 */
export const matcherByType: Readonly<Record<FieldType, Matcher>> = {
  keyword,
  constant_keyword: keyword,
  flattened: keyword,
  text,
  boolean,
  long: number,
  double: number,
  date,
  ip,
  json,
  nested: { equals: () => isNested, wildcard: () => isNested, range: () => isNested },
};
