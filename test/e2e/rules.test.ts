import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { postern } from './run.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'postern-rules-'));
  mkdirSync(join(folder, 'broken'));
  mkdirSync(join(folder, 'foreign'));
  mkdirSync(join(folder, 'empty'));
  mkdirSync(join(folder, 'over-time'));
  writeFileSync(join(folder, 'broken', 'not-toml.toml'), '[rule\nname = 1\n');
  writeFileSync(join(folder, 'broken', 'typo.toml'), rule({ query: 'event.actoin: x', id: '' }));
  writeFileSync(join(folder, 'foreign', 'by-esql.toml'), rule({ type: 'esql', query: 'from logs-* | limit 1' }));
  writeFileSync(
    join(folder, 'over-time', 'brute-force.toml'),
    rule({
      type: 'threshold',
      query: 'event.action: ConsoleLogin and event.outcome: failure and not source.geo.country_name: Utopia',
      more: '[rule.threshold]\nfield = ["cloud.account.id"]\nvalue = 3',
    }),
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function rule({
  type = 'query',
  query,
  id = 'rule_id = "00000000-0000-0000-0000-000000000000"',
  more = '',
}: {
  readonly type?: string;
  readonly query: string;
  readonly id?: string;
  readonly more?: string;
}): string {
  return `[rule]
name = "Somebody's rule"
description = "Something happened."
${id}
severity = "low"
risk_score = 21
type = "${type}"
index = ["logs-aws.cloudtrail-*"]
query = '''
${query}
'''
${more}
`;
}

describe('a folder of broken rules', () => {
  test.each([['rules'], ['--ci', '--demo=empty'], ['rules', 'check']])(
    'postern %s says all of it and fails',
    async (...args) => {
      const { code, stdout, stderr } = await postern([...args, '--rules', join(folder, 'broken')]);
      expect(code).toBe(1);
      expect(stdout + stderr).toContain('not-toml.toml');
      expect(stdout + stderr).toContain('event.actoin');
      expect(stdout + stderr).toContain('event.action');
      expect(stderr).not.toContain('bug');
    },
  );

  test('rules check --format json names them too', async () => {
    const { code, stdout } = await postern(['rules', 'check', '--format', 'json', '--rules', join(folder, 'broken')]);
    const lines = stdout
      .trim()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(code).toBe(1);
    expect(lines.filter(line => line.status === 'problem')).toEqual([
      expect.objectContaining({ file: join(folder, 'broken', 'not-toml.toml'), rule: 'not-toml', name: null }),
      expect.objectContaining({
        file: join(folder, 'broken', 'typo.toml'),
        rule: 'typo',
        name: "Somebody's rule",
        type: 'query',
        problems: [expect.stringMatching(/^line \d+: There is no field "event.actoin"/)],
      }),
    ]);
  });
});

describe('rules check ID', () => {
  test('checks that rule alone', async () => {
    const { code, stdout } = await postern(['rules', 'check', 'anchor-expired']);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^ {2}anchor-expired {2}\d examples as expected\n\nRules: 1 checked, 0 with problems, 0 not run\.\n$/,
    );
  });

  test('says of a rule that does not load what is wrong with it, and of no other', async () => {
    const { code, stdout } = await postern(['rules', 'check', 'typo', '--rules', join(folder, 'broken')]);
    expect(code).toBe(1);
    expect(stdout).toContain('event.actoin');
    expect(stdout).not.toContain('not-toml');
    expect(stdout).toContain('Rules: 1 checked, 1 with problems, 0 not run.');
  });

  test('counts the rules that do not load among the names that may be meant', async () => {
    const { stderr } = await postern(['rules', 'check', 'tyop', '--rules', join(folder, 'broken')]);
    expect(stderr).toContain('Did you mean: typo');
  });

  test.each([
    ['check', 'nope', 'postern rules lists them.'],
    ['check', 'anchor-expird', 'Did you mean: anchor-expired, anchor-expiring'],
    ['explain', 'anchor-no-crls', 'Did you mean: anchor-no-crl'],
  ])('rules %s %s: there is no such rule', async (action, id, hint) => {
    const { code, stdout, stderr } = await postern(['rules', action, id]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe(`postern: there is no rule "${id}"\n  ${hint}\n`);
  });
});

test('rules explain of an escalation path says what that does', async () => {
  const { code, stderr } = await postern(['rules', 'explain', 'iam-902']);
  expect(code).toBe(1);
  expect(stderr).toBe(
    `postern: "iam-902" is no rule but an escalation path\n  Takes the permissions boundary off the session's own role, whose policies then hold in full. docs/escalation.md tells of all.\n`,
  );
});

describe('a rule that cannot be run', () => {
  const foreignRules = () => ['--rules', join(folder, 'foreign'), '--no-builtin-rules'];

  test.each([['rules'], ['rules', 'check']])('is named by postern %s', async (...args) => {
    const { code, stdout } = await postern([...args, ...foreignRules()]);
    expect(stdout).toContain('by-esql');
    expect(stdout).toContain('not runnable offline: ES|QL');
    expect(code).toBe(0);
  });

  test('is named by postern --ci, which judges with the others', async () => {
    const { code, stdout } = await postern(['--ci', '--demo=empty', '--rules', join(folder, 'foreign')]);
    expect(stdout).toContain('by-esql');
    expect(stdout).toContain('not runnable offline: ES|QL');
    expect(code).toBe(0);
  });

  test('is no pass when there is no other', async () => {
    const { code, stdout, stderr } = await postern(['--ci', '--demo=empty', ...foreignRules()]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('there are no rules to run');
    expect(stderr).toContain('by-esql: not runnable offline: ES|QL');
  });

  test('is named by postern replay', async () => {
    const { stderr } = await postern(['replay', '-', ...foreignRules()], { input: '{"Records":[]}' });
    expect(stderr).toContain('by-esql is not run: not runnable offline: ES|QL');
  });
});

describe('a rule over time', () => {
  const overTime = () => ['--rules', join(folder, 'over-time'), '--no-builtin-rules'];
  const login = (second: number) => ({
    eventID: `e${second}`,
    eventName: 'ConsoleLogin',
    eventTime: `2026-11-01T00:00:0${second}Z`,
    responseElements: { ConsoleLogin: 'Failure' },
    userIdentity: { type: 'Root', accountId: '111122223333' },
  });

  test('is run by postern replay, whatever the order of the records', async () => {
    const Records = [2, 1, 3, 1].map(login);
    const { code, stdout } = await postern(['replay', '-', ...overTime()], { input: JSON.stringify({ Records }) });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      rule: 'brute-force',
      status: 'match',
      event_id: 'e3',
      threshold_result: {
        terms: [{ field: 'cloud.account.id', value: '111122223333' }],
        count: 3,
        cardinality: [],
        from: '2026-11-01T00:00:01.000Z',
      },
    });
  });

  test('that asks for what no log file gives is counted by postern replay', async () => {
    const { stderr } = await postern(['replay', '-', ...overTime()], { input: '{"Records":[]}' });
    expect(stderr).toBe(
      '0 records, 0 hits\none rule asks for fields that no log file gives: postern rules check says which\n',
    );
    const quiet = await postern(['replay', '-', '--quiet', ...overTime()], { input: '{"Records":[]}' });
    expect(quiet.stderr).toBe('');
  });

  test('is one object for postern rules check --format json', async () => {
    const { stdout } = await postern(['rules', 'check', '--format', 'json', ...overTime()]);
    expect(JSON.parse(stdout)).toMatchObject({
      rule: 'brute-force',
      type: 'threshold',
      language: 'kuery',
      status: 'runs',
    });
  });
});

describe('no rules at all', () => {
  test.each([
    ['--ci', '--demo'],
    ['--ci', '--demo', '--rules', 'EMPTY'],
    ['replay', '-'],
    ['rules'],
    ['rules', 'check', '--rules', 'EMPTY'],
  ])('are an error for postern %s %s', async (...args) => {
    const given = args.map(word => (word === 'EMPTY' ? join(folder, 'empty') : word));
    const { code, stdout, stderr } = await postern([...given, '--no-builtin-rules'], { input: '{"Records":[]}' });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain("there are no rules: --no-builtin-rules leaves out Postern's own");
    if (args.includes('EMPTY')) expect(stderr).toContain(`no .toml file in ${join(folder, 'empty')}`);
  });
});

describe('--format json', () => {
  test.each([['rules'], ['rules', 'check']])('is a line for each rule for %s %s', async (...args) => {
    const { stdout } = await postern([...args, '--format', 'json']);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) expect(JSON.parse(line)).toHaveProperty('file');
  });

  test('is one document for rules explain', async () => {
    const { stdout } = await postern(['rules', 'explain', 'anchor-expired', '--format', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({ id: 'anchor-expired' });
  });
});
