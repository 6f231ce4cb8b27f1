import { placeAt } from '../access/place.ts';
import { groundOf, type Stack } from '../access/stack.ts';
import { clearlyIncludes, type Glob, isAnything, isWildcard, matches } from '../glob.ts';
import { ANY_ROLE } from './holding.ts';
import type { KnownRole, World } from './world.ts';

/** Sorted by ARN. Undefined: it may be any of them. */
export type RolesMeant = readonly KnownRole[] | undefined;

/**
 * The roles that the statements about an action may mean, whatever their conditions and what is denied: none of the others need
 * be asked about. Most sessions that may change a role at all may change their own, or those of one name.
 */
export function rolesMeant(action: string, stack: Stack, world: World): RolesMeant {
  const question = { action, on: placeAt(ANY_ROLE, action, world).on };
  const byLayer = stack.layers.map(layer => {
    const ground = groundOf(stack, layer, question, 'upper');
    const globs = ground?.allows.map(region => region.on);
    const isAny = globs === undefined || globs.some(glob => isAnything(glob) || clearlyIncludes(glob, question.on));
    return isAny ? undefined : rolesNamed(globs, world);
  });
  return inAll(byLayer);
}

/** Those that are meant in every respect. */
export function inAll(all: readonly RolesMeant[]): RolesMeant {
  const [first, ...rest] = all.filter(each => each !== undefined);
  return rest.reduce((roles, other) => amongst(roles, new Set(other)), first);
}

function amongst(roles: RolesMeant, others: ReadonlySet<KnownRole>): RolesMeant {
  return roles?.filter(role => others.has(role));
}

function rolesNamed(globs: readonly Glob[], world: World): readonly KnownRole[] {
  const named = new Set(globs.flatMap(glob => rolesLike(glob, world)));
  return [...named].sort((a, b) => (a.arn < b.arn ? -1 : 1));
}

/** Roles are sorted, so those that begin as the pattern does stand together. */
function rolesLike(glob: Glob, { roles }: World): readonly KnownRole[] {
  const begins = textBefore(glob);
  const found: KnownRole[] = [];
  for (let at = firstFrom(begins, roles); roles[at]?.arn.startsWith(begins); at++)
    if (matches(glob, roles[at]!.arn)) found.push(roles[at]!);
  return found;
}

/** Up to the first wildcard, or as much of it as an ARN of a role can have (IAM's quotas: path 512, name 64 characters). */
function textBefore({ tokens }: Glob): string {
  const end = tokens.findIndex(isWildcard);
  return String.fromCharCode(...tokens.slice(0, end < 0 ? LONGEST : Math.min(end, LONGEST)));
}

const LONGEST = 1_000;

/** Where the first role stands whose ARN is the text or comes after it. */
function firstFrom(text: string, roles: readonly KnownRole[]): number {
  let [low, high] = [0, roles.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (roles[middle]!.arn < text) low = middle + 1;
    else high = middle;
  }
  return low;
}
