import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileEql, type EqlSequence, type SequenceEvent, sequenceMatcher } from '../../src/query/eql.ts';
import type { FieldMapping, Query } from '../../src/query/query.ts';
import { QueryError } from '../../src/query/query-error.ts';
import { jsonVocabulary, vocabularyOf } from '../../src/query/vocabulary.ts';

const now = new Date('2024-05-15T12:30:00Z');
const runs = { numRuns: 1_000, seed: 7 };

const pieces = [
  ...[
    'any where ',
    'x where ',
    'a',
    'k',
    '?f',
    '`f-g`',
    '.',
    ' and ',
    ' or ',
    'not ',
    ' in ',
    ' in~ ',
    ' like ',
    ' regex~ ',
    ' : ',
  ],
  ...[
    '(',
    ')',
    '[',
    ']',
    '"',
    '"a*"',
    '"""b"""',
    "'",
    '\\',
    '\\u{41}',
    ',',
    ' == ',
    ' != ',
    '<',
    '>=',
    '=',
    '+',
    '-',
    '*',
    '/',
    '%',
  ],
  ...[
    'null',
    'true',
    '1',
    '2.5',
    '1e9',
    'length(',
    'startsWith~(',
    'concat(',
    'number(',
    'cidrMatch(',
    'wildcard(',
    '~',
    '|',
    '!',
  ],
  ...[
    'sequence ',
    ' by ',
    ' with maxspan=',
    '15m',
    ' with runs=2',
    ' until ',
    '[any where true]',
    '//',
    '/*',
    '*/',
    '\n',
    ' ',
  ],
];
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.array(fc.constantFrom(...pieces), { maxLength: 25 }).map(parts => parts.join('')),
  fc.array(fc.constantFrom(...pieces), { maxLength: 15 }).map(parts => `any where ${parts.join('')}`),
);

describe('any text', () => {
  test.each(['7.10', '7.15'] as const)('is a query or a QueryError (%s)', translation => {
    fc.assert(
      fc.property(anyText, text => {
        const compiled = attempt(() => compileEql(text, { vocabulary: jsonVocabulary(), now, translation }));
        if (compiled?.kind === 'event')
          expect(['yes', 'no']).toContain(compiled.query.ask({ a: 'a', k: ['b', 1], f: {} }));
        if (compiled?.kind === 'sequence') {
          const matcher = sequenceMatcher(compiled);
          for (let time = 0; time < 3; time += 1) matcher.push({ document: { a: 'a', k: ['b', 1] }, time });
        }
      }),
      { ...runs, numRuns: 4_000 },
    );
  });

  test('is one, too, for fields with types', () => {
    const vocabulary = vocabularyOf({ a: { type: 'long' }, k: { type: 'keyword' }, 'f-g': { type: 'ip' } });
    fc.assert(
      fc.property(anyText, fc.constantFrom('error' as const, 'ignore' as const), (text, unknownFields) => {
        const compiled = attempt(() => compileEql(text, { vocabulary, now, unknownFields, categoryField: 'k' }));
        if (compiled?.kind === 'event') compiled.query.ask({ a: [1, 'x'], k: 'a', 'f-g': '::1' });
      }),
      { ...runs, numRuns: 4_000 },
    );
  });
});

const fields: Readonly<Record<string, FieldMapping>> = {
  k: { type: 'keyword' },
  l: { type: 'keyword' },
  n: { type: 'long' },
  f: { type: 'flattened' },
};
const word = fc.constantFrom('a', 'b', 'ab');
const words = fc.array(word, { maxLength: 2 });
const name = fc.constantFrom('k', 'l', 'f', 'f.x', 'f.y');
const quoted = word.map(text => `"${text}"`);
const predicate = fc.oneof(
  fc.tuple(name, fc.constantFrom('==', '!=', ':', 'like', 'regex', '<'), quoted).map(parts => parts.join(' ')),
  fc.tuple(name, fc.constantFrom('==', '!=')).map(([field, operator]) => `${field} ${operator} null`),
  fc
    .tuple(name, fc.constantFrom('in', 'not in', 'in~'), quoted)
    .map(([field, operator, text]) => `${field} ${operator} (${text}, "x")`),
  fc
    .tuple(fc.constantFrom('startsWith', 'stringContains', 'endsWith~'), name, fc.oneof(quoted, name))
    .map(([fn, a, b]) => `${fn}(${a}, ${b})`),
  fc.tuple(name, fc.constantFrom('==', '!=', '>')).map(([field, operator]) => `length(${field}) ${operator} 1`),
  fc.tuple(name, name, fc.constantFrom('==', '!=')).map(([a, b, operator]) => `concat(${a}, ${b}) ${operator} null`),
  fc.constantFrom('n > 1', 'n + 1 == 3', 'not n == 2', 'true', 'false', 'null'),
);
const condition = fc.letrec<{ node: string }>(tie => ({
  node: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    predicate,
    fc
      .tuple(tie('node'), fc.constantFrom('and', 'or'), tie('node'))
      .map(([a, operator, b]) => `(${a} ${operator} ${b})`),
    tie('node').map(part => `not (${part})`),
  ),
})).node;
const whole = fc.record({ k: words, l: words, n: fc.constantFrom(1, 2), f: fc.record({ x: words, y: words }) });
type Whole = typeof whole extends fc.Arbitrary<infer T> ? T : never;

