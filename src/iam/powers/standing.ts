import { adminOf } from '../access/admin.ts';
import { covers } from '../access/covers.ts';
import { givenOf, type Stack } from '../access/stack.ts';
import { known } from '../context.ts';
import { isOutOfReach } from '../escalation/world.ts';
import { ANYTHING } from '../glob.ts';
import type { Truth } from '../truth.ts';
import type { Asking } from './asking.ts';
import { type Hold, OWN_POLICIES } from './power.ts';
import type { Principal } from './principal.ts';
import { sayingOf } from './saying.ts';

export interface Standing {
  readonly principal: Principal;
  readonly stack: Stack;
  readonly asking: Asking;
  /** How the strongest of the powers is held that are to be told of. */
  readonly held: Hold['kind'];
}

/**
 * Whether a principal may do everything, or write into its own policies that it may: what else it may do says nothing more of it. One
 * who is an administrator on conditions (with MFA, say) is one where all the rest hangs on conditions too. A boundary that is
 * there bounds what it could write.
 */
export function isAdministrator(standing: Standing): boolean {
  return mayDoEverything(standing) || mayWriteOwnPolicies(standing);
}

/** One from each corner: whoever is refused one of them is no administrator, and need not be looked at further. */
const TELLING = ['iam:CreateUser', 's3:GetObject', 'ec2:RunInstances', 'kms:Decrypt', 'rolesanywhere:CreateProfile'];
const MOST_TELLING = [TELLING[0]!];

function mayDoEverything({ principal, stack, held }: Standing): boolean {
  if (!sayingOf(principal, MOST_TELLING).allows) return false;
  const isEnough = (truth: Truth) => truth === true || (truth === undefined && held === 'possible');
  return (
    TELLING.every(action => isEnough(covers(stack, { action, on: ANYTHING }).covered)) &&
    isEnough(adminOf(stack).truth) &&
    !stack.budget.spent()
  );
}

function mayWriteOwnPolicies({ principal, asking, held }: Standing): boolean {
  const { kind, arn, groups, layers } = principal;
  if (layers.some(({ name }) => name === 'boundary') || isOutOfReach(arn)) return false;
  const attached = `arn:${arn.split(':')[1] ?? 'aws'}:iam::aws:policy/AdministratorAccess`;
  const given = givenOf([['iam:PolicyARN', known(attached)]]);
  const mayWrite = (actions: readonly string[], on: string) =>
    sayingOf(principal, actions).allows &&
    actions.some(action => ['certain', held].includes(asking.on(action, on, given).kind));
  return mayWrite(OWN_POLICIES[kind], arn) || groups.some(group => mayWrite(OWN_POLICIES.group, group));
}
