import type { Json, JsonObject } from './document.ts';
import { addLater, Gathered, withUnknown } from './unknown.ts';

/** What a builder says of a field whose value could not be known. */
export const UNKNOWN = Symbol('unknown');

const PARTLY = Symbol('partly');

/** A list of which some members are known and others may be missing. */
export interface Partly {
  readonly [PARTLY]: readonly (Json | Facts)[];
}

const LATER = Symbol('later');

/** An object or a list that is worked out when somebody first reads it, or asks what is not known inside it. */
export interface Later {
  readonly [LATER]: () => Facts | Partly | readonly (Json | Facts)[];
}

/** What a builder can say of a field: its value, absent (undefined), UNKNOWN, or partly known; nested as the body is. */
export type Fact = Json | undefined | typeof UNKNOWN | Partly | Later | Facts | readonly (Json | Facts)[];
export interface Facts {
  readonly [name: string]: Fact;
}

export function partly(known: readonly (Json | Facts)[]): Partly {
  return { [PARTLY]: known };
}

/** For what takes long and few rules read. `make` is pure, and called once at most. */
export function later(make: Later[typeof LATER]): Later {
  return { [LATER]: make };
}

export function orUnknown<T>(value: T | undefined): T | typeof UNKNOWN {
  return value === undefined ? UNKNOWN : value;
}

/** The body that these facts make, the paths of everything not (wholly) known in its list `unknown`, sorted. */
export function bodyOf(facts: Facts): JsonObject {
  const gathered = new Gathered();
  return withUnknown(objectOf(facts, '', gathered), gathered);
}

/** The facts themselves where they are JSON as they stand. */
function objectOf(facts: Facts, path: string, gathered: Gathered): JsonObject {
  const members: [string, Json][] = [];
  const waiting: [string, Later][] = [];
  let isJson = true;
  for (const name of Object.keys(facts)) {
    const fact = facts[name];
    if (isLater(fact)) waiting.push([name, fact]);
    const json = isLater(fact) ? null : isScalar(fact) ? fact : jsonOf(fact, below(path, name), gathered);
    if (json !== undefined) members.push([name, json]);
    isJson &&= json !== undefined && json === fact;
  }
  if (isJson) return facts as JsonObject;
  const object = Object.fromEntries(members);
  for (const [name, fact] of waiting)
    addLater(object, name, gathered, below(path, name), (at, within) => laterJson(fact, at, within));
  return object;
}

function below(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

function laterJson({ [LATER]: make }: Later, path: string, gathered: Gathered): Json {
  return jsonOf(make(), path, gathered) ?? null;
}

function jsonOf(fact: Fact, path: string, gathered: Gathered): Json | undefined {
  if (fact === UNKNOWN) {
    gathered.note(path);
    return undefined;
  }
  if (isScalar(fact)) return fact;
  if (isPartly(fact)) {
    gathered.note(path);
    return jsonOf(fact[PARTLY], path, gathered);
  }
  if (isLater(fact)) return laterJson(fact, path, gathered);
  return isList(fact) ? listOf(fact, path, gathered) : objectOf(fact, path, gathered);
}

/** The list itself where it is JSON as it stands. */
function listOf(facts: readonly Fact[], path: string, gathered: Gathered): readonly Json[] {
  const members = facts.map(each => jsonOf(each, path, gathered) ?? null);
  return members.every((json, at) => json === facts[at]) ? (facts as readonly Json[]) : members;
}

type Scalar = Exclude<Json, object> | null | undefined;

function isScalar(fact: Fact): fact is Scalar {
  return fact === null || (typeof fact !== 'object' && fact !== UNKNOWN);
}

function isPartly(fact: object): fact is Partly {
  return PARTLY in fact;
}

function isLater(fact: Fact): fact is Later {
  return typeof fact === 'object' && fact !== null && LATER in fact;
}

/** `Array.isArray` does not narrow readonly lists. */
function isList(fact: object): fact is readonly Fact[] {
  return Array.isArray(fact);
}
