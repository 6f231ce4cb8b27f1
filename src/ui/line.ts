import stringWidth from 'string-width';
import { printable } from '../report/printable.ts';

/** What a piece of text means; `theme.ts` decides how that looks. */
export type Style =
  | 'plain'
  | 'strong'
  | 'dim'
  | 'accent'
  | 'caret'
  | 'critical'
  | 'high'
  | 'medium'
  | 'low'
  | 'info'
  | 'unknown'
  | 'good';

export interface Span {
  readonly text: string;
  readonly style: Style;
}

/** One row of the screen, or part of one. Widths are terminal cells. */
export type Line = readonly Span[];

export const BLANK: Line = [];

/** The only way text gets onto the screen: control and bidi characters are made visible here. */
export function say(text: string, style: Style = 'plain'): Span {
  return { text: printable(text), style };
}

export function line(text: string, style: Style = 'plain'): Line {
  return [say(text, style)];
}

/** The same to look at in as few pieces as possible: spaces go with whatever stands beside them. */
export function merged(spans: Line): Line {
  const pieces: Span[] = [];
  for (const span of spans) {
    const last = pieces.at(-1);
    if (last !== undefined && last.style !== 'caret' && (span.style === last.style || isSpace(span)))
      pieces[pieces.length - 1] = { text: last.text + span.text, style: last.style };
    else if (last !== undefined && span.style !== 'caret' && isSpace(last))
      pieces[pieces.length - 1] = { text: last.text + span.text, style: span.style };
    else if (span.text !== '') pieces.push(span);
  }
  return withoutEnd(pieces);
}

/** Spaces at the end of a line show nothing. */
function withoutEnd(pieces: readonly Span[]): Line {
  const last = pieces.at(-1);
  if (last === undefined || last.style === 'caret') return pieces;
  const text = last.text.trimEnd();
  return [...pieces.slice(0, -1), ...(text === '' ? [] : [{ ...last, text }])];
}

function isSpace({ text, style }: Span): boolean {
  return style !== 'caret' && /^ *$/.test(text);
}

export function textOf(spans: Line): string {
  return spans.map(span => span.text).join('');
}

export function widthOf(spans: Line): number {
  return spans.reduce((sum, span) => sum + cells(span.text), 0);
}

/** Terminal cells that a printable text takes. */
export function cells(text: string): number {
  return isPlain(text) ? text.length : stringWidth(text);
}

/** Exactly `width` cells: cut with `…` at the end, or filled with spaces. */
export function fitted(spans: Line, width: number): Line {
  const taken = widthOf(spans);
  if (taken > width) return pad(cut(spans, width), width);
  return pad(spans, width);
}

export function pad(spans: Line, width: number, align: 'left' | 'right' = 'left'): Line {
  const missing = width - widthOf(spans);
  if (missing <= 0) return spans;
  const space: Span = { text: ' '.repeat(missing), style: 'plain' };
  return align === 'left' ? [...spans, space] : [space, ...spans];
}

/** At most `width` cells, with `…` in place of what is left out at the end. */
export function cut(spans: Line, width: number): Line {
  if (widthOf(spans) <= width) return spans;
  if (width <= 0) return [];
  const kept: Span[] = [];
  let room = width - 1;
  for (const span of spans) {
    const text = start(span.text, room);
    if (text !== '') kept.push({ text, style: span.style });
    room -= cells(text);
    if (text !== span.text) break;
  }
  return [...kept, { text: '…', style: kept.at(-1)?.style ?? 'plain' }];
}

/** At most `width` cells, with `…` in the middle: both ends of an ARN say something. */
export function cutMiddle(text: string, width: number): string {
  if (cells(text) <= width) return text;
  if (width < 3) return textOf(cut([{ text, style: 'plain' }], width));
  const tail = Math.ceil((width - 1) * 0.6);
  return `${start(text, width - 1 - tail)}…${end(text, tail)}`;
}

/** Broken at spaces into lines of at most `width` cells; `indent` cells before every line but the first. */
export function wrap(spans: Line, width: number, indent = 0): readonly Line[] {
  const lines: Span[][] = [[]];
  let room = width;
  const newLine = () => {
    lines.push(indent > 0 ? [{ text: ' '.repeat(indent), style: 'plain' }] : []);
    room = Math.max(1, width - indent);
  };
  for (const span of spans) {
    for (const word of pieces(span.text, Math.max(1, width - indent))) {
      const size = cells(word);
      if (size > room && room < width) newLine();
      if (word.trim() === '' && lines.length > 1 && room === width - indent) continue;
      lines.at(-1)?.push({ text: word, style: span.style });
      room -= size;
    }
  }
  return lines;
}

/** Words and the spaces between them, no piece longer than `most` cells. */
function pieces(text: string, most: number): readonly string[] {
  return text
    .split(/( +)/)
    .filter(Boolean)
    .flatMap(word => chunks(word, most));
}

function chunks(word: string, most: number): readonly string[] {
  const parts: string[] = [];
  for (let rest = word; rest !== ''; ) {
    const head = cells(rest) <= most ? rest : start(rest, most) || [...rest][0]!;
    parts.push(head);
    rest = rest.slice(head.length);
  }
  return parts;
}

function start(text: string, width: number): string {
  if (width <= 0) return '';
  if (isPlain(text)) return text.slice(0, width);
  let taken = '';
  let room = width;
  for (const { segment } of graphemes.segment(text)) {
    room -= stringWidth(segment);
    if (room < 0) break;
    taken += segment;
  }
  return taken;
}

function end(text: string, width: number): string {
  if (isPlain(text)) return text.slice(-width);
  let taken = '';
  let room = width;
  for (const { segment } of [...graphemes.segment(text)].reverse()) {
    room -= stringWidth(segment);
    if (room < 0) break;
    taken = segment + taken;
  }
  return taken;
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

function isPlain(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}
