import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CLI, cleanEnvironment, NOW, postern } from './run.ts';

const ESC = '\x1b';
const DIST = dirname(CLI);

/** A module hook that names every file it loads on stderr. */
const LOG_LOADS = dataUrl(
  `import { register } from 'node:module'; register(${JSON.stringify(
    dataUrl(
      "export async function load(url, context, next) { process._rawDebug('LOADED ' + url); return next(url, context); }",
    ),
  )});`,
);

function dataUrl(code: string): string {
  return `data:text/javascript,${encodeURIComponent(code)}`;
}

test('a pipe gets no colour and no control characters', async () => {
  const { stdout, stderr } = await postern(['--ci', '--demo', '--now', NOW]);
  expect(stdout + stderr).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/u);
});

test('FORCE_COLOR colours a pipe, NO_COLOR has the last word', async () => {
  const coloured = await postern(['--ci', '--demo', '--now', NOW], { env: { FORCE_COLOR: '1' } });
  expect(coloured.stdout).toContain(`${ESC}[`);
  const plain = await postern(['--ci', '--demo', '--now', NOW], { env: { FORCE_COLOR: '1', NO_COLOR: '1' } });
  expect(plain.stdout).not.toContain(ESC);
});

test('no line is a command of a CI system', async () => {
  const { stdout } = await postern(['--ci', '--demo', '--now', NOW]);
  expect(stdout.split('\n').filter(line => /^\s*::|##(vso)?\[|##teamcity\[/.test(line))).toEqual([]);
});

test('a reader that goes away early is no error', async () => {
  const child = spawn(process.execPath, [CLI, 'documents', '--demo=large=300', '--now', NOW], {
    env: cleanEnvironment(),
  });
  let stderr = '';
  child.stderr.on('data', data => {
    stderr += data;
  });
  child.stdout.once('data', () => child.stdout.destroy());
  const code = await new Promise(done => child.on('close', done));
  expect(code).toBe(141);
  expect(stderr).not.toMatch(/EPIPE|bug/);
});

describe.skipIf(!existsSync('/dev/full'))('a stream that takes nothing', () => {
  test.each([
    ['a report', ['--ci', '--demo', '--now', NOW]],
    ['the help', ['--help']],
  ])('stdout: one line and exit 1 for %s', async (_, args) => {
    const ran = await withStdio(args, ['ignore', 'full', 'pipe']);
    const [line, ...more] = ran.stderr.split('\n').filter(text => !/^(account|looking) /.test(text));
    expect(line).toMatch(/^postern: cannot write to stdout: ENOSPC/);
    expect(more).toEqual(['']);
    expect(ran.code).toBe(1);
  });

  test('stderr: the report and its exit code all the same', async () => {
    const whole = await postern(['--ci', '--demo', '--now', NOW]);
    const ran = await withStdio(['--ci', '--demo', '--now', NOW], ['ignore', 'pipe', 'full']);
    expect(ran).toMatchObject({ code: whole.code, stdout: whole.stdout });
  });
});

test('a reader of stderr that goes away changes nothing', async () => {
  const whole = await postern(['--ci', '--demo', '--now', NOW]);
  const child = spawn(process.execPath, [CLI, '--ci', '--demo', '--now', NOW], { env: cleanEnvironment() });
  child.stderr.destroy();
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', text => {
    stdout += text;
  });
  const code = await new Promise(done => child.on('close', done));
  expect({ code, stdout }).toEqual({ code: whole.code, stdout: whole.stdout });
});

test.each([
  [['--demo'], 'postern --ci --demo'],
  [['--demo=fleet', '--ascii', '--rules', 'my rules'], "postern --ci --demo=fleet --rules 'my rules'"],
  [['--demo', '--format', 'json'], 'postern --ci --demo --format json'],
])('without a terminal the screen says what to use instead: %s', async (args, instead) => {
  const ran = await postern(args);
  expect(ran).toMatchObject({ code: 1, stdout: '' });
  expect(ran.stderr).toContain(`Use: ${instead}\n`);
});

test('--ci loads neither React nor Ink', async () => {
  const withReact = readdirSync(DIST).filter(
    name => name.endsWith('.js') && readFileSync(join(DIST, name), 'utf8').includes('react.element'),
  );
  expect(withReact, 'React is somewhere in the bundle').not.toEqual([]);
  const { code, stderr } = await postern(['--ci', '--demo=empty', '--now', NOW], {
    env: { NODE_OPTIONS: `--import=${LOG_LOADS}` },
  });
  const loaded = [...stderr.matchAll(/^LOADED (.*)$/gm)].map(([, url = '']) => basename(url));
  expect(code).toBe(0);
  expect(loaded).toContain('cli.js');
  expect(loaded.filter(name => withReact.includes(name))).toEqual([]);
});

/** Runs with streams that are read, or that take nothing. */
async function withStdio(args: readonly string[], kinds: readonly ('ignore' | 'pipe' | 'full')[]) {
  const full = openSync('/dev/full', 'w');
  const stdio = kinds.map(kind => (kind === 'full' ? full : kind));
  const child = spawn(process.execPath, [CLI, ...args], { env: cleanEnvironment(), stdio });
  closeSync(full);
  const ran = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name]?.setEncoding('utf8').on('data', text => {
      ran[name] += text;
    });
  const code = await new Promise(done => child.on('close', done));
  return { code, ...ran };
}
