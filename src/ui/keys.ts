import {
  back,
  copy,
  type Effect,
  goTo,
  move,
  neighbour,
  open,
  reload,
  resort,
  type Step,
  saying,
  toggle,
} from './commands.ts';
import { clearFilter, complete, erase, keepFilter, moveCaret, openFilter, typeText } from './filtering.ts';
import { helpLines } from './help.ts';
import type { Key } from './keyboard.ts';
import { current } from './list.ts';
import { listOf, type Mode, modeOf, type State, viewOf } from './state.ts';
import { VIEWS } from './views.ts';

/** One thing that keys do. Behaviour, footer and help come from here and from nowhere else. */
export interface Binding {
  /** Names as `keyboard.ts` gives them. */
  readonly keys: readonly string[];
  /** The keys as help and footer write them. */
  readonly label: string;
  readonly help: string;
  readonly group: 'Move' | 'Views' | 'Filter and sort' | 'Look closer' | 'Filter line' | 'Postern';
  readonly modes: readonly Mode[];
  /** Its word in the footer, and how early it is left out where there is no room: 0 is the last to go. */
  readonly footer?: { readonly word: string; readonly rank: number };
  readonly run: (state: State) => Step;
  /** Why it would do nothing just now. */
  readonly idle?: (state: State) => string | undefined;
}

const READING: readonly Mode[] = ['detail', 'help', 'raw'];
const MOVING: readonly Mode[] = ['list', ...READING];
const ITEMS: readonly Mode[] = ['list', 'detail'];
const FILTERING: readonly Mode[] = ['filter'];
const ALL: readonly Mode[] = [...MOVING, 'filter'];

