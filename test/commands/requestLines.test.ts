import { describe, expect, it } from 'vitest';
import { requestLine } from '../../src/commands/requestLines.ts';

const REQUEST = { profile: 'web', role: 'reader', action: 's3:GetObject', resource: 'arn:aws:s3:::b/k' };

describe('requestLine', () => {
  it.each<[string, object, string, unknown]>([
    ['text', { context: { 'aws:SourceIp': '10.0.0.1' } }, 'aws:sourceip', { kind: 'known', values: ['10.0.0.1'] }],
    ['several', { context: { 'aws:TagKeys': ['a', 'b'] } }, 'aws:tagkeys', { kind: 'known', values: ['a', 'b'] }],
    [
      'a truth',
      { context: { 'aws:SecureTransport': true } },
      'aws:securetransport',
      { kind: 'known', values: ['true'] },
    ],
    ['a number', { context: { 's3:max-keys': 5 } }, 's3:max-keys', { kind: 'known', values: ['5'] }],
    ['null', { context: { 'aws:SourceIp': null } }, 'aws:sourceip', { kind: 'absent' }],
    ['none', { context: { 'aws:TagKeys': [] } }, 'aws:tagkeys', { kind: 'absent' }],
    ['nothing', {}, 'aws:sourceip', { kind: 'unknown', present: false }],
  ])('reads a context value: %s', (_, more, key, expected) => {
    const read = requestLine(JSON.stringify({ ...REQUEST, ...more }), 1);
    if ('error' in read) throw new Error(read.error);
    expect(read.request.context(key)).toEqual(expected);
  });

  it.each<[string, unknown, string | undefined, RegExp]>([
    ['no object', 'x', undefined, /an object is wanted/],
    ['no role', { ...REQUEST, role: undefined }, 'role', /role is missing/],
    [
      'a member too many',
      { ...REQUEST, contxt: {} },
      'contxt',
      /contxt is no member of a request: did you mean context/,
    ],
    ['a member in another case', { ...REQUEST, Context: {} }, 'Context', /did you mean context/],
    ['a number for a role', { ...REQUEST, role: 5 }, 'role', /^role: /],
    ['an object for a value', { ...REQUEST, context: { 'aws:SourceIp': {} } }, 'context.aws:SourceIp', /aws:SourceIp/],
    ['a list in a list', { ...REQUEST, context: { 'aws:SourceIp': [['a']] } }, 'context.aws:SourceIp', /aws:SourceIp/],
    ['a pattern of actions', { ...REQUEST, action: 's3:*' }, 'action', /^s3:\* is no action\. Write service:Name/],
    ['no ARN', { ...REQUEST, resource: 's3://b' }, 'resource', /s3:\/\/b is no ARN/],
    ['no key', { ...REQUEST, context: { SourceIp: 'x' } }, 'context.SourceIp', /Did you mean aws:SourceIp/],
    ['no address', { ...REQUEST, context: { 'aws:SourceIp': 'x' } }, 'context.aws:SourceIp', /is not an IP address: x/],
  ])('refuses %s', (_, json, member, why) => {
    expect(requestLine(JSON.stringify(json), 7)).toEqual({ error: expect.stringMatching(why), line: 7, member });
  });

  it('refuses what is no JSON', () => {
    expect(requestLine('{', 2)).toEqual({ error: 'not JSON', line: 2, member: undefined });
  });
});
