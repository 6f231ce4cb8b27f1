import { describe, expect, it } from 'vitest';
import { readPolicy } from '../../src/iam/policy.ts';
import { trustFacts } from '../../src/iam/trust.ts';

const SERVICE = { Service: 'rolesanywhere.amazonaws.com' };
const ALL = ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'];
const SOURCE = { ArnEquals: { 'aws:SourceArn': 'arn:aws:rolesanywhere:eu-west-1:111122223333:trust-anchor/1' } };
const DENIED = { StringNotEquals: { k: 'v' } };
const allow = (rest: object = {}) => ({ Effect: 'Allow', Principal: SERVICE, Action: ALL, ...rest });
const deny = (rest: object = {}) => ({ ...allow(rest), Effect: 'Deny' });

function factsOf(...statements: readonly object[]) {
  const reading = readPolicy({ Version: '2012-10-17', Statement: statements });
  if (reading.kind !== 'parsed') throw new Error(reading.reason);
  return trustFacts(reading.policy);
}

const open = { rolesAnywhere: true, actionsMissing: [], unconditioned: true };
const guarded = { rolesAnywhere: true, actionsMissing: [], unconditioned: false };
const none = { rolesAnywhere: false, actionsMissing: ALL, unconditioned: false };
const unsure = { rolesAnywhere: undefined, actionsMissing: undefined, unconditioned: undefined };

