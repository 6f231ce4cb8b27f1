import type { Settings } from '../settings/settings.ts';
import type { DocumentKind, JsonObject } from './document.ts';
import { vocabularyFor } from './fields.ts';

/**
 * What is known of a resource that nobody saw: nothing, but that it is held against no declaration and no list where
 * `postern.toml` has none.
 */
export function unseenBody(kind: DocumentKind, settings: Settings): JsonObject {
  const unknown = vocabularyFor(kind).names.filter(name => name !== 'kind' && !isSurelyAbsent(name, kind, settings));
  return { kind, unknown };
}

function isSurelyAbsent(name: string, kind: DocumentKind, { expect, lists }: Settings): boolean {
  if (name.startsWith(`${kind}.expected.`)) return declarations(kind, expect) === 0;
  const list = name.startsWith(`${kind}.outside.`) ? name.slice(`${kind}.outside.`.length) : '';
  return Object.entries(lists).some(([each, entries]) => each === list && entries.length === 0);
}

function declarations(kind: DocumentKind, expect: Settings['expect']): number {
  const all = Object.entries(expect).filter(([each]) => kind === 'account' || each === kind);
  return all.reduce((count, [, tables]) => count + tables.length, 0);
}
