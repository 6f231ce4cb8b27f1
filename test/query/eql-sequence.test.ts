import { describe, expect, test } from 'vitest';
import { compileEql, type EqlOptions, eventOrder, type SequenceEvent, sequenceMatcher } from '../../src/query/eql.ts';
import { jsonVocabulary, vocabularyOf } from '../../src/query/vocabulary.ts';

// A timeline in, matches out. An event is `action@seconds` and what else its document holds, `key=value` each; the matches
// are the numbers of their events, with a question mark after those that are not certain.
// facts: facts/detection.md §2.7. docs: "EQL syntax reference", "Sequences" and "How sequence queries handle matches".
// matcher: SequenceMatcher.java, OrdinalGroup.java and Ordinal.java of elastic/elasticsearch.

const ABC = '[any where a == "A"] [any where a == "B"] [any where a == "C"]';
const AB = '[any where a == "A"] [any where a == "B"]';

const timelines: readonly [what: string, query: string, events: string, matches: string][] = [
  ['two steps', `sequence ${AB}`, 'A@0 B@1', '0,1'],
  ['in order', `sequence ${AB}`, 'B@0 A@1', ''],
  ['with others between', `sequence ${AB}`, 'A@0 x@1 B@2', '0,2'],
  ['three steps', `sequence ${ABC}`, 'A@0 B@1 C@2', '0,1,2'],
  // facts: "each completed match consumes the chain"
  ['a match uses its sequence up', `sequence ${AB}`, 'A@0 B@1 B@2', '0,1'],
  ['and another can begin', `sequence ${AB}`, 'A@0 B@1 A@2 B@3', '0,1 2,3'],
  // facts: "newest partial replaces older partial at the same stage for the same key"
  ['a newer one takes the place of an older', `sequence ${AB}`, 'A@0 A@1 B@2 B@3', '1,2'],
  ['at a later stage too', `sequence ${ABC}`, 'A@0 B@1 A@2 B@3 C@4 C@5', '2,3,4'],
  ['at another stage both go on', `sequence ${ABC}`, 'A@0 B@1 A@2 C@3 B@4 C@5', '0,1,3 2,4,5'],
  // facts: "join key must be equal and non-null"
  ['by one field', `sequence by u ${AB}`, 'A@0,u=x B@1,u=y B@2,u=x', '0,2'],
  ['by two fields', `sequence by u, v ${AB}`, 'A@0,u=x,v=1 B@1,u=x,v=2 B@2,u=x,v=1', '0,2'],
  ['a missing key joins nothing', `sequence by u ${AB}`, 'A@0 B@1', ''],
  ['one missing key of two', `sequence by u, v ${AB}`, 'A@0,u=x B@1,u=x', ''],
  // docs, "Optional by fields"
  ['an optional key may be missing', `sequence by u, ?v ${AB}`, 'A@0,u=x B@1,u=x,v=1 B@2,u=x', '0,2'],
  [
    'keys of other fields in each step',
    'sequence [any where a == "A"] by u [any where a == "B"] by v',
    'A@0,u=x B@1,u=x B@2,v=x',
    '0,2',
  ],
  [
    'keys of the sequence before those of the step',
    'sequence by w [any where a == "A"] by u [any where a == "B"] by v',
    'A@0,w=1,u=x B@1,w=2,v=x B@2,w=1,v=x',
    '0,2',
  ],
  [
    'each key has its own machine',
    `sequence by u ${ABC}`,
    'A@0,u=r A@1,u=r B@2,u=e B@3,u=r B@4,u=r A@5,u=e A@6,u=r B@7,u=e C@8,u=r C@9,u=e C@10,u=r',
    '1,3,8 5,7,9',
  ],
  // facts: "all steps within maxspan from the first to the last event"; matcher: delta > maxspan is too much
  ['within maxspan', `sequence with maxspan=10s ${AB}`, 'A@0 B@10', '0,1'],
  ['beyond maxspan', `sequence with maxspan=10s ${AB}`, 'A@0 B@11', ''],
  ['maxspan counts from the first', `sequence with maxspan=10s ${ABC}`, 'A@0 B@9 C@11', ''],
  ['what is over is gone', `sequence with maxspan=10s ${AB}`, 'A@0 B@11 B@12', ''],
  ['no maxspan has no end', `sequence ${AB}`, 'A@0 B@100000000', '0,1'],
  // matcher: an ordinal is a time, a tiebreaker and the place in the index
  ['at one time, as pushed', `sequence ${AB}`, 'A@0 B@0', '0,1'],
  // docs, "until keyword": A,B  A,B,C  A,C,B
  ['until after the match', `sequence by u ${AB} until [any where a == "C"]`, 'A@0,u=x B@1,u=x C@2,u=x', '0,1'],
  ['until between', `sequence by u ${AB} until [any where a == "C"]`, 'A@0,u=x C@1,u=x B@2,u=x', ''],
  ['until of another key', `sequence by u ${AB} until [any where a == "C"]`, 'A@0,u=x C@1,u=y B@2,u=x', '0,2'],
  ['until before', `sequence ${AB} until [any where a == "C"]`, 'C@0 A@1 B@2', '1,2'],
  [
    'until joined by another field',
    'sequence [any where a == "A"] by u [any where a == "B"] by u until [any where a == "C"] by v',
    'A@0,u=x C@1,v=x B@2,u=x',
    '',
  ],
  // matcher: between(sequence.ordinal(), ordinal) holds both ends, before(ordinal) leaves out the last
  ['until that is a step itself ends it', `sequence ${ABC} until [any where a == "B"]`, 'A@0 B@1 C@2', ''],
  ['until that is the last step', `sequence ${AB} until [any where a == "B"]`, 'A@0 B@1', '0,1'],
  // docs, "with runs statement"
  ['runs', 'sequence [any where a == "A"] with runs=3 [any where a == "B"]', 'A@0 A@1 A@2 B@3', '0,1,2,3'],
  ['runs only', 'sequence [any where a == "A"] with runs=2', 'A@0 A@1 A@2 A@3', '0,1 1,2 2,3'],
  ['too few runs', 'sequence [any where a == "A"] with runs=3 [any where a == "B"]', 'A@0 A@1 B@3', ''],
  // an event is part of several sequences: elasticsearch's own additional_test_queries.toml, sequenceWithMoreThan10Results
  [
    'an event that is any step',
    'sequence [any where true] [any where true] [any where true]',
    'A@0 A@1 A@2 A@3',
    '0,1,2 1,2,3',
  ],
  ['an event does not follow itself', 'sequence [any where true] [any where true]', 'A@0', ''],
  // facts §1.3: the shape of the one sequence of the corpus
  [
    'two steps by key with maxspan',
    'sequence by u with maxspan=15m [any where a == "List" and not u : "ASIA*"] [any where a in ("Invoke", "Converse")]',
    'List@0,u=ASIA1 List@1,u=AKIA1 Invoke@2,u=ASIA1 Converse@901,u=AKIA1 Invoke@902,u=AKIA1',
    '1,3',
  ],
];

