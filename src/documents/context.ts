import { BROUGHT_BY } from '../snapshot/operations.ts';
import type { AccountSnapshot, RegionMember, RegionSnapshot, Unread } from '../snapshot/snapshot.ts';
import { type Facts, UNKNOWN } from './facts.ts';

/** Where a document's resource is. */
export interface Place {
  readonly account: AccountSnapshot;
  readonly region: RegionSnapshot;
}

export function accountFacts(account: AccountSnapshot): Facts {
  const { id, alias } = account;
  return { id, alias: alias ?? (failed(account.unread, 'iam:ListAccountAliases') ? UNKNOWN : undefined) };
}

/** Whether a list of the region is all there is: asked for, and its call did not fail (on a later page, say). */
export function isComplete(region: RegionSnapshot, member: Exclude<RegionMember, 'tags'>): boolean {
  return !region.notAsked.includes(member) && !failed(region.unread, BROUGHT_BY[member]);
}

/** Whether these are all regions that are enabled for the account, as far as the snapshot can tell. */
export function hasAllRegions(account: AccountSnapshot): boolean {
  return !account.notAsked.includes('regions') && !failed(account.unread, 'ec2:DescribeRegions');
}

/**
 * Whether the account's roles were all looked at: listed, or brought by the bulk call. Those that profiles name may have been
 * asked for one by one instead, which tells nothing of the others.
 */
export function hasAllRoles({ notAsked, iamReadBy, unread }: AccountSnapshot): boolean {
  if (notAsked.includes('roles')) return false;
  const inBulk = iamReadBy?.strategy === 'bulk' && !failed(unread, 'iam:GetAccountAuthorizationDetails');
  return inBulk || !failed(unread, 'iam:ListRoles');
}

/**
 * Whether a role that is not in the snapshot may exist all the same: nobody asked for roles, or the call that lists all
 * of them failed and they were not asked for one by one instead.
 */
export function mayLackRoles({ notAsked, iamReadBy, unread }: AccountSnapshot): boolean {
  if (notAsked.includes('roles')) return true;
  if (iamReadBy?.strategy === 'per-role') return false;
  const unlisted = iamReadBy === undefined && failed(unread, 'iam:ListRoles');
  return unlisted || failed(unread, 'iam:GetAccountAuthorizationDetails');
}

/**
 * Whether every role of the account is in the snapshot. Postern's own say so by having `otherRoles`; one that somebody put
 * together has all that there are, unless it says otherwise.
 */
export function knowsAllRoles(account: AccountSnapshot): boolean {
  const { notAsked, iamReadBy, otherRoles } = account;
  if (otherRoles !== undefined) return true;
  return iamReadBy === undefined && !notAsked.includes('roles') && !mayLackRoles(account);
}

function failed(unread: readonly Unread[], operation: string): boolean {
  return unread.some(each => each.operation === operation);
}
