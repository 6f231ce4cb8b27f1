import type { Progress } from '../aws/progress.ts';
import { type Layout, layoutOf, type Size } from './layout.ts';
import type { Lead } from './lead.ts';
import type { Line, Style } from './line.ts';
import { EMPTY_LIST, keepInSight, type List, look } from './list.ts';
import { type Failure, LOADING, type Loading, progressed } from './loading.ts';
import type { Prompt } from './prompt.ts';
import { problemLines } from './prompt-lines.ts';
import type { Scene } from './scene.ts';
import type { Around, View } from './view.ts';
import { VIEWS } from './views.ts';

/** Everything on the screen follows from this. */
export interface State {
  /** Where the data come from, as the header says it: `demo break-in`, a file's name; empty for AWS. */
  readonly title: string;
  readonly size: Size;
  readonly now: Date;
  /** Index in VIEWS. */
  readonly at: number;
  /** One for each of VIEWS. */
  readonly lists: readonly List[];
  readonly scene: Scene | undefined;
  readonly loading: Loading;
  readonly overlay: Overlay | undefined;
  /** Where one came from to this view, by leads: Esc goes back there. */
  readonly trail: readonly Place[];
  readonly prompt: Prompt | undefined;
  readonly message: Message | undefined;
}

/** A view as it was left. */
export interface Place {
  readonly at: number;
  readonly list: List;
}

/** Something over the whole body. */
export type Overlay =
  | { readonly kind: 'help'; readonly scroll: number; readonly page: readonly Line[] }
  | { readonly kind: 'gaps'; readonly scroll: number }
  | { readonly kind: 'raw'; readonly scroll: number }
  | { readonly kind: 'leads'; readonly scroll: number; readonly leads: readonly Lead[]; readonly chosen: number };

export interface Message {
  readonly text: string;
  readonly style: Style;
}

/** Who has the keys. */
export type Mode = 'list' | 'detail' | 'filter' | 'help' | 'gaps' | 'raw' | 'leads';

export type Event =
  | { readonly kind: 'resized'; readonly size: Size }
  | { readonly kind: 'tick'; readonly now: Date }
  | { readonly kind: 'started' }
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'scene'; readonly scene: Scene }
  | { readonly kind: 'finished'; readonly notSaved?: Failure | undefined }
  | { readonly kind: 'failed'; readonly failure: Failure };

export function initial(about: { readonly title: string; readonly size: Size; readonly now: Date }): State {
  return {
    ...about,
    at: 0,
    lists: VIEWS.map(() => EMPTY_LIST),
    scene: undefined,
    loading: LOADING,
    overlay: undefined,
    trail: [],
    prompt: undefined,
    message: undefined,
  };
}

/** What happens to the state when something other than a key happens. */
export function happen(state: State, event: Event): State {
  switch (event.kind) {
    case 'resized':
      return inSight({ ...state, size: event.size });
    case 'tick':
      return { ...state, now: event.now };
    case 'started':
      return { ...state, loading: LOADING, message: undefined };
    case 'progress':
      return { ...state, loading: progressed(state.loading, event.progress) };
    case 'scene':
      return isLess(event.scene, state.scene) ? state : refreshed({ ...state, scene: event.scene });
    case 'finished':
      return {
        ...state,
        loading: { ...state.loading, phase: 'ready', waiting: undefined, notSaved: event.notSaved },
      };
    case 'failed':
      return { ...state, loading: { ...state.loading, phase: 'failed', waiting: undefined, failure: event.failure } };
  }
}

/** While all is read again, what was read before stays: lists do not empty under the eye, and a selection keeps its item. */
function isLess(scene: Scene, before: Scene | undefined): boolean {
  return scene.pending.length > 0 && before?.pending.length === 0;
}

export function modeOf(state: State): Mode {
  if (state.prompt !== undefined) return 'filter';
  if (state.overlay !== undefined) return state.overlay.kind;
  return listOf(state).opened ? 'detail' : 'list';
}

export function viewOf(state: State): View {
  return VIEWS[state.at]!;
}

export function listOf(state: State): List {
  return state.lists[state.at] ?? EMPTY_LIST;
}

export function withList(state: State, list: List): State {
  return { ...state, lists: state.lists.map((other, index) => (index === state.at ? list : other)) };
}

export function saying(state: State, text: string): State {
  return { ...state, message: { text, style: 'accent' } };
}

/** The current view's list made over the newest data, its selection on the screen. */
export function refreshed(state: State): State {
  return inSight(withList(state, look(listOf(state), viewOf(state), state.scene)));
}

function inSight(state: State): State {
  return withList(state, keepInSight(listOf(state), listHeight(state)));
}

export function layoutFor(state: State): Layout {
  const { prompt, size } = state;
  const more = prompt?.problem === undefined ? 0 : problemLines(prompt, size.columns).length - 1;
  const { around, listShare } = viewOf(state);
  return layoutOf(size, around === undefined, more, listShare);
}

/** Rows of the list that are on the screen at once. */
export function listHeight(state: State): number {
  const { body } = layoutFor(state);
  const around = aroundOf(state);
  if (around === undefined) return Math.max(1, body - 1);
  return Math.max(1, body - around.above.length - around.below.length);
}

export function aroundOf(state: State): Around | undefined {
  const { around } = viewOf(state);
  if (around === undefined || state.scene === undefined) return undefined;
  const space = { columns: state.size.columns, body: layoutFor(state).body, rows: listOf(state).rows.length };
  return around(state.scene, state.now, space);
}
