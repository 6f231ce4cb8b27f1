import { describe, expect, it } from 'vitest';
import { lintPolicy } from '../../src/iam/lint.ts';
import { readPolicy } from '../../src/iam/policy.ts';

function kinds(document: unknown): readonly string[] {
  const text = typeof document === 'string' ? document : JSON.stringify(document);
  const reading = readPolicy(text);
  if (reading.kind !== 'parsed') throw new Error(reading.reason);
  return lintPolicy(reading.policy).map(({ kind, where }) => `${kind} ${where}`);
}

const statement = (rest: object, Version = '2012-10-17') => ({
  Version,
  Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*', ...rest }],
});
const condition = (Condition: object) => statement({ Condition });

describe('lintPolicy', () => {
  it.each([
    ['nothing to say', statement({}), []],
    ['an action nobody knows', statement({ Action: 's3:GetObjekt' }), ['unknown_action /Statement/0']],
    ['a pattern for no action', statement({ Action: ['s3:Get*', 's3:Foo*'] }), ['unknown_action /Statement/0']],
    ['a comma', statement({ Action: 's3:GetObject,s3:PutObject' }), ['malformed_action /Statement/0']],
    ['no colon', statement({ Action: 'GetObject' }), ['malformed_action /Statement/0']],
    [
      'stars',
      statement({ Action: ['**', '*:*', 's3:**', '*', 's3:*'] }),
      Array(3).fill('effectively_star /Statement/0'),
    ],
    ['a bucket for an object', statement({ Resource: 'arn:aws:sqs:*:*:q' }), ['resource_mismatch /Statement/0']],
    ['one resource that fits', statement({ Resource: ['arn:aws:sqs:*:*:q', 'arn:aws:s3:::a/*'] }), []],
    [
      'an ARN for an action without resources',
      statement({ Action: 's3:ListAllMyBuckets', Resource: 'arn:aws:s3:::a' }),
      ['needs_star_resource /Statement/0'],
    ],
    [
      'a variable in an old version',
      statement({ Resource: 'arn:aws:s3:::home/${aws:username}' }, '2008-10-17'),
      ['variable_in_old_version /Statement/0'],
    ],
    ['a variable', statement({ Resource: 'arn:aws:s3:::home/${aws:username}' }), []],
    ['all but', statement({ Action: undefined, NotAction: 'iam:*' }), ['allow_all_but /Statement/0']],
    ['a Deny of all but', statement({ Effect: 'Deny', Action: undefined, NotAction: 'iam:*' }), []],
    ['no operator', condition({ StringIs: { a: 'b' } }), ['unknown_operator /Statement/0']],
    [
      'ForAllValues where the key may be absent',
      condition({ 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a'] } }),
      ['for_all_values_absent /Statement/0'],
    ],
    [
      'ForAllValues where it may not',
      condition({ 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a'] }, Null: { 'aws:tagkeys': 'false' } }),
      [],
    ],
    [
      'a star as it is',
      condition({ StringEquals: { 'aws:PrincipalTag/a': 'web-*' } }),
      ['literal_wildcard /Statement/0'],
    ],
    ['a star for a variable', condition({ StringEquals: { 'aws:PrincipalTag/a': '${*}' } }), []],
  ])('%s', (_, document, expected) => {
    expect(kinds(document)).toEqual(expected);
  });

  it('bears a policy of hostile names', () => {
    const document = `{"Statement":{"Effect":"Allow","Action":["__proto__:x","constructor:y"],"Resource":"${'*a'.repeat(5_000)}"}}`;
    expect(kinds(document)).toEqual(['unknown_action /Statement/0', 'unknown_action /Statement/0']);
  });
});
