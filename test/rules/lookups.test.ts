import { describe, expect, it } from 'vitest';
import { lookupsFor } from '../../src/rules/lookups.ts';
import { pinsOf } from '../../src/rules/pins.ts';
import { eventRule } from './detect/timeline.ts';
import { ruleFrom, ruleText } from './ruleText.ts';

const rule = (query: string) => ruleFrom(ruleText({ query, index: 'logs-aws.cloudtrail-*' }));
const RA = 'event.provider: rolesanywhere.amazonaws.com';

describe('lookupsFor', () => {
  it.each([
    ['no rules', [], []],
    ['one', [`${RA} and event.action: CreateProfile`], ['rolesanywhere.amazonaws.com CreateProfile']],
    [
      'several of a source',
      [`${RA} and event.action: (B or A)`, `${RA} and event.action: C`],
      ['rolesanywhere.amazonaws.com A,B,C'],
    ],
    ['one wants all', [`${RA} and event.action: A`, RA, `${RA} and event.action: B`], ['rolesanywhere.amazonaws.com ']],
    ['a wildcard wants all', [`${RA} and event.action: Create*`], ['rolesanywhere.amazonaws.com ']],
    [
      'two sources',
      ['event.provider: (sts.amazonaws.com or iam.amazonaws.com) and event.action: A'],
      ['iam.amazonaws.com A', 'sts.amazonaws.com A'],
    ],
    ['no source', ['event.action: A'], ['* A']],
    ['neither source nor name', ['event.outcome: failure'], ['rolesanywhere.amazonaws.com ']],
    ['data events', ['event.provider: s3.amazonaws.com and event.action: GetObject'], []],
  ])('%s', (_, queries, expected) => {
    expect(lookupsFor(queries.map(rule)).map(({ source, names }) => `${source} ${names.join()}`)).toEqual(expected);
  });

  it('asks for the events of every step of a sequence, and for what ends it', () => {
    const step = (provider: string, action: string) =>
      `[any where event.provider == "${provider}.amazonaws.com" and event.action in (${action})]`;
    const query = `sequence by user.name with maxspan=1h ${step('sts', '"A", "B"')} ${step('iam', '"C"')} until ${step('iam', '"D"')}`;
    expect(lookupsFor([eventRule({ type: 'eql', query })])).toEqual([
      { source: 'iam.amazonaws.com', names: ['C', 'D'] },
      { source: 'sts.amazonaws.com', names: ['A', 'B'] },
    ]);
  });

  it('asks for the events of a rule in EQL', () => {
    const query = 'any where event.provider == "sts.amazonaws.com" and event.action == "A"';
    expect(lookupsFor([eventRule({ type: 'eql', query })])).toEqual([{ source: 'sts.amazonaws.com', names: ['A'] }]);
  });

  it('asks nothing for rules about resources, or for those that cannot run', () => {
    expect(lookupsFor([ruleFrom(ruleText()), { ...rule(RA), run: { unsupported: 'x' } }])).toEqual([]);
  });
});

describe('pinsOf', () => {
  const sequence = (first: string, second: string) =>
    eventRule({ type: 'eql', query: `sequence by user.name [any where ${first}] [any where ${second}]` }).run;
  it.each([
    ['every step names its events', sequence('event.action == "A"', 'event.action in ("A", "B")'), ['A', 'B']],
    ['one does not', sequence('event.action == "A"', 'user.name == "x"'), undefined],
    ['a query', rule('event.action: (A or B)').run, ['A', 'B']],
  ])('%s', (_, run, expected) => {
    const pins = pinsOf(run, 'event.action');
    expect(pins && [...pins].sort()).toEqual(expected);
  });
});