export const BINDINGS: readonly Binding[] = [
  ...VIEWS.map(
    (view, index): Binding => ({
      keys: [String(index + 1)],
      label: String(index + 1),
      help: view.help,
      group: 'Views',
      modes: MOVING,
      footer: { word: view.name, rank: 5 },
      run: state => goTo(state, index),
    }),
  ),
  {
    keys: ['tab', ']'],
    label: 'Tab ]',
    help: 'Next view',
    group: 'Views',
    modes: ITEMS,
    run: state => goTo(state, state.at + 1),
  },
  {
    keys: ['shift-tab', '['],
    label: 'Shift-Tab [',
    help: 'View before',
    group: 'Views',
    modes: ITEMS,
    run: state => goTo(state, state.at - 1),
  },

  {
    keys: ['j', 'down'],
    label: 'j ↓',
    help: 'Down',
    group: 'Move',
    modes: MOVING,
    run: state => move(state, 'down'),
    idle: noRows,
  },
  {
    keys: ['k', 'up'],
    label: 'k ↑',
    help: 'Up',
    group: 'Move',
    modes: MOVING,
    run: state => move(state, 'up'),
    idle: noRows,
  },
  {
    keys: ['pagedown', 'ctrl-f', ' '],
    label: 'PgDn Ctrl-F Space',
    help: 'One page down',
    group: 'Move',
    modes: MOVING,
    run: state => move(state, 'pagedown'),
    idle: noRows,
  },
  {
    keys: ['pageup', 'ctrl-b'],
    label: 'PgUp Ctrl-B',
    help: 'One page up',
    group: 'Move',
    modes: MOVING,
    run: state => move(state, 'pageup'),
    idle: noRows,
  },
  {
    keys: ['g', 'home'],
    label: 'g Home',
    help: 'To the first line',
    group: 'Move',
    modes: MOVING,
    run: state => move(state, 'top'),
    idle: noRows,
  },
  {
    keys: ['G', 'end'],
    label: 'G End',
    help: 'To the last line',
    group: 'Move',
    modes: MOVING,
    run: state => move(state, 'bottom'),
    idle: noRows,
  },
  {
    keys: ['n'],
    label: 'n',
    help: 'Next item, also while its detail is open',
    group: 'Move',
    modes: ITEMS,
    footer: { word: 'next', rank: 6 },
    run: state => neighbour(state, 1),
    idle: noRows,
  },
  {
    keys: ['N'],
    label: 'N',
    help: 'Item before, also while its detail is open',
    group: 'Move',
    modes: ITEMS,
    run: state => neighbour(state, -1),
    idle: noRows,
  },

  {
    keys: ['enter', 'right', 'l'],
    label: 'Enter →',
    help: 'Open the detail; beside the list, give it the keys',
    group: 'Look closer',
    modes: ['list'],
    footer: { word: 'open', rank: 1 },
    run: open,
    idle: noRows,
  },
  {
    keys: ['escape', 'left', 'h'],
    label: 'Esc ←',
    help: 'Back to the list',
    group: 'Look closer',
    modes: READING,
    footer: { word: 'back', rank: 0 },
    run: back,
  },
  {
    keys: ['J'],
    label: 'J',
    help: 'The document behind an item, as JSON; once more closes it',
    group: 'Look closer',
    modes: [...ITEMS, 'raw'],
    footer: { word: 'JSON', rank: 4 },
    run: state => toggle(state, { kind: 'raw', scroll: 0 }),
    idle: noRows,
  },
  {
    keys: ['y'],
    label: 'y',
    help: 'Copy the whole ARN (OSC 52)',
    group: 'Look closer',
    modes: [...ITEMS, 'raw'],
    footer: { word: 'copy ARN', rank: 3 },
    run: state => copy(state, 'id'),
    idle: noRows,
  },
  {
    keys: ['Y'],
    label: 'Y',
    help: 'Copy the document as JSON',
    group: 'Look closer',
    modes: [...ITEMS, 'raw'],
    run: state => copy(state, 'json'),
    idle: noRows,
  },

  {
    keys: ['/'],
    label: '/',
    help: 'Filter with KQL or plain words',
    group: 'Filter and sort',
    modes: ITEMS,
    footer: { word: 'filter', rank: 1 },
    run: openFilter,
  },
  {
    keys: ['escape'],
    label: 'Esc',
    help: 'Clear the filter',
    group: 'Filter and sort',
    modes: ['list'],
    run: clearFilter,
    idle: noFilter,
  },
  {
    keys: ['s'],
    label: 's',
    help: 'Sort by the next thing',
    group: 'Filter and sort',
    modes: ITEMS,
    footer: { word: 'sort', rank: 4 },
    run: state => resort(state, 'next'),
    idle: noSort,
  },
  {
    keys: ['S'],
    label: 'S',
    help: 'Sort the other way round',
    group: 'Filter and sort',
    modes: ITEMS,
    run: state => resort(state, 'reverse'),
    idle: noSort,
  },

  {
    keys: ['enter'],
    label: 'Enter',
    help: 'Keep the filter',
    group: 'Filter line',
    modes: FILTERING,
    footer: { word: 'keep', rank: 0 },
    run: keepFilter,
  },
  {
    keys: ['escape'],
    label: 'Esc',
    help: 'Clear the filter',
    group: 'Filter line',
    modes: FILTERING,
    footer: { word: 'clear', rank: 0 },
    run: clearFilter,
  },
  {
    keys: ['tab'],
    label: 'Tab',
    help: 'Take the first completion',
    group: 'Filter line',
    modes: FILTERING,
    footer: { word: 'complete', rank: 1 },
    run: complete,
  },
  {
    keys: ['left', 'ctrl-b'],
    label: '← Ctrl-B',
    help: 'Left',
    group: 'Filter line',
    modes: FILTERING,
    run: state => moveCaret(state, 'left'),
  },
  {
    keys: ['right', 'ctrl-f'],
    label: '→ Ctrl-F',
    help: 'Right',
    group: 'Filter line',
    modes: FILTERING,
    run: state => moveCaret(state, 'right'),
  },
  {
    keys: ['home', 'ctrl-a'],
    label: 'Home Ctrl-A',
    help: 'To the start',
    group: 'Filter line',
    modes: FILTERING,
    run: state => moveCaret(state, 'home'),
  },
  {
    keys: ['end', 'ctrl-e'],
    label: 'End Ctrl-E',
    help: 'To the end',
    group: 'Filter line',
    modes: FILTERING,
    run: state => moveCaret(state, 'end'),
  },
  {
    keys: ['backspace'],
    label: 'Backspace',
    help: 'Erase the character before',
    group: 'Filter line',
    modes: FILTERING,
    run: state => erase(state, 'before'),
  },
  {
    keys: ['delete', 'ctrl-d'],
    label: 'Del Ctrl-D',
    help: 'Erase the character after',
    group: 'Filter line',
    modes: FILTERING,
    run: state => erase(state, 'after'),
  },
  {
    keys: ['ctrl-w'],
    label: 'Ctrl-W',
    help: 'Erase the word before',
    group: 'Filter line',
    modes: FILTERING,
    run: state => erase(state, 'word'),
  },
  {
    keys: ['ctrl-u'],
    label: 'Ctrl-U',
    help: 'Erase all before',
    group: 'Filter line',
    modes: FILTERING,
    run: state => erase(state, 'line'),
  },

  {
    keys: ['?'],
    label: '?',
    help: 'All keys; once more closes it',
    group: 'Postern',
    modes: [...ITEMS, 'help', 'raw'],
    footer: { word: 'help', rank: 0 },
    run: state => toggle(state, { kind: 'help', scroll: 0, page: helpLines(BINDINGS) }),
  },
  {
    keys: ['R'],
    label: 'R',
    help: 'Read everything again',
    group: 'Postern',
    modes: ITEMS,
    footer: { word: 'refresh', rank: 7 },
    run: reload,
  },
  {
    keys: ['q'],
    label: 'q',
    help: 'Quit',
    group: 'Postern',
    modes: MOVING,
    footer: { word: 'quit', rank: 0 },
    run: leaving({ kind: 'quit' }),
  },
  {
    keys: ['ctrl-c'],
    label: 'Ctrl-C',
    help: 'Quit, from anywhere',
    group: 'Postern',
    modes: ALL,
    run: leaving({ kind: 'quit' }),
  },
  {
    keys: ['ctrl-z'],
    label: 'Ctrl-Z',
    help: 'To the shell; fg comes back',
    group: 'Postern',
    modes: ALL,
    run: leaving({ kind: 'suspend' }),
  },
];

