import { spawn } from 'node:child_process';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildEntry } from './build.ts';
import { type Driver, type Opening, open } from './driver.ts';

/** The screen in a real terminal: what a person sees, and what is left when it is over. */

let entry: string;
let driver: Driver | undefined;

beforeAll(async () => {
  entry = await buildEntry();
});

afterEach(() => driver?.kill());

async function story(name: string, about: Partial<Opening> = {}): Promise<Driver> {
  driver = open({ args: [entry, name], ...about });
  return driver;
}

function inShell(): Driver {
  driver = open({ file: 'bash', args: ['--norc', '-i'], env: { PS1: '$ ', BASH_SILENCE_DEPRECATION_WARNING: '1' } });
  return driver;
}

/** The shell's own screen, with its cursor, and nothing of ours drawn on it afterwards. */
function restored(terminal: Driver): void {
  expect(terminal.inAlternate()).toBe(false);
  expect(terminal.cursorHidden()).toBe(false);
  expect(terminal.pastesBracketed()).toBe(false);
}

describe('ways out', () => {
  it.each([['q'], ['ctrl-c']])('%s quits with 0', async key => {
    const terminal = await (await story('break-in')).sees('Worst first');
    expect(terminal.inAlternate()).toBe(true);
    await terminal.press(key);
    expect(await terminal.ended()).toEqual({ code: 0, signal: undefined });
    restored(terminal);
    expect(terminal.screen().trim()).toBe('');
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ])('%s ends with %i', async (signal, code) => {
    const terminal = await (await story('break-in')).sees('Worst first');
    terminal.signal(signal);
    expect(await terminal.ended()).toEqual({ code, signal: undefined });
    restored(terminal);
  });

  it.each([['crash'], ['late-crash'], ['crash-drawing']])(
    '%s ends with 70 and its message on the main screen',
    async name => {
      const terminal = await story(name);
      expect(await terminal.ended()).toEqual({ code: 70, signal: undefined });
      restored(terminal);
      expect(terminal.screen()).toContain('boom');
      expect(terminal.screen()).toContain("a bug of Postern's");
    },
  );

  it('Ctrl-Z gives the shell back, and fg the screen', async () => {
    const shell = inShell();
    await shell.sees('$');
    await shell.press(
      "bind 'set enable-bracketed-paste off'",
      'enter',
      `${process.execPath} ${entry} break-in`,
      'enter',
    );
    await (await shell.sees('Worst first')).press('2', 'ctrl-z');
    await shell.sees('Stopped');
    restored(shell);
    await shell.press('fg', 'enter');
    await shell.sees('severity');
    expect(shell.inAlternate()).toBe(true);
    await (await shell.press('3')).sees('trust anchor');
    await shell.press('q');
    await shell.sees('$');
    restored(shell);
    await shell.press('exit', 'enter');
  });

  it('Ctrl-Z where no shell watches comes back by itself', async () => {
    const terminal = await (await story('break-in')).sees('Worst first');
    await terminal.press('ctrl-z');
    await terminal.press('2');
    await terminal.sees('── findings');
    expect(terminal.inAlternate()).toBe(true);
  });
});

describe('keys that come in one piece with one that ends the screen', () => {
  it('are lost after q: Ctrl-Z does not stop a program that is ending', async () => {
    const shell = inShell();
    await shell.sees('$');
    await shell.press(`${process.execPath} ${entry} break-in; echo ended $?`, 'enter');
    await (await shell.sees('Worst first')).press('q\x1a');
    await shell.sees('ended 0');
    expect(shell.screen()).not.toContain('Stopped');
    expect(shell.inAlternate()).toBe(false);
  });

  it('are lost after Ctrl-Z: they were meant for the shell', async () => {
    const terminal = await (await story('break-in')).sees('Worst first');
    await terminal.press('\x1a3');
    await terminal.press('2');
    await terminal.sees('── findings');
    expect(terminal.sent()).not.toContain('── anchors');
  });
});

