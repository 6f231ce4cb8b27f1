import { describe, expect, it } from 'vitest';
import { placesIn } from '../../src/toml/places.ts';

describe('where things stand', () => {
  const places = placesIn(`top.key = 1
[rule] # the first
name = "x"
query = '''
a: 1
and b: 2
'''
  severity="low"
name = "again"

[[postern.examples]]
expect = "match"
[[postern.examples]]
expect = "no match"
`);

  it.each<[path: readonly (string | number)[], line: number | undefined]>([
    [['rule', 'name'], 3],
    [['rule', 'severity'], 8],
    [['rule', 'severity', 'more'], 8],
    [['rule', 'tags', 3], 2],
    [['rule'], 2],
    [['postern', 'examples', 1, 'expect'], 14],
    [['postern', 'examples', 0, 'name'], 11],
    [['postern', 'examples', 1], 13],
    [['postern', 'examples', 2, 'expect'], undefined],
    [['postern', 'fix'], undefined],
    [['postern', 'examples'], 11],
    [['top', 'key'], 1],
    [['top', 'key', 0], 1],
  ])('%j: %s', (path, line) => {
    expect(places.lineOfKey(path)).toBe(line);
  });

  it('of a text', () => {
    expect(['a: 1\nand b: 2', 'b: 2', 'nowhere', ''].map(text => places.lineOfText(text))).toEqual([
      5,
      6,
      undefined,
      undefined,
    ]);
    expect(places.lineOfText('"', 8)).toBe(8);
  });
});
