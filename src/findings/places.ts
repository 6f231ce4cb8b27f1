import type { Resource } from '../documents/document.ts';
import { isPlace } from '../documents/gaps.ts';
import type { NotEvaluated } from './finding.ts';

/** A place of which nobody knows what is there, and every rule that would have been asked about it. */
export interface UnseenPlace {
  readonly place: Resource;
  readonly rules: readonly string[];
  /** The operations that would have told. */
  readonly missing: readonly string[];
}

/** What could not be evaluated, single resources and whole places apart; both in the order in which they come. */
export function apart(notEvaluated: readonly NotEvaluated[]): {
  readonly resources: readonly NotEvaluated[];
  readonly places: readonly UnseenPlace[];
} {
  const places = new Map<string, UnseenPlace>();
  for (const { rule, resource, missing } of notEvaluated.filter(each => isPlace(each.resource))) {
    const key = JSON.stringify([resource.kind, resource.account, resource.region, missing]);
    const rules = [...(places.get(key)?.rules ?? []), rule];
    places.set(key, { place: resource, rules, missing });
  }
  return { resources: notEvaluated.filter(each => !isPlace(each.resource)), places: [...places.values()] };
}
