import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { onOneLine, tomlKey } from '../../src/toml/escape.ts';

describe('keys', () => {
  it.each([
    ['max_roles', 'max_roles'],
    ['a-1', 'a-1'],
    ['', '""'],
    ['a.b', '"a.b"'],
    ['a"b\\c', '"a\\"b\\\\c"'],
    ['a\n::error::x', '"a\\u000a::error::x"'],
    ['\u001b[31m\u202e\u2028\u{e0041}', '"\\u001b[31m\\u202e\\u2028\\U000e0041"'],
    ['é', '"é"'],
  ])('%j', (key, text) => {
    expect(tomlKey(key)).toBe(text);
    expect(Object.keys(parse(`${text} = 1`))).toEqual([key]);
  });
});

it.each([
  ['"as it is"', '"as it is"'],
  ['two\r\nlines', 'two\\u000d\\u000alines'],
  ['half of a pair: \ud800', 'half of a pair: \ufffd'],
])('on one line: %j', (text, line) => expect(onOneLine(text)).toBe(line));
