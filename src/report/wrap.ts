import stringWidth from 'string-width';
import { ITEM } from '../rules/prose.ts';

/**
 * Text in lines of at most `width` columns, each behind `indent`. Lines end only where there was a space, so an ARN or a URL
 * longer than that stays whole and sticks out. A mark in `indent` stands before the first line alone.
 */
export function wrapped(text: string, width: number, indent = ''): string[] {
  const hanging = ' '.repeat(stringWidth(indent));
  const room = Math.max(width - stringWidth(indent), 20);
  const lines: string[] = [];
  let line = '';
  let taken = 0;
  for (const word of text.split(' ').filter(part => part !== '')) {
    const columns = stringWidth(word);
    if (line !== '' && taken + 1 + columns > room) {
      lines.push((lines.length === 0 ? indent : hanging) + line);
      line = '';
      taken = 0;
    }
    taken += columns + (line === '' ? 0 : 1);
    line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, (lines.length === 0 ? indent : hanging) + line];
}

/**
 * The same for text of several lines, each a paragraph or an item of a list, which goes on under its own first word. An
 * empty line stays, and other lines that begin with white space are left as they are.
 */
export function wrappedBlock(text: string, width: number, indent = ''): string[] {
  return text.split('\n').flatMap(line => {
    if (line.trim() === '') return [''];
    const [mark] = ITEM.exec(line) ?? [];
    if (mark !== undefined) return wrapped(line.slice(mark.length), width, indent + mark);
    return /^\s/.test(line) ? [indent + line] : wrapped(line, width, indent);
  });
}

/** Cells in columns, two spaces apart; the last one is not padded. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows)
    for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, stringWidth(cell));
  return rows.map(row => row.map((cell, i) => (i === row.length - 1 ? cell : padded(cell, widths[i] ?? 0))).join('  '));
}

export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(width - stringWidth(text), 0));
}
