import type { Coverage } from '../snapshot/coverage.ts';
import { BROUGHT_BY } from '../snapshot/operations.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';

/** The coverage with, for each region whose events could be read, from when to when its events were read: `2026-11-23T08:25:00.000Z to …`. */
export function withWindows(coverage: readonly Coverage[], { accounts, takenAt }: Snapshot): readonly Coverage[] {
  const sinceIn = new Map(
    accounts.flatMap(({ id, regions }) => regions.map(each => [`${id} ${each.name}`, each.eventsSince])),
  );
  return coverage.map(row => {
    const since = sinceIn.get(`${row.account} ${row.region}`);
    const isRead = row.operation === BROUGHT_BY.events && row.status === 'read';
    return isRead && since !== undefined ? { ...row, message: `${since} to ${takenAt}` } : row;
  });
}
