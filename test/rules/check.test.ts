import { describe, expect, it } from 'vitest';
import { checkRules } from '../../src/rules/check.ts';
import { ruleFrom, ruleText } from './ruleText.ts';

const GOOD = `
[postern]
blind_spots = ["Something."]
[postern.fix]
text = "Do it."
[[postern.examples]]
name = "on"
expect = "match"
document.profile.enabled = true
[[postern.examples]]
name = "off"
expect = "no match"
document.profile.enabled = false
[[postern.examples]]
name = "who knows"
expect = "not evaluated"
document.unknown = ["profile.enabled"]`;

const check = (text: string) => checkRules({ rules: [ruleFrom(text)] })[0];
const good = ruleText({ rule: 'references = ["https://example.com/x"]', after: GOOD });

describe('checkRules', () => {
  it('has nothing to say of a good rule', () => {
    expect(check(good)).toMatchObject({ rule: 'some-rule', unsupported: undefined, problems: [] });
    expect(check(good)?.examples.map(example => example.got)).toEqual(['match', 'no match', 'not evaluated']);
  });

  it('says all that a bare rule lacks', () => {
    expect(check(ruleText())?.problems).toEqual([
      'postern.fix.text is missing: what is to be done?',
      'postern.blind_spots is missing: what can the rule not see?',
      'rule.references is missing',
      'postern.examples has none with expect = "match"',
      'postern.examples has none with expect = "no match"',
    ]);
  });

  it.each([
    [
      'an example that is wrong',
      good.replace('enabled = false', 'enabled = true'),
      'example "off": expected no match, got match',
    ],
    [
      'a plain address',
      good.replace('https:', 'http:'),
      'rule.references: http://example.com/x is not an https address',
    ],
    [
      'no address',
      good.replace('https://example.com/x', 'see there'),
      'rule.references: see there is not an https address',
    ],
    ['a score too high', good.replace('= 21', '= 47'), 'risk score 47 is not low: 1 to 21 is'],
    ['a score too low', good.replace('"low"', '"critical"'), 'risk score 21 is not critical: 74 to 100 is'],
  ])('%s', (_, text, problem) => {
    expect(check(text)?.problems).toEqual([problem]);
  });

  it("does not ask Elastic's rules for what they have no place for", () => {
    expect(check(ruleText({ rule: 'rule_id = "x"' }))?.problems).toEqual([]);
  });

  it('takes an event’s example through the same mapping as a real record', () => {
    const example =
      '[[postern.examples]]\nname = "n"\nexpect = "match"\ndocument.eventName = "A"\ndocument.errorCode = "x"';
    const text = ruleText({
      index: 'logs-aws.cloudtrail-*',
      query: 'event.action: A and event.outcome: failure',
      after: example,
    });
    expect(check(text)?.examples).toEqual([{ name: 'n', expect: 'match', got: 'match' }]);
  });

  const often = (examples: string) =>
    ruleText({
      index: 'logs-aws.cloudtrail-*',
      query: 'event.action: A',
      rule: 'references = ["https://example.com/x"]',
      after: `[rule.threshold]\nfield = []\nvalue = 2\n[postern]\nblind_spots = ["x"]\n[postern.fix]\ntext = "x"\n${examples}`,
    }).replace('type = "query"', 'type = "threshold"');
  const timeline = (name: string, expect: string, ...seconds: readonly (number | string)[]) =>
    `[[postern.examples]]\nname = "${name}"\nexpect = "${expect}"\ndocuments = [${seconds.map(
      second => `{ eventName = "A", eventTime = "2026-11-01T00:00:${String(second).padStart(2, '0')}Z" }`,
    )}]\n`;

  it('judges the last document of several with all that came before', () => {
    const examples = timeline('twice', 'match', 1, 2) + timeline('once', 'no match', 1);
    expect(check(often(examples))).toMatchObject({
      problems: [],
      examples: [{ got: 'match' }, { got: 'no match' }],
    });
  });

  it.each([
    ['not in order', timeline('x', 'match', 2, 1), 'example "x": the documents are not in the order of their times'],
    ['without a time', timeline('x', 'match', 1, 'xx'), 'example "x": a document has no eventTime'],
  ])('does not judge documents %s', (_, example, problem) => {
    const found = check(often(timeline('twice', 'match', 1, 2) + timeline('once', 'no match', 1) + example));
    expect(found).toMatchObject({ problems: [problem], examples: [], status: 'problem', reason: problem });
  });

  it('has no use for several documents where a rule looks at one', () => {
    const several = good.replace(
      'document.profile.enabled = true',
      'documents = [{}, { profile = { enabled = true } }]',
    );
    expect(check(several)?.problems).toEqual(['example "on": the rule looks at one document, not at several']);
  });

  it('new terms: what came before decides', () => {
    const user = (name: string, day: number) =>
      `{ eventName = "A", eventTime = "2026-11-0${day}T00:00:00Z", userIdentity = { type = "IAMUser", userName = "${name}" } }`;
    const text = often(`
[rule.new_terms]
value = ["user.name"]
[[rule.new_terms.history_window_start]]
value = "now-7d"
[[postern.examples]]
name = "another"
expect = "match"
documents = [${user('ann', 1)}, ${user('bob', 2)}]
[[postern.examples]]
name = "the same"
expect = "no match"
documents = [${user('ann', 1)}, ${user('ann', 2)}]`).replace('type = "threshold"', 'type = "new_terms"');
    expect(check(text)?.problems).toEqual([]);
  });
});
