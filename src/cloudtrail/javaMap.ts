import { DEEPEST, isDropped } from './record.ts';

/**
 * A value of a raw record as Java's `toString()` prints it: `{name=web, enabled=true}`, `[a, b]`, text unquoted. That is
 * what Elastic's integration stores as `aws.cloudtrail.request_parameters` and its three siblings.
 *
 * Members stand in the order in which a java.util.HashMap of all the source's keys hands them out; what the integration drops (see
 * `withoutEmpty`) is counted for that order and then left out. Undefined when nothing is left. `omit` names members of
 * the outermost object that are taken out after the map was made.
 *
 * A number that JSON wrote as `119.0` or `1e7` is a double in Java and would be printed so (`119.0`, `1.0E7`); JSON.parse
 * does not keep that, so here a number without a fraction is printed as an integer.
 */
export function javaText(value: unknown, omit: ReadonlySet<string> = new Set(), depth = 0): string | undefined {
  if (depth > DEEPEST || isDropped(value)) return undefined;
  if (Array.isArray(value)) return listText(value, depth);
  if (typeof value === 'object' && value !== null) return mapText(value, omit, depth);
  return typeof value === 'number' ? javaNumber(value) : String(value);
}

const NOTHING: ReadonlySet<string> = new Set();

function listText(items: readonly unknown[], depth: number): string | undefined {
  const parts = items.map(item => javaText(item, NOTHING, depth + 1)).filter(part => part !== undefined);
  return parts.length === 0 ? undefined : `[${parts.join(', ')}]`;
}

function mapText(object: object, omit: ReadonlySet<string>, depth: number): string | undefined {
  const members = new Map(Object.entries(object));
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

/** java.lang.Double.toString for a number with a fraction or beyond exact integers' text, Long.toString otherwise. */
export function javaNumber(value: number): string {
  if (Number.isInteger(value)) return String(BigInt(value));
  const size = Math.abs(value);
  return size >= 1e-3 && size < 1e7 ? String(value) : scientific(value);
}

function scientific(value: number): string {
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e');
  return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${Number(exponent)}`;
}
