import { describe, expect, it } from 'vitest';
import { hashMapOrder, javaNumber, javaText } from '../../src/cloudtrail/javaMap.ts';

describe('the order of a java.util.HashMap', () => {
  it.each([
    // From the integration's own test of a trust anchor, and from a real CreateProfile.
    [
      ['enabled', 'name', 'source'],
      ['name', 'source', 'enabled'],
    ],
    [
      ['sourceData', 'sourceType'],
      ['sourceType', 'sourceData'],
    ],
    [
      ['durationSeconds', 'enabled', 'name', 'roleArns', 'tags'],
      ['durationSeconds', 'name', 'enabled', 'roleArns', 'tags'],
    ],
    // Two strings with the same hashCode keep the order in which they came.
    [
      ['Aa', 'BB'],
      ['Aa', 'BB'],
    ],
    [
      ['BB', 'Aa'],
      ['BB', 'Aa'],
    ],
  ])('%j -> %j', (keys, order) => {
    expect(hashMapOrder(keys)).toEqual(order);
  });

  it('doubles its table when more than three quarters are taken', () => {
    const letters = [...'abcdefghijklmnopqrstuvwxyz'];
    // 12 entries fit into 16 buckets: p (112) comes first. The 13th makes 32 buckets.
    expect(hashMapOrder(letters.slice(15, 26).concat('a')).slice(0, 2)).toEqual(['p', 'q']);
    expect(hashMapOrder(letters.slice(14, 26).concat('a')).slice(0, 2)).toEqual(['a', 'o']);
  });
});

describe('javaText', () => {
  it.each<[unknown, string | undefined]>([
    [
      { enabled: false, name: 'x', source: { sourceData: { a: 'b' }, sourceType: 'T' } },
      '{name=x, source={sourceType=T, sourceData={a=b}}, enabled=false}',
    ],
    [{ a: [1, 'two', { b: true }] }, '{a=[1, two, {b=true}]}'],
    ['as it is', 'as it is'],
    [{ a: 'x, b=y}' }, '{a=x, b=y}}'],
    [{ a: null, b: '', c: '-', d: 'none', e: [], f: {}, g: [null, ''], h: { i: {} }, z: 0 }, '{z=0}'],
    [{ a: null }, undefined],
    [[], undefined],
    [null, undefined],
    [undefined, undefined],
    [JSON.parse('{"__proto__": {"a": 1}, "constructor": 2}'), '{__proto__={a=1}, constructor=2}'],
  ])('%j -> %s', (value, text) => {
    const text2 = javaText(value);
    if (text?.includes('__proto__')) expect([...(text2 ?? '')].sort().join('')).toBe([...text].sort().join(''));
    else expect(text2).toBe(text);
  });

  it('counts dropped members for the order', () => {
    // `p` (112) is in the first of 16 buckets and `a` (97) in the second; in 32 buckets `a` comes first.
    const empty = Object.fromEntries([...'bcdefghijkl'].map(name => [name, null]));
    expect(javaText({ p: 1, a: 2 })).toBe('{p=1, a=2}');
    expect(javaText({ p: 1, a: 2, ...empty })).toBe('{a=2, p=1}');
  });

  it('does not overflow on deep input', () => {
    expect(javaText(JSON.parse(`${'['.repeat(50_000)}1${']'.repeat(50_000)}`))).toBeUndefined();
  });
});

describe('javaNumber', () => {
  it.each([
    [0, '0'],
    [-0, '0'],
    [3600, '3600'],
    [-1, '-1'],
    [1e21, '1000000000000000000000'],
    [119.5, '119.5'],
    [0.001, '0.001'],
    [0.0001, '1.0E-4'],
    [1600091321.1234, '1.6000913211234E9'],
    [-12345678.5, '-1.23456785E7'],
  ])('%d -> %s', (value, text) => {
    expect(javaNumber(value)).toBe(text);
  });
});
