import type { Snapshot, Unread } from '../snapshot/snapshot.ts';

/** What a collection says while it runs. `region` is `global` for IAM and STS. */
export type Progress =
  | { readonly kind: 'identity'; readonly account: string; readonly arn: string }
  | { readonly kind: 'regions'; readonly regions: readonly string[] }
  /** A request went out, or came back. `planned` is how many are known to be needed so far, all regions together. */
  | {
      readonly kind: 'request';
      readonly region: string;
      readonly operation: string;
      readonly done: number;
      readonly planned: number;
    }
  /** Nothing moves in this region because of AWS's own rate limit. */
  | { readonly kind: 'waiting'; readonly region: string; readonly family: string; readonly perSecond: number }
  | { readonly kind: 'unread'; readonly region: string; readonly unread: Unread }
  /** A region is finished: what is known so far, and the regions (or `global`) still to come. */
  | {
      readonly kind: 'arrived';
      readonly region: string;
      readonly snapshot: Snapshot;
      readonly pending: readonly string[];
    };
