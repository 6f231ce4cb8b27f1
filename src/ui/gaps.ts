import { hasAllRegions } from '../documents/context.ts';
import type { NotSupported } from '../findings/finding.ts';
import { groupedBy } from '../report/group.ts';
import { type Coverage, isFailed, isNotAsked } from '../snapshot/coverage.ts';
import { type Line, line, say } from './line.ts';
import type { Scene } from './scene.ts';

/** Why there may be more than is shown. */
export interface Gaps {
  readonly failed: readonly Coverage[];
  readonly notAsked: readonly Coverage[];
  /** Regions, and `global`, whose answers have not come yet. */
  readonly pending: readonly string[];
  readonly notSupported: readonly NotSupported[];
  /** Accounts that may have more regions than were looked at. */
  readonly inPart: readonly string[];
}

/** What some operations left open; with none named, what all of them did, and the rules. */
export function gapsOf({ audit, pending }: Scene, operations: readonly string[] = []): Gaps {
  const any = operations.length === 0;
  const rows = audit.coverage.filter(({ operation }) => any || operations.includes(operation));
  return {
    failed: rows.filter(isFailed),
    notAsked: rows.filter(isNotAsked),
    pending,
    notSupported: any ? audit.notSupported : [],
    inPart:
      pending.length > 0 ? [] : audit.snapshot.accounts.filter(account => !hasAllRegions(account)).map(({ id }) => id),
  };
}

export function isOpen(gaps: Gaps): boolean {
  return Object.values(gaps).some(({ length }) => length > 0);
}

/** One line for each: what failed, what is still to come, what cannot be run, and what nobody asked for. */
export function gapLines({ failed, notAsked, pending, notSupported, inPart }: Gaps): readonly Line[] {
  return [
    ...failed.map(({ operation, region, message }) => told(`${operation} in ${region}`, message)),
    ...(pending.length === 0 ? [] : [told('still to come', pending.join(', '))]),
    ...notSupported.map(({ rule, reason }) => told(`rule ${rule} cannot be run`, reason)),
    ...inPart.map(account => told('all other regions', `not looked at in account ${account}`)),
    ...[...groupedBy(notAsked, sameGap).values()].map(notAskedLine),
  ];
}

function told(what: string, why: string): Line {
  return [say(`${what}: `, 'unknown'), say(why)];
}

function sameGap({ operation, status, message }: Coverage): string {
  return JSON.stringify([operation, status, message]);
}

function notAskedLine(group: readonly Coverage[]): Line {
  const [{ operation, region, status, message }] = group as [Coverage];
  const where = group.length === 1 ? region : `${group.length} regions`;
  return message === '' ? told(`${operation} in ${where}`, status) : told(`${operation} in ${where}`, message);
}

/** The first of these lines, and how many more there are. */
export function firstOf(lines: readonly Line[], most: number): readonly Line[] {
  const more = lines.length - most;
  return more > 0 ? [...lines.slice(0, most), line(`and ${more} more`, 'dim')] : lines;
}
