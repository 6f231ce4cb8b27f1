import type { IamBulk } from './iamBulk.ts';

export interface IamPlan {
  readonly strategy: 'bulk' | 'per-role';
  readonly reason: string;
}

/**
 * How IAM was read, given what the bulk call (GetAccountAuthorizationDetails) brought. It is made in any case, for it alone tells
 * in a few requests what everybody in the account may do: one for each thousand users, groups, roles and policies at best,
 * about a dozen for an account with 5,000 roles. To ask about one role takes three requests and more. Only where it brought
 * no roles are they asked about one by one, those that have to do with Roles Anywhere.
 */
export function planFrom({ complete, pages, users, roles }: IamBulk): IamPlan {
  if (!complete && roles.size === 0) return { strategy: 'per-role', reason: 'the bulk call failed' };
  const read = `${counted(roles.size, 'role')}, ${counted(users.size, 'user')} and their policies`;
  const reason = complete ? `${counted(pages, 'request')} for ${read}` : `the bulk call broke off after ${read}`;
  return { strategy: 'bulk', reason };
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
