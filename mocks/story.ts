import type { Account } from './account.ts';

/** A pretend account that shows something. */
export interface Story {
  readonly name: string;
  /** What it shows, in one sentence. */
  readonly says: string;
  /** The same clock, the same account, byte for byte. `size` is what follows `=` in `large=500`. */
  readonly tell: (now: Date, size: number | undefined) => Account;
}
