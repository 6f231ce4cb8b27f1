import { hasAllRegions } from '../documents/context.ts';
import type { NotSupported } from '../findings/finding.ts';
import { groupedBy } from '../lists.ts';
import { groupedRefusals } from '../report/coverage.ts';
import { amountRead, type Coverage, isFailed, isNotAsked } from '../snapshot/coverage.ts';
import { BLANK, type Line, line, say } from './line.ts';
import type { Scene } from './scene.ts';

/** Why there may be more than is shown. */
export interface Gaps {
  /** Regions of which nothing could be read, each by one of its calls. */
  readonly closed: readonly Coverage[];
  readonly failed: readonly Coverage[];
  readonly notAsked: readonly Coverage[];
  /** Regions, and `global`, whose answers have not come yet. */
  readonly pending: readonly string[];
  readonly notSupported: readonly NotSupported[];
  /** Accounts that may have more regions than were looked at. */
  readonly inPart: readonly string[];
}

export const NO_GAPS: Gaps = { closed: [], failed: [], notAsked: [], pending: [], notSupported: [], inPart: [] };

/** What some operations left open; with none named, what all of them did, and the rules. */
export function gapsOf({ audit, pending }: Scene, operations: readonly string[] = []): Gaps {
  const any = operations.length === 0;
  const isMeant = ({ operation }: Coverage) => any || operations.includes(operation);
  const closed = closedRegions(audit.coverage);
  const gone = new Set(closed.flat());
  const rows = audit.coverage.filter(row => isMeant(row) && !gone.has(row));
  return {
    closed: closed.filter(all => all.some(isMeant)).map(all => firstRefused(all, isMeant)),
    failed: rows.filter(isFailed),
    notAsked: rows.filter(row => isNotAsked(row) && !pending.includes(row.region)),
    pending,
    notSupported: any ? audit.notSupported : [],
    inPart:
      pending.length > 0 ? [] : audit.snapshot.accounts.filter(account => !hasAllRegions(account)).map(({ id }) => id),
  };
}

function closedRegions(coverage: readonly Coverage[]): readonly (readonly Coverage[])[] {
  const regions = groupedBy(
    coverage.filter(({ region }) => region !== 'global'),
    ({ account, region }) => `${account} ${region}`,
  );
  return [...regions.values()].filter(rows => amountRead(rows) === 'nothing');
}

/** The first call that says why; of those after it, it may only be said that they were not tried. */
function firstRefused(rows: readonly Coverage[], isMeant: (row: Coverage) => boolean): Coverage {
  const failed = rows.filter(isFailed);
  const telling = failed.filter(({ message }) => !message.includes('not tried: '));
  return telling.find(isMeant) ?? telling[0] ?? failed[0]!;
}

export function isOpen(gaps: Gaps): boolean {
  return Object.values(gaps).some(({ length }) => length > 0);
}

/** Something that was not looked at. */
interface Gap {
  readonly what: string;
  /** Regions; none where it has no region or names it itself. */
  readonly where: readonly string[];
  readonly why: string;
}

/** One line for each, the worst first. */
export function gapLines(gaps: Gaps): readonly Line[] {
  return gapsInOrder(gaps).map(({ what, where, why }) => {
    const places = where.length > 1 ? ` in ${where.length} regions` : where.map(each => ` in ${each}`).join('');
    return [say(`${what}${places}: `, 'unknown'), say(why)];
  });
}

/** The same with every region named, to be read at leisure. */
export function gapPage(gaps: Gaps): readonly Line[] {
  const told = gapsInOrder(gaps).flatMap(({ what, where, why }): readonly Line[] => [
    BLANK,
    line(`  ${what}`, 'unknown'),
    ...(where.length === 0 ? [] : [line(`    in ${where.join(', ')}`, 'dim')]),
    line(`    ${why}`),
  ]);
  return [line('What was not looked at, the worst first', 'strong'), ...told];
}

/** Whole regions; events, which are missed most; lists; single things; what nobody asked for, in the same order. */
function gapsInOrder({ closed, failed, notAsked, pending, notSupported, inPart }: Gaps): readonly Gap[] {
  return [
    ...(pending.length === 0 ? [] : [{ what: 'still to come', where: [], why: pending.join(', ') }]),
    ...[...groupedBy(closed, ({ message }) => message).values()].map(closedGap),
    ...inPart.map(account => ({ what: 'all other regions', where: [], why: `not looked at in account ${account}` })),
    ...notSupported.map(({ rule, reason }) => ({ what: `rule ${rule} cannot be run`, where: [], why: reason })),
    ...inOrder(groupedRefusals(failed)).map(rows => gapOf(rows, rows[0]!.message)),
    ...inOrder([...groupedBy(notAsked, sameGap).values()]).map(rows =>
      gapOf(rows, rows[0]!.message || rows[0]!.status),
    ),
  ];
}

function closedGap(rows: readonly Coverage[]): Gap {
  return {
    what: rows.map(({ region }) => region).join(', '),
    where: [],
    why: `nothing could be read: ${rows[0]!.message}`,
  };
}

function gapOf(rows: readonly Coverage[], why: string): Gap {
  return {
    what: rows[0]!.operation,
    where: rows.map(({ region }) => region).filter(region => region !== 'global'),
    why,
  };
}

function sameGap({ operation, status, message }: Coverage): string {
  return JSON.stringify([operation, status, message]);
}

function inOrder(groups: readonly (readonly Coverage[])[]): readonly (readonly Coverage[])[] {
  return [...groups].sort((a, b) => weight(a[0]!) - weight(b[0]!));
}

const EVENTS = 'cloudtrail:LookupEvents';
/** What is asked of one role, policy or resource at a time. */
const OF_ONE = new Set([
  'iam:GetRole',
  'iam:ListAttachedRolePolicies',
  'iam:ListRolePolicies',
  'iam:GetRolePolicy',
  'iam:GetPolicy',
  'iam:GetPolicyVersion',
  'rolesanywhere:GetSubject',
  'rolesanywhere:ListTagsForResource',
]);
const OF_NO_WEIGHT = 'iam:ListAccountAliases';

function weight({ operation }: Coverage): number {
  if (operation === OF_NO_WEIGHT) return 3;
  if (OF_ONE.has(operation)) return 2;
  return operation === EVENTS ? 0 : 1;
}

/** The first of these lines, and how many more there are. */
export function firstOf(lines: readonly Line[], most: number): readonly Line[] {
  const more = lines.length - most;
  return more > 0 ? [...lines.slice(0, most), line(`and ${more} more`, 'dim')] : lines;
}
