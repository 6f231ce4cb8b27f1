import { once } from '../memo/once.ts';
import type { Unknowns } from '../query/query.ts';
import type { Json, JsonObject } from './document.ts';

/** What is not known of a body, as far as its parts are worked out. */
export interface Gathered {
  /** Dotted paths. */
  readonly unknown: Set<string>;
  /** Parts that wait until somebody asks. */
  readonly parts: Part[];
}

interface Part {
  readonly path: string;
  /** What is not known inside the part, which is worked out for it. */
  readonly gathered: () => Gathered;
}

export function nothingYet(): Gathered {
  return { unknown: new Set(), parts: [] };
}

/** A member of a body that is not there yet. */
export interface LaterMember {
  readonly path: string;
  /** Makes it, and adds what is not known of it. */
  readonly make: (gathered: Gathered) => Json;
}

/** Lets the member, which stands in the object for its place among the others, be made when it is first read. */
export function addLater(object: JsonObject, name: string, gathered: Gathered, { path, make }: LaterMember): void {
  const made = once(() => {
    const within = nothingYet();
    return { json: make(within), within };
  });
  gathered.parts.push({ path, gathered: () => made().within });
  defineOnce(object, name, () => made().json);
}

function defineOnce(object: JsonObject, name: string, make: () => Json): void {
  Object.defineProperty(object, name, {
    enumerable: true,
    configurable: true,
    get() {
      const value = make();
      Object.defineProperty(object, name, { enumerable: true, value });
      return value;
    },
  });
}

/** Adds the list `unknown`, sorted. To read it whole works out every part. */
export function withUnknown(body: JsonObject, gathered: Gathered): JsonObject {
  if (gathered.parts.length === 0) return { ...body, unknown: [...gathered.unknown].sort() };
  defineOnce(body, 'unknown', () => allUnknown(gathered).toSorted());
  remembered.set(body, gathered);
  return body;
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
  const known = remembered.get(body) ?? { unknown: unknownIn(body), parts: [] };
  const copy = copyOf(body);
  delete copy.unknown;
  const own = Object.assign(copyOf(body[to] as JsonObject), members);
  Object.defineProperty(copy, to, { enumerable: true, value: own });
  return withUnknown(copy, { unknown: new Set([...known.unknown, ...unknown]), parts: known.parts });
}

/** With its members as they are, made or waiting. */
function copyOf(object: JsonObject): Record<string, Json> {
  return Object.defineProperties({}, Object.getOwnPropertyDescriptors(object));
}

const remembered = new WeakMap<JsonObject, Gathered>();

function allUnknown({ unknown, parts }: Gathered): readonly string[] {
  return [...unknown, ...parts.flatMap(part => allUnknown(part.gathered()))];
}

/** The paths that a document does not know. */
export function unknownIn(body: JsonObject): readonly string[] {
  const unknown = Array.isArray(body.unknown) ? body.unknown : [];
  return unknown.filter(each => typeof each === 'string');
}

/** The same to be asked: parts of the body are worked out only where what is asked for can be inside them. */
export function unknownsOf(body: JsonObject): Unknowns {
  const gathered = remembered.get(body);
  return gathered === undefined ? unknownIn(body) : { some: touches => someUnknown(gathered, touches) };
}

function someUnknown({ unknown, parts }: Gathered, touches: (path: string) => boolean): boolean {
  for (const path of unknown) if (touches(path)) return true;
  return parts.some(part => touches(part.path) && someUnknown(part.gathered(), touches));
}

/** Whether the document says that it does not know this path, or an object above it. */
export function isUnknownAt(body: JsonObject, path: string): boolean {
  return unknownsOf(body).some(each => isWithin(path, each));
}

/** The same without the objects above it. */
export function isItselfUnknown(body: JsonObject, path: string): boolean {
  const gathered = remembered.get(body);
  return gathered === undefined ? unknownIn(body).includes(path) : isNamed(gathered, path);
}

function isNamed({ unknown, parts }: Gathered, path: string): boolean {
  return unknown.has(path) || parts.some(part => isWithin(path, part.path) && isNamed(part.gathered(), path));
}

function isWithin(path: string, object: string): boolean {
  return path === object || path.startsWith(`${object}.`);
}

/** How many parts of the body somebody who reads these fields makes wait to be worked out; a field may have wildcards. */
export function waitingFor(body: JsonObject, fields: readonly string[]): number {
  const parts = remembered.get(body)?.parts ?? [];
  return parts.filter(({ path }) => fields.some(field => isAbout(field, path))).length;
}

/** Whether the field is the part, inside it or above it, as far as its first wildcard tells. */
function isAbout(field: string, part: string): boolean {
  const [head = ''] = field.split('*', 1);
  if (head.length < field.length) return part.startsWith(head) || head.startsWith(`${part}.`);
  return isWithin(field, part) || isWithin(part, field);
}
