import { decoded, unpacked } from './bytes.ts';
import type { Source } from './files.ts';
import { looksLikeRecords } from './shape.ts';
import { completeObjects, isMadeOf, linesOf, type Piece } from './text.ts';

/** A parsed JSON text of a file, or what was wrong there. Lines from 1; offsets in UTF-16 units from that line's start. */
export type Value =
  | { readonly kind: 'value'; readonly value: unknown; readonly line: number }
  | {
      readonly kind: 'unreadable' | 'skipped';
      readonly message: string;
      readonly line?: number;
      readonly offset?: number;
    };

/** How much one file may unpack to (bytes), and how long one JSON text in it may be (UTF-16 units). */
export interface ReadLimits {
  readonly unpacked: number;
  readonly text: number;
}

/**
 * The JSON values in a file: one that fills the file, or one a line (NDJSON). A text that is broken or cut off is said to be, and
 * the complete records inside it still come. Never throws.
 */
export async function* valuesOf(source: Source, limits: ReadLimits): AsyncGenerator<Value> {
  const errors: unknown[] = [];
  const chunks = untilError(decoded(unpacked(source.open(), limits.unpacked)), errors);
  const lines = untilError(linesOf(chunks, limits.text), errors);
  yield* valuesInLines(filledLines(lines), source, limits);
  for (const error of errors) yield { kind: 'unreadable', message: messageOf(error) };
}

async function* untilError<T>(items: AsyncIterable<T>, errors: unknown[]): AsyncGenerator<T> {
  try {
    yield* items;
  } catch (error) {
    errors.push(error);
  }
}

async function* filledLines(lines: AsyncIterable<Piece>): AsyncGenerator<Piece> {
  for await (const piece of lines) if (piece.text.trim() !== '') yield piece;
}

async function* valuesInLines(lines: AsyncGenerator<Piece>, source: Source, limits: ReadLimits): AsyncGenerator<Value> {
  const { value: first } = await lines.next();
  if (first === undefined) return;
  const value = parsedOrUndefined(first.text);
  if (value !== undefined) {
    yield { kind: 'value', value, line: first.line };
    yield* valuePerLine(lines);
  } else if (isForeign(first.text, source)) {
    yield { kind: 'skipped', message: 'skipped: not JSON' };
    await lines.return(undefined);
  } else {
    yield* valuesAfterBrokenLine(first, lines, limits);
  }
}

/** Other people's files lie in folders; what the user names, or is called a log file, is taken for one. */
function isForeign(text: string, { name, isNamed }: Source): boolean {
  return !isNamed && !/^\s*[[{]/.test(text) && !/\.(json|gz|ndjson|jsonl|log)$/i.test(name);
}

/** A first line that is no JSON: the beginning of a text of several lines, or one bad line among good ones. */
async function* valuesAfterBrokenLine(
  first: Piece,
  lines: AsyncGenerator<Piece>,
  limits: ReadLimits,
): AsyncGenerator<Value> {
  const { value: second } = await lines.next();
  if (second !== undefined && isBadLine(first, second)) {
    yield* valueOfLine(first);
    yield* valueOfLine(second);
    yield* valuePerLine(lines);
  } else {
    yield* valuesOfText(await joined([first, ...(second === undefined ? [] : [second])], lines, limits.text));
  }
}

function isBadLine(first: Piece, second: Piece): boolean {
  if (!/^\s*[[{]/.test(first.text)) return true;
  return !/[[{,]\s*$/.test(first.text) && parsedOrUndefined(second.text) !== undefined;
}

async function joined(start: readonly Piece[], lines: AsyncGenerator<Piece>, longest: number): Promise<Joined> {
  const texts = start.map(piece => piece.text);
  const line = start[0]?.line ?? 1;
  let length = texts.join('\n').length;
  for await (const { text } of lines) {
    length += text.length + 1;
    if (length > longest) return { text: texts.join('\n'), line, tooLong: longest };
    texts.push(text);
  }
  return { text: texts.join('\n'), line };
}

interface Joined extends Piece {
  readonly tooLong?: number;
}

function* valuesOfText(piece: Joined): Generator<Value> {
  yield* valueOfLine(piece);
  if (piece.tooLong !== undefined) {
    yield { kind: 'unreadable', line: piece.line, message: `one JSON text is longer than ${piece.tooLong} characters` };
  }
}

const MOST_BAD_LINES = 100;

async function* valuePerLine(lines: AsyncIterable<Piece>): AsyncGenerator<Value> {
  let bad = 0;
  for await (const piece of lines) {
    for (const value of valueOfLine(piece)) {
      if (value.kind === 'value' || ++bad <= MOST_BAD_LINES) yield value;
    }
  }
  if (bad > MOST_BAD_LINES) yield { kind: 'unreadable', message: `${bad - MOST_BAD_LINES} more lines are not JSON` };
}

function* valueOfLine({ text, line }: Piece): Generator<Value> {
  try {
    yield { kind: 'value', value: JSON.parse(text), line };
  } catch (error) {
    yield* valuesOfBroken({ text, line }, error);
  }
}

/** JSON texts one after another without line ends between them are in order; everything else is told. */
function* valuesOfBroken({ text, line }: Piece, error: unknown): Generator<Value> {
  const objects = [...completeObjects(text)].map(part => ({ ...part, value: parsedOrUndefined(part.text) }));
  const taken = objects.filter(object => looksLikeRecords(object.value));
  for (const { value } of taken) yield { kind: 'value', value, line };
  if (taken.length > 0 && isMadeOf(text, taken)) return;
  yield { kind: 'unreadable', line, ...offsetIn(error), message: brokenMessage(error, taken.length) };
}

function brokenMessage(error: unknown, rescued: number): string {
  const also = rescued === 0 ? '' : `; ${rescued} complete ${rescued === 1 ? 'record' : 'records'} in it taken`;
  return `not JSON: ${messageOf(error)}${also}`;
}

function offsetIn(error: unknown): { readonly offset?: number } {
  const offset = /at position (\d+)/.exec(messageOf(error))?.[1];
  return offset === undefined ? {} : { offset: Number(offset) };
}

/** JSON has no word for undefined. */
function parsedOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
