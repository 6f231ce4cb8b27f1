import type { Patterns, PolicyReading, Statement } from './policy.ts';

/** One policy of a role: its ARN, or its name when it is inline. `reading` is undefined when it could not be read. */
export interface RolePolicy {
  readonly name: string;
  readonly reading: PolicyReading | undefined;
}

export interface AdminFacts {
  /** Undefined: something could not be read and might change the answer. */
  readonly admin: boolean | undefined;
  /** The policies that say so, in the order given. */
  readonly by: readonly string[];
}

export interface RolePermissions {
  readonly policies: readonly RolePolicy[];
  /** Whether `policies` are all of them. */
  readonly complete: boolean;
  /** Whether a permissions boundary is set; undefined when not known. */
  readonly boundary: boolean | undefined;
}

/**
 * Whether some policy allows every action on every resource without condition, and no boundary is in the way. A first
 * form: `NotAction`, privilege that can be escalated and Deny statements narrower than everything are not weighed.
 */
export function adminFacts({ policies, complete, boundary }: RolePermissions): AdminFacts {
  const denied = policies.some(policy =>
    statementsOf(policy).some(each => each.effect === 'Deny' && isEverything(each)),
  );
  if (boundary || denied) return { admin: false, by: [] };
  const by = policies.filter(allowsEverything).map(policy => policy.name);
  if (by.length > 0) return boundary === undefined ? { admin: undefined, by } : { admin: true, by };
  const sure = complete && policies.every(policy => policy.reading?.kind === 'parsed');
  return { admin: sure ? false : undefined, by };
}

/** AWS's own policy of this name is known without reading it. */
const ADMINISTRATOR_ACCESS = /^arn:aws[a-z-]*:iam::aws:policy\/AdministratorAccess$/;

function allowsEverything(policy: RolePolicy): boolean {
  if (ADMINISTRATOR_ACCESS.test(policy.name)) return true;
  return statementsOf(policy).some(each => each.effect === 'Allow' && isEverything(each));
}

function statementsOf({ reading }: RolePolicy): readonly Statement[] {
  return reading?.kind === 'parsed' ? reading.policy.statements : [];
}

function isEverything({ actions, resources, conditions }: Statement): boolean {
  return conditions.length === 0 && coversAll(actions) && resources !== undefined && coversAll(resources);
}

/** `*`, `**`, `*:*`: nothing else in IAM's pattern language covers all. */
function coversAll({ negated, values }: Patterns): boolean {
  return !negated && values.some(value => /^\*+(:\*+)?$/.test(value));
}
