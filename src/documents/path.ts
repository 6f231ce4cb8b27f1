import { remembering } from '../memo/remembering.ts';
import type { Json, JsonObject } from './document.ts';
import { isUnknownAt } from './unknown.ts';

export { isItselfUnknown, isUnknownAt, unknownIn, unknownsOf, waitingFor } from './unknown.ts';

/** Finds the values at one path in any document. */
export type PathReader = (body: JsonObject) => readonly Json[];

/** About all fields of all kinds. */
const READERS = 1_000;

/**
 * A dotted path made ready to look up: lists on the way are looked into, so one path can have several values. A member
 * whose own name holds dots (a tag key) is found too.
 */
export const readerOf = remembering((path: string): PathReader => {
  const parts = path.split('.');
  const keys = parts.map((_, from) => parts.slice(from).map((_, more) => parts.slice(from, from + more + 1).join('.')));
  return body => collected(body, keys, 0) ?? NONE;
}, READERS);

const NONE: readonly Json[] = [];

/** The values at a path, see readerOf. */
export function valuesAt(body: JsonObject, path: string): readonly Json[] {
  return readerOf(path)(body);
}

/** The value at a path, when there is exactly one. */
export function valueAt(body: JsonObject, path: string): Json | undefined {
  const values = valuesAt(body, path);
  return values.length === 1 ? values[0] : undefined;
}

/** The text at a path, when there is exactly one value there and it is text. */
export function textAt(body: JsonObject, path: string): string | undefined {
  const value = valueAt(body, path);
  return typeof value === 'string' ? value : undefined;
}

/** Whether the value at a path is true; undefined where the document does not know it. */
export function truthAt(body: JsonObject, path: string): boolean | undefined {
  return isUnknownAt(body, path) ? undefined : valueAt(body, path) === true;
}

type Found = Json[] | undefined;

/**
 * What there is behind these. `keys[from]` are the member names that can stand at part `from`: `a`, `a.b`, `a.b.c`. Most paths have
 * one value, and a list that is made for it is smaller than one to which it is added.
 */
function collected(value: Json, keys: readonly (readonly string[])[], from: number, before?: Found): Found {
  if (from === keys.length && !isList(value)) return value === null ? before : added(before, value);
  let found = before;
  if (isList(value)) {
    for (const each of value) found = collected(each, keys, from, found);
  } else if (typeof value === 'object' && value !== null) {
    const names = keys[from]!;
    for (let more = 0; more < names.length; more++) {
      const member = value[names[more]!];
      if (member !== undefined && Object.hasOwn(value, names[more]!))
        found = collected(member, keys, from + more + 1, found);
    }
  }
  return found;
}

function added(found: Found, value: Json): Json[] {
  if (found === undefined) return [value];
  found.push(value);
  return found;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
