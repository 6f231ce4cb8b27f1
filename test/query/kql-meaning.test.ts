import { describe, expect, test } from 'vitest';
import { compileKql } from '../../src/query/kql.ts';
import type { Answer, FieldMapping } from '../../src/query/query.ts';
import { jsonVocabulary, vocabularyOf } from '../../src/query/vocabulary.ts';

// What a query means, one case per statement about Elasticsearch's behaviour: query, document, answer.

const fields: Readonly<Record<string, FieldMapping>> = {
  k: { type: 'keyword' },
  'k.text': { type: 'text' },
  'k.short': { type: 'keyword', ignoreAbove: 5 },
  'o.k': { type: 'keyword' },
  'o.v': { type: 'keyword' },
  'data_stream.dataset': { type: 'constant_keyword' },
  t: { type: 'text' },
  b: { type: 'boolean' },
  n: { type: 'long' },
  x: { type: 'double' },
  d: { type: 'date' },
  ip: { type: 'ip' },
  f: { type: 'flattened' },
  p: { type: 'nested' },
  'p.k': { type: 'keyword' },
  'p.v': { type: 'long' },
  'p.q': { type: 'nested' },
  'p.q.k': { type: 'keyword' },
};
const now = new Date('2024-05-15T12:30:00Z');

type Case = readonly [query: string, document: object, answer: Answer];

