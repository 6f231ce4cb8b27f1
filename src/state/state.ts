import type { EventLookup } from '../snapshot/lookups.ts';

export const STATE_VERSION = 'state/1';

/** What one scheduled run leaves to the next: how far events were read, and what was told of them. */
export interface State {
  readonly postern: typeof STATE_VERSION;
  /** By account id, then by region. */
  readonly accounts: Readonly<Record<string, Readonly<Record<string, Reached>>>>;
  /** In order of time, rule and event. */
  readonly reported: readonly Reported[];
}

/** Up to where a region's events were read and judged. */
export interface Reached {
  /** ISO 8601, UTC: the end of the last run that could read all it asked for. */
  readonly until: string;
  /** The same for rules that count or chain events, where another region lacked some of theirs since: earlier than `until`. */
  readonly chainedUntil?: string | undefined;
  /** What was asked for. */
  readonly lookups: readonly EventLookup[];
  /** Which rules judged it: by id, the print of what each asked. */
  readonly rules: Readonly<Record<string, string>>;
}

/** A rule's word on an event that a report held. */
export interface Reported {
  readonly rule: string;
  readonly event_id: string;
  /** Of the event; of the run where the event has none. ISO 8601. */
  readonly time: string;
  readonly status: 'match' | 'not evaluated';
}

export const NO_STATE: State = { postern: STATE_VERSION, accounts: {}, reported: [] };
