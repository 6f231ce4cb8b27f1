import type { Line } from './line.ts';

/** A row of some view that one may go to from another. */
export interface Lead {
  readonly words: Line;
  /** The view's name. */
  readonly view: string;
  /** The row's id there. */
  readonly row: string;
}
