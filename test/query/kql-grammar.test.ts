import { describe, expect, test } from 'vitest';
import { parseKql } from '../../src/query/parse-kql.ts';
import { print } from '../../src/query/print.ts';
import type { Tree, Value } from '../../src/query/tree.ts';

// The grammar of Kibana's KQL, one case per statement about it. Trees are written short: see `short` below.

const cases: readonly [what: string, query: string, tree: string][] = [
  ['nothing matches everything', '', 'all'],
  ['only white space matches everything', ' \t\r\n\u00a0', 'all'],
  ['a value', 'a:x', '(is a x)'],
  ['white space around the colon', 'a : x', '(is a x)'],
  ['no-break space is white space', 'a:\u00a0x\u00a0and\u00a0b:y', '(and (is a x) (is b y))'],
  ['newlines are white space', 'a:x\n  and\r\n\tb:y', '(and (is a x) (is b y))'],
  ['and binds closer than or', 'a:1 or b:2 and c:3', '(or (is a 1) (and (is b 2) (is c 3)))'],
  ['not binds closest', 'not a:1 and b:2', '(and (not (is a 1)) (is b 2))'],
  ['brackets', '(a:1 or b:2) and c:3', '(and (or (is a 1) (is b 2)) (is c 3))'],
  ['a chain of or is one node', 'a:1 or b:2 or c:3', '(or (is a 1) (is b 2) (is c 3))'],
  ['a chain of and is one node', 'a:1 and b:2 and c:3', '(and (is a 1) (is b 2) (is c 3))'],
  ['operators in any case', 'a:1 OR b:2 AnD NOT c:3', '(or (is a 1) (and (is b 2) (not (is c 3))))'],
  ['not before brackets', 'not (a:1 and b:2)', '(not (and (is a 1) (is b 2)))'],
  ['not inside brackets', '(not a:1)', '(not (is a 1))'],
  ['a second not needs brackets', 'not (not a:1)', '(not (not (is a 1)))'],
  ['no space needed around brackets', '(a:1)', '(is a 1)'],
  ['a list', 'a:(x or y)', '(or (is a x) (is a y))'],
  ['a list of one', 'a:(x)', '(is a x)'],
  ['and before or in a list', 'a:(x or y and z)', '(or (is a x) (and (is a y) (is a z)))'],
  ['not in a list', 'a:(not x)', '(not (is a x))'],
  ['and not in a list', 'a:(* and not *x*)', '(and (is a *) (not (is a *x*)))'],
  ['not before a list in a list', 'a:(x and not (y or z))', '(and (is a x) (not (or (is a y) (is a z))))'],
  ['lists in lists', 'a:((x or y) and z)', '(and (or (is a x) (is a y)) (is a z))'],
  ['less', 'a < 3', '(< a 3)'],
  ['less or equal, no spaces', 'a<=3', '(<= a 3)'],
  ['greater', 'a > "x y"', '(> a "x y")'],
  ['greater or equal', 'a >= now-1d/d', '(>= a now-1d/d)'],
  ['nested', 'a:{b:1 and c:2}', '(nested a (and (is b 1) (is c 2)))'],
  ['nested in nested', 'a: { b: { c: 1 } }', '(nested a (nested b (is c 1)))'],
  ['nested with or and not', 'a:{ not b:1 or c:* }', '(nested a (or (not (is b 1)) (is c *)))'],
  ['an unquoted value may hold spaces', 's: foo bar', '(is s foo bar)'],
  ['spaces inside are kept as they are', 's: foo   bar', '(is s foo   bar)'],
  ['spaces around are not part of the value', 's:   foo   ', '(is s foo)'],
  ['a value ends before and', 's: foo bar and t: baz', '(and (is s foo bar) (is t baz))'],
  ['or and and inside a word are letters', 's: for band', '(is s for band)'],
  ['or with no space after it is a letter sequence', 's: a or', '(is s a or)'],
  ['not with no space after it is part of the word', 's: knot', '(is s knot)'],
  ['a quoted value', 'a:"x y"', '(is a "x y")'],
  ['operators in quotes', 'a:"x or not y"', '(is a "x or not y")'],
  ['an empty quoted value', 'a:""', '(is a "")'],
  ['newlines in quotes', 'a:"x\ny"', '(is a "x\ny")'],
  ['escapes in quotes', 'a:"\\t\\r\\n\\u0041\\\\\\""', '(is a "\t\r\nA\\"")'],
  ['any other backslash in quotes stays', 'a:"\\d\\*\\:"', '(is a "\\d\\*\\:")'],
  ['a star in quotes is a star', 'a:"x*"', '(is a "x*")'],
  ['white-space escapes', 'a:\\tx\\ry\\nz', '(is a \tx\ry\nz)'],
  ['special characters escaped', 'a:\\\\\\(\\)\\:\\<\\>\\"\\{\\}', '(is a \\():<>"{})'],
  ['an escaped star is a star', 'a:x\\*', '(is a x\\*)'],
  ['an escaped and a plain star', 'a:\\**', '(is a \\**)'],
  ['an ARN, escaped', 'arn: arn\\:aws\\:iam\\:\\:aws\\:policy*', '(is arn arn:aws:iam::aws:policy*)'],
  ['operators escaped', 'a:\\or b', '(is a or b)'],
  ['an operator escaped after a space', 'a:x \\and y \\or \\not z', '(is a x and y or not z)'],
  ['unicode escapes', 'a:\\u0041\\u00e9', '(is a Aé)'],
  ['only the star is a wildcard', 'a:x?y', '(is a x?y)'],
  ['wildcards', 'a:*x*y*', '(is a *x*y*)'],
  ['exists', 'a:*', '(is a *)'],
  ['two stars', 'a:**', '(is a **)'],
  ['a wildcard with spaces', 'a:x * y', '(is a x * y)'],
  ['everything', '*:*', '(is * *)'],
  ['wildcard field names', 'aws.*:x', '(is aws.* x)'],
  ['quoted field names', '"a b":x', '(is "a b" x)'],
  ['field names with spaces', 'a b:x', '(is a b x)'],
  ['free text', 'foo', '(free foo)'],
  ['free text with spaces', 'foo bar', '(free foo bar)'],
  ['quoted free text', '"foo bar"', '(free "foo bar")'],
  ['free text wildcard', 'foo*', '(free foo*)'],
  ['free text with operators', 'foo and not bar', '(and (free foo) (not (free bar)))'],
  ['a value that begins with an operator sign', 'a == 3', '(free a == 3)'],
  [
    'true, false and null are for the field to read',
    'a:(true or false or null)',
    '(or (is a true) (is a false) (is a null))',
  ],
];

