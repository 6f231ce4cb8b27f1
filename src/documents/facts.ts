import { remembering } from '../memo/remembering.ts';
import type { Json, JsonObject } from './document.ts';
import { type Awaited, addWaiting, Gathered, Part, withUnknown } from './unknown.ts';

/** What a builder says of a field whose value could not be known. */
export const UNKNOWN = Symbol('unknown');

/** A member of a list. */
type Item = Json | Facts | Joined;

/** A list of which some members are known and others may be missing. */
class Partly {
  readonly known: readonly Item[];

  constructor(known: readonly Item[]) {
    this.known = known;
  }
}

/** An object or a list that is worked out when somebody first reads it, or asks what is not known inside it. */
class Later implements Awaited {
  readonly #make: Make;

  constructor(make: Make) {
    this.#make = make;
  }

  json(path: string, gathered: Gathered): Json {
    return jsonOf(this.#make(), path, gathered) ?? null;
  }
}

type Make = () => Facts | Joined | Partly | readonly Item[];

/** The facts of one object, by several hands. */
class Joined {
  readonly parts: readonly (Facts | Joined)[];

  constructor(parts: Joined['parts']) {
    this.parts = parts;
  }
}

export type { Joined, Later, Partly };

/** What a builder can say of a field: its value, absent (undefined), UNKNOWN, or partly known; nested as the body is. */
export type Fact = Json | undefined | typeof UNKNOWN | Partly | Later | Facts | Joined | readonly Item[];
export interface Facts {
  readonly [name: string]: Fact;
}

export function partly(known: readonly Item[]): Partly {
  return new Partly(known);
}

/** For what takes long and few rules read. `make` is pure, and called once at most. */
export function later(make: Make): Later {
  return new Later(make);
}

/** All of them in one, in this order, no name twice. To spread them into one object takes longer than to find most of them out. */
export function joined(...parts: Joined['parts']): Joined {
  return new Joined(parts);
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
function objectOf(facts: Facts | Joined, path: string, gathered: Gathered): JsonObject {
  if (!isJoined(facts) && isPlain(facts)) return facts;
  const object = {};
  addMembers(facts, object, { path, gathered, count: 0 });
  return object;
}

/** Whether nothing in it is to be made of its members. */
function isPlain(facts: Facts): facts is JsonObject {
  for (const name of Object.keys(facts)) {
    const fact = facts[name];
    if (fact === undefined || !isAsItStands(fact)) return false;
  }
  return true;
}

/** Whether nothing is to be made of it, and nothing of it can be unknown. */
function isAsItStands(fact: Fact): fact is Json | undefined {
  return isList(fact) ? fact.every(isScalarJson) : isScalar(fact);
}

interface Within {
  readonly path: string;
  readonly gathered: Gathered;
  /** How many members the object has. */
  count: number;
}

function addMembers(facts: Facts | Joined, object: Record<string, Json>, within: Within): void {
  if (isJoined(facts)) {
    for (const part of facts.parts) addMembers(part, object, within);
    return;
  }
  for (const name of Object.keys(facts)) addMember(object, name, facts[name], within);
}

function addMember(object: Record<string, Json>, name: string, fact: Fact, within: Within): void {
  const { gathered } = within;
  if (isLater(fact)) {
    addWaiting(object, name, new Part(below(within.path, name), fact), gathered);
  } else {
    const member = isAsItStands(fact) ? fact : jsonOf(fact, below(within.path, name), gathered);
    if (member === undefined) return;
    if (within.count < ASSIGNED && name !== '__proto__') object[name] = member;
    else Object.defineProperty(object, name, { value: member, enumerable: true, configurable: true, writable: true });
  }
  within.count++;
}

/** To assign members is much faster than to define them, but an object to which more are assigned is slow to read. */
const ASSIGNED = 12;

function below(path: string, name: string): string {
  return path === '' ? name : pathsBelow(path)(name);
}

/** The same text each time: many thousands of documents have the same paths. */
const pathsBelow = remembering((path: string) => remembering((name: string) => `${path}.${name}`, 500), 500);

function jsonOf(fact: Fact, path: string, gathered: Gathered): Json | undefined {
  if (fact === UNKNOWN) {
    gathered.note(path);
    return undefined;
  }
  if (isScalar(fact)) return fact;
  if (isPartly(fact)) {
    gathered.note(path);
    return jsonOf(fact.known, path, gathered);
  }
  if (isLater(fact)) return fact.json(path, gathered);
  return isList(fact) ? listOf(fact, path, gathered) : objectOf(fact, path, gathered);
}

/** The list itself where it is JSON as it stands. */
function listOf(facts: readonly Fact[], path: string, gathered: Gathered): readonly Json[] {
  if (facts.every(isScalarJson)) return facts as readonly Json[];
  const members = facts.map(each => jsonOf(each, path, gathered) ?? null);
  return members.every((json, at) => json === facts[at]) ? (facts as readonly Json[]) : members;
}

type Scalar = Exclude<Json, object> | null | undefined;

function isScalar(fact: Fact): fact is Scalar {
  return fact === null || (typeof fact !== 'object' && fact !== UNKNOWN);
}

function isJoined(fact: object): fact is Joined {
  return fact instanceof Joined;
}

function isScalarJson(fact: Fact): boolean {
  return fact !== undefined && isScalar(fact);
}

function isPartly(fact: object): fact is Partly {
  return fact instanceof Partly;
}

function isLater(fact: Fact): fact is Later {
  return fact instanceof Later;
}

/** `Array.isArray` does not narrow readonly lists. */
function isList(fact: unknown): fact is readonly Fact[] {
  return Array.isArray(fact);
}
