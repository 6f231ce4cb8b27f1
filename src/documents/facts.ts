import type { Json, JsonObject } from './document.ts';

/** What a builder says of a field whose value could not be known. */
export const UNKNOWN = Symbol('unknown');

const PARTLY = Symbol('partly');

/** A list of which some members are known and others may be missing. */
export interface Partly {
  readonly [PARTLY]: readonly (Json | Facts)[];
}

/** What a builder can say of a field: its value, absent (undefined), UNKNOWN, or partly known; nested as the body is. */
export type Fact = Json | undefined | typeof UNKNOWN | Partly | Facts | readonly (Json | Facts)[];
export interface Facts {
  readonly [name: string]: Fact;
}

export function partly(known: readonly (Json | Facts)[]): Partly {
  return { [PARTLY]: known };
}

export function orUnknown<T>(value: T | undefined): T | typeof UNKNOWN {
  return value === undefined ? UNKNOWN : value;
}

/** The body that these facts make, the paths of everything not (wholly) known in its list `unknown`, sorted. */
export function bodyOf(facts: Facts): JsonObject {
  const unknown = new Set<string>();
  const body = objectOf(facts, '', unknown);
  return { ...body, unknown: [...unknown].sort() };
}

function objectOf(facts: Facts, path: string, unknown: Set<string>): JsonObject {
  const members = Object.entries(facts).map(([name, fact]): [string, Json | undefined] => [
    name,
    jsonOf(fact, path === '' ? name : `${path}.${name}`, unknown),
  ]);
  return Object.fromEntries(members.filter((member): member is [string, Json] => member[1] !== undefined));
}

function jsonOf(fact: Fact, path: string, unknown: Set<string>): Json | undefined {
  if (fact === UNKNOWN) {
    unknown.add(path);
    return undefined;
  }
  if (typeof fact !== 'object' || fact === null) return fact;
  if (isPartly(fact)) {
    unknown.add(path);
    return jsonOf(fact[PARTLY], path, unknown);
  }
  if (isList(fact)) return fact.map(each => jsonOf(each, path, unknown) ?? null);
  return objectOf(fact, path, unknown);
}

function isPartly(fact: object): fact is Partly {
  return PARTLY in fact;
}

/** `Array.isArray` does not narrow readonly lists. */
function isList(fact: object): fact is readonly Fact[] {
  return Array.isArray(fact);
}
