import { expect, test } from 'vitest';
import { mentionsRolesAnywhere } from '../../src/aws/trust.ts';

const allow = (principal: unknown) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' }],
});

test.each([
  [allow({ Service: 'rolesanywhere.amazonaws.com' }), true],
  [allow({ Service: ['ec2.amazonaws.com', 'RolesAnywhere.amazonaws.com'] }), true],
  [allow({ Service: 'rolesanywhere.eu-west-1.amazonaws.com' }), true],
  [allow({ Service: 'rolesanywhere.amazonaws.com.cn' }), true],
  [allow({ Service: '*' }), true],
  [allow({ Service: 'roles*.amazonaws.com' }), true],
  [allow({ Service: 'rolesanywher?.amazonaws.com' }), true],
  [allow('*'), true],
  [allow(['*']), true],
  [allow({ AWS: '*' }), true],
  [{ Statement: { Effect: 'Deny', Principal: { Service: 'rolesanywhere.amazonaws.com' } } }, true],
  [{ Statement: [{ Effect: 'Allow', NotPrincipal: { AWS: 'arn:aws:iam::111122223333:root' } }] }, true],
  [{ statement: [{ principal: { service: 'rolesanywhere.amazonaws.com' } }] }, true],
  [allow({ Service: 'ec2.amazonaws.com' }), false],
  [allow({ Service: 'roles*.amazonaws.co' }), false],
  [allow({ Service: 'notrolesanywhere.amazonaws.com' }), false],
  [allow({ AWS: 'arn:aws:iam::111122223333:root' }), false],
  [allow({ AWS: 'rolesanywhere.amazonaws.com' }), false],
  [{ Version: '2012-10-17', Statement: [] }, false],
  [{ Version: '2012-10-17' }, false],
])('%j: %s', (document, expected) => {
  expect(mentionsRolesAnywhere(JSON.stringify(document))).toBe(expected);
});

test.each([undefined, '', '{', '[]', '"text"', 'null', '%7B'])(
  'a document that cannot be read (%s) keeps its role',
  document => {
    expect(mentionsRolesAnywhere(document)).toBe(true);
  },
);

test('a pattern made to be slow is not', () => {
  expect(mentionsRolesAnywhere(JSON.stringify(allow({ Service: `${'*a'.repeat(5000)}b` })))).toBe(false);
});
