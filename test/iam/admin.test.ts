import { describe, expect, it } from 'vitest';
import { adminFacts } from '../../src/iam/admin.ts';
import { readPolicy } from '../../src/iam/policy.ts';

const ALL = { Effect: 'Allow', Action: '*', Resource: '*' };
const policy = (...statements: readonly object[]) => ({ name: 'p', reading: readPolicy({ Statement: statements }) });
const unread = { name: 'arn:aws:iam::111122223333:policy/x', reading: undefined };
const aws = { name: 'arn:aws:iam::aws:policy/AdministratorAccess', reading: undefined };

describe('adminFacts', () => {
  it.each([
    ['no policy', [], {}, false, []],
    ['everything', [policy(ALL)], {}, true, ['p']],
    [
      'everything, in two parts',
      [policy({ ...ALL, Action: ['s3:Get*', '*:*'], Resource: ['x', '*'] })],
      {},
      true,
      ['p'],
    ],
    ["AWS's own, unread", [aws], {}, true, [aws.name]],
    [
      "in another partition's name",
      [{ ...aws, name: aws.name.replace('aws', 'aws-us-gov') }],
      {},
      true,
      [aws.name.replace('aws', 'aws-us-gov')],
    ],
    [
      'the name alone does not make one',
      [{ ...unread, name: 'arn:aws:iam::111122223333:policy/AdministratorAccess' }],
      {},
      undefined,
      [],
    ],
    [
      'with a condition',
      [policy({ ...ALL, Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } })],
      {},
      false,
      [],
    ],
    ['one service', [policy({ ...ALL, Action: 's3:*' })], {}, false, []],
    ['one resource', [policy({ ...ALL, Resource: 'arn:aws:s3:::*' })], {}, false, []],
    ['all but some actions', [policy({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' })], {}, false, []],
    ['all but all', [policy({ Effect: 'Allow', NotAction: '*', Resource: '*' })], {}, false, []],
    ['a boundary', [policy(ALL)], { boundary: true }, false, []],
    ['perhaps a boundary', [policy(ALL)], { boundary: undefined }, undefined, ['p']],
    ['no admin, perhaps a boundary', [policy()], { boundary: undefined }, false, []],
    ['everything denied again', [policy(ALL), policy({ ...ALL, Effect: 'Deny' })], {}, false, []],
    ['something denied', [policy(ALL, { ...ALL, Effect: 'Deny', Action: 'iam:*' })], {}, true, ['p']],
    ['something unread', [policy(), unread], {}, undefined, []],
    ['something unread beside everything', [unread, policy(ALL)], {}, true, ['p']],
    ['something unparsable', [{ name: 'p', reading: readPolicy('{') }], {}, undefined, []],
    ['perhaps more policies', [policy()], { complete: false }, undefined, []],
  ] as const)('%s', (_, policies, rest, admin, by) => {
    expect(adminFacts({ policies, complete: true, boundary: false, ...rest })).toEqual({ admin, by });
  });
});
