import { EventEmitter } from 'node:events';

/** The part of a terminal's output stream that a Screen needs. */
export interface Output {
  readonly columns?: number;
  readonly rows?: number;
  write(text: string): unknown;
  on(event: 'resize', listener: () => void): unknown;
  off(event: 'resize', listener: () => void): unknown;
}

/** Sixty frames a second: more cannot be seen. */
const FRAME = 1000 / 60;

/**
 * A stdout for Ink in debug mode, where it hands over whole frames: only the lines that changed are written, at full
 * height, without clearing the user's scrollback. Ink 6.8's own full-height mode clears the scrollback on every frame, and its
 * incremental mode draws into the wrong line.
 */
export class Screen extends EventEmitter {
  readonly isTTY = true;
  readonly writable = true;
  readonly #output: Output;
  #shown: readonly string[] | undefined;
  #frame = '';
  #timer: NodeJS.Timeout | undefined;
  #last = 0;
  #open = true;
  readonly #resized = () => {
    this.#shown = undefined;
    this.emit('resize');
  };

  constructor(output: Output) {
    super();
    this.#output = output;
    this.setMaxListeners(0);
    output.on('resize', this.#resized);
  }

  get columns(): number {
    return this.#output.columns || 80;
  }

  get rows(): number {
    return this.#output.rows || 24;
  }

  /** Takes a whole frame. Ink's own cursor switching is left out: the cursor is hidden throughout. */
  write(frame: string, done?: () => void): boolean {
    if (frame !== '' && !/^\x1b\[\?25[hl]$/.test(frame)) {
      this.#frame = frame;
      this.#schedule();
    }
    if (typeof done === 'function') queueMicrotask(done);
    return true;
  }

  /** Draws everything anew, as after the terminal was somebody else's. */
  repaint(): void {
    this.#shown = undefined;
    this.#flush();
  }

  /** Nothing is written from here on, so that no late frame lands on the shell. */
  close(): void {
    this.#open = false;
    clearTimeout(this.#timer);
    this.#output.off('resize', this.#resized);
  }

  /** Holds frames back, or lets them through again. */
  pause(paused: boolean): void {
    this.#open = !paused;
  }

  #schedule(): void {
    if (this.#timer !== undefined) return;
    const wait = Math.max(0, FRAME - (performance.now() - this.#last));
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#flush();
    }, wait);
  }

  #flush(): void {
    if (!this.#open) return;
    this.#last = performance.now();
    const lines = frameLines(this.#frame, this.rows);
    const changes = difference(this.#shown, lines);
    this.#shown = lines;
    if (changes !== '') this.#output.write(`\x1b[?2026h${changes}\x1b[?2026l`);
  }
}

/** What turns the shown lines into the wanted ones; everything where nothing is shown. */
export function difference(shown: readonly string[] | undefined, wanted: readonly string[]): string {
  const changed = wanted.map((text, row) => (shown?.[row] === text ? '' : `\x1b[${row + 1};1H\x1b[0m\x1b[2K${text}`));
  return (shown === undefined ? '\x1b[0m\x1b[2J' : '') + changed.join('');
}

function frameLines(frame: string, rows: number): readonly string[] {
  const lines = frame.split('\n');
  return Array.from({ length: rows }, (_, row) => lines[row] ?? '');
}
