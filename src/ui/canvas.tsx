import chalk from 'chalk';
import { type Instance, render } from 'ink';
import { App } from './app.tsx';
import type { Screen } from './screen.ts';
import type { State } from './state.ts';
import type { Terminal } from './terminal.ts';
import type { Theme } from './theme.ts';

/** What Ink draws on. */
interface Canvas {
  draw(state: State): void;
  close(): void;
}

/** The first frame is drawn at once. A component that throws goes to `crashed`. */
export function canvasOn(
  screen: Screen,
  terminal: Terminal,
  about: { readonly first: State; readonly theme: Theme; readonly crashed: (error: unknown) => void },
): Canvas {
  const { first, theme, crashed } = about;
  const level = chalk.level;
  // Bold and inverse are needed where colours are not wanted: the theme leaves the colours out.
  chalk.level = 1;
  const ink = openInk(first, theme, screen, terminal);
  ink.waitUntilExit().catch(crashed);
  return {
    draw: state => ink.rerender(<App state={state} theme={theme} />),
    close() {
      ink.unmount();
      chalk.level = level;
    },
  };
}

/** Ink draws into the Screen; it reads no keys and writes nothing by itself. */
function openInk(first: State, theme: Theme, screen: Screen, terminal: Terminal): Instance {
  return render(<App state={first} theme={theme} />, {
    // Ink asks for a stream's whole type, and uses what a Screen has.
    stdout: screen as unknown as NodeJS.WriteStream,
    stdin: terminal.input,
    debug: true,
    exitOnCtrlC: false,
    patchConsole: false,
  });
}