describe('trustFacts', () => {
  it.each([
    ['all three, no condition', [allow()], open],
    ['over three statements', ALL.map(Action => allow({ Action })), open],
    ['any STS action', [allow({ Action: 'STS:*' })], open],
    ['any action', [allow({ Action: '*' })], open],
    ['every action but one of another kind', [allow({ Action: undefined, NotAction: 'sts:GetFederationToken' })], open],
    ['among other services', [allow({ Principal: { Service: ['ec2.amazonaws.com', SERVICE.Service] } })], open],
    ['an empty condition', [allow({ Condition: {} })], open],
    ['a condition', [allow({ Condition: SOURCE })], guarded],
    ['one action guarded', [allow({ Action: ALL.slice(1) }), allow({ Action: ALL[0], Condition: SOURCE })], guarded],
    ['guarded here, open there', [allow({ Condition: SOURCE }), allow()], open],
    [
      'one action short',
      [allow({ Action: ALL.slice(0, 2) })],
      { ...guarded, actionsMissing: ['sts:SetSourceIdentity'] },
    ],
    [
      'NotAction takes one away',
      [allow({ Action: undefined, NotAction: ['sts:tagsession'] })],
      { ...guarded, actionsMissing: ['sts:TagSession'] },
    ],
    ['another service', [allow({ Principal: { Service: 'ec2.amazonaws.com' } })], none],
    ['the name as an AWS principal', [allow({ Principal: { AWS: SERVICE.Service } })], none],
    ['no statement', [], none],
    ['no action that matters', [allow({ Action: 'sts:AssumeRoleWithSAML' })], none],
    ['a Deny alone', [deny()], none],
    ['any principal', [allow({ Principal: '*' })], unsure],
    [
      'any principal, by name too',
      [allow({ Principal: '*' }), allow({ Condition: SOURCE })],
      { ...guarded, unconditioned: undefined },
    ],
    ['NotPrincipal', [allow({ Principal: undefined, NotPrincipal: { AWS: 'x' } })], unsure],
    [
      'a Deny takes one action back',
      [allow(), deny({ Action: 'sts:TagSession' })],
      { ...guarded, actionsMissing: ['sts:TagSession'] },
    ],
    ['a Deny takes all back', [allow(), deny()], none],
    ['a Deny takes all back, with a condition on what was given', [allow({ Condition: SOURCE }), deny()], none],
    ['a Deny with a condition may be the lock', [allow(), deny({ Condition: DENIED })], unsure],
    [
      'a Deny with a condition on one action',
      [allow(), deny({ Action: 'sts:TagSession', Condition: DENIED })],
      { rolesAnywhere: true, actionsMissing: undefined, unconditioned: undefined },
    ],
    [
      'a Deny with a condition, and one action short anyway',
      [allow({ Action: ALL.slice(0, 2) }), deny({ Condition: DENIED })],
      { ...unsure, unconditioned: false },
    ],
    ['a Deny for everyone', [allow(), deny({ Principal: '*' })], none],
    [
      'a Deny for everyone but services',
      [allow(), deny({ Principal: '*', Condition: { Bool: { 'aws:PrincipalIsAWSService': 'false' } } })],
      unsure,
    ],
    ['NotPrincipal that names it', [allow({ Principal: undefined, NotPrincipal: SERVICE })], none],
    ['any identity provider', [allow({ Principal: { Federated: '*' } })], none],
    ['its name in another case', [allow({ Principal: { Service: 'RolesAnywhere.amazonaws.com' } })], unsure],
    ['a Deny for others', [allow(), deny({ Principal: { AWS: 'arn:aws:iam::111122223333:root' } })], open],
    ['a Deny of another action', [allow(), deny({ Action: 'sts:AssumeRoleWithSAML' })], open],
    ['a regional name', [allow({ Principal: { Service: 'rolesanywhere.eu-west-1.amazonaws.com' } })], unsure],
    ["China's name", [allow({ Principal: { Service: 'rolesanywhere.amazonaws.com.cn' } })], unsure],
    [
      "a regional name of China's",
      [allow({ Principal: { Service: 'rolesanywhere.cn-north-1.amazonaws.com.cn' } })],
      unsure,
    ],
    [
      'a regional name beside the name',
      [allow({ Principal: { Service: [SERVICE.Service, 'rolesanywhere.eu-west-1.amazonaws.com'] } })],
      open,
    ],
    [
      'a Deny for a regional name',
      [allow(), deny({ Principal: { Service: 'rolesanywhere.eu-west-1.amazonaws.com' } })],
      unsure,
    ],
    [
      'a name that only looks like it',
      [allow({ Principal: { Service: 'rolesanywhere.amazonaws.com.example.com' } })],
      none,
    ],
  ] as const)('%s', (_, statements, expected) => {
    const { rolesAnywhere, actionsMissing, unconditioned } = factsOf(...statements);
    expect({ rolesAnywhere, actionsMissing, unconditioned }).toEqual(expected);
  });

  it('names the condition keys, the statements and the others', () => {
    const facts = factsOf(
      allow({ Condition: { ...SOURCE, StringLike: { 'AWS:PrincipalTag/x509Subject/CN': 'a*' } } }),
      allow({ Principal: { AWS: ['arn:aws:iam::1:root', 'arn:aws:iam::1:root'], Federated: 'idp' }, Action: 'sts:*' }),
      allow({ Principal: { Service: ['lambda.amazonaws.com', SERVICE.Service] } }),
    );
    expect(facts.conditionKeys).toEqual(['aws:principaltag/x509subject/cn', 'aws:sourcearn']);
    expect(facts.statements.map(each => JSON.parse(each).Principal)).toEqual([
      SERVICE,
      { Service: ['lambda.amazonaws.com', SERVICE.Service] },
    ]);
    expect(facts.otherPrincipals).toEqual(['arn:aws:iam::1:root', 'idp', 'lambda.amazonaws.com']);
  });

  it('does not call Roles Anywhere by a regional name somebody else', () => {
    const Service = ['rolesanywhere.eu-west-1.amazonaws.com', 'rolesanywhere.amazonaws.com.cn', 'ec2.amazonaws.com'];
    expect(factsOf(allow({ Principal: { Service } })).otherPrincipals).toEqual(['ec2.amazonaws.com']);
  });

  it('calls NotPrincipal by its name', () => {
    expect(factsOf(allow({ Principal: undefined, NotPrincipal: { AWS: 'x' } })).otherPrincipals).toEqual([
      'NotPrincipal',
    ]);
  });

  it.each([
    ['everybody', [allow({ Principal: '*' })], true],
    ['everybody, in a list', [allow({ Principal: { AWS: ['arn:aws:iam::1:root', '*'] } })], true],
    ['everybody, next to Roles Anywhere', [allow({ Condition: SOURCE }), allow({ Principal: '*' })], true],
    ['on a condition', [allow({ Principal: '*', Condition: SOURCE })], false],
    ['any service', [allow({ Principal: { Service: '*' } })], false],
    ['to tag alone', [allow({ Principal: '*', Action: 'sts:TagSession' })], false],
    ['a Deny that may be for most of them', [allow({ Principal: '*' }), deny({ Condition: DENIED })], undefined],
    ['all but one', [allow({ Principal: undefined, NotPrincipal: { AWS: '*' } })], false],
    ['Roles Anywhere alone', [allow()], false],
  ] as const)('tells whether every account is let in: %s', (_, statements, expected) => {
    expect(factsOf(...statements).everybody).toBe(expected);
  });
});
