import { BROUGHT_BY } from './operations.ts';
import type { AccountSnapshot, RegionMember, RegionSnapshot, Snapshot, Unread } from './snapshot.ts';

/** One operation in one place: whether it was read, and how much came. */
export interface Coverage {
  readonly account: string;
  /** `global` for IAM, STS and whatever else has no region. */
  readonly region: string;
  /** `service:Operation`. */
  readonly operation: string;
  readonly status: 'read' | 'partly read' | 'not read' | 'not asked';
  /** How many items were read. */
  readonly items: number;
  /** What AWS said, where something was not read; empty otherwise. */
  readonly message: string;
}

/** What was looked at and what was not, account by account and region by region, in the snapshot's order. */
export function coverageOf(snapshot: Snapshot): readonly Coverage[] {
  return snapshot.accounts.flatMap(account => [
    ...accountCoverage(account),
    ...account.regions.flatMap(region => regionCoverage(account.id, region)),
  ]);
}

/** Every call that failed, account-wide ones first. */
export function unreadOf(snapshot: Snapshot): readonly Unread[] {
  return snapshot.accounts.flatMap(account => [...account.unread, ...account.regions.flatMap(region => region.unread)]);
}

function accountCoverage(account: AccountSnapshot): readonly Coverage[] {
  const rolesBy = account.iamReadBy?.strategy === 'bulk' ? 'iam:GetAccountAuthorizationDetails' : 'iam:ListRoles';
  const members = [
    { operation: rolesBy, items: account.roles.length, asked: !account.notAsked.includes('roles') },
    {
      operation: 'iam:GetPolicyVersion',
      items: account.policies.length,
      asked: !account.notAsked.includes('policies'),
    },
  ];
  return rowsOf({ account: account.id, region: 'global', members, unread: account.unread });
}

function regionCoverage(account: string, region: RegionSnapshot): readonly Coverage[] {
  const members = (Object.keys(BROUGHT_BY) as RegionMember[]).map(member => ({
    operation: BROUGHT_BY[member],
    items: region[member].length,
    asked: !region.notAsked.includes(member),
  }));
  return rowsOf({ account, region: region.name, members, unread: region.unread });
}

interface Place {
  readonly account: string;
  readonly region: string;
  readonly members: readonly { readonly operation: string; readonly items: number; readonly asked: boolean }[];
  readonly unread: readonly Unread[];
}

function rowsOf({ account, region, members, unread }: Place): readonly Coverage[] {
  const rows = members.map(({ operation, items, asked }) => {
    const failed = unread.filter(one => one.operation === operation);
    return { account, region, operation, status: statusOf(asked, items, failed), items, message: messageOf(failed) };
  });
  const planned = new Set(members.map(member => member.operation));
  const others = [...new Set(unread.map(one => one.operation).filter(operation => !planned.has(operation)))].sort();
  return [
    ...rows,
    ...others.map(operation => {
      const message = messageOf(unread.filter(one => one.operation === operation));
      return { account, region, operation, status: 'not read' as const, items: 0, message };
    }),
  ];
}

function statusOf(asked: boolean, items: number, failed: readonly Unread[]): Coverage['status'] {
  if (failed.length > 0) return items > 0 ? 'partly read' : 'not read';
  return asked ? 'read' : 'not asked';
}

const NAMED_AT_MOST = 3;

function messageOf(failed: readonly Unread[]): string {
  const named = failed
    .slice(0, NAMED_AT_MOST)
    .map(({ resource, error, message }) => `${resource === '*' ? '' : `${resource}: `}${error}: ${message}`);
  const rest = failed.length - named.length;
  return [...named, ...(rest > 0 ? [`and ${rest} more`] : [])].join('; ');
}
