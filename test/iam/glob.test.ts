import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ANY_ONE,
  ANY_RUN,
  ANYTHING,
  clearlyIncludes,
  type Glob,
  globOf,
  intersects,
  isAnything,
  isLiteral,
  literal,
  matches,
  SEGMENT_ONE,
  SEGMENT_RUN,
} from '../../src/iam/glob.ts';
import { plainResourceGlob } from '../../src/iam/resource.ts';
import { patternText, textsOf } from './arbitrary.ts';
import { RUNS } from './deep.ts';

describe('globOf', () => {
  it.each<[string, readonly number[]]>([
    ['', []],
    ['a', [97]],
    ['*', [ANY_RUN]],
    ['***', [ANY_RUN]],
    ['?', [ANY_ONE]],
    ['*?*', [ANY_ONE, ANY_RUN]],
    ['*?*?a?*', [ANY_ONE, ANY_ONE, ANY_RUN, 97, ANY_ONE, ANY_RUN]],
    ['a**b', [97, ANY_RUN, 98]],
  ])('%s', (text, tokens) => {
    expect(globOf(text).tokens).toEqual(tokens);
  });

  it.each([
    ['*', true, false],
    ['**', true, false],
    ['?', false, false],
    ['*a', false, false],
    ['a', false, true],
    ['', false, true],
  ])('%s: anything %s, literal %s', (text, anything, plain) => {
    expect(isAnything(globOf(text))).toBe(anything);
    expect(isLiteral(globOf(text))).toBe(plain);
  });

  it('tells a text from a pattern of the same letters', () => {
    expect(isLiteral(literal('*'))).toBe(true);
    expect(literal('a*').text).not.toBe(globOf('a*').text);
  });
});

describe('matches', () => {
  it.each([
    ['', '', true],
    ['', 'a', false],
    ['*', '', true],
    ['*', 'a:b/c', true],
    ['?', '', false],
    ['?', 'a', true],
    ['?', ':', true],
    ['?', 'ab', false],
    ['a*', 'a', true],
    ['a*', 'b', false],
    ['*a', 'ba', true],
    ['*a', 'ab', false],
    ['a*c', 'abbbc', true],
    ['a*c', 'abcb', false],
    ['a*b*c', 'axbxbxc', true],
    ['*ab', 'aab', true],
    ['*a?b', 'aaab', true],
    ['A', 'a', false],
  ])('%s, %s: %s', (pattern, text, expected) => {
    expect(matches(globOf(pattern), text)).toBe(expected);
  });

  it('takes a literal to the letter', () => {
    expect(matches(literal('a*?'), 'a*?')).toBe(true);
    expect(matches(literal('a*?'), 'abc')).toBe(false);
  });
});

describe('intersects', () => {
  it.each([
    ['', '', true],
    ['', 'a', false],
    ['', '*', true],
    ['a', 'a', true],
    ['a', 'b', false],
    ['ab', 'a', false],
    ['a*', '*b', true],
    ['a*b', 'a*c', false],
    ['a?', '?b', true],
    ['a?', 'a', false],
    ['*a*', '*b*', true],
    ['ab*', 'a?', true],
    ['abc*', 'a?', false],
    ['*ab', 'ab*', true],
    ['a*a', 'a', false],
  ])('%s, %s: %s', (a, b, expected) => {
    expect(intersects(globOf(a), globOf(b))).toBe(expected);
    expect(intersects(globOf(b), globOf(a))).toBe(expected);
  });

  it.each([
    ['arn:aws:s3:::a*', 'arn:*:s3:::*', true],
    ['arn:aws:s3:::a*', 'arn:*:sqs:*:*:*', false],
    ['arn:aws:*:::a', 'arn:aws:s3:eu:*:a', false],
    ['arn:aws:*', 'arn:aws-cn:s3:::x', false],
    ['arn:aws:iam::*', 'arn:*:iam::1:role/x', true],
  ])('%s, %s: %s', (a, b, expected) => {
    expect(intersects(plainResourceGlob(a), plainResourceGlob(b))).toBe(expected);
  });
});

describe('clearlyIncludes', () => {
  it.each([
    ['*', 'a*b', true],
    ['a*', 'a*b', true],
    ['a*', 'ab', true],
    ['a*', '*', false],
    ['?*', 'a*', true],
    ['?', '*', false],
    ['?', '?', true],
    ['a*b', 'a?*cb', true],
    ['a*b', 'a*', false],
  ])('%s, %s: %s', (outer, inner, expected) => {
    expect(clearlyIncludes(globOf(outer), globOf(inner))).toBe(expected);
  });

  it.each([
    ['arn:aws:s3:::*/*', 'arn:aws:s3:::b/*', true],
    ['arn:*:s3:::*', 'arn:aws:s3:::*', true],
    ['arn:aws:s3:::*', 'arn:*:s3:::*', false],
    ['arn:*', 'arn:aws:*:*:1:x', true],
    ['arn:aws:s3:?::b', 'arn:aws:s3:::b', false],
  ])('%s, %s: %s', (outer, inner, expected) => {
    expect(clearlyIncludes(plainResourceGlob(outer), plainResourceGlob(inner))).toBe(expected);
  });
});