const tables: Readonly<Record<string, readonly Case[]>> = {
  'logic and missing values': [
    ['', {}, 'yes'],
    ['*:*', {}, 'yes'],
    ['k:a', {}, 'no'],
    ['not k:a', {}, 'yes'],
    ['not k:a', { k: 'a' }, 'no'],
    ['k:a and n:1', { k: 'a', n: 1 }, 'yes'],
    ['k:a and n:1', { k: 'a', n: 2 }, 'no'],
    ['k:a or n:1', { n: 1 }, 'yes'],
    ['k:(a and not b)', { k: 'a' }, 'yes'],
    ['k:*', { k: null }, 'no'],
    ['k:*', { k: [] }, 'no'],
    ['k:*', { k: [null] }, 'no'],
    ['k:*', { k: '' }, 'yes'],
    ['k:""', { k: '' }, 'yes'],
    ['k:*', {}, 'no'],
    ['k:null', { k: null }, 'no'],
    ['k:null', { k: 'null' }, 'no'],
    ['k:"null"', { k: 'null' }, 'yes'],
  ],
  keyword: [
    ['k:CreateProfile', { k: 'CreateProfile' }, 'yes'],
    ['k:createprofile', { k: 'CreateProfile' }, 'no'],
    ['k:Create', { k: 'CreateProfile' }, 'no'],
    ['k:foo bar', { k: 'foo bar' }, 'yes'],
    ['k:22', { k: 22 }, 'yes'],
    ['k:true', { k: true }, 'yes'],
    ['k:"true"', { k: true }, 'yes'],
    ['k:(true or "true")', { k: 'true' }, 'yes'],
    ['k.short:12345', { k: { short: '12345' } }, 'yes'],
    ['k.short:123456', { k: { short: '123456' } }, 'no'],
    ['k.short:*', { k: { short: '123456' } }, 'no'],
    ['k.short:1*', { k: { short: '123456' } }, 'no'],
    ['not k.short:*', { k: { short: '123456' } }, 'yes'],
    ['data_stream.dataset:aws.cloudtrail', { data_stream: { dataset: 'aws.cloudtrail' } }, 'yes'],
    ['data_stream.dataset:aws', { data_stream: { dataset: 'aws.cloudtrail' } }, 'no'],
  ],
  wildcards: [
    ['k:Create*', { k: 'CreateProfile' }, 'yes'],
    ['k:*Profile', { k: 'CreateProfile' }, 'yes'],
    ['k:*ePr*', { k: 'CreateProfile' }, 'yes'],
    ['k:C*P*e', { k: 'CreateProfile' }, 'yes'],
    ['k:c*', { k: 'CreateProfile' }, 'no'],
    ['k:Create*', { k: 'DidCreateProfile' }, 'no'],
    ['k:aa*aa', { k: 'aaa' }, 'no'],
    ['k:a*b*a', { k: 'aba' }, 'yes'],
    ['k:"Create*"', { k: 'CreateProfile' }, 'no'],
    ['k:"Create*"', { k: 'Create*' }, 'yes'],
    ['k:Create\\*', { k: 'Create*' }, 'yes'],
    ['k:Create\\*', { k: 'CreateProfile' }, 'no'],
    ['k:Creat?Profile', { k: 'CreateProfile' }, 'no'],
    ['k:*\\:i-*', { k: 'AROA:i-0123' }, 'yes'],
    ['k:**', { k: 'x' }, 'yes'],
    ['k:**', {}, 'no'],
    ['k:(*x* and *y*)', { k: 'a x y' }, 'yes'],
    ['k:(* and not *x*)', { k: 'x' }, 'no'],
    ['k:(* and not *x*)', { k: 'y' }, 'yes'],
    ['k:(* and not *x*)', {}, 'no'],
  ],
  'lists of values and objects': [
    ['k:a', { k: ['b', 'a'] }, 'yes'],
    ['k:a', { k: [['b'], [['a']]] }, 'yes'],
    ['k:(a and b)', { k: ['a', 'b'] }, 'yes'],
    ['k:(a and not b)', { k: ['a', 'b'] }, 'no'],
    ['not k:a', { k: ['a', 'b'] }, 'no'],
    [
      'o.k:1 and o.v:q',
      {
        o: [
          { k: '1', v: 'p' },
          { k: '2', v: 'q' },
        ],
      },
      'yes',
    ],
  ],
  'dotted and nested paths': [
    ['o.k:1', { 'o.k': '1' }, 'yes'],
    ['o.k:1', { o: { k: '1' } }, 'yes'],
    ['data_stream.dataset:a', { 'data_stream.dataset': ['a'] }, 'yes'],
    ['p.q.k:1', { 'p.q': { k: 1 } }, 'yes'],
    ['p.q.k:1', { p: { 'q.k': 1 } }, 'yes'],
    ['k:*', JSON.parse('{"__proto__": {"k": 1}}'), 'no'],
    ['o.k:*', { o: 'a string' }, 'no'],
    ['o.k:*', { o: { k: { deeper: 1 } } }, 'no'],
  ],
  'wildcard field names': [
    ['o.*:q', { o: { k: 'p', v: 'q' } }, 'yes'],
    ['o.*:q', { o: { k: 'p' } }, 'no'],
    ['*:q', { o: { k: 'q' } }, 'yes'],
    ['*:q', { notAField: 'q' }, 'no'],
    ['o.*:*', { o: { k: 'p' } }, 'yes'],
    ['o.*:*', {}, 'no'],
    ['f.*.c:1', { f: { b: { c: 1 } } }, 'yes'],
    ['f.*.c:1', { f: { b: { d: 1 } } }, 'no'],
  ],
  text: [
    ['t:quick', { t: 'The QUICK brown fox' }, 'yes'],
    ['t:QUICK', { t: 'The quick brown fox' }, 'yes'],
    ['t:slow quick', { t: 'The quick brown fox' }, 'yes'],
    ['t:"quick brown"', { t: 'The quick brown fox' }, 'yes'],
    ['t:"brown quick"', { t: 'The quick brown fox' }, 'no'],
    ['t:qui*', { t: 'The quick brown fox' }, 'yes'],
    ['t:qui', { t: 'The quick brown fox' }, 'no'],
    ['t:""', { t: 'x' }, 'no'],
    ['t:example.com', { t: 'at example.com.' }, 'yes'],
    ['t:3.14', { t: 'pi=3.14' }, 'yes'],
  ],
  boolean: [
    ['b:true', { b: true }, 'yes'],
    ['b:"true"', { b: true }, 'yes'],
    ['b:true', { b: 'true' }, 'yes'],
    ['b:false', { b: true }, 'no'],
    ['b:*', { b: false }, 'yes'],
  ],
  numbers: [
    ['n:22', { n: 22 }, 'yes'],
    ['n:"22"', { n: 22 }, 'yes'],
    ['n:22', { n: '22' }, 'yes'],
    ['n:22.0', { n: 22 }, 'yes'],
    ['n > 3', { n: 22 }, 'yes'],
    ['n > "3"', { n: 22 }, 'yes'],
    ['n >= 22 and n <= 22', { n: 22 }, 'yes'],
    ['n < 22', { n: 22 }, 'no'],
    ['n < 22', { n: 'many' }, 'no'],
    ['x > 1.25', { x: 1.5 }, 'yes'],
    ['x < -1e3', { x: -1001 }, 'yes'],
  ],
  'keyword ranges go by UTF-8 bytes': [
    ['k > 3', { k: '22' }, 'no'],
    ['k > 3', { k: '4' }, 'yes'],
    ['k >= b', { k: 'b' }, 'yes'],
    ['k < b', { k: 'B' }, 'yes'],
    ['k < "\u{1f600}"', { k: '\uffee' }, 'yes'],
    ['k > "ab"', { k: 'a' }, 'no'],
  ],
  dates: [
    ['d:2024', { d: '2024-07-01T00:00:00Z' }, 'yes'],
    ['d:2024', { d: '2025-01-01T00:00:00Z' }, 'no'],
    ['d:2024-03', { d: '2024-03-31T23:59:59.999Z' }, 'yes'],
    ['d:2024-03-01', { d: '2024-03-01T10:00:00+01:00' }, 'yes'],
    ['d:"2024-03-01T10:00"', { d: '2024-03-01T10:00:59Z' }, 'yes'],
    ['d:"2024-03-01T10:00:00Z"', { d: '2024-03-01T12:00:00+0200' }, 'yes'],
    ['d:"2024-03-01T10:00:00.5Z"', { d: '2024-03-01T10:00:00.500Z' }, 'yes'],
    ['d:2024-03-01', { d: Date.UTC(2024, 2, 1, 5) }, 'yes'],
    ['d >= 2024-03', { d: '2024-03-01' }, 'yes'],
    ['d > 2024-03', { d: '2024-03-31T23:00:00Z' }, 'no'],
    ['d > 2024-03', { d: '2024-04-01' }, 'yes'],
    ['d <= 2024-03', { d: '2024-03-31T23:00:00Z' }, 'yes'],
    ['d < 2024-03', { d: '2024-03-01' }, 'no'],
    ['d < 2024-03', { d: '2024-02-29' }, 'yes'],
    ['d >= now-30d', { d: '2024-04-15T12:30:00Z' }, 'yes'],
    ['d >= now-30d', { d: '2024-04-15T12:29:59Z' }, 'no'],
    ['d >= now-30d/d', { d: '2024-04-15T00:00:00Z' }, 'yes'],
    ['d < now/d', { d: '2024-05-14T23:59:59Z' }, 'yes'],
    ['d < now/d', { d: '2024-05-15T00:00:00Z' }, 'no'],
    ['d <= now/d', { d: '2024-05-15T23:59:59.999Z' }, 'yes'],
    ['d > now/d', { d: '2024-05-15T23:59:59.999Z' }, 'no'],
    ['d:now/w', { d: '2024-05-13T00:00:00Z' }, 'yes'],
    ['d:now/w', { d: '2024-05-12T23:59:59Z' }, 'no'],
    ['d < 2024-01-01||+1M/d', { d: '2024-01-31T23:59:59Z' }, 'yes'],
    ['d < 2024-01-01||+1M/d', { d: '2024-02-01' }, 'no'],
    ['d:2024-01-31||+1M/d', { d: '2024-02-29T08:00:00Z' }, 'yes'],
    ['d > 1700000000000', { d: '2024-01-01' }, 'yes'],
    ['d >= 2024', { d: 'not a date' }, 'no'],
    ['d >= 2023', { d: '2024-02-30' }, 'no'],
    ['d:*', { d: '2024' }, 'yes'],
  ],
  'IP addresses': [
    ['ip:10.0.0.1', { ip: '10.0.0.1' }, 'yes'],
    ['ip:10.0.0.0/8', { ip: '10.1.2.3' }, 'yes'],
    ['ip:"10.0.0.0/8"', { ip: '10.1.2.3' }, 'yes'],
    ['ip:10.0.0.0/8', { ip: '11.0.0.0' }, 'no'],
    ['ip:10.1.2.3/8', { ip: '10.0.0.0' }, 'yes'],
    ['ip:0.0.0.0/0', { ip: '1.2.3.4' }, 'yes'],
    ['ip:0.0.0.0/0', { ip: '2001:db8::1' }, 'no'],
    ['ip:10.0.0.1/32', { ip: '10.0.0.1' }, 'yes'],
    ['ip:10.0.0.1', { ip: '::ffff:10.0.0.1' }, 'yes'],
    ['ip:"::ffff:a00:1"', { ip: '10.0.0.1' }, 'yes'],
    ['ip:"2001:db8::/32"', { ip: '2001:DB8:1::1' }, 'yes'],
    ['ip:"2001:db8:0::1"', { ip: '2001:db8::1' }, 'yes'],
    ['ip >= 10.0.0.9 and ip < 10.0.0.100', { ip: '10.0.0.20' }, 'yes'],
    ['ip > 9.0.0.0', { ip: '10.0.0.0' }, 'yes'],
    ['ip:10.0.0.0/8', { ip: 'cloudformation.amazonaws.com' }, 'no'],
    ['ip:*', { ip: '10.0.0.1' }, 'yes'],
  ],
  flattened: [
    ['f.a.b:v', { f: { a: { b: 'v' } } }, 'yes'],
    ['f.a.b:22', { f: { a: { b: 22 } } }, 'yes'],
    ['f.a.b:true', { f: { a: { b: true } } }, 'yes'],
    ['f.a.b:1.5', { f: { a: { b: 1.5 } } }, 'yes'],
    ['f.a:v', { f: { a: { b: 'v' } } }, 'no'],
    ['f.a:*', { f: { a: { b: 'v' } } }, 'no'],
    ['f.a.b:*', { f: { a: { b: 'v' } } }, 'yes'],
    ['f:v', { f: { a: { b: ['u', 'v'] } } }, 'yes'],
    ['f:*', { f: { a: {} } }, 'no'],
    ['f:*', { f: { a: [{ b: 1 }] } }, 'yes'],
    ['f.items.port:22', { f: { items: [{ port: 21 }, { port: [22] }] } }, 'yes'],
    ['f.x-amz-acl:public-read', { f: { 'x-amz-acl': 'public-read' } }, 'yes'],
    ['f.a.b:v', { f: { 'a.b': 'v' } }, 'yes'],
    ['f.key:*/.aws/credentials', { f: { key: 'home/.aws/credentials' } }, 'yes'],
    ['f.cidr:"0.0.0.0/0"', { f: { cidr: '0.0.0.0/0' } }, 'yes'],
    ['f.cidr:0.0.0.0/0', { f: { cidr: '10.0.0.0' } }, 'no'],
  ],
  nested: [
    ['p:{ k:1 and v:2 }', { p: [{ k: '1', v: 2 }] }, 'yes'],
    [
      'p:{ k:1 and v:2 }',
      {
        p: [
          { k: '1', v: 1 },
          { k: '2', v: 2 },
        ],
      },
      'no',
    ],
    [
      'p.k:1 and p.v:2',
      {
        p: [
          { k: '1', v: 1 },
          { k: '2', v: 2 },
        ],
      },
      'yes',
    ],
    ['p:{ not k:1 }', { p: [{ k: '1' }, { k: '2' }] }, 'yes'],
    ['not p:{ k:1 }', { p: [{ k: '1' }, { k: '2' }] }, 'no'],
    ['p:{ not k:1 }', { p: [] }, 'no'],
    ['p:{ not k:1 }', {}, 'no'],
    ['p:{ v >= 2 }', { p: { v: 3 } }, 'yes'],
    ['p:{ q:{ k:1 } and v:2 }', { p: [{ v: 2, q: [{ k: 1 }] }] }, 'yes'],
    ['p:{ q.k:1 }', { p: [{ q: [{ k: 1 }] }] }, 'yes'],
    ['p:*', { p: [{ k: '1' }] }, 'yes'],
    ['p:*', { p: [{}] }, 'no'],
  ],
  'free text, as a term': [
    ['foo', { k: 'foo' }, 'yes'],
    ['foo', { k: 'foo bar' }, 'no'],
    ['foo', { t: 'a foo' }, 'yes'],
    ['"a foo"', { t: 'that is a foo' }, 'yes'],
    ['foo*', { o: { k: 'food' } }, 'yes'],
    ['22', { n: 22 }, 'yes'],
    ['foo', { notAField: 'foo' }, 'no'],
    ['foo', { f: { a: { b: 'foo' } } }, 'yes'],
    ['*', {}, 'yes'],
  ],
  'what is unknown': [
    ['k:a', { unknown: ['k'] }, 'unknown'],
    ['not k:a', { unknown: ['k'] }, 'unknown'],
    ['k:*', { unknown: ['k'] }, 'unknown'],
    ['k:a', { k: 'a', unknown: ['k'] }, 'yes'],
    ['k:a', { k: 'b', unknown: ['k'] }, 'unknown'],
    ['not k:a', { k: 'a', unknown: ['k'] }, 'no'],
    ['o.k:a', { unknown: ['o'] }, 'unknown'],
    ['o.k:a', { unknown: ['o.v'] }, 'no'],
    ['o.*:a', { o: { k: 'b' }, unknown: ['o.v'] }, 'unknown'],
    ['o.*:a', { o: { k: 'a' }, unknown: ['o.v'] }, 'yes'],
    ['k:a and n:1', { n: 2, unknown: ['k'] }, 'no'],
    ['k:a and n:1', { n: 1, unknown: ['k'] }, 'unknown'],
    ['k:a or n:1', { n: 1, unknown: ['k'] }, 'yes'],
    ['k:a or n:1', { n: 2, unknown: ['k'] }, 'unknown'],
    ['f:a', { unknown: ['f.x'] }, 'unknown'],
    ['f.y:a', { unknown: ['f.x'] }, 'no'],
    ['f.x:a', { unknown: ['f'] }, 'unknown'],
    ['p:{ k:1 }', { p: [{ k: '2' }], unknown: ['p'] }, 'unknown'],
    ['p:{ k:1 }', { p: [{ k: '2' }], unknown: ['p.k'] }, 'unknown'],
    ['p:{ k:1 and v:2 }', { p: [{ v: 3 }], unknown: ['p.k'] }, 'no'],
    ['foo', { unknown: ['k'] }, 'unknown'],
    ['*:*', { unknown: ['k'] }, 'yes'],
    ['k:a', JSON.parse('{"__proto__": {"unknown": ["k"]}}'), 'no'],
    ['k:a', { unknown: [1, null, 'k'] }, 'unknown'],
    ['k:a', { unknown: 'k' }, 'no'],
  ],
};

