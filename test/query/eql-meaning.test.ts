import { describe, expect, test } from 'vitest';
import { compileEql, type EqlOptions } from '../../src/query/eql.ts';
import type { Answer, FieldMapping, Query } from '../../src/query/query.ts';
import { jsonVocabulary, vocabularyOf } from '../../src/query/vocabulary.ts';

// What a query means, one case per statement about Elasticsearch's behaviour: query, document, answer.
// facts: facts/detection.md. docs: "EQL syntax reference" and "EQL function reference". translator:
// querytranslator_tests.txt and QueryTranslator.java of elastic/elasticsearch, x-pack/plugin/eql.

const fields: Readonly<Record<string, FieldMapping>> = {
  k: { type: 'keyword' },
  'k.short': { type: 'keyword', ignoreAbove: 5 },
  l: { type: 'keyword' },
  'o.k': { type: 'keyword' },
  'event.category': { type: 'keyword' },
  'event.type': { type: 'keyword' },
  'event.action': { type: 'keyword' },
  'data_stream.dataset': { type: 'constant_keyword' },
  '@timestamp': { type: 'date' },
  t: { type: 'text' },
  b: { type: 'boolean' },
  n: { type: 'long' },
  m: { type: 'long' },
  x: { type: 'double' },
  ip: { type: 'ip' },
  f: { type: 'flattened' },
  p: { type: 'nested' },
  'p.k': { type: 'keyword' },
};
const now = new Date('2024-05-15T12:30:00Z');
const vocabulary = vocabularyOf(fields);

function compiled(query: string, options: Partial<EqlOptions> = {}): Query {
  const result = compileEql(query, { vocabulary, now, ...options });
  if (result.kind !== 'event') throw new Error('a sequence');
  return result.query;
}

type Case = readonly [condition: string, document: object, answer: Answer];

