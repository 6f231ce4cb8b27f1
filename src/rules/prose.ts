/**
 * Markdown prose that was wrapped in the file, with one line for each paragraph, list item, heading, quoted line and row
 * of a table. Code, fenced or indented, stays as it is.
 */
export function unwrapped(text: string): string {
  const lines: string[] = [];
  let fenced = false;
  /** Whether the next line goes on with the last one. */
  let open = false;
  for (const line of dedented(text)) {
    const fence = /^\s*(```|~~~)/.test(line);
    if (fence) fenced = !fenced;
    if (fence || fenced || isIndented(line, open)) {
      lines.push(line);
      open = false;
    } else if (open && !startsAnew(line, lines.at(-1)!)) {
      lines.push(`${lines.pop()} ${oneSpaced(line)}`);
    } else {
      const [mark = ''] = ITEM.exec(line) ?? [];
      lines.push(`${mark}${oneSpaced(line.slice(mark.length))}`);
      open = !STANDS_ALONE.test(line) && line.trim() !== '';
    }
  }
  return lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** The mark of a list item and the space around it: `  - `, `12. `. */
export const ITEM = /^\s*(?:[-*+]|\d{1,9}[.)])\s+(?=\S)/;

/** Headings, quotes, rows of tables. */
const STANDS_ALONE = /^\s*(#{1,6}\s|>|\|)/;

/** As CommonMark has it, a number other than 1 begins no list in the middle of a paragraph: it ends a sentence there. */
function startsAnew(line: string, before: string): boolean {
  if (line.trim() === '' || STANDS_ALONE.test(line)) return true;
  return ITEM.test(line) && (ITEM.test(before) || !/^\s*\d+[.)]/.test(line) || /^\s*1[.)]/.test(line));
}

function isIndented(line: string, open: boolean): boolean {
  return !open && /^\s+\S/.test(line) && !ITEM.test(line);
}

function oneSpaced(text: string): string {
  return text.trim().split(/\s+/).join(' ');
}

/** Lines without what all of them are indented by, blank ones aside. */
function dedented(text: string): readonly string[] {
  const lines = text
    .replace(/^\s*\n/, '')
    .trimEnd()
    .replaceAll('\t', '    ')
    .split('\n');
  const indents = lines.filter(line => line.trim() !== '').map(line => line.length - line.trimStart().length);
  const common = indents.reduce((least, indent) => Math.min(least, indent), Number.POSITIVE_INFINITY);
  return lines.map(line => line.slice(common).trimEnd());
}
