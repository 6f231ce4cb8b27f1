import { once } from '../memo/once.ts';
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
  defineOnce(body, 'unknown', () => unknownWhere(gathered, () => true).sort());
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

function unknownWhere(gathered: Gathered, isWanted: (path: string) => boolean): string[] {
  const inParts = gathered.parts
    .filter(({ path }) => isWanted(path))
    .flatMap(part => unknownWhere(part.gathered(), isWanted));
  return [...gathered.unknown, ...inParts];
}

/** The paths that a document does not know. */
export function unknownIn(body: JsonObject): readonly string[] {
  const unknown = Array.isArray(body.unknown) ? body.unknown : [];
  return unknown.filter(each => typeof each === 'string');
}

/**
 * Those among them that can matter to somebody who reads these fields, and perhaps others: parts of the body that none of them
 * is in are not worked out. A field may have wildcards.
 */
export function unknownFor(body: JsonObject, fields: readonly string[]): readonly string[] {
  return unknownAmong(body, wantedBy(fields));
}

function unknownAmong(body: JsonObject, isWanted: (path: string) => boolean): readonly string[] {
  const gathered = remembered.get(body);
  return gathered === undefined ? unknownIn(body) : unknownWhere(gathered, isWanted);
}

/** Documents of a kind have the same parts: whether somebody who reads these fields wants one is found out once. */
function wantedBy(fields: readonly string[]): (path: string) => boolean {
  const known = wants.get(fields) ?? new Map<string, boolean>();
  wants.set(fields, known);
  return path => {
    const before = known.get(path);
    if (before !== undefined) return before;
    const wanted = fields.some(field => isAbout(field, path));
    known.set(path, wanted);
    return wanted;
  };
}

const wants = new WeakMap<readonly string[], Map<string, boolean>>();

/** Whether the field is the part, inside it or above it, as far as its first wildcard tells. */
function isAbout(field: string, part: string): boolean {
  const star = field.indexOf('*');
  if (star >= 0) return part.startsWith(field.slice(0, star)) || field.slice(0, star).startsWith(`${part}.`);
  return field === part || field.startsWith(`${part}.`) || part.startsWith(`${field}.`);
}

/** Whether the document says that it does not know this path, or an object above it. */
export function isUnknownAt(body: JsonObject, path: string): boolean {
  return unknownAmong(body, part => isAbout(path, part)).some(each => path === each || path.startsWith(`${each}.`));
}