/** Conditions: `any where` stands before each. */
const tables: Readonly<Record<string, readonly Case[]>> = {
  // docs, "Match any condition"; the others by SQL's logic
  'logic and constants': [
    ['true', {}, 'yes'],
    ['false', {}, 'no'],
    ['not false', {}, 'yes'],
    ['null', {}, 'no'],
    ['not null', {}, 'no'],
    ['1 + 1 == 2', {}, 'yes'],
    ['"a" < "b" and not 1 > 2', {}, 'yes'],
    ['k == "a" and n == 1', { k: 'a', n: 1 }, 'yes'],
    ['k == "a" and n == 1', { k: 'a', n: 2 }, 'no'],
    ['k == "a" or n == 1', { n: 1 }, 'yes'],
    ['not (k == "a" or n == 1)', { k: 'b', n: 2 }, 'yes'],
    ['not (k == "a" and n == 1)', { k: 'a' }, 'yes'],
    ['true == false', {}, 'no'],
  ],
  // facts §2.5: "==, !=, in: case-sensitive, exact"
  equality: [
    ['k == "CreateProfile"', { k: 'CreateProfile' }, 'yes'],
    ['k == "createprofile"', { k: 'CreateProfile' }, 'no'],
    ['"x" == k', { k: 'x' }, 'yes'],
    ['k == "Create*"', { k: 'CreateProfile' }, 'no'],
    ['k == "Create*"', { k: 'Create*' }, 'yes'],
    ['k != "a"', { k: 'b' }, 'yes'],
    ['k != "a"', { k: 'a' }, 'no'],
    ['k in ("a", "b")', { k: 'b' }, 'yes'],
    ['k in ("a", "b")', { k: 'B' }, 'no'],
    ['k not in ("a", "b")', { k: 'c' }, 'yes'],
    ['k not in ("a", "b")', { k: 'a' }, 'no'],
    ['k in (null, "a")', { k: 'a' }, 'yes'],
    ['k in (null)', { k: 'a' }, 'no'],
    // translator, inFilterInsensitiveVerbatimMatch: a star in in~ is a star
    ['k in~ ("A", "b")', { k: 'a' }, 'yes'],
    ['k in~ ("a*")', { k: 'ab' }, 'no'],
    ['k in~ ("A*")', { k: 'a*' }, 'yes'],
    // facts §2.5: number and bool against a keyword are keyword comparisons
    ['k == "true"', { k: 'true' }, 'yes'],
    ['k == "true"', { k: true }, 'yes'],
    ['k == 22', { k: '22' }, 'yes'],
    // facts §2.3: constant_keyword
    ['data_stream.dataset == "aws.cloudtrail"', { data_stream: { dataset: 'aws.cloudtrail' } }, 'yes'],
    // strings are ordered case-sensitive, byte for byte (docs, "Comparison operators")
    ['k < "b"', { k: 'B' }, 'yes'],
    ['k >= "b"', { k: 'b' }, 'yes'],
    ['"b" > k', { k: 'a' }, 'yes'],
  ],
  // facts §2.5: ":" case-insensitive with * and ?, list form OR-ed; ASCII letters only (AutomatonQueries)
  'without case': [
    ['k : "createPROFILE"', { k: 'CreateProfile' }, 'yes'],
    ['k : "create*"', { k: 'CreateProfile' }, 'yes'],
    ['k : "*E?R*"', { k: 'CreateProfile' }, 'yes'],
    ['k : "create"', { k: 'CreateProfile' }, 'no'],
    ['k : ("x", "create*")', { k: 'CreateProfile' }, 'yes'],
    ['k : "É"', { k: 'é' }, 'no'],
    ['k : "d?c"', { k: 'Doc' }, 'yes'],
    ['k : "doc?"', { k: 'doc' }, 'no'],
    ['not k : "a*"', { k: 'Ab' }, 'no'],
  ],
  // facts §2.5: "like case-sensitive wildcard, like~ insensitive"; docs, "Wildcards"
  like: [
    ['k like "DOC*"', { k: 'DOCUMENT' }, 'yes'],
    ['k like "DOC*"', { k: 'document' }, 'no'],
    ['k like~ "DOC*"', { k: 'document' }, 'yes'],
    ['k like "D?c"', { k: 'Dxc' }, 'yes'],
    ['k like "D?c"', { k: 'D\u{1f600}c' }, 'yes'],
    ['k like "D?c"', { k: 'Dc' }, 'no'],
    ['k like ("x*", "*c")', { k: 'abc' }, 'yes'],
    ['k like "abc"', { k: 'abc' }, 'yes'],
    ['k like "a*b*a"', { k: 'aba' }, 'yes'],
    ['k like "aa*aa"', { k: 'aaa' }, 'no'],
    ['k like "*"', {}, 'no'],
    // translator, equalsAndInFilter: a backslash in the pattern is a backslash
    [String.raw`k like "*\\system32\\*"`, { k: String.raw`C:\system32\cmd` }, 'yes'],
    [String.raw`k like "a\\*"`, { k: 'a*' }, 'no'],
    [String.raw`k like """a\?"""`, { k: String.raw`a\b` }, 'yes'],
    ['wildcard(k, "D*", "x?")', { k: 'xy' }, 'yes'],
    ['wildcard~(k, "d*")', { k: 'DO' }, 'yes'],
    ['not wildcard(k, "d*")', {}, 'yes'],
    // on a function: docs, "Pattern comparison keywords" name no limit; translator, likeMultiArgWithScript
    ['substring(k, 1) like "b*"', { k: 'abc' }, 'yes'],
    ['substring(k, 1) like~ ("x", "B*")', { k: 'abc' }, 'yes'],
  ],
  // facts §2.5: "regex anchored Lucene syntax (no lazy quantifiers: .*? reads as optional .*)"
  regex: [
    ['k regex "a.c"', { k: 'abc' }, 'yes'],
    ['k regex "b"', { k: 'abc' }, 'no'],
    ['k regex ".*?b.*?"', { k: 'abc' }, 'yes'],
    ['k regex "A.*"', { k: 'abc' }, 'no'],
    ['k regex~ "A.*"', { k: 'abc' }, 'yes'],
    ['k regex ("x", "[ab]+")', { k: 'abba' }, 'yes'],
    ['k regex "^abc$"', { k: 'abc' }, 'no'],
    ['match(k, "x", "a.*")', { k: 'abc' }, 'yes'],
    ['match~(k, "A.*")', { k: 'abc' }, 'yes'],
    ['not k regex "a.*"', {}, 'yes'],
    ['length(k) > 2 and substring(k, 1) regex "b.*"', { k: 'abc' }, 'yes'],
  ],
  // facts §1.6 and §2.5: stringContains(field, "literal") is the wildcard *literal*
  'stringContains of a literal is a wildcard': [
    ['stringContains(k, "source")', { k: '{source=x}' }, 'yes'],
    ['stringContains(k, "Source")', { k: '{source=x}' }, 'no'],
    ['stringContains(k, "a=*z")', { k: '{a=b, z}' }, 'yes'],
    ['stringContains(k, "a=?,")', { k: '{a=b, z}' }, 'yes'],
    ['stringContains(k, "valuesToAdd=[*]")', { k: '{valuesToAdd=[all]}' }, 'yes'],
    ['stringContains(k, "password=*")', { k: '{password=}' }, 'yes'],
    [String.raw`stringContains(k, "Principal=\\*")`, { k: '{Principal=*}' }, 'yes'],
    [String.raw`stringContains(k, "Principal=\\*")`, { k: '{Principal=x}' }, 'no'],
    [String.raw`stringContains(k, "Principal=\\*")`, { k: String.raw`{Principal=\*}` }, 'no'],
    [String.raw`stringContains(k, """a\\b""")`, { k: String.raw`xa\bx` }, 'yes'],
    [String.raw`stringContains(k, """a\b""")`, { k: 'xabx' }, 'yes'],
    // The last backslash makes the closing star a star.
    [String.raw`stringContains(k, """a\""")`, { k: 'xa*' }, 'yes'],
    [String.raw`stringContains(k, """a\""")`, { k: 'xab' }, 'no'],
    ['stringContains(k, "")', { k: 'x' }, 'yes'],
    ['stringContains(k, "")', {}, 'no'],
    ['stringcontains(k, "x")', { k: 'x' }, 'yes'],
    ['stringContains(k, "x") == true', { k: 'x' }, 'yes'],
    ['stringContains(k, concat("a", "b"))', { k: 'xabx' }, 'yes'],
  ],
  // facts §2.5: "with a field as second argument … it is a script with literal substring semantics"
  'stringContains of a field is a substring': [
    ['stringContains(k, l)', { k: 'a 123 b', l: '123' }, 'yes'],
    ['stringContains(k, l)', { k: 'a 123 b', l: '*' }, 'no'],
    ['stringContains(k, l)', { k: 'a * b', l: '*' }, 'yes'],
    ['stringContains("abc", k)', { k: 'b' }, 'yes'],
    ['stringContains(k, l)', { k: 'abc', l: '' }, 'no'],
    ['stringContains~(k, l)', { k: 'ABC', l: 'b' }, 'yes'],
    // with ~ and a literal: a script as well (facts §2.5)
    ['stringContains~(k, "B")', { k: 'abc' }, 'yes'],
    ['stringContains~(k, "a*c")', { k: 'abc' }, 'no'],
    ['stringContains~(k, "A*C")', { k: 'xa*cx' }, 'yes'],
  ],
  // facts §2.5: "startsWith(field,"lit") becomes a prefix query (literal)"
  'startsWith and endsWith': [
    ['startsWith(k, "Create")', { k: 'CreateProfile' }, 'yes'],
    ['startsWith(k, "create")', { k: 'CreateProfile' }, 'no'],
    ['startsWith~(k, "create")', { k: 'CreateProfile' }, 'yes'],
    ['startsWith(k, "C*e")', { k: 'CreateProfile' }, 'no'],
    ['startsWith(k, "C*")', { k: 'C*e' }, 'yes'],
    ['startsWith(k, l)', { k: 'abc', l: 'ab' }, 'yes'],
    ['startsWith("regsvr32.exe", k)', { k: 'regsvr32' }, 'yes'],
    ['endsWith(k, ".exe")', { k: 'a.exe' }, 'yes'],
    ['endsWith(k, ".EXE")', { k: 'a.exe' }, 'no'],
    ['endsWith~(k, ".EXE")', { k: 'a.exe' }, 'yes'],
    ['endsWith(k, "*")', { k: 'a.exe' }, 'no'],
    ['endsWith(k, l)', { k: 'abc', l: 'bc' }, 'yes'],
    ['endsWith(k, ".exe") == false', { k: 'a.dll' }, 'yes'],
    ['endsWith(k, ".exe") != true', { k: 'a.dll' }, 'yes'],
    ['true == endsWith(k, ".exe")', { k: 'a.exe' }, 'yes'],
  ],
  // facts §2.6: not of what an index answers is true where the field is missing
  'missing fields under not, asked of an index': [
    ['k == "a"', {}, 'no'],
    ['not k == "a"', {}, 'yes'],
    ['k != "a"', {}, 'yes'],
    ['not k != "a"', {}, 'no'],
    ['not not k == "a"', {}, 'no'],
    ['k not in ("a")', {}, 'yes'],
    ['not k in~ ("a")', {}, 'yes'],
    ['not k : "a*"', {}, 'yes'],
    ['not k like "a*"', {}, 'yes'],
    ['not n > 1', {}, 'yes'],
    ['not startsWith(k, "a")', {}, 'yes'],
    ['not stringContains(k, "a")', {}, 'yes'],
    ['not stringContains(k, "a")', { k: null }, 'yes'],
    ['not stringContains(k, "a")', { k: [] }, 'yes'],
    ['startsWith(k, "a") == false', {}, 'yes'],
    ['not cidrMatch(ip, "10.0.0.0/8")', {}, 'yes'],
    ['not b', {}, 'yes'],
    // facts §2.6: after De Morgan
    ['not (k == "a" or n == 1)', {}, 'yes'],
    ['not (not k == "a" and l == "x")', { l: 'x' }, 'no'],
    // facts §1.6: longer than ignore_above is missing
    ['not stringContains(k.short, "a")', { k: { short: 'aaaaaa' } }, 'yes'],
    ['stringContains(k.short, "a")', { k: { short: 'aaaaaa' } }, 'no'],
    ['k.short != null', { k: { short: 'aaaaaa' } }, 'no'],
    ['k.short == "aaaaa"', { k: { short: 'aaaaa' } }, 'yes'],
  ],
  // facts §2.6: not of a script is false where a field is missing
  'missing fields under not, asked by a script': [
    ['not stringContains(k, l)', { k: 'abc', l: 'x' }, 'yes'],
    ['not stringContains(k, l)', { k: 'abc' }, 'no'],
    ['not stringContains(k, l)', { l: 'x' }, 'no'],
    ['not stringContains(k, l)', {}, 'no'],
    ['stringContains(k, l) == false', { k: 'abc' }, 'no'],
    ['not startsWith(k, l)', { k: 'abc' }, 'no'],
    ['not length(k) > 3', {}, 'no'],
    ['not length(k) > 3', { k: 'abc' }, 'yes'],
    ['not concat(k, "x") : "ax"', {}, 'no'],
    ['length(k) != 3', {}, 'no'],
    ['length(k.short) > 3', { k: { short: 'aaaaaa' } }, 'no'],
    ['not length(k.short) > 9', { k: { short: 'aaaaaa' } }, 'no'],
    // Each predicate has its own rule: the first is true, and that is enough.
    ['not (k == "a" and stringContains(k, l))', {}, 'yes'],
    ['not (k == "a" or stringContains(k, l))', {}, 'no'],
  ],
  // docs, "Check if a field exists"; facts §2.3: "" is a value
  existence: [
    ['k == null', {}, 'yes'],
    ['k == null', { k: 'a' }, 'no'],
    ['k != null', { k: 'a' }, 'yes'],
    ['k != null', { k: '' }, 'yes'],
    ['k != null', { k: [null] }, 'no'],
    ['null != k', { k: 'a' }, 'yes'],
    ['not k == null', { k: 'a' }, 'yes'],
    ['not k != null', {}, 'yes'],
    ['f != null', { f: { a: { b: 1 } } }, 'yes'],
    ['concat(k, l) == null', { k: 'a' }, 'yes'],
    ['concat(k, l) != null', { k: 'a', l: 'b' }, 'yes'],
    ['not concat(k, l) == null', { k: 'a' }, 'no'],
    ['k > null', { k: 'a' }, 'no'],
    ['not k > null', { k: 'a' }, 'no'],
  ],
  // docs, "Optional fields": null in place of a field that does not exist
  'optional fields': [
    ['?nope == null', {}, 'yes'],
    ['?nope != null', { nope: 1 }, 'no'],
    ['?nope == 123', {}, 'no'],
    ['?nope', {}, 'no'],
    ['?nope : "a*"', {}, 'no'],
    ['not ?nope : "a*"', {}, 'no'],
    ['not stringContains(?nope, "a")', {}, 'no'],
    ['?k == "a"', { k: 'a' }, 'yes'],
    ['not ?k == "a"', {}, 'yes'],
    ['?nope == 1 or k == "a"', { k: 'a' }, 'yes'],
  ],
  // facts §2.3 and §2.6: any-of; not only if no element matches
  'lists of values': [
    ['k == "a"', { k: ['b', 'a'] }, 'yes'],
    ['k == "a" and k == "b"', { k: ['a', 'b'] }, 'yes'],
    ['not k == "a"', { k: ['b', 'a'] }, 'no'],
    ['k != "a"', { k: ['b', 'a'] }, 'no'],
    ['k : "B*"', { k: ['a', ['bc']] }, 'yes'],
    ['n > 5 and n < 5', { n: [1, 9] }, 'yes'],
    ['o.k == "q"', { o: [{ k: 'p' }, { k: 'q' }] }, 'yes'],
    // translator, conjunctionOfSameFieldSameFunction: each place of a field takes its own value
    ['length(k) > 2 and length(k) < 2', { k: ['a', 'abc'] }, 'yes'],
    ['length(k) == 3', { k: ['a', 'abc'] }, 'yes'],
    ['length(k) != 3', { k: ['a', 'abc'] }, 'yes'],
    ['concat(k, k) == "ab"', { k: ['a', 'b'] }, 'yes'],
    ['stringContains(k, l)', { k: ['x', 'abc'], l: ['y', 'b'] }, 'yes'],
    ['not stringContains(k, l)', { k: ['x', 'abc'], l: ['y', 'b'] }, 'no'],
    ['not stringContains(k, l)', { k: ['x', 'abc'], l: ['y', 'z'] }, 'yes'],
  ],
  'dotted and nested paths': [
    ['o.k == "1"', { 'o.k': '1' }, 'yes'],
    ['`o`.`k` == "1"', { o: { k: '1' } }, 'yes'],
    ['k != null', JSON.parse('{"__proto__": {"k": 1}}'), 'no'],
  ],
  boolean: [
    ['b', { b: true }, 'yes'],
    ['b', { b: false }, 'no'],
    ['not b', { b: false }, 'yes'],
    ['b == true', { b: 'true' }, 'yes'],
    ['b == "true"', { b: true }, 'yes'],
    ['b != false', { b: true }, 'yes'],
    ['b in (true)', { b: true }, 'yes'],
    ['string(b) == "true"', { b: true }, 'yes'],
  ],
  numbers: [
    ['n == 22', { n: 22 }, 'yes'],
    ['n == 22.0', { n: '22' }, 'yes'],
    ['n == "22"', { n: 22 }, 'yes'],
    ['n != 22', {}, 'yes'],
    ['n > 3 and n <= 22', { n: 22 }, 'yes'],
    ['3 < n', { n: 22 }, 'yes'],
    ['n > -1', { n: 0 }, 'yes'],
    ['n == -5', { n: -5 }, 'yes'],
    ['n < 4.5 and n >= 3.1', { n: 4 }, 'yes'],
    ['n in (1, 2)', { n: 2 }, 'yes'],
    ['x > 1.25', { x: 1.5 }, 'yes'],
    ['n == number("-32")', { n: -32 }, 'yes'],
    ['n == number("0x32", 16)', { n: 50 }, 'yes'],
  ],
  // docs, "Math operators" and the functions add … subtract, with their examples
  arithmetic: [
    ['n + 2 == 41', { n: 39 }, 'yes'],
    ['2 * n == 164', { n: 82 }, 'yes'],
    ['83 - n == 1', { n: 82 }, 'yes'],
    ['-n + 100 == 18', { n: 82 }, 'yes'],
    ['4 / n == 1', { n: 3 }, 'yes'],
    ['4.0 / n == 1', { n: 3 }, 'no'],
    ['n / 2 == 41', { n: 83 }, 'yes'],
    ['x / 2 == 0.75', { x: 1.5 }, 'yes'],
    ['n % 2 == 1', { n: 7 }, 'yes'],
    ['n + m > 100', { n: 60, m: 50 }, 'yes'],
    ['n + m > 100', { n: 60 }, 'no'],
    ['n / 0 == 1', { n: 1 }, 'no'],
    ['not n / 0 == 1', { n: 1 }, 'no'],
    ['1 + 2 * 3 - 4 == 3', {}, 'yes'],
    ['n + ((1 + 3) * 2 / (3 - 1)) * 2 == 54', { n: 46 }, 'yes'],
    ['add(4, 0.5) == 4.5 and subtract(-2, 4) == -6', {}, 'yes'],
    ['divide(4, 3) == 1 and divide(4, 3.0) > 1.33 and divide(0.5, 0.25) == 2.0', {}, 'yes'],
    ['divide(4, -2) == -2 and multiply(0.25, 2) == 0.5', {}, 'yes'],
    ['modulo(10, 6) == 4 and modulo(10, 0.5) == 0 and modulo(10, -6) == 4 and modulo(-10, -6) == -4', {}, 'yes'],
    ['add(n, null) == null', { n: 1 }, 'yes'],
    ['9223372036854775807 + 1 == null', {}, 'yes'],
    ['(n + 1) in (2, 3)', { n: 2 }, 'yes'],
  ],
  // docs, "EQL function reference", the examples
  functions: [
    ['length("start explorer.exe") == 18 and length("") == 0 and length(null) == null', {}, 'yes'],
    ['length(k) == 2', { k: '\u{1f600}' }, 'yes'],
    ['substring("start regsvr32.exe", 6) == "regsvr32.exe"', {}, 'yes'],
    ['substring("start regsvr32.exe", 6, 14) == "regsvr32"', {}, 'yes'],
    ['substring("start regsvr32.exe", -4) == ".exe" and substring("start regsvr32.exe", -4, -1) == ".ex"', {}, 'yes'],
    ['substring("abc", 3, 1) == "" and substring("abc", 9) == ""', {}, 'yes'],
    ['substring(k, 5) in ("test*", "best")', { k: '12345best' }, 'yes'],
    ['substring(k, 0, 1) in~ ("A")', { k: 'abc' }, 'yes'],
    ['indexOf(k, "d") == 3 and indexOf(k, ".") == 9', { k: 'subdomain.example.com' }, 'yes'],
    ['indexOf(k, "D") == null and indexOf~(k, "D") == 3', { k: 'subdomain.example.com' }, 'yes'],
    ['indexOf(k, ".", 9) == 9 and indexOf(k, ".", 10) == 17', { k: 'subdomain.example.com' }, 'yes'],
    ['indexOf(k, ".", -6) == 9 and indexOf(k, ".", 30) == null', { k: 'subdomain.example.com' }, 'yes'],
    [
      'indexOf(k, "", 9) == 9 and indexOf(k, "", -6) == 0 and indexOf("", "") == 0',
      { k: 'subdomain.example.com' },
      'yes',
    ],
    ['indexOf(k, ".", null) == null', { k: 'a.b' }, 'yes'],
    [String.raw`between(k, "System32\\", ".exe") == "cmd"`, { k: String.raw`C:\Windows\System32\cmd.exe` }, 'yes'],
    [String.raw`between(k, "system32\\", ".exe") == ""`, { k: String.raw`C:\Windows\System32\cmd.exe` }, 'yes'],
    [String.raw`between~(k, "system32\\", ".exe") == "cmd"`, { k: String.raw`C:\Windows\System32\cmd.exe` }, 'yes'],
    [String.raw`between(k, "\\", "\\", false) == "Windows"`, { k: String.raw`C:\Windows\System32\cmd.exe` }, 'yes'],
    [
      String.raw`between(k, "\\", "\\", true) == """Windows\System32"""`,
      { k: String.raw`C:\Windows\System32\cmd.exe` },
      'yes',
    ],
    ['between("", "a", "b") == "" and between(null, "a", "b") == null', {}, 'yes'],
    ['concat("regsvr32.exe", " ", 42) == "regsvr32.exe 42" and concat("x", 42.5, true) == "x42.5true"', {}, 'yes'],
    ['concat(k, null) == null and concat(k) == "a"', { k: 'a' }, 'yes'],
    ['concat(n, "::", k) : "5::WININIT.exe"', { n: 5, k: 'wininit.exe' }, 'yes'],
    ['string(42) == "42" and string(42.5) == "42.5" and string(true) == "true" and string(null) == null', {}, 'yes'],
    ['string(4.0) == "4.0" and string(12345678.9) == "1.23456789E7" and string(0.0001) == "1.0E-4"', {}, 'yes'],
    ['string(n) == "123"', { n: 123 }, 'yes'],
    ['string(ip) == "10.0.0.1"', { ip: '10.0.0.1' }, 'yes'],
    ['number("1337") == 1337 and number("42.5") == 42.5 and number("deadbeef", 16) == 3735928559', {}, 'yes'],
    ['number("0xdeadbeef") == 3735928559 and number("0xdeadbeef", 16) == 3735928559', {}, 'yes'],
    ['number("+1337") == 1337 and number("-1337") == -1337 and number("  1337  ") == 1337', {}, 'yes'],
    ['number("0xdeadbeef", null) == 3735928559 and number("1337", null) == 1337 and number(null) == null', {}, 'yes'],
    ['number(k) == 1337', { k: '1337' }, 'yes'],
    ['number(k) == null', { k: 'many' }, 'yes'],
    ['number(string(n), 16) == 17', { n: 11 }, 'yes'],
    ['stringContains("", "") == false and stringContains(null, "x") == null', {}, 'yes'],
    ['string(k == "a" and not n > 3) == "true"', { k: 'a', n: 2 }, 'yes'],
    ['string(k == "a" or n > 3) == "false"', { k: 'b', n: 2 }, 'yes'],
    ['STARTSWITH(k, "a")', { k: 'a' }, 'yes'],
  ],
  // docs, "cidrMatch"; translator, cidrMatchFunction…
  'IP addresses': [
    ['ip == "10.0.0.1"', { ip: '10.0.0.1' }, 'yes'],
    ['ip == "10.0.0.1"', { ip: '::ffff:10.0.0.1' }, 'yes'],
    ['ip >= "10.0.0.9" and ip < "10.0.0.100"', { ip: '10.0.0.20' }, 'yes'],
    ['cidrMatch(ip, "192.168.0.0/16", "10.0.0.0/8")', { ip: '10.1.2.3' }, 'yes'],
    ['cidrMatch(ip, "192.168.0.0/16")', { ip: '10.1.2.3' }, 'no'],
    ['cidrMatch(ip, "10.6.48.157/8")', { ip: '10.1.2.3' }, 'yes'],
    ['cidrMatch(ip, "2001:db8::/32")', { ip: '2001:DB8:1::1' }, 'yes'],
    ['cidrMatch(ip, "10.0.0.0/8") == false', { ip: '11.0.0.0' }, 'yes'],
    ['cidrMatch(ip, "10.0.0.0/8")', { ip: 'cloudformation.amazonaws.com' }, 'no'],
    ['cidrMatch(ip, null) == null', { ip: '10.0.0.1' }, 'yes'],
    ['cidrMatch("10.0.0.1", "10.0.0.0/8")', {}, 'yes'],
    ['string(cidrMatch(ip, "10.6.48.157/8")) : "true"', { ip: '10.6.48.157' }, 'yes'],
  ],
  dates: [
    ['@timestamp >= "now-1h"', { '@timestamp': '2024-05-15T12:00:00Z' }, 'yes'],
    ['@timestamp >= "now-1h"', { '@timestamp': '2024-05-15T11:00:00Z' }, 'no'],
    ['@timestamp == "2024-05-15"', { '@timestamp': '2024-05-15T11:00:00Z' }, 'yes'],
  ],
  flattened: [
    ['f.a.b == "v"', { f: { a: { b: 'v' } } }, 'yes'],
    ['f.a.b == 22', { f: { a: { b: 22 } } }, 'yes'],
    ['f : "V*"', { f: { a: { b: ['u', 'vw'] } } }, 'yes'],
    ['f.`x-amz-acl` == "public-read"', { f: { 'x-amz-acl': 'public-read' } }, 'yes'],
    ['stringContains(f.a, "v")', { f: { a: 'xvx' } }, 'yes'],
    ['length(f) == 2', { f: { a: 'v', b: { c: 'vw' } } }, 'yes'],
  ],
  'what is unknown': [
    ['k == "a"', { unknown: ['k'] }, 'unknown'],
    ['not k == "a"', { unknown: ['k'] }, 'unknown'],
    ['k != "a"', { unknown: ['k'] }, 'unknown'],
    ['k == null', { unknown: ['k'] }, 'unknown'],
    ['k == "a"', { k: 'a', unknown: ['k'] }, 'yes'],
    ['not k == "a"', { k: 'a', unknown: ['k'] }, 'no'],
    ['k : "a*"', { k: 'b', unknown: ['k'] }, 'unknown'],
    ['k in ("a")', { unknown: ['l'] }, 'no'],
    ['o.k like "a"', { unknown: ['o'] }, 'unknown'],
    ['stringContains(k, "a")', { unknown: ['k'] }, 'unknown'],
    ['not startsWith(k, "a")', { unknown: ['k'] }, 'unknown'],
    ['k == "a" and n == 1', { n: 2, unknown: ['k'] }, 'no'],
    ['k == "a" and n == 1', { n: 1, unknown: ['k'] }, 'unknown'],
    ['k == "a" or n == 1', { n: 1, unknown: ['k'] }, 'yes'],
    ['length(k) > 1', { unknown: ['k'] }, 'unknown'],
    ['not length(k) > 1', { unknown: ['k'] }, 'unknown'],
    ['length(k) > 1', { k: 'ab', unknown: ['k'] }, 'yes'],
    ['not length(k) > 1', { k: 'ab', unknown: ['k'] }, 'no'],
    ['not length(k) > 1', { k: 'a', unknown: ['k'] }, 'unknown'],
    ['stringContains(k, l)', { k: 'a', unknown: ['l'] }, 'unknown'],
    ['concat(k, l) == null', { k: 'a', unknown: ['l'] }, 'unknown'],
    ['f : "a"', { unknown: ['f.x'] }, 'unknown'],
    ['length(f) > 1', { unknown: ['f.x'] }, 'unknown'],
    ['cidrMatch(ip, "10.0.0.0/8")', { unknown: ['ip'] }, 'unknown'],
    ['true', { unknown: ['k'] }, 'yes'],
  ],
};