describe('terminals', () => {
  it('reads keys from the terminal when stdin is piped', async () => {
    driver = open({ file: 'bash', args: ['-c', `echo data | ${process.execPath} ${entry} break-in; echo code $?`] });
    await (await driver.sees('Worst first')).press('3');
    await (await driver.sees('── anchors')).press('q');
    await driver.sees('code 0');
    restored(driver);
  });

  it('draws where CI is set', async () => {
    const terminal = await story('break-in', { env: { CI: 'true' } });
    await (await terminal.sees('Worst first')).press('2');
    await terminal.sees('── findings');
  });

  it('refuses where stdout is no terminal', async () => {
    const child = spawn(process.execPath, [entry, 'break-in'], { stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    child.stderr.on('data', chunk => {
      text += String(chunk);
    });
    const code = await new Promise(resolve => child.on('close', resolve));
    expect(code).toBe(1);
    expect(text).toContain('--ci');
  });

  it('keeps bold under NO_COLOR, and sends no colour', async () => {
    const terminal = await (await story('break-in', { env: { NO_COLOR: '1' } })).sees('Worst first');
    expect(terminal.sent()).toContain('\x1b[1m');
    expect(terminal.sent()).not.toMatch(/\x1b\[3[0-7]m/);
  });

  it('sends ASCII only when asked to', async () => {
    const terminal = await (await story('hostile', { env: { ASCII: '1' } })).sees('Worst first');
    await (await terminal.press('2')).sees('-- findings');
    await (await terminal.press('enter', 'escape', '?')).sees('more lines');
    await (await terminal.press('escape', '/', 'evil')).sees('evil');
    expect(terminal.sent()).toMatch(/^[\x00-\x7f]*$/);
  });

  it('never clears the scrollback', async () => {
    const terminal = await (await story('break-in')).sees('Worst first');
    await (await terminal.press('2')).sees('── findings');
    await (await terminal.press('down', 'down', 'enter', 'escape', '?')).sees('more lines');
    expect(terminal.sent()).not.toContain('\x1b[3J');
  });

  it('shows hostile names as text', async () => {
    const terminal = await (await story('hostile')).sees('Worst first');
    await (await terminal.press('2')).sees('── findings');
    await (await terminal.press('enter', 'escape', '3')).sees('── anchors');
    await (await terminal.press('J')).sees('"source_type"');
    expect(terminal.sent()).not.toContain('\x1b]52');
    expect(terminal.sent()).not.toContain('\u202e');
  });
});

/** Header, a rule line of the whole width, and the footer in the last row. */
function isWhole(screen: string, columns: number, rows: number): boolean {
  const lines = screen.trimEnd().split('\n');
  const [header = '', rule = ''] = lines;
  const isRule = rule.startsWith('── overview ─') && rule.length === columns;
  return lines.length === rows && header.startsWith(' postern') && isRule && /\bq quit$/.test(lines.at(-1)!);
}

describe('resizing', () => {
  it('draws the whole screen anew at every size', async () => {
    const terminal = await (await story('break-in', { columns: 120, rows: 40 })).sees('Worst first');
    for (const [columns, rows] of [
      [80, 24],
      [200, 60],
      [60, 15],
      [120, 40],
    ] as const) {
      await terminal.resize(columns, rows);
      await terminal.shows(`a whole screen of ${columns}x${rows}`, screen => isWhole(screen, columns, rows));
      expect(terminal.screen().match(/postern/g)).toHaveLength(1);
    }
    await terminal.resize(40, 10);
    await terminal.sees('Too small');
    await terminal.resize(80, 24);
    await terminal.sees('Worst first');
  });
});

describe('keys', () => {
  it('takes merged keys one by one', async () => {
    const terminal = await (await story('large=200')).sees('Worst first');
    await terminal.press('2');
    await terminal.sees('1 of 200');
    await terminal.press('j'.repeat(50));
    await terminal.sees('51 of 200');
    await terminal.press('\x1b[A\x1b[A\x1bOAk');
    await terminal.sees('47 of 200');
    await terminal.press('G');
    await terminal.sees('200 of 200');
  });

  it('filters as it is typed, shows where a query is broken, and clears', async () => {
    const terminal = await (await story('break-in')).sees('Worst first');
    await terminal.press('2', '/', 'severity', ':', ' high');
    await terminal.sees('1 of 6');
    await terminal.press(')');
    await terminal.sees('^');
    expect(terminal.screen()).toContain('backup-ca');
    await terminal.press('escape');
    await terminal.sees('2 of 6   by severity');
    await terminal.press('/', 'backup', 'enter');
    await terminal.sees('filter backup');
  });

  it('filters ten thousand findings a frame after what was typed', async () => {
    const terminal = await (await story('large=10000')).sees('Worst first');
    await terminal.press('2', '/', 'severity: high');
    await terminal.sees('2000 of 10000');
    await terminal.press('enter');
    await terminal.sees('1 of 2000 that match');
  });

  it('reads everything again with R, and stays where it is', async () => {
    const terminal = await (await story('again')).sees('Worst first');
    await terminal.press('4', 'j', 'enter');
    await terminal.sees('profiles › web');
    await terminal.press('R');
    await terminal.sees('0 of 2 regions');
    expect(terminal.screen()).toContain('profiles › web');
    await (await terminal.gone('0 of 2 regions')).sees('2 of 2   by name');
    expect(terminal.screen()).toContain('profiles › web');
  });

  it('shows all that was read where it could not be saved, and says so until it is read again', async () => {
    const terminal = await (await story('disk-full')).sees('Worst first');
    await terminal.press('2', 'j');
    await terminal.sees('2 of 6   by severity   not saved: cannot write account.json: the disk is full');
  });

  it('is not deaf after a paste that has no end', async () => {
    const terminal = await (await story('break-in')).sees('Worst first');
    await terminal.press('2', '/', '\x1b[200~back');
    await terminal.sees('2 of 6');
    await terminal.press('escape', '\x1b[200~q', 'j', 'ctrl-c');
    expect(await terminal.ended()).toEqual({ code: 0, signal: undefined });
    restored(terminal);
  });

  it('copies through the terminal and says what', async () => {
    const terminal = await (await story('break-in')).sees('Worst first');
    await terminal.press('3', 'y');
    await terminal.sees('Copied arn:aws:rolesanywhere');
    const copied = /\x1b\]52;c;([^\x07]*)\x07/.exec(terminal.sent())?.[1] ?? '';
    expect(Buffer.from(copied, 'base64').toString()).toMatch(
      /^arn:aws:rolesanywhere:eu-west-1:111122223333:trust-anchor\//,
    );
  });

  it('says why a key does nothing', async () => {
    const terminal = await (await story('empty')).sees('postern');
    await terminal.press('3', 'y');
    await terminal.sees('There is nothing in this list.');
    await terminal.press('x');
    await terminal.sees('x does nothing.');
  });
});
