import { describe, expect, it, test } from 'vitest';
import { readSettings } from '../../src/settings/read.ts';
import { DEFAULTS, LISTS, THRESHOLDS } from '../../src/settings/settings.ts';

const settingsIn = (text: string) => {
  const reading = readSettings(text);
  if ('problems' in reading) throw new Error(JSON.stringify(reading.problems));
  return reading.settings;
};

const problemsIn = (text: string) => {
  const reading = readSettings(text);
  return 'problems' in reading ? reading.problems.map(({ line, message }) => `${line ?? '-'} ${message}`) : [];
};

const HEX = 'ab'.repeat(32);

describe('what a file sets', () => {
  it.each(['', '# nothing', '[thresholds]', '[lists]', '[expect]'])('%j: the defaults', text => {
    expect(settingsIn(text)).toEqual(DEFAULTS);
  });

  it('one threshold, the others as they are', () => {
    expect(settingsIn('[thresholds]\nmax_roles = 3').thresholds).toEqual({ ...DEFAULTS.thresholds, max_roles: 3 });
  });

  it('every name of the table can be set to its bounds', () => {
    for (const bound of ['least', 'most'] as const) {
      const lines = Object.entries(THRESHOLDS).map(([name, threshold]) => `${name} = ${threshold[bound]}`);
      expect(problemsIn(`[thresholds]\n${lines.join('\n')}`)).toEqual([]);
    }
  });

  it('fingerprints and networks alike, however they are written', () => {
    const colons = HEX.toUpperCase().match(/../g)!.join(':');
    const { lists } = settingsIn(`[lists]
allowed_cas = ["${colons}", "arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/0e5d1ab2-0000"]
known_networks = ["192.0.2.7", "2001:db8::1", "10.0.0.0/8"]
known_actors = ["arn:aws:iam::111122223333:role/deploy-*"]
allowed_regions = ["eu-west-1", "us-gov-west-1"]
required_tags = ["owner"]`);
    expect(lists.allowed_cas[0]).toBe(HEX);
    expect(lists.known_networks).toEqual(['192.0.2.7/32', '2001:db8::1/128', '10.0.0.0/8']);
  });

  it('what is expected', () => {
    const { expect: expected } = settingsIn(`[[expect.trust_anchor]]
name = "corp"
region = "eu-west-1"
cas = ["${HEX}"]
[[expect.profile]]
name = "deploy"
region = "eu-west-1"
account = "111122223333"
session_policy = true
max_session_seconds = 3600
[[expect.role]]
name = "deploy"
grade = "attribute"`);
    expect(expected).toEqual({
      trust_anchor: [{ name: 'corp', region: 'eu-west-1', cas: [HEX] }],
      profile: [
        {
          name: 'deploy',
          region: 'eu-west-1',
          account: '111122223333',
          session_policy: true,
          max_session_seconds: 3600,
        },
      ],
      role: [{ name: 'deploy', grade: 'attribute' }],
    });
  });
});

