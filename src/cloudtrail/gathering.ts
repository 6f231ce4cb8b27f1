import type { Piece, Place } from './piece.ts';

/** What has come of a piece that is not yet complete; nothing where it has turned out to be no use. */
export interface Kept extends Place {
  parts: Buffer[];
  /** Bytes. */
  length: number;
  isUseless: boolean;
}

/** Makes pieces of a text that comes in chunks. One at most is open: it takes all that comes, until it ends. */
export class Gathering {
  readonly #longest: number;
  #found: Piece[] = [];
  #chunk: Buffer = EMPTY;
  /** Where characters go, from `#keptTo` on. */
  #kept: Kept | undefined;
  #keptTo = 0;

  /** Bytes that are kept at a time; a longer piece is broken. */
  constructor(longest: number) {
    this.#longest = longest;
  }

  beginChunk(chunk: Buffer): void {
    this.#chunk = chunk;
    this.#keptTo = 0;
  }

  endChunk(): void {
    this.#keep(this.#chunk.length);
  }

  /** What was found since this was last asked. */
  given(): Piece[] {
    const found = this.#found;
    this.#found = [];
    return found;
  }

  get isOpen(): boolean {
    return this.#kept !== undefined;
  }

  begin(i: number, { line, offset }: Place): Kept {
    this.#keptTo = i;
    this.#kept = { line, offset, parts: [], length: 0, isUseless: false };
    return this.#kept;
  }

  /** The open piece takes nothing from here on, until it is gone on with. */
  leave(i: number): void {
    this.#keep(i);
    this.#kept = undefined;
  }

  /** From where the last piece ended. */
  goOn(kept: Kept | undefined): void {
    this.#kept = kept;
  }

  /** Nothing comes of the open piece. */
  drop(): void {
    this.#kept = undefined;
  }

  end(i: number, kind: 'value' | 'frame' | 'loose'): void {
    this.#keep(i);
    const kept = this.#kept;
    this.#kept = undefined;
    if (kept === undefined || kept.isUseless) return;
    this.#found.push({ kind, text: textOf(kept), line: kept.line, offset: kept.offset });
  }

  /** A value that stands whole in this chunk. */
  add(start: number, end: number, place: Place): void {
    this.#found.push({ kind: 'value', text: this.#chunk.toString('utf8', start, end), ...place });
  }

  /** Values that nobody wants. */
  pass(count: number, place: Place): void {
    if (count === 0) return;
    const last = this.#found.at(-1);
    if (last?.kind === 'passed') this.#found[this.#found.length - 1] = { ...last, count: last.count + count };
    else this.#found.push({ kind: 'passed', count, ...place });
  }

  /** The open piece is a value that nobody wants. */
  passOpen(): void {
    if (this.#kept === undefined || this.#kept.isUseless) return;
    this.#kept.isUseless = true;
    this.pass(1, { line: this.#kept.line, offset: this.#kept.offset });
  }

  break(message: string, { line, offset }: Place): void {
    this.#found.push({ kind: 'broken', message, line, offset });
  }

  /** The open piece is read to its end, but not kept. */
  giveUp(message: string): void {
    const kept = this.#kept;
    if (kept === undefined || kept.isUseless) return;
    kept.isUseless = true;
    kept.parts = [];
    this.break(message, kept);
  }

  #keep(end: number): void {
    const kept = this.#kept;
    if (kept !== undefined && !kept.isUseless) {
      const part = this.#chunk.subarray(this.#keptTo, end);
      if (part.length > 0) kept.parts.push(part);
      kept.length += part.length;
      if (kept.length > this.#longest) this.giveUp(`longer than ${this.#longest} bytes`);
    }
    this.#keptTo = end;
  }
}

const EMPTY = Buffer.alloc(0);

/** What is no UTF-8 becomes U+FFFD. */
function textOf({ parts, length }: Kept): string {
  const [first = EMPTY] = parts;
  return (parts.length > 1 ? Buffer.concat(parts, length) : first).toString();
}