/** What a key does in a state. A key that does nothing says why. */
export function press(before: State, key: Key): Step {
  const state: State = before.message === undefined ? before : { ...before, message: undefined };
  if ('paste' in key) return pasted(state, key.paste);
  const mode = modeOf(state);
  const binding = bindingOf(key.name, mode);
  if (binding === undefined)
    return mode === 'filter' ? typedInto(state, key.name) : { state: saying(state, unbound(key.name, mode)) };
  const idle = binding.idle?.(state);
  return idle === undefined ? binding.run(state) : { state: saying(state, idle) };
}

/** The bindings with a word in the footer that work in this state. */
export function footerBindings(state: State): readonly Binding[] {
  const mode = modeOf(state);
  return BINDINGS.filter(
    binding => binding.footer !== undefined && binding.modes.includes(mode) && binding.idle?.(state) === undefined,
  );
}

function bindingOf(name: string, mode: Mode): Binding | undefined {
  return BINDINGS.find(binding => binding.modes.includes(mode) && binding.keys.includes(name));
}

function pasted(state: State, text: string): Step {
  if (modeOf(state) === 'filter') return typeText(state, text);
  return { state: saying(state, 'Pasted text does nothing here: press / first.') };
}

function typedInto(state: State, name: string): Step {
  return [...name].length === 1 ? typeText(state, name) : { state: saying(state, unbound(name, 'filter')) };
}

function unbound(name: string, mode: Mode): string {
  const elsewhere = BINDINGS.find(binding => binding.keys.includes(name) && !binding.modes.includes(mode));
  if (elsewhere === undefined) return `${name} does nothing. ? shows all keys.`;
  return `${name} (${lowerFirst(elsewhere.help)}) does nothing ${PLACES[mode]}.`;
}

const PLACES: Readonly<Record<Mode, string>> = {
  list: 'in a list',
  detail: 'in a detail: Esc goes back',
  filter: 'in the filter line',
  help: 'in the help: Esc goes back',
  raw: 'in the JSON: Esc goes back',
};

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function noRows(state: State): string | undefined {
  if (modeOf(state) === 'help' || current(listOf(state)) !== undefined) return undefined;
  return listOf(state).filter === undefined
    ? 'There is nothing in this list.'
    : 'Nothing matches the filter: Esc clears it.';
}

function noFilter(state: State): string | undefined {
  return listOf(state).filter === undefined ? 'No filter is on. q quits.' : undefined;
}

function noSort(state: State): string | undefined {
  return viewOf(state).sorts.length < 2 ? 'This list has one order only.' : undefined;
}

function leaving(effect: Effect): (state: State) => Step {
  return state => ({ state, effect });
}
