import { remembering } from '../../memo/remembering.ts';
import { globOf, matches } from '../glob.ts';
import { servicesInCatalog } from './action.ts';
import { type ActionSet, actionSetOf, emptySet, fullSet } from './actionSet.ts';
import { folded } from './fold.ts';
import { type Action, type Service, serviceNamed } from './service.ts';

/** Distinct patterns of a large account; a set is 2.8 KB. */
const REMEMBERED = 2_000;

/**
 * The actions that a pattern of Action or NotAction stands for. Case does not matter; `*` is any run of characters and
 * `?` one, on either side of the colon but not across it. A pattern without a colon stands for nothing, unless it is all
 * stars. So does one with white space or a comma in it: no action has any. Case and wildcards: IAM User Guide, "IAM JSON
 * policy elements: Action".
 */
export const actionsMatching: (pattern: string) => ActionSet = remembering(pattern => {
  if (/^\*+(:\*+)?$/.test(pattern)) return fullSet();
  const colon = pattern.indexOf(':');
  if (colon < 0) return emptySet();
  const lower = folded(pattern);
  const isNamed = nameMatcher(lower.slice(colon + 1));
  return actionSetOf(servicesMatching(lower.slice(0, colon)).flatMap(service => actionsOf(service, isNamed)));
}, REMEMBERED);

function servicesMatching(pattern: string): readonly Service[] {
  const glob = globOf(pattern);
  const prefixes = /[*?]/.test(pattern) ? servicesInCatalog().filter(prefix => matches(glob, prefix)) : [pattern];
  return prefixes.map(serviceNamed).filter(service => service !== undefined);
}

/** Most names lack the longest piece between two wildcards, which is found out faster. */
function nameMatcher(pattern: string): (name: string) => boolean {
  const glob = globOf(pattern);
  const longest = pattern.split(/[*?]/).reduce((a, b) => (b.length > a.length ? b : a));
  return name => name.includes(longest) && matches(glob, name);
}

function actionsOf({ actions, names }: Service, isNamed: (name: string) => boolean): readonly Action[] {
  const all = names();
  return actions.filter((_, at) => isNamed(all[at]!));
}
