import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wildcardTest } from '../../src/query/eql/pattern.ts';
import { regexTest } from '../../src/query/eql/regex.ts';

// Lucene's syntax: "Regular expression syntax" of Elasticsearch's documentation, and Lucene's RegExp.java.

const everyOther = Array.from({ length: 250 }, (_, at) => String.fromCodePoint(0x4e00 + 2 * at)).join('');

describe('a regular expression', () => {
  test.each<[pattern: string, yes: string[], no: string[]]>([
    ['', [''], ['a']],
    ['abc', ['abc'], ['', 'ab', 'abcd', 'xabc', 'ABC']],
    ['ab.', ['aba', 'ab\n', 'ab\u{1f600}'], ['ab', 'abcd']],
    ['abc?', ['ab', 'abc'], ['abcc']],
    ['ab+', ['ab', 'abbb'], ['a']],
    ['ab*', ['a', 'abb'], ['b']],
    ['a{2}', ['aa'], ['a', 'aaa']],
    ['a{2,4}', ['aa', 'aaa', 'aaaa'], ['a', 'aaaaa']],
    ['a{2,}', ['aa', 'aaaaaa'], ['a']],
    ['a{0}b', ['b'], ['ab']],
    ['(ab){2}', ['abab'], ['ab']],
    ['abc|xyz', ['abc', 'xyz'], ['abcxyz']],
    ['a(b|c|d)e', ['abe', 'ade'], ['ae']],
    ['abc(def)?', ['abc', 'abcdef'], ['abcd']],
    ['a()b', ['ab'], ['a()b']],
    ['[abc]', ['a', 'c'], ['d', 'ab']],
    ['[a-c]x', ['bx'], ['dx', '-x']],
    ['[-abc]', ['-', 'a'], ['d']],
    ['[abc-]', ['-', 'c'], ['d']],
    ['[abc\\-]', ['-', 'c'], ['\\']],
    ['[^abc]', ['d', '\n', '\u{1f600}'], ['a', '']],
    ['[^-abc]', ['d'], ['-', 'a']],
    ['[]a]', [']', 'a'], ['b']],
    ['[.*+(|]', ['.', '*', '(', '|'], ['a']],
    ['[\\]]', [']'], ['\\']],
    ['[\u{1f600}-\u{1f602}]', ['\u{1f601}'], ['\u{1f603}']],
    ['\\.\\*\\\\', ['.*\\'], ['x*\\']],
    ['\\d+', ['123'], ['12a']],
    ['\\D\\s\\S\\w\\W', ['a b_-'], ['1 b_-']],
    ['[\\d.]+', ['10.0.0.1'], ['a']],
    ['[^\\d]', ['a'], ['1']],
    ['[\\W1]', ['-', '1'], ['a', '2']],
    // "Lucene … does not support anchor operators": they are characters.
    ['^a$', ['^a$'], ['a']],
    ['a}]', ['a}]'], ['a']],
    // "no lazy quantifiers: .*? reads as optional .*" (facts §2.5)
    ['.*?net1[ ]+.*?', ['x net1  y', 'net1 '], ['net1']],
    ['a**', ['', 'aaa'], ['b']],
    ['a+?', ['', 'a', 'aa'], ['b']],
    ['(a|b)*c', ['ababc', 'c'], ['abab']],
    ['(a*)*', ['', 'aaa'], ['b']],
    ['((a?){3}){2}', ['', 'aaaaaa'], ['aaaaaaa']],
  ])('%s', (pattern, yes, no) => {
    const matches = compile(pattern, false);
    expect(yes.filter(text => !matches(text))).toEqual([]);
    expect(no.filter(matches)).toEqual([]);
  });

  test.each<[pattern: string, yes: string[], no: string[]]>([
    ['abC', ['ABc', 'abc'], ['xbc']],
    ['[xy]z', ['Xz', 'YZ'], ['az']],
    ['[^x]', ['a'], ['x', 'X']],
    // "Character range classes … remain case sensitive" (Lucene's issue 14378)
    ['[a-c]+', ['abc'], ['ABC']],
    ['[a-zA-Z]+', ['abcXYZ'], ['1']],
    ['é', ['é'], ['É']],
  ])('%s without case', (pattern, yes, no) => {
    const matches = compile(pattern, true);
    expect(yes.filter(text => !matches(text))).toEqual([]);
    expect(no.filter(matches)).toEqual([]);
  });

  test.each<[pattern: string, problem: RegExp]>([
    ['a(b', /has a \( without a \)/],
    ['ab)', /has a \) without a \(/],
    ['[ab', /has a \[ without a \]/],
    ['[', /has a \[ without a \]/],
    ['a{2', /has a \{ without a \}/],
    ['a{,2}', /has no number after \{/],
    ['a{3,2}', /at most less often than at least/],
    ['a{9999}', /repeats more than 1000 times/],
    ['*a', /nothing to repeat before \*/],
    ['a|*', /nothing to repeat before \*/],
    ['a|', /empty alternative/],
    ['(|a)', /empty alternative/],
    ['[b-a]', /runs backwards, b-a/],
    ['[a-\\d]', /range up to a class/],
    ['a\\', /ends in a backslash/],
    ['\\p', /escape \\p that Lucene does not know/],
    ['[\\b]', /escape \\b that Lucene does not know/],
    ...['~a', 'a#', '@', 'a&b', '<1-100>', '"a"'].map((pattern): [string, RegExp] => [
      pattern,
      /Lucene's operator . *, which is not supported/,
    ]),
    ['x'.repeat(1_001), /more than 1000 characters/],
    ['(a{1,100}){1,100}', /takes more than 1000 steps/],
    ['((((a{99}){99}){99}){99}){99}', /takes more than 1000 steps/],
    [`${'('.repeat(60)}a${')'.repeat(60)}`, /nested more than 50 deep/],
  ])('%s is refused', (pattern, problem) => {
    expect(regexTest(pattern, false)).toMatchObject({ problem: expect.stringMatching(problem) });
  });

  test.each([
    ['stars in a star', '(a*)*b', 'a'.repeat(8_191)],
    ['the same twice', '(a|a)*b', 'a'.repeat(8_191)],
    ['one or two', '(a|aa)+', `${'a'.repeat(8_191)}b`],
    ['many stars', '(.*a){12}', `${'a'.repeat(8_190)}b`],
    ['three stars', '((a*)*)*b', 'a'.repeat(32_766)],
    ['all or nothing', '(a?){180}a{180}', 'a'.repeat(179)],
    ['large classes', `([${everyOther}]?){300}z`, '\u4e00'.repeat(8_191)],
    ['long text', 'a'.repeat(1_000), 'a'.repeat(999)],
    ['marks on marks', `${'a'.repeat(20)}${'?'.repeat(900)}b`, 'a'.repeat(8_191)],
  ])('with %s does not take long to say no', (_what, pattern, text) => {
    const start = performance.now();
    expect(compile(pattern, false)(text)).toBe(false);
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  test('no value is longer than a term of Lucene', () => {
    expect(compile('a*', false)('a'.repeat(32_766))).toBe(true);
    expect(compile('a*', false)('a'.repeat(32_767))).toBe(false);
  });

  // What both syntaxes mean alike, against JavaScript's own matcher.
  test('agrees with JavaScript where the two do', () => {
    const letter = fc.constantFrom('a', 'b', 'c', '.', '[ab]', '[^a]', '\\d', '1');
    const pattern = fc.letrec<{ node: string }>(tie => ({
      node: fc.oneof(
        { maxDepth: 3, depthSize: 'small' },
        letter,
        fc.array(tie('node'), { minLength: 1, maxLength: 3 }).map(parts => parts.join('')),
        fc.tuple(tie('node'), tie('node')).map(([a, b]) => `(${a}|${b})`),
        fc
          .tuple(tie('node'), fc.constantFrom('*', '+', '?', '{2}', '{1,2}', '{2,}'))
          .map(([a, mark]) => `(${a})${mark}`),
      ),
    })).node;
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '1'), maxLength: 8 });
    fc.assert(
      fc.property(pattern, text, (source, value) => {
        expect(compile(source, false)(value)).toBe(new RegExp(`^(?:${source})$`).test(value));
      }),
      { numRuns: 3_000, seed: 7 },
    );
  });

  test('any text is a regular expression or refused', () => {
    const pieces = fc.constantFrom(
      'a',
      '(',
      ')',
      '[',
      ']',
      '^',
      '-',
      '\\',
      'd',
      '{',
      '}',
      ',',
      '2',
      '*',
      '+',
      '?',
      '|',
      '.',
      '~',
      '\u{1f600}',
    );
    const any = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.array(pieces, { maxLength: 20 }).map(parts => parts.join('')),
    );
    fc.assert(
      fc.property(any, fc.boolean(), (pattern, insensitive) => {
        const matches = regexTest(pattern, insensitive);
        if (typeof matches === 'function') expect(typeof matches('aa2d-\u{1f600}')).toBe('boolean');
        else expect(matches.at).toBeLessThanOrEqual(pattern.length);
      }),
      { numRuns: 3_000, seed: 7 },
    );
  });
});

