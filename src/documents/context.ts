import { oncePer } from '../memo/oncePer.ts';
import { BROUGHT_BY } from '../snapshot/operations.ts';
import type { AccountSnapshot, RegionMember, RegionSnapshot, Unread } from '../snapshot/snapshot.ts';
import { type Facts, UNKNOWN } from './facts.ts';

/** Where a document's resource is. */
export interface Place {
  readonly account: AccountSnapshot;
  readonly region: RegionSnapshot;
}

/** The same for all its documents. */
export const accountFacts = oncePer(({ id, alias, unread }: AccountSnapshot): Facts => {
  if (alias !== undefined) return { id, alias };
  return failed(unread, 'iam:ListAccountAliases') ? { id, alias: UNKNOWN } : { id };
});

/** Whether a list of the region is all there is: asked for, and its call did not fail (on a later page, say). */
export function isComplete(region: RegionSnapshot, member: Exclude<RegionMember, 'tags'>): boolean {
  return !region.notAsked.includes(member) && !failed(region.unread, BROUGHT_BY[member]);
}

/** The same of all regions of the account. */
export function isCompleteEverywhere(account: AccountSnapshot, member: Exclude<RegionMember, 'tags'>): boolean {
  return hasAllRegions(account) && account.regions.every(region => isComplete(region, member));
}

/** Whether these are all regions that are enabled for the account, as far as the snapshot can tell. */
export function hasAllRegions(account: AccountSnapshot): boolean {
  return !account.notAsked.includes('regions') && !failed(account.unread, 'ec2:DescribeRegions');
}

/**
 * Which roles of the account were looked at, so that one that is not in the snapshot is not there, or does not concern us:
 * - `all`: a list of them came to its end, be it ListRoles or the bulk call;
 * - `named`: those that profiles name were asked for one by one instead, which tells nothing of the others;
 * - `unknown`: nobody asked, or the calls that list them failed.
 */
export function rolesKnown({ notAsked, iamReadBy, unread }: AccountSnapshot): 'all' | 'named' | 'unknown' {
  if (notAsked.includes('roles')) return 'unknown';
  const listed = !failed(unread, 'iam:ListRoles');
  const inBulk = !failed(unread, 'iam:GetAccountAuthorizationDetails');
  if (iamReadBy === undefined) return listed && inBulk ? 'all' : 'unknown';
  if (listed || (iamReadBy.strategy === 'bulk' && inBulk)) return 'all';
  return iamReadBy.strategy === 'per-role' ? 'named' : 'unknown';
}

/**
 * Whether every role of the account is in the snapshot. Postern's own say so by having `otherRoles`; one that somebody put
 * together has all that there are, unless it says otherwise.
 */
export function holdsAllRoles(account: AccountSnapshot): boolean {
  return account.otherRoles !== undefined || (account.iamReadBy === undefined && rolesKnown(account) === 'all');
}

function failed(unread: readonly Unread[], operation: string): boolean {
  const known = operations.get(unread) ?? new Set(unread.map(each => each.operation));
  operations.set(unread, known);
  return known.has(operation);
}

/** The operations that failed: every document asks for some. */
const operations = new WeakMap<readonly Unread[], ReadonlySet<string>>();
