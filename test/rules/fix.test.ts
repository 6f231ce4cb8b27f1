import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/documents/document.ts';
import { fixer } from '../../src/rules/fix.ts';

const fill = (template: { text?: string; cli?: string; terraform?: string }, body: JsonObject) =>
  fixer({ text: '', cli: undefined, terraform: undefined, ...template })(body);

describe('fixer', () => {
  it('leaves out what the rule has no template for', () => {
    expect(fill({ text: 'Do it.' }, {})).toEqual({ text: 'Do it.' });
  });

  it.each([
    ['plain', 'a-b/c:d.e,f=g+h@i_j%k', 'a-b/c:d.e,f=g+h@i_j%k', 'a-b/c:d.e,f=g+h@i_j%k'],
    ['a space', 'a b', "'a b'", 'a b'],
    ['empty', '', "''", ''],
    ['quotes', `a'b"c`, `'a'\\''b"c'`, `a'b\\"c`],
    ['a substitution', '$(id)`id`$x', "'$(id)`id`$x'", '$(id)`id`$x'],
    ['templates', '$' + '{x} %{y}', "'$" + "{x} %{y}'", '$$' + '{x} %%{y}'],
    ['a back slash', 'a\\', "'a\\'", 'a\\\\'],
    ['lines', 'a\nb\tc', `"$(printf 'a\\012b\\011c')"`, 'a\\nb\\tc'],
    ['our own marks', '{{x}}', "'{{x}}'", '{{x}}'],
    ['a number', 7, '7', '7'],
    ['a list', ['a', 'b c'], "a 'b c'", 'a", "b c'],
    ['nothing', undefined, "'<p.v>'", '<p.v>'],
    ['an empty list', [], "'<p.v>'", '<p.v>'],
  ])('%s', (_, value, cli, terraform) => {
    const body: JsonObject = { p: value === undefined ? {} : { v: value } };
    expect(fill({ cli: 'run {{p.v}}', terraform: 'x = "{{ p.v }}"' }, body)).toEqual({
      text: '',
      cli: `run ${cli}`,
      terraform: `x = "${terraform}"`,
    });
  });

  it('says it plainly in prose', () => {
    expect(fill({ text: 'Remove {{p.v}} of {{p.w}}.' }, { p: { v: ['a', "b'c"] } }).text).toBe(
      "Remove a, b'c of <p.w>.",
    );
  });

  it.each([
    ["it's"],
    ['$(touch x)'],
    ['a\nb'],
    ["50%\t\\n'x"],
    ['; rm -rf /'],
    ['"\\"'],
    ['!x'],
    ['~'],
    ['*'],
    ['a;b|c&d>e'],
  ])('a shell hands on exactly %j', value => {
    const { cli } = fill({ cli: 'printf %s {{v}}' }, { v: value });
    expect(execFileSync('sh', ['-c', cli ?? ''], { encoding: 'utf8' })).toBe(value);
  });
});
