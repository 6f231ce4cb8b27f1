import type { Action } from '../catalog/action.ts';
import { serviceNamed } from '../catalog/service.ts';
import { ANYTHING, type Glob, literal } from '../glob.ts';
import { plainResourceGlob } from '../resource.ts';

/** Resources of one kind: those of a pattern, without those of others. */
export interface Place {
  readonly on: Glob;
  readonly without: readonly Glob[];
}

/** For an action without resources, or one that nobody knows. */
export const ANYWHERE: Place = { on: ANYTHING, without: [] };

const known = new WeakMap<Action['resources'], readonly Place[]>();

/** All the resources that an action has, kind by kind. */
export function placesOf({ name, resources }: Action): readonly Place[] {
  const before = known.get(resources);
  if (before !== undefined) return before;
  const places = resources.length === 0 ? [ANYWHERE] : resources.map(template => placeOf(template, name));
  known.set(resources, places);
  return places;
}

/**
 * A kind of resource by its ARN template, as the service of the action has it. A bucket's `arn:*:s3:::*` matches the ARN of
 * every object too: what another template of the service goes on to, behind a slash or a colon, is left to that one.
 */
export function placeOf(template: string, action: string): Place {
  return (
    placesIn(action.slice(0, action.indexOf(':'))).get(template) ?? { on: plainResourceGlob(template), without: [] }
  );
}

/** An account, and the partition it is in. */
export interface Home {
  readonly account: string;
  /** `aws`, `aws-cn`, `aws-us-gov`. */
  readonly partition: string;
}

const placed = new WeakMap<Home, Map<string, Place>>();

/** The same in this account, and with something wherever the template leaves it open. */
export function placeAt(template: string, action: string, home: Home): Place {
  const known = placed.get(home) ?? new Map<string, Place>();
  placed.set(home, known);
  const key = `${action} ${template}`;
  const place = known.get(key) ?? {
    on: plainResourceGlob(inAccount(template, home)),
    without: placeOf(template, action).without,
  };
  known.set(key, place);
  return place;
}

function inAccount(template: string, { account, partition }: Home, something = '?*'): string {
  const [arn, ofPartition, service, region, owner, ...rest] = template.split(':');
  const placed = [
    arn,
    ofPartition === '*' ? partition : ofPartition,
    service,
    region,
    owner === '*' ? account : owner,
    ...rest,
  ];
  return placed.join(':').replaceAll('*', something);
}

/** The kinds of resources that the action has, in this account; anything for an action without any. */
export function placesAt(action: Action | undefined, home: Home): readonly Place[] {
  if (action === undefined || action.wildcardOnly) return [ANYWHERE];
  return action.resources.map(template => placeAt(template, action.name, home));
}

/** No region and no resource has this name, and no policy gives it. */
const UNNAMED = 'unnamed-by-anybody';

/** One resource of each of those kinds, in no region that there is: only what is said of all of them is said of it. */
export function unnamedAt(action: Action | undefined, home: Home): readonly Place[] {
  if (action === undefined || action.wildcardOnly) return [ANYWHERE];
  return action.resources.map(template => ({ on: literal(inAccount(template, home, UNNAMED)), without: [] }));
}

const byService = new Map<string, ReadonlyMap<string, Place>>();

function placesIn(service: string): ReadonlyMap<string, Place> {
  const before = byService.get(service);
  if (before !== undefined) return before;
  const templates = [...new Set((serviceNamed(service)?.actions ?? []).flatMap(action => action.resources))];
  const places = new Map(
    templates.map(template => [
      template,
      { on: plainResourceGlob(template), without: longerThan(template, templates).map(plainResourceGlob) },
    ]),
  );
  byService.set(service, places);
  return places;
}

function longerThan(template: string, templates: readonly string[]): readonly string[] {
  if (!template.endsWith('*')) return [];
  return templates.filter(other => other.startsWith(`${template}/`) || other.startsWith(`${template}:`));
}
