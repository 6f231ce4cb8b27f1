import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn as spawnPty } from '@lydell/node-pty';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CLI, cleanEnvironment } from './run.ts';

const LINE = JSON.stringify({
  eventVersion: '1.08',
  eventID: '0b1c2d3e-0000-4000-8000-000000000001',
  eventTime: '2026-11-23T00:00:00Z',
  eventSource: 'rolesanywhere.amazonaws.com',
  eventName: 'CreateProfile',
  awsRegion: 'eu-west-1',
  recipientAccountId: '111122223333',
});

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'postern-interrupt-'));
  writeFileSync(join(folder, 'log.json'), `${LINE}\n`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(process.platform === 'win32')('postern replay, stopped', () => {
  test('Ctrl-C ends it with 130: what was found is printed, and how far it came', async () => {
    const { code, stdout, stderr } = await interrupted(['replay', join(folder, 'log.json'), '-']);
    expect(code).toBe(130);
    expect(stdout).toContain('0b1c2d3e-0000-4000-8000-000000000001');
    expect(stderr).toMatch(/^stopped after \d+ records, \d+ hits?, in -$/m);
  });

  test('with --output, what was found is in the file', async () => {
    const output = join(folder, 'hits.ndjson');
    const { code } = await interrupted(['replay', join(folder, 'log.json'), '-', '--output', output]);
    expect(code).toBe(130);
    expect(readFileSync(output, 'utf8')).toContain('0b1c2d3e-0000-4000-8000-000000000001');
  });
});

describe.skipIf(process.platform === 'win32')('postern replay on a terminal', () => {
  const onTerminal = (args: readonly string[]) =>
    new Promise<string>(done => {
      const terminal = spawnPty(process.execPath, [CLI, ...args], { cols: 80, rows: 24, env: cleanEnvironment() });
      let text = '';
      terminal.onData(data => {
        text += data;
      });
      terminal.onExit(() => done(text));
    });

  test('shows how far it is, and takes that away again', async () => {
    const text = await onTerminal(['replay', join(folder, 'log.json'), '--output', join(folder, 'out.ndjson')]);
    expect(text).toContain('MB · ');
    expect(text).toMatch(/records\/s[^\n]*\r\u001b\[2K[^\n]*1 record, /);
  });

  test('shows nothing with --quiet', async () => {
    expect(await onTerminal(['replay', join(folder, 'log.json'), '--quiet'])).not.toContain('MB');
  });
});

/** Lets it read, and sends what Ctrl-C sends once it waits for more on stdin. */
async function interrupted(args: readonly string[]) {
  const child = spawn(process.execPath, [CLI, ...args], { env: cleanEnvironment() });
  const out = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', text => {
    out.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', text => {
    out.stderr += text;
  });
  // More than a pipe holds: when the last of it is taken, the rest was read.
  await new Promise(taken => child.stdin.write(`${LINE}\n`.repeat(2000), taken));
  await new Promise(passed => setTimeout(passed, 200));
  child.kill('SIGINT');
  const [code] = await once(child, 'close');
  return { code, ...out };
}
