// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written that way.
import { describe, expect, it } from 'vitest';
import { ABSENT, contextOf, known, PRESENT } from '../../src/iam/context.ts';
import {
  filledIn,
  hasDefault,
  hasVariables,
  type Piece,
  resolved,
  type Unresolved,
  unknownKeysIn,
} from '../../src/iam/variable.ts';

const context = contextOf([
  ['aws:PrincipalTag/team', known('a')],
  ['aws:PrincipalTag/star', known('*')],
  ['aws:PrincipalTag/empty', known('')],
  ['aws:PrincipalTag/none', ABSENT],
  ['aws:PrincipalTag/some', PRESENT],
  ['aws:TagKeys', known('a', 'b')],
]);

const pattern = (text: string): Piece => ({ kind: 'pattern', text });
const literal = (text: string): Piece => ({ kind: 'literal', text });
const anything: Piece = { kind: 'anything' };

const pieces = (text: string, unresolved: Unresolved = 'widen', variables = true) =>
  resolved(text, { variables, context, unresolved });

describe('resolved', () => {
  it.each<[string, readonly Piece[] | undefined]>([
    ['', [pattern('')]],
    ['a*', [pattern('a*')]],
    ['${aws:PrincipalTag/team}', [literal('a')]],
    ['x/${AWS:principaltag/TEAM}/*', [pattern('x/'), literal('a'), pattern('/*')]],
    ['${aws:PrincipalTag/star}', [literal('*')]],
    ['${aws:PrincipalTag/empty}x', [literal(''), pattern('x')]],
    ['${aws:PrincipalTag/team}${aws:PrincipalTag/star}', [literal('a'), literal('*')]],
    ['${*}${?}${$}', [literal('*'), literal('?'), literal('$')]],
    ['$${aws:PrincipalTag/team}', [pattern('$'), literal('a')]],
    ['${ aws:PrincipalTag/team }', [literal('a')]],
    ['${aws:PrincipalTag/none}', undefined],
    ['a${aws:PrincipalTag/none}*', undefined],
    ["${aws:PrincipalTag/none, 'all*'}", [literal('all*')]],
    ["${aws:PrincipalTag/none,'x, y'}", [literal('x, y')]],
    ["${aws:PrincipalTag/none, ''}", [literal('')]],
    ['${aws:PrincipalTag/none, bare}', [literal('bare')]],
    ["${aws:PrincipalTag/team, 'other'}", [literal('a')]],
    ['${aws:TagKeys}', undefined],
    ["${aws:TagKeys, 'other'}", undefined],
    ['${aws:SourceIp}', [anything]],
    ['a${aws:PrincipalTag/some}', [pattern('a'), anything]],
    ["${aws:SourceIp, 'other'}", [anything]],
    ['a${b', [pattern('a${b')]],
    ['a${aws:PrincipalTag/team}${b', [pattern('a'), literal('a'), pattern('${b')]],
  ])('%s', (text, expected) => {
    expect(pieces(text)).toEqual(expected);
  });

  it.each<[Unresolved, readonly Piece[] | undefined]>([
    ['widen', [pattern('a'), anything]],
    ['keep', [pattern('a'), literal('${aws:sourceip}')]],
    ['drop', undefined],
  ])('%s a variable that nobody knows', (unresolved, expected) => {
    expect(pieces('a${aws:SourceIp}', unresolved)).toEqual(expected);
  });

  it('knows no variables in a policy of 2008', () => {
    expect(pieces('${aws:PrincipalTag/team}*', 'widen', false)).toEqual([pattern('${aws:PrincipalTag/team}*')]);
  });
});

it.each([
  ['a', false],
  ['${*}', false],
  ['${a', false],
  ['${a}', true],
  ['${*}${a}', true],
])('%s has variables: %s', (text, expected) => {
  expect(hasVariables(text)).toBe(expected);
});

describe('filledIn', () => {
  it.each<[string, string | undefined]>([
    ['a*', 'a*'],
    ['x/${AWS:principaltag/TEAM}/*', 'x/a/*'],
    ['${aws:PrincipalTag/star}', '${*}'],
    ['${*}${?}${$}', '${*}${?}${$}'],
    ['${aws:PrincipalTag/some}/${aws:PrincipalTag/team}', '${aws:PrincipalTag/some}/a'],
    ["${aws:PrincipalTag/some, 'x'}", "${aws:PrincipalTag/some, 'x'}"],
    ["${aws:PrincipalTag/none, 'all*'}", 'all${*}'],
    ['${aws:PrincipalTag/none}', undefined],
    ['${aws:TagKeys}', undefined],
    ['${open', '${open'],
  ])('%s', (text, expected) => {
    expect(filledIn(text, context)).toBe(expected);
  });
});

it.each([
  ['a', []],
  ['${aws:PrincipalTag/team}', []],
  ['${aws:PrincipalTag/some}/${aws:UserID}', ['aws:PrincipalTag/some', 'aws:UserID']],
  ["${ aws:PrincipalTag/some , 'x'}", ['aws:PrincipalTag/some']],
])('unknownKeysIn %s', (text, expected) => {
  expect(unknownKeysIn(text, context)).toEqual(expected);
});

it.each([
  ['${a}', false],
  ["${a, 'x'}", true],
  ['${a,', false],
  ['a, ${b}', false],
])('hasDefault %s: %s', (text, expected) => {
  expect(hasDefault(text)).toBe(expected);
});
