import { describe, expect, it } from 'vitest';
import { fewestToReachAll } from '../../src/documents/reach.ts';

/** `ab bc`: from a to b, from b to c; one letter alone is there without a way. */
function fewest(text: string): number {
  const ways = text.split(' ').filter(each => each !== '');
  const nodes = [...new Set(ways.flatMap(way => [...way]))];
  return fewestToReachAll(nodes, node => ways.filter(way => way.length === 2 && way[0] === node).map(way => way[1]!));
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
    expect(fewestToReachAll(nodes, node => (node === '99999' ? [] : [`${Number(node) + 1}`]))).toBe(1);
  });
});
