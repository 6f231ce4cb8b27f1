import type { Json, JsonObject } from './document.ts';

/**
 * The values at a dotted path: lists on the way are looked into, so one path can have several. A member whose own name
 * holds dots (a tag key) is found too.
 */
export function valuesAt(body: JsonObject, path: string): readonly Json[] {
  return under(body, path.split('.'));
}

/** The text at a path, when there is exactly one value there and it is text. */
export function textAt(body: JsonObject, path: string): string | undefined {
  const values = valuesAt(body, path);
  return values.length === 1 && typeof values[0] === 'string' ? values[0] : undefined;
}

/** Whether the document says that it does not know this path, or an object above it. */
export function isUnknownAt(body: JsonObject, path: string): boolean {
  return unknownIn(body).some(each => path === each || path.startsWith(`${each}.`));
}

/** The paths that the document does not know. */
export function unknownIn(body: JsonObject): readonly string[] {
  const unknown = Array.isArray(body.unknown) ? body.unknown : [];
  return unknown.filter(each => typeof each === 'string');
}

function under(value: Json, names: readonly string[]): readonly Json[] {
  if (isList(value)) return value.flatMap(each => under(each, names));
  if (names.length === 0) return value === null ? [] : [value];
  if (typeof value !== 'object' || value === null) return [];
  return names.flatMap((_, at) => {
    const name = names.slice(0, at + 1).join('.');
    return Object.hasOwn(value, name) ? under(value[name] ?? null, names.slice(at + 1)) : [];
  });
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
