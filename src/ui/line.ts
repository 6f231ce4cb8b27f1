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

/** The only way text gets onto the screen: control and bidi characters are made visible here, and no text is endless. */
export function say(text: string, style: Style = 'plain'): Span {
  return { text: printable(shortened(text)), style };
}

/** Of one text, UTF-16 units. AWS has no name or policy near it; measuring a longer one takes longer than anybody waits. */
const LONGEST = 10_000;

function shortened(text: string): string {
  if (text.length <= LONGEST) return text;
  const kept = wholeStart(text, LONGEST);
  return `${kept}… and ${text.length - kept.length} characters more`;
}

/** The first `units` UTF-16 units, half a character left out. */
function wholeStart(text: string, units: number): string {
  return text.slice(0, /[\ud800-\udbff]/.test(text.charAt(units - 1)) ? units - 1 : units);
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
  return pad(cut(spans, width), width);
}

export function pad(spans: Line, width: number, align: 'left' | 'right' = 'left'): Line {
  const missing = width - widthOf(spans);
  if (missing <= 0) return spans;
  const space: Span = { text: ' '.repeat(missing), style: 'plain' };
  return align === 'left' ? [...spans, space] : [space, ...spans];
}

/** At most `width` cells, with `…` in place of what is left out at the end. */
export function cut(spans: Line, width: number): Line {
  if (fits(spans, width)) return spans;
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
  if (fits([{ text, style: 'plain' }], width)) return text;
  if (width < 3) return textOf(cut([{ text, style: 'plain' }], width));
  const tail = Math.ceil((width - 1) * 0.6);
  return `${start(text, width - 1 - tail)}…${endOf(text, tail)}`;
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
    for (const word of span.text.split(/( +)/).filter(Boolean)) {
      for (const piece of chunks(
        word,
        firstRoom(word, room, Math.max(1, width - indent)),
        Math.max(1, width - indent),
      )) {
        const size = cells(piece);
        if (size > room && room < width) newLine();
        if (piece.trim() === '' && lines.length > 1 && room === width - indent) continue;
        lines.at(-1)?.push({ text: piece, style: span.style });
        room -= size;
      }
    }
  }
  return lines;
}

/** What is broken anyway begins where the line is, unless hardly anything is left of that. */
function firstRoom(word: string, room: number, whole: number): number {
  return room >= whole / 2 && !fits([{ text: word, style: 'plain' }], whole) ? Math.min(room, whole) : whole;
}

/** One after the other, in lines of at most `width` cells; none is broken. */
export function flowed(parts: readonly Line[], width: number): readonly Line[] {
  const lines: Span[][] = [[]];
  for (const part of parts) {
    if (lines.at(-1)!.length > 0 && widthOf([...lines.at(-1)!, ...part]) > width) lines.push([]);
    lines.at(-1)!.push(...part);
  }
  return lines;
}

/** A word in pieces of at most `most` cells, the first of at most `first`. */
function chunks(word: string, first: number, most: number): readonly string[] {
  if (isPlain(word)) return [word.slice(0, first), ...slices(word.slice(first), most)];
  const parts: string[] = [];
  let part = '';
  let room = first;
  for (const piece of characters(word)) {
    const size = cells(piece);
    if (size > room && part !== '') {
      parts.push(part);
      part = '';
      room = most;
    }
    part += piece;
    room -= size;
  }
  return part === '' ? parts : [...parts, part];
}

function slices(text: string, length: number): readonly string[] {
  return Array.from({ length: Math.ceil(text.length / length) }, (_, at) => text.slice(at * length, (at + 1) * length));
}

/** What a person takes for characters, of several code points perhaps. */
function characters(text: string): readonly string[] {
  return Array.from(graphemes.segment(text), ({ segment }) => segment);
}

/** UTF-16 units that are looked at for one cell. An emoji of a family has eleven for two; letters under heaps of accents have more. */
const UNITS_PER_CELL = 16;

/** Whether this takes no more than `width` cells. Does not measure what is far too long. */
function fits(spans: Line, width: number): boolean {
  let room = width;
  for (const { text } of spans) {
    if (text.length > unitsFor(room)) return false;
    room -= cells(text);
    if (room < 0) return false;
  }
  return true;
}

function unitsFor(width: number): number {
  return UNITS_PER_CELL * (Math.max(0, width) + 1);
}

function start(text: string, width: number): string {
  if (width <= 0) return '';
  if (isPlain(text)) return text.slice(0, width);
  return asManyAs(characters(wholeStart(text, unitsFor(width))), width).join('');
}

/** The end of a printable text, at most `width` cells. */
export function endOf(text: string, width: number): string {
  if (width <= 0) return '';
  if (isPlain(text)) return text.slice(-width);
  const last = characters(text.slice(-unitsFor(width)).replace(/^[\udc00-\udfff]/, ''));
  return asManyAs(last.toReversed(), width).reverse().join('');
}

function asManyAs(pieces: readonly string[], width: number): string[] {
  const taken: string[] = [];
  let room = width;
  for (const piece of pieces) {
    room -= stringWidth(piece);
    if (room < 0) break;
    taken.push(piece);
  }
  return taken;
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

function isPlain(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}
