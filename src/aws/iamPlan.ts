/** What is known of an account's IAM once its roles are listed. */
export interface IamSize {
  /** All roles of the account. */
  readonly roles: number;
  /** Those whose details are wanted. */
  readonly wanted: number;
  /** The account's own policies that profiles name. */
  readonly namedPolicies: number;
  /** How many items AWS puts on a page. */
  readonly perPage: number;
}

export interface IamPlan {
  readonly strategy: 'bulk' | 'per-role';
  readonly reason: string;
}

/** GetRole, ListAttachedRolePolicies and ListRolePolicies always; then one inline policy, or one managed in two calls. */
const CALLS_PER_ROLE = 3 + 1.5;
const CALLS_PER_POLICY = 2;

/**
 * Which way needs fewer requests. The bulk call (GetAccountAuthorizationDetails) pages through all roles and policies of
 * the account, of which about as many are assumed as there are roles; per role is asked only about those wanted.
 * AWS's own policies that only profiles name cost the same either way.
 */
export function planIam({ roles, wanted, namedPolicies, perPage }: IamSize): IamPlan {
  const perRole = Math.ceil(wanted * CALLS_PER_ROLE) + namedPolicies * CALLS_PER_POLICY;
  const bulk = Math.max(1, Math.ceil((roles * 2) / perPage));
  if (perRole === 0) return { strategy: 'per-role', reason: 'no role has to do with Roles Anywhere' };
  const [strategy, fewer, more] =
    bulk <= perRole ? (['bulk', bulk, perRole] as const) : (['per-role', perRole, bulk] as const);
  const other = strategy === 'bulk' ? 'one role at a time' : 'in bulk';
  return { strategy, reason: `about ${requests(fewer)} for ${wanted} of ${roles} roles, ${more} ${other}` };
}

function requests(count: number): string {
  return count === 1 ? '1 request' : `${count} requests`;
}
