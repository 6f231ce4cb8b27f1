import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ANYTHING, type Glob, globOf, literal, matches } from '../../src/iam/glob.ts';
import { plainResourceGlob } from '../../src/iam/resource.ts';
import { witness } from '../../src/iam/witness.ts';
import { patternText, textsOf } from './arbitrary.ts';
import { RUNS } from './deep.ts';

const plain = (...patterns: readonly string[]) => patterns.map(globOf);
const arns = (...patterns: readonly string[]) => patterns.map(plainResourceGlob);

describe('witness', () => {
  it.each<[string, readonly string[], readonly string[], string | undefined]>([
    ['nothing is asked', [], [], '*'],
    ['anything', ['*'], [], '*'],
    ['anything but *', ['*'], ['?'], ''],
    ['anything but a', ['*'], ['a'], '*'],
    ['anything but anything', ['*'], ['a', '*'], undefined],
    ['a text', ['abc'], [], 'abc'],
    ['a text that is excluded', ['abc'], ['a*'], undefined],
    ['a text and a pattern', ['a*', 'abc'], ['b*'], 'abc'],
    ['a text outside the pattern', ['b*', 'abc'], [], undefined],
    ['the shortest', ['a*b'], [], 'ab'],
    ['the shortest that is left', ['a*b'], ['ab'], 'axb'],
    ['a character that no pattern names', ['x?'], [], 'xy'],
    ['two patterns that meet', ['a*', '*b'], [], 'ab'],
    ['two patterns that do not', ['a*', 'b*'], [], undefined],
    ['three patterns that only meet by twos', ['a*', '*b', '??'], ['ab'], undefined],
    ['covered by two together', ['a*'], ['a?*', 'a'], undefined],
    ['covered but for one', ['a*'], ['a??*', 'a'], 'ax'],
    ['not covered by many', ['*'], ['?', '*a*', '*b*', ''], 'xx'],
    ['more than one text', ['*a*'], ['a*', '*a'], 'xax'],
  ])('%s', (_, positives, negatives, expected) => {
    expect(witness(plain(...positives), plain(...negatives))).toEqual(
      expected === undefined ? { kind: 'none' } : { kind: 'found', text: expected },
    );
  });

  it.each<[string, readonly string[], readonly string[], string | undefined]>([
    ['all objects but those of one bucket', ['arn:aws:s3:::*/*'], ['arn:aws:s3:::b/*'], 'arn:aws:s3:::/'],
    ['covered by every region', ['arn:aws:sqs:*:1:q'], ['arn:aws:sqs:*:*:*'], undefined],
    ['a star does not reach over a colon', ['arn:aws:sqs:*:1:q'], ['arn:aws:*:q'], 'arn:aws:sqs::1:q'],
    ['a short ARN goes on', ['arn:aws:sqs:*:1:q'], ['arn:aws:sqs'], undefined],
    ['a short ARN of another service', ['arn:aws:sqs:*:1:q'], ['arn:aws:sns'], 'arn:aws:sqs::1:q'],
  ])('%s', (_, positives, negatives, expected) => {
    expect(witness(arns(...positives), arns(...negatives))).toEqual(
      expected === undefined ? { kind: 'none' } : { kind: 'found', text: expected },
    );
  });

  it('takes no wildcard in a literal', () => {
    expect(witness([literal('a*')], plain('ab'))).toEqual({ kind: 'found', text: 'a*' });
    expect(witness(plain('a?'), [literal('a*')])).toEqual({ kind: 'found', text: 'ax' });
  });

  it('names a character beyond the letters when the patterns name all of these', () => {
    const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
    expect(witness(plain('?'), plain(...letters))).toEqual({ kind: 'found', text: '\u00a1' });
  });

  it('gives up past the cap, and says so', () => {
    const exponential = plain(...Array.from('abcdefghijklmn', letter => `*${letter}*`));
    expect(witness(exponential, [], 500)).toEqual({ kind: 'unknown' });
    expect(witness(plain(`*a${'?'.repeat(400)}b`, `*a${'?'.repeat(401)}b`), [], 5_000)).toEqual({ kind: 'unknown' });
  });

  it('walks 10,000 characters', () => {
    const long = 'a'.repeat(10_000);
    expect(witness(plain(`${long}*`), plain(long))).toEqual({ kind: 'found', text: `${long}x` });
    expect(witness(plain('*a'.repeat(5_000)), plain('*b'))).toEqual({ kind: 'found', text: 'a'.repeat(5_000) });
    expect(witness(plain(`*${'?'.repeat(10_000)}`), plain('*b'))).toEqual({ kind: 'found', text: 'x'.repeat(10_000) });
  });
});

describe('against brute force', () => {
  const TEXTS = textsOf('abx:', 6);
  const within = (positives: readonly Glob[], negatives: readonly Glob[]) => (text: string) =>
    positives.every(glob => matches(glob, text)) && !negatives.some(glob => matches(glob, text));

  const globs = (size: { minLength: number; maxLength: number }) =>
    fc.array(
      patternText.chain(text => fc.constantFrom(globOf(text), plainResourceGlob(text), literal(text))),
      size,
    );

  it('a witness is in all and in none, and the shortest; none means none', () => {
    fc.assert(
      fc.property(
        globs({ minLength: 1, maxLength: 2 }),
        globs({ minLength: 0, maxLength: 3 }),
        (positives, negatives) => {
          const answer = witness(positives, negatives);
          const isIn = within(positives, negatives);
          const shortest = TEXTS.find(isIn);
          if (answer.kind === 'found') {
            expect(isIn(answer.text)).toBe(true);
            if (answer.text !== '*' && shortest !== undefined) expect(answer.text.length).toBe(shortest.length);
          } else expect(shortest).toBeUndefined();
          expect(answer.kind).not.toBe('unknown');
        },
      ),
      RUNS,
    );
  });

  it('everything is what is left of nothing', () => {
    fc.assert(
      fc.property(patternText, text => {
        const glob = globOf(text);
        expect(witness([ANYTHING], [glob]).kind).toBe(TEXTS.every(each => matches(glob, each)) ? 'none' : 'found');
      }),
      RUNS,
    );
  });
});
