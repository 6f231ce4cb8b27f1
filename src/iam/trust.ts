import { coversAction } from './action.ts';
import type { Policy, Statement } from './policy.ts';

export const ROLES_ANYWHERE = 'rolesanywhere.amazonaws.com';

/** Roles Anywhere needs all three to hand out a session (user guide, "Create a role"). */
export const TRUST_ACTIONS = ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'] as const;

/** What a role's trust policy says of Roles Anywhere. Undefined where this first form of the reading cannot be sure. */
export interface TrustFacts {
  /** Some Allow statement lets the service principal do at least one of the three actions. */
  readonly rolesAnywhere: boolean | undefined;
  /** Those of the three actions that no Allow statement gives it. */
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
 * A Deny with a condition makes `unconditioned` unknown rather than true: it may well be the restriction. Whether
 * `Principal: "*"` admits an AWS service is not documented, so such a statement makes things unknown too, as does
 * `NotPrincipal`.
 */
export function trustFacts(policy: Policy): TrustFacts {
  const relevant = policy.statements.filter(statement => TRUST_ACTIONS.some(a => coversAction(statement.actions, a)));
  const concerning = relevant.filter(statement => admits(statement) !== 'no');
  const allows = concerning.filter(statement => statement.effect === 'Allow');
  return {
    rolesAnywhere: strongest(allows.map(admits)),
    actionsMissing: actionsMissing(allows),
    unconditioned: unconditioned(concerning),
    conditionKeys: sorted(concerning.flatMap(each => each.conditions.map(condition => condition.key.toLowerCase()))),
    statements: concerning.map(statement => statement.text),
    otherPrincipals: otherPrincipals(relevant),
  };
}

type Admission = 'yes' | 'perhaps' | 'no';

function admits({ principals }: Statement): Admission {
  if (principals === undefined) return 'no';
  if (principals.negated) return 'perhaps';
  const named = principals.members.some(({ type, value }) => type === 'Service' && value === ROLES_ANYWHERE);
  if (named) return 'yes';
  return principals.members.some(({ value }) => value === '*') ? 'perhaps' : 'no';
}

function strongest(admissions: readonly Admission[]): boolean | undefined {
  if (admissions.includes('yes')) return true;
  return admissions.includes('perhaps') ? undefined : false;
}

function actionsMissing(allows: readonly Statement[]): readonly string[] | undefined {
  const given = TRUST_ACTIONS.map(action => givenBy(allows, action));
  if (given.includes(undefined)) return undefined;
  return TRUST_ACTIONS.filter((_, at) => given[at] === false);
}

function givenBy(allows: readonly Statement[], action: string): boolean | undefined {
  return strongest(allows.filter(statement => coversAction(statement.actions, action)).map(admits));
}

function unconditioned(concerning: readonly Statement[]): boolean | undefined {
  const open = concerning.filter(({ effect, conditions }) => effect === 'Allow' && conditions.length === 0);
  const given = TRUST_ACTIONS.map(action => givenBy(open, action));
  if (given.includes(false)) return false;
  const denies = concerning.filter(statement => statement.effect === 'Deny');
  if (denies.some(deny => admits(deny) === 'yes' && deny.conditions.length === 0)) return false;
  return denies.length > 0 || given.includes(undefined) ? undefined : true;
}

function otherPrincipals(relevant: readonly Statement[]): readonly string[] {
  return sorted(relevant.filter(statement => statement.effect === 'Allow').flatMap(principalNames));
}

function principalNames({ principals }: Statement): readonly string[] {
  if (principals?.negated) return ['NotPrincipal'];
  return (principals?.members ?? [])
    .filter(({ type, value }) => type !== 'Service' || value !== ROLES_ANYWHERE)
    .map(({ value }) => value);
}

function sorted(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort();
}
