import { back, copyFix, copyId, copyJson, goTo, move, neighbour, open, reload, resort, toggle } from './commands.ts';
import { clearFilter, complete, erase, keepFilter, moveCaret, openFilter } from './filtering.ts';
import { follow, followChosen, goBack } from './following.ts';
import { gapsOf, isOpen } from './gaps.ts';
import { helpLines } from './help.ts';
import { current } from './list.ts';
import { listOf, type Mode, modeOf, type State, viewOf } from './state.ts';
import type { Effect, Step } from './step.ts';
import { VIEWS } from './views.ts';

/** One thing that keys do. Behaviour, footer and help come from here and from nowhere else. */
export interface Binding extends Entry {
  readonly group: string;
  readonly modes: readonly Mode[];
}

interface Entry {
  /** Names as `keyboard.ts` gives them. */
  readonly keys: readonly string[];
  readonly help: string;
  readonly run: (state: State) => Step;
  readonly modes?: readonly Mode[];
  readonly footer?: FooterWord;
  /** Why it would do nothing just now. */
  readonly idle?: (state: State) => string | undefined;
}

/** A key's word in the footer. The highest ranks are left out first where there is no room. */
export interface FooterWord {
  readonly word: string | ((state: State) => string);
  readonly rank: number;
  readonly only?: Mode;
}

const ITEMS: readonly Mode[] = ['list', 'detail'];
const READING: readonly Mode[] = ['detail', 'help', 'gaps', 'raw'];
const MOVING: readonly Mode[] = ['list', ...READING, 'leads'];
const ALL: readonly Mode[] = [...MOVING, 'filter'];

const VIEW_KEYS = VIEWS.map(
  (view, index): Entry => ({
    keys: [String(index + 1)],
    help: view.help,
    modes: MOVING,
    footer: { word: view.name, rank: 5 },
    run: state => goTo(state, index),
  }),
);

export const BINDINGS: readonly Binding[] = [
  ...group('Views', ITEMS, [
    ...VIEW_KEYS,
    { keys: ['tab', ']'], help: 'Next view', run: state => goTo(state, state.at + 1) },
    { keys: ['shift-tab', '['], help: 'View before', run: state => goTo(state, state.at - 1) },
  ]),
  ...group('Move', MOVING, [
    { keys: ['j', 'down'], help: 'Down', run: state => move(state, 'down'), idle: noRows },
    { keys: ['k', 'up'], help: 'Up', run: state => move(state, 'up'), idle: noRows },
    { keys: ['pagedown', 'ctrl-f', ' '], help: 'One page down', run: state => move(state, 'pagedown'), idle: noRows },
    { keys: ['pageup', 'ctrl-b'], help: 'One page up', run: state => move(state, 'pageup'), idle: noRows },
    { keys: ['g', 'home'], help: 'To the first line', run: state => move(state, 'top'), idle: noRows },
    { keys: ['G', 'end'], help: 'To the last line', run: state => move(state, 'bottom'), idle: noRows },
    {
      keys: ['n'],
      help: 'Next item, also while its detail is open',
      modes: ITEMS,
      footer: { word: 'next', rank: 3, only: 'detail' },
      run: state => neighbour(state, 1),
      idle: noRows,
    },
    {
      keys: ['N'],
      help: 'Item before, also while its detail is open',
      modes: ITEMS,
      run: state => neighbour(state, -1),
      idle: noRows,
    },
  ]),
  ...group(
    'Look closer',
    [...ITEMS, 'raw'],
    [
      {
        keys: ['enter', 'right', 'l'],
        help: 'Open the detail; where it stands beside the list, give it the keys',
        modes: ['list'],
        footer: { word: 'open', rank: 1 },
        run: open,
        idle: noRows,
      },
      {
        keys: ['enter'],
        help: 'From a detail to what it is about: from a finding to its resource, from a resource to its findings',
        modes: ['detail'],
        footer: { word: 'go to', rank: 1 },
        run: follow,
        idle: noLeads,
      },
      {
        keys: ['enter', 'right', 'l'],
        help: 'Go there',
        modes: ['leads'],
        footer: { word: 'go there', rank: 0 },
        run: followChosen,
      },
      {
        keys: ['escape', 'left', 'h'],
        help: 'Back to where you came from',
        modes: [...READING, 'leads'],
        footer: { word: 'back', rank: 0 },
        run: back,
      },
      {
        keys: ['J'],
        help: 'An item as JSON, a finding with the document behind it; once more closes it',
        footer: { word: 'JSON', rank: 4 },
        run: state => toggle(state, { kind: 'raw', scroll: 0 }),
        idle: noRows,
      },
      {
        keys: ['y'],
        help: 'Copy the whole ARN, of an event its id (OSC 52)',
        footer: { word: copyWord, rank: 3 },
        run: copyId,
        idle: noRows,
      },
      { keys: ['Y'], help: 'Copy the same JSON', run: copyJson, idle: noRows },
      {
        keys: ['c'],
        help: 'Copy the commands of the AWS CLI that mend a finding',
        footer: { word: 'copy fix', rank: 2 },
        run: state => copyFix(state, 'cli'),
        idle: noFix,
      },
      {
        keys: ['C'],
        help: 'Copy the Terraform that mends a finding',
        run: state => copyFix(state, 'terraform'),
        idle: noFix,
      },
      {
        keys: ['u'],
        help: 'All that was not looked at, and why; once more closes it',
        modes: [...ITEMS, 'gaps'],
        run: state => toggle(state, { kind: 'gaps', scroll: 0 }),
        idle: noGaps,
      },
    ],
  ),
  ...group('Filter and sort', ITEMS, [
    { keys: ['/'], help: 'Filter with KQL or plain words', footer: { word: 'filter', rank: 1 }, run: openFilter },
    { keys: ['escape'], help: 'Clear the filter', modes: ['list'], run: clearOrBack, idle: noFilter },
    {
      keys: ['s'],
      help: 'Sort by the next thing',
      footer: { word: 'sort', rank: 4 },
      run: state => resort(state, 'next'),
      idle: noSort,
    },
    { keys: ['S'], help: 'Sort the other way round', run: state => resort(state, 'reverse'), idle: noSort },
  ]),
  ...group(
    'While typing a filter',
    ['filter'],
    [
      { keys: ['enter'], help: 'Keep the filter', footer: { word: 'keep', rank: 0 }, run: keepFilter, idle: broken },
      { keys: ['escape'], help: 'Clear the filter', footer: { word: 'clear', rank: 0 }, run: clearFilter },
      {
        keys: ['tab'],
        help: 'Take the first completion',
        footer: { word: 'complete', rank: 1 },
        run: complete,
        idle: noCompletion,
      },
      { keys: ['left', 'ctrl-b'], help: 'Left', run: state => moveCaret(state, 'left') },
      { keys: ['right', 'ctrl-f'], help: 'Right', run: state => moveCaret(state, 'right') },
      { keys: ['home', 'ctrl-a'], help: 'To the start', run: state => moveCaret(state, 'home') },
      { keys: ['end', 'ctrl-e'], help: 'To the end', run: state => moveCaret(state, 'end') },
      { keys: ['backspace'], help: 'Erase the character before', run: state => erase(state, 'before') },
      { keys: ['delete', 'ctrl-d'], help: 'Erase the character after', run: state => erase(state, 'after') },
      { keys: ['ctrl-w'], help: 'Erase the word before', run: state => erase(state, 'word') },
      { keys: ['ctrl-u'], help: 'Erase all before', run: state => erase(state, 'line') },
    ],
  ),
  ...group('Postern', MOVING, [
    {
      keys: ['?'],
      help: 'All keys; once more closes it',
      footer: { word: 'help', rank: 0 },
      run: state => toggle(state, { kind: 'help', scroll: 0, page: helpLines(BINDINGS) }),
    },
    { keys: ['R'], help: 'Read everything again', modes: ITEMS, footer: { word: 'refresh', rank: 7 }, run: reload },
    { keys: ['q'], help: 'Quit', footer: { word: 'quit', rank: 0 }, run: asks({ kind: 'quit' }) },
    { keys: ['ctrl-c'], help: 'Quit, from anywhere', modes: ALL, run: asks({ kind: 'quit' }) },
    { keys: ['ctrl-z'], help: 'To the shell; fg comes back', modes: ALL, run: asks({ kind: 'suspend' }) },
  ]),
];

