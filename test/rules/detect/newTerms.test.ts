import { describe, expect, it } from 'vitest';
import { detectorOf } from '../../../src/rules/detect/detectorOf.ts';
import { eventOf, eventRule, type Step, said } from './timeline.ts';

const rule = (fields: string, history = 'now-10d', query?: string) =>
  eventRule({
    type: 'new_terms',
    tables: `[rule.new_terms]\nfield = "new_terms_fields"\nvalue = [${fields}]
[[rule.new_terms.history_window_start]]\nfield = "history_window_start"\nvalue = "${history}"`,
    ...(query === undefined ? {} : { query }),
  });

const byName = rule('"user.name"');
const byBoth = rule('"user.name", "source.address"');
const name = (value: string | readonly string[]) => ({ 'user.name': value });
/** Long enough before everything else, and nothing to the rule. */
const LONG_BEFORE: Step = ['-20d', 'old', { 'event.action': 'B' }];

describe('new terms', () => {
  it.each<[string, readonly Step[], readonly string[]]>([
    ['the first of its kind', [['0d', 'e1', name('ann')]], ['e1 ann']],
    [
      'each kind by itself',
      [
        ['0d', 'e1', name('ann')],
        ['1d', 'e2', name('bob')],
      ],
      ['e1 ann', 'e2 bob'],
    ],
    [
      'seen a moment before',
      [
        ['0d', 'e1', name('ann')],
        ['1s', 'e2', name('ann')],
      ],
      ['e1 ann'],
    ],
    [
      'seen as long ago as the rule looks back',
      [
        ['0d', 'e1', name('ann')],
        ['10d', 'e2', name('ann')],
      ],
      ['e1 ann'],
    ],
    [
      'seen longer ago than that',
      [
        ['0d', 'e1', name('ann')],
        ['864001s', 'e2', name('ann')],
      ],
      ['e1 ann', 'e2 ann'],
    ],
    [
      'seen again and again: each time counts from the last',
      [
        ['0d', 'e1', name('ann')],
        ['9d', 'e2', name('ann')],
        ['18d', 'e3', name('ann')],
        ['29d', 'e4', name('ann')],
      ],
      ['e1 ann', 'e4 ann'],
    ],
    [
      'two at one time: the smaller id',
      [
        ['0d', 'e1', name('ann')],
        ['0d', 'e2', name('ann')],
      ],
      ['e1 ann'],
    ],
    [
      'the same values in events that do not match are no history',
      [
        ['0d', 'e1', { ...name('ann'), 'event.action': 'B' }],
        ['1d', 'e2', name('ann')],
      ],
      ['e2 ann'],
    ],
    ['an event without the field is left out', [['0d', 'e1']], []],
    ['an empty list is no value', [['0d', 'e1', name([])]], []],
    [
      'each value of a list by itself',
      [
        ['0d', 'e1', name('ann')],
        ['1d', 'e2', name(['ann', 'bob', 'cid', 'bob'])],
      ],
      ['e1 ann', 'e2 bob', 'e2 cid'],
    ],
    ['a value too long for the index is none', [['0d', 'e1', name('x'.repeat(1025))]], []],
    [
      'numbers and truth values count as their text',
      [['0d', 'e1', { 'user.name': [7, true, '7'] }]],
      ['e1 7', 'e1 true'],
    ],
  ])('%s', (_, steps, expected) => {
    expect(said(byName, [LONG_BEFORE, ...steps])).toEqual(expected);
  });

  it.each<[string, readonly Step[], readonly string[]]>([
    [
      'only the pair is new',
      [
        ['0d', 'e1', { ...name('ann'), 'source.address': '1' }],
        ['1d', 'e2', { ...name('bob'), 'source.address': '2' }],
        ['2d', 'e3', { ...name('ann'), 'source.address': '2' }],
        ['3d', 'e4', { ...name('ann'), 'source.address': '1' }],
      ],
      ['e1 ann|1', 'e2 bob|2', 'e3 ann|2'],
    ],
    [
      'one of the fields is missing',
      [
        ['0d', 'e1', name('ann')],
        ['1d', 'e2', { 'source.address': '2' }],
      ],
      [],
    ],
    [
      'lists in both: every pair',
      [['0d', 'e1', { ...name(['ann', 'bob']), 'source.address': ['1', '2'] }]],
      ['e1 ann|1', 'e1 ann|2', 'e1 bob|1', 'e1 bob|2'],
    ],
    [
      'values that hold what might part them',
      [
        ['0d', 'e1', { ...name('a,b'), 'source.address': 'c' }],
        ['1d', 'e2', { ...name('a'), 'source.address': 'b,c' }],
      ],
      ['e1 a,b|c', 'e2 a|b,c'],
    ],
  ])('of two fields: %s', (_, steps, expected) => {
    expect(said(byBoth, [LONG_BEFORE, ...steps])).toEqual(expected);
  });

  it('of a thousand and more combinations in one event, a thousand', () => {
    const many = Array.from({ length: 40 }, (_, n) => `v${n}`);
    expect(said(byBoth, [LONG_BEFORE, ['0d', 'e1', { ...name(many), 'source.address': many }]])).toHaveLength(1000);
  });
});

