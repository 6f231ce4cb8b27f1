/** Terminal cells and rows. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

export interface Layout {
  /** Too small for anything but saying so. */
  readonly tiny: boolean;
  /** Rows between the rule line and the status line. */
  readonly body: number;
  readonly listWidth: number;
  readonly detailWidth: number;
  /** The detail stands beside the list; otherwise it opens over it. */
  readonly beside: boolean;
}

export const SMALLEST: Size = { columns: 60, rows: 15 };
const BESIDE_FROM = 110;
/** Cells that a list needs beside its detail to name what is in it. */
const LEAST_LIST = 63;
const LIST_SHARE = 0.54;
/** Header, rule line, status line, footer. */
const FRAME_ROWS = 4;
/** ` │ ` */
export const GAP = 3;

/** `more`: lines that the frame takes beyond its usual ones. `share`: the list's part of the columns where its detail stands beside it. */
export function layoutOf(size: Size, mayStandBeside: boolean, more = 0, share = LIST_SHARE): Layout {
  const beside = mayStandBeside && size.columns >= BESIDE_FROM;
  const listWidth = beside ? Math.max(LEAST_LIST, Math.floor((size.columns - GAP) * share)) : size.columns;
  return {
    tiny: size.columns < SMALLEST.columns || size.rows < SMALLEST.rows,
    body: Math.max(1, size.rows - FRAME_ROWS - more),
    listWidth,
    detailWidth: beside ? size.columns - GAP - listWidth : size.columns,
    beside,
  };
}

/** What a column asks for, in cells. */
export interface ColumnWidth {
  readonly width: number | 'fill';
  /** Kept for a column that fills; any other is made narrower for it, but not narrower than this. */
  readonly least?: number;
  /** Left out where the one that fills would have less than its least: the highest first. */
  readonly lesser?: number;
}

/** Widths of the columns that have room: as they are where that is enough, else lesser ones left out and others narrower; 0: left out. */
export function columnWidths(columns: readonly ColumnWidth[], width: number): readonly number[] {
  const ranks = [...new Set(columns.map(({ lesser = 0 }) => lesser))].sort((a, b) => b - a);
  const tries = ranks.map(rank => shared(columns, width, rank));
  return (tries.find(({ enough }) => enough) ?? tries.at(-1)!).widths;
}

/** The columns up to a rank, with the one that fills as near to its least as the others can give. */
function shared(columns: readonly ColumnWidth[], width: number, rank: number) {
  const kept = columns.map(({ lesser = 0 }) => lesser <= rank);
  const widths = columns.map((column, at) => (kept[at] && column.width !== 'fill' ? column.width : 0));
  const spare = columns.map(({ least }, at) => (widths[at] && least !== undefined ? widths[at] - least : 0));
  const fills = columns.findIndex(column => column.width === 'fill');
  const needed = columns[fills]?.least ?? SMALLEST_FILL;
  let left = width - sum(widths) - COLUMN_GAP * (kept.filter(Boolean).length - 1);
  for (; left < needed && Math.max(...spare) > 0; left += 1) {
    const widest = spare.indexOf(Math.max(...spare));
    spare[widest]! -= 1;
    widths[widest]! -= 1;
  }
  return {
    widths: widths.map((own, at) => (at === fills ? Math.max(SMALLEST_FILL, left) : own)),
    enough: left >= needed,
  };
}

/** Cells between two columns. */
const COLUMN_GAP = 2;
const SMALLEST_FILL = 4;

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
