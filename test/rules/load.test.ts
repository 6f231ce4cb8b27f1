import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readRecords } from '../../src/cloudtrail/read.ts';
import { checkRules } from '../../src/rules/check.ts';
import { loadRules } from '../../src/rules/load.ts';
import { replay } from '../../src/rules/replay.ts';
import { readRule } from '../../src/rules/ruleFile.ts';
import { NOW, ruleFrom, ruleText } from './ruleText.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'postern-rules-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), text);
  }
}

const load = (...dirs: readonly string[]) =>
  loadRules({ dirs: dirs.length > 0 ? dirs : [dir], builtin: false, now: NOW });
const told = (...dirs: readonly string[]) =>
  load(...dirs).problems.map(
    ({ file, line, message }) => `${file.slice(dir.length + 1)}:${line ?? '-'} ${message.replaceAll(dir, 'DIR')}`,
  );

describe('loadRules', () => {
  it('reads folders in folders and single files, and nothing but TOML', () => {
    write({ 'a/z.toml': ruleText(), 'b.toml': ruleText(), 'readme.md': 'x', '.git/x.txt': 'x' });
    expect(load().rules.map(rule => rule.id)).toEqual(['b', 'z']);
    expect(load(join(dir, 'b.toml')).rules.map(rule => rule.id)).toEqual(['b']);
    expect(load(dir, dir)).toMatchObject({ rules: [{ id: 'b' }, { id: 'z' }], problems: [] });
  });

  it('tells every problem of every file at once, and keeps the good rules', () => {
    write({
      '1-good.toml': ruleText(),
      '2-toml.toml': '[rule]\nname = "x\n',
      '3-empty.toml': '',
      '4-shape.toml': ruleText({ rule: 'references = "x"' }).replace('"low"', '"mild"').replace('= 21', '= 210'),
      '5-postern.toml': ruleText({ after: '[postern]\nblindspots = ["x"]\n[postern.fix]\ncli = "x"' }),
      '6-field.toml': ruleText({ query: 'profile.enabled: true\nand profile.enabld: true' }),
      '7-kql.toml': ruleText({ query: 'profile.enabled: (true' }),
      '7-none.toml': ruleText({ query: '' }),
      '8-kind.toml': ruleText({ index: 'postern-cert' }),
      '9-when.toml': ruleText({
        after: '[[postern.severity_when]]\nquery = "nix: 1"\nseverity = "high"\nrisk_score = 73',
      }),
      '9-lines.toml': ruleText({ rule: 'false_positives = "a\\n::x"', after: '[postern]\n"a\\n::x" = 1' }),
      'a/1-good.toml': ruleText(),
      'b-date.toml': ruleText({
        after: '[[postern.examples]]\nname = "n"\nexpect = "match"\ndocument.profile.created_at = 2026-01-01',
      }),
    });
    expect(told()).toMatchInlineSnapshot(`
      [
        "2-toml.toml:2 Invalid TOML document: control characters are not allowed in strings

      1:  [rule]
      2:  name = "x
                   ^",
        "3-empty.toml:- rule: is missing",
        "4-shape.toml:4 rule.severity: must be one of critical, high, medium, low, info",
        "4-shape.toml:5 rule.risk_score: must be 0 to 100",
        "4-shape.toml:12 rule.references: must be a list of texts",
        "5-postern.toml:15 postern.fix.text: is missing",
        "5-postern.toml:14 postern.blindspots: is not known here",
        "6-field.toml:11 There is no field "profile.enabld"
        and profile.enabld: true
            ^
      Did you mean profile.enabled?",
        "7-kql.toml:10 Expected ")", "and" or "or", but found the end of the query
        profile.enabled: (true
                              ^",
        "7-none.toml:9 rule.query: is missing or empty",
        "8-kind.toml:8 there are no postern-cert documents; index is one of postern-trust_anchor, postern-profile, postern-crl, postern-subject, postern-role, postern-path, postern-account, logs-aws.cloudtrail-*",
        "9-lines.toml:12 rule.false_positives: must be a list of texts",
        "9-lines.toml:13 postern."a\\u000a::x": is not known here",
        "9-when.toml:14 There is no field "nix"
        nix: 1
        ^",
        "a/1-good.toml:- the id 1-good is taken by DIR/1-good.toml: a rule's id is its file's name",
        "b-date.toml:13 postern.examples.0.document: must be a table of JSON values (write a date as text)",
      ]
    `);
    expect(load().rules.map(rule => rule.id)).toEqual(['1-good']);
  });

  it('says of a folder that it is not there, and goes on', () => {
    write({ 'b.toml': ruleText() });
    const { rules, problems } = load(join(dir, 'nowhere'), dir);
    expect(rules.map(rule => rule.id)).toEqual(['b']);
    expect(problems).toEqual([{ file: join(dir, 'nowhere'), line: undefined, message: 'cannot be read: ENOENT' }]);
  });

  it('follows links to files, not to folders, and says which lead nowhere', () => {
    write({ 'real/b.toml': ruleText() });
    symlinkSync(dir, join(dir, 'real/circle.toml'));
    symlinkSync(join(dir, 'real/b.toml'), join(dir, 'c.toml'));
    expect(load().rules.map(rule => rule.id)).toEqual(['b', 'c']);
    symlinkSync(join(dir, 'nowhere'), join(dir, 'dangling.toml'));
    expect(told()).toEqual(['dangling.toml:- cannot be read: ENOENT']);
  });

  it('a rule of a folder cannot take the place of a built-in one', () => {
    write({ 'anchor-no-crl.toml': ruleText() });
    const { problems } = loadRules({ dirs: [dir], builtin: true, now: NOW });
    expect(problems.map(problem => problem.message)).toEqual([
      expect.stringContaining('the id anchor-no-crl is taken by'),
    ]);
  });

  it('says of rules that have one rule_id that they do', () => {
    const elastic = ruleText().replace('[rule]', '[rule]\nrule_id = "x"');
    write({ 'a.toml': elastic, 'b.toml': elastic, 'c.toml': elastic.replace('"x"', '"y"'), 'd.toml': ruleText() });
    const { rules, problems } = load();
    expect(problems).toEqual([]);
    expect(rules.map(({ id, offline }) => [id, offline.notes.filter(note => note.startsWith('the rule_id'))])).toEqual([
      ['a', [expect.stringContaining('that of b too')]],
      ['b', [expect.stringContaining('that of a too')]],
      ['c', []],
      ['d', []],
    ]);
  });

  it('survives text of any kind', () => {
    write({
      '__proto__.toml': ruleText(),
      'nul.toml': '\0',
      'deep.toml': `x = ${'['.repeat(5000)}`,
      'bytes.toml': '\ufffd\u202e',
    });
    const { rules, problems } = load();
    expect(rules.map(rule => rule.id)).toEqual(['__proto__']);
    expect(problems).toHaveLength(3);
  });
});

