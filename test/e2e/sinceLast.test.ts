import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Fault, type PretendAws, type PretendAwsOptions, startPretendAws } from '../../mocks/server.ts';
import { CLI, cleanEnvironment, NOW, postern } from './run.ts';

/** One account as it was at NOW; an earlier run sees what had happened until then, for LookupEvents goes by the time asked for. */
let folder = '';
let aws: PretendAws | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'postern-last-'));
});
afterEach(async () => {
  await aws?.close();
  aws = undefined;
  rmSync(folder, { recursive: true, force: true });
});

/** Without the calls whose number AWS limits most. */
const CI = ['--ci', '--call-budget', '0'];
const STATE = '.postern-state.json';
const stateText = () => readFileSync(join(folder, STATE), 'utf8');

async function serve(more: Partial<PretendAwsOptions> = {}): Promise<void> {
  await aws?.close();
  aws = await startPretendAws({ story: 'break-in', now: new Date(NOW), ...more });
}

const environment = () => ({
  AWS_ENDPOINT_URL: aws!.endpoint,
  AWS_ACCESS_KEY_ID: aws!.credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: aws!.credentials.secretAccessKey,
});

const runAt = (now: string, ...more: readonly string[]) =>
  postern([...CI, '--since', 'last', '--format', 'json', '--now', now, ...more], { env: environment(), cwd: folder });

interface ReportFinding {
  readonly rule: string;
  readonly time?: string;
  readonly resource: { readonly kind: string; readonly id: string };
}

interface ReportRow {
  readonly region: string;
  readonly operation: string;
  readonly message: string;
}

function eventsIn({ stdout }: { readonly stdout: string }): readonly string[] {
  const { findings } = JSON.parse(stdout) as { findings: readonly ReportFinding[] };
  return findings
    .filter(each => each.resource.kind === 'event')
    .map(each => `${each.rule} ${each.resource.id}`)
    .sort();
}

function postureIn({ stdout }: { readonly stdout: string }): readonly ReportFinding[] {
  const { findings } = JSON.parse(stdout) as { findings: readonly ReportFinding[] };
  return findings.filter(each => each.resource.kind !== 'event');
}

function windowOf({ stdout }: { readonly stdout: string }, region: string): string | undefined {
  const { coverage } = JSON.parse(stdout) as { coverage: readonly ReportRow[] };
  return coverage.find(row => row.operation === 'cloudtrail:LookupEvents' && row.region === region)?.message;
}

describe('three runs', () => {
  test('tell what one run over all of it tells, each event once, and what is open every time', async () => {
    await serve();
    const [before, during, after] = ['2026-11-22T23:57:00Z', '2026-11-23T00:00:01Z', NOW];
    const ran = [await runAt(before), await runAt(during), await runAt(after)];
    const all = await postern([...CI, '--format', 'json', '--now', NOW], { env: environment(), cwd: folder });
    const told = ran.map(eventsIn);
    expect(told.map(list => list.length > 0)).toEqual([true, true, true]);
    expect(told.flat().sort()).toEqual(eventsIn(all));
    expect(postureIn(ran[2]!)).toEqual(postureIn(all));
    expect(ran.map(({ stderr }) => stderr.includes(`${STATE} is not there yet`))).toEqual([true, false, false]);
    expect(ran.map(run => windowOf(run, 'eu-west-1'))).toEqual([
      '2026-08-24T23:57:00.000Z to 2026-11-22T23:57:00.000Z',
      '2026-11-17T23:52:00.000Z to 2026-11-23T00:00:01.000Z',
      '2026-11-17T23:55:01.000Z to 2026-11-23T09:00:00.000Z',
    ]);
    const again = await runAt(after);
    expect(eventsIn(again)).toEqual([]);
    expect(postureIn(again)).toEqual(postureIn(all));
  });

  test('of which the second could not read a region tell its events in the third', async () => {
    await serve();
    await runAt('2026-11-22T09:00:00Z');
    const faults: readonly Fault[] = [
      { operation: 'cloudtrail:LookupEvents', region: 'ap-south-1', kind: 'AccessDenied' },
    ];
    await serve({ faults });
    const second = await runAt('2026-11-23T06:00:00Z');
    await serve();
    const third = await runAt(NOW);
    const all = await postern([...CI, '--format', 'json', '--now', NOW], { env: environment(), cwd: folder });
    expect(windowOf(third, 'ap-south-1')).toMatch(/^2026-11-17T/);
    expect(eventsIn(second)).toEqual([expect.stringMatching(/^event-role-trusts-ra /)]);
    expect([...eventsIn(second), ...eventsIn(third)].sort()).toEqual(eventsIn(all));
  });
});

