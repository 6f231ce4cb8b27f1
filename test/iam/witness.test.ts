import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { budgetOf } from '../../src/iam/budget.ts';
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
    expect(witness(exponential, [], { cap: 500 })).toEqual({ kind: 'unknown' });
    expect(witness(plain(`*a${'?'.repeat(400)}b`, `*a${'?'.repeat(401)}b`), [], { cap: 5_000 })).toEqual({
      kind: 'unknown',
    });
  });

  const S3 = 'arn:aws:s3:::*a';
  const upTo = (count: number, make: (at: number) => string) => Array.from({ length: count }, (_, at) => make(at));
  it.each<[string, readonly string[], readonly string[], string]>([
    ['an a before the last 14', ['arn:*:s3:::*'], [`arn:aws:*:*:*:*a${'?'.repeat(14)}`], 'arn::s3:::'],
    ['in 14 or more, no a before the last 13', [`*${'?'.repeat(14)}`], [`*a${'?'.repeat(13)}`], 'x'.repeat(14)],
    ['both at once', [`*a${'?'.repeat(14)}`, `*b${'?'.repeat(13)}`], [], `ab${'x'.repeat(13)}`],
    [
      'none that is too short',
      [`${S3}${'?'.repeat(30)}*`],
      upTo(30, at => S3 + '?'.repeat(20 + at)),
      `arn:aws:s3:::a${'x'.repeat(50)}`,
    ],
    [
      'none with an a at its middle or before',
      ['arn:aws:*:*:*:*'],
      upTo(10, at => `arn:aws:*:*:*:${'?'.repeat(at)}*a${'?'.repeat(at)}`),
      'arn:aws::::',
    ],
  ])('takes few steps: %s', (_, positives, negatives, expected) => {
    const budget = budgetOf(100_000);
    expect(witness(arns(...positives), arns(...negatives), { budget })).toEqual({ kind: 'found', text: expected });
  });

  it('gives up at once where one character leads a million ways', () => {
    const patterns = plain(...upTo(40, at => `*${'ab'[at % 2]}a*${at}*`));
    const budget = budgetOf(1_000_000);
    expect(witness(patterns, plain('x'), { budget })).toEqual({ kind: 'unknown' });
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

  it('with less to spend it is the same or not known', () => {
    fc.assert(
      fc.property(
        globs({ minLength: 0, maxLength: 2 }),
        globs({ minLength: 0, maxLength: 3 }),
        fc.integer({ min: 0, max: 400 }),
        (positives, negatives, steps) => {
          const answer = witness(positives, negatives, { budget: budgetOf(steps) });
          if (answer.kind !== 'unknown') expect(answer).toEqual(witness(positives, negatives));
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
