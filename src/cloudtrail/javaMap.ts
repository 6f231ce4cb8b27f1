import { DEEPEST, isDropped, isObject } from './record.ts';
import { NumberText } from './sourceJson.ts';

/**
 * A value of a raw record as Java's `toString()` prints it: `{name=web, enabled=true}`, `[a, b]`, text unquoted. That
 * is what Elastic's integration stores as `aws.cloudtrail.request_parameters` and its three siblings.
 *
 * Members stand in the order in which a java.util.HashMap of all the source's keys hands them out; what the
 * integration drops (see `withoutEmpty`) is counted for that order and then left out. Undefined when nothing is left.
 * `omit` names members of the outermost object that are taken out after the map was made.
 *
 * Exact for a value from `sourceMembers`. A value from JSON.parse has lost how its numbers were written (`119.0` is
 * printed as `119`) and where keys stood that look like array indices, which matters among keys of the same hash
 * bucket.
 */
export function javaText(value: unknown, omit: ReadonlySet<string> = NOTHING, depth = 1): string | undefined {
  if (depth > DEEPEST || isDropped(value)) return undefined;
  if (Array.isArray(value)) return listText(value, depth);
  if (value instanceof Map) return mapText(value, omit, depth);
  if (value instanceof NumberText) return javaNumberText(value.text);
  if (isObject(value)) return mapText(new Map(Object.entries(value)), omit, depth);
  return typeof value === 'number' ? javaNumber(value) : String(value);
}

const NOTHING: ReadonlySet<string> = new Set();

function listText(items: readonly unknown[], depth: number): string | undefined {
  const parts = items.map(item => javaText(item, NOTHING, depth + 1)).filter(part => part !== undefined);
  return parts.length === 0 ? undefined : `[${parts.join(', ')}]`;
}

function mapText(members: ReadonlyMap<string, unknown>, omit: ReadonlySet<string>, depth: number): string | undefined {
  const parts = hashMapOrder([...members.keys()]).flatMap(key => {
    const text = omit.has(key) ? undefined : javaText(members.get(key), NOTHING, depth + 1);
    return text === undefined ? [] : [`${key}=${text}`];
  });
  return parts.length === 0 ? undefined : `{${parts.join(', ')}}`;
}

/** Keys in the order of a java.util.HashMap that they were put into one after another, from its default capacity. */
export function hashMapOrder(keys: readonly string[]): string[] {
  let capacity = 16;
  while (keys.length > capacity * 0.75) capacity *= 2;
  return keys
    .map((key, place) => ({ key, place, bucket: spread(hashCode(key)) & (capacity - 1) }))
    .sort((a, b) => a.bucket - b.bucket || a.place - b.place)
    .map(({ key }) => key);
}

/** java.lang.String.hashCode. */
function hashCode(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  return hash;
}

function spread(hash: number): number {
  return hash ^ (hash >>> 16);
}

/**
 * A number as it stands in JSON: Jackson makes a Double of one with a fraction or an exponent, of others a whole
 * number of any size.
 */
export function javaNumberText(text: string): string {
  if (/[.eE]/.test(text)) return javaDouble(Number(text));
  return text === '-0' ? '0' : text;
}

/** A number that JSON.parse has read: whole where it has no fraction, for how it was written is not known. */
export function javaNumber(value: number): string {
  return Number.isInteger(value) ? String(BigInt(value)) : javaDouble(value);
}

/** java.lang.Double.toString (JDK 19 and later): the shortest digits that mean this number, but at least two. */
function javaDouble(value: number): string {
  const size = Math.abs(value);
  if (size === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  if (size >= 1e-3 && size < 1e7) return withFraction(String(value));
  return Number.isFinite(value) ? scientific(value) : String(value);
}

function withFraction(text: string): string {
  return text.includes('.') ? text : `${text}.0`;
}

function scientific(value: number): string {
  const shortest = value.toExponential();
  const [digits = '', exponent = '0'] = (shortest.includes('.') ? shortest : value.toExponential(1)).split('e');
  return `${digits}E${Number(exponent)}`;
}