const uncertain: readonly [what: string, query: string, events: string, matches: string][] = [
  ['a last step', `sequence ${AB}`, 'A@0 ?@1', '0,1?'],
  ['a first step', `sequence ${AB}`, '?@0 B@1', '0,1?'],
  ['a middle step', `sequence ${ABC}`, 'A@0 ?@1 C@2', '0,1,2?'],
  [
    'a certain one goes on as well',
    'sequence [any where a == "A"] [any where a == "B" and f == "x"]',
    'A@0 B@1,unknown=f B@2,f=x',
    '0,1? 0,2?',
  ],
  ['any step', `sequence ${AB}`, 'A@0 ?@1 B@2', '0,1? 1,2?'],
  ['certain without it', `sequence ${AB}`, '?@0 A@1 B@2', '1,2'],
  [
    'certain in either case',
    `sequence [any where a == "A" and f != "x"] [any where a == "B"]`,
    'A@0 A@1,unknown=f B@2',
    '0,2',
  ],
  [
    'certain in one case only, for maxspan',
    `sequence with maxspan=10s [any where a == "A" and f != "x"] [any where a == "B"]`,
    'A@0 A@5,unknown=f B@12',
    '1,2?',
  ],
  ['used up', `sequence ${AB}`, '?@0 B@1 B@2', '0,1?'],
  [
    'that does not matter',
    `sequence [any where a == "A" and f != "x"] [any where a == "B"]`,
    'B@0,unknown=f A@1 B@2,unknown=f',
    '1,2',
  ],
  ['until', `sequence ${AB} until [any where f == "x"]`, 'A@0 C@1,unknown=f B@2', '0,2?'],
  [
    'until of another key',
    `sequence by u ${AB} until [any where f == "x"]`,
    'A@0,u=x C@1,u=y,unknown=f B@2,u=x',
    '0,2',
  ],
  [
    'until with an unknown key',
    `sequence by u ${AB} until [any where a == "C"]`,
    'A@0,u=x C@1,unknown=u B@2,u=x A@3,u=x B@4,u=x',
    '0,2? 3,4',
  ],
  ['a join key', `sequence by u ${AB}`, 'A@0,u=x B@1,unknown=u B@2,u=x', '1? 0,2'],
  ['a join key of an event that is no step', `sequence by u ${AB}`, 'A@0,u=x C@1,unknown=u B@2,u=x', '0,2'],
];

