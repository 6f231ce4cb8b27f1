import { BINDINGS, type Binding } from './bindings.ts';
import { refuse, typeText } from './filtering.ts';
import { labelOf } from './help.ts';
import { type Key, MOST_PASTED } from './keyboard.ts';
import { type Mode, modeOf, type State, saying } from './state.ts';
import type { Step } from './step.ts';

/** What a key does in a state. A key that does nothing says why. */
export function press(before: State, key: Key): Step {
  const state: State = before.message === undefined ? before : { ...before, message: undefined };
  const mode = modeOf(state);
  if ('paste' in key) return pasted(state, mode, key.paste);
  const binding = BINDINGS.find(each => each.modes.includes(mode) && each.keys.includes(key.name));
  if (binding === undefined) return unbound(state, mode, key.name);
  const idle = binding.idle?.(state);
  return idle === undefined ? binding.run(state) : { state: saying(state, idle) };
}

/** The bindings with a word in the footer that work in this state. */
export function footerBindings(state: State): readonly Binding[] {
  const mode = modeOf(state);
  return BINDINGS.filter(binding => hasWord(binding, mode) && binding.idle?.(state) === undefined);
}

function hasWord({ footer, modes }: Binding, mode: Mode): boolean {
  return footer !== undefined && modes.includes(mode) && (footer.only ?? mode) === mode;
}

function pasted(state: State, mode: Mode, text: string): Step {
  if (mode !== 'filter') return { state: saying(state, 'Pasted text does nothing here: press / first.') };
  return text.length > MOST_PASTED ? refuse(state, TOO_LONG) : typeText(state, text);
}

const TOO_LONG = `What was pasted is longer than ${MOST_PASTED} characters and was left out.`;

/** In the filter line, what is bound to nothing is text. */
function unbound(state: State, mode: Mode, name: string): Step {
  const isText = [...name].length === 1;
  return mode === 'filter' && isText ? typeText(state, name) : { state: saying(state, whyNot(mode, name)) };
}

function whyNot(mode: Mode, name: string): string {
  const elsewhere = BINDINGS.find(binding => binding.keys.includes(name));
  if (elsewhere === undefined) return `${labelOf(name)} does nothing. ? shows all keys.`;
  return `${labelOf(name)} (${elsewhere.help.charAt(0).toLowerCase()}${elsewhere.help.slice(1)}) does nothing ${PLACES[mode]}.`;
}

const PLACES: Readonly<Record<Mode, string>> = {
  list: 'in a list',
  detail: 'in a detail: Esc goes back',
  filter: 'while you type a filter',
  help: 'in the help: Esc goes back',
  gaps: 'here: Esc goes back',
  raw: 'in the JSON: Esc goes back',
  leads: 'here: Esc goes back',
};
