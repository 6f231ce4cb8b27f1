import type { Snapshot } from '../snapshot/snapshot.ts';
import { HISTORY_MS } from './reached.ts';
import type { State } from './state.ts';

/** Where the last run is so long ago that CloudTrail's event history no longer holds all that has happened since; a line for each. */
export function gonePlaces({ accounts: before }: State, { accounts, takenAt }: Snapshot): readonly string[] {
  const oldest = Date.parse(takenAt) - HISTORY_MS;
  return accounts.flatMap(({ id, regions }) =>
    regions.flatMap(({ name }) => {
      const until = before[id]?.[name]?.until;
      if (until === undefined || Date.parse(until) >= oldest) return [];
      const lost = `what happened from then to ${new Date(oldest).toISOString()} is gone from CloudTrail's event history`;
      return [`${name} was last read on ${until}: ${lost}`];
    }),
  );
}