describe('what is wrong with a file', () => {
  it.each<[text: string, ...problems: string[]]>([
    ['x = ', '1 Invalid TOML document: invalid value\n\n1:  x = \n        ^'],
    ['[threshold]\nmax_roles = 3', '1 threshold: is not known here: did you mean thresholds?'],
    ['[thresholds]\n\nmax_role = 3', '3 thresholds.max_role: is not known here: did you mean max_roles?'],
    ['[thresholds]\nmax_roles = "3"', '2 thresholds.max_roles: must be a whole number'],
    ['thresholds.max_roles = 0', '1 thresholds.max_roles: must be 1 to 250'],
    ['[thresholds]\nmax_roles = 2.5', '2 thresholds.max_roles: must be a whole number'],
    ['thresholds = 1', '1 thresholds: must be a table'],
    ['thresholds = []', '1 thresholds: must be a table'],
    ['expect = 2026-01-01', '1 expect: must be a table'],
    ['[expect]\nrole = [1, [], 2026-01-01]', ...[1, 2, 3].map(n => `2 expect.role[${n}]: must be a table`)],
    ['[thresholds]\nmax_roles = nan', '2 thresholds.max_roles: must be a whole number'],
    [`x = ${'['.repeat(50_000)}`, expect.stringMatching(/^1 Invalid TOML document/)],
    ['lists = { required_tags = "x" }', '1 lists.required_tags: must be a list of texts'],
    [
      '[lists]\nallowed_cas = [\n  "abc",\n  "de",\n]',
      '3 lists.allowed_cas[1]: "abc" is neither a SHA-256 fingerprint (64 hex digits) nor the ARN of a private CA',
      '4 lists.allowed_cas[2]: "de" is neither a SHA-256 fingerprint (64 hex digits) nor the ARN of a private CA',
    ],
    [
      '[lists]\nknown_networks = ["10.0.0.0/33", "10.1"]',
      '2 lists.known_networks[1]: "10.0.0.0/33" is no network: 192.0.2.0/24 or 2001:db8::/32, say',
      '2 lists.known_networks[2]: "10.1" is no network: 192.0.2.0/24 or 2001:db8::/32, say',
    ],
    [
      '[lists]\nknown_actors = ["*"]',
      '2 lists.known_actors[1]: "*" is no principal\'s ARN: arn:aws:iam::111122223333:role/deploy-*, say, where * stands for any characters',
    ],
    ['[lists]\nrequired_tags = ["a", "b", "a"]', '2 lists.required_tags[3]: "a" is there twice'],
    ['[lists]\nrequired_tags = [1]', '2 lists.required_tags[1]: must be a text'],
    [`[lists]\nallowed_cas = ["${HEX}", "${HEX.toUpperCase()}"]`, `2 lists.allowed_cas[2]: "${HEX}" is there twice`],
    [
      '[[expect.profile]]\nname = "a"\n[[expect.profile]]\nnmae = "b"\nregion = "x"',
      '1 expect.profile[1].region: is missing',
      '3 expect.profile[2].name: is missing',
      '4 expect.profile[2].nmae: is not known here: did you mean name?',
      '5 expect.profile[2].region: "x" is no region: eu-west-1, say',
    ],
    [
      '[[expect.role]]\nname = "a"\n[[expect.role]]\nname = "a"',
      '3 expect.role[2]: declares what expect.role[1] has declared: one name, region and account is one role',
    ],
    ['[expect.role]\nname = "a"', '1 expect.role: must be a list of tables'],
    ['[[expect.subject]]\nname = "a"', '1 expect.subject: is not known here: trust_anchor, profile, role are'],
    ['__proto__ = 1', '1 __proto__: is not known here: thresholds, lists, expect are'],
    [
      '[thresholds]\n"a\\n::error::x" = 1',
      expect.stringContaining('1 thresholds."a\\u000a::error::x": is not known here'),
    ],
    ['"\\u202e" = 1', '- "\\u202e": is not known here: thresholds, lists, expect are'],
    ['[thresholds]\nconstructor = 1', expect.stringContaining('2 thresholds.constructor: is not known here')],
  ])('%j', (text, ...problems) => {
    expect(problemsIn(text)).toEqual(problems);
  });

  test('lines of any length are cut in messages', () => {
    const [problem] = problemsIn(`x = "${'x'.repeat(1_000_000)}\n`);
    expect(problem?.length).toBeLessThan(5000);
  });

  test('twenty are told, by line, and how many more there are, at once', () => {
    const started = performance.now();
    const problems = problemsIn(`[lists]\nallowed_cas = [\n${'"x",\n'.repeat(20_000)}]`);
    expect(problems).toHaveLength(21);
    expect(problems.at(-1)).toBe('- and 39979 more problems in this file');
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

test('every setting says what it is for', () => {
  for (const { says } of [...Object.values(THRESHOLDS), ...Object.values(LISTS)]) expect(says).toMatch(/^[A-Z].*\.$/);
});
