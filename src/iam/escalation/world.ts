import { type Stacks, stacksOfAccount } from '../access/twins.ts';
import { coversAction } from '../action.ts';
import { isReservedRole } from '../arn.ts';
import { ABSENT, type ContextValue, known, UNKNOWN } from '../context.ts';
import type { Layers, NamedPolicy } from '../layer.ts';
import type { Policy, Statement } from '../policy.ts';
import { type Gates, NO_GATES_READ } from './gates.ts';

/** A role of the account, as far as it matters to somebody who looks for a way on. */
export interface KnownRole {
  readonly arn: string;
  readonly name: string;
  /** Undefined: not read, or not to be parsed. */
  readonly trust: Policy | undefined;
  /** ARNs of the customer-managed policies attached to it; undefined: not read. */
  readonly customerPolicies: readonly string[] | undefined;
  /** Identity and boundary; undefined where its policies were not read. */
  readonly layers: Layers | undefined;
  /** Undefined: not read. */
  readonly tags: readonly (readonly [string, string])[] | undefined;
}

/** The roles that a path may lead to. Service-linked and reserved roles are none: nobody else can use or change them. */
export interface World {
  readonly account: string;
  /** `aws`, `aws-cn`, `aws-us-gov`. */
  readonly partition: string;
  readonly roles: readonly KnownRole[];
  /** Whether `roles` are all there are, and the trust of each is known. */
  readonly complete: boolean;
  /** Roles by what their trust policy names: see `principalKey`. `*` where it names those who may not. */
  readonly byPrincipal: ReadonlyMap<string, readonly KnownRole[]>;
  readonly byArn: ReadonlyMap<string, KnownRole>;
  readonly surroundings: Surroundings;
  /** Makes the stacks of its sessions. */
  readonly stacks: Stacks;
}

/** What else there is in the account, as far as a path may lead by it. */
export interface Surroundings {
  readonly gates: Gates;
  /** The versions of a customer-managed policy that are not its default; undefined where they may not be all. */
  otherVersions(policyArn: string): readonly NamedPolicy[] | undefined;
}

export const NOTHING_READ: Surroundings = { gates: NO_GATES_READ, otherVersions: () => undefined };

export function worldOf(
  about: Pick<World, 'account' | 'partition' | 'complete'>,
  all: readonly KnownRole[],
  surroundings = NOTHING_READ,
): World {
  const roles = all.filter(role => !isOutOfReach(role.arn)).toSorted((a, b) => (a.arn < b.arn ? -1 : 1));
  const byPrincipal = new Map<string, KnownRole[]>();
  for (const role of roles) {
    for (const principal of principalsOf(role.trust)) {
      const list = byPrincipal.get(principal);
      if (list === undefined) byPrincipal.set(principal, [role]);
      else list.push(role);
    }
  }
  const complete = about.complete && roles.every(role => role.trust !== undefined);
  const byArn = new Map(roles.map(role => [role.arn, role]));
  return { ...about, complete, roles, byPrincipal, byArn, surroundings, stacks: stacksOfAccount() };
}

/** What iam:PermissionsBoundary is in a request that changes a role of these layers: the ARN of its boundary. */
export function boundaryIn(layers: Layers | undefined): ContextValue {
  if (layers === undefined) return UNKNOWN;
  const boundary = layers.find(({ name }) => name === 'boundary');
  if (boundary === undefined) return ABSENT;
  const [policy] = boundary.policies;
  return policy === undefined ? UNKNOWN : known(policy.name);
}

/** IAM refuses to change these or to pass them on. */
export function isOutOfReach(roleArn: string): boolean {
  return isReservedRole(roleArn);
}

/** Everyone whom some Allow statement lets assume the role. */
function principalsOf(trust: Policy | undefined): ReadonlySet<string> {
  const allowing = (trust?.statements ?? []).filter(
    ({ effect, actions }) => effect === 'Allow' && ASSUMING.some(action => coversAction(actions, action)),
  );
  return new Set(allowing.flatMap(keysOf));
}

function keysOf({ principals }: Statement): readonly string[] {
  if (principals?.negated) return ['*'];
  return (principals?.members ?? []).map(({ value }) => principalKey(value));
}

/**
 * `lambda.amazonaws.com`, an ARN, an account, `*`. In China a service may go by either name; a role's session goes by
 * `arn:aws:sts::111122223333:assumed-role/name`, whatever the session is called.
 */
export function principalKey(principal: string): string {
  return principal.replace(/\.amazonaws\.com\.cn$/, '.amazonaws.com').replace(/(:assumed-role\/[^/]+)\/.*$/, '$1');
}

const ASSUMING = ['sts:AssumeRole', 'sts:AssumeRoleWithWebIdentity'];
