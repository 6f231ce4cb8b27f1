import { describe, expect, it } from 'vitest';
import { reachedFrom, startsOf } from '../../src/documents/pki/reach.ts';

/** `ab bc`: from a to b, from b to c; one letter alone is there without a way. */
function fewest(text: string): number {
  const ways = text.split(' ').filter(each => each !== '');
  const nodes = [...new Set(ways.flatMap(way => [...way]))];
  return startsOf(nodes, node => ways.filter(way => way.length === 2 && way[0] === node).map(way => way[1]!)).length;
}

describe('from how many all others are reached', () => {
  it.each([
    ['', 0],
    ['a', 1],
    ['a b', 2],
    ['ab bc', 1],
    ['bc ab', 1],
    ['ac bc', 2],
    ['xy yx', 1],
    ['a xy yx', 2],
    ['xy yx yz', 1],
    ['zz', 1],
    ['ax xy yx', 1],
    ['xy yx ax', 1],
    ['ab ba cd dc', 2],
    ['ab ba bc cd dc', 1],
    ['cd dc ab ba bc', 1],
  ])('%s', (text, count) => expect(fewest(text)).toBe(count));

  it('a hundred thousand in a row', () => {
    const nodes = Array.from({ length: 100_000 }, (_, n) => `${n}`);
    expect(startsOf(nodes, node => (node === '99999' ? [] : [`${Number(node) + 1}`]))).toHaveLength(1);
  });
});

describe('what is reached', () => {
  it.each([
    ['', []],
    ['a', ['a', 'b', 'c', 'd']],
    ['c', ['c', 'd']],
    ['db', ['d', 'c', 'b']],
  ])('from %s', (from, expected) => {
    const ways: Readonly<Record<string, readonly string[]>> = { a: ['b'], b: ['c'], c: ['d'], d: ['c'] };
    expect([...reachedFrom([...from], node => ways[node] ?? [])]).toEqual(expected);
  });
});
