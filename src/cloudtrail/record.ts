/** A raw CloudTrail record: one element of a log file's `Records`, or a parsed LookupEvents `CloudTrailEvent`. */
export type CloudTrailRecord = Readonly<Record<string, unknown>>;

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json;
}

/** Jackson, which reads the records at Elastic's end, refuses JSON that nests deeper. */
export const DEEPEST = 1000;

/**
 * The record without what the integration drops before it looks at anything: null, `""`, `"-"`, `"none"`, and the objects and
 * lists that are empty or so become empty. Undefined when nothing is left. Levels below the thousandth are dropped too.
 */
export function withoutEmpty(value: unknown, depth = 0): Json | undefined {
  if (depth > DEEPEST) return undefined;
  if (typeof value !== 'object' || value === null) return isDropped(value) ? undefined : (value as Json);
  if (Array.isArray(value)) return nonEmptyList(value.map(item => withoutEmpty(item, depth + 1)));
  // Every record's every object comes through here, so it is built at once.
  let object: Record<string, Json> | undefined;
  for (const name of Object.keys(value)) {
    const item = withoutEmpty((value as Record<string, unknown>)[name], depth + 1);
    if (item === undefined) continue;
    object ??= {};
    put(object, name, item);
  }
  return object;
}

export function isDropped(value: unknown): boolean {
  return value === null || value === undefined || value === '' || value === '-' || value === 'none';
}

/** A member's name, and its value if it is there. */
type Member = readonly [name: string, value: Json | undefined];

/** An object of the members that are there; undefined when none is. Safe for a member called `__proto__`. */
export function nonEmptyObject(members: readonly Member[]): JsonObject | undefined {
  let object: Record<string, Json> | undefined;
  // Here and in `at` by number: a document is made of hundreds of these, and of iterators V8 makes far more code.
  for (let i = 0; i < members.length; i++) {
    const member = members[i]!;
    const value = member[1];
    if (value === undefined) continue;
    object ??= {};
    put(object, member[0], value);
  }
  return object;
}

function put(object: Record<string, Json>, name: string, value: Json): void {
  if (name === '__proto__') Object.defineProperty(object, name, { ...PLAIN, value });
  else object[name] = value;
}

const PLAIN = { configurable: true, enumerable: true, writable: true };

export function nonEmptyList(items: readonly (Json | undefined)[]): Json[] | undefined {
  const present = items.filter(item => item !== undefined);
  return present.length === 0 ? undefined : present;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a path of own members; undefined where there is none. */
export function at(value: Json | undefined, ...path: readonly string[]): Json | undefined {
  let here: Json | undefined = value;
  for (let i = 0; i < path.length; i++) {
    const name = path[i]!;
    if (!isObject(here) || !Object.hasOwn(here, name)) return undefined;
    here = here[name];
  }
  return here;
}

/** The scalar at a path as text, numbers and booleans too; undefined for an object or a list. */
export function textAt(value: Json | undefined, ...path: readonly string[]): string | undefined {
  const found = at(value, ...path);
  if (found === undefined || found === null || typeof found === 'object') return undefined;
  return String(found);
}

/** What a document's fields are called, and the members that they are the texts of. */
export type TextNames = readonly (readonly [field: string, member: string])[];

/** The texts of members, by their fields. Tables, for there are many of them: of calls written out V8 would compile each by itself. */
export function textsOf(value: Json | undefined, names: TextNames): Member[] {
  return names.map(name => [name[0], textAt(value, name[1])] as const);
}

/** The list at a path; empty where there is none. */
export function listAt(value: Json | undefined, ...path: readonly string[]): readonly Json[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}