describe('where the history is shorter than the rule looks back', () => {
  it.each<[string, readonly Step[], readonly string[]]>([
    ['nothing before', [['0d', 'e1', name('ann')]], ['e1 ann insufficient']],
    [
      'records of anything before, not far enough back',
      [
        ['0d', 'x', { 'event.action': 'B' }],
        ['9d', 'e1', name('ann')],
      ],
      ['e1 ann insufficient'],
    ],
    [
      'exactly as far back',
      [
        ['0d', 'x', { 'event.action': 'B' }],
        ['10d', 'e1', name('ann')],
      ],
      ['e1 ann'],
    ],
  ])('%s', (_, steps, expected) => {
    expect(said(byName, steps)).toEqual(expected);
  });
});

describe('what is not known', () => {
  const doubtful = rule('"user.name"', 'now-10d', 'event.action: A and not source.as.organization.name: x*');
  const place = { unknown: ['source.as'] };
  it.each<[string, readonly Step[], readonly string[]]>([
    ['the value', [['0d', 'e1', { unknown: ['user.name'] }]], ['e1 not evaluated (user.name) ']],
    ['an object above it', [['0d', 'e1', { unknown: ['user'] }]], ['e1 not evaluated (user.name) ']],
    [
      'the value of another: it may have been the same',
      [
        ['0d', 'e1', { unknown: ['user.name'] }],
        ['1d', 'e2', name('ann')],
        ['2d', 'e3', name('ann')],
        ['11d', 'e4', name('bob')],
      ],
      ['e1 not evaluated (user.name) ', 'e2 not evaluated (user.name) ann', 'e4 bob'],
    ],
    [
      'whether it matches, and it would be new',
      [['0d', 'e1', { ...name('ann'), ...place }]],
      ['e1 not evaluated (source.as.organization.name) ann'],
    ],
    [
      'whether it matches, and it would not be new',
      [
        ['0d', 'e1', name('ann')],
        ['1d', 'e2', { ...name('ann'), ...place }],
      ],
      ['e1 ann'],
    ],
    [
      'whether one before it matches',
      [
        ['0d', 'e1', { ...name('ann'), ...place }],
        ['1d', 'e2', name('ann')],
        ['2d', 'e3', name('ann')],
        ['3d', 'e4', name('bob')],
      ],
      [
        'e1 not evaluated (source.as.organization.name) ann',
        'e2 not evaluated (source.as.organization.name) ann',
        'e4 bob',
      ],
    ],
    ['a value that is not there is no new one, whatever else is not known', [['0d', 'e1', place]], []],
  ])('%s', (_, steps, expected) => {
    expect(said(doubtful, [LONG_BEFORE, ...steps])).toEqual(expected);
  });
});

describe('events in any order', () => {
  it.each<[string, readonly Step[], readonly string[]]>([
    [
      'an earlier one comes later',
      [
        ['2d', 'e2', name('ann')],
        ['1d', 'e1', name('ann')],
      ],
      ['e1 ann'],
    ],
    [
      'one that joins two times',
      [
        ['0d', 'e1', name('ann')],
        ['20d', 'e3', name('ann')],
        ['10d', 'e2', name('ann')],
      ],
      ['e1 ann'],
    ],
    [
      'the smaller id of one time comes later',
      [
        ['0d', 'e2', name('ann')],
        ['0d', 'e1', name('ann')],
      ],
      ['e1 ann'],
    ],
  ])('%s', (_, steps, expected) => {
    expect(said(byName, [...steps, LONG_BEFORE])).toEqual(expected);
  });
});

describe('memory', () => {
  const many = (count: number, seconds = 1) =>
    Array.from({ length: count }, (_, n): Step => [`${n * seconds}s`, `e${n}`, name(`n${n}`)]);

  it('tells what was seen longest ago when it has more than its limit, and says how much', () => {
    const detector = detectorOf(byName, { most: 100 });
    const early = many(250).flatMap(step => detector.push(eventOf(step)));
    expect(early.length).toBe(detector.forgotten);
    expect(early.length).toBeGreaterThan(100);
    expect(early.length + detector.end().length).toBe(250);
  });

  it('one that comes again after that is told again', () => {
    const detector = detectorOf(byName, { most: 10 });
    const steps: readonly Step[] = [...many(20), ['1h', 'x', name('n0')], ['1h', 'y', name('n19')]];
    const all = [...steps.flatMap(step => detector.push(eventOf(step))), ...detector.end()];
    expect(all.map(({ event }) => event.id)).toContain('x');
    expect(all.map(({ event }) => event.id)).not.toContain('y');
  });

  it('what is seen all the time takes no room', () => {
    const detector = detectorOf(byName, { most: 10 });
    for (let n = 0; n < 5000; n += 1) detector.push(eventOf([`${n}s`, `e${n}`, name(`n${n % 10}`)]));
    expect(detector.forgotten).toBe(0);
    expect([...detector.held()]).toHaveLength(10);
    expect(detector.end()).toHaveLength(10);
  });
});
