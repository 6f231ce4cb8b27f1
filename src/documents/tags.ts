import { oncePer } from '../memo/oncePer.ts';
import type { RegionSnapshot } from '../snapshot/snapshot.ts';
import { type Fact, type Facts, UNKNOWN } from './facts.ts';

/** The two tag fields of a Roles Anywhere resource; unknown when ListTagsForResource was not asked or failed for it. */
export function tagFacts(region: RegionSnapshot, arn: string): Facts {
  return tagFields(
    tagsIn(region)
      .get(arn)
      ?.map(({ key, value }) => [key, value]),
  );
}

/** Those of these keys that the resource does not have; unknown like its tags. Tag keys are case-sensitive. */
export function missingTags(region: RegionSnapshot, arn: string, wanted: readonly string[]): Fact {
  if (wanted.length === 0) return [];
  const tags = tagsIn(region).get(arn);
  if (tags === undefined) return UNKNOWN;
  const keys = new Set(tags.map(({ key }) => key));
  return wanted.filter(key => !keys.has(key)).sort();
}

/** Every resource of a region asks for its own. */
const tagsIn = oncePer(
  ({ tags: all }: RegionSnapshot) => new Map(all.map(({ resourceArn, tags }) => [resourceArn, tags])),
);

/** From key and value pairs; undefined when they were not read. */
export function tagFields(pairs: readonly (readonly [string, string])[] | undefined): Facts {
  if (pairs === undefined) return { tags: UNKNOWN, tag_keys: UNKNOWN };
  return { tags: Object.fromEntries(pairs), tag_keys: pairs.map(([key]) => key).sort() };
}
