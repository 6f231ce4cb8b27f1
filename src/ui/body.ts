import { pageOf } from './commands.ts';
import { emptyLines } from './empty.ts';
import { columnWidths, GAP } from './layout.ts';
import { BLANK, cut, cutMiddle, fitted, type Line, pad, type Span, say, wrap } from './line.ts';
import { current } from './list.ts';
import { aroundOf, layoutFor, listHeight, listOf, modeOf, type State, viewOf } from './state.ts';
import type { Cell, Column, Row } from './view.ts';

/** The lines between the rule line and the status line, exactly as many as there is room for. */
export function bodyLines(state: State): readonly Line[] {
  const { body, beside } = layoutFor(state);
  const mode = modeOf(state);
  if (state.overlay !== undefined) return page(state, state.overlay.scroll, state.size.columns, body);
  if (beside) return sideBySide(state, body);
  return mode === 'detail'
    ? page(state, listOf(state).scroll, state.size.columns, body)
    : filled(listLines(state), body);
}

function sideBySide(state: State, body: number): readonly Line[] {
  const { listWidth, detailWidth } = layoutFor(state);
  const left = filled(listLines(state), body);
  const right = page(state, listOf(state).scroll, detailWidth, body);
  const bar = say(' │ '.padEnd(GAP), modeOf(state) === 'detail' ? 'accent' : 'dim');
  return left.map((line, index) => [...fitted(line, listWidth), bar, ...(right[index] ?? BLANK)]);
}

/** A part of a page, with a mark in the last line where more follows. */
function page(state: State, scroll: number, width: number, height: number): readonly Line[] {
  const lines = pageOf(state).slice(scroll);
  const shown = lines.slice(0, height).map(each => cut([say(' '), ...each], width));
  const more = lines.length - height;
  const how = modeOf(state) === 'list' ? '' : ': Space goes on';
  if (more > 0) shown[height - 1] = cut([say(`  ↓ ${more + 1} more lines${how}`, 'dim')], width);
  return filled(shown, height);
}

function listLines(state: State): readonly Line[] {
  const { listWidth } = layoutFor(state);
  const around = aroundOf(state);
  const rows = rowLines(state, listWidth);
  if (around === undefined)
    return viewOf(state).around === undefined ? [cut(titles(state, listWidth), listWidth), ...rows] : rows;
  return [...around.above, ...filled(rows, listHeight(state)), ...around.below].map(each => cut(each, listWidth));
}

function rowLines(state: State, width: number): readonly Line[] {
  const list = listOf(state);
  if (list.shown.length === 0) return emptyLines(state).flatMap(each => wrap([say('  '), ...each], width - 2, 2));
  const { columns } = viewOf(state);
  const widths = columnWidths(columns, width - 3);
  const chosen = current(list);
  return list.shown
    .slice(list.top, list.top + listHeight(state))
    .map(row => cut(rowLine(row, row === chosen, columns, widths, state.now), width));
}

function rowLine(row: Row, chosen: boolean, columns: readonly Column[], widths: readonly number[], now: Date): Line {
  const cells = row.cells(now);
  const spans = columns.flatMap((column, index) =>
    cell(cells[index] ?? say(''), column, widths[index] ?? 0, index > 0),
  );
  return [chosen ? say('> ', 'accent') : say('  '), ...(chosen ? spans.map(emphasised) : spans)];
}

/** The chosen row stands out by its marker and by weight; severity keeps its colour. */
function emphasised(span: Span): Span {
  return span.style === 'plain' || span.style === 'dim' ? { ...span, style: 'strong' } : span;
}

function cell(span: Cell, column: Column, width: number, gap: boolean): Line {
  if (width === 0) return [];
  const inMiddle = column.shorten === 'middle' && span.shorten !== 'end';
  const text = inMiddle ? [{ ...span, text: cutMiddle(span.text, width) }] : cut([span], width);
  return gap ? [say('  '), ...pad(text, width, column.align)] : pad(text, width, column.align);
}

function titles(state: State, width: number): Line {
  const { columns } = viewOf(state);
  const widths = columnWidths(columns, width - 3);
  return [
    say('  '),
    ...columns.flatMap((column, index) => cell(say(column.title, 'dim'), column, widths[index] ?? 0, index > 0)),
  ];
}

function filled(lines: readonly Line[], height: number): Line[] {
  return Array.from({ length: height }, (_, index) => lines[index] ?? BLANK);
}
