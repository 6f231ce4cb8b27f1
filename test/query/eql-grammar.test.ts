import { describe, expect, test } from 'vitest';
import { parseEql } from '../../src/query/eql/parse.ts';
import type { EventFilter, Expression, FieldName, SequenceStep, Statement, Value } from '../../src/query/eql/tree.ts';

// The grammar of Elasticsearch's EQL, one case per statement about it. Trees are written short: see `short` below.
// docs: the page "EQL syntax reference"; g4: EqlBase.g4; both of elastic/elasticsearch. facts: facts/detection.md §2.5.

const conditions: readonly [what: string, condition: string, tree: string][] = [
  ['a comparison', 'a == "x"', '(== a "x")'],
  // docs, "Comparison operators"
  [
    'all comparisons',
    'a != 1 and a < 1 and a <= 1 and a > 1 and a >= 1',
    '(and (!= a 1) (< a 1) (<= a 1) (> a 1) (>= a 1))',
  ],
  ['no spaces needed', 'a=="x"and b', '(and (== a "x") b)'],
  ['either side', '1 == a', '(== 1 a)'],
  ['and binds closer than or', 'a or b and c', '(or a (and b c))'],
  ['not binds closest', 'not a == 1 and b', '(and (not (== a 1)) b)'],
  ['not not', 'not not a', 'a'],
  ['three nots', 'not not not a', '(not a)'],
  ['brackets', '(a or b) and c', '(and (or a b) c)'],
  ['brackets as a value', '(a == 1) == true', '(== (== a 1) true)'],
  ['newlines and tabs', 'a\n\tand\r\nb', '(and a b)'],
  ['a line comment', 'a // and b\n and c', '(and a c)'],
  ['a block comment', 'a /* or\n( */ and /**/ c', '(and a c)'],
  ['a comment at the end', 'a //', 'a'],
  // facts §1.3: ":" incl. list form; docs, "Lookup operators"
  ['without case', 'a : "x*"', '(: a "x*")'],
  ['without case, a list', 'a:("x","y?")', '(: a "x" "y?")'],
  ['in', 'a in ("x", "y")', '(in a "x" "y")'],
  ['not in', 'a not in ("x")', '(not (in a "x"))'],
  ['in, without case', 'a in~ ("x") and a not in~ ("y")', '(and (in~ a "x") (not (in~ a "y")))'],
  ['like', 'a like "x*" or a like ("y", "z")', '(or (like a "x*") (like a "y" "z"))'],
  ['like, without case', 'a like~ "x*"', '(like~ a "x*")'],
  ['regex', 'a regex "x.*" and a regex~ ("y", "z")', '(and (regex a "x.*") (regex~ a "y" "z"))'],
  ['in needs no space', 'a in("x")', '(in a "x")'],
  ['words that begin like keywords', 'inside and orange == nullable', '(and inside (== orange nullable))'],
  // docs, "Math operators"
  ['arithmetic', 'a + 2 * 3 - b / c % 4 == 1', '(== (arithmetic a + (arithmetic 2 * 3) - (arithmetic b / c % 4)) 1)'],
  ['signs', '-a == - -1 and +b == 0', '(and (== (- a) 1) (== b 0))'],
  ['arithmetic in brackets', '(a + 1) * 2 > 0', '(> (arithmetic (arithmetic a + 1) * 2) 0)'],
  ['a matching binds closer than arithmetic', 'a + b in (1)', '(arithmetic a + (in b 1))'],
  ['functions', 'startsWith(a, "x") and length(b) > 3', '(and (startsWith a "x") (> (length b) 3))'],
  ['a function without case', 'endsWith~(a, "x")', '(endsWith~ a "x")'],
  ['a function without arguments', 'f()', '(f)'],
  ['functions in functions', 'length(concat(a, ".", b)) in (1)', '(in (length (concat a "." b)) 1)'],
  ['a condition as an argument', 'string(a == 1 or b) == "true"', '(== (string (or (== a 1) b)) "true")'],
  ['literals', 'a in (true, false, null, 1, 2.5, "x")', '(in a true false null 1 2.5 "x")'],
  // g4: DECIMAL_VALUE
  ['numbers', 'a in (1, 1., .5, 1e3, 2.5E-1, 007)', '(in a 1 1.0 0.5 1000.0 0.25 7)'],
  [
    'whole numbers up to 64 bits',
    'a in (9223372036854775807, 9223372036854775808)',
    '(in a 9223372036854775807 9223372036854775808.0)',
  ],
  // docs, "Escape a field name" and "Optional fields"; g4: identifier
  ['dotted names', 'aws.cloudtrail.x_y == 1', '(== aws.cloudtrail.x_y 1)'],
  ['@timestamp', '@timestamp > "2024"', '(> @timestamp "2024")'],
  ['names in back-ticks', 'a.`x-amz-acl` == 1 and `6 b` == 2', '(and (== a.x-amz-acl 1) (== 6 b 2))'],
  ['a back-tick in a name', '`my``field` == 1', '(== my`field 1)'],
  ['a keyword inside a name', 'a.like == 1 and `and` == 2', '(and (== a.like 1) (== and 2))'],
  ['optional fields', '?a.b != null', '(!= ?a.b null)'],
  ['optional in back-ticks', '?`a-b` == 1', '(== ?a-b 1)'],
  // facts §2.5: string escapes; docs, "Strings"
  ['escapes', String.raw`a == "\b\t\n\f\r\"\'\\"`, '(== a "\\b\\t\\n\\f\\r\\"\'\\\\")'],
  ['unicode', String.raw`a == "\u{41}\u{200F}\u{0001f600}"`, '(== a "A\u200f\u{1f600}")'],
  ['raw text', String.raw`a == """x\n"y"""`, String.raw`(== a "x\\n\"y")`],
  ['raw text that ends in quotes', 'a == """x"""""', '(== a "x\\"\\"")'],
  ['empty text', 'a in ("", """""")', '(in a "" "")'],
  ['operators in text', 'a == "b or (not c) // d"', '(== a "b or (not c) // d")'],
];