test('a query with something put into it is one or a QueryError', () => {
  fc.assert(
    fc.property(condition, fc.constantFrom(...pieces), fc.nat(), whole, (text, piece, at, document) => {
      const place = at % (text.length + 1);
      const changed = `any where ${text.slice(0, place)}${piece}${text.slice(place)}`;
      const compiled = attempt(() => compileEql(changed, { vocabulary: jsonVocabulary(), now }));
      if (compiled?.kind === 'event') expect(['yes', 'no']).toContain(compiled.query.ask(document));
    }),
    { ...runs, numRuns: 4_000 },
  );
});

describe.each(['7.10', '7.15'] as const)('not knowing (%s)', translation => {
  const unknowns = fc.uniqueArray(fc.constantFrom('k', 'l', 'n', 'f', 'f.x', 'f.y'), { maxLength: 4 });

  /** The document with each unknown field left out, or half of it. */
  function known(document: Whole, unknown: readonly string[], half: boolean): object {
    const keep = <T>(path: string, list: readonly T[]) =>
      !unknown.some(one => path === one || path.startsWith(`${one}.`)) ? list : half ? list.slice(0, 1) : [];
    return {
      k: keep('k', document.k),
      l: keep('l', document.l),
      n: keep('n', [document.n]),
      f: { x: keep('f.x', document.f.x), y: keep('f.y', document.f.y) },
      unknown,
    };
  }

  test('is never contradicted by what turns out to be so', () => {
    fc.assert(
      fc.property(condition, whole, unknowns, fc.boolean(), (text, document, unknown, half) => {
        const { ask } = eventQuery(`any where ${text}`, translation);
        const before = ask(known(document, unknown, half));
        if (before !== 'unknown') expect(ask(document)).toBe(before);
      }),
      { ...runs, numRuns: 4_000 },
    );
  });
});

describe('negation', () => {
  test('is never yes on both sides, and since 7.15 always on one, but for null', () => {
    fc.assert(
      fc.property(predicate, whole, (text, document) => {
        const ask = (query: string, translation: '7.10' | '7.15') => eventQuery(query, translation).ask(document);
        expect([ask(`any where ${text}`, '7.10'), ask(`any where not ${text}`, '7.10')]).not.toEqual(['yes', 'yes']);
        const current = [ask(`any where ${text}`, '7.15'), ask(`any where not ${text}`, '7.15')];
        expect(current.filter(answer => answer === 'yes')).toHaveLength(text === 'null' ? 0 : 1);
      }),
      { ...runs, numRuns: 2_000 },
    );
  });

  test('twice is none', () => {
    fc.assert(
      fc.property(condition, whole, (text, document) => {
        const ask = (query: string) => eventQuery(query, '7.10').ask(document);
        expect(ask(`any where not not (${text})`)).toBe(ask(`any where ${text}`));
      }),
      runs,
    );
  });
});

test('pins hold for every document that answers yes', () => {
  fc.assert(
    fc.property(condition, whole, (text, document) => {
      const query = eventQuery(`any where ${text}`, '7.10');
      const pins = query.pins('k');
      if (pins !== undefined && query.ask(document) === 'yes')
        expect(document.k.some(one => pins.includes(one))).toBe(true);
    }),
    { ...runs, numRuns: 3_000 },
  );
});

