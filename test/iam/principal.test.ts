import { describe, expect, it } from 'vitest';
import { readPolicy } from '../../src/iam/policy.ts';
import { admission, principalsSay } from '../../src/iam/principal.ts';

const NAME = 'rolesanywhere.amazonaws.com';

function statement(principal: object, Effect: 'Allow' | 'Deny' = 'Allow') {
  const reading = readPolicy({ Statement: { Effect, Action: 'sts:AssumeRole', ...principal } }, 'trust');
  if (reading.kind !== 'parsed') throw new Error(reading.reason);
  return reading.policy.statements[0]!;
}

describe('whether a statement is about Roles Anywhere', () => {
  it.each([
    ['its name', { Principal: { Service: NAME } }, true, true],
    ['its name among others', { Principal: { Service: ['ec2.amazonaws.com', NAME], AWS: '*' } }, true, true],
    ['everybody', { Principal: '*' }, undefined, true],
    ['every AWS principal, which is the same', { Principal: { AWS: '*' } }, undefined, true],
    ['every service', { Principal: { Service: '*' } }, undefined, undefined],
    ['every identity provider', { Principal: { Federated: '*' } }, false, false],
    ['a regional name', { Principal: { Service: 'rolesanywhere.eu-west-1.amazonaws.com' } }, undefined, undefined],
    ["China's name", { Principal: { Service: `${NAME}.cn` } }, undefined, undefined],
    ['its name in another case', { Principal: { Service: 'RolesAnywhere.amazonaws.com' } }, undefined, undefined],
    ['its name as an AWS principal', { Principal: { AWS: NAME } }, false, false],
    ['another service', { Principal: { Service: 'ec2.amazonaws.com' } }, false, false],
    ['a longer name', { Principal: { Service: `${NAME}.example.com` } }, false, false],
    ['all but another', { NotPrincipal: { AWS: 'x' } }, undefined, undefined],
    ['all but itself', { NotPrincipal: { Service: NAME } }, false, false],
  ] as const)('%s', (_, principal, allow, deny) => {
    expect([admission(statement(principal)), admission(statement(principal, 'Deny'))]).toEqual([allow, deny]);
  });
});

it.each([
  [{ Principal: '*' }, 'Principal *'],
  [{ Principal: { AWS: ['arn:aws:iam::111122223333:root', '*'] } }, 'Principal *'],
  [{ Principal: { Service: ['ec2.amazonaws.com', '*'] } }, 'Principal Service *'],
  [
    { Principal: { Service: 'rolesanywhere.eu-west-1.amazonaws.com' } },
    'Principal Service rolesanywhere.eu-west-1.amazonaws.com',
  ],
  [{ NotPrincipal: '*' }, 'NotPrincipal'],
])('says %j as %s', (principal, expected) => {
  expect(principalsSay(statement(principal).principals!)).toBe(expected);
});
