import { openSync, writeSync } from 'node:fs';
import { ReadStream, type WriteStream } from 'node:tty';
import { UserError } from '../errors.ts';
import { isOpenPaste, type Key, parseMore, settle } from './keyboard.ts';

/** Alternate buffer, cleared, cursor hidden, pasted text marked as such. */
const ENTER = '\x1b[?1049h\x1b[2J\x1b[H\x1b[?25l\x1b[?2004h';
const LEAVE = '\x1b[?2026l\x1b[?2004l\x1b[?1049l\x1b[?25h\x1b[0m';

/** How long to wait for the rest of an escape sequence before it counts as the Esc key, milliseconds. */
const ESCAPE_WAIT = 25;
/** How long a paste may stop coming before what there is of it counts as all, milliseconds. */
const PASTE_WAIT = 2000;

/** A terminal taken over for a full screen. */
export interface Terminal {
  readonly output: WriteStream;
  readonly input: ReadStream;
  /** Into the alternate screen; keys come one by one. */
  enter(onKey: (key: Key) => void): void;
  /** Back to the shell's screen, however often it is called. Written at once, so that it survives the end of the process. */
  leave(): void;
  /** Past every buffer: copying to the clipboard. */
  send(text: string): void;
}

/** The terminal that Postern runs in. Throws UserError where there is none to draw on or to read keys from. */
export function findTerminal(): Terminal {
  const output = process.stdout;
  if (!output.isTTY) throw noTerminal('standard output is not a terminal');
  return terminalOn(output, process.stdin.isTTY ? process.stdin : openTty());
}

function openTty(): ReadStream {
  try {
    return new ReadStream(openSync('/dev/tty', 'r'));
  } catch (cause) {
    throw noTerminal('there is no terminal to read keys from', cause);
  }
}

function noTerminal(why: string, cause?: unknown): UserError {
  return new UserError(`The screen needs a terminal, and ${why}.`, {
    hint: 'Use --ci to print the report instead.',
    ...(cause === undefined ? {} : { cause }),
  });
}

function terminalOn(output: WriteStream, input: ReadStream): Terminal {
  let stop: (() => void) | undefined;
  const send = (text: string) => writeAll(text);
  return {
    output,
    input,
    send,
    enter(onKey) {
      send(ENTER);
      input.setRawMode(true);
      stop = readKeys(input, onKey);
    },
    leave() {
      if (stop === undefined) return;
      stop();
      stop = undefined;
      quietly(() => input.setRawMode(false));
      quietly(() => send(LEAVE));
    },
  };
}

/** Calls with every key, until the returned function is called: what came in one piece with the key that ended it is lost. */
function readKeys(input: ReadStream, onKey: (key: Key) => void): () => void {
  let rest = '';
  let timer: NodeJS.Timeout | undefined;
  let open = true;
  const hand = (keys: readonly Key[]) => {
    for (const key of keys) if (open) onKey(key);
  };
  const flush = () => {
    const keys = settle(rest);
    rest = '';
    hand(keys);
  };
  const read = (chunk: string) => {
    clearTimeout(timer);
    const parsed = parseMore(rest, chunk);
    rest = parsed.rest;
    if (rest !== '') timer = setTimeout(flush, isOpenPaste(rest) ? PASTE_WAIT : ESCAPE_WAIT);
    hand(parsed.keys);
  };
  input.setEncoding('utf8');
  input.on('data', read);
  input.resume();
  return () => {
    open = false;
    clearTimeout(timer);
    input.off('data', read);
    input.pause();
  };
}

/** A terminal in non-blocking mode may ask to try again. */
function writeAll(text: string): void {
  const bytes = Buffer.from(text);
  for (let sent = 0; sent < bytes.length; ) sent += writeSome(bytes.subarray(sent));
}

function writeSome(bytes: Buffer): number {
  try {
    return writeSync(process.stdout.fd, bytes);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EAGAIN') return 0;
    throw error;
  }
}

/** The terminal may be gone already (SIGHUP): then there is nothing to restore. */
function quietly(act: () => void): void {
  try {
    act();
  } catch {
    // Gone with the terminal.
  }
}
