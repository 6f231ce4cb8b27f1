import type { RegionSnapshot } from '../snapshot/snapshot.ts';
import { type Facts, UNKNOWN } from './facts.ts';

/** The two tag fields of a Roles Anywhere resource; unknown when ListTagsForResource was not asked or failed for it. */
export function tagFacts(region: RegionSnapshot, arn: string): Facts {
  const read = region.tags.find(each => each.resourceArn === arn);
  return tagFields(read?.tags.map(({ key, value }) => [key, value]));
}

/** From key and value pairs; undefined when they were not read. */
export function tagFields(pairs: readonly (readonly [string, string])[] | undefined): Facts {
  if (pairs === undefined) return { tags: UNKNOWN, tag_keys: UNKNOWN };
  return { tags: Object.fromEntries(pairs), tag_keys: pairs.map(([key]) => key).sort() };
}
