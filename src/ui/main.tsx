import chalk from 'chalk';
import { type Instance, render } from 'ink';
import type { ReactNode } from 'react';
import type { Audit } from '../audit.ts';
import type { Progress } from '../aws/progress.ts';
import { printableBlock } from '../report/printable.ts';
import type { Rule } from '../rules/rule.ts';
import { App } from './app.tsx';
import { copySequence } from './clipboard.ts';
import type { Effect } from './commands.ts';
import { CRASHED, stop, watchExits } from './exits.ts';
import { holdBack } from './hold-back.ts';
import { press } from './keys.ts';
import { type Loader, loaderOf } from './loader.ts';
import { Screen } from './screen.ts';
import { initial, type State } from './state.ts';
import { storeOf } from './store.ts';
import { findTerminal, type Terminal } from './terminal.ts';
import type { Theme } from './theme.ts';

export interface UiRequest {
  readonly rules: readonly Rule[];
  readonly now: () => Date;
  /** Where the data come from when it is not AWS: `demo break-in`, a file's name. Empty for AWS. */
  readonly title: string;
  /** Starts the data, and starts them again on R. Resolves when the last audit was given; a UserError is shown, anything else is a crash. */
  load(on: LoadListener, signal: AbortSignal): Promise<void>;
  /** Only ASCII reaches the terminal: asked for, or the locale is not UTF-8. */
  readonly asciiOnly: boolean;
  readonly colour: boolean;
}

export interface LoadListener {
  progress(progress: Progress): void;
  /** What is known so far, and the regions (or `global`) still to come. */
  audit(audit: Audit, pending: readonly string[]): void;
}

/** How often relative times are brought up to date, milliseconds. */
const TICK = 10_000;

/**
 * Opens the screen and resolves with the exit code when it is closed and the terminal is as it was: 0 when the user quits, 128 and
 * the number for a signal, 70 for a bug, whose error is then on standard error. Throws UserError where there is no terminal.
 */
export async function openUi(request: UiRequest): Promise<number> {
  const terminal = findTerminal();
  const release = holdBack();
  const session = startSession(request, terminal);
  const code = await session.ended;
  session.close();
  release();
  if (session.crash() !== undefined) process.stderr.write(crashText(session.crash()));
  return code;
}

interface Session {
  readonly ended: Promise<number>;
  close(): void;
  crash(): unknown;
}

function startSession(request: UiRequest, terminal: Terminal): Session {
  let error: unknown;
  let end: (code: number) => void = () => {};
  const ended = new Promise<number>(resolve => {
    end = resolve;
  });
  const crashed = (thrown: unknown) => {
    error ??= thrown;
    // The terminal is restored at once: nothing more can be relied on.
    terminal.leave();
    end(CRASHED);
  };
  const screen = new Screen(terminal.output);
  const theme: Theme = { colour: request.colour, asciiOnly: request.asciiOnly };
  const size = () => ({ columns: screen.columns, rows: screen.rows });
  const draw = (state: State) => ink.rerender(<App state={state} theme={theme} />);
  const store = storeOf(initial({ title: request.title, size: size(), now: request.now() }), draw);
  const loader: Loader = loaderOf(request, store, crashed);
  const onKey = (key: Parameters<typeof press>[1]) => {
    const { state, effect } = press(store.get(), key);
    store.put(state);
    if (effect !== undefined) act(effect);
  };
  const suspend = () => {
    screen.pause(true);
    terminal.leave();
    unwatch();
    stop(() => {
      unwatch = watch();
      terminal.enter(onKey);
      screen.pause(false);
      screen.repaint();
    });
  };
  const act = (effect: Effect) => {
    if (effect.kind === 'quit') end(0);
    else if (effect.kind === 'copy') terminal.send(copySequence(effect.text));
    else if (effect.kind === 'suspend') suspend();
    else loader.start();
  };
  const watch = () => watchExits({ signalled: end, crashed, suspended: suspend });
  let unwatch = watch();
  const leave = () => terminal.leave();
  process.on('exit', leave);
  terminal.enter(onKey);
  const force = chalk.level;
  if (chalk.level === 0) chalk.level = 1;
  const ink = openInk(<App state={store.get()} theme={theme} />, screen, terminal);
  ink.waitUntilExit().catch(crashed);
  screen.on('resize', () => store.happen({ kind: 'resized', size: size() }));
  const clock = setInterval(() => store.happen({ kind: 'tick', now: request.now() }), TICK);
  loader.start();
  return {
    ended,
    crash: () => error,
    close() {
      clearInterval(clock);
      loader.stop();
      screen.close();
      ink.unmount();
      terminal.leave();
      unwatch();
      process.off('exit', leave);
      chalk.level = force;
    },
  };
}

/** Ink draws into the Screen; it reads no keys and writes nothing by itself. */
function openInk(node: ReactNode, screen: Screen, terminal: Terminal): Instance {
  return render(node, {
    // Ink asks for a stream's whole type and uses what a Screen has.
    stdout: screen as unknown as NodeJS.WriteStream,
    stdin: terminal.input,
    debug: true,
    exitOnCtrlC: false,
    patchConsole: false,
  });
}

function crashText(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `Postern failed, and that is a bug of Postern's:\n${printableBlock(text)}\n`;
}
