import { remembering } from '../memo/remembering.ts';
import type { Unknowns } from '../query/query.ts';
import type { Json, JsonObject } from './document.ts';

/** What is not known of a body, as far as its parts are worked out: those where what is asked for can be inside. */
export class Gathered implements Unknowns {
  /** Dotted paths, each once. */
  readonly unknown: string[];
  /** Parts that wait until somebody asks. */
  readonly parts: Part[];

  constructor(unknown: string[] = [], parts: Part[] = []) {
    this.unknown = unknown;
    this.parts = parts;
  }

  note(path: string): void {
    if (!this.unknown.includes(path)) this.unknown.push(path);
  }

  some(touches: (path: string) => boolean): boolean {
    for (const path of this.unknown) if (touches(path)) return true;
    for (const part of this.parts) if (touches(part.path) && part.gathered.some(touches)) return true;
    return false;
  }

  all(): readonly string[] {
    return [...this.unknown, ...this.parts.flatMap(part => part.gathered.all())];
  }
}

/** What a member will be. */
export interface Awaited {
  /** Works it out, and notes what is not known of it. */
  json(path: string, gathered: Gathered): Json;
}

/** A member of a body that is made when somebody first reads it, or asks what is not known of it. An account has very many of them. */
export class Part {
  readonly path: string;
  #awaited: Awaited | undefined;
  #json: Json = null;
  #within: Gathered | undefined;

  constructor(path: string, awaited: Awaited) {
    this.path = path;
    this.#awaited = awaited;
  }

  get json(): Json {
    this.#workOut();
    return this.#json;
  }

  get gathered(): Gathered {
    return this.#workOut();
  }

  #workOut(): Gathered {
    this.#within ??= new Gathered();
    if (this.#awaited !== undefined) {
      this.#json = this.#awaited.json(this.path, this.#within);
      this.#awaited = undefined;
    }
    return this.#within;
  }
}

/** Adds a member that waits. */
export function addWaiting(object: JsonObject, name: string, part: Part, gathered: Gathered): void {
  gathered.parts.push(part);
  const { key, read } = waitingMember(name);
  Object.defineProperty(object, key, { value: part });
  Object.defineProperty(object, name, read);
}

/** Where the part of a member stands, and how it is read: once for each name, as objects with getters of their own are slow and large. */
const waitingMember = remembering((name: string) => {
  const key = Symbol(name);
  return { key, read: { enumerable: true, configurable: true, get: partGetter(key) } };
});

function partGetter(key: symbol) {
  return function (this: { readonly [key: symbol]: Part }): Json {
    return this[key]!.json;
  };
}

const GATHERED = Symbol('gathered');

interface Waiting {
  readonly [GATHERED]?: Gathered;
}

/** Adds the list `unknown`, sorted. To read it whole works out every part. */
export function withUnknown(body: JsonObject, gathered: Gathered): JsonObject {
  if (gathered.parts.length === 0) return { ...body, unknown: [...gathered.unknown].sort() };
  Object.defineProperty(body, GATHERED, { value: gathered, configurable: true });
  Object.defineProperty(body, 'unknown', { enumerable: true, configurable: true, get: readUnknown });
  return body;
}

function readUnknown(this: Waiting): readonly string[] {
  return gatheredOf(this)?.all().toSorted() ?? [];
}

function gatheredOf(body: Waiting): Gathered | undefined {
  return body[GATHERED];
}

/** What a body is told besides, once it is made. */
export interface Addition {
  /** The member of the body that is told more. */
  readonly to: string;
  readonly members: JsonObject;
  /** Paths of what is not known of that. */
  readonly unknown: readonly string[];
}

/** The body with that; parts that wait to be worked out go on waiting. */
export function withMore(body: JsonObject, { to, members, unknown }: Addition): JsonObject {
  const known = gatheredOf(body) ?? new Gathered([...unknownIn(body)]);
  const copy = copyOf(body);
  delete copy.unknown;
  const own = Object.assign(copyOf(body[to] as JsonObject), members);
  Object.defineProperty(copy, to, { enumerable: true, value: own });
  return withUnknown(copy, new Gathered([...new Set([...known.unknown, ...unknown])], known.parts));
}

/** With its members as they are, made or waiting. */
function copyOf(object: JsonObject): Record<string, Json> {
  return Object.defineProperties({}, Object.getOwnPropertyDescriptors(object));
}

/** The paths that a document does not know. */
export function unknownIn(body: JsonObject): readonly string[] {
  const unknown = Array.isArray(body.unknown) ? body.unknown : [];
  return unknown.filter(each => typeof each === 'string');
}

/** The same to be asked. */
export function unknownsOf(body: JsonObject): Unknowns {
  return gatheredOf(body) ?? unknownIn(body);
}

/** Whether the document says that it does not know this path, or an object above it. */
export function isUnknownAt(body: JsonObject, path: string): boolean {
  return unknownsOf(body).some(each => isWithin(path, each));
}

/** The same without the objects above it. */
export function isItselfUnknown(body: JsonObject, path: string): boolean {
  const gathered = gatheredOf(body);
  return gathered === undefined ? unknownIn(body).includes(path) : isNamed(gathered, path);
}

function isNamed({ unknown, parts }: Gathered, path: string): boolean {
  return unknown.includes(path) || parts.some(part => isWithin(path, part.path) && isNamed(part.gathered, path));
}

function isWithin(path: string, object: string): boolean {
  return path === object || path.startsWith(`${object}.`);
}

/** How many parts of the body somebody who reads these fields makes wait to be worked out; a field may have wildcards. */
export function waitingFor(body: JsonObject, fields: readonly string[]): number {
  const parts = gatheredOf(body)?.parts ?? [];
  return parts.filter(({ path }) => fields.some(field => isAbout(field, path))).length;
}

/** Whether the field is the part, inside it or above it, as far as its first wildcard tells. */
function isAbout(field: string, part: string): boolean {
  const [head = ''] = field.split('*', 1);
  if (head.length < field.length) return part.startsWith(head) || head.startsWith(`${part}.`);
  return isWithin(field, part) || isWithin(part, field);
}
