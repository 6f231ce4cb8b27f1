import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PretendAws, startPretendAws } from '../../mocks/server.ts';
import { NOW, postern, ROOT } from './run.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'postern-sources-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ['documents', []],
  ['query', ['kind: role']],
])('%s of an account that denies calls says so, and ends with 3', async (command, words) => {
  const { stderr, code } = await postern([command, ...words, '--demo=denied', '--now', NOW, '--quiet']);
  expect(stderr).toMatch(/^777788889999 .*: iam:GetRole: .*AccessDenied/m);
  expect(code).toBe(3);
});

describe('a saved snapshot', () => {
  test('gives the same report as the account it was taken from', async () => {
    const file = join(folder, 'fleet.json');
    const live = await postern(['--ci', '--demo=fleet', '--now', NOW, '--save', file]);
    const saved = await postern(['--ci', '--from', file, '--now', NOW]);
    expect(saved.stdout).toBe(live.stdout);
    expect(saved.code).toBe(live.code);
  });

  test.each([
    ['with regions', { regions: [{ name: 'eu-west-1' }, { name: 'us-east-1' }] }, 'in eu-west-1, us-east-1: '],
    ['without', {}, 'in all other regions: '],
  ])('in which nothing was asked for, %s, has no finding and is no pass', async (_, members, profiles) => {
    const file = join(folder, 'nothing-asked.json');
    const account = { id: '111122223333', ...members };
    writeFileSync(file, JSON.stringify({ postern: 'snapshot/1', takenAt: NOW, accounts: [account] }));
    const { stdout, code } = await postern(['--ci', '--from', file, '--now', NOW]);
    expect(stdout).toContain('No findings in what was looked at; ');
    expect(stdout).toContain(`whatever profiles there are ${profiles}`);
    expect(stdout).toContain('whatever roles there are: ');
    expect(stdout).not.toContain(' 0 not evaluated');
    expect(code).toBe(0);
  });

  test('is judged as of when it was taken, or as of another time: rules and documents by one clock', async () => {
    const file = join(folder, 'tidy.json');
    const live = await postern(['--ci', '--demo=tidy', '--now', NOW, '--save', file]);
    const findings = async (...flags: string[]) => {
      const { stdout } = await postern(['--ci', '--format', 'json', '--from', file, ...flags]);
      return JSON.parse(stdout).findings.map(({ rule }: { readonly rule: string }) => rule);
    };
    expect(live.code).toBe(0);
    expect(await findings()).toEqual([]);
    expect(await findings('--now', '2040-03-01T00:00:00Z')).toEqual(
      expect.arrayContaining(['anchor-expired', 'crl-stale', 'profile-stale']),
    );
    const { stdout } = await postern(['query', 'subject.last_seen_at >= now-1d', '--from', file]);
    expect(stdout.split('\n').length - 1).toBeGreaterThan(0);
  });

  test('holds policies as text that people can read', async () => {
    const file = join(folder, 'break-in.json');
    await postern(['--ci', '--demo', '--now', NOW, '--save', file]);
    expect(readFileSync(file, 'utf8')).not.toContain('%7B');
  });

  test.each([
    ['cut short', '{"postern": "snapshot/1", "acc', 'is not JSON'],
    ['without an account', `{"postern": "snapshot/1", "takenAt": "${NOW}", "accounts": []}`, 'holds no account'],
    ['of another version', '{"postern": "snapshot/9", "accounts": []}', 'its version is "snapshot/9"'],
    [
      'with a wrong member',
      '{"postern": "snapshot/1", "takenAt": "2026-01-01T00:00:00Z", "accounts": [{}]}',
      '$.accounts[0].id: is missing',
    ],
  ])('%s is an error that says where', async (_name, text, message) => {
    const file = join(folder, 'broken.json');
    writeFileSync(file, text);
    const ran = await postern(['--ci', '--from', file]);
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(ran.stderr).toContain(message);
  });
});