describe.each(Object.entries(tables))('%s', (_name, cases) => {
  test.each(cases)('%s of %j: %s', (query, document, answer) => {
    expect(compileKql(query, { vocabulary: vocabularyOf(fields), now }).ask(document)).toBe(answer);
  });
});

describe('documents nobody described: by JSON type', () => {
  test.each<Case>([
    ['n:22', { n: 22 }, 'yes'],
    ['n:22.0', { n: 22 }, 'yes'],
    ['n:22', { n: '22' }, 'yes'],
    ['n:22.0', { n: '22' }, 'no'],
    ['n > 3', { n: 22 }, 'yes'],
    ['n > 3', { n: '22' }, 'no'],
    ['b:true', { b: true }, 'yes'],
    ['b > a', { b: true }, 'no'],
    ['d:2024', { d: '2024-01-01' }, 'no'],
    ['d >= 2024-02', { d: '2024-03-01T00:00:00Z' }, 'yes'],
    ['a.b:x', { a: [{ b: ['x'] }] }, 'yes'],
    ['a:*', { a: { b: 1 } }, 'yes'],
    ['a:*', { a: { b: null } }, 'no'],
    ['a.*:x', { a: { b: { c: 'x' } } }, 'yes'],
    ['*:x', { a: { b: { c: 'x' } } }, 'yes'],
    ['*.c:x', { a: { b: [{ c: 'x' }] } }, 'yes'],
    ['x', { a: { b: [{ c: 'x' }] } }, 'yes'],
    ['x', { unknown: ['x'] }, 'unknown'],
    ['a.*:x', { unknown: ['a'] }, 'unknown'],
    ['a.*:x', { unknown: ['b'] }, 'no'],
    ['a:*', { unknown: ['a.b'] }, 'unknown'],
  ])('%s of %j: %s', (query, document, answer) => {
    expect(compileKql(query, { vocabulary: jsonVocabulary(), now }).ask(document)).toBe(answer);
  });

  test('nesting as deep as JSON allows is no problem', () => {
    const document = JSON.parse(`{"a":${'['.repeat(50_000)}{"b":"x"}${']'.repeat(50_000)}}`);
    const deep = JSON.parse(`${'{"a":'.repeat(50_000)}"x"${'}'.repeat(50_000)}`);
    const ask = (query: string, body: object) => compileKql(query, { vocabulary: jsonVocabulary(), now }).ask(body);
    expect(ask('a.b:x', document)).toBe('yes');
    expect(ask('a:*', document)).toBe('yes');
    expect(ask('a.*:x', document)).toBe('yes');
    expect(ask('x', deep)).toBe('yes');
    expect(ask('a.*:x', deep)).toBe('no');
  });
});

