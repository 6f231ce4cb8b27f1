import { UserError } from '../errors.ts';
import { completeAt } from '../query/complete.ts';
import { compileKql } from '../query/kql.ts';
import type { Query, Vocabulary } from '../query/query.ts';
import type { Problem, Prompt, Suggestion } from './prompt.ts';
import type { Row } from './view.ts';

/** What a filter text comes to; nothing but spaces is no filter. */
export function compiled(
  text: string,
  vocabulary: Vocabulary,
  now: Date,
): { readonly query: Query | undefined; readonly problem: Problem | undefined } {
  if (text.trim() === '') return { query: undefined, problem: undefined };
  try {
    const query = compileKql(text, { vocabulary, now, unknownFields: 'error', freeText: 'contains' });
    return { query, problem: undefined };
  } catch (error) {
    if (error instanceof UserError) return { query: undefined, problem: problemOf(error, text) };
    throw error;
  }
}

/** The message's first line, its caret as a place in the text, and the hint. */
function problemOf({ message, hint }: UserError, text: string): Problem {
  const [said = '', excerpt = '', caret = ''] = message.split('\n');
  return { message: hint === undefined ? said : `${said}. ${hint}`, at: placeIn(text, excerpt, caret) };
}

/** The excerpt is the text, indented; of a long one only the part around the caret, `… ` before and ` …` after it. */
function placeIn(text: string, excerpt: string, caret: string): number | undefined {
  if (!/^ +\^$/.test(caret)) return undefined;
  const [, start = '', shown = ''] = /^( {2}(?:… )?)(.*?)(?: …)?$/.exec(excerpt) ?? [];
  const from = text.indexOf(shown);
  return from < 0 ? undefined : from + caret.length - 1 - start.length;
}

/** What could stand at the caret: fields, and the values that they have in these rows. */
export function suggestions(
  { text, caret }: Prompt,
  vocabulary: Vocabulary,
  rows: readonly Row[],
): readonly Suggestion[] {
  const { from, to, options } = completeAt(text, caret, { vocabulary, values: field => valuesIn(rows, field) });
  return options.slice(0, OFFERED).map(({ label, insert }) => ({ label, insert, from, to }));
}

const OFFERED = 12;
/** Rows that are searched for values: a key must not take longer because the account is large. */
const SEARCHED = 2000;

function valuesIn(rows: readonly Row[], field: string): readonly string[] {
  const names = field.split('.');
  const values = rows.slice(0, SEARCHED).flatMap(row => leaves(row.subject(), names));
  return [...new Set(values)].sort();
}

function leaves(value: unknown, names: readonly string[]): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(each => leaves(each, names));
  const [name, ...rest] = names;
  if (name === undefined) return ['string', 'number', 'boolean'].includes(typeof value) ? [String(value)] : [];
  const has = typeof value === 'object' && value !== null && Object.hasOwn(value, name);
  return has ? leaves(Reflect.get(value, name), rest) : [];
}