describe.each([
  ['sequences', timelines],
  ['what is not known makes a match uncertain', uncertain],
])('%s', (_name, cases) => {
  test.each(cases)('%s', (_what, query, events, matches) => {
    expect(matched(query, events)).toBe(matches);
  });
});

describe('order', () => {
  const events = (...list: readonly [a: string, time: number, tie?: number | string][]): readonly SequenceEvent[] =>
    list.map(([a, time, tie], key) => ({ document: { a, ...(tie === undefined ? {} : { tie }) }, time, key }));

  test('goes by time, then by the tiebreaker, a missing one last', () => {
    const query = sequence(`sequence ${AB}`, { tiebreakerField: 'tie' });
    const sorted = [...events(['a', 2, 1], ['b', 1], ['c', 1, 10], ['d', 1, 9], ['e', 1, 'x'])].sort(eventOrder(query));
    expect(sorted.map(event => event.key)).toEqual([3, 2, 4, 1, 0]);
    expect(query.fields).toEqual(['a', 'tie']);
  });

  test('an event before the last one is a mistake of the caller', () => {
    const matcher = sequenceMatcher(sequence(`sequence ${AB}`, { tiebreakerField: 'tie' }));
    const [first, second, third] = events(['A', 1, 2], ['B', 1, 1], ['B', 0, 3]);
    matcher.push(first!);
    expect(() => matcher.push(second!)).toThrow('pushed before an earlier one');
    expect(() => matcher.push(third!)).toThrow('pushed before an earlier one');
  });
});

describe('join keys', () => {
  const joins = (u: unknown, v: unknown, mapped = false) => {
    const vocabulary = vocabularyOf({
      a: { type: 'keyword' },
      u: { type: 'keyword', ignoreAbove: 5 },
      v: { type: 'keyword' },
    });
    const query = sequence(
      'sequence [any where a == "A"] by u [any where a == "B"] by v',
      mapped ? { vocabulary } : {},
    );
    const matcher = sequenceMatcher(query);
    matcher.push({ document: { a: 'A', u }, time: 0 });
    return matcher.push({ document: { a: 'B', v }, time: 1 }).length === 1;
  };

  test.each<[u: unknown, v: unknown, joined: boolean]>([
    ['x', 'x', true],
    ['x', 'X', false],
    ['x', ['x'], true],
    [['x', 'y'], ['x', 'y'], true],
    [['x', 'y'], 'x', false],
    [1, 1, true],
    [1, '1', false],
    ['["x","y"]', ['x', 'y'], false],
    [null, null, false],
    ['', '', true],
  ])('%j and %j: %s', (u, v, joined) => {
    expect(joins(u, v)).toBe(joined);
  });

  test('are what the field holds', () => {
    expect(joins(1, '1', true)).toBe(true);
    expect(joins('longer', 'longer', true)).toBe(false);
  });
});

