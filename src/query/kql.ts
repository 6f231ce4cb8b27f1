import { evaluator } from './evaluate.ts';
import { type Ask, allOf } from './kleene.ts';
import { refuseWords } from './limits.ts';
import { parseKql } from './parse-kql.ts';
import { pinsOf } from './pins.ts';
import { printName } from './print.ts';
import type { Asked, Query, Vocabulary } from './query.ts';
import { isExists, type Tree } from './tree.ts';
import { unknownOf } from './unknown.ts';

export interface KqlOptions {
  readonly vocabulary: Vocabulary;
  /** What `now` means in date math. */
  readonly now: Date;
  readonly file?: string | undefined;
  /** The file's line that holds the query's first line, from 1. */
  readonly line?: number | undefined;
  /** `ignore`: a field that does not exist, and a value that its field cannot hold, match nothing. Default `error`. */
  readonly unknownFields?: 'error' | 'ignore' | undefined;
  /** What a value without a field means: equal to some field (`term`, default), or inside some value (`contains`). */
  readonly freeText?: 'term' | 'contains' | undefined;
}

/**
 * A KQL query, ready to ask, with Elasticsearch's meaning for each field's type. Throws QueryError: the message holds
 * the line and a caret, the hint the nearest field names.
 */
export function compileKql(text: string, options: KqlOptions): Query {
  const { vocabulary, now, file, line, unknownFields = 'error', freeText = 'term' } = options;
  const place = { file, line };
  const tree = parseKql(text, place);
  refuseWords(wordsIn(tree), text, place);
  const context = { text, place, vocabulary, now, unknownFields, freeText, prefix: '' };
  const together = tree.kind === 'and' ? tree.parts : [tree];
  const asks = together.map(part => evaluator(part, context));
  return {
    ...asked(allOf(asks), tree),
    text,
    pins(field) {
      const values = pinsOf(tree, field, vocabulary);
      return values === undefined ? undefined : [...values].sort();
    },
    parts: together.map((part, i) => asked(asks[i]!, part)),
  };
}

/** Where values stand that many fields are asked for: such without a field, and behind a name with a wildcard. */
function wordsIn(tree: Tree): readonly number[] {
  switch (tree.kind) {
    case 'and':
    case 'or':
      return tree.parts.flatMap(wordsIn);
    case 'not':
    case 'nested':
      return wordsIn(tree.part);
    case 'is':
    case 'range':
      return tree.field.name.kind === 'wildcard' ? [tree.value.at] : [];
    case 'free':
      return [tree.value.at];
    default:
      return [];
  }
}

function asked(ask: Ask, tree: Tree): Asked {
  return {
    fields: [...fieldsOf(tree, '')].sort(),
    ask: (document, unknown = unknownOf(document)) => ask({ value: document, unknown }),
  };
}

function fieldsOf(tree: Tree, prefix: string): ReadonlySet<string> {
  switch (tree.kind) {
    case 'and':
    case 'or':
      return new Set(tree.parts.flatMap(part => [...fieldsOf(part, prefix)]));
    case 'not':
      return fieldsOf(tree.part, prefix);
    case 'nested':
      return fieldsOf(tree.part, `${prefix}${nameIn(tree.field)}.`);
    case 'is':
    case 'range':
      return isEverything(tree, prefix) ? new Set() : new Set([prefix + nameIn(tree.field)]);
    case 'free':
      return new Set(['*']);
    default:
      return new Set();
  }
}

/** `*:*` matches every document, whatever is in it. */
function isEverything(tree: Tree, prefix: string): boolean {
  if (tree.kind !== 'is' || prefix !== '' || tree.field.name.kind !== 'wildcard') return false;
  return isExists(tree.field.name) && isExists(tree.value);
}

function nameIn(field: Parameters<typeof printName>[0]): string {
  return field.name.kind === 'literal' ? field.name.text : printName(field);
}
