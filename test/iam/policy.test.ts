import { describe, expect, it } from 'vitest';
import { coversAction } from '../../src/iam/action.ts';
import { readPolicy } from '../../src/iam/policy.ts';

const minimal = { Effect: 'Allow', Action: 'a:B', Resource: '*' };
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
  ])('%s', (_, document) => {
    expect(statements(document)).toMatchObject([
      { effect: 'Allow', actions: { negated: false, values: ['a:B'] }, resources: { negated: false, values: ['*'] } },
    ]);
  });

  it.each([
    ['a plus is a plus', encodeURIComponent(text).replace('a%3AB', 'a%3A+'), { actions: { values: ['a:+'] } }],
    ['a per cent sign in plain text', text.replace('a:B', 'a:%41'), { actions: { values: ['a:%41'] } }],
    [
      'NotAction',
      { Statement: { Effect: 'Deny', NotAction: ['a:*'] } },
      { effect: 'Deny', actions: { negated: true } },
    ],
    [
      'any principal',
      { Statement: { ...minimal, Principal: '*' } },
      { principals: { negated: false, members: [{ type: 'AWS', value: '*' }] } },
    ],
    [
      'NotPrincipal',
      { Statement: { ...minimal, NotPrincipal: { AWS: ['x', 'y'] } } },
      { principals: { negated: true, members: [{ value: 'x' }, { value: 'y' }] } },
    ],
    [
      'conditions',
      { Statement: { ...minimal, Condition: { Bool: { K: true }, StringLike: { a: ['1', '2'], b: '3' } } } },
      {
        conditions: [
          { operator: 'Bool', key: 'K', values: ['true'] },
          { operator: 'StringLike', key: 'a', values: ['1', '2'] },
          { operator: 'StringLike', key: 'b', values: ['3'] },
        ],
      },
    ],
    ['no condition', { Statement: { ...minimal, Condition: {} } }, { conditions: [] }],
  ])('%s', (_, document, expected) => {
    expect(statements(document)).toMatchObject([expected]);
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a number', 7],
    ['a list', []],
    ['an empty text', ''],
    ['not JSON', '{"Statement": ['],
    ['a bad escape', '%7B%zz'],
    ['no statement', {}],
    ['a statement of text', { Statement: 'Allow' }],
    ['no action', { Statement: { Effect: 'Allow', Resource: '*' } }],
    ['both kinds of action', { Statement: { Effect: 'Allow', Action: '*', NotAction: 'x' } }],
    ['an action that is no text', { Statement: { Effect: 'Allow', Action: [1] } }],
    ['another effect', { Statement: { ...minimal, Effect: 'allow' } }],
    ['a condition of text', { Statement: { ...minimal, Condition: 'x' } }],
    ['a principal of text', { Statement: { ...minimal, Principal: 'me' } }],
    ['nested without end', `{"Statement":{"Effect":"Allow","Action":"*","x":${'['.repeat(1e5)}${']'.repeat(1e5)}}}`],
  ])('unparsable: %s', (_, document) => {
    expect(readPolicy(document)).toEqual({ kind: 'unparsable', reason: expect.stringMatching(/./) });
  });

  it('takes __proto__ for a name like any other', () => {
    expect(readPolicy('{"__proto__":{"Statement":[]}}').kind).toBe('unparsable');
    expect(
      statements(`{"Statement":{"Effect":"Allow","Action":"*","Condition":{"Bool":{"__proto__":"x"}}}}`),
    ).toMatchObject([{ conditions: [{ key: '__proto__', values: ['x'] }] }]);
  });
});

describe('coversAction', () => {
  it.each([
    ['*', true],
    ['sts:*', true],
    ['STS:assumerole', true],
    ['sts:Assume*', true],
    ['sts:?ssumeRole', true],
    ['*:AssumeRole', true],
    ['s*:*e*R*e', true],
    ['sts:AssumeRole?', false],
    ['sts:TagSession', false],
    ['sts:Assume', false],
    ['', false],
    [' sts:AssumeRole', false],
    [`${'*a'.repeat(500)}`, false],
  ])('%s', (pattern, expected) => {
    expect(coversAction({ negated: false, values: [pattern] }, 'sts:AssumeRole')).toBe(expected);
    expect(coversAction({ negated: true, values: [pattern] }, 'sts:AssumeRole')).toBe(!expected);
  });
});
