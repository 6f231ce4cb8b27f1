import { isObject } from './lookup.ts';

/** The dotted paths that the document itself says it does not know. */
export function unknownOf(document: object): readonly string[] {
  if (!isObject(document) || !Object.hasOwn(document, 'unknown') || !Array.isArray(document.unknown)) return NONE;
  return document.unknown.length === 0 ? NONE : document.unknown.filter(path => typeof path === 'string');
}

const NONE: readonly string[] = [];

/** Whether it matters to a question that this dotted path is not known. A path inside one that does not matter does not either. */
export type Touches = (path: string) => boolean;

/** Whether the field or an object above it is unknown; where `below` counts, also anything inside it. */
export function touches(field: string, below: boolean): Touches {
  const parts = field.split('.');
  const above = new Set(parts.map((_, at) => parts.slice(0, at + 1).join('.')));
  const inside = `${field}.`;
  return path => above.has(path) || (below && path.startsWith(inside));
}

/** Whether a field whose name begins so could be unknown. May say yes too often, never too rarely. */
export function touchesPrefix(prefix: string): Touches {
  return path => path.startsWith(prefix) || prefix.startsWith(path);
}
