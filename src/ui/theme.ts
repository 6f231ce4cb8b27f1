import type { Style } from './line.ts';

/** The props of Ink's Text that a style comes to. Sixteen colours, from the terminal's own palette. */
export interface Look {
  readonly color?: string;
  readonly bold?: boolean;
  readonly dimColor?: boolean;
  readonly inverse?: boolean;
}

export interface Theme {
  readonly colour: boolean;
  /** Only ASCII may reach the terminal. */
  readonly asciiOnly: boolean;
}

export function look(style: Style, theme: Theme): Look {
  return (theme.colour ? COLOURED : MONOCHROME)[style];
}

/** `text` in ASCII, taking the same number of cells; `size` says how many cells a character takes. */
export function ascii(text: string, size: (character: string) => number): string {
  return text.replace(/[^\x20-\x7e]/gu, character => STAND_INS.get(character) ?? '?'.repeat(size(character)));
}

const STAND_INS: ReadonlyMap<string, string> = new Map([
  ['─', '-'],
  ['│', '|'],
  ['·', '.'],
  ['…', '~'],
  ['›', '>'],
  ['→', '>'],
  ['↑', '^'],
  ['↓', 'v'],
  ['←', '<'],
  ['≥', '>'],
]);

const COLOURED: Readonly<Record<Style, Look>> = {
  plain: {},
  strong: { bold: true },
  dim: { dimColor: true },
  accent: { color: 'cyan', bold: true },
  caret: { inverse: true },
  critical: { color: 'red', bold: true },
  high: { color: 'red' },
  medium: { color: 'yellow' },
  low: { color: 'blue' },
  info: { dimColor: true },
  unknown: { color: 'magenta' },
  good: { color: 'green' },
};

/** NO_COLOR is about colour only: bold, dim and inverse stay. */
const MONOCHROME: Readonly<Record<Style, Look>> = {
  plain: {},
  strong: { bold: true },
  dim: { dimColor: true },
  accent: { bold: true },
  caret: { inverse: true },
  critical: { bold: true },
  high: { bold: true },
  medium: {},
  low: {},
  info: { dimColor: true },
  unknown: { bold: true },
  good: {},
};
