import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { completeAt } from '../../src/query/complete.ts';
import { compileKql } from '../../src/query/kql.ts';
import { parseKql } from '../../src/query/parse-kql.ts';
import { print } from '../../src/query/print.ts';
import type { FieldMapping } from '../../src/query/query.ts';
import { QueryError } from '../../src/query/query-error.ts';
import type { FieldName, Tree, Value } from '../../src/query/tree.ts';
import { jsonVocabulary, vocabularyOf } from '../../src/query/vocabulary.ts';

const now = new Date('2024-05-15T12:30:00Z');
const runs = { numRuns: 500, seed: 7 };

const pieces = [
  'a',
  'k:',
  'not ',
  ' and ',
  ' or ',
  '(',
  ')',
  '{',
  '}',
  '"',
  '\\',
  '*',
  ':',
  '<',
  '>=',
  ' ',
  '\u00a0',
  '\\u00',
  'null',
  '2024',
  '=',
  '\n',
];
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.array(fc.constantFrom(...pieces), { maxLength: 25 }).map(parts => parts.join('')),
);

describe('any text', () => {
  test('is a query or a QueryError', () => {
    fc.assert(
      fc.property(anyText, text => {
        const compiled = attempt(() => compileKql(text, { vocabulary: jsonVocabulary(), now }));
        expect(['yes', 'no']).toContain(compiled?.ask({ a: 'a', k: ['b', 1] }) ?? 'no');
      }),
      { ...runs, numRuns: 2000 },
    );
  });

  test('that is a query prints as one with the same tree', () => {
    fc.assert(
      fc.property(anyText, text => {
        const tree = attempt(() => parseKql(text));
        if (tree !== undefined) expect(bare(parseKql(print(tree)))).toEqual(bare(tree));
      }),
      { ...runs, numRuns: 2000 },
    );
  });

  test('has a completion at any cursor', () => {
    const source = { vocabulary: vocabularyOf({ 'k.a': { type: 'keyword' } }), values: () => ['a value', 'b'] };
    fc.assert(
      fc.property(anyText, fc.oneof(fc.integer(), fc.double()), (text, cursor) => {
        const { from, to } = completeAt(text, cursor, source);
        expect(0 <= from && from <= to && to <= text.length).toBe(true);
      }),
      runs,
    );
  });
});

const text = fc.oneof(
  fc.constantFrom('and', 'or', 'not', 'a not b', 'cannot', ' x ', 'null', '\\or', 'a  b', '*', 'x and'),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 8 }),
);
const literal = fc.record({ kind: fc.constant('literal' as const), text, quoted: fc.boolean(), at: fc.constant(0) });
const wildcard = fc.record({
  kind: fc.constant('wildcard' as const),
  parts: fc.array(fc.oneof(text, fc.constant('')), { minLength: 2, maxLength: 4 }),
  at: fc.constant(0),
});
const value: fc.Arbitrary<Value> = fc.oneof(literal, wildcard);
const field: fc.Arbitrary<FieldName> = fc.record({ name: value, at: fc.constant(0) });

const treeOf = (name: fc.Arbitrary<FieldName>, leafValue: fc.Arbitrary<Value>): fc.Arbitrary<Tree> =>
  fc.letrec<{ tree: Tree }>(tie => ({
    tree: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      fc.record({ kind: fc.constant('is' as const), field: name, value: leafValue }),
      fc.record({ kind: fc.constant('free' as const), value: leafValue }),
      fc.record({
        kind: fc.constantFrom('and' as const, 'or' as const),
        parts: fc.array(tie('tree'), { minLength: 2, maxLength: 3 }),
      }),
      fc.record({ kind: fc.constant('not' as const), part: tie('tree') }),
    ),
  })).tree;

test('any tree, printed and read, is the same tree', () => {
  const withRanges = fc.oneof(
    treeOf(field, value),
    fc.record({
      kind: fc.constant('range' as const),
      field,
      operator: fc.constantFrom('<' as const, '<=' as const, '>' as const, '>=' as const),
      value,
    }),
    fc.record({ kind: fc.constant('nested' as const), field, part: treeOf(field, value) }),
  );
  fc.assert(
    fc.property(withRanges, tree => {
      expect(bare(parseKql(print(tree)))).toEqual(bare(tree));
    }),
    { ...runs, numRuns: 2000 },
  );
});