describe.each(Object.entries(tables))('%s', (_name, cases) => {
  test.each(cases)('%s of %j: %s', (condition, document, answer) => {
    expect(compiled(`any where ${condition}`).ask(document)).toBe(answer);
  });
});

// facts §2.5: "X where is event.category == "X" or the overridden field, matched as any-of over the array, case-sensitive"
describe('the category', () => {
  test.each<[query: string, document: object, answer: Answer]>([
    ['any where true', {}, 'yes'],
    ['iam where true', { event: { category: 'iam' } }, 'yes'],
    ['iam where true', { event: { category: ['web', 'iam'] } }, 'yes'],
    ['iam where true', { event: { category: 'IAM' } }, 'no'],
    ['iam where true', {}, 'no'],
    ['"iam" where true', { event: { category: 'iam' } }, 'yes'],
    ['"a b*" where true', { event: { category: 'a b*' } }, 'yes'],
    ['iam where not k == "a"', { event: { category: 'iam' } }, 'yes'],
    ['iam where k == "a"', { event: { category: 'iam' }, k: 'b' }, 'no'],
    ['iam where true', { unknown: ['event.category'] }, 'unknown'],
  ])('%s of %j: %s', (query, document, answer) => {
    expect(compiled(query).ask(document)).toBe(answer);
  });

  test('is another field where the rule says so', () => {
    const query = compiled('info where k == "a"', { categoryField: 'event.type' });
    expect(query.fields).toEqual(['event.type', 'k']);
    expect(query.ask({ event: { type: ['info'] }, k: 'a' })).toBe('yes');
    expect(query.ask({ event: { category: ['info'] }, k: 'a' })).toBe('no');
  });
});