describe('bombs', () => {
  const stars = (each: string) => globOf(each.repeat(5_000));
  const text = 'a'.repeat(10_000);

  it('of stars are matched in steps that grow with the lengths multiplied, not with their powers', () => {
    for (const length of [100, 200, 400]) {
      expect(stepsToMatch('*a'.repeat(length / 2), `${'a'.repeat(length)}b`)).toBeLessThan(2 * length * length);
    }
  });

  it('of 10,000 characters', () => {
    expect(matches(stars('*a'), text)).toBe(true);
    expect(matches(stars('*b'), text)).toBe(false);
    expect(matches(globOf(`${'*a'.repeat(5_000)}b`), text)).toBe(false);
    expect(matches(stars('?*'), text)).toBe(true);
    expect(matches(globOf('?'.repeat(10_000)), text)).toBe(true);
    expect(matches(globOf('?'.repeat(10_001)), text)).toBe(false);
  });

  it('of 10,000 characters, against others', () => {
    const few = (each: string) => globOf(each.repeat(500));
    expect(intersects(stars('*a'), stars('b*'))).toBe(true);
    expect(intersects(stars('*a'), stars('*b'))).toBe(false);
    expect(intersects(globOf(`${'*a'.repeat(5_000)}*`), few('b*'))).toBe(true);
    expect(intersects(globOf('?'.repeat(10_000)), few('*?'))).toBe(true);
    expect(intersects(globOf('?'.repeat(10_000)), few('?'))).toBe(false);
    expect(intersects(literal(text), few('*a'))).toBe(true);
    expect(intersects(literal(text), few('*aa*b'))).toBe(false);
  });

  /** How often a token is looked at. */
  function stepsToMatch(pattern: string, against: string): number {
    let steps = 0;
    const { tokens } = globOf(pattern);
    const counting = new Proxy(tokens, {
      get(target, key, receiver) {
        steps++;
        return Reflect.get(target, key, receiver);
      },
    });
    matches({ tokens: counting, text: pattern }, against);
    return steps;
  }
});

describe('against brute force', () => {
  const TEXTS = textsOf('ab:', 5);
  const language = (glob: Glob) => TEXTS.filter(text => spelled(glob.tokens, text));

  it('matches is what the words say', () => {
    fc.assert(
      fc.property(patternText, pattern => {
        for (const glob of [globOf(pattern), plainResourceGlob(pattern)])
          expect(TEXTS.filter(text => matches(glob, text))).toEqual(language(glob));
      }),
      RUNS,
    );
  });

  it('what is clearly included is included', () => {
    fc.assert(
      fc.property(patternText, patternText, (one, other) => {
        for (const make of [globOf, plainResourceGlob]) {
          const [outer, inner] = [make(one), make(other)];
          if (clearlyIncludes(outer, inner)) expect(language(inner).every(text => matches(outer, text))).toBe(true);
          expect(clearlyIncludes(outer, outer)).toBe(true);
        }
      }),
      RUNS,
    );
  });

  it('two patterns intersect when they share a text', () => {
    fc.assert(
      fc.property(patternText, patternText, (one, other) => {
        const [a, b] = [globOf(one), globOf(other)];
        const shared = language(a).some(text => spelled(b.tokens, text));
        if (shared) expect(intersects(a, b)).toBe(true);
        else if (one.length + other.length <= 5) expect(intersects(a, b)).toBe(false);
      }),
      RUNS,
    );
  });

  /** The definition, token by token. */
  function spelled(tokens: readonly number[], text: string): boolean {
    const [token, ...rest] = tokens;
    if (token === undefined) return text === '';
    const bounded = token === SEGMENT_RUN || token === SEGMENT_ONE;
    const takes = text !== '' && (token >= 0 ? token === text.charCodeAt(0) : !bounded || text[0] !== ':');
    if (token === ANY_RUN || token === SEGMENT_RUN)
      return spelled(rest, text) || (takes && spelled(tokens, text.slice(1)));
    return takes && spelled(rest, text.slice(1));
  }
});

it('ANYTHING is a star', () => {
  expect(ANYTHING.tokens).toEqual([ANY_RUN]);
});
