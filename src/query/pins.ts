import { numberOf } from './match/number.ts';
import type { FieldMapping, Vocabulary } from './query.ts';
import { isNull, type Tree } from './tree.ts';

/** What `Query.pins` says, unsorted. `prefix` is the nested path with its dot. */
export function pinsOf(
  tree: Tree,
  field: string,
  vocabulary: Vocabulary,
  prefix = '',
): ReadonlySet<string> | undefined {
  switch (tree.kind) {
    case 'and': {
      const sets = tree.parts.map(part => pinsOf(part, field, vocabulary, prefix)).filter(set => set !== undefined);
      return sets.reduce<ReadonlySet<string> | undefined>(
        (a, b) => (a !== undefined && a.size <= b.size ? a : b),
        undefined,
      );
    }
    case 'or': {
      const sets = tree.parts.map(part => pinsOf(part, field, vocabulary, prefix));
      return sets.every(set => set !== undefined) ? new Set(sets.flatMap(set => [...set])) : undefined;
    }
    case 'nested':
      return tree.field.name.kind === 'literal'
        ? pinsOf(tree.part, field, vocabulary, `${prefix}${tree.field.name.text}.`)
        : undefined;
    case 'is': {
      const { name } = tree.field;
      if (name.kind === 'wildcard' || prefix + name.text !== field || tree.value.kind === 'wildcard') return undefined;
      if (isNull(tree.value)) return new Set();
      return isExact(vocabulary.mapping(field), tree.value.text) ? new Set([tree.value.text]) : undefined;
    }
    default:
      return undefined;
  }
}

/** Whether only the very same text matches: not so for numbers, dates, addresses and words. */
export function isExact(mapping: FieldMapping | undefined, text: string): boolean {
  switch (mapping?.type) {
    case 'keyword':
    case 'constant_keyword':
    case 'flattened':
    case 'boolean':
      return true;
    case 'json':
      return numberOf(text) === undefined;
    default:
      return false;
  }
}
