import { performance } from 'node:perf_hooks';
import pty from '@lydell/node-pty';
import xterm from '@xterm/headless';

const COLUMNS = 120;
const ROWS = 40;

/** From spawn to the first header on the screen, against the start of Node alone. */
export async function firstFrameFigure({ cli, node, limit, runs }) {
  const measured = [];
  for (let run = 0; run <= runs; run += 1) {
    const start = performance.now();
    const screen = open(cli, ['--demo']);
    await screen.until(text => text.includes('read-only'));
    if (run > 0) measured.push(performance.now() - start);
    await screen.quit();
  }
  const ms = percentile(measured, 0.5);
  const value = ms / node;
  return {
    name: 'first frame in a terminal against node -e 0',
    value: round(value),
    unit: '×',
    ms: round(ms),
    limit,
    ok: value <= limit,
  };
}

/** From a key to the changed screen, moving down a list of 10,000 findings and more. */
export async function keyFigure({ cli, snapshot, limit }) {
  const screen = open(cli, ['--from', snapshot]);
  await screen.until(text => text.includes('read-only'));
  screen.write('2');
  const findings = await screen.until(text => /\d{5,} /.test(text.replaceAll(/(\d),(\d)/g, '$1$2')));
  await screen.settle();
  const measured = [];
  for (let key = 0; key < 100; key += 1) {
    const before = screen.text();
    const start = performance.now();
    screen.write(key % 10 === 9 ? '\x1b[6~' : 'j');
    await screen.until(text => text !== before);
    measured.push(performance.now() - start);
    await screen.settle();
  }
  await screen.quit();
  const p95 = percentile(measured, 0.95);
  return {
    name: 'key to screen with 10,000 findings, 95th percentile',
    value: round(p95),
    unit: 'ms',
    median: round(percentile(measured, 0.5)),
    limit,
    ok: p95 <= limit && findings !== '',
  };
}

function open(cli, args) {
  const env = { ...process.env };
  delete env.CI;
  const child = pty.spawn(process.execPath, [cli, ...args], { name: 'xterm-256color', cols: COLUMNS, rows: ROWS, env });
  const terminal = new xterm.Terminal({ cols: COLUMNS, rows: ROWS, allowProposedApi: true });
  const watchers = new Set();
  const exited = new Promise(done => child.onExit(done));
  child.onData(data =>
    terminal.write(data, () => {
      for (const watch of watchers) watch();
    }),
  );
  terminal.onData(data => child.write(data));
  const text = () =>
    Array.from(
      { length: ROWS },
      (_, row) => terminal.buffer.active.getLine(terminal.buffer.active.viewportY + row)?.translateToString(true) ?? '',
    ).join('\n');
  const until = condition =>
    new Promise((done, failed) => {
      const timer = setTimeout(() => failed(new Error(`the screen never showed it:\n${text()}`)), 90_000);
      const watch = () => {
        if (!condition(text())) return;
        watchers.delete(watch);
        clearTimeout(timer);
        done(text());
      };
      watchers.add(watch);
      watch();
    });
  const settle = () => new Promise(done => setTimeout(done, 25));
  return {
    text,
    until,
    settle,
    write: data => child.write(data),
    async quit() {
      child.write('\x03');
      await exited;
    },
  };
}

function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

function round(value) {
  return Math.round(value * 100) / 100;
}