describe('free text, as the filter line reads it', () => {
  test.each<Case>([
    ['prof', { a: 'CreateProfile' }, 'yes'],
    ['CREATE prof', { a: 'created', b: 'a profile' }, 'yes'],
    ['create role', { a: 'created', b: 'a profile' }, 'no'],
    ['"a profile"', { a: 'created', b: 'A Profile' }, 'yes'],
    ['"profile a"', { a: 'created', b: 'a profile' }, 'no'],
    ['cr*ed', { a: 'it was created' }, 'yes'],
    ['de*cr', { a: 'it was created' }, 'no'],
    ['22', { n: 1224 }, 'yes'],
    ['not prof', { a: 'x' }, 'yes'],
    ['k', { a: 'x', unknown: ['k'] }, 'unknown'],
  ])('%s of %j: %s', (query, document, answer) => {
    expect(compileKql(query, { vocabulary: jsonVocabulary(), now, freeText: 'contains' }).ask(document)).toBe(answer);
  });
});

describe('refuses what can never match', () => {
  test.each([
    ['event.actoin:x', 'There is no field "event.actoin"\n  event.actoin:x\n  ^', 'Did you mean event.action?'],
    [
      'k:a and enabled:true',
      'There is no field "enabled"\n  k:a and enabled:true\n          ^',
      'Did you mean profile.enabled?',
    ],
    ['zzz.*:x', 'There is no field "zzz.*"\n  zzz.*:x\n  ^', undefined],
    ['b:ture', 'b is true or false\n  b:ture\n    ^', 'Write true or false, in lower case.'],
    ['n:2*', 'n is a number: a wildcard cannot match it\n  n:2*\n    ^', expect.stringContaining('range')],
    ['n:many', 'n is a number, and "many" is not\n  n:many\n    ^', undefined],
    [
      'ip:10.*',
      'ip is an IP address: a wildcard cannot match it\n  ip:10.*\n     ^',
      expect.stringContaining('10.0.0.0/8'),
    ],
    ['ip:10.0.0.0/33', 'ip is an IP address\n  ip:10.0.0.0/33\n     ^', expect.any(String)],
    ['d > yesterday', 'd is a date\n  d > yesterday\n      ^', expect.stringContaining('now-30d')],
    ['d:2024-13', 'd is a date\n  d:2024-13\n    ^', expect.any(String)],
    ['k:{a:1}', 'k is not a nested field: it takes no { … }\n  k:{a:1}\n  ^', undefined],
    ['k > a*', 'k is compared with one value, without a wildcard\n  k > a*\n      ^', undefined],
    ['p:x', 'p is a list of objects\n  p:x\n    ^', expect.any(String)],
  ])('%s', (query, message, hint) => {
    const vocabulary = vocabularyOf({
      ...fields,
      'event.action': { type: 'keyword' },
      'profile.enabled': { type: 'boolean' },
    });
    const expected = hint === undefined ? { message } : { message, hint };
    expect(() => compileKql(query, { vocabulary, now })).toThrow(expect.objectContaining(expected));
  });

  test('or lets it match nothing, where asked to', () => {
    const options = { vocabulary: vocabularyOf(fields), now, unknownFields: 'ignore' } as const;
    expect(compileKql('nope:x or n:many', options).ask({ nope: 'x', n: 'many' })).toBe('no');
    expect(compileKql('not nope:x', options).ask({})).toBe('yes');
  });

  test.each<[words: string, count: number, isRead: boolean]>([
    ['w', 200, true],
    ['w', 201, false],
    ['o.*:w', 201, false],
    ['k:w', 3000, true],
  ])('%s, %i of them, asked of every field', (word, count, isRead) => {
    const compiled = () =>
      compileKql(Array(count).fill(word).join(' or '), { vocabulary: vocabularyOf(fields), now }).text.length;
    if (isRead) expect(compiled()).toBeGreaterThan(count);
    else expect(compiled).toThrow(`every field for ${count} words; at most 200 are read`);
  });

  test('names with thousands of parts', () => {
    const query = `${'a.'.repeat(10_000)}a:x`;
    expect(() => compileKql(query, { vocabulary: jsonVocabulary(), now })).toThrow(/at most 100 parts/);
  });
});

