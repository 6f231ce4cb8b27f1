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
/** Header, rule line, status line, footer. */
const FRAME_ROWS = 4;
/** ` │ ` */
export const GAP = 3;

export function layoutOf(size: Size, mayStandBeside: boolean): Layout {
  const beside = mayStandBeside && size.columns >= BESIDE_FROM;
  const listWidth = beside ? Math.floor((size.columns - GAP) * 0.54) : size.columns;
  return {
    tiny: size.columns < SMALLEST.columns || size.rows < SMALLEST.rows,
    body: Math.max(1, size.rows - FRAME_ROWS),
    listWidth,
    detailWidth: beside ? size.columns - GAP - listWidth : size.columns,
    beside,
  };
}

/** Widths of the columns that have room, in cells: fixed ones as they are, the filling one what is left. */
export function columnWidths(
  columns: readonly { readonly width: number | 'fill'; readonly from?: number }[],
  width: number,
): readonly number[] {
  const visible = columns.map(column => (column.from ?? 0) <= width);
  const fixed = columns.reduce((sum, column, index) => (visible[index] ? sum + (numeric(column.width) ?? 0) : sum), 0);
  const gaps = 2 * (visible.filter(Boolean).length - 1);
  const left = Math.max(4, width - fixed - gaps);
  return columns.map((column, index) => (visible[index] ? (numeric(column.width) ?? left) : 0));
}

function numeric(width: number | 'fill'): number | undefined {
  return width === 'fill' ? undefined : width;
}
