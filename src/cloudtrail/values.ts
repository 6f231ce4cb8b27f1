import { utf8 } from './bytes.ts';
import type { Source } from './files.ts';
import type { Glimpses } from './glimpse.ts';
import { type Piece, piecesOf, type Wants } from './pieces.ts';

/** A parsed JSON value of a file with its text, or what was wrong there. Lines from 1; offsets in bytes from that line's start. */
export type Value =
  | { readonly kind: 'value'; readonly value: unknown; readonly text: string; readonly line: number }
  | { readonly kind: 'passed'; readonly count: number }
  | {
      readonly kind: 'unreadable' | 'skipped';
      readonly message: string;
      readonly line?: number;
      readonly offset?: number;
    };

/**
 * How much one file may unpack to (bytes), how long one record in it may be (bytes), and how many places in it may be no
 * records before the rest is left.
 */
export interface ReadLimits {
  readonly unpacked: number;
  readonly text: number;
  readonly others: number;
}

export interface ValueOptions {
  /** The file's bytes, unpacked. */
  readonly chunks: AsyncIterable<Buffer>;
  readonly limits: ReadLimits;
  readonly wants: Wants | undefined;
  readonly glimpses: Glimpses;
}

/**
 * The JSON values in a file that may be records, some at a time: those that stand alone, one a line (NDJSON) or side by side, and
 * the elements of lists. What is broken or cut off is said to be, and what is whole round it still comes. Never throws.
 */
export async function* valuesOf(
  source: Pick<Source, 'name' | 'isNamed'>,
  { chunks, limits, wants, glimpses }: ValueOptions,
): AsyncGenerator<readonly Value[]> {
  const errors: unknown[] = [];
  const bytes = untilError(utf8(chunks), errors);
  let isFirst = true;
  for await (const pieces of piecesOf(bytes, { longest: limits.text, wants, glimpses })) {
    const [first] = pieces;
    if (first === undefined) continue;
    if (isFirst && isForeign(first, source)) {
      yield [{ kind: 'skipped', message: 'skipped: not JSON' }];
      return;
    }
    isFirst = false;
    yield pieces.flatMap(parsed);
  }
  yield errors.map(error => ({ kind: 'unreadable', message: messageOf(error) }));
}

async function* untilError<T>(items: AsyncIterable<T>, errors: unknown[]): AsyncGenerator<T> {
  try {
    yield* items;
  } catch (error) {
    errors.push(error);
  }
}

/** Other people's files lie in folders; what the user names, or is called a log file, is taken for one. */
function isForeign({ kind }: Piece, { name, isNamed }: Pick<Source, 'name' | 'isNamed'>): boolean {
  return kind === 'loose' && !isNamed && !/\.(json|gz|ndjson|jsonl|log)$/i.test(name);
}

/** Of what stands round a list only the trouble is told. */
function parsed(piece: Piece): Value | [] {
  if (piece.kind === 'passed') return piece;
  if (piece.kind === 'broken') return unreadable(piece, piece.message);
  try {
    const value: unknown = JSON.parse(piece.text);
    return piece.kind === 'frame' ? [] : { kind: 'value', value, text: piece.text, line: piece.line };
  } catch (error) {
    return unreadable(piece, messageOf(error));
  }
}

/** V8 says where inside the piece, in UTF-16 units; that place is told as one in the file. */
function unreadable(piece: Piece, said: string): Value {
  const [, message = said, inside] = /^(.*?)(?: in JSON)? at position (\d+)/s.exec(said) ?? [];
  const before = piece.kind === 'frame' || !('text' in piece) ? '' : piece.text.slice(0, Number(inside ?? 0));
  const offset = piece.offset + Buffer.byteLength(before);
  return { kind: 'unreadable', line: piece.line, offset, message: `not JSON at offset ${offset}: ${message}` };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