/** Entries of one group, for these modes where they do not say otherwise. */
function group(name: string, modes: readonly Mode[], entries: readonly Entry[]): readonly Binding[] {
  return entries.map(entry => ({ ...entry, group: name, modes: entry.modes ?? modes }));
}

function asks(effect: Effect): (state: State) => Step {
  return state => ({ state, effect });
}

function noRows(state: State): string | undefined {
  if (['help', 'gaps', 'leads'].includes(modeOf(state)) || current(listOf(state)) !== undefined) return undefined;
  return listOf(state).filter === undefined ? 'There is nothing in this list.' : 'Nothing matches the filter.';
}

/** An ARN is what begins as one: an event has an id of its own, and what nobody could list only its account's. */
function copyWord(state: State): string {
  const { copies = '' } = current(listOf(state)) ?? {};
  if (!copies.startsWith('arn:')) return 'copy id';
  return copies.includes(' arn:') && !copies.includes(' -> ') ? 'copy ARNs' : 'copy ARN';
}

function noFix(state: State): string | undefined {
  const row = current(listOf(state));
  if (row === undefined) return noRows(state);
  return row.fix === undefined ? 'This is no finding: it has no fix.' : undefined;
}

function noLeads(state: State): string | undefined {
  return current(listOf(state))?.leads().length === 0 ? 'This leads nowhere else.' : noRows(state);
}

function noGaps({ scene }: State): string | undefined {
  if (scene === undefined) return 'Nothing has been looked at yet.';
  return isOpen(gapsOf(scene)) ? undefined : 'Nothing: all was asked for and answered.';
}

/** Without a filter, back to where one came from by a lead. */
function clearOrBack(state: State): Step {
  return listOf(state).filter === undefined ? goBack(state) : clearFilter(state);
}

function noFilter(state: State): string | undefined {
  return listOf(state).filter === undefined && state.trail.length === 0 ? 'No filter is on. q quits.' : undefined;
}

function noSort(state: State): string | undefined {
  return viewOf(state).sorts.length < 2 ? 'This list has one order only.' : undefined;
}

function broken(state: State): string | undefined {
  return state.prompt?.problem?.message;
}

function noCompletion(state: State): string | undefined {
  const { suggestions = [], pending = false } = state.prompt ?? {};
  return suggestions.length === 0 && !pending ? 'Nothing to complete here.' : undefined;
}
