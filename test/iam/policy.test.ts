import { describe, expect, it } from 'vitest';
import { type PolicyForm, readPolicy } from '../../src/iam/policy.ts';

const minimal = { Effect: 'Allow', Action: 'a:B', Resource: '*' };
const trusting = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } };
const text = JSON.stringify({ Version: '2012-10-17', Statement: [minimal] });

function statements(document: unknown) {
  const reading = readPolicy(document);
  return reading.kind === 'parsed' ? reading.policy.statements : reading.reason;
}

describe('readPolicy', () => {
  it.each([
    ['text', text],
    ['text after white space', `\n  ${text}`],
    ['URL-encoded text', encodeURIComponent(text)],
    ['URL-encoded white space and text', encodeURIComponent(`\n${text}`)],
    ['an object', JSON.parse(text)],
    ['a single statement', { Statement: minimal }],
    ['with an Id', { Id: 'x', Statement: minimal }],
  ])('%s', (_, document) => {
    expect(statements(document)).toMatchObject([
      { effect: 'Allow', actions: { negated: false, values: ['a:B'] }, resources: { negated: false, values: ['*'] } },
    ]);
  });

  it.each([
    ['a plus is a plus', encodeURIComponent(text).replace('a%3AB', 'a%3A+'), { actions: { values: ['a:+'] } }],
    ['a per cent sign in plain text', text.replace('a:B', 'a:%41'), { actions: { values: ['a:%41'] } }],
    [
      'a Sid',
      { Statement: { ...minimal, Sid: 'x' } },
      { sid: 'x', at: 0, text: JSON.stringify({ ...minimal, Sid: 'x' }) },
    ],
    ['no Sid', { Statement: minimal }, { sid: undefined }],
    [
      'NotAction',
      { Statement: { Effect: 'Deny', NotAction: ['a:*'] } },
      { effect: 'Deny', actions: { negated: true, values: ['a:*'] } },
    ],
    [
      'NotResource',
      { Statement: { ...minimal, Resource: undefined, NotResource: 'x' } },
      { resources: { negated: true } },
    ],
    [
      'any principal',
      { Statement: { ...minimal, Principal: '*' } },
      { principals: { negated: false, members: [{ type: 'AWS', value: '*' }] } },
    ],
    [
      'several principals',
      { Statement: { ...minimal, Principal: { Service: 's', AWS: ['x', 'y'] } } },
      {
        principals: {
          negated: false,
          members: [
            { type: 'Service', value: 's' },
            { type: 'AWS', value: 'x' },
            { type: 'AWS', value: 'y' },
          ],
        },
      },
    ],
    [
      'NotPrincipal',
      { Statement: { ...minimal, NotPrincipal: { AWS: ['x', 'y'] } } },
      { principals: { negated: true, members: [{ value: 'x' }, { value: 'y' }] } },
    ],
    [
      'conditions',
      { Statement: { ...minimal, Condition: { Bool: { K: true }, StringLike: { a: ['1', 2], b: '3' } } } },
      {
        conditions: [
          { operator: 'Bool', key: 'K', values: ['true'] },
          { operator: 'StringLike', key: 'a', values: ['1', '2'] },
          { operator: 'StringLike', key: 'b', values: ['3'] },
        ],
      },
    ],
    ['no condition', { Statement: { ...minimal, Condition: {} } }, { conditions: [] }],
    ['nothing in a list', { Statement: { ...minimal, Action: [] } }, { actions: { values: [] } }],
  ])('%s', (_, document, expected) => {
    expect(statements(document)).toMatchObject([expected]);
  });

  it.each([
    ['2012-10-17', '2012-10-17', true],
    ['2008-10-17', '2008-10-17', false],
    [undefined, '2008-10-17', false],
  ])('version %s', (Version, version, variables) => {
    expect(readPolicy({ Version, Statement: [minimal] })).toMatchObject({
      kind: 'parsed',
      policy: { version, statements: [{ variables }] },
    });
  });

  it('counts statements from 0', () => {
    expect(statements({ Statement: [minimal, minimal] })).toMatchObject([{ at: 0 }, { at: 1 }]);
    expect(statements({ Statement: [] })).toEqual([]);
  });

  it.each<[string, unknown, string, string]>([
    ['nothing', undefined, '', 'the policy is not an object'],
    ['null', null, '', 'the policy is not an object'],
    ['a number', 7, '', 'the policy is not an object'],
    ['a list', [], '', 'the policy is not an object'],
    ['a list as text', '[]', '', 'the policy is not an object'],
    ['an empty text', '', '1:1', 'the policy is empty'],
    ['white space', ' \n ', '2:2', 'the policy is empty'],
    ['not JSON', '{"Statement": [', '1:16', 'the policy is not JSON'],
    ['not JSON in the third line', '{\n"Statement":\n  oops}', '3:3', 'the policy is not JSON'],
    ['a comment', '{"Statement": [] /* none */}', '1:18', 'the policy is not JSON'],
    ['a comma too many', '{"Statement": [],}', '1:18', 'the policy is not JSON'],
    ['not JSON, URL-encoded', encodeURIComponent('{"Statement":\n oops}'), '2:2', 'the policy is not JSON'],
    ['a bad escape', '%7B%zz', '', 'the policy is neither JSON nor URL-encoded'],
    ['no statement', {}, '', 'the policy has no Statement'],
    ['no statement but a lower-case one', { statement: [] }, '/statement', '"statement" is no element of a policy'],
    ['an unknown element', { Statement: [], Comment: 'x' }, '/Comment', '"Comment" is no element of a policy'],
    ['an Id that is no text', { Id: 7, Statement: [] }, '/Id', 'the value is not text'],
    [
      'another version',
      { Version: '2013-01-01', Statement: [] },
      '/Version',
      'Version is neither 2012-10-17 nor 2008-10-17',
    ],
    [
      'a version that is no text',
      { Version: null, Statement: [] },
      '/Version',
      'Version is neither 2012-10-17 nor 2008-10-17',
    ],
    ['a statement of text', { Statement: 'Allow' }, '/Statement', 'the statement is not an object'],
    ['a null statement', { Statement: null }, '/Statement', 'the statement is not an object'],
    ['a second statement of text', { Statement: [minimal, 'x'] }, '/Statement/1', 'the statement is not an object'],
    [
      'an unknown element of a statement',
      { Statement: [{ ...minimal, 'a/~b': 1 }] },
      '/Statement/0/a~1~0b',
      '"a/~b" is no element of a statement',
    ],
    [
      'an element in the wrong case',
      { Statement: { ...minimal, action: 'x' } },
      '/Statement/action',
      '"action" is no element of a statement',
    ],
    ['no action', { Statement: { Effect: 'Allow', Resource: '*' } }, '/Statement', 'the statement has no Action'],
    [
      'both kinds of action',
      { Statement: { ...minimal, NotAction: 'x' } },
      '/Statement',
      'the statement has both Action and NotAction',
    ],
    [
      'both kinds of resource',
      { Statement: { ...minimal, NotResource: 'x' } },
      '/Statement',
      'the statement has both Resource and NotResource',
    ],
    [
      'both kinds of principal',
      { Statement: { ...trusting, NotPrincipal: '*' } },
      '/Statement',
      'the statement has both Principal and NotPrincipal',
    ],
    [
      'an action that is no text',
      { Statement: [{ ...minimal, Action: ['x', 1] }] },
      '/Statement/0/Action',
      'the value is neither text nor a list of texts',
    ],
    [
      'a null resource',
      { Statement: [{ ...minimal, Resource: null }] },
      '/Statement/0/Resource',
      'the value is neither text nor a list of texts',
    ],
    [
      'a list in a list',
      { Statement: [{ ...minimal, Resource: [['*']] }] },
      '/Statement/0/Resource',
      'the value is neither text nor a list of texts',
    ],
    ['a Sid that is no text', { Statement: [{ ...minimal, Sid: 1 }] }, '/Statement/0/Sid', 'the value is not text'],
    ['no effect', { Statement: { Action: '*' } }, '/Statement/Effect', 'Effect is neither Allow nor Deny'],
    [
      'another effect',
      { Statement: { ...minimal, Effect: 'allow' } },
      '/Statement/Effect',
      'Effect is neither Allow nor Deny',
    ],
    [
      'a condition of text',
      { Statement: { ...minimal, Condition: 'x' } },
      '/Statement/Condition',
      'the condition is not an object',
    ],
    [
      'a null condition',
      { Statement: { ...minimal, Condition: null } },
      '/Statement/Condition',
      'the condition is not an object',
    ],
    [
      'a list of conditions',
      { Statement: { ...minimal, Condition: [{}] } },
      '/Statement/Condition',
      'the condition is not an object',
    ],
    [
      'an operator without keys',
      { Statement: { ...minimal, Condition: { Bool: 'x' } } },
      '/Statement/Condition/Bool',
      'Bool is not an object',
    ],
    [
      'a condition on an object',
      { Statement: { ...minimal, Condition: { Bool: { 'a/b': [{}] } } } },
      '/Statement/Condition/Bool/a~1b',
      'the value is neither text nor number nor boolean',
    ],
    [
      'a condition on null',
      { Statement: { ...minimal, Condition: { Bool: { k: null } } } },
      '/Statement/Condition/Bool/k',
      'the value is neither text nor number nor boolean',
    ],
    [
      'a principal of text',
      { Statement: { ...trusting, Principal: 'me' } },
      '/Statement/Principal',
      'the principal is not an object',
    ],
    [
      'a null principal',
      { Statement: { ...trusting, Principal: null } },
      '/Statement/Principal',
      'the principal is not an object',
    ],
    [
      'another kind of principal',
      { Statement: { ...trusting, Principal: { User: 'me' } } },
      '/Statement/Principal/User',
      '"User" is no kind of principal',
    ],
    [
      'a principal that is no text',
      { Statement: { ...trusting, Principal: { AWS: 111122223333 } } },
      '/Statement/Principal/AWS',
      'the value is neither text nor a list of texts',
    ],
    ['an element twice', '{"Statement":[],\n"Statement":[]}', '2:1', '"Statement" is there twice'],
    [
      'an action twice',
      `{"Statement":{"Effect":"Allow","Action":"a:B","Resource":"*","Action":"*"}}`,
      '1:62',
      '"Action" is there twice',
    ],
    [
      'an operator twice',
      `{"Statement":[{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"Bool":{"a":"true"},"Bool":{"b":"true"}}}]}`,
      '1:93',
      '"Bool" is there twice',
    ],
    ['the same name by an escape', '{"Statement":[],"\\u0053tatement":[]}', '1:17', '"Statement" is there twice'],
    [
      'nested without end',
      `{"Statement":{"Effect":"Allow","Action":"*","x":${'['.repeat(1e5)}${']'.repeat(1e5)}}}`,
      '',
      'the policy is nested too deeply',
    ],
  ])('unparsable: %s', (_, document, where, reason) => {
    expect(readPolicy(document)).toEqual({ kind: 'unparsable', reason, where });
  });

  it.each<[string, PolicyForm, object, string | undefined]>([
    ['an identity policy', 'identity', minimal, undefined],
    [
      'an identity policy without Resource',
      'identity',
      { ...minimal, Resource: undefined },
      'the statement has no Resource',
    ],
    [
      'an identity policy with NotResource',
      'identity',
      { ...minimal, Resource: undefined, NotResource: 'x' },
      undefined,
    ],
    [
      'an identity policy with a Principal',
      'identity',
      { ...minimal, Principal: '*' },
      'the statement has a Principal, which only trust and resource policies have',
    ],
    ['a trust policy', 'trust', trusting, undefined],
    [
      'a trust policy without Principal',
      'trust',
      { ...trusting, Principal: undefined },
      'the statement has no Principal',
    ],
    [
      'a trust policy with NotPrincipal',
      'trust',
      { ...trusting, Principal: undefined, NotPrincipal: { AWS: 'x' } },
      undefined,
    ],
    [
      'a trust policy with a Resource',
      'trust',
      { ...trusting, Resource: '*' },
      'the statement has a Resource, which no trust policy has',
    ],
  ])('%s', (_, form, statement, reason) => {
    const reading = readPolicy({ Statement: [statement] }, form);
    expect(reading.kind === 'unparsable' ? reading : undefined).toEqual(
      reason && { kind: 'unparsable', reason, where: '/Statement/0' },
    );
  });

  it('takes __proto__ for a name like any other', () => {
    expect(readPolicy('{"__proto__":{"Statement":[]}}')).toMatchObject({ kind: 'unparsable', where: '/__proto__' });
    expect(
      statements(`{"Statement":{"Effect":"Allow","Action":"*","Condition":{"Bool":{"__proto__":"x"}}}}`),
    ).toMatchObject([{ conditions: [{ key: '__proto__', values: ['x'] }] }]);
    expect(
      statements('{"Statement":{"Effect":"Allow","Action":"*","Condition":{"__proto__":{"k":"x"}}}}'),
    ).toMatchObject([{ conditions: [{ operator: '__proto__', key: 'k' }] }]);
  });

  it('is not fooled by what looks like a name in a value', () => {
    const action = 'a:"b": "c":';
    expect(statements(JSON.stringify({ Statement: { ...minimal, Action: action } }))).toMatchObject([
      { actions: { values: [action] } },
    ]);
  });

  it('reads 130 KB', () => {
    const actions = Array.from({ length: 5_000 }, (_, n) => `service:Action${n}Something`);
    const large = JSON.stringify({ Statement: { ...minimal, Action: actions } }, null, 2);
    expect(large.length).toBeGreaterThan(130_000);
    expect(statements(encodeURIComponent(large))).toMatchObject([{ actions: { values: actions } }]);
  });
});
