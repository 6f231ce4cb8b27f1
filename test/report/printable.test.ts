import fc from 'fast-check';
import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { printable, printableBlock, safeJson, safeToml } from '../../src/report/printable.ts';
import { expectToml } from '../../src/settings/expectToml.ts';

const FORBIDDEN =
  /[\u0000-\u001f\u007f-\u009f\u061c]|\u00ad|[\u200b-\u200f\u2028-\u202e]|[\u2060-\u206f]|[\ufe00-\ufe0f]|\ufeff|[\u{e0000}-\u{e0fff}]|\p{Cs}/u;
const LOG_COMMAND = /(^|\s)::|##\[|##vso\[|##teamcity\[/i;

describe('printable', () => {
  it.each([
    ['plain', 'plain'],
    ['Zoë 日本 🙂', 'Zoë 日本 🙂'],
    ['\x1b[31mred\x1b[0m', '\\x1b[31mred\\x1b[0m'],
    ['\x1b]52;c;AAAA\x07', '\\x1b]52;c;AAAA\\x07'],
    ['\u009b31m', '\\x9b31m'],
    ['a\nb\r\tc\x7f', 'a\\nb\\r\\tc\\x7f'],
    ['user\u202egnp.exe', 'user\\u202egnp.exe'],
    ['a\u200bb\u2028c\u00ad', 'a\\u200bb\\u2028c\\xad'],
    ['tag \u{e0041}', 'tag \\u{e0041}'],
    ['\ud800x', '\\ud800x'],
    ['a\ufe0f', 'a\\ufe0f'],
    ['::error::pwned', ':\\x3aerror::pwned'],
    ['x ::set-env name=A::1', 'x :\\x3aset-env name=A::1'],
    ['\u00a0::x', '\u00a0:\\x3ax'],
    ['\n::x', '\\n::x'],
    ['##[error]x', '#\\x23[error]x'],
    ['a##vso[task.setvariable]', 'a#\\x23vso[task.setvariable]'],
    ['##TeamCity[x]', '#\\x23TeamCity[x]'],
    ['## heading', '## heading'],
    ['arn:aws:iam::111122223333:role/a', 'arn:aws:iam::111122223333:role/a'],
    ['C:\\new', 'C:\\new'],
  ])('%j -> %j', (text, shown) => {
    expect(printable(text)).toBe(shown);
  });

  it('leaves nothing that acts, whatever comes in, and is the same when done twice', () => {
    fc.assert(
      fc.property(hostileText(), text => {
        const shown = printable(text);
        expect(shown).not.toMatch(FORBIDDEN);
        expect(shown).not.toMatch(LOG_COMMAND);
        expect(printable(shown)).toBe(shown);
      }),
      { numRuns: 500 },
    );
  });
});

describe('printableBlock', () => {
  it.each([
    ['a\r\nb\rc\nd', 'a\nb\nc\nd'],
    ['\tx', '  x'],
    ['one\n  ::error::two', 'one\n  :\\x3aerror::two'],
    ['a\u2028b', 'a\\u2028b'],
  ])('%j -> %j', (text, shown) => {
    expect(printableBlock(text)).toBe(shown);
  });
});

describe('safeToml', () => {
  it.each(['\u034f\u{e0100}', '##vso[task.x]evil ##[error]', 'a\nb', '"quoted" \\ :: x'])('%j parses back', text => {
    const expected = { trust_anchor: [{ name: text }] };
    const toml = safeToml(expectToml({ trust_anchor: [{ name: text }], profile: [], role: [] } as never));
    expect(parse(toml)).toEqual({ expect: expected });
    expect(printableBlock(toml)).toBe(toml);
    expect(toml).not.toMatch(/##[a-z]*\[|[\u034f\u{e0100}]/u);
  });
});

describe('safeJson', () => {
  it.each([
    [{ a: '\x1b\u202e' }, '{"a":"\\u001b\\u202e"}'],
    ['\u{e0041}', '"\\udb40\\udc41"'],
    ['##[x] ##vso[y]', '"#\\u0023[x] #\\u0023vso[y]"'],
    ['::x ::y', '"\\u003a:x \\u003a:y"'],
    [{ a: '' }, '{"a":""}'],
    [undefined, 'null'],
  ])('%j -> %s', (value, text) => {
    expect(safeJson(value)).toBe(text);
  });

  it('indents', () => {
    expect(safeJson({ a: [1] }, 2)).toBe('{\n  "a": [\n    1\n  ]\n}');
  });

  it.each([undefined, 2])('writes what is nested deeper than the stack (indent: %s)', indent => {
    const text = `${'{"a":['.repeat(20_000)}"\\u001b"${']}'.repeat(20_000)}`;
    expect(safeJson(JSON.parse(text), indent).replace(/\s/g, '')).toBe(text);
  });

  it('parses back to the same value and holds nothing that acts', () => {
    fc.assert(
      fc.property(
        fc.dictionary(hostileText(), fc.oneof(hostileText(), fc.jsonValue())),
        fc.constantFrom(0, 2),
        hostile,
      ),
      { numRuns: 200 },
    );
  });
});

function hostile(value: unknown, indent: number): void {
  const text = safeJson(value, indent);
  expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
  expect(text.replaceAll('\n', '')).not.toMatch(FORBIDDEN);
  expect(text).not.toMatch(LOG_COMMAND);
}

function hostileText(): fc.Arbitrary<string> {
  const pieces = [
    '::',
    ':',
    '##',
    '#',
    '[',
    'vso[',
    'teamcity[',
    ' ',
    '\n',
    '\x1b',
    '\u202e',
    '\u{e0041}',
    '\ud800',
    '\\',
    '"',
  ];
  return fc
    .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 12 })
    .map(parts => parts.join(''));
}
