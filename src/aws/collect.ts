import type { EventLookup } from '../snapshot/lookups.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { Progress } from './progress.ts';

/** A region whose events are to be read, and which. */
export interface TrailRequest {
  readonly region: string;
  readonly asked: readonly EventLookup[];
}

export interface CollectRequest {
  /** Empty: every region that is enabled for the account. */
  readonly regions: readonly string[];
  /** AWS profile name from the user's configuration. */
  readonly profile: string | undefined;
  /** Where to send every request instead of AWS; the SDK's own AWS_ENDPOINT_URL is honoured when undefined. */
  readonly endpoint: string | undefined;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
  /** How far back CloudTrail is read, seconds; 0: not at all. */
  readonly since: number;
  /** Instead, once it is known which regions of which account are read: how far back in each, seconds. */
  readonly sinceIn?: ((account: string, trails: readonly TrailRequest[]) => (region: string) => number) | undefined;
  /** Which events the rules can match: one entry per event source. */
  readonly lookups: readonly EventLookup[];
  /** `aws`: AWS's published limits per account, region and API family. `none`: for a pretend AWS that has none. */
  readonly pace: 'aws' | 'none';
  /** How many GetSubject and ListTagsForResource calls a region may cost, each. */
  readonly callBudget: number;
  readonly now: Date;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: (progress: Progress) => void;
}

/**
 * Reads everything Postern looks at. What AWS refuses or garbles is in the snapshot's `unread`, beside what came before it.
 * Throws UserError where nothing at all can be read: no credentials, expired ones, an unknown AWS profile, an endpoint
 * that does not answer, a name that is no region's; the signal's reason when aborted.
 */
export async function collect(request: CollectRequest): Promise<Snapshot> {
  // The SDK is a large import, and most commands work on a snapshot from a file.
  const { gather } = await import('./gather.ts');
  return gather(request);
}
