import { printable } from '../report/printable.ts';

/** What somebody pastes, with every character visible, line by line: the lines are the rule's, for no value that fills it has any. */
export function pastable(text: string): string {
  return text.split('\n').map(printable).join('\n');
}
