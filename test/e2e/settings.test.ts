import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NOW, postern } from './run.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'postern-settings-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (text: string, file = 'postern.toml') => writeFileSync(join(folder, file), text);
const run = (...args: readonly string[]) => postern([...args, '--now', NOW], { cwd: folder });
const audit = async (...args: readonly string[]) => {
  const { stdout } = await run('--ci', '--demo=break-in', '--format', 'json', ...args);
  return JSON.parse(stdout) as {
    readonly config?: { readonly file: string };
    readonly findings: readonly { readonly rule: string; readonly severity: string }[];
  };
};

const KNOWN = `[lists]
known_actors = ["arn:aws:iam::111122223333:user/dev-*"]
known_networks = ["192.0.2.0/24"]
`;

describe('--ci', () => {
  test('judges by postern.toml, and the report says so', async () => {
    const severityOf = ({ findings }: Awaited<ReturnType<typeof audit>>) =>
      findings.find(({ rule }) => rule === 'event-profile-created')?.severity;
    const without = await audit();
    expect(without.config).toBeUndefined();
    expect(severityOf(without)).toBe('high');
    write(KNOWN);
    const known = await audit();
    expect(known.config).toEqual({ file: 'postern.toml', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(severityOf(known)).toBe('info');
    expect(severityOf(await audit('--config', 'none'))).toBe('high');
    write(KNOWN.replace(/^known_networks.*$/m, ''));
    expect(severityOf(await audit())).toBe('info');
    write(KNOWN.replace('192.0.2.0/24', '203.0.113.255/32'));
    expect(severityOf(await audit())).toBe('high');
    write(KNOWN.replace(/^known_actors.*$/m, ''));
    expect(severityOf(await audit())).toBe('high');
    expect((await run('--ci', '--demo=empty')).stdout).toMatch(/^Config\s+postern\.toml \(SHA-256 [0-9a-f]{16}\)$/m);
  });

  test('goes on from the last run when the settings have changed', async () => {
    const { stdout: first } = await run('--ci', '--demo=break-in', '--since', 'last', '--format', 'json');
    write(KNOWN);
    const { stdout, code } = await run('--ci', '--demo=break-in', '--since', 'last', '--format', 'json');
    const eventsIn = (text: string) =>
      (JSON.parse(text) as { findings: { resource: { kind: string } }[] }).findings.filter(
        ({ resource }) => resource.kind === 'event',
      );
    expect(eventsIn(first)).not.toEqual([]);
    expect(eventsIn(stdout)).toEqual([]);
    expect(code).toBe(2);
  });

  test('ends with 1 for settings that are none', async () => {
    write('[thresholds]\nmax_role = 3\n');
    for (const args of [
      ['--ci', '--demo=empty'],
      ['query', 'kind: *', '--demo=empty'],
      ['rules', 'check'],
    ]) {
      const { code, stderr } = await run(...args);
      expect(code).toBe(1);
      expect(stderr).toContain('postern.toml:2: thresholds.max_role: is not known here: did you mean max_roles?');
    }
  });
});

test('documents, query and replay know them too', async () => {
  write(KNOWN);
  const record = {
    eventID: 'e1',
    eventName: 'CreateProfile',
    eventSource: 'rolesanywhere.amazonaws.com',
    eventTime: '2026-11-23T02:00:00Z',
    sourceIPAddress: '192.0.2.7',
    userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/dev-ci' },
  };
  write(JSON.stringify({ Records: [record] }), 'log.json');
  const said = { known_actor: true, known_network: true };
  const { stdout } = await postern(['documents', '--events', 'log.json'], { cwd: folder });
  expect(JSON.parse(stdout).postern).toEqual(said);
  const [hit = ''] = (await run('replay', 'log.json')).stdout.split('\n');
  expect(JSON.parse(hit).document.postern).toEqual(said);
  const found = await run('query', 'kind: profile and profile.beyond.max_roles: true', '--demo=break-in');
  write('[thresholds]\nmax_roles = 1\n');
  const more = await run('query', 'kind: profile and profile.beyond.max_roles: true', '--demo=break-in');
  expect(more.stdout.length).toBeGreaterThan(found.stdout.length);
});

describe('expect', () => {
  test.each(['break-in', 'tidy'])('declares %s as it is: --ci has nothing to say of it', async story => {
    const printed = await run('expect', `--demo=${story}`);
    expect(printed.code).toBe(0);
    write(printed.stdout);
    const { stdout } = await run('--ci', `--demo=${story}`, '--format', 'json');
    const { findings, config } = JSON.parse(stdout) as Awaited<ReturnType<typeof audit>>;
    expect(config?.file).toBe('postern.toml');
    expect(findings.filter(({ rule }) => rule.startsWith('expected-'))).toEqual([]);
  });

  test('tells what is not known, and ends with 3', async () => {
    const { code, stderr, stdout } = await run('expect', '--demo=denied', '--quiet');
    expect(code).toBe(3);
    expect(stderr).toContain('which certificates enter is not known, and left out');
    expect(stdout).toContain('[[expect.trust_anchor]]');
  });
});