// translator at elastic/elasticsearch 09910273 and 30646ad, Scripts.java, pull request 76610
describe('as Elasticsearch has translated since 7.15', () => {
  test.each<Case>([
    ['not stringContains(k, l)', { k: 'abc' }, 'yes'],
    ['not length(k) > 3', {}, 'yes'],
    ['length(k) != 3', {}, 'no'],
    ['not concat(k, l) == null', { k: 'a' }, 'no'],
    ['not stringContains(k, l)', { k: ['x', 'abc'], l: ['y', 'b'] }, 'no'],
    ['not stringContains(k, l)', { unknown: ['k'] }, 'unknown'],
    ['stringContains~(k, "A*C")', { k: 'xabcx' }, 'yes'],
    ['not stringContains~(k, "a")', {}, 'yes'],
    ['endsWith(k, "b*c")', { k: 'abxc' }, 'yes'],
    ['endsWith~(k, ".EXE")', { k: 'a.exe' }, 'yes'],
    ['not endsWith(k, "x")', {}, 'yes'],
    ['startsWith~(k, "A*")', { k: 'a*b' }, 'yes'],
    ['startsWith~(k, "A*")', { k: 'ab' }, 'no'],
    ['not startsWith~(k, "a")', {}, 'yes'],
    ['stringContains(k, "a*c")', { k: 'abc' }, 'yes'],
  ])('%s of %j: %s', (condition, document, answer) => {
    expect(compiled(`any where ${condition}`, { translation: '7.15' }).ask(document)).toBe(answer);
  });
});