describe('reads a condition', () => {
  test.each(conditions)('%s: %s', (_what, condition, tree) => {
    expect(short(parseEql(`any where ${condition}`))).toBe(`any ${tree}`);
  });
});

const statements: readonly [query: string, statement: string][] = [
  ['any where true', 'any true'],
  ['info where true', '"info" true'],
  // docs, "Escape an event category"
  ['"my-event category" where a', '"my-event category" a'],
  ['"""6.x""" where a', '"6.x" a'],
  [' // first\n any/**/where a ', 'any a'],
  ['sequence [a where b] [c where d]', 'sequence ["a" b] ["c" d]'],
  // facts §1.3: the one sequence of the corpus
  ['sequence by a.b with maxspan=15m [any where x] [any where y]', 'sequence by a.b 900000ms [any x] [any y]'],
  ['sequence by a, ?b [any where x] [any where y]', 'sequence by a,?b [any x] [any y]'],
  ['sequence with maxspan = 30 s [any where x] [any where y]', 'sequence 30000ms [any x] [any y]'],
  ['sequence [any where x] by a, b [any where y] by c, `d-e`', 'sequence [any x] by a,b [any y] by c,d-e'],
  // docs, "until keyword" and "with runs statement"
  ['sequence [any where x] with runs=3 [any where y] until [any where z]', 'sequence [any x]×3 [any y] until [any z]'],
  [
    'sequence [any where x] by a with runs=2 [any where y] by b until [any where z] by c',
    'sequence [any x] by a×2 [any y] by b until [any z] by c',
  ],
  ...(['1ms', '1s', '1m', '1h', '1d'] as const).map((span, at): [string, string] => [
    `sequence with maxspan=${span} [any where x] [any where y]`,
    `sequence ${[1, 1000, 60_000, 3_600_000, 86_400_000][at]}ms [any x] [any y]`,
  ]),
];