describe('not knowing', () => {
  const fields: Readonly<Record<string, FieldMapping>> = {
    k: { type: 'keyword' },
    'o.k': { type: 'keyword' },
    'o.n': { type: 'long' },
    f: { type: 'flattened' },
    p: { type: 'nested' },
    'p.k': { type: 'keyword' },
    'p.v': { type: 'keyword' },
  };
  const word = fc.constantFrom('a', 'b', '1', '2');
  const words = fc.array(word, { maxLength: 2 });
  const whole = fc.record({
    k: words,
    o: fc.record({ k: words, n: fc.constantFrom(1, 2) }),
    f: fc.record({ x: words, y: words }),
    p: fc.array(fc.record({ k: words, v: words }), { maxLength: 2 }),
  });
  type Whole = typeof whole extends fc.Arbitrary<infer T> ? T : never;
  const unknowns = fc.uniqueArray(fc.constantFrom('k', 'o', 'o.k', 'o.n', 'f', 'f.x', 'p', 'p.k', 'p.v'), {
    maxLength: 4,
  });

  const names = ['k', 'o.k', 'o.n', 'f', 'f.x', 'f.y', 'p.k', 'p.v'];
  const operand = fc.oneof(
    word.map((text): Value => ({ kind: 'literal', text, quoted: false, at: 0 })),
    fc.constant<Value>({ kind: 'wildcard', parts: ['', ''], at: 0 }),
  );
  const plain = (name: string): FieldName => ({ name: { kind: 'literal', text: name, quoted: false, at: 0 }, at: 0 });
  const pattern: FieldName = { name: { kind: 'wildcard', parts: ['o.', ''], at: 0 }, at: 0 };
  const outside = treeOf(fc.oneof(fc.constantFrom(...names.map(plain)), fc.constant(pattern)), operand);
  const inside = treeOf(fc.constantFrom(plain('k'), plain('v')), operand);
  const query = fc.oneof(
    outside,
    fc.tuple(outside, inside, fc.boolean()).map(([left, part, negated]): Tree => {
      const nested: Tree = { kind: 'nested', field: plain('p'), part };
      return { kind: 'or', parts: [left, negated ? { kind: 'not', part: nested } : nested] };
    }),
  );

  /** The document with each unknown field left out, or half of it. */
  function known(document: Whole, unknown: readonly string[], half: boolean): object {
    const keep = <T>(path: string, list: readonly T[]) =>
      !unknown.some(one => path === one || path.startsWith(`${one}.`)) ? list : half ? list.slice(0, 1) : [];
    return {
      k: keep('k', document.k),
      o: { k: keep('o.k', document.o.k), n: keep('o.n', [document.o.n]) },
      f: { x: keep('f.x', document.f.x), y: keep('f.y', document.f.y) },
      p: keep('p', document.p).map(({ k, v }) => ({ k: keep('p.k', k), v: keep('p.v', v) })),
      unknown,
    };
  }

  test.each(['term', 'contains'] as const)(
    'is never contradicted by what turns out to be so (free text: %s)',
    freeText => {
      fc.assert(
        fc.property(query, whole, unknowns, fc.boolean(), (tree, document, unknown, half) => {
          const vocabulary = vocabularyOf(fields);
          const { ask } = compileKql(print(tree), { vocabulary, now, freeText, unknownFields: 'ignore' });
          const before = ask(known(document, unknown, half));
          if (before !== 'unknown') expect(ask(document)).toBe(before);
        }),
        { ...runs, numRuns: 3000 },
      );
    },
  );

  test('holds for wildcard names in documents nobody described', () => {
    fc.assert(
      fc.property(outside, whole, unknowns, fc.boolean(), (tree, document, unknown, half) => {
        const { ask } = compileKql(print(tree), { vocabulary: jsonVocabulary(), now });
        const before = ask(known(document, unknown, half));
        if (before !== 'unknown') expect(ask(document)).toBe(before);
      }),
      { ...runs, numRuns: 2000 },
    );
  });
});

test('pins hold for every document that answers yes', () => {
  const word = fc.constantFrom('a', 'b', 'c');
  const operand = word.map((text): Value => ({ kind: 'literal', text, quoted: false, at: 0 }));
  const name = fc
    .constantFrom('k', 'l')
    .map((text): FieldName => ({ name: { kind: 'literal', text, quoted: false, at: 0 }, at: 0 }));
  const body = fc.record({ k: fc.array(word, { maxLength: 2 }), l: fc.array(word, { maxLength: 2 }) });
  const vocabulary = vocabularyOf({ k: { type: 'keyword' }, l: { type: 'keyword' } });
  fc.assert(
    fc.property(treeOf(name, operand), body, (tree, document) => {
      const compiled = compileKql(print(tree), { vocabulary, now });
      const pins = compiled.pins('k');
      if (pins !== undefined && compiled.ask(document) === 'yes')
        expect(document.k.some(one => pins.includes(one))).toBe(true);
    }),
    { ...runs, numRuns: 2000 },
  );
});

/** What the action gives, or undefined for a QueryError; anything else thrown is a bug. */
function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    if (error instanceof QueryError) return undefined;
    throw error;
  }
}

/** The tree without its places. */
function bare(tree: Tree): unknown {
  return JSON.parse(JSON.stringify(tree, (key, inner) => (key === 'at' ? undefined : inner)));
}