// The shapes of the 28 rules of facts §1.3, in words of our own.
describe('shapes of the corpus', () => {
  const event = (action: string, more: object = {}) => ({
    event: { action, type: ['info'], category: ['iam'], provider: 'rolesanywhere.amazonaws.com', outcome: 'success' },
    ...more,
  });
  const open = jsonVocabulary();
  const ask = (query: string, document: object) =>
    compiled(query, { vocabulary: open, categoryField: 'event.type' }).ask(document);

  test.each<[query: string, document: object, answer: Answer]>([
    [
      'info where event.provider == "rolesanywhere.amazonaws.com" and event.action in ("CreateProfile", "UpdateProfile") and event.outcome == "success"',
      event('UpdateProfile'),
      'yes',
    ],
    [
      'any where event.action : ("create*", "Update*") and not user_agent.original : "*terraform*"',
      event('CreateProfile', { user_agent: { original: 'Terraform/1.5' } }),
      'no',
    ],
    [
      'any where event.action == "CreateProfile" /* a comment\n over lines */ and user_agent.original like "aws-cli/*"',
      event('CreateProfile', { user_agent: { original: 'aws-cli/2.15' } }),
      'yes',
    ],
    [
      'info where event.action == "ModifyDBSnapshotAttribute" and stringContains(aws.request, "attributeName=restore") and stringContains(aws.request, "valuesToAdd=[*]")',
      event('ModifyDBSnapshotAttribute', { aws: { request: '{attributeName=restore, valuesToAdd=[all]}' } }),
      'yes',
    ],
    [
      String.raw`info where event.action == "AddPermission" and stringContains(aws.request, "principal=\\*") and not stringContains(aws.request, aws.account)`,
      event('AddPermission', { aws: { request: '{principal=*, sourceAccount=2}', account: '1' } }),
      'yes',
    ],
    [
      String.raw`info where stringContains(aws.request, "statement=a") and not stringContains(aws.request, "principal=\\*")`,
      event('AddPermission', { aws: { request: '{statement=a, principal=*}' } }),
      'no',
    ],
    [
      'info where event.action == "CreateLoginProfile" and aws.type == "Root" and not stringContains(aws.request, "userName=")',
      event('CreateLoginProfile', { aws: { type: 'Root', request: null } }),
      'yes',
    ],
    [
      'info where (event.action == "A" or event.action == "B") and not (user.id : "x*" or startsWith(user.id, "y"))',
      event('B', { user: { id: 'z' } }),
      'yes',
    ],
    ['info where key regex~ ".*/[a-z]+/credentials"', event('GetObject', { key: 'Home/.aws/Credentials' }), 'no'],
    ['info where key regex~ ".*/[.a-z]+/credentials"', event('GetObject', { key: 'Home/.aws/Credentials' }), 'yes'],
    ['info where session == "true"', event('CreateProfile', { session: 'true' }), 'yes'],
  ])('%s', (query, document, answer) => {
    expect(ask(query, document)).toBe(answer);
  });
});

