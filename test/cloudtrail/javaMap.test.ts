import { describe, expect, it } from 'vitest';
import { hashMapOrder, javaNumber, javaNumberText, javaText } from '../../src/cloudtrail/javaMap.ts';
import { sourceMembers } from '../../src/cloudtrail/sourceJson.ts';

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

describe('javaText of a parsed value', () => {
  it.each<[unknown, string | undefined]>([
    [
      { enabled: false, name: 'x', source: { sourceData: { a: 'b' }, sourceType: 'T' } },
      '{name=x, source={sourceType=T, sourceData={a=b}}, enabled=false}',
    ],
    [{ a: [1, 'two', { b: true }] }, '{a=[1, two, {b=true}]}'],
    ['as it is', 'as it is'],
    [{ a: 'x, b=y}' }, '{a=x, b=y}}'],
    [{ a: null, b: '', c: '-', d: 'none', e: [], f: {}, g: [null, ''], h: { i: {} }, z: 0 }, '{z=0}'],
    [{ text: 'x' }, '{text=x}'],
    [{ a: null }, undefined],
    [[], undefined],
    [null, undefined],
    [undefined, undefined],
    [JSON.parse('{"__proto__": {"a": 1}, "constructor": 2}'), '{__proto__={a=1}, constructor=2}'],
  ])('%j -> %s', (value, text) => {
    expect(javaText(value)).toBe(text);
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

/** As a JVM (17) prints a HashMap of the same JSON. */
describe('javaText of a text', () => {
  it.each<[string, string | undefined]>([
    ['{"bytesTransferredIn": 119.0, "bytesTransferredOut": 0}', '{bytesTransferredIn=119.0, bytesTransferredOut=0}'],
    ['[1e7, 1e+2, -0, -0.0, 12345678901234567890, 1.50]', '[1.0E7, 100.0, 0, -0.0, 12345678901234567890, 1.5]'],
    ['{"x": 0, "2": {"b": 1}, "1": 2}', '{1=2, 2={b=1}, x=0}'],
    ['{"BB": 1, "Aa": 2, "BB": 3}', '{BB=3, Aa=2}'],
    ['{"__proto__": {"__proto__": 1}, "toString": 2}', '{__proto__={__proto__=1}, toString=2}'],
    ['{"a": "-", "b": [null, {"c": "none"}], "d": 0.0}', '{d=0.0}'],
    ['{"a": ""}', undefined],
    ['"bare"', 'bare'],
    ['null', undefined],
  ])('%s -> %s', (json, text) => {
    expect(javaText(sourceMembers(`{"it": ${json}}`, new Set(['it']))?.get('it'))).toBe(text);
  });

  it('puts keys that look like array indices where the text has them', () => {
    // "0" (48) and "@" (64) are in the same of 16 buckets.
    const json = '{"@": 1, "0": 2}';
    expect(javaText(sourceMembers(`{"it": ${json}}`, new Set(['it']))?.get('it'))).toBe('{@=1, 0=2}');
    expect(javaText(JSON.parse(json))).toBe('{0=2, @=1}');
  });

  it('drops what lies below the thousandth level', () => {
    const nested = (depth: number) => `{"it": ${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}`;
    const text = (depth: number) => javaText(sourceMembers(nested(depth), new Set(['it']))?.get('it'));
    expect(text(999)).toBe(`${'{a='.repeat(999)}1${'}'.repeat(999)}`);
    expect(text(1000)).toBeUndefined();
    expect(text(100_000)).toBeUndefined();
  });
});

describe('javaNumber of a parsed number', () => {
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

/** java.lang.Long.toString, java.math.BigInteger.toString and java.lang.Double.toString. */
describe('javaNumberText', () => {
  it.each([
    ['0', '0'],
    ['-0', '0'],
    ['9007199254740993', '9007199254740993'],
    ['-123456789012345678901234567890', '-123456789012345678901234567890'],
    ['119.0', '119.0'],
    ['119.50', '119.5'],
    ['0.0', '0.0'],
    ['-0.0', '-0.0'],
    ['0e5', '0.0'],
    ['1e7', '1.0E7'],
    ['1E+7', '1.0E7'],
    ['9999999.0', '9999999.0'],
    ['10000000.0', '1.0E7'],
    ['1e2', '100.0'],
    ['0.001', '0.001'],
    ['0.00099', '9.9E-4'],
    ['0.0001', '1.0E-4'],
    ['1600091321.1234', '1.6000913211234E9'],
    ['1e400', 'Infinity'],
    ['-1e400', '-Infinity'],
    ['4.9e-324', '4.9E-324'],
    ['1e-400', '0.0'],
    ['1.7976931348623157e308', '1.7976931348623157E308'],
  ])('%s -> %s', (text, printed) => {
    expect(javaNumberText(text)).toBe(printed);
  });
});
