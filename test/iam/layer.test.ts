import { expect, it } from 'vitest';
import { contentOf } from '../../src/iam/layer.ts';
import { readPolicy } from '../../src/iam/policy.ts';

const reading = readPolicy({ Statement: [{ Sid: 'a', Effect: 'Allow', Action: '*', Resource: '*' }] });

it('takes the statements that could be read, and names the policies that could not', () => {
  const { statements, unread } = contentOf({
    name: 'session',
    policies: [
      { name: 'good', reading },
      { name: 'hidden', reading: undefined },
      { name: 'no JSON', reading: readPolicy('{') },
      { name: 'no policy', reading: readPolicy({ Statement: [{ Effect: 'Allow' }] }) },
    ],
    complete: true,
  });
  expect(statements).toMatchObject([{ layer: 'session', policy: 'good', statement: { sid: 'a' } }]);
  expect(unread).toEqual([
    'hidden',
    'no JSON (the policy is not JSON at 1:2)',
    'no policy (the statement has no Action at /Statement/0)',
  ]);
});

it('says when there may be more', () => {
  expect(contentOf({ name: 'identity', policies: [], complete: false }).unread).toEqual(['other identity policies']);
  expect(contentOf({ name: 'identity', policies: [], complete: true })).toEqual({ statements: [], unread: [] });
});