describe('a sequence', () => {
  const queries = [
    'sequence [any where a == "A"] [any where a == "B"]',
    'sequence with maxspan=3ms [any where a == "A"] [any where a == "B"] [any where a == "C"]',
    'sequence by u [any where a in ("A", "B")] [any where a in ("B", "C")] until [any where a == "D"]',
    'sequence by u with maxspan=4ms [any where true] with runs=2 [any where a == "B"] until [any where a == "B"]',
    'sequence [any where a == "A"] [any where a != "A"] [any where a == "A"] until [any where a in ("D", "B")]',
  ].map(query => compileEql(query, { vocabulary: jsonVocabulary(), now }) as EqlSequence);
  const action = fc.constantFrom('A', 'B', 'C', 'D');
  const timeline = fc.array(fc.record({ a: action, u: fc.constantFrom('x', 'y'), wait: fc.nat(2) }), { maxLength: 9 });

  test('is what Elasticsearch finds, stage by stage', () => {
    fc.assert(
      fc.property(fc.constantFrom(...queries), timeline, (query, steps) => {
        const events = eventsOf(steps.map(({ a, u, wait }) => ({ document: { a, u }, wait })));
        const found = matches(query, events).map(match => match.events.map(event => event.key as number));
        expect(sorted(found)).toEqual(sorted(stageByStage(query, events)));
      }),
      { ...runs, numRuns: 4_000 },
    );
  });

  test('of what is not known holds in all worlds or may hold in one', () => {
    const doubtful = fc.array(
      fc.record({
        a: action,
        u: fc.constantFrom('x', 'y'),
        wait: fc.nat(2),
        isKnown: fc.oneof(fc.constant(true), fc.boolean()),
      }),
      { maxLength: 7 },
    );
    fc.assert(
      fc.property(fc.constantFrom(...queries), doubtful, (query, steps) => {
        const seen = eventsOf(
          steps.map(({ a, u, wait, isKnown }) => ({ document: isKnown ? { a, u } : { u, unknown: ['a'] }, wait })),
        );
        const found = matches(query, seen);
        const ends = (answer: string) =>
          new Set(found.filter(match => match.answer === answer).map(match => match.events.at(-1)!.key));
        const inWorlds = worlds(steps).map(world => {
          const events = eventsOf(world.map(({ a, u, wait }) => ({ document: { a, u }, wait })));
          return new Set(stageByStage(query, events).map(one => one.at(-1)!));
        });
        for (const end of ends('yes')) expect(inWorlds.every(world => world.has(end as number))).toBe(true);
        for (const end of inWorlds.flatMap(world => [...world]))
          expect(ends('yes').has(end) || ends('unknown').has(end)).toBe(true);
      }),
      { ...runs, numRuns: 1_000 },
    );
  });

  type Step = { readonly a: string; readonly u: string; readonly wait: number; readonly isKnown: boolean };

  /** The timelines that the doubtful one can turn out to be. */
  function worlds(steps: readonly Step[]): readonly (readonly Step[])[] {
    return steps.reduce<readonly (readonly Step[])[]>(
      (all, step) =>
        all.flatMap(world =>
          step.isKnown ? [[...world, step]] : ['A', 'B', 'C', 'D'].map(a => [...world, { ...step, a }]),
        ),
      [[]],
    );
  }
});

function matches(query: EqlSequence, events: readonly SequenceEvent[]) {
  const matcher = sequenceMatcher(query);
  return events.flatMap(event => matcher.push(event));
}

function eventsOf(steps: readonly { readonly document: object; readonly wait: number }[]): readonly SequenceEvent[] {
  let time = 0;
  return steps.map(({ document, wait }, key) => {
    time += wait;
    return { document, time, key };
  });
}

/**
 * As SequenceMatcher.java does it: all events of one step, then all of the next. Each takes the latest sequence of the step before
 * that is earlier than itself, and that and what came before it is used up, matched or not.
 */
function stageByStage(query: EqlSequence, events: readonly SequenceEvent[]): readonly (readonly number[])[] {
  const keyOf = (step: EqlSequence['steps'][number], event: SequenceEvent) => {
    const key = step.joinKey(event.document);
    return key.kind === 'key' && step.query.ask(event.document) === 'yes' ? key.text : undefined;
  };
  const { until } = query;
  const untils = until === undefined ? [] : events.map((event, at) => ({ at, key: keyOf(until, event) }));
  let waiting: { key: string; members: readonly number[] }[] = [];
  for (const [stage, step] of query.steps.entries()) {
    const reached: typeof waiting = [];
    for (const [at, event] of events.entries()) {
      const key = keyOf(step, event);
      if (key === undefined) continue;
      if (stage === 0) {
        reached.push({ key, members: [at] });
        continue;
      }
      const before = waiting.filter(one => one.key === key && one.members.at(-1)! < at);
      const latest = before.at(-1);
      if (latest === undefined) continue;
      waiting = waiting.filter(one => !before.includes(one));
      const isOver = query.maxspanMs !== undefined && event.time - events[latest.members[0]!]!.time > query.maxspanMs;
      const isEnded = untils.some(one => one.key === key && one.at >= latest.members.at(-1)! && one.at < at);
      if (!isOver && !isEnded) reached.push({ key, members: [...latest.members, at] });
    }
    waiting = reached;
  }
  return waiting.map(one => one.members);
}

function sorted(lists: readonly (readonly number[])[]): readonly string[] {
  return lists.map(list => list.join(',')).sort();
}

function eventQuery(text: string, translation: '7.10' | '7.15'): Query {
  const compiled = compileEql(text, { vocabulary: vocabularyOf(fields), now, translation });
  if (compiled.kind !== 'event') throw new Error('a sequence');
  return compiled.query;
}

/** What the action gives, or undefined for a QueryError; anything else thrown is a bug. */
function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    if (error instanceof QueryError) return undefined;
    throw error;
  }
}
