import { type IPty, spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';

/** The program in a real terminal, used as a person would: keys in, the whole screen out. */
export interface Driver {
  press(...keys: readonly string[]): Promise<Driver>;
  /** Waits until the screen shows the text; fails with the whole screen. */
  sees(text: string): Promise<Driver>;
  gone(text: string): Promise<Driver>;
  /** Waits until the screen is so; `what` names that for the message. */
  shows(what: string, holds: (screen: string) => boolean): Promise<Driver>;
  resize(columns: number, rows: number): Promise<Driver>;
  screen(): string;
  /** True while the alternate buffer is shown. */
  inAlternate(): boolean;
  cursorHidden(): boolean;
  pastesBracketed(): boolean;
  /** Everything the program ever sent. */
  sent(): string;
  signal(name: string): void;
  readonly pid: number;
  ended(): Promise<{ readonly code: number; readonly signal: number | undefined }>;
  kill(): void;
}

export interface Opening {
  readonly file?: string;
  readonly args: readonly string[];
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string>>;
}

export function open({ file = process.execPath, args, columns = 80, rows = 24, env = {} }: Opening): Driver {
  const pty = spawn(file, [...args], {
    name: 'xterm-256color',
    cols: columns,
    rows,
    env: { ...cleanEnvironment(), ...env },
  });
  return driverOf(pty, new xterm.Terminal({ cols: columns, rows, allowProposedApi: true }));
}

function cleanEnvironment(): Record<string, string> {
  const { CI: _, NO_COLOR: __, FORCE_COLOR: ___, ...rest } = process.env;
  return Object.fromEntries(
    Object.entries({ ...rest, LANG: 'C.UTF-8' }).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

function driverOf(pty: IPty, terminal: InstanceType<typeof xterm.Terminal>): Driver {
  let sent = '';
  pty.onData(data => {
    sent += data;
    terminal.write(data);
  });
  terminal.onData(data => pty.write(data));
  const ended = new Promise<{ code: number; signal: number | undefined }>(resolve => {
    pty.onExit(({ exitCode, signal }) => resolve({ code: exitCode, signal: signal || undefined }));
  });
  const screen = () => textOf(terminal);
  const until = async (what: string, holds: () => boolean) => {
    const end = Date.now() + 8000;
    while (!holds()) {
      if (Date.now() > end) throw new Error(`${what}; the screen is:\n${screen()}`);
      await pause(15);
    }
    return driver;
  };
  const driver: Driver = {
    async press(...keys) {
      for (const key of keys) {
        pty.write(KEYS.get(key) ?? key);
        await pause(40);
      }
      return driver;
    },
    sees: text => until(`never saw "${text}"`, () => screen().includes(text)),
    gone: text => until(`still sees "${text}"`, () => !screen().includes(text)),
    shows: (what, holds) => until(`never saw ${what}`, () => holds(screen())),
    async resize(columns, rows) {
      terminal.resize(columns, rows);
      pty.resize(columns, rows);
      await pause(150);
      return driver;
    },
    screen,
    inAlternate: () => terminal.buffer.active.type === 'alternate',
    cursorHidden: () => sent.lastIndexOf('\x1b[?25l') > sent.lastIndexOf('\x1b[?25h'),
    pastesBracketed: () => terminal.modes.bracketedPasteMode,
    sent: () => sent,
    signal: name => process.kill(pty.pid, name),
    pid: pty.pid,
    ended: () => ended,
    kill: () => {
      try {
        pty.kill('SIGKILL');
      } catch {
        // It has ended already.
      }
    },
  };
  return driver;
}

function textOf(terminal: InstanceType<typeof xterm.Terminal>): string {
  const { active } = terminal.buffer;
  const lines = Array.from(
    { length: terminal.rows },
    (_, row) => active.getLine(active.viewportY + row)?.translateToString(true) ?? '',
  );
  return `${lines.join('\n').trimEnd()}\n`;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, milliseconds));
}

const KEYS: ReadonlyMap<string, string> = new Map([
  ['up', '\x1b[A'],
  ['down', '\x1b[B'],
  ['right', '\x1b[C'],
  ['left', '\x1b[D'],
  ['pageup', '\x1b[5~'],
  ['pagedown', '\x1b[6~'],
  ['home', '\x1b[H'],
  ['end', '\x1b[F'],
  ['enter', '\r'],
  ['escape', '\x1b'],
  ['tab', '\t'],
  ['shift-tab', '\x1b[Z'],
  ['backspace', '\x7f'],
  ['ctrl-c', '\x03'],
  ['ctrl-z', '\x1a'],
]);