describe('a compiled sequence', () => {
  test('says what it reads', () => {
    const query = sequence(
      'sequence by u, v with maxspan=15m [iam where a == "A"] by w with runs=2 [any where b == 1] by x until [any where c == 1] by y',
    );
    expect(query).toMatchObject({
      by: ['u', 'v'],
      maxspanMs: 900_000,
      steps: [{ by: ['w'] }, { by: ['w'] }, { by: ['x'] }],
      until: { by: ['y'] },
      fields: ['a', 'b', 'c', 'event.category', 'u', 'v', 'w', 'x', 'y'],
      timestampField: '@timestamp',
    });
    expect(query.steps.map(step => step.query.text)).toEqual([
      'iam where a == "A"',
      'iam where a == "A"',
      'any where b == 1',
    ]);
    expect(query.steps[0]!.query.pins('a')).toEqual(['A']);
    expect(sequence(`sequence ${AB}`)).toMatchObject({ by: [], maxspanMs: undefined, until: undefined });
  });

  test.each([
    ['sequence [any where a == "A"]', 'A sequence has two steps or more\n  sequence [any where a == "A"]\n  ^'],
    [
      'sequence [any where a == "A"] by u [any where a == "B"]',
      'Every step is joined by as many fields: the first by 1, this one by 0\n  sequence [any where a == "A"] by u [any where a == "B"]\n                                     ^',
    ],
    [
      'sequence [any where a == "A"] [any where a == "B"] until [any where a == "C"] by u',
      /the first by 0, this one by 1/,
    ],
    [
      'sequence [any where a == "A"] with runs=100 [any where a == "B"] with runs=100 [any where a == "B"] with runs=57',
      /at most 256 steps/,
    ],
  ])('%s is refused', (query, message) => {
    expect(() => compileEql(query, { vocabulary: jsonVocabulary(), now: new Date(0) })).toThrow(message);
  });

  test('joined by fields of two types is refused', () => {
    const vocabulary = vocabularyOf({ a: { type: 'keyword' }, n: { type: 'long' }, x: { type: 'double' } });
    const compile = (by: string) =>
      compileEql(`sequence [any where a == "A"] by a, n [any where a == "B"] by a, ${by}`, {
        vocabulary,
        now: new Date(0),
      });
    expect(() => compile('a')).toThrow('a is of another type than what it is joined to, n');
    expect(() => compile('x')).not.toThrow();
  });

  test('of a field that does not exist is refused', () => {
    const vocabulary = vocabularyOf({ a: { type: 'keyword' }, user: { type: 'keyword' } });
    const compile = (query: string) => compileEql(query, { vocabulary, now: new Date(0) });
    expect(() => compile(`sequence by usr ${AB}`)).toThrow(expect.objectContaining({ hint: 'Did you mean user?' }));
    expect(compile(`sequence by ?usr ${AB.replace('"B"', '"C"')}`)).toMatchObject({ by: ['usr'], fields: ['a'] });
    expect(() => compile('sequence [any where a == "A"] [any where b == "B"]')).toThrow('There is no field "b"');
  });
});

describe('memory', () => {
  const query = sequence(`sequence by u with maxspan=10s ${AB}`);
  const event = (a: string, u: number, time: number): SequenceEvent => ({ document: { a, u }, time });

  test('keys above the cap are given up, the longest untouched first, and counted', () => {
    const matcher = sequenceMatcher(query, { maxKeys: 3 });
    for (const u of [0, 1, 2, 3]) matcher.push(event('A', u, u));
    expect(matcher.forgotten).toBe(1);
    expect([0, 1, 2, 3].map(u => matcher.push(event('B', u, 4)).length)).toEqual([0, 1, 1, 1]);
  });

  test('what maxspan has ended makes room without a loss', () => {
    const matcher = sequenceMatcher(query, { maxKeys: 3 });
    for (let u = 0; u < 100; u += 1) matcher.push(event('A', u, u * 11_000));
    expect(matcher.forgotten).toBe(0);
  });

  test('hundreds of thousands of keys take no long time', () => {
    const matcher = sequenceMatcher(query, { maxKeys: 1_000 });
    const start = performance.now();
    for (let u = 0; u < 200_000; u += 1) matcher.push(event('A', u, 0));
    expect(matcher.forgotten).toBe(199_000);
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});

function sequence(query: string, options: Partial<EqlOptions> = {}) {
  const compiled = compileEql(query, { vocabulary: jsonVocabulary(), now: new Date(0), ...options });
  if (compiled.kind !== 'sequence') throw new Error('no sequence');
  return compiled;
}

function matched(query: string, timeline: string): string {
  const matcher = sequenceMatcher(sequence(query));
  return timeline
    .split(' ')
    .map(eventOf)
    .flatMap(event => matcher.push(event))
    .map(({ answer, events }) => events.map(event => event.key).join(',') + (answer === 'unknown' ? '?' : ''))
    .join(' ');
}

/** An action of `?` is one that the document does not know. */
function eventOf(text: string, key: number): SequenceEvent {
  const [head = '', ...pairs] = text.split(',');
  const [action = '', seconds] = head.split('@');
  const named = Object.fromEntries(pairs.map(pair => pair.split('=')));
  const unknown = [...(action === '?' ? ['a'] : []), ...(named.unknown === undefined ? [] : [named.unknown])];
  return {
    document: { ...(action === '?' ? {} : { a: action }), ...named, unknown },
    time: Number(seconds) * 1000,
    key,
  };
}
