import { describe, expect, it } from 'vitest';
import { isServiceLinked } from '../../src/iam/arn.ts';

describe('roles of services', () => {
  it.each([
    ['arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX', true],
    ['arn:aws-cn:iam::111122223333:role/aws-service-role/x/AWSServiceRoleForX', true],
    ['arn:aws:iam::111122223333:role/x:role/aws-service-role/x.amazonaws.com/host', false],
    ['arn:aws:iam::111122223333:role/app/aws-service-role/host', false],
    ['arn:aws:iam::111122223333:role/aws-service-role', false],
    ['arn:aws:iam::111122223333:user/aws-service-role/x', false],
    ['role/aws-service-role/x', false],
    ['', false],
  ])('%s: %s', (arn, expected) => {
    expect(isServiceLinked(arn)).toBe(expected);
  });
});
