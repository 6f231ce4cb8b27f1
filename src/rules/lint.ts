import { parseEql } from '../query/eql/parse.ts';
import type { Call, Expression, Is, Statement } from '../query/eql/tree.ts';
import { parseKql } from '../query/parse-kql.ts';
import type { Query, Vocabulary } from '../query/query.ts';
import { isExists, type Tree } from '../query/tree.ts';

/** What Elasticsearch makes of a query, where that is another thing than meets the eye. */
export function kqlNotes({ text, fields }: Pick<Query, 'text' | 'fields'>, vocabulary: Vocabulary): readonly string[] {
  if (!fields.some(field => isFlattened(field, vocabulary))) return [];
  return [...new Set(flattenedPatterns(parseKql(text), vocabulary))];
}

export function eqlNotes(text: string, vocabulary: Vocabulary): readonly string[] {
  return [...new Set(filtersOf(parseEql(text)).flatMap(filter => expressionNotes(filter, vocabulary)))];
}

function flattenedPatterns(tree: Tree, vocabulary: Vocabulary): readonly string[] {
  switch (tree.kind) {
    case 'and':
    case 'or':
      return tree.parts.flatMap(part => flattenedPatterns(part, vocabulary));
    case 'not':
      return flattenedPatterns(tree.part, vocabulary);
    case 'is': {
      const { field, value } = tree;
      if (field.name.kind !== 'literal' || value.kind !== 'wildcard' || isExists(value)) return [];
      return isFlattened(field.name.text, vocabulary) ? [patternNote(field.name.text)] : [];
    }
    default:
      return [];
  }
}

function isFlattened(field: string, vocabulary: Vocabulary): boolean {
  return vocabulary.mapping(field)?.type === 'flattened';
}

/** elastic/elasticsearch issue 157064: "keyed flattened fields do not support wildcard queries". */
function patternNote(field: string): string {
  return `${field} is a flattened field, of which Elasticsearch refuses to ask for a pattern; Postern compares its texts with it`;
}

function filtersOf(statement: Statement): readonly Expression[] {
  if (statement.kind === 'event') return [statement.filter.condition];
  const steps = statement.until === null ? statement.steps : [...statement.steps, statement.until];
  return steps.map(step => step.filter.condition);
}

function expressionNotes(expression: Expression, vocabulary: Vocabulary): readonly string[] {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return expression.parts.flatMap(part => expressionNotes(part, vocabulary));
    case 'not':
      return expressionNotes(expression.part, vocabulary);
    case 'compare':
      return [expression.left, expression.right].flatMap(part => expressionNotes(part, vocabulary));
    case 'is':
      return isNotes(expression, vocabulary);
    case 'call':
      return callNotes(expression, vocabulary);
    default:
      return [];
  }
}

function isNotes({ subject, patterns, operator }: Is, vocabulary: Vocabulary): readonly string[] {
  if (subject.kind !== 'field' || !isFlattened(subject.name, vocabulary)) return [];
  const isPattern = operator.startsWith('regex') || patterns.some(({ value }) => /[*?]/.test(String(value)));
  return isPattern ? [patternNote(subject.name)] : [];
}

/** With case, a call over a field and a text goes to the index as a wildcard query (elastic/elasticsearch, EQL's QueryTranslator). */
function callNotes({ name, insensitive, args: [field, part] }: Call, vocabulary: Vocabulary): readonly string[] {
  if (name !== 'stringContains' || insensitive || field?.kind !== 'field' || part?.kind !== 'literal') return [];
  const flattened = isFlattened(field.name, vocabulary) ? [patternNote(field.name)] : [];
  if (!/[*?\\]/.test(String(part.value))) return flattened;
  const said = `stringContains(${field.name}, ${JSON.stringify(part.value)})`;
  return [
    ...flattened,
    `${said} is a pattern to Elasticsearch, and so it is here: its * and ? stand for any text, \\ takes that from them`,
  ];
}
