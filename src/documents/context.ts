import type { AccountMember, AccountSnapshot, RegionMember, RegionSnapshot, Unread } from '../snapshot/snapshot.ts';
import type { Facts } from './facts.ts';

/** Where a document's resource is. */
export interface Place {
  readonly account: AccountSnapshot;
  readonly region: RegionSnapshot;
}

export function accountFacts(account: AccountSnapshot): Facts {
  return { id: account.id, alias: account.alias };
}

const LISTED_BY: Readonly<Record<Exclude<RegionMember, 'tags'>, string>> = {
  trustAnchors: 'rolesanywhere:ListTrustAnchors',
  profiles: 'rolesanywhere:ListProfiles',
  crls: 'rolesanywhere:ListCrls',
  subjects: 'rolesanywhere:ListSubjects',
  events: 'cloudtrail:LookupEvents',
};

/** Whether a list of the region is all there is: asked for, and its call did not fail (on a later page, say). */
export function isComplete(region: RegionSnapshot, member: keyof typeof LISTED_BY): boolean {
  return !region.notAsked.includes(member) && !failed(region.unread, LISTED_BY[member]);
}

/** Whether the account-wide reading of roles or policies was not asked for or failed. */
export function accountWideGap(
  account: AccountSnapshot,
  member: AccountMember,
  operations: readonly string[],
): boolean {
  return account.notAsked.includes(member) || operations.some(operation => failed(account.unread, operation));
}

function failed(unread: readonly Unread[], operation: string): boolean {
  return unread.some(each => each.operation === operation && each.resource === '*');
}
