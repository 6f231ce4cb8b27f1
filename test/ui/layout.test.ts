import { describe, expect, test } from 'vitest';
import { columnWidths, layoutOf } from '../../src/ui/layout.ts';
import { VIEWS } from '../../src/ui/views.ts';

describe('columns', () => {
  const columns = [
    { width: 2 },
    { width: 'fill', least: 20 },
    { width: 14, least: 10 },
    { width: 8, lesser: 1 },
    { width: 6, lesser: 2 },
  ] as const;

  test.each([
    [100, [2, 62, 14, 8, 6]],
    [58, [2, 20, 14, 8, 6]],
    [55, [2, 20, 11, 8, 6]],
    [54, [2, 20, 10, 8, 6]],
    [53, [2, 23, 14, 8, 0]],
    [46, [2, 20, 10, 8, 0]],
    [45, [2, 25, 14, 0, 0]],
    [36, [2, 20, 10, 0, 0]],
    [30, [2, 14, 10, 0, 0]],
    [10, [2, 4, 10, 0, 0]],
  ])('%i cells', (width, expected) => {
    expect(columnWidths(columns, width)).toEqual(expected);
  });
});

/** What the list of a view has for its columns: all but the marker of the selection and a cell at the end. */
const listCells = (columns: number, pane: boolean) => layoutOf({ columns, rows: 40 }, pane).listWidth - 3;

describe.each(VIEWS.map(view => [view.name, view] as const))('%s', (_, view) => {
  test.each([60, 80, 109, 110, 120, 160])(
    '%i columns: what fills has room for a name, and nothing is wider than the list',
    columns => {
      const room = listCells(columns, view.around === undefined);
      const widths = columnWidths(view.columns, room);
      const shown = widths.filter(width => width > 0);
      expect(shown.reduce((sum, width) => sum + width, 0) + 2 * (shown.length - 1)).toBeLessThanOrEqual(room);
      expect(widths[view.columns.findIndex(({ width }) => width === 'fill')]).toBeGreaterThanOrEqual(13);
    },
  );
});
