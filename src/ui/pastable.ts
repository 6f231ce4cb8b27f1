import { printable } from '../report/printable.ts';

/**
 * Commands for a shell with every character visible, line by line. A line end within a quoted word is not one of the rule's, which
 * quotes nothing over lines, but of a name that somebody chose: it is written out, so that no part of a name stands in a line of its own.
 */
export function pastableCommands(commands: string): string {
  return commands
    .trim()
    .split(/('[^']*'?|\\')/)
    .map(piece => (piece.startsWith("'") ? printable(piece) : pastableLines(piece)))
    .join('');
}

/** Terraform the same: what is within its quotes has been escaped. */
export function pastableLines(text: string): string {
  return text.split('\n').map(printable).join('\n');
}
