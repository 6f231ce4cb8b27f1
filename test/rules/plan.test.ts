import { describe, expect, it } from 'vitest';
import { planText } from '../../src/commands/planText.ts';
import { needlesFor } from '../../src/rules/needles.ts';
import { planOf } from '../../src/rules/plan.ts';
import { eventRule } from './detect/timeline.ts';
import { ruleFrom, ruleText } from './ruleText.ts';

const rule = (query: string, id = 'r') => ruleFrom(ruleText({ query, index: 'logs-aws.cloudtrail-*' }), `${id}.toml`);
const RA = 'event.provider: rolesanywhere.amazonaws.com';
const GET = 'event.provider: s3.amazonaws.com and event.action: GetObject';

describe('the plan of some rules', () => {
  it('says what is looked up, what is not and why, and what may be left out', () => {
    const rules = [
      rule(`${RA} and event.action: CreateProfile`, 'b'),
      rule(GET, 'a'),
      rule(`${RA} and event.action: (X or Y)`, 'c'),
    ];
    expect(planOf(rules)).toEqual({
      lookups: [{ source: 'rolesanywhere.amazonaws.com', names: ['CreateProfile', 'X', 'Y'] }],
      notLookedUp: [{ rule: 'a', why: 'it is about data events, which LookupEvents does not have' }],
      logs: { needles: ['CreateProfile', 'GetObject', 'X', 'Y'] },
      partition: {
        eventSource: ['rolesanywhere.amazonaws.com', 's3.amazonaws.com'],
        eventName: ['CreateProfile', 'GetObject', 'X', 'Y'],
      },
      rules: [
        { rule: 'a', eventSource: ['s3.amazonaws.com'], eventName: ['GetObject'] },
        { rule: 'b', eventSource: ['rolesanywhere.amazonaws.com'], eventName: ['CreateProfile'] },
        { rule: 'c', eventSource: ['rolesanywhere.amazonaws.com'], eventName: ['X', 'Y'] },
      ],
    });
  });

  it('leaves nothing out where a rule may match anything', () => {
    const rules = [rule(`${RA} and event.action: A`), rule('event.outcome: failure', 'any')];
    const { lookups, logs, partition, notLookedUp } = planOf(rules);
    expect(notLookedUp).toEqual([{ rule: 'any', why: expect.stringContaining('too many to fetch') }]);
    expect({ lookups, logs, partition }).toEqual({
      lookups: [{ source: 'rolesanywhere.amazonaws.com', names: [] }],
      logs: { needles: null },
      partition: { eventSource: null, eventName: null },
    });
  });

  it('is text in which nothing is what a rule made it', () => {
    const text = planText(planOf([rule(`event.provider: "a'b\u202e" and event.action: A`)]));
    expect(text).toBe(`CloudTrail LookupEvents, in each region
  a'b\\u202e: by source; name by name once its events promise more than 1 page: A

Log files
  those without any of these texts are passed over unread: A

Filter for a store of events (SQL)
  eventsource IN ('a''b\\u202e') AND eventname IN ('A')

Rules
  r: a'b\\u202e: A
`);
  });
});

describe('texts that every event has that is wanted', () => {
  it.each<[what: string, queries: string[], texts: string[] | undefined]>([
    ['names', ['event.action: (A or B)', 'event.action: C'], ['A', 'B', 'C']],
    [
      'sources, where names are too many',
      [`${RA} and event.action: (A or B or C or D or E or F or G)`],
      ['rolesanywhere.amazonaws.com'],
    ],
    ['none, where one rule has none', ['event.action: A', 'event.outcome: failure'], undefined],
    ['none, where JSON may spell one otherwise', ['event.action: "A/B"'], undefined],
    ['none, where one may be no text', ['event.action: 119'], undefined],
    ['nothing at all is wanted', ['event.action: null'], []],
  ])('%s', (_, queries, texts) => {
    expect(needlesFor(queries.map(query => rule(query).run))).toEqual(texts);
  });

  it('none, where a rule goes by the time of the first event there is', () => {
    const newTerms = eventRule({
      type: 'new_terms',
      tables: `[rule.new_terms]
field = "new_terms_fields"
value = ["user.name"]
[[rule.new_terms.history_window_start]]
field = "history_window_start"
value = "now-10d"`,
    });
    expect(needlesFor([newTerms.run])).toBeUndefined();
  });
});