describe('an endpoint and credentials of the user', () => {
  let aws: PretendAws;
  beforeAll(async () => {
    aws = await startPretendAws({ story: 'tidy', now: new Date(NOW) });
  });
  afterAll(() => aws.close());

  const environment = () => ({
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_ACCESS_KEY_ID: aws.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: aws.credentials.secretAccessKey,
  });

  test('AWS_ENDPOINT_URL is honoured by every service', async () => {
    const ran = await postern(['--ci', '--region', 'eu-west-1', '--now', NOW], { env: environment() });
    expect(ran.stderr).not.toContain('not read');
    expect(ran.code).toBe(0);
  });

  test('a region that is not enabled is named, and the rest is read', async () => {
    const ran = await postern(['--ci', '--region', 'eu-west-1,me-south-1', '--now', NOW], { env: environment() });
    expect(ran.stdout).toContain('me-south-1');
    expect(ran.code).toBe(3);
  });

  test('an endpoint where nobody answers is an error', async () => {
    const ran = await postern(['--ci'], { env: { ...environment(), AWS_ENDPOINT_URL: 'http://127.0.0.1:9' } });
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(ran.stderr).toContain('postern: ');
    expect(ran.stderr).not.toContain('bug');
  });

  test('an unknown AWS profile is an error', async () => {
    const ran = await postern(['--ci', '--profile', 'nobody']);
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(ran.stderr).toContain('nobody');
    expect(ran.stderr).not.toContain('bug');
  });

  test('no credentials at all is an error with a way on', async () => {
    const ran = await postern(['--ci']);
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(ran.stderr).toMatch(/credentials/i);
    expect(ran.stderr).not.toContain('bug');
  });
});

test('expired credentials are an error with a way on', async () => {
  const aws = await startPretendAws({
    story: 'tidy',
    now: new Date(NOW),
    faults: [{ operation: '*', kind: 'ExpiredToken' }],
  });
  const ran = await postern(['--ci'], {
    env: {
      AWS_ENDPOINT_URL: aws.endpoint,
      AWS_ACCESS_KEY_ID: aws.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: aws.credentials.secretAccessKey,
    },
  });
  await aws.close();
  expect(ran).toMatchObject({ code: 1, stdout: '' });
  expect(ran.stderr).toMatch(/expired/i);
});

test.skipIf(!existsSync('/dev/full'))('a snapshot that cannot be kept in the end costs no report', async () => {
  const { code, stdout, stderr } = await postern(['--ci', '--demo=empty', '--now', NOW, '--save', '/dev/full']);
  expect(stdout).toContain('Audit: ');
  expect(stderr).toContain('/dev/full');
  expect(code).toBe(1);
});

const ELASTIC = resolve(ROOT, '..', 'shared', 'data', 'elastic-rules');

test.skipIf(!existsSync(ELASTIC))("Elastic's own rule files judge as they are, the one in EQL too", async () => {
  const ran = await postern([
    '--ci',
    '--demo',
    '--now',
    NOW,
    '--rules',
    ELASTIC,
    '--no-builtin-rules',
    '--format',
    'json',
  ]);
  const { findings, notSupported } = JSON.parse(ran.stdout);
  expect(findings.map((finding: { rule: string }) => finding.rule)).toEqual([
    'persistence_iam_roles_anywhere_profile_created',
    'persistence_iam_roles_anywhere_trusted_anchor_created_with_external_ca',
    'persistence_iam_roles_anywhere_profile_created.2024-06',
  ]);
  expect(notSupported).toEqual([]);
});

describe('what was never asked for', () => {
  test.each([
    ['a region', ['--region', 'eu-west-1'], 'others were not asked'],
    ['no events', ['--since', '0'], 'not asked: cloudtrail:LookupEvents'],
  ])('changes no exit code, and is no all-clear: %s', async (_, flags, said) => {
    const { code, stdout } = await postern(['--ci', '--demo=tidy', '--now', NOW, ...flags]);
    expect(code).toBe(0);
    expect(stdout).toContain(said);
    expect(stdout).toContain('\nNo findings in what was looked at');
    expect(stdout).toMatch(/\nAudit: no findings in what was looked at; \d+ not evaluated, 0 calls failed, .*\n$/);
  });
});
