import { BLANK, type Line, line, say } from './line.ts';

/** What help says of one thing that keys do. */
interface Documented {
  readonly keys: readonly string[];
  readonly help: string;
  readonly group: string;
}

/** Every key there is, by group. */
export function helpLines(bindings: readonly Documented[]): readonly Line[] {
  const groups = [...new Set(bindings.map(binding => binding.group))];
  return groups
    .flatMap(group => [line(group, 'strong'), ...linesOf(bindings.filter(each => each.group === group)), BLANK])
    .slice(0, -1);
}

/** Keys as help and footer write them: `j ↓`. */
export function labelsOf(keys: readonly string[]): string {
  return keys.map(labelOf).join(' ');
}

export function labelOf(key: string): string {
  if (key.startsWith('ctrl-')) return `Ctrl-${key.slice('ctrl-'.length).toUpperCase()}`;
  return LABELS.get(key) ?? key;
}

const LABELS: ReadonlyMap<string, string> = new Map([
  ['up', '↑'],
  ['down', '↓'],
  ['left', '←'],
  ['right', '→'],
  ['pageup', 'PgUp'],
  ['pagedown', 'PgDn'],
  ['home', 'Home'],
  ['end', 'End'],
  ['enter', 'Enter'],
  ['escape', 'Esc'],
  ['tab', 'Tab'],
  ['shift-tab', 'Shift-Tab'],
  ['backspace', 'Backspace'],
  ['delete', 'Del'],
  [' ', 'Space'],
]);

function linesOf(bindings: readonly Documented[]): readonly Line[] {
  return bindings.map(({ keys, help }) => [say(`  ${labelsOf(keys).padEnd(20)}`, 'accent'), say(help)]);
}
