import type { Principals, Statement } from './policy.ts';
import type { Truth } from './truth.ts';

export const ROLES_ANYWHERE = 'rolesanywhere.amazonaws.com';

type Member = Principals['members'][number];

/**
 * Whether a statement is about the service Roles Anywhere. That a Deny for `*` reaches services is what AWS's own examples
 * take them out of it for, by `aws:PrincipalIsAWSService` (IAM user guide, "Global condition keys"; AWS's examples of
 * resource control policies, which deny sts:AssumeRole); that an Allow for `*` admits one is said nowhere, nor what
 * NotPrincipal does to one that it does not name.
 */
export function admission({ effect, principals }: Pick<Statement, 'effect' | 'principals'>): Truth {
  if (principals === undefined) return false;
  const { negated, members } = principals;
  const named = members.some(({ type, value }) => type === 'Service' && value === ROLES_ANYWHERE);
  if (negated) return named ? false : undefined;
  if (named || (effect === 'Deny' && members.some(isEverybody))) return true;
  return members.some(member => isEverybody(member) || mayMeanRolesAnywhere(member)) ? undefined : false;
}

/** `"Principal": "*"` and `{"AWS": "*"}` are the same (IAM user guide, "Principal"). */
export function isEverybody({ type, value }: Member): boolean {
  return type === 'AWS' && value === '*';
}

/**
 * Any service, or a name such as other services have too: `rolesanywhere.eu-west-1.amazonaws.com`, that of another partition,
 * another case. That Roles Anywhere goes by one of those is not documented.
 */
export function mayMeanRolesAnywhere({ type, value }: Member): boolean {
  if (type !== 'Service') return false;
  return value === '*' || /^rolesanywhere\.([a-z\d-]+\.)?amazonaws\.com(\.cn)?$/i.test(value);
}

/** The principals in words: `Principal *`, `NotPrincipal`. */
export function principalsSay({ negated, members }: Principals): string {
  if (negated) return 'NotPrincipal';
  const likely = members.find(member => isEverybody(member) || mayMeanRolesAnywhere(member));
  if (likely === undefined) return 'Principal';
  return isEverybody(likely) ? 'Principal *' : `Principal ${likely.type} ${likely.value}`;
}
