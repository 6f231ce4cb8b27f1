import type { Settings } from '../../src/settings/settings.ts';
import type { AccountSnapshot } from '../../src/snapshot/snapshot.ts';

/** One way a set-up goes wrong, as the smallest change to an account in which nothing is wrong. */
export interface Case {
  /** The check's number: several rules may share one, one rule may have several cases; a rule beyond the list has none. */
  readonly check?: number;
  /** The rule that must speak. */
  readonly rule: string;
  readonly name: string;
  readonly bad: (good: AccountSnapshot) => AccountSnapshot | readonly AccountSnapshot[];
  readonly settings?: Partial<Settings>;
  /** How severe the finding must be, where that hangs on circumstances. */
  readonly severity?: string;
  /** Rules that must speak of it too, each for a reason of its own. */
  readonly also?: readonly string[];
}