describe('readRule', () => {
  it.each([
    ['ES|QL', 'esql', 'esql', 'not runnable offline: ES|QL'],
    ['ES|QL that does not say so', 'esql', undefined, 'not runnable offline: ES|QL'],
    ['machine learning', 'machine_learning', undefined, 'not runnable offline: machine learning'],
    ['indicators', 'threat_match', 'kuery', 'not runnable offline: rules of type threat_match'],
    ['Lucene', 'query', 'lucene', 'not runnable offline: query rules in lucene'],
    ['a type in the language of another', 'eql', 'kuery', 'not runnable offline: eql rules in kuery'],
  ])('lists what it cannot run: %s', (_, type, language, unsupported) => {
    const said = language === undefined ? '' : `language = "${language}"`;
    const text = ruleText({ index: 'logs-aws.cloudtrail-*' }).replace('type = "query"', `type = "${type}"`);
    expect(ruleFrom(text.replace('language = "kuery"', said)).run).toEqual({ unsupported });
  });

  const events = { index: 'logs-aws.cloudtrail-*', query: 'event.action: A' };
  const NEW_TERMS =
    '[rule.new_terms]\nvalue = ["user.name"]\n[[rule.new_terms.history_window_start]]\nvalue = "now-10d"';

  const DEEP = `${'a.'.repeat(5000)}a`;

  it.each([
    ['new_terms', NEW_TERMS, { kind: 'new_terms', fields: ['user.name'], historyMs: 864_000_000 }],
    [
      'threshold',
      'from = "now-1h"\n[rule.threshold]\nfield = "user.name"\nvalue = 3\n[[rule.threshold.cardinality]]\nfield = "event.id"\nvalue = 2',
      {
        kind: 'threshold',
        fields: ['user.name'],
        value: 3,
        cardinality: { field: 'event.id', value: 2 },
        windowMs: 3_600_000,
      },
    ],
  ])('reads the table of %s', (type, after, over) => {
    const text = ruleText({ ...events, after }).replace('type = "query"', `type = "${type}"`);
    expect(ruleFrom(text).run).toMatchObject({ over });
  });

  it.each([
    ['new_terms', '', ['rule.new_terms: is missing']],
    ['threshold', '', ['rule.threshold: is missing']],
    [
      'new_terms',
      NEW_TERMS.replace('now-10d', 'ten days'),
      [/^rule.new_terms.history_window_start: "ten days" is no time/],
    ],
    [
      'new_terms',
      NEW_TERMS.replace('now-10d', 'now-10d/d'),
      [/^rule.new_terms.history_window_start: "now-10d\/d" is no time/],
    ],
    ['new_terms', NEW_TERMS.replace('now-10d', 'now+10d'), [/is no time before now/]],
    ['new_terms', NEW_TERMS.replace('now-10d', '2026-01-01'), [/is no time before now/]],
    [
      'new_terms',
      NEW_TERMS.replace('["user.name"]', '["a", "b", "c", "d"]'),
      ['rule.new_terms.value: must be three fields at most'],
    ],
    ['new_terms', NEW_TERMS.replace('["user.name"]', '[]'), ['rule.new_terms.value: must name a field']],
    ['threshold', '[rule.threshold]\nfield = []\nvalue = 0', ['rule.threshold.value: must be 1 or more']],
    [
      'threshold',
      '[rule.threshold]\nfield = [1]\nvalue = 1',
      ['rule.threshold.field: must be a list of names of fields'],
    ],
    ['threshold', `[rule.threshold]\nfield = "${DEEP}"\nvalue = 1`, [/^rule.threshold.field: must/]],
    ['new_terms', NEW_TERMS.replace('user.name', DEEP), [/^rule.new_terms.value.0: must have 100 parts at most/]],
    ['threshold', 'from = "now"\n[rule.threshold]\nvalue = 1', [/^rule.from: "now" is no time before now/]],
    ['query', '[rule.alert_suppression]', [/^rule.alert_suppression: must say with group_by/]],
    ['query', '[rule.alert_suppression]\ngroup_by = ["a", "b", "c", "d"]', [/group_by: must be three fields at most/]],
    [
      'query',
      '[rule.alert_suppression]\ngroup_by = ["user.name"]\nduration = { value = 1, unit = "y" }',
      ['rule.alert_suppression.duration.unit: must be s, m, h or d'],
    ],
    [
      'query',
      'interval = "often"\n[rule.alert_suppression]\ngroup_by = ["user.name"]',
      [/^rule.interval: "often" is no interval/],
    ],
    [
      'query',
      '[[postern.examples]]\nname = "x"\nexpect = "match"',
      [/^postern.examples.0: must have a document, or documents/],
    ],
    [
      'query',
      '[[postern.examples]]\nname = "x"\nexpect = "match"\ndocument = {}\ndocuments = [{}]',
      [/^postern.examples.0: must have a document, or documents/],
    ],
    ['query', '[[postern.examples]]\nname = "x"\nexpect = "match"\ndocuments = []', [/documents: must not be empty/]],
  ])('says what is wrong with a rule of type %s: %s', (type, after, messages) => {
    const text = ruleText({ ...events, after }).replace('type = "query"', `type = "${type}"`);
    const reading = readRule({ file: 'f.toml', text }, NOW);
    expect('problems' in reading && reading.problems.map(problem => problem.message)).toEqual(
      messages.map(message => expect.stringMatching(message)),
    );
  });

  it('resources are not looked at over time', () => {
    const text = ruleText({ after: '[rule.threshold]\nvalue = 2' }).replace('type = "query"', 'type = "threshold"');
    const reading = readRule({ file: 'f.toml', text }, NOW);
    expect(reading).toMatchObject({
      problems: [{ message: 'rule.type: only a rule about events can look at several of them' }],
    });
  });

  it('takes the language of its type for a rule that does not say', () => {
    const text = ruleText({ ...events, query: 'any where event.action == "A"' }).replace('language = "kuery"', '');
    expect(ruleFrom(text.replace('"query"', '"eql"'))).toMatchObject({
      language: 'eql',
      run: { query: expect.anything() },
    });
  });

  it('lists rules about data that Postern does not read', () => {
    const { run } = ruleFrom(ruleText({ index: 'logs-okta*', query: 'okta.x: 1' }));
    expect(run).toEqual({ unsupported: 'reads logs-okta*, which Postern does not' });
  });

  it('takes the file’s name for the id, wrapped prose for paragraphs, the query’s fields for evidence', () => {
    const text = ruleText().replace('"What and why."', '"""\nWhat\nand why.\n\nAnd more.\n"""');
    expect(ruleFrom(text, '/x/y/my-rule.v2.toml')).toMatchObject({
      id: 'my-rule.v2',
      kind: 'profile',
      description: 'What and why.\n\nAnd more.',
      evidenceFields: ['profile.enabled'],
      fix: { text: '' },
      severityWhen: [],
    });
  });

  const withoutIndex = (query: string) => ruleText({ query }).replace(/^index.*\n/m, '');

  it.each([
    [
      'no index',
      withoutIndex('profile.enabled: true'),
      'profile.enabled is a field of profile, path documents. For a rule about those, write index = ["postern-profile"] or index = ["postern-path"]',
    ],
    [
      'the index of another kind, and a slip of the pen',
      ruleText({ index: 'postern-profile', query: 'role.admin: true and role.admn: true' }),
      'role.admin is a field of role documents. For a rule about those, write index = ["postern-role"]',
    ],
    [
      'an event asked about under a posture index',
      ruleText({ query: 'event.action: CreateProfile' }),
      'event.action is a field of event documents. For a rule about those, write index = ["logs-aws.cloudtrail-*"]',
    ],
    [
      'a field of several kinds',
      withoutIndex('account.alias: x'),
      /^account\.alias is a field of trust_anchor, profile, .* documents\..* write index = \["postern-trust_anchor"\] or index = /,
    ],
    ['a name that is no field of any kind', withoutIndex('event.actoin: x'), 'Did you mean event.action?'],
    ['a query that is none', withoutIndex('profile.enabled: (true'), /\^$/],
  ])('says which index a query is about: %s', (_, text, hint) => {
    const reading = readRule({ file: 'f.toml', text }, NOW);
    if (!('problems' in reading)) throw new Error('it loads');
    expect(reading.problems).toHaveLength(1);
    expect(reading.problems[0]?.message.split('\n').at(-1)).toMatch(hint);
  });

  it('tells the line of a query inside the file', () => {
    const reading = readRule({ file: 'f.toml', text: ruleText({ query: 'profile.enabled: true\nor nix: 1' }) }, NOW);
    expect(reading).toMatchObject({ problems: [{ file: 'f.toml', line: 11 }] });
  });
});