describe('reads a statement', () => {
  test.each(statements)('%s', (query, statement) => {
    expect(short(parseEql(query))).toBe(statement);
  });

  test('knows where things stand and what a step says', () => {
    const statement = parseEql('sequence [a where b] /* x */ [ c where d // y\n ]');
    expect(statement).toMatchObject({
      steps: [
        { at: 9, filter: { text: 'a where b', category: { name: 'a', at: 10 }, condition: { at: 18 } } },
        { at: 29, filter: { text: 'c where d // y' } },
      ],
    });
  });
});

const errors: readonly [query: string, message: string][] = [
  ['', 'Expected "sequence" or an event category, but found the end of the query\n  \n  ^'],
  ['a == "x"', 'Expected "where", but found "="\n  a == "x"\n    ^'],
  [
    'any where',
    'Expected "(", "not", a field, a text or a value, but found the end of the query\n  any where\n           ^',
  ],
  [
    'any where a b',
    'Expected "and", "or", a comparison, an operator or the end of the query, but found "b"\n  any where a b\n              ^',
  ],
  [
    'any where (a',
    'Expected ")", "and", "or", a comparison or an operator, but found the end of the query\n  any where (a\n              ^',
  ],
  ['any where a = 1', 'EQL compares with ==, or with : to ignore case\n  any where a = 1\n              ^'],
  ['any where a !: "x"', 'Write not before the field: not field : "value"\n  any where a !: "x"\n              ^'],
  [
    'any where a < b <= c',
    'Comparisons are not chained: write and between them\n  any where a < b <= c\n                  ^',
  ],
  ["any where a == 'x'", "Text stands in double quotes, not in single ones\n  any where a == 'x'\n                 ^"],
  [
    'any where a == ?"x"',
    'Raw text stands in three double quotes: """text"""\n  any where a == ?"x"\n                 ^',
  ],
  ['any where a == "x', 'This text is not closed\n  any where a == "x\n                 ^'],
  ['any where a == "x\ny"', 'This text is not closed\n  any where a == "x\n                 ^'],
  [
    'any where a == """x\n"""',
    'This raw text is not closed: it ends in """ on the same line\n  any where a == """x\n                 ^',
  ],
  [
    'any where a == "\\d"',
    'A backslash stands before b, t, n, f, r, ", \\ or u{…}; to mean itself it is doubled\n  any where a == "\\d"\n                  ^',
  ],
  [
    'any where a == "\\u{d800}"',
    '\\u{…} holds the 2 to 8 hexadecimal digits of a character\n  any where a == "\\u{d800}"\n                  ^',
  ],
  [
    'any where a == "\\u{4}"',
    '\\u{…} holds the 2 to 8 hexadecimal digits of a character\n  any where a == "\\u{4}"\n                  ^',
  ],
  ['any where `a', 'This name is not closed\n  any where `a\n            ^'],
  ['any where a /* b', 'This comment is not closed\n  any where a /* b\n              ^'],
  ['any where a[0] == 1', 'A field has no index: any of its values is meant\n  any where a[0] == 1\n             ^'],
  ['any where a.b(1)', 'A function has a name of one word\n  any where a.b(1)\n            ^'],
  [
    'any where a~ == 1',
    '~ stands after the name of a function and before its bracket\n  any where a~ == 1\n            ^',
  ],
  ['any where a like b', 'Expected "(", a text or a value, but found "b"\n  any where a like b\n                   ^'],
  [
    'any where a in ()',
    'Expected "(", "not", a field, a text or a value, but found ")"\n  any where a in ()\n                  ^',
  ],
  // docs, "Differences from Endgame EQL syntax"
  [
    'join [a where b] [c where d]',
    'EQL joins are not supported, as in Elasticsearch\n  join [a where b] [c where d]\n  ^',
  ],
  [
    'any where child of [a where b]',
    'child of, descendant of and event of are not supported, as in Elasticsearch\n  any where child of [a where b]\n                  ^',
  ],
  [
    'sample by a [b where c] [d where e]',
    'sample queries are not supported: only events and sequences\n  sample by a [b where c] [d where e]\n  ^',
  ],
  ...['head 5', 'tail 10', 'count', 'filter a == 1', 'sort a', 'unique a'].map((pipe): [string, string] => [
    `any where a | ${pipe}`,
    `Pipes are not supported (| ${pipe.split(' ')[0]}): every event that matches counts\n  any where a | ${pipe}\n              ^`,
  ]),
  [
    'sequence [a where b] ![c where d]',
    'Missing events (![ … ]) are not supported\n  sequence [a where b] ![c where d]\n                       ^',
  ],
  [
    'sequence with maxspan=1m by a [b where c] [d where e]',
    'by stands before with maxspan\n  sequence with maxspan=1m by a [b where c] [d where e]\n                           ^',
  ],
  [
    'sequence with maxspan=15 [a where b] [c where d]',
    'A time has a unit: ms, s, m, h, d\n  sequence with maxspan=15 [a where b] [c where d]\n                        ^',
  ],
  [
    'sequence with maxspan=1.5h [a where b] [c where d]',
    'maxspan is a whole number above zero\n  sequence with maxspan=1.5h [a where b] [c where d]\n                        ^',
  ],
  [
    'sequence with maxspan=0s [a where b] [c where d]',
    'maxspan is a whole number above zero\n  sequence with maxspan=0s [a where b] [c where d]\n                        ^',
  ],
  [
    'sequence [a where b] with runs=101',
    'runs is between 1 and 100\n  sequence [a where b] with runs=101\n                       ^',
  ],
  [
    'sequence [a where b] [c where d] until [e where f] with runs=2',
    'until has no runs\n  sequence [a where b] [c where d] until [e where f] with runs=2\n                                   ^',
  ],
  [
    'sequence [a where b] by length(c) [d where e] by f',
    'Expected ",", "[", "until", "with" or the end of the query, but found "("\n  sequence [a where b] by length(c) [d where e] by f\n                                ^',
  ],
];

