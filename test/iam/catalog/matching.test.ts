import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actionCount, actionNamed } from '../../../src/iam/catalog/action.ts';
import { actionsIn, equals, fullSet, has, isEmpty, keyOf, size } from '../../../src/iam/catalog/actionSet.ts';
import { actionsMatching } from '../../../src/iam/catalog/matching.ts';

const names = (pattern: string) => [...actionsIn(actionsMatching(pattern))].map(action => action.name);
const everyName = [...actionsIn(fullSet())].map(action => action.name);

describe('actionsMatching', () => {
  it.each(['*', '**', '*:*', '**:***', '?*:*', '*:?*'])('%s is everything', pattern => {
    expect(equals(actionsMatching(pattern), fullSet())).toBe(true);
  });

  it.each([
    ['s3:GetObject', ['s3:GetObject']],
    ['S3:GETOBJECT', ['s3:GetObject']],
    ['s3:Get?bject', ['s3:GetObject']],
    ['s?:GetObject', ['s3:GetObject']],
    ['s3:GetObject*Torrent', ['s3:GetObjectTorrent', 's3:GetObjectVersionTorrent']],
    [
      'iam:*AccessKey*',
      [
        'iam:CreateAccessKey',
        'iam:DeleteAccessKey',
        'iam:GetAccessKeyLastUsed',
        'iam:ListAccessKeys',
        'iam:UpdateAccessKey',
      ],
    ],
    ['*:PassRole', ['iam:PassRole']],
    ['?A*:Pass?o*', ['iam:PassRole']],
    ['sts:AssumeRole**', ['sts:AssumeRole', 'sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity']],
  ])('%s', (pattern, expected) => {
    expect(names(pattern)).toEqual(expected);
  });

  it('of one service', () => {
    expect(names('s3:*')).toEqual(everyName.filter(name => name.startsWith('s3:')));
    expect(names('S3:get*')).toEqual(everyName.filter(name => name.startsWith('s3:Get')));
    expect(names('acm*:*')).toEqual(everyName.filter(name => name.startsWith('acm')));
  });

  it.each([
    '',
    ':',
    '*:',
    ':*',
    's3',
    's3*',
    '*Get*',
    '*?',
    '?',
    's3:',
    's3::*',
    '*:*:*',
    's3: *',
    's3:* ',
    ' s3:*',
    's3:Get*, s3:Put*',
    's3:Get*,s3:Put*',
    '\ts3:*',
    's3:Get\nObject',
    's3:*\u00e9',
    '\u212Ams:*',
    '__proto__',
    '__proto__:*',
    'constructor:*',
    's3:__proto__',
    's3:.*',
    's3:[A-Z]*',
    's3:(Get|Put)Object',
  ])('%j is nothing', pattern => {
    expect(isEmpty(actionsMatching(pattern))).toBe(true);
  });

  it.each([
    ['stars', '*'.repeat(10_000), actionCount()],
    ['stars and a colon', `${'*'.repeat(10_000)}:${'*'.repeat(10_000)}`, actionCount()],
    ['stars without a colon', `${'*'.repeat(10_000)}x`, 0],
    ['question marks', `*:${'?'.repeat(10_000)}`, 0],
    ['stars and question marks', `*:${'*?'.repeat(5_000)}`, 0],
    ['stars and letters', `*:${'*e'.repeat(5_000)}`, 0],
    ['letters that nearly fit', `*:${'*e'.repeat(12)}!`, 0],
  ])('is not held up by a bomb of %s', (_, bomb, count) => {
    const began = performance.now();
    expect(size(actionsMatching(bomb))).toBe(count);
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  it('agrees with a regular expression', () => {
    const name = fc.constantFrom(...everyName.filter(each => /^(s3|iam|sts|acm-pca):/.test(each)));
    const mask = fc.array(fc.constantFrom('keep', 'keep', 'any', 'one', 'upper'), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(name, mask, (text, edits) => {
        const pattern = text.replace(/[^:]/g, (letter, at: number) => edited(letter, edits[at % 8]));
        const model = new RegExp(`^${pattern.replace(/\*+/g, '[^:]*').replaceAll('?', '[^:]')}$`, 'i');
        expect(names(pattern)).toEqual(everyName.filter(each => model.test(each)));
      }),
      { numRuns: 60, seed: 7 },
    );
  });

  it('answers alike again, and after it has forgotten', () => {
    const first = actionsMatching('s3:Get*');
    const before = keyOf(first);
    expect(actionsMatching('s3:Get*')).toBe(first);
    for (let n = 0; n < 2_100; n++) actionsMatching(`s3:x${n}`);
    expect(actionsMatching('s3:Get*')).not.toBe(first);
    expect(keyOf(actionsMatching('s3:Get*'))).toBe(before);
    expect(keyOf(first)).toBe(before);
  });

  it('counts', () => {
    expect(size(actionsMatching('*:*'))).toBe(actionCount());
    expect(has(actionsMatching('*:List*'), actionNamed('s3:ListAllMyBuckets')!)).toBe(true);
    expect(has(actionsMatching('*:List*'), actionNamed('s3:GetObject')!)).toBe(false);
  });
});

function edited(letter: string, edit: string | undefined): string {
  if (edit === 'any') return '*';
  if (edit === 'one') return '?';
  return edit === 'upper' ? letter.toUpperCase() : letter;
}
