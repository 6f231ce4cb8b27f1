import { type Leaf, pathOf, someLeaf } from '../lookup.ts';
import { type Touches, touches } from '../unknown.ts';
import type { Field } from './context.ts';
import type { Value } from './tree.ts';
import { valueOfLeaf } from './values.ts';

/** Gets at a field's values: those that would be indexed, in the document's order. */
export interface FieldValues {
  values(document: unknown): readonly NonNullable<Value>[];
  /** Whether it matters to the field that the document does not know a path. */
  readonly touches: Touches;
}

export function fieldValues({ name, mapping, below }: Field): FieldValues {
  if (mapping === undefined) return { values: () => [], touches: () => false };
  const path = pathOf(name);
  const { ignoreAbove = Number.POSITIVE_INFINITY } = mapping;
  const isIndexed = (leaf: Leaf) => typeof leaf !== 'string' || leaf.length <= ignoreAbove;
  return {
    values(document) {
      const found: NonNullable<Value>[] = [];
      const collect = (leaf: Leaf) => {
        const value = isIndexed(leaf) ? valueOfLeaf(leaf, mapping) : undefined;
        if (value !== undefined && value !== null) found.push(value);
        return false;
      };
      someLeaf(document, path, collect, below);
      return found;
    },
    touches: touches(name, below || mapping.type === 'json'),
  };
}