describe('documents nobody described: by JSON type', () => {
  test.each<Case>([
    ['n == 22', { n: 22 }, 'yes'],
    ['n == "22"', { n: '22' }, 'yes'],
    ['n > 3', { n: 22 }, 'yes'],
    ['n + 1 == 23', { n: 22 }, 'yes'],
    ['n / 4 == 5', { n: 22 }, 'yes'],
    ['n / 4 == 5.625', { n: 22.5 }, 'yes'],
    ['n + 1 == 23', { n: '22' }, 'no'],
    ['length(n) == 2', { n: '22' }, 'yes'],
    ['length(n) == 2', { n: 22 }, 'no'],
    ['b', { b: true }, 'yes'],
    ['not b', {}, 'yes'],
    ['a.b == "x"', { a: [{ b: ['x'] }] }, 'yes'],
    ['a != null', { a: { b: 1 } }, 'yes'],
    ['cidrMatch(a, "10.0.0.0/8")', { a: '10.1.1.1' }, 'yes'],
    ['cidrMatch(a, "10.0.0.0/8")', { a: 'x' }, 'no'],
    ['not cidrMatch(a, "10.0.0.0/8")', {}, 'yes'],
    ['?a == "x"', { a: 'x' }, 'yes'],
  ])('%s of %j: %s', (condition, document, answer) => {
    expect(compiled(`any where ${condition}`, { vocabulary: jsonVocabulary() }).ask(document)).toBe(answer);
  });
});

