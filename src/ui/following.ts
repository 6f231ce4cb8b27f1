import type { Lead } from './lead.ts';
import { type Line, line, say } from './line.ts';
import { current, filtered, type List, look, select } from './list.ts';
import {
  layoutFor,
  listHeight,
  listOf,
  type Overlay,
  refreshed,
  type State,
  saying,
  viewOf,
  withList,
} from './state.ts';
import type { Step } from './step.ts';
import { VIEWS } from './views.ts';

type LeadsOverlay = Extract<Overlay, { kind: 'leads' }>;

/** To where the item leads; where that is several places, to a list of them first. */
export function follow(state: State): Step {
  const leads = current(listOf(state))?.leads() ?? [];
  if (leads.length === 1) return goBy(state, leads[0]!);
  return { state: { ...state, overlay: { kind: 'leads', scroll: 0, leads, chosen: 0 } } };
}

/** To the place that is chosen among several. */
export function followChosen(state: State): Step {
  const { overlay } = state;
  const lead = overlay?.kind === 'leads' ? overlay.leads[overlay.chosen] : undefined;
  return lead === undefined ? { state } : goBy(state, lead);
}

/** Chooses the lead at an index, or the nearest there is. */
export function chooseLead(state: State, overlay: LeadsOverlay, index: number): State {
  const chosen = Math.min(Math.max(0, index), overlay.leads.length - 1);
  // The title stands above the first, and the last line may say how many more there are.
  const least = chosen + 1 - (layoutFor(state).body - 2);
  const scroll = chosen === 0 ? 0 : Math.min(Math.max(overlay.scroll, least, 0), chosen + 1);
  return { ...state, overlay: { ...overlay, chosen, scroll } };
}

/** The leads as a page, the chosen one marked. */
export function leadLines({ leads, chosen }: LeadsOverlay): readonly Line[] {
  const lines = leads.map(({ words }, at): Line => [at === chosen ? say('> ', 'accent') : say('  '), ...words]);
  return [line('Go to', 'strong'), ...lines];
}

/** Opens the row, without the filter that hides it if there is one; where it came from is remembered. */
function goBy(state: State, { view, row }: Lead): Step {
  const at = VIEWS.findIndex(({ name }) => name === view);
  const there = refreshed({
    ...state,
    at,
    overlay: undefined,
    trail: [...state.trail, { at: state.at, list: listOf(state) }],
  });
  const list = listWith(there, row);
  if (list === undefined) return { state: saying({ ...state, overlay: undefined }, `It is not among the ${view}.`) };
  const index = list.shown.findIndex(({ id }) => id === row);
  return { state: withList(there, { ...select(list, index, listHeight(there)), opened: true, scroll: 0 }) };
}

function listWith(state: State, row: string): List | undefined {
  const list = listOf(state);
  const isIn = ({ shown }: List) => shown.some(({ id }) => id === row);
  return [list, filtered(list, viewOf(state), undefined)].find(isIn);
}

/** Back to where a lead was followed, as it was left. */
export function goBack(state: State): Step {
  const place = state.trail.at(-1);
  if (place === undefined) return { state };
  const before = { ...state, at: place.at, trail: state.trail.slice(0, -1) };
  return { state: refreshed(withList(before, look(place.list, viewOf(before), state.scene))) };
}
