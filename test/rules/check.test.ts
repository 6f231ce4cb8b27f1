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
    ['a score too high', good.replace('= 21', '= 47'), 'risk score 47 is not low: 21 to 46 is'],
    ['a score too low', good.replace('"low"', '"critical"'), 'risk score 21 is not critical: 99 to 100 is'],
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
});
