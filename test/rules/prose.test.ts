import { expect, it } from 'vitest';
import { unwrapped } from '../../src/rules/prose.ts';

it.each<[name: string, text: string, lines: string]>([
  ['nothing', '', ''],
  ['blank lines alone', '\n  \n', ''],
  ['paragraphs', '\none\ntwo  three\n\n\n\nfour\n', 'one two three\n\nfour'],
  ['indented as a whole', '\n    one\n    two\n\n    three\n    ', 'one two\n\nthree'],
  ['indented but for its first line', 'one\n    two', 'one two'],
  ['list items', '1. one\n   more\n2. two\nand lazily\n10. ten', '1. one more\n2. two and lazily\n10. ten'],
  ['lists in lists', '- a\n  a\n  - b\n    b\n  * c\n- d', '- a a\n  - b b\n  * c\n- d'],
  ['a list right after a paragraph', 'so:\n- a\n- b', 'so:\n- a\n- b'],
  ['a year that ends a sentence', 'it was in\n2026. Later\n1. one', 'it was in 2026. Later\n1. one'],
  ['a dash and a star that are no marks', 'a\n-b *c*\n*d* e', 'a -b *c* *d* e'],
  ['headings', '## One\ntext\nmore\n### Two\n- a', '## One\ntext more\n### Two\n- a'],
  ['quotes and tables', '> a\n> b\nc\n| x | y |\n|---|---|', '> a\n> b\nc\n| x | y |\n|---|---|'],
  ['fenced code', 'so:\n```\na\n   b\n\n- c\n```\nd\ne', 'so:\n```\na\n   b\n\n- c\n```\nd e'],
  ['indented code', 'so:\n\n    a  b\n    c\n\nd\ne', 'so:\n\n    a  b\n    c\n\nd e'],
  ['line ends of Windows', 'one\r\ntwo\r\n\r\nthree', 'one two\n\nthree'],
])('%s', (_, text, lines) => {
  expect(unwrapped(text)).toBe(lines);
  expect(unwrapped(lines)).toBe(lines);
});