describe('refuses what can never match', () => {
  test.each<[condition: string, message: string, hint: unknown]>([
    [
      'event.actoin == "x"',
      'There is no field "event.actoin"\n  any where event.actoin == "x"\n            ^',
      'Did you mean event.action?',
    ],
    [
      'k == "a" and action == 1',
      'There is no field "action"\n  any where k == "a" and action == 1\n                         ^',
      'Did you mean event.action?',
    ],
    ['length(nope) > 1', 'There is no field "nope"\n  any where length(nope) > 1\n                   ^', undefined],
    // docs, "Limitations": text and nested fields
    ['t == "x"', 't is analysed text, which EQL does not search\n  any where t == "x"\n            ^', undefined],
    [
      'p.k == "x"',
      'p.k is in a list of objects, which EQL does not search\n  any where p.k == "x"\n            ^',
      undefined,
    ],
    // docs, "Comparing fields"
    [
      'k == l',
      'EQL compares a field with a value, not with another field\n  any where k == l\n            ^',
      expect.stringContaining('stringContains'),
    ],
    [
      'length(k) == n',
      'EQL compares a field with a value, not with another field\n  any where length(k) == n\n            ^',
      expect.any(String),
    ],
    ['k in (l)', 'A list holds values, not fields\n  any where k in (l)\n                  ^', undefined],
    ['b == "ture"', 'b is true or false\n  any where b == "ture"\n                 ^', expect.any(String)],
    ['n == "many"', 'n is a number, and "many" is not\n  any where n == "many"\n                 ^', undefined],
    ['ip == "10.*"', 'ip is an IP address\n  any where ip == "10.*"\n                  ^', expect.any(String)],
    [
      'n : "2*"',
      'n is no text, and : compares text\n  any where n : "2*"\n            ^',
      expect.stringContaining('=='),
    ],
    [
      'ip like "10.*"',
      'ip is no text, and like compares text\n  any where ip like "10.*"\n            ^',
      expect.stringContaining('cidrMatch'),
    ],
    ['k : 1', ': compares with text\n  any where k : 1\n                ^', expect.any(String)],
    ['k', 'k is not true or false: a condition needs a comparison\n  any where k\n            ^', undefined],
    ['1', 'A condition is true or false, and this is a number\n  any where 1\n            ^', undefined],
    [
      'k == "a" and length(k)',
      'A condition is true or false, and this is a number\n  any where k == "a" and length(k)\n                         ^',
      undefined,
    ],
    [
      'n + 1 in (2)',
      'Arithmetic needs numbers, and this is true or false\n  any where n + 1 in (2)\n                ^',
      undefined,
    ],
    ['k + 1 == 2', 'Arithmetic needs numbers, and this is text\n  any where k + 1 == 2\n            ^', undefined],
    [
      'length(n) == 1',
      'Argument 1 of length is text, and this is a number\n  any where length(n) == 1\n                   ^',
      undefined,
    ],
    [
      'startsWith(k, 1)',
      'Argument 2 of startsWith is text, and this is a number\n  any where startsWith(k, 1)\n                          ^',
      undefined,
    ],
    ['length(k, l) == 1', 'length takes 1 arguments, not 2\n  any where length(k, l) == 1\n            ^', undefined],
    ['indexOf(k) == 1', 'indexOf takes 2 to 3 arguments, not 1\n  any where indexOf(k) == 1\n            ^', undefined],
    [
      'concat() == "x"',
      'concat takes 1 or more arguments, not 0\n  any where concat() == "x"\n            ^',
      undefined,
    ],
    [
      'length~(k) == 1',
      'There is no length~: length has no case to ignore\n  any where length~(k) == 1\n            ^',
      undefined,
    ],
    [
      'startWith(k, "a")',
      'There is no function startWith\n  any where startWith(k, "a")\n            ^',
      'Did you mean startsWith?',
    ],
    [
      'arrayContains(k, "a")',
      'There is no function arrayContains\n  any where arrayContains(k, "a")\n            ^',
      undefined,
    ],
    [
      'wildcard(k, l)',
      'wildcard takes a value and one or more patterns in quotes\n  any where wildcard(k, l)\n            ^',
      undefined,
    ],
    [
      'cidrMatch(ip, "10.0.0.0/33")',
      'This is no block of addresses\n  any where cidrMatch(ip, "10.0.0.0/33")\n                          ^',
      expect.any(String),
    ],
    [
      'cidrMatch(k, "10.0.0.0/8")',
      'Argument 1 of cidrMatch is an IP address, and this is text\n  any where cidrMatch(k, "10.0.0.0/8")\n                      ^',
      undefined,
    ],
    [
      'cidrMatch(ip, k)',
      'Argument 2 of cidrMatch is a value, not a field\n  any where cidrMatch(ip, k)\n                          ^',
      undefined,
    ],
    ['length(k) == "x"', 'Compares a number with text\n  any where length(k) == "x"\n            ^', undefined],
    [
      'k regex "a(b"',
      'The regular expression has a ( without a )\n  any where k regex "a(b"\n                    ^',
      'It was read up to here: a(b',
    ],
  ])('%s', (condition, message, hint) => {
    const expected = hint === undefined ? { message, hint: undefined } : { message, hint };
    expect(() => compiled(`any where ${condition}`)).toThrow(
      expect.objectContaining({ name: 'QueryError', ...expected }),
    );
  });

  test('a category where there is no such field', () => {
    expect(() => compiled('iam where true', { vocabulary: vocabularyOf({ k: { type: 'keyword' } }) })).toThrow(
      'There is no field "event.category"\n  iam where true\n  ^',
    );
  });

  test('or lets it match nothing, where asked to', () => {
    const ask = (condition: string, document: object) =>
      compiled(`any where ${condition}`, { unknownFields: 'ignore' }).ask(document);
    expect(ask('nope == "x" or n == "many" or n : "x" or t == "x"', { nope: 'x', n: 'many', t: 'x' })).toBe('no');
    expect(ask('not nope == "x"', { nope: 'x' })).toBe('yes');
    expect(ask('nope == null', { nope: 'x' })).toBe('yes');
    expect(ask('not cidrMatch(nope, "10.0.0.0/8")', { nope: '10.0.0.1' })).toBe('yes');
    expect(ask('length(nope) > 0', { nope: 'x' })).toBe('no');
    expect(ask('length(n) > 0', { n: 1 })).toBe('no');
    expect(ask('startsWith(nope, "x") or cidrMatch(nope, "10.0.0.0/8") or nope', { nope: 'x' })).toBe('no');
  });

  test('names with thousands of parts', () => {
    expect(() => compiled(`any where ${'a.'.repeat(10_000)}a == 1`, { vocabulary: jsonVocabulary() })).toThrow(
      /at most 100 parts/,
    );
  });
});

