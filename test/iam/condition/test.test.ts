import { describe, expect, it } from 'vitest';
import { VALUE_TESTS } from '../../../src/iam/condition/test.ts';
import { globOf } from '../../../src/iam/glob.ts';

type Name = keyof typeof VALUE_TESTS;

describe('VALUE_TESTS', () => {
  it.each<[Name, string, string, boolean]>([
    // Test, value of the policy, value of the request.
    ['StringLike', 'a?c', 'abc', true],
    ['StringLike', 'arn:*:b', 'arn:x:y:b', true],
    ['StringLike', '', '', true],
    ['StringEquals', 'a*', 'abc', false],
    ['StringEqualsIgnoreCase', 'Straße', 'sTRAßE', true],
    ['NumericEquals', '1e3', '1000', true],
    ['NumericEquals', ' 5 ', '5', true],
    ['NumericEquals', '+5', '5.', true],
    ['NumericEquals', '.5', '0.5', true],
    ['NumericEquals', '', '0', false],
    ['NumericEquals', 'five', 'five', false],
    ['NumericEquals', '0x10', '16', false],
    ['NumericEquals', 'Infinity', 'Infinity', false],
    ['NumericLessThan', '-1', '-2', true],
    ['DateEquals', '2026', '2026-01-01', true],
    ['DateEquals', '2026-01', '2026-01-01', true],
    ['DateEquals', '2026-01-01T00:00', '2026-01-01', true],
    ['DateEquals', '2026-01-01T01:00:00+01:00', '2026-01-01', true],
    ['DateEquals', '2026-01-01T01:00:00+0100', '2026-01-01', true],
    ['DateEquals', '2026-01-01T00:00:00.000Z', '1767225600', true],
    ['DateEquals', '2026-13-01', '2026-13-01', false],
    ['DateEquals', 'today', 'today', false],
    ['DateLessThan', '0', '-1', true],
    ['Bool', 'True', 'true', true],
    ['Bool', 'yes', 'yes', false],
    ['Bool', '', '', false],
    ['IpAddress', '10.0.0.1', '10.0.0.1', true],
    ['IpAddress', '10.0.0.1/32', '10.0.0.1', true],
    ['IpAddress', '10.0.0.1/32', '10.0.0.2', false],
    ['IpAddress', '0.0.0.0/0', '1.2.3.4', true],
    ['IpAddress', '10.0.0.0/33', '10.0.0.1', false],
    ['IpAddress', '10.0.0.0/-1', '10.0.0.1', false],
    ['IpAddress', '10.0.0.0/8/8', '10.0.0.1', false],
    ['IpAddress', '10.0.0.0/', '10.0.0.1', false],
    ['IpAddress', '10/8', '10.0.0.1', false],
    ['IpAddress', '0/0', '10.0.0.1', false],
    ['IpAddress', '167772160/8', '10.0.0.1', false],
    ['IpAddress', '010.0.0.0/8', '8.0.0.1', false],
    ['IpAddress', 'anything', 'anything', false],
    ['IpAddress', '2001:db8::/32', '2001:db8:1::1', true],
    ['IpAddress', '2001:db8::/32', '2001:db9::1', false],
    ['IpAddress', '2001:DB8::1', '2001:db8:0:0::1', true],
    ['IpAddress', '2001:db8::/32', '10.0.0.1', false],
    ['IpAddress', '10.0.0.0/8', '2001:db8::1', false],
    ['IpAddress', '10.0.0.0/8', '::ffff:10.0.0.1', true],
    ['IpAddress', '0.0.0.0/0', '::1', false],
    ['ArnLike', '*', 'arn:aws:s3:::b', true],
    ['ArnLike', '*', 'bucket', false],
    ['ArnLike', 'arn:aws:s3:::b*', 'arn:aws:s3:::bucket/a:b', true],
    ['ArnLike', 'arn:aws:s3:::b*:c', 'arn:aws:s3:::bucket:a:c', true],
    ['ArnLike', 'arn:*:b', 'arn:aws:s3:::b', false],
    ['ArnLike', 'arn:aws:*:x:b', 'arn:aws:s3:::x:b', false],
    ['ArnLike', 'arn:aws:iam:*:role/app', 'arn:aws:iam::111122223333:role/app', false],
    ['ArnLike', 'arn:aws:iam::*:role/*', 'arn:aws:iam::1:2:role/app', false],
    ['ArnLike', 'arn:aws:iam::1:role/?pp', 'arn:aws:iam::1:role/app', true],
    ['ArnLike', 'arn:aws:iam::1:role/App', 'arn:aws:iam::1:role/app', false],
  ])('%s %s, %s: %s', (test, wanted, value, expected) => {
    expect(VALUE_TESTS[test](value, { text: wanted, glob: globOf(wanted) })).toBe(expected);
  });

  it('StringLike lets a star run over colons where ArnLike does not', () => {
    const [wanted, value] = ['arn:aws:iam::*role/app', 'arn:aws:iam::1:x:role/app'];
    expect(VALUE_TESTS.StringLike(value, { text: wanted, glob: globOf(wanted) })).toBe(true);
    expect(VALUE_TESTS.ArnLike(value, { text: wanted, glob: globOf(wanted) })).toBe(false);
  });
});
