import type { ChalkInstance } from 'chalk';

/** What a format is told about where its text goes. */
export interface FormatOptions {
  readonly colour: boolean;
  /** Columns. */
  readonly width: number;
}

export interface Page {
  /** Columns. */
  readonly width: number;
  readonly style: ChalkInstance;
}
