import type { Query } from '../query/query.ts';
import { compiled, suggestions } from './ask.ts';
import { filtered, select } from './list.ts';
import { completed, erased, moved, opened, type Prompt, type Suggestion, typed } from './prompt.ts';
import { listHeight, listOf, refreshed, type State, viewOf, withList } from './state.ts';
import type { Step } from './step.ts';

/** Opens the filter line with the filter that is on. */
export function openFilter(state: State): Step {
  return { state: { ...state, prompt: opened(listOf(state).filter) } };
}

export function typeText(state: State, text: string): Step {
  return edit(state, prompt => typed(prompt, text));
}

export function erase(state: State, what: 'before' | 'after' | 'word' | 'line'): Step {
  return edit(state, prompt => erased(prompt, what));
}

/** Leaves the text as it is and says why, until something is typed. */
export function refuse(state: State, message: string): Step {
  if (state.prompt === undefined) return { state };
  return { state: { ...state, prompt: { ...state.prompt, problem: { message, at: undefined } } } };
}

export function moveCaret(state: State, where: 'left' | 'right' | 'home' | 'end'): Step {
  const { prompt } = state;
  if (prompt === undefined) return { state };
  const there = moved(prompt, where);
  return { state: { ...state, prompt: { ...there, suggestions: offers(state, there) } } };
}

/** Takes the first completion. */
export function complete(before: State): Step {
  const state = settled(before);
  const first = state.prompt?.suggestions[0];
  return first === undefined ? { state } : edit(state, prompt => completed(prompt, first));
}

/** Keeps the filter and gives the keys back to the list; a broken one has to be mended or cleared first. */
export function keepFilter(before: State): Step {
  const state = settled(before);
  return { state: state.prompt?.problem === undefined ? { ...state, prompt: undefined } : state };
}

export function clearFilter(state: State): Step {
  return { state: { ...apply(state, undefined), prompt: undefined } };
}

/** What was typed is asked of the list, if that is still to be done. */
export function settled(state: State): State {
  return state.prompt?.pending === true ? asked(state, state.prompt) : state;
}

/** From so many rows on the character is shown first and the list asked after: typing must not feel heavy. */
const LATER_FROM = 1000;

function edit(state: State, change: (prompt: Prompt) => Prompt): Step {
  if (state.prompt === undefined) return { state };
  const prompt = change(state.prompt);
  if (listOf(state).rows.length < LATER_FROM) return { state: asked(state, prompt) };
  return { state: { ...state, prompt: { ...prompt, pending: true, problem: undefined, suggestions: [] } } };
}

function asked(state: State, prompt: Prompt): State {
  const { query, problem } = compiled(prompt.text, viewOf(state).vocabulary(), state.now);
  const seen = apply(state, problem === undefined ? query : standIn(prompt));
  const matched = problem === undefined && listOf(seen).shown.length > 0 ? query : prompt.matched;
  const next = { ...prompt, matched, pending: false, problem, suggestions: offers(state, prompt) };
  return refreshed({ ...seen, prompt: next });
}

/**
 * While a query is broken: what was typed of it before, up to a whole word; else the filter that was on. The half of a field's name
 * was asked as a plain word, and an empty list would say that the query was.
 */
function standIn({ text, before, matched }: Prompt): Query | undefined {
  const start = matched?.text.trimEnd() ?? '';
  const isStart = start !== '' && text.startsWith(start) && /^[\s()]/.test(text.slice(start.length));
  return isStart ? matched : before;
}

/** The list under another filter. Its detail closes: the keys belong to the list again. */
function apply(state: State, query: Query | undefined): State {
  const list = filtered(listOf(state), viewOf(state), query);
  return withList(state, { ...select(list, list.at, listHeight(state)), opened: false });
}

function offers(state: State, prompt: Prompt): readonly Suggestion[] {
  return suggestions(prompt, viewOf(state).vocabulary(), listOf(state).rows);
}
