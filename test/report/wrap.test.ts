import { describe, expect, it } from 'vitest';
import { columns, wrapped, wrappedBlock } from '../../src/report/wrap.ts';

describe('wrapped', () => {
  it.each<[string, number, string, string[]]>([
    ['', 20, '', []],
    ['one', 20, '  ', ['  one']],
    ['aaaa bbbb cccc dddd eeee', 20, '', ['aaaa bbbb cccc dddd', 'eeee']],
    ['a  b', 20, '', ['a b']],
    [
      'x arn:aws:iam::111122223333:role/long-name y',
      20,
      ' ',
      [' x', ' arn:aws:iam::111122223333:role/long-name', ' y'],
    ],
    ['日本語日本語 日本語日本語', 20, '', ['日本語日本語', '日本語日本語']],
    [
      'never narrower than twenty columns',
      5,
      '          ',
      ['          never narrower than', '          twenty columns'],
    ],
  ])('%j in %i', (text, width, indent, lines) => {
    expect(wrapped(text, width, indent)).toEqual(lines);
  });
});

it('a block keeps its empty and its indented lines', () => {
  expect(wrappedBlock('one two three four five\n\n  code that is long enough to be cut', 20, ' ')).toEqual([
    ' one two three four',
    ' five',
    '',
    '   code that is long enough to be cut',
  ]);
});

it('an item of a list goes on under its first word', () => {
  expect(wrappedBlock('1. one two three four five six\n10. seven\n  - eight nine ten or eleven', 26, ' ')).toEqual([
    ' 1. one two three four',
    '    five six',
    ' 10. seven',
    '   - eight nine ten or',
    '     eleven',
  ]);
});

it('columns line up by what is seen', () => {
  expect(
    columns([
      ['a', 'b', 'c'],
      ['日本', 'bb', ''],
    ]),
  ).toEqual(['a     b   c', '日本  bb  ']);
});