describe('refuses', () => {
  test.each(errors)('%j', (query, message) => {
    expect(() => parseEql(query)).toThrow(expect.objectContaining({ name: 'QueryError', message }));
  });

  test.each([
    ['any where a not like "x"', 'Write not before the field: not field like "a*".'],
    ['any where a == 1 AND b', 'Keywords are written in lower case.'],
    ['process.name == "x"', 'An event query reads: category where condition, or any where condition.'],
  ])('%s, with a hint', (query, hint) => {
    expect(() => parseEql(query)).toThrow(expect.objectContaining({ name: 'QueryError', hint }));
  });

  test('says which line of the file', () => {
    const place = { file: 'rules/x.toml', line: 12 };
    expect(() => parseEql('any where a and\n b =', place)).toThrow(
      expect.objectContaining({ where: 'rules/x.toml:13:4' }),
    );
  });
});

describe('hostile queries end soon', () => {
  test.each([
    ['100 KB', `any where ${'a or '.repeat(20_000)}a`, /at most 30000/],
    ['brackets', `any where ${'('.repeat(10_000)}`, /nested more than 100 deep/],
    ['calls', `any where ${'f('.repeat(10_000)}`, /nested more than 100 deep/],
    ['square brackets', `sequence ${'['.repeat(10_000)}`, /nested more than 100 deep/],
    [
      'brackets after raw text that ends in quotes',
      `any where a == """x"""" or ${'('.repeat(10_000)}`,
      /nested more than 100 deep/,
    ],
    ['brackets after quotes in a comment', `any where // "\n ${'('.repeat(10_000)}`, /nested more than 100 deep/],
    ['brackets after a quote in back-ticks', `any where \`"\` == ${'('.repeat(10_000)}`, /nested more than 100 deep/],
    ['brackets after a block comment', `any where /* " */ ${'('.repeat(10_000)}`, /nested more than 100 deep/],
    ['open brackets at the limit', `any where ${'('.repeat(100)}x`, /Expected/],
    ['quotes', `any where ${'"'.repeat(29_001)}`, /Expected|not closed/],
    ['spaces', `any where a${' '.repeat(29_000)}(`, /Expected/],
    ['comments', `any where a${'/**/'.repeat(7_000)}(`, /Expected/],
    ['open comments', `any where ${'/* '.repeat(9_000)}`, /not closed/],
    ['signs', `any where ${'-'.repeat(29_000)}`, /Expected/],
    ['dots', `any where a${'.'.repeat(29_000)}`, /Expected/],
    ['nots', `any where ${'not '.repeat(7_000)}`, /Expected/],
  ])('%s', (_what, query, message) => {
    const start = performance.now();
    expect(messageOf(query)).toMatch(message);
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  test.each([
    ['or', `any where ${'a or '.repeat(5_000)}a`],
    ['plus', `any where ${'a + '.repeat(7_000)}a == 1`],
    ['not', `any where ${'not '.repeat(7_000)}a`],
    ['minus', `any where ${'- '.repeat(14_000)}a == 1`],
    ['steps', `sequence ${'[a where b]'.repeat(2_000)}`],
    ['brackets side by side', `any where ${'(a) or '.repeat(4_000)}a`],
  ])('a chain of thousands of %s is a query', (_what, query) => {
    expect(() => parseEql(query)).not.toThrow();
  });
});

function messageOf(query: string): string {
  try {
    parseEql(query);
  } catch (error) {
    if (error instanceof Error) return error.message;
  }
  return 'no error';
}

/** A statement in one line. Doubles have a point. */
function short(statement: Statement): string {
  if (statement.kind === 'event') return shortFilter(statement.filter);
  const { by, maxspanMs, steps, until } = statement;
  return [
    'sequence',
    ...(by.length === 0 ? [] : [`by ${shortKeys(by)}`]),
    ...(maxspanMs === null ? [] : [`${maxspanMs}ms`]),
    ...steps.map(shortStep),
    ...(until === null ? [] : [`until ${shortStep(until)}`]),
  ].join(' ');
}

function shortStep({ filter, by, runs }: SequenceStep): string {
  return `[${shortFilter(filter)}]${by.length === 0 ? '' : ` by ${shortKeys(by)}`}${runs === 1 ? '' : `×${runs}`}`;
}

function shortKeys(by: readonly FieldName[]): string {
  return by.map(shortField).join(',');
}

function shortFilter({ category, condition }: EventFilter): string {
  return `${category === null ? 'any' : JSON.stringify(category.name)} ${shortExpression(condition)}`;
}

function shortExpression(expression: Expression): string {
  const all = (parts: readonly Expression[]) => parts.map(part => ` ${shortExpression(part)}`).join('');
  switch (expression.kind) {
    case 'and':
    case 'or':
      return `(${expression.kind}${all(expression.parts)})`;
    case 'not':
      return `(not${all([expression.part])})`;
    case 'negative':
      return `(-${all([expression.part])})`;
    case 'compare':
      return `(${expression.operator}${all([expression.left, expression.right])})`;
    case 'is':
      return `(${expression.operator}${all([expression.subject, ...expression.patterns])})`;
    case 'in':
      return `(in${expression.insensitive ? '~' : ''}${all([expression.subject, ...expression.values])})`;
    case 'call':
      return `(${expression.name}${expression.insensitive ? '~' : ''}${all(expression.args)})`;
    case 'arithmetic':
      return `(arithmetic${all([expression.first])}${expression.rest.map(({ operator, part }) => ` ${operator}${all([part])}`).join('')})`;
    case 'field':
      return shortField(expression);
    case 'literal':
      return shortValue(expression.value);
  }
}

function shortField({ name, optional }: FieldName): string {
  return optional ? `?${name}` : name;
}

function shortValue(value: Value): string {
  if (typeof value === 'number') return Number.isInteger(value) ? `${BigInt(value)}.0` : String(value);
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
