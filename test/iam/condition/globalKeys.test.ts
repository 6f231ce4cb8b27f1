import { expect, it } from 'vitest';
import { isGlobalKey, misreadAs } from '../../../src/iam/condition/globalKeys.ts';

it.each([
  ['aws:SourceIp', true],
  ['AWS:sourceip', true],
  ['aws:PrincipalTag/team', true],
  ['aws:PrincipalTag/x509Subject/CN', true],
  ['aws:PrincipalTag', false],
  ['aws:SourceIp/x', false],
  ['aws:SourceIpp', false],
  ['SourceIp', false],
  ['s3:prefix', false],
])('isGlobalKey %s: %s', (key, expected) => {
  expect(isGlobalKey(key)).toBe(expected);
});

it.each([
  ['aws:SourceIp', '10.0.0.1', undefined],
  ['aws:SourceIp', '2001:db8::1', undefined],
  ['aws:SourceIp', '10.0.0.0/8', 'an IP address'],
  ['aws:sourceip', 'notanip', 'an IP address'],
  ['aws:CurrentTime', '2026-01-01T00:00:00Z', undefined],
  ['aws:EpochTime', '1767225600', undefined],
  ['aws:CurrentTime', 'today', 'a time (ISO 8601, or seconds since 1970)'],
  ['aws:SecureTransport', 'TRUE', undefined],
  ['aws:SecureTransport', 'yes', 'true or false'],
  ['aws:MultiFactorAuthAge', 'x', 'a number'],
  ['aws:SourceVpce', 'x', undefined],
  ['s3:prefix', 'x', undefined],
])('misreadAs %s %s: %s', (key, value, expected) => {
  expect(misreadAs(key, value)).toBe(expected);
});
