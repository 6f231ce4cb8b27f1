import { printable } from '../report/printable.ts';
import { detailLines, jsonOf, rawLines, wrapped } from './detail.ts';
import { chooseLead, goBack, leadLines } from './following.ts';
import { gapPage, gapsOf } from './gaps.ts';
import type { Line } from './line.ts';
import { current, select, sorted } from './list.ts';
import { pastable } from './pastable.ts';
import {
  layoutFor,
  listHeight,
  listOf,
  modeOf,
  type Overlay,
  refreshed,
  type State,
  saying,
  viewOf,
  withList,
} from './state.ts';
import type { Step } from './step.ts';
import type { Row } from './view.ts';
import { VIEWS } from './views.ts';

export type Move = 'up' | 'down' | 'pageup' | 'pagedown' | 'top' | 'bottom';

/** Moves the selection in a list, and scrolls everything else. */
export function move(state: State, by: Move): Step {
  const mode = modeOf(state);
  if (mode === 'list') return { state: moveInList(state, by) };
  if (mode === 'detail')
    return { state: withList(state, { ...listOf(state), scroll: scrolled(state, listOf(state).scroll, by) }) };
  if (state.overlay === undefined) return { state };
  if (state.overlay.kind === 'leads') return { state: moveInLeads(state, state.overlay, by) };
  return { state: { ...state, overlay: { ...state.overlay, scroll: scrolled(state, state.overlay.scroll, by) } } };
}

/** The next item or the one before, also while its detail is read. */
export function neighbour(state: State, by: 1 | -1): Step {
  const list = listOf(state);
  const to = list.at + by;
  if (to < 0) return { state: saying(state, 'This is the first one.') };
  if (to >= list.shown.length) return { state: saying(state, 'This is the last one.') };
  return { state: withList(state, select(list, to, listHeight(state))) };
}

export function open(state: State): Step {
  return { state: withList(state, { ...listOf(state), opened: true, scroll: 0 }) };
}

/** Out of whatever is open, back to where a lead was followed or else to the list. */
export function back(state: State): Step {
  const list = listOf(state);
  if (state.overlay !== undefined) return { state: { ...state, overlay: undefined } };
  if (state.trail.length > 0) return goBack(state);
  return { state: withList(state, { ...list, opened: false, scroll: 0 }) };
}

export function goTo(state: State, index: number): Step {
  return { state: refreshed({ ...state, at: (index + VIEWS.length) % VIEWS.length, overlay: undefined, trail: [] }) };
}

export function resort(state: State, how: 'next' | 'reverse'): Step {
  const view = viewOf(state);
  const list = listOf(state);
  const next = how === 'next' ? (list.sort + 1) % view.sorts.length : list.sort;
  const reversed = how === 'reverse' ? !list.reversed : false;
  const kept = sorted(list, view, next, reversed);
  const said = `Sorted by ${view.sorts[next]?.name ?? ''}${reversed ? ', reversed' : ''}.`;
  return { state: saying(withList(state, select(kept, kept.at, listHeight(state))), said) };
}

/** Opens an overlay, or closes it when it is open. */
export function toggle(state: State, overlay: Overlay): Step {
  return { state: { ...state, overlay: state.overlay?.kind === overlay.kind ? undefined : overlay } };
}

/** Whoever pastes it into a shell does not want the line end that somebody put into a name. */
export function copyId(state: State): Step {
  const row = current(listOf(state));
  if (row === undefined) return { state };
  const text = printable(row.copies);
  return copied(state, text, text === row.copies ? text : `, its control characters written out: ${text}`);
}

export function copyJson(state: State): Step {
  const row = current(listOf(state));
  if (row === undefined) return { state };
  const texts = row.raw.map(jsonOf);
  const taken = texts.findIndex(({ length }) => length <= MOST_COPIED);
  const rest = taken > 0 ? ', without the document, which is too long' : '';
  return copied(state, texts.at(taken)!, `the JSON of ${row.name}${rest}`);
}

/** The fix of a finding as it can be pasted; its words where no command or no Terraform mends it. */
export function copyFix(state: State, how: 'cli' | 'terraform'): Step {
  const fix = current(listOf(state))?.fix;
  if (fix === undefined) return { state };
  const made = how === 'cli' ? fix.cli : fix.terraform;
  if (made === undefined) return copied(state, pastable(fix.text.trim()), `the fix in words: it has no ${FORMS[how]}`);
  const text = pastable(made.trim());
  const [first = '', ...more] = text.split('\n');
  return copied(state, text, more.length === 0 ? first : `${more.length + 1} lines of ${FORMS[how]}: ${first} …`);
}

const FORMS = { cli: 'AWS CLI', terraform: 'Terraform' } as const;

/** The text is said too, as a terminal may not copy and does not tell. */
function copied(state: State, text: string, said: string): Step {
  if (text.length > MOST_COPIED) return { state: saying(state, 'Too long for the terminal to copy: J shows it.') };
  const gap = said.startsWith(',') ? '' : ' ';
  return { state: saying(state, `Copied${gap}${said}`), effect: { kind: 'copy', text } };
}

export function reload(state: State): Step {
  if (state.loading.phase === 'loading') return { state: saying(state, 'It is being read already.') };
  return { state, effect: { kind: 'reload' } };
}

/** What an overlay or a detail shows, in lines of the width it has. */
export function pageOf(state: State): readonly Line[] {
  const { overlay, scene, size } = state;
  if (overlay?.kind === 'help') return wrapped(overlay.page, size.columns - 2);
  if (overlay?.kind === 'gaps') return scene === undefined ? [] : wrapped(gapPage(gapsOf(scene)), size.columns - 2);
  if (overlay?.kind === 'leads') return leadLines(overlay);
  const row = current(listOf(state));
  if (row === undefined) return [];
  return overlay?.kind === 'raw' ? rawLines(row, size.columns - 2) : pageOfRow(state, row);
}

function pageOfRow(state: State, row: Row): readonly Line[] {
  return detailLines(row, layoutFor(state).detailWidth - 2);
}

/** Terminals drop an OSC 52 text that is longer; base64 makes four characters of three bytes. */
const MOST_COPIED = 50_000;

function moveInList(state: State, by: Move): State {
  const list = listOf(state);
  const height = listHeight(state);
  return withList(state, select(list, indexAfter(list.at, by, height, list.shown.length), height));
}

function moveInLeads(state: State, overlay: Extract<Overlay, { kind: 'leads' }>, by: Move): State {
  const { chosen, leads } = overlay;
  return chooseLead(state, overlay, indexAfter(chosen, by, layoutFor(state).body - 2, leads.length));
}

/** May be beyond the ends. */
function indexAfter(at: number, by: Move, page: number, length: number): number {
  return { up: at - 1, down: at + 1, pageup: at - page, pagedown: at + page, top: 0, bottom: length - 1 }[by];
}

function scrolled(state: State, scroll: number, by: Move): number {
  const height = layoutFor(state).body;
  const lowest = Math.max(0, pageOf(state).length - height);
  // The last row of a page that goes on tells so: its own line has not been read.
  const page = Math.max(1, height - 1);
  const to = {
    up: scroll - 1,
    down: scroll + 1,
    pageup: scroll - page,
    pagedown: scroll + page,
    top: 0,
    bottom: lowest,
  };
  return Math.min(Math.max(0, to[by]), lowest);
}
