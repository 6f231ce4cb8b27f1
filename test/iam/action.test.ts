import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coversAction, isWildcardOnly } from '../../src/iam/action.ts';
import { actionNamed } from '../../src/iam/catalog/action.ts';
import { has } from '../../src/iam/catalog/actionSet.ts';
import { actionsMatching } from '../../src/iam/catalog/matching.ts';
import { RUNS } from './deep.ts';

describe('coversAction', () => {
  it.each([
    ['*', true],
    ['**', true],
    ['*:*', true],
    ['sts:*', true],
    ['STS:assumerole', true],
    ['sts:Assume*', true],
    ['sts:?ssumeRole', true],
    ['s?s:AssumeRole', true],
    ['*:AssumeRole', true],
    ['s*:*e*R*e', true],
    ['sts*AssumeRole', false],
    ['sts?AssumeRole', false],
    ['sts:AssumeRole?', false],
    ['sts:TagSession', false],
    ['sts:Assume', false],
    ['sts', false],
    ['', false],
    [' sts:AssumeRole', false],
    ['sts:AssumeRole ', false],
    ['sts:* ', false],
    ['sts:\tAssumeRole', false],
    ['sts:AssumeRole,', false],
    ['sts:AssumeRole,sts:TagSession', false],
    ['sts:*,sts:*', false],
    ['* ', false],
    ['*,', false],
    [`${'*a'.repeat(500)}`, false],
    [`sts:${'*a'.repeat(5_000)}`, false],
    ['st\u017f:AssumeRole', false],
  ])('%s', (pattern, expected) => {
    expect(coversAction({ negated: false, values: [pattern] }, 'sts:AssumeRole')).toBe(expected);
    expect(coversAction({ negated: true, values: [pattern] }, 'sts:AssumeRole')).toBe(!expected);
    expect(coversAction({ negated: false, values: [pattern] }, 'STS:ASSUMEROLE')).toBe(expected);
  });

  it('of several patterns any one will do, and none covers nothing', () => {
    expect(coversAction({ negated: false, values: ['s3:*', 'sts:*'] }, 'sts:AssumeRole')).toBe(true);
    expect(coversAction({ negated: true, values: ['s3:*', 'sts:*'] }, 'sts:AssumeRole')).toBe(false);
    expect(coversAction({ negated: false, values: [] }, 'sts:AssumeRole')).toBe(false);
  });

  it('takes NotAction * for nothing', () => {
    expect(coversAction({ negated: true, values: ['*'] }, 'sts:AssumeRole')).toBe(false);
  });

  it('says of every documented action what the catalogue says', () => {
    const names = [
      's3:GetObject',
      's3:PutObject',
      'iam:PassRole',
      'ec2:DescribeInstances',
      'sts:AssumeRole',
      'acm-pca:GetPolicy',
    ];
    const piece = fc.constantFrom('*', '?', ':', 's', 'S3', 'get', 'Object', 'iam', 'Pass', 'Role', '-', ' ', ',', 'K');
    const pattern = fc.oneof(
      fc.array(piece, { maxLength: 6 }).map(pieces => pieces.join('')),
      fc
        .tuple(fc.constantFrom(...names), fc.nat(20), piece)
        .map(([name, at, wild]) => name.slice(0, at) + wild + name.slice(at + 1)),
    );
    fc.assert(
      fc.property(pattern, fc.constantFrom(...names), (text, name) => {
        expect(coversAction({ negated: false, values: [text] }, name)).toBe(
          has(actionsMatching(text), actionNamed(name)!),
        );
      }),
      RUNS,
    );
  });
});

it.each([
  ['ec2:DescribeInstances', true],
  ['EC2:describeinstances', true],
  ['s3:ListAllMyBuckets', true],
  ['s3:GetObject', false],
  ['s3:NoSuchAction', false],
  ['nothing', false],
])('%s is about no resource: %s', (action, expected) => {
  expect(isWildcardOnly(action)).toBe(expected);
});
