import { distinct } from '../lists.ts';
import { coversAction } from './action.ts';
import type { Condition, Policy, Statement } from './policy.ts';
import { admission, isEverybody, mayMeanRolesAnywhere } from './principal.ts';
import { all, not, some, type Truth } from './truth.ts';

/** Roles Anywhere needs all three to hand out a session (user guide, "Create a role"). */
export const TRUST_ACTIONS = ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'] as const;

/** Whether it says anything of a request by which Roles Anywhere hands out sessions, as far as principal and actions go. */
export function isAboutRolesAnywhere(statement: Statement): boolean {
  return admission(statement) !== false && TRUST_ACTIONS.some(action => coversAction(statement.actions, action));
}

/** Whether it asks for the trust anchor: by its ARN. */
export function isOnAnchor({ key }: Condition): boolean {
  return key.toLowerCase() === 'aws:sourcearn';
}

/** What a role's trust policy says of Roles Anywhere. Undefined where that hangs on a condition or a principal. */
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
  /** Who else may take the role: ARNs, services, `*`; `NotPrincipal` for a statement with one. Sorted. */
  readonly otherPrincipals: readonly string[];
  /** Some Allow statement lets everybody with an AWS account assume the role, without a condition. */
  readonly everybody: Truth;
}

/** A Deny with a condition leaves open what it denies: it may well be the restriction. */
export function trustFacts(policy: Policy): TrustFacts {
  const concerning = policy.statements.filter(isAboutRolesAnywhere);
  const given = TRUST_ACTIONS.map(action => givenBy(concerning, action));
  return {
    rolesAnywhere: some(given),
    actionsMissing: given.includes(undefined) ? undefined : TRUST_ACTIONS.filter((_, at) => given[at] === false),
    unconditioned: unconditioned(concerning),
    conditionKeys: distinct(concerning.flatMap(each => each.conditions.map(condition => condition.key.toLowerCase()))),
    statements: concerning.map(statement => statement.text),
    otherPrincipals: otherPrincipals(policy.statements),
    everybody: letsEverybodyIn(policy.statements),
  };
}

function givenBy(concerning: readonly Statement[], action: string): Truth {
  const about = concerning.filter(statement => coversAction(statement.actions, action));
  const allowed = some(about.filter(each => each.effect === 'Allow').map(admission));
  const denied = some(about.filter(each => each.effect === 'Deny').map(denies));
  return all([allowed, not(denied)]);
}

function denies(statement: Statement): Truth {
  return statement.conditions.length > 0 ? undefined : admission(statement);
}

/** A condition on a Deny is one too: whatever it may take back makes the answer unknown rather than true. */
function unconditioned(concerning: readonly Statement[]): Truth {
  const open = concerning.filter(({ effect, conditions }) => effect === 'Deny' || conditions.length === 0);
  return all(TRUST_ACTIONS.map(action => givenBy(open, action)));
}

/** By which a principal of any kind gets a session of a role (STS API). */
const WAYS_IN = ['sts:AssumeRole', 'sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity'] as const;

function otherPrincipals(statements: readonly Statement[]): readonly string[] {
  const letting = statements.filter(
    ({ effect, actions }) => effect === 'Allow' && WAYS_IN.some(action => coversAction(actions, action)),
  );
  return distinct(letting.flatMap(principalNames));
}

function principalNames({ principals }: Statement): readonly string[] {
  if (principals?.negated) return ['NotPrincipal'];
  return (principals?.members ?? [])
    .filter(({ type, value }) => !mayMeanRolesAnywhere({ type, value }) || value === '*')
    .map(({ value }) => value);
}

/** Any Deny of it may be for those whom nobody meant to let in. */
function letsEverybodyIn(statements: readonly Statement[]): Truth {
  const about = statements.filter(({ actions }) => coversAction(actions, 'sts:AssumeRole'));
  const open = about.filter(({ effect, conditions }) => effect === 'Allow' && conditions.length === 0);
  if (!open.some(namesEverybody)) return false;
  return about.some(({ effect }) => effect === 'Deny') ? undefined : true;
}

function namesEverybody({ principals }: Statement): boolean {
  return principals?.negated === false && principals.members.some(isEverybody);
}
