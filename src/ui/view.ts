import type { Fix } from '../findings/finding.ts';
import type { Vocabulary } from '../query/query.ts';
import type { ColumnWidth } from './layout.ts';
import type { Lead } from './lead.ts';
import type { Line, Span } from './line.ts';
import type { Scene } from './scene.ts';

/** One line of a list, and everything that keys can do with it. */
export interface Row {
  /** The same across refreshes: what the selection holds on to. */
  readonly id: string;
  /** What the breadcrumb says of it. */
  readonly name: string;
  /** What `y` copies: the whole ARN, or an event's id. */
  readonly copies: string;
  /** What `J` shows, and `Y` copies: the first of them that a terminal takes. */
  readonly raw: readonly [object, ...object[]];
  /** What `c` and `C` copy. */
  readonly fix: Fix | undefined;
  /** What a filter asks: the row is shown where one of them is what it asks for. */
  readonly subjects: () => readonly object[];
  /** One for each column of the view. */
  readonly cells: (now: Date) => readonly Cell[];
  /** Not wrapped; times in it are absolute. */
  readonly detail: () => readonly Line[];
  /** Where one may go from here. */
  readonly leads: () => readonly Lead[];
  /** By name of sort. */
  readonly order: Readonly<Record<string, string | number>>;
}

/** A column's shortening is right for most of what is in it, and not for all. */
export interface Cell extends Span {
  readonly shorten?: 'end';
}

/** What the others leave goes to the column that fills; each view has one. */
export interface Column extends ColumnWidth {
  readonly title: string;
  readonly align?: 'right';
  /** ARNs and long names are shortened in the middle. */
  readonly shorten?: 'middle';
}

export interface Sort {
  /** A name in each row's `order`; the first sort of a view is the order in which it makes its rows. */
  readonly name: string;
  readonly descending?: boolean;
}

export interface Around {
  readonly above: readonly Line[];
  readonly below: readonly Line[];
}

/** What there is for a list and what stands around it. */
export interface Space {
  readonly columns: number;
  /** Lines. */
  readonly body: number;
  /** How many the list has. */
  readonly rows: number;
}

export interface View {
  /** Its name in tabs, breadcrumbs and help. */
  readonly name: string;
  readonly help: string;
  readonly columns: readonly Column[];
  readonly sorts: readonly Sort[];
  /** The part of the columns that its list has beside a detail, where it needs more than others. */
  readonly listShare?: number;
  readonly vocabulary: () => Vocabulary;
  readonly rows: (scene: Scene) => readonly Row[];
  /** Where the rows are the first of more: how many there are in all. */
  readonly inAll?: (scene: Scene) => number;
  /** Lines above and below the list; a view with any has no pane beside its list. */
  readonly around?: (scene: Scene, now: Date, space: Space) => Around;
  /** What to say where there are no rows, all having been looked at. */
  readonly nothing: (scene: Scene) => readonly Line[];
  /** Operations whose failure can be why there are no rows; empty: any of them can. */
  readonly operations: readonly string[];
}
