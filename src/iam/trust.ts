import { coversAction } from './action.ts';
import type { Policy, Principals, Statement } from './policy.ts';
import { all, not, some, type Truth } from './truth.ts';

export const ROLES_ANYWHERE = 'rolesanywhere.amazonaws.com';

/** Roles Anywhere needs all three to hand out a session (user guide, "Create a role"). */
export const TRUST_ACTIONS = ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'] as const;

/** What a role's trust policy says of Roles Anywhere. Undefined where this first form of the reading cannot be sure. */
export interface TrustFacts {
  /** Some Allow statement lets the service principal do at least one of the three actions, and no Deny takes it back. */
  readonly rolesAnywhere: boolean | undefined;
  /** Those of the three actions that it is not given, or that are denied. */
  readonly actionsMissing: readonly string[] | undefined;
  /** All three are given by statements without a condition, and no Deny takes one back. */
  readonly unconditioned: boolean | undefined;
  /** Lower-case, sorted. */
  readonly conditionKeys: readonly string[];
  /** The statements that concern it, Allow and Deny, as compact JSON text. */
  readonly statements: readonly string[];
  /** Who else may do something with the role: ARNs, services, `*`; `NotPrincipal` for a statement with one. Sorted. */
  readonly otherPrincipals: readonly string[];
}

/**
 * A Deny with a condition leaves open what it denies: it may well be the restriction. Whether `Principal: "*"` admits an
 * AWS service is not documented, so such a statement leaves things open too, as does `NotPrincipal`.
 */
export function trustFacts(policy: Policy): TrustFacts {
  const relevant = policy.statements.filter(statement => TRUST_ACTIONS.some(a => coversAction(statement.actions, a)));
  const concerning = relevant.filter(statement => admits(statement) !== false);
  const given = TRUST_ACTIONS.map(action => givenBy(concerning, action));
  return {
    rolesAnywhere: some(given),
    actionsMissing: given.includes(undefined) ? undefined : TRUST_ACTIONS.filter((_, at) => given[at] === false),
    unconditioned: unconditioned(concerning),
    conditionKeys: sorted(concerning.flatMap(each => each.conditions.map(condition => condition.key.toLowerCase()))),
    statements: concerning.map(statement => statement.text),
    otherPrincipals: otherPrincipals(relevant),
  };
}

function admits({ principals }: Statement): Truth {
  if (principals === undefined) return false;
  if (principals.negated) return undefined;
  return some(principals.members.map(isRolesAnywhere));
}

function isRolesAnywhere({ type, value }: Principals['members'][number]): Truth {
  if (value === '*') return undefined;
  if (type !== 'Service') return false;
  return value === ROLES_ANYWHERE || (REGIONAL.test(value) ? undefined : false);
}

/** Some services go by such names too; that Roles Anywhere does is not documented. */
const REGIONAL = /^rolesanywhere(\.[a-z0-9-]+)?\.amazonaws\.com(\.cn)?$/;

function givenBy(concerning: readonly Statement[], action: string): Truth {
  const about = concerning.filter(statement => coversAction(statement.actions, action));
  const allowed = some(about.filter(each => each.effect === 'Allow').map(admits));
  const denied = some(about.filter(each => each.effect === 'Deny').map(denies));
  return all([allowed, not(denied)]);
}

function denies(statement: Statement): Truth {
  return statement.conditions.length > 0 ? undefined : admits(statement);
}

/** A condition on a Deny is one too: whatever it may take back makes the answer unknown rather than true. */
function unconditioned(concerning: readonly Statement[]): Truth {
  const open = concerning.filter(({ effect, conditions }) => effect === 'Deny' || conditions.length === 0);
  return all(TRUST_ACTIONS.map(action => givenBy(open, action)));
}

function otherPrincipals(relevant: readonly Statement[]): readonly string[] {
  return sorted(relevant.filter(statement => statement.effect === 'Allow').flatMap(principalNames));
}

function principalNames({ principals }: Statement): readonly string[] {
  if (principals?.negated) return ['NotPrincipal'];
  return (principals?.members ?? [])
    .filter(({ type, value }) => type !== 'Service' || !REGIONAL.test(value))
    .map(({ value }) => value);
}

function sorted(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort();
}