describe('the state stays as it was where', () => {
  test('the report could not be written', async () => {
    await serve();
    await runAt('2026-11-22T09:00:00Z');
    const before = stateText();
    const ran = await runAt(NOW, '--output', join(folder, 'none', 'report'));
    expect(ran.code).toBe(1);
    expect(stateText()).toBe(before);
  });

  test.skipIf(!existsSync('/dev/full'))('the disk is full', async () => {
    await serve();
    await runAt('2026-11-22T09:00:00Z');
    const before = stateText();
    for (const flag of ['--output', '--save']) expect((await runAt(NOW, flag, '/dev/full')).code).toBe(1);
    expect(stateText()).toBe(before);
  });

  test('nobody read the report', async () => {
    await serve();
    const child = spawn(process.execPath, [CLI, ...CI, '--since', 'last', '--now', NOW], {
      cwd: folder,
      env: { ...cleanEnvironment(), ...environment() },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    child.stdout.destroy();
    expect(await new Promise(done => child.on('close', done))).toBe(141);
    expect(existsSync(join(folder, STATE))).toBe(false);
  });

  test('another run wrote it meanwhile; the report is told all the same', async () => {
    await serve({ latencyMs: 300 });
    const ran = runAt(NOW);
    await new Promise(done => setTimeout(done, 1500));
    const other = JSON.stringify({ postern: 'state/1', accounts: {}, reported: [] });
    writeFileSync(join(folder, STATE), other);
    const { code, stdout, stderr } = await ran;
    expect(code).toBe(1);
    expect(JSON.parse(stdout).findings.length).toBeGreaterThan(0);
    expect(stderr).toContain('has changed since this run began, and is left as it is: another run wrote it');
    expect(stateText()).toBe(other);
  });
});

test('a state that is broken is an error before anything is read', async () => {
  await serve();
  writeFileSync(join(folder, STATE), '{"postern": "state/1"');
  const ran = await runAt(NOW);
  expect(ran).toMatchObject({ code: 1, stdout: '' });
  expect(ran.stderr).toContain('is not a state that this Postern can go on from');
  expect(aws!.requests).toEqual([]);
});

test('a rule that is new is named, and asked about all', async () => {
  await serve();
  await runAt(NOW, '--state', 'other.json');
  const file = join(folder, 'my-rule.toml');
  writeFileSync(file, RULE);
  const ran = await runAt(NOW, '--state', 'other.json', '--rules', file);
  expect(ran.stderr).toContain('asked about 90d: my-rule\n');
  expect(eventsIn(ran).every(each => each.startsWith('my-rule '))).toBe(true);
  expect(eventsIn(ran)).not.toEqual([]);
});

const RULE = `[rule]
name = "x"
description = "x"
severity = "low"
risk_score = 21
type = "query"
language = "kuery"
index = ["logs-aws.cloudtrail-*"]
query = "event.provider: rolesanywhere.amazonaws.com and event.action: CreateTrustAnchor"
`;

test.each([
  [['--since', 'last'], '--since last goes with postern --ci', 'Use: postern --ci --since last'],
  [['documents', '--since', 'last'], '--since last goes with postern --ci', 'Here, --since takes an age'],
  [['--ci', '--state', 'x'], '--state goes with --since last', 'Use: postern --ci --since last --state FILE'],
  [
    ['--ci', '--since', 'last', '--from', 'x.json'],
    '--since means nothing with --from',
    'A snapshot holds what was read',
  ],
  [['--ci', '--since', 'last', '--state', '/nonexistent/state'], 'its folder does not exist', 'Name a file'],
])('%j is refused: %s', async (args, message, hint) => {
  const ran = await postern(args, { cwd: folder });
  expect(ran).toMatchObject({ code: 1, stdout: '' });
  expect(ran.stderr).toContain(message);
  expect(ran.stderr).toContain(hint);
});
