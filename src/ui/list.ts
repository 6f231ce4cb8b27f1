import type { Query } from '../query/query.ts';
import type { Scene } from './scene.ts';
import type { Row, Sort, View } from './view.ts';

/** Where one view's list stands. `shown` is `rows` filtered and sorted, made when one of these changes. */
export interface List {
  readonly scene: Scene | undefined;
  readonly rows: readonly Row[];
  readonly shown: readonly Row[];
  readonly filter: Query | undefined;
  readonly sort: number;
  readonly reversed: boolean;
  /** Index in `shown`; -1 where it is empty. */
  readonly at: number;
  /** Stays with the item, by id, when the rows change. */
  readonly selected: string | undefined;
  /** Somebody chose the item; until then the first one is selected, whatever arrives. */
  readonly chosen: boolean;
  /** Index of the first row on the screen. */
  readonly top: number;
  /** The detail has the keys. */
  readonly opened: boolean;
  /** First line of the detail on the screen. */
  readonly scroll: number;
}

export const EMPTY_LIST: List = {
  scene: undefined,
  rows: [],
  shown: [],
  filter: undefined,
  sort: 0,
  reversed: false,
  at: -1,
  selected: undefined,
  chosen: false,
  top: 0,
  opened: false,
  scroll: 0,
};

/** The list over another audit; the same list when it is over this one already. */
export function look(list: List, view: View, scene: Scene | undefined): List {
  if (list.scene === scene || scene === undefined) return list;
  const kept = list.chosen || list.opened ? list : { ...list, at: 0, selected: undefined };
  return arrange({ ...kept, scene, rows: view.rows(scene) }, view);
}

export function filtered(list: List, view: View, filter: Query | undefined): List {
  return arrange({ ...list, filter }, view);
}

export function sorted(list: List, view: View, sort: number, reversed: boolean): List {
  return arrange({ ...list, sort, reversed }, view);
}

/** Selects the row at `index`, or the nearest there is, and keeps it among the `height` rows on the screen. */
export function select(list: List, index: number, height: number): List {
  const at = Math.min(Math.max(0, index), list.shown.length - 1);
  const selected = list.shown[at]?.id;
  const scroll = selected === list.selected ? list.scroll : 0;
  return keepInSight({ ...list, at, selected, chosen: true, scroll }, height);
}

export function keepInSight(list: List, height: number): List {
  const lowest = Math.max(0, list.shown.length - height);
  const top = Math.min(Math.max(list.top, list.at - height + 1), Math.max(0, list.at), lowest);
  return top === list.top ? list : { ...list, top };
}

export function current(list: List): Row | undefined {
  return list.shown[list.at];
}

/** Filters and sorts; the selection stays on its item, or on its place where the item is gone. */
function arrange(list: List, view: View): List {
  const shown = inOrder(matching(list.rows, list.filter), view.sorts[list.sort], list.sort === 0, list.reversed);
  const found = shown.findIndex(row => row.id === list.selected);
  const at = found >= 0 ? found : Math.min(Math.max(0, list.at), shown.length - 1);
  const gone = found < 0;
  return {
    ...list,
    shown,
    at,
    selected: shown[at]?.id,
    scroll: gone ? 0 : list.scroll,
    opened: list.opened && !gone,
  };
}

function matching(rows: readonly Row[], filter: Query | undefined): readonly Row[] {
  return filter === undefined ? rows : rows.filter(row => row.subjects().some(each => filter.ask(each) === 'yes'));
}

function inOrder(rows: readonly Row[], sort: Sort | undefined, asMade: boolean, reversed: boolean): readonly Row[] {
  if (sort === undefined || asMade) return reversed ? [...rows].reverse() : rows;
  const direction = (sort.descending ?? false) === reversed ? 1 : -1;
  return [...rows].sort((a, b) => direction * compare(a.order[sort.name], b.order[sort.name]) || compare(a.id, b.id));
}

function compare(a: string | number | undefined, b: string | number | undefined): number {
  if (a === b || a === undefined || b === undefined) return 0;
  return a < b ? -1 : 1;
}
