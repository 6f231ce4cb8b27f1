import { describe, expect, it } from 'vitest';
import { lookupsFor } from '../../src/rules/lookups.ts';
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
    ['no source', ['event.action: A'], ['rolesanywhere.amazonaws.com A']],
  ])('%s', (_, queries, expected) => {
    expect(lookupsFor(queries.map(rule)).map(({ source, names }) => `${source} ${names.join()}`)).toEqual(expected);
  });

  it('asks nothing for rules about resources, or for those that cannot run', () => {
    expect(lookupsFor([ruleFrom(ruleText()), { ...rule(RA), run: { unsupported: 'x' } }])).toEqual([]);
  });
});
