import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { cut, cutMiddle, line, textOf, wrap } from '../../src/ui/line.ts';
import { named } from './audits.ts';
import { pressed, screenOf, stateOf } from './frames.ts';

const FAMILY = '👩‍👩‍👧‍👦';
/** A letter under more accents than any cell has room for. */
const HEAP = `a${'\u0301'.repeat(1000)}`;

describe('cut', () => {
  test.each([
    ['acme', 4, 'acme'],
    ['acme', 3, 'ac…'],
    ['漢字', 4, '漢字'],
    ['漢字', 3, '漢…'],
    ['漢字', 2, '…'],
    ['acme', 0, ''],
    [HEAP, 1, '…'],
  ])('%s to %i cells', (text, width, expected) => {
    expect(textOf(cut([{ text, style: 'plain' }], width))).toBe(expected);
  });

  test.each([
    ['acme-servers', 7, 'ac…vers'],
    ['漢字漢字漢字', 7, '漢…漢字'],
    ['acme', 4, 'acme'],
  ])('%s in the middle to %i cells', (text, width, expected) => {
    expect(cutMiddle(text, width)).toBe(expected);
  });
});

describe('wrap', () => {
  test.each([
    ['one two three', 8, ['one two ', 'three']],
    ['onetwothree', 4, ['onet', 'woth', 'ree']],
    ['漢字漢字', 5, ['漢字', '漢字']],
    ['漢字', 1, ['漢', '字']],
    ['ab漢字', 3, ['ab', '漢', '字']],
    ['a bcdefghijk', 5, ['a bcd', 'efghi', 'jk']],
    ['abcd efghijk', 5, ['abcd ', 'efghi', 'jk']],
  ])('%s in %i cells', (text, width, expected) => {
    expect(wrap(line(text), width).map(textOf)).toEqual(expected);
  });
});

describe('a name without end', () => {
  const SIZE = { columns: 160, rows: 50 };
  const names: readonly (readonly [string, string])[] = [
    ['wide', '漢'.repeat(100_000)],
    ['joined', FAMILY.repeat(300_000)],
    ['under accents', 'a\u0301'.repeat(100_000)],
    ['one letter under accents', `a${'\u0301'.repeat(100_000)}`],
    ['plain', 'x'.repeat(1_000_000)],
    ['of spaces', ' '.repeat(1_000_000)],
  ];
  const places: readonly (readonly string[])[] = [['1'], ['2'], ['2', 'enter', 'G'], ['3', 'enter'], ['3', 'J', 'G']];

  test.each(names)('%s: every frame comes, and keeps to the screen', (_, name) => {
    const state = stateOf(named([name]), SIZE);
    for (const keys of places) {
      const frame = screenOf(pressed(state, ...keys));
      expect(frame.filter(text => stringWidth(text) > SIZE.columns)).toEqual([]);
    }
  });

  test('is shown in part, and the part says so', () => {
    expect(textOf(line('x'.repeat(20_000)))).toBe(`${'x'.repeat(10_000)}… and 10000 characters more`);
    expect(textOf(line(`${'x'.repeat(9_999)}😀😀`))).toBe(`${'x'.repeat(9_999)}… and 4 characters more`);
  });
});
