import { describe, expect, it } from 'vitest';
import { placesIn } from '../../src/rules/problem.ts';
import { readRule } from '../../src/rules/ruleFile.ts';
import { NOW, ruleText } from './ruleText.ts';

describe('where things stand', () => {
  const places = placesIn(`[rule]
name = "x"
query = '''
a: 1
and b: 2
'''
  severity="low"
name = "again"

[[postern.examples]]
expect = "match"
[[postern.examples]]
expect = "no match"
`);

  it.each<[path: readonly (string | number)[], line: number | undefined]>([
    [['rule', 'name'], 2],
    [['rule', 'severity'], 7],
    [['rule', 'severity', 'more'], 7],
    [['rule', 'tags', 3], 1],
    [['rule'], 1],
    [['postern', 'examples', 1, 'expect'], 13],
    [['postern', 'examples', 0, 'name'], 10],
    [['postern', 'examples', 1], 12],
    [['postern', 'examples', 2, 'expect'], undefined],
    [['postern', 'fix'], undefined],
  ])('%j: %s', (path, line) => {
    expect(places.lineOfKey(path)).toBe(line);
  });

  it('of a text', () => {
    expect(['a: 1\nand b: 2', 'b: 2', 'nowhere', ''].map(places.lineOfText)).toEqual([4, 5, undefined, undefined]);
  });
});

describe('a file with more problems than anybody reads', () => {
  const problemsOf = (text: string) => {
    const reading = readRule({ file: 'f.toml', text }, NOW);
    return 'problems' in reading ? reading.problems : [];
  };

  it.each([
    ['tags that are no texts', ruleText({ rule: `tags = [${'1, '.repeat(20_000)}]` }), 19_980],
    ['queries that are none', ruleText({ after: when('profile.nothing: 1').repeat(1_000) }), 980],
    ['one problem too many', ruleText({ rule: `tags = [${'1, '.repeat(21)}]` }), 1],
  ])(
    '%s: twenty are told, and how many more there are, at once',
    (_, text, more) => {
      const problems = problemsOf(text);
      expect(problems).toHaveLength(21);
      expect(problems.at(-1)).toEqual({
        rule: 'f',
        file: 'f.toml',
        line: undefined,
        message: `and ${more} more ${more === 1 ? 'problem' : 'problems'} in this file`,
      });
    },
    5_000,
  );

  it('lines of any length are cut in messages', () => {
    const [problem] = problemsOf(`[rule]\nx = "${'x'.repeat(1_000_000)}\n`);
    expect(problem?.message.length).toBeLessThan(5_000);
  });
});

function when(query: string): string {
  return `[[postern.severity_when]]\nquery = "${query}"\nseverity = "high"\nrisk_score = 73\n`;
}
