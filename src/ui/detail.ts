import { safeJson } from '../report/printable.ts';
import { BLANK, cells, type Line, line, wrap } from './line.ts';
import type { Row } from './view.ts';

/** A row's detail in lines of at most `width` cells. Kept until the row or the width is another. */
export function detailLines(row: Row, width: number): readonly Line[] {
  return kept(details, row, width, () => row.detail());
}

/** The document behind a row as JSON. */
export function rawLines(row: Row, width: number): readonly Line[] {
  return kept(raws, row, width, () => jsonLines(row.raw[0]));
}

export function jsonOf(value: object): string {
  return safeJson(value, 2);
}

interface Kept {
  readonly width: number;
  readonly lines: readonly Line[];
}

const details = new WeakMap<Row, Kept>();
const raws = new WeakMap<Row, Kept>();

function kept(keeper: WeakMap<Row, Kept>, row: Row, width: number, make: () => readonly Line[]): readonly Line[] {
  const known = keeper.get(row);
  if (known?.width === width) return known.lines;
  const lines = wrapped(make(), width);
  keeper.set(row, { width, lines });
  return lines;
}

/** Lines of at most `width` cells. */
export function wrapped(lines: readonly Line[], width: number): readonly Line[] {
  return lines.flatMap(each => (each.length === 0 ? [BLANK] : wrap(each, width, indentOf(each, width))));
}

function jsonLines(value: object): readonly Line[] {
  return jsonOf(value)
    .split('\n')
    .map(text => line(text));
}

/** Lines go on where their text began: after a label, and after the mark of an item. */
function indentOf([first, second]: Line, width: number): number {
  const text = first?.text ?? '';
  const label = second !== undefined && text.endsWith(' ') ? cells(text) : 0;
  return label > 0 && label <= width / 2 ? label : (/^ *(- )?/.exec(text)?.[0].length ?? 0);
}
