import { printableBlock } from '../report/printable.ts';
import { canvasOn } from './canvas.tsx';
import { takeControl } from './control.ts';
import { CRASHED } from './exits.ts';
import { holdBack } from './hold-back.ts';
import { loaderOf, type Source } from './loader.ts';
import { Screen } from './screen.ts';
import { initial, type State } from './state.ts';
import { storeOf } from './store.ts';
import { findTerminal, type Terminal } from './terminal.ts';

export type { LoadListener } from './loader.ts';

/** `load` and `rules` as in Source. */
export interface UiRequest extends Source {
  /** Where the data come from when it is not AWS: `demo break-in`, a file's name. Empty for AWS. */
  readonly title: string;
  /** Only ASCII reaches the terminal: asked for, or the locale is not UTF-8. */
  readonly asciiOnly: boolean;
  readonly colour: boolean;
}

/** How often relative times are brought up to date, milliseconds. */
const TICK = 10_000;

/**
 * Opens the screen and resolves with the exit code when it is closed and the terminal is as it was: 0 when the user quits, 128 and
 * the number for a signal, 70 for a bug, whose error is then on standard error. The caller ends the process: requests may still be
 * on their way. Throws UserError where there is no terminal.
 */
export async function openUi(request: UiRequest): Promise<number> {
  const terminal = findTerminal();
  const release = holdBack();
  const { code, error } = await session(request, terminal);
  release();
  if (error !== undefined) process.stderr.write(crashText(error));
  return code;
}

interface Ending {
  readonly code: number;
  readonly error?: unknown;
}

/** The screen from its first frame to its end. Whatever ends it first decides how it ended. */
function session(request: UiRequest, terminal: Terminal): Promise<Ending> {
  return new Promise(resolve => {
    let over = false;
    const close = startSession(request, terminal, ending => {
      if (over) return;
      over = true;
      close();
      resolve(ending);
    });
  });
}

function startSession(request: UiRequest, terminal: Terminal, ended: (ending: Ending) => void): () => void {
  const { title, now, colour, asciiOnly } = request;
  const crashed = (error: unknown) => ended({ code: CRASHED, error });
  const screen = new Screen(terminal.output);
  const size = () => ({ columns: screen.columns, rows: screen.rows });
  const first: State = initial({ title, size: size(), now: now() });
  const store = storeOf(first, state => canvas.draw(state));
  const loader = loaderOf(request, store, crashed);
  const release = takeControl({ terminal, screen, store, loader, end: code => ended({ code }), crashed });
  const canvas = canvasOn(screen, terminal, { first, theme: { colour, asciiOnly }, crashed });
  screen.on('resize', () => store.happen({ kind: 'resized', size: size() }));
  const clock = setInterval(() => store.happen({ kind: 'tick', now: now() }), TICK);
  process.on('exit', release);
  loader.start();
  return () => {
    clearInterval(clock);
    loader.stop();
    screen.close();
    release();
    process.off('exit', release);
    store.close();
    canvas.close();
  };
}

function crashText(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `Postern failed, and that is a bug of Postern's:\n${printableBlock(text)}\n`;
}
