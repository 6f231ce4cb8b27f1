import { BLANK, type Line, line, say } from './line.ts';

/** What help says of one thing that keys do. */
interface Documented {
  readonly label: string;
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

function linesOf(bindings: readonly Documented[]): readonly Line[] {
  return bindings.map(({ label, help }) => [say(`  ${label.padEnd(20)}`, 'accent'), say(help)]);
}