describe('parts', () => {
  test.each<[query: string, parts: readonly string[]]>([
    ['k:a', ['k']],
    ['k:a and n:1 and not d:2024', ['k', 'n', 'd']],
    ['k:(a and b)', ['k', 'k']],
    ['k:a or n:1', ['k n']],
    ['(k:a or n:1) and k:b', ['k n', 'k']],
  ])('%s is made of what reads %j', (query, fieldsOfParts) => {
    const { parts = [] } = compileKql(query, { vocabulary: vocabularyOf(fields), now });
    expect(parts.map(part => part.fields.join(' '))).toEqual(fieldsOfParts);
  });
});

describe('fields and pins', () => {
  test.each<[query: string, fields: string[], pins: string[] | undefined]>([
    ['k:a', ['k'], ['a']],
    ['k:(b or a)', ['k'], ['a', 'b']],
    ['k:a and n:1', ['k', 'n'], ['a']],
    ['k:(a or b) and k:c', ['k'], ['c']],
    ['k:a or n:1', ['k', 'n'], undefined],
    ['k:a or (k:b and n:1)', ['k', 'n'], ['a', 'b']],
    ['not k:a', ['k'], undefined],
    ['k:a and not k:b', ['k'], ['a']],
    ['k:a*', ['k'], undefined],
    ['k:*', ['k'], undefined],
    ['k > a', ['k'], undefined],
    ['o.*:a', ['o.*'], undefined],
    ['k:null', ['k'], []],
    ['p:{k:1 and q:{k:2}}', ['p.k', 'p.q.k'], undefined],
    ['foo', ['*'], undefined],
    ['', [], undefined],
  ])('%s reads %j and pins k to %j', (query, names, pins) => {
    const compiled = compileKql(query, { vocabulary: vocabularyOf(fields), now });
    expect(compiled.fields).toEqual(names);
    expect(compiled.pins('k')).toEqual(pins);
    expect(compiled.text).toBe(query);
  });

  test('numbers, dates and addresses are not pinned: they have more than one form', () => {
    const query = compileKql('n:1 and ip:10.0.0.1 and d:2024 and p:{k:x}', { vocabulary: vocabularyOf(fields), now });
    expect(['n', 'ip', 'd', 'p.k'].map(field => query.pins(field))).toEqual([undefined, undefined, undefined, ['x']]);
  });
});
