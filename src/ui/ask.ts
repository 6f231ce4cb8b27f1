import { UserError } from '../errors.ts';
import { distinct } from '../lists.ts';
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
  const asked = quoted(text);
  try {
    const query = compileKql(asked, { vocabulary, now, unknownFields: 'error', freeText: 'contains' });
    return { query: { ...query, text }, problem: undefined };
  } catch (error) {
    if (error instanceof UserError) return { query: undefined, problem: problemOf(error, text, asked) };
    throw error;
  }
}

/** The words of a row that stands for what could not be evaluated; to KQL they would be all that does not say "evaluated". */
function quoted(text: string): string {
  return text.replace(/^(\s*)(not evaluated)(?=\s|$)/i, '$1"$2"');
}

/** The message's first line, its caret as a place in the text, and the hint. */
function problemOf({ message, hint }: UserError, text: string, asked: string): Problem {
  const [said = '', excerpt = '', caret = ''] = message.split('\n');
  const at = placeIn(asked, excerpt, caret);
  const typed = at === undefined ? undefined : Math.max(0, at - (asked.length - text.length));
  return { message: hint === undefined ? said : `${said}. ${hint}`, at: typed };
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
  const searched = rows
    .slice(0, SEARCHED)
    .flatMap(row => row.subjects())
    .slice(0, SEARCHED);
  const values = searched.flatMap(subject => leaves(subject, names));
  return distinct(values);
}

function leaves(value: unknown, names: readonly string[]): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(each => leaves(each, names));
  const [name, ...rest] = names;
  if (name === undefined) return ['string', 'number', 'boolean'].includes(typeof value) ? [String(value)] : [];
  const has = typeof value === 'object' && value !== null && Object.hasOwn(value, name);
  return has ? leaves(Reflect.get(value, name), rest) : [];
}
