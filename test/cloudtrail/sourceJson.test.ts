import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memberText, NumberText, type SourceValue, sourceMembers } from '../../src/cloudtrail/sourceJson.ts';

const WANTED = new Set(['a', 'b']);

describe('members', () => {
  it.each<[string, Record<string, unknown> | undefined]>([
    ['{}', {}],
    [' {\n"a" :\t1 ,\r\n"c": {"a": 2}, "b":[ ] } ', { a: n('1'), b: [] }],
    ['{"a": -12.50e+3}', { a: n('-12.50e+3') }],
    ['{"a": 123456789012345678901234567890}', { a: n('123456789012345678901234567890') }],
    ['{"a": [true, false, null, "x", {}]}', { a: [true, false, null, 'x', new Map()] }],
    ['{"a": "\\u00e9\\"\\\\", "\\u0062": "\\\\"}', { a: 'é"\\', b: '\\' }],
    ['{"x": "a\\\\", "a": "}"}', { a: '}' }],
    ['{"a": 1, "b": 2, "a": 3}', { a: n('3'), b: n('2') }],
    // Of what is passed over, only brackets and strings are looked at.
    ['{"x": {"a": [1, {"y": "]}\\""}], "z": tru}, "a": 1}', { a: n('1') }],
    ['', undefined],
    ['[]', undefined],
    ['1', undefined],
    ['{', undefined],
    ['{"a"', undefined],
    ['{"a":', undefined],
    ['{"a": }', undefined],
    ['{"a": 1', undefined],
    ['{"a": 1,}', undefined],
    ['{"a": 1 "b": 2}', undefined],
    ['{"a": 1} x', undefined],
    ['{"a": 01}', undefined],
    ['{"a": [1,]}', undefined],
    ['{"a": "x}', undefined],
    ['{"a": "\\x"}', undefined],
    ['{a: 1}', undefined],
  ])('%s', (text, members) => {
    const found = sourceMembers(text, WANTED);
    expect(found && Object.fromEntries(found)).toEqual(members);
  });

  it('stand as the text has them', () => {
    const found = sourceMembers('{"a": {"2": 0, "x": 0, "1": 0, "__proto__": 0, "x": 1}}', WANTED)?.get('a');
    expect(found instanceof Map && [...found]).toEqual([
      ['2', n('0')],
      ['x', n('1')],
      ['1', n('0')],
      ['__proto__', n('0')],
    ]);
  });
});

function n(text: string): NumberText {
  return new NumberText(text);
}

describe('the text of a member', () => {
  it.each([
    ['{"detail": {"a": 1.0 } , "x": 2}', '{"a": 1.0 }'],
    ['{"x": {"detail": 1}, "detail":"}\\""}', '"}\\""'],
    ['{"detail": 1, "detail": [2]}', '[2]'],
    ['{"\\u0064etail": true}', 'true'],
    ['{"x": 1}', undefined],
    ['{"detail": {"a": 1}', undefined],
    ['', undefined],
  ])('%s: %s', (text, detail) => {
    expect(memberText(text, 'detail')).toBe(detail);
  });
});

it('means what JSON.parse means', () => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom(undefined, 1, '\t'), (json, indent) => {
      const value: unknown = JSON.parse(json);
      const text = JSON.stringify({ x: value, a: value, b: [value] }, null, indent);
      const found = sourceMembers(text, WANTED);
      expect(plain(found?.get('a'))).toEqual(value);
      expect(plain(found?.get('b'))).toEqual([value]);
    }),
  );
});

it('never throws', () => {
  const parts = ['{', '}', '[', ']', ',', ':', '"', '\\', 'a', '1', ' ', '"a":', '"b"'];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...parts)), text => {
      sourceMembers(text.join(''), WANTED);
      sourceMembers(`{"a":${text.join('')}}`, WANTED);
      memberText(text.join(''), 'b');
    }),
  );
});

function plain(value: SourceValue | undefined): unknown {
  if (value instanceof NumberText) return Number(value.text);
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, item]) => [key, plain(item)]));
  return Array.isArray(value) ? value.map(plain) : value;
}

/** Each is some megabytes: a second look at what was read would take hours. */
it.each<[string, string]>([
  ['quotes that are escaped', `{"a": "${'\\"'.repeat(1_000_000)}"}`],
  ['backslashes', `{"a": "${'\\\\'.repeat(1_000_000)}"}`],
  ['quotes behind many backslashes', `{"a": "${`${'\\\\'.repeat(1_000)}\\"`.repeat(1_000)}"}`],
  ['strings before a backslash', `{"a": [${'"x",'.repeat(500_000)}"\\n"]}`],
  ['digits', `{"a": ${'9'.repeat(2_000_000)}}`],
  ['a fraction', `{"a": 0.${'9'.repeat(2_000_000)}}`],
  ['one name', `{${'"a":1,'.repeat(300_000)}"a":2}`],
  ['brackets that are not wanted', `{"x": ${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}, "a": 1}`],
  ['brackets that are', `{"a": ${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}}`],
  ['brackets that do not end', `{"a": ${'{"a":'.repeat(500_000)}`],
  ['white space', `{"a": ${' '.repeat(3_000_000)}1}`],
])(
  'is done at once with %s',
  (_, text) => {
    sourceMembers(text, WANTED);
  },
  5_000,
);
