import { hashMapOrder, javaText } from './javaMap.ts';
import { at, isObject, type Json, type JsonObject } from './record.ts';

/**
 * A record's resources in ECS form: each combination of ARN, account and type once, the last one's other members, in
 * Java's order.
 */
export function resourcesOf(resources: Json | undefined): Json[] {
  if (!Array.isArray(resources)) return [];
  const byKey = new Map(resources.filter(isObject).map(resource => [keyOf(resource), renamed(resource)]));
  return hashMapOrder([...byKey.keys()]).map(key => byKey.get(key)!);
}

function keyOf(resource: JsonObject): string {
  return ['ARN', 'accountId', 'type'].map(name => javaText(at(resource, name)) ?? '').join('_');
}

const NAMES: ReadonlyMap<string, string> = new Map([
  ['ARN', 'arn'],
  ['accountId', 'account_id'],
]);

function renamed(resource: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(resource).map(([name, value]) => [NAMES.get(name) ?? name, value]));
}