describe('reads', () => {
  test.each(cases)('%s: %j', (_what, query, tree) => {
    expect(short(parseKql(query))).toBe(tree);
  });

  test.each(cases)('%s, printed and read again', (_what, query) => {
    const tree = parseKql(query);
    expect(short(parseKql(print(tree)))).toBe(short(tree));
  });
});

const errors: readonly [query: string, error: string][] = [
  ['a:(x or y', 'Expected ")", "and" or "or", but found the end of the query\n  a:(x or y\n           ^'],
  ['a:', 'Expected "(", "{" or a value, but found the end of the query\n  a:\n    ^'],
  ['a: not x', 'Expected "(", "{" or a value, but found "n"\n  a: not x\n     ^'],
  ['not not a', 'Expected "(" or a value, but found "n"\n  not not a\n      ^'],
  ['a: cannot open', 'Expected "and", "or" or the end of the query, but found "n"\n  a: cannot open\n        ^'],
  ['a: "x', 'This quoted text is not closed\n  a: "x\n     ^'],
  ['a:x)', 'Expected "and", "or" or the end of the query, but found ")"\n  a:x)\n     ^'],
  ['a:()', 'Expected "(", "not" or a value, but found ")"\n  a:()\n     ^'],
  ['a:10:20', 'Expected "and", "or" or the end of the query, but found ":"\n  a:10:20\n      ^'],
  ['a:x and\n  (b:y or )', 'Expected "(", "not" or a value, but found ")"\n    (b:y or )\n            ^'],
  ['a:"x" "y"', 'Expected "and", "or" or the end of the query, but found """\n  a:"x" "y"\n        ^'],
  [
    'a:\\x',
    'A backslash stands before a special character, or, and, not, t, r, n or uXXXX; to mean itself it is doubled\n  a:\\x\n    ^',
  ],
  ['a:{b:1', 'Expected "and", "or" or "}", but found the end of the query\n  a:{b:1\n        ^'],
  ['a:\u001b[31m)', 'Expected "and", "or" or the end of the query, but found ")"\n  a: [31m)\n         ^'],
];

