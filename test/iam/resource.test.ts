// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written that way.
import { describe, expect, it } from 'vitest';
import { ABSENT, contextOf, known } from '../../src/iam/context.ts';
import { ANYTHING, globOf, isAnything, matches } from '../../src/iam/glob.ts';
import { accountIn, plainResourceGlob, resourceGlob } from '../../src/iam/resource.ts';
import type { Unresolved } from '../../src/iam/variable.ts';

const ROLE = 'arn:aws:iam::111122223333:role/app';

describe('plainResourceGlob', () => {
  it.each([
    ['*', ROLE, true],
    ['**', ROLE, true],
    ['', '', true],
    ['', ROLE, false],
    ['arn:*', ROLE, true],
    ['arn:aws:iam::*', ROLE, true],
    ['arn:aws:iam::*:role/*', ROLE, true],
    ['arn:aws:iam::111122223333:role/app', ROLE, true],
    ['arn:aws:iam::111122223333:role/App', ROLE, false],
    ['ARN:aws:iam::111122223333:role/app', ROLE, false],
    ['arn:aws:iam::11112222????:role/app', ROLE, true],
    ['arn:aws:*:role/app', ROLE, false],
    ['arn:aws:iam:*:role/app', ROLE, false],
    ['arn:aws:iam::*role/app', ROLE, false],
    ['*:role/app', ROLE, true],
    ['?rn:aws:iam::*', ROLE, true],
    ['*role*', ROLE, true],
    ['arn:aws', ROLE, true],
    ['arn:aws:iam', ROLE, true],
    ['arn:aws:iam:', ROLE, true],
    ['arn:aws:iam::', ROLE, false],
    ['arn:aws:i*', ROLE, true],
    ['arn:aws:s3', ROLE, false],
    ['arn:aws:iam::111122223333', ROLE, true],
    ['arn:aws:iam::111122223333:', ROLE, false],
    ['arn:aws:logs:*:*:log-group:*', 'arn:aws:logs:eu-west-1:1:log-group:a:b:c', true],
    ['arn:aws:logs:*:*:log-group:*:c', 'arn:aws:logs:eu-west-1:1:log-group:a:b:c', true],
    ['arn:aws:s3:::b/?', 'arn:aws:s3:::b/:', true],
    ['arn:aws:s3:?::b', 'arn:aws:s3::::b', false],
    ['bucket', 'arn:aws:s3:::bucket', false],
  ])('%s, %s: %s', (pattern, resource, expected) => {
    expect(matches(plainResourceGlob(pattern), resource)).toBe(expected);
  });

  it('of the same text is the same', () => {
    expect(plainResourceGlob('arn:aws:s3:::a*')).toBe(plainResourceGlob('arn:aws:s3:::a*'));
    expect(isAnything(plainResourceGlob('***'))).toBe(true);
  });
});

describe('resourceGlob', () => {
  const context = contextOf([
    ['aws:PrincipalTag/team', known('a')],
    ['aws:PrincipalTag/star', known('*')],
    ['aws:PrincipalTag/arn', known('arn:aws:s3:::b')],
    ['aws:PrincipalTag/none', ABSENT],
    ['aws:PrincipalAccount', known('111122223333')],
  ]);
  const held = (text: string, resource: string, unresolved: Unresolved = 'widen') => {
    const glob = resourceGlob(text, { variables: true, context, unresolved });
    return glob && matches(glob, resource);
  };

  it.each<[string, string, boolean | undefined]>([
    ['arn:aws:s3:::b/${aws:PrincipalTag/team}/*', 'arn:aws:s3:::b/a/x', true],
    ['arn:aws:s3:::b/${aws:PrincipalTag/team}/*', 'arn:aws:s3:::b/c/x', false],
    ['arn:aws:s3:::b/${aws:PrincipalTag/star}', 'arn:aws:s3:::b/c', false],
    ['arn:aws:s3:::b/${aws:PrincipalTag/star}', 'arn:aws:s3:::b/*', true],
    ['arn:aws:s3:::b/${*}', 'arn:aws:s3:::b/c', false],
    ['${aws:PrincipalTag/star}', ROLE, false],
    ['arn:aws:iam::${aws:PrincipalAccount}:role/*', ROLE, true],
    ['arn:aws:iam::${aws:PrincipalAccount}', ROLE, true],
    ['${aws:PrincipalTag/arn}', 'arn:aws:s3:::b', true],
    ['${aws:PrincipalTag/arn}/*', 'arn:aws:s3:::b/x:y', true],
    ['arn:aws:s3:::b/${aws:PrincipalTag/none}', 'arn:aws:s3:::b/', undefined],
    ["arn:aws:s3:::b/${aws:PrincipalTag/none, 'x'}", 'arn:aws:s3:::b/x', true],
    ['arn:aws:s3:::b/${aws:SourceIp}', 'arn:aws:s3:::b/any:thing', true],
    ['arn:aws:s3:${aws:SourceIp}::b', 'arn:aws:s3:eu:1:b', false],
    ['${aws:SourceIp}', ROLE, true],
  ])('%s, %s: %s', (text, resource, expected) => {
    expect(held(text, resource)).toBe(expected);
  });

  it('drops what is not known where it must be certain', () => {
    expect(held('arn:aws:s3:::b/${aws:SourceIp}', 'arn:aws:s3:::b/x', 'drop')).toBe(undefined);
    expect(held('arn:aws:s3:::b/${aws:PrincipalTag/team}', 'arn:aws:s3:::b/a', 'drop')).toBe(true);
  });

  it('is text in a policy of 2008', () => {
    const glob = resourceGlob('arn:aws:s3:::${aws:username}', { variables: false, context, unresolved: 'widen' })!;
    expect(matches(glob, 'arn:aws:s3:::${aws:username}')).toBe(true);
    expect(matches(glob, 'arn:aws:s3:::a')).toBe(false);
  });
});

it.each([
  ['arn:aws:iam::111122223333:role/*', '111122223333'],
  ['arn:*:sqs:*:111122223333:*', '111122223333'],
  ['arn:aws:iam::111122223333', '111122223333'],
  ['arn:aws:iam::*:role/a', undefined],
  ['arn:aws:iam::1111????3333:role/a', undefined],
  ['arn:aws:s3:::b', undefined],
  ['*:::111122223333:role/a', undefined],
  ['a', undefined],
])('the account in %s: %s', (text, expected) => {
  expect(accountIn(plainResourceGlob(text))).toBe(expected);
  expect(accountIn(ANYTHING)).toBe(undefined);
  expect(accountIn(globOf('a:b'))).toBe(undefined);
});
