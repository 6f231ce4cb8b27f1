import { describe, expect, it } from 'vitest';
import { readRule } from '../../src/rules/ruleFile.ts';
import { NOW, ruleText } from './ruleText.ts';

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