describe('refuses', () => {
  test.each(errors)('%j', (query, error) => {
    expect(() => parseKql(query)).toThrow(expect.objectContaining({ name: 'QueryError', message: error }));
  });

  test('says which line of the file', () => {
    const place = { file: 'rules/x.toml', line: 12 };
    expect(() => parseKql('a:x and\n b:', place)).toThrow(expect.objectContaining({ where: 'rules/x.toml:13:4' }));
  });

  test('a long line is cut around the caret', () => {
    const query = `${'a:x or '.repeat(50)}b:) ${'or a:x'.repeat(50)}`;
    const [, line = '', caret = ''] = messageOf(query).split('\n');
    expect(line[caret.indexOf('^')]).toBe(')');
    expect(line.length).toBeLessThan(150);
  });
});

describe('hostile queries end in a clear error, soon', () => {
  test.each([
    ['too long', 'x'.repeat(100_000), /100000 characters/],
    ['brackets', '('.repeat(10_000), /nested more than 100 deep/],
    ['brackets after a field', `a:${'('.repeat(10_000)}x${')'.repeat(10_000)}`, /nested more than 100 deep/],
    ['braces', 'a:{'.repeat(9_000), /nested more than 100 deep/],
    ['spaces', `a${' '.repeat(29_000)}(`, /Expected/],
    ['words', `${'a '.repeat(14_000)}(`, /Expected/],
    ['one not after another', 'not '.repeat(7_000), /Expected/],
    ['quotes', '"'.repeat(29_999), /not closed|Expected/],
    ['open brackets at the limit', `${'('.repeat(100)}x`, /Expected/],
    ['operators', `${'a or '.repeat(5_900)})`, /Expected/],
  ])('%s', (_what, query, message) => {
    const start = performance.now();
    expect(messageOf(query)).toMatch(message);
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  test('a chain of thousands of operators is a query', () => {
    expect(() => parseKql(`${'a:x or '.repeat(4_000)}b`)).not.toThrow();
  });
});

function messageOf(query: string): string {
  try {
    parseKql(query);
  } catch (error) {
    if (error instanceof Error) return error.message;
  }
  return 'no error';
}

/** A tree in one line. A literal star is `\*`; quoted text has its quotes. */
function short(tree: Tree): string {
  switch (tree.kind) {
    case 'all':
      return 'all';
    case 'and':
    case 'or':
      return `(${tree.kind} ${tree.parts.map(short).join(' ')})`;
    case 'not':
      return `(not ${short(tree.part)})`;
    case 'is':
      return `(is ${shortValue(tree.field.name)} ${shortValue(tree.value)})`;
    case 'range':
      return `(${tree.operator} ${shortValue(tree.field.name)} ${shortValue(tree.value)})`;
    case 'nested':
      return `(nested ${shortValue(tree.field.name)} ${short(tree.part)})`;
    case 'free':
      return `(free ${shortValue(tree.value)})`;
  }
}

function shortValue(value: Value): string {
  if (value.kind === 'wildcard') return value.parts.map(part => part.replaceAll('*', '\\*')).join('*');
  return value.quoted ? `"${value.text}"` : value.text.replaceAll('*', '\\*');
}