describe('fields and pins', () => {
  test.each<[query: string, fields: string[], pins: string[] | undefined]>([
    ['any where k == "a"', ['k'], ['a']],
    ['any where "a" == k', ['k'], ['a']],
    ['any where k in ("b", "a")', ['k'], ['a', 'b']],
    ['any where k == "a" and n == 1', ['k', 'n'], ['a']],
    ['any where k in ("a", "b") and k == "c"', ['k'], ['c']],
    ['any where k == "a" or n == 1', ['k', 'n'], undefined],
    ['any where k == "a" or (k == "b" and n == 1)', ['k', 'n'], ['a', 'b']],
    ['any where not k == "a"', ['k'], undefined],
    ['any where k != "a"', ['k'], undefined],
    ['any where not (k != "a" or n == 1)', ['k', 'n'], undefined],
    ['any where not not k == "a"', ['k'], ['a']],
    ['any where not (not k == "a" or n == 1)', ['k', 'n'], ['a']],
    ['any where k : "a"', ['k'], undefined],
    ['any where k like "a*"', ['k'], undefined],
    ['any where k != null', ['k'], undefined],
    ['any where stringContains(k, "a")', ['k'], undefined],
    ['any where stringContains(k, l) and o.k == "x"', ['k', 'l', 'o.k'], undefined],
    ['any where false', [], []],
    ['any where k == "a" and false', ['k'], []],
    ['any where ?nope == 1 or k == "a"', ['k'], ['a']],
    ['iam where k == "a"', ['event.category', 'k'], ['a']],
  ])('%s reads %j and pins k to %j', (query, names, pins) => {
    const result = compiled(query);
    expect(result.fields).toEqual(names);
    expect(result.pins('k')).toEqual(pins);
    expect(result.text).toBe(query);
  });

  test('the category is pinned', () => {
    expect(compiled('iam where true').pins('event.category')).toEqual(['iam']);
    expect(compiled('info where true', { categoryField: 'event.type' }).pins('event.type')).toEqual(['info']);
    expect(compiled('any where true').pins('event.category')).toBeUndefined();
  });

  test('numbers, dates and addresses are not: they have more than one form', () => {
    const query = compiled('any where n == 1 and ip == "10.0.0.1" and @timestamp == "2024"');
    expect(['n', 'ip', '@timestamp'].map(field => query.pins(field))).toEqual([undefined, undefined, undefined]);
  });
});

describe('documents that would take long', () => {
  const long = Array.from({ length: 2_000 }, (_, at) => String(at));

  test('with too many ways to choose values for a script are not decided', () => {
    expect(compiled('any where stringContains(k, l)').ask({ k: long, l: long })).toBe('unknown');
    expect(compiled('any where stringContains(k, "1999")').ask({ k: long, l: long })).toBe('yes');
  });

  test('are tried to the end for a pattern and a regular expression', () => {
    const text = 'a'.repeat(8_191);
    const start = performance.now();
    for (const condition of ['k like "*a?a?a*?b"', 'k regex "(a*)*b"', 'k regex "(a|aa)+b"', 'k regex "(.?){300}b"']) {
      expect(compiled(`any where ${condition}`).ask({ k: text })).toBe('no');
    }
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