const elastic = new URL('../../../shared/data/elastic-rules', import.meta.url).pathname;
describe.skipIf(!existsSync(elastic))("Elastic's own files", () => {
  it('load as they are', () => {
    const loaded = load(elastic);
    expect(loaded.problems).toEqual([]);
    expect(
      checkRules(loaded).map(({ rule_id: id, type, language, status, reason }) => [id, type, language, status, reason]),
    ).toEqual([
      ['1d4ca9c0-ff1e-11ee-91cc-f661ea17fbce', 'query', 'kuery', 'runs', null],
      ['1d4ca9c0-ff1e-11ee-91cc-f661ea17fbce', 'query', 'kuery', 'runs', null],
      ['71de53ea-ff3b-11ee-b572-f661ea17fbce', 'eql', 'eql', 'runs', null],
    ]);
    expect(checkRules(loaded).flatMap(check => check.problems)).toEqual([]);
  });

  it('speak of the real records of an attack', async () => {
    const file = new URL('../../../shared/data/cloudtrail/rolesanywhere-real-records.json', import.meta.url).pathname;
    const told: string[] = [];
    for await (const { rule, status, event_id: id } of replay(
      readRecords([file], { onProblem: () => {} }),
      load(elastic).rules,
    ))
      told.push(`${rule} ${status} ${id?.slice(0, 8)}`);
    expect(told).toEqual([
      'persistence_iam_roles_anywhere_trusted_anchor_created_with_external_ca match 66e5f252',
      'persistence_iam_roles_anywhere_profile_created match aebbe7b5',
      'persistence_iam_roles_anywhere_profile_created.2024-06 match aebbe7b5',
    ]);
  });
});