function compile(pattern: string, insensitive: boolean): (text: string) => boolean {
  const matches = regexTest(pattern, insensitive);
  if (typeof matches !== 'function') throw new Error(matches.problem);
  return matches;
}

describe('a wildcard', () => {
  test('agrees with a slow and simple matcher', () => {
    const unit = fc.constantFrom('a', 'b', 'A', '*', '?', '\\', '\u{1f600}');
    const pattern = fc.array(unit, { maxLength: 8 });
    const text = fc.array(fc.constantFrom('a', 'b', 'A', '*', '?', '\\', '\u{1f600}'), { maxLength: 8 });
    fc.assert(
      fc.property(pattern, text, fc.boolean(), fc.boolean(), (units, characters, escapes, insensitive) => {
        const found = wildcardTest(units.join(''), { escapes, insensitive })(characters.join(''));
        const fold = (one: string) => (insensitive && one === 'A' ? 'a' : one);
        expect(found).toBe(slowly(tokens(units.map(fold), escapes), characters.map(fold)));
      }),
      { numRuns: 5_000, seed: 7 },
    );
  });

  test.each([
    ['question marks', `*${'a?'.repeat(2_000)}b`, 'a'.repeat(32_766)],
    ['stars and a question mark', `${'*a'.repeat(5_000)}?b`, 'a'.repeat(32_766)],
    ['stars', `${'*a'.repeat(5_000)}b`, 'a'.repeat(100_000)],
  ])('with many %s does not take long to say no', (_what, pattern, text) => {
    const start = performance.now();
    expect(wildcardTest(pattern, { escapes: false, insensitive: true })(text)).toBe(false);
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});

type Token = { readonly star: true } | { readonly one: true } | { readonly is: string };

function tokens(units: readonly string[], escapes: boolean): readonly Token[] {
  const [first, second] = units;
  if (first === undefined) return [];
  if (escapes && first === '\\' && second !== undefined) return [{ is: second }, ...tokens(units.slice(2), escapes)];
  const token: Token = first === '*' ? { star: true } : first === '?' ? { one: true } : { is: first };
  return [token, ...tokens(units.slice(1), escapes)];
}

function slowly(pattern: readonly Token[], text: readonly string[]): boolean {
  const [token, ...rest] = pattern;
  if (token === undefined) return text.length === 0;
  if ('star' in token) return slowly(rest, text) || (text.length > 0 && slowly(pattern, text.slice(1)));
  return text.length > 0 && ('one' in token || token.is === text[0]) && slowly(rest, text.slice(1));
}
