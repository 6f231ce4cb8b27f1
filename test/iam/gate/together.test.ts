import { expect, it } from 'vitest';
import { letInTogether } from '../../../src/iam/gate/together.ts';
import type { Truth } from '../../../src/iam/truth.ts';
import { allow, CN, gate, OU } from './build.ts';

const cn = (...values: string[]) => ({ StringEquals: { [CN]: values } });
const cnLike = (value: string) => ({ StringLike: { [CN]: value } });
const named = { StringEquals: { 'sts:RoleSessionName': `\${${CN}}` } };
const many = (prefix: string) =>
  Array.from({ length: 100 }, (_, at) => allow({ StringEquals: { [CN]: `${prefix}${at}`, [OU]: `${at}` } }));

it.each<[name: string, a: object, b: object, expected: Truth]>([
  ['any and any', allow(), allow(), true],
  ['any and one', allow(), allow(cn('a')), true],
  ['the same', allow(cn('a')), allow(cn('a')), true],
  ['one of several', allow(cn('a', 'b')), allow(cn('b', 'c')), true],
  ['others', allow(cn('a')), allow(cn('b')), false],
  ['a name and a pattern', allow(cn('web-1')), allow(cnLike('web-*')), true],
  ['a name and a pattern that leaves it out', allow(cn('db-1')), allow(cnLike('web-*')), false],
  ['two patterns', allow(cnLike('web-*')), allow(cnLike('*-1')), true],
  ['different parts', allow(cn('a')), allow({ StringEquals: { [OU]: 'x' } }), true],
  ['nobody', allow(), allow(undefined, { Action: 'sts:AssumeRole' }), false],
  ["somebody, by the caller's choice", allow(), allow(named), undefined],
  ['nobody for certain', allow(cn('a')), allow({ ...named, ...cnLike('b*') }), false],
  ['very many, and the same', many('a'), many('a'), true],
  ['very many, and others', many('a'), many('b'), undefined],
])('one certificate gets in by both: %s', (_, a, b, expected) => {
  const [one, other] = [gate(a, { acceptsSessionName: true }), gate(b, { acceptsSessionName: true })];
  expect([letInTogether(one, other), letInTogether(other, one)]).toEqual([expected, expected]);
});
