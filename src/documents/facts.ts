import { remembering } from '../memo/remembering.ts';
import type { Json, JsonObject } from './document.ts';
import { addLater, Gathered, withUnknown } from './unknown.ts';

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
class Later {
  readonly make: () => Facts | Joined | Partly | readonly Item[];

  constructor(make: Later['make']) {
    this.make = make;
  }
}

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
export function later(make: Later['make']): Later {
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
  const made: Made = { names: [], members: [], isJson: !isJoined(facts) };
  addMembers(facts, made, { path, gathered });
  return made.isJson ? (facts as JsonObject) : objectFrom(made, { path, gathered });
}

/** The members of an object, as far as they do not wait. */
interface Made {
  readonly names: string[];
  readonly members: (Json | Later | undefined)[];
  /** Whether they are the facts themselves. */
  isJson: boolean;
}

interface Within {
  readonly path: string;
  readonly gathered: Gathered;
}

function addMembers(facts: Facts | Joined, made: Made, within: Within): void {
  if (isJoined(facts)) {
    for (const part of facts.parts) addMembers(part, made, within);
    return;
  }
  for (const name of Object.keys(facts)) {
    const fact = facts[name];
    const member = isScalar(fact) || isLater(fact) ? fact : jsonOf(fact, below(within.path, name), within.gathered);
    made.names.push(name);
    made.members.push(member);
    made.isJson &&= member !== undefined && member === fact && !isLater(member);
  }
}

function objectFrom({ names, members }: Made, { path, gathered }: Within): JsonObject {
  const object: Record<string, Json> = {};
  for (let at = 0; at < names.length; at++) {
    const [name, member] = [names[at]!, members[at]];
    if (isLater(member))
      addLater(object, name, gathered, below(path, name), (where, within) => laterJson(member, where, within));
    else if (member !== undefined && at < ASSIGNED && name !== '__proto__') object[name] = member;
    else if (member !== undefined)
      Object.defineProperty(object, name, { value: member, enumerable: true, configurable: true, writable: true });
  }
  return object;
}

/** To assign members is much faster than to define them, but an object to which more are assigned is slow to read. */
const ASSIGNED = 12;

function below(path: string, name: string): string {
  return path === '' ? name : pathsBelow(path)(name);
}

/** The same text each time: many thousands of documents have the same paths. */
const pathsBelow = remembering((path: string) => remembering((name: string) => `${path}.${name}`, 500), 500);

function laterJson({ make }: Later, path: string, gathered: Gathered): Json {
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
    return jsonOf(fact.known, path, gathered);
  }
  if (isLater(fact)) return laterJson(fact, path, gathered);
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
function isList(fact: object): fact is readonly Fact[] {
  return Array.isArray(fact);
}
