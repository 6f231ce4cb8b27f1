import { bodyLines } from './body.ts';
import { headerLine, ruleLine } from './header.ts';
import { SMALLEST } from './layout.ts';
import { BLANK, cut, type Line, line } from './line.ts';
import { layoutFor, type State } from './state.ts';
import { footerLines, statusLine } from './status.ts';

/** The whole screen, line by line; no line is wider than the terminal. */
export interface Frame {
  readonly top: readonly Line[];
  readonly body: readonly Line[];
  readonly bottom: readonly Line[];
}

export function frameOf(state: State): Frame {
  const { columns, rows } = state.size;
  if (layoutFor(state).tiny) return { top: [], body: tooSmall(columns, rows), bottom: [] };
  return {
    top: [headerLine(state, columns), ruleLine(state, columns)],
    body: bodyLines(state),
    bottom: [statusLine(state, columns), ...footerLines(state, columns)],
  };
}

function tooSmall(columns: number, rows: number): readonly Line[] {
  const words = [`Too small: ${columns}x${rows}.`, `Postern needs ${SMALLEST.columns}x${SMALLEST.rows}.`, 'q quits.'];
  return Array.from({ length: rows }, (_, index) =>
    words[index] === undefined ? BLANK : cut(line(words[index]), columns),
  );
}
