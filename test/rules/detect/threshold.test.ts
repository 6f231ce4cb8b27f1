import { describe, expect, it } from 'vitest';
import { detectorOf } from '../../../src/rules/detect/detectorOf.ts';
import { detections, eventOf, eventRule, type Step, said } from './timeline.ts';

const rule = (threshold: string, settings = '', query?: string) =>
  eventRule({
    type: 'threshold',
    tables: `[rule.threshold]\n${threshold}`,
    settings,
    ...(query === undefined ? {} : { query }),
  });
const distinct = (value: number) => `[[rule.threshold.cardinality]]\nfield = "source.address"\nvalue = ${value}`;

const three = rule('field = ["user.name"]\nvalue = 3');
const anybody = rule('field = []\nvalue = 3');
const ann = { 'user.name': 'ann' };
const bob = { 'user.name': 'bob' };

/** An event every so many seconds. */
function every(seconds: number, count: number, fields: Step[2] = ann, from = 0): readonly Step[] {
  return Array.from({ length: count }, (_, n) => [
    `${from + n * seconds}s`,
    `e${String(n + 1).padStart(2, '0')}`,
    fields,
  ]);
}

describe('a threshold', () => {
  it.each<[string, readonly Step[], readonly string[]]>([
    ['one too few', every(1, 2), []],
    ['just enough', every(1, 3), ['e03 ann: 3 from 0s']],
    ['more than enough are one alert', every(1, 25), ['e25 ann: 25 from 0s']],
    ['all at one time', every(0, 4), ['e04 ann: 4 from 0s']],
    ['just in the window, both ends included', every(180, 3), ['e03 ann: 3 from 0s']],
    ['a second too long', [...every(180, 2), ['361s', 'e3', ann]], []],
    [
      'the window slides: the first ones are too old',
      [['0s', 'e0', ann], ...every(100, 3, ann, 300)],
      ['e03 ann: 3 from 300s'],
    ],
    ['what was told is not told again', [...every(60, 3), ...every(60, 2, ann, 361)], ['e03 ann: 3 from 0s']],
    [
      'enough again after that',
      [...every(60, 3), ['361s', 'f1', ann], ['362s', 'f2', ann], ['363s', 'f3', ann]],
      ['e03 ann: 3 from 0s', 'f3 ann: 3 from 361s'],
    ],
    [
      'a burst that goes on is an alert for each window',
      every(10, 100),
      ['e37 ann: 37 from 0s', 'e74 ann: 37 from 370s', 'e100 ann: 26 from 740s'],
    ],
    [
      'each group by itself',
      [
        ['0s', 'e1', ann],
        ['1s', 'f1', bob],
        ['2s', 'e2', ann],
        ['3s', 'f2', bob],
        ['4s', 'e3', ann],
      ],
      ['e3 ann: 3 from 0s'],
    ],
    [
      'an event with several values counts for each',
      [...every(1, 2), ['2s', 'e3', { 'user.name': ['ann', 'bob'] }], ['3s', 'e4', bob], ['4s', 'e5', bob]],
      ['e3 ann: 3 from 0s', 'e5 bob: 3 from 2s'],
    ],
    ['an event without the field counts for none', [...every(1, 2), ['2s', 'e3', {}]], []],
    [
      'an event that does not match counts for none',
      [...every(1, 2), ['2s', 'e3', { ...ann, 'event.action': 'B' }]],
      [],
    ],
  ])('%s', (_, steps, expected) => {
    expect(said(three, steps)).toEqual(expected);
  });

  it.each<[string, readonly Step[], readonly string[]]>([
    ['without fields: all events together', [...every(1, 2), ['2s', 'e3', bob], ['3s', 'e4']], ['e4 : 4 from 0s']],
  ])('%s', (_, steps, expected) => {
    expect(said(anybody, steps)).toEqual(expected);
  });

  it.each<[string, string, readonly Step[], readonly string[]]>([
    ['from = now-2m: a shorter window', 'from = "now-2m"', every(70, 3), []],
    ['from = now-2m: inside it', 'from = "now-2m"', every(60, 3), ['e03 ann: 3 from 0s']],
    ['to, too', 'from = "now-5m"\nto = "now-3m"', every(70, 3), []],
    ['an hour', 'from = "now-1h"', every(1800, 3), ['e03 ann: 3 from 0s']],
  ])('%s', (_, settings, steps, expected) => {
    expect(said(rule('field = ["user.name"]\nvalue = 3', settings), steps)).toEqual(expected);
  });

  it('of two fields, and of a field by itself', () => {
    const two = rule('field = ["user.name", "source.address"]\nvalue = 2');
    const steps: readonly Step[] = ['1', '2', '1'].map((address, n) => [
      `${n}s`,
      `e${n}`,
      { ...ann, 'source.address': address },
    ]);
    expect(said(two, steps)).toEqual(['e2 ann|1: 2 from 0s']);
    expect(said(rule('field = "user.name"\nvalue = 3'), steps)).toEqual(['e2 ann: 3 from 0s']);
  });

  it('tells what it counted as Elastic does', () => {
    const [found] = detections(rule(`field = ["user.name"]\nvalue = 1\n${distinct(2)}`), addresses('1', '2', '2'));
    expect(found?.told).toEqual({
      threshold_result: {
        terms: [{ field: 'user.name', value: 'ann' }],
        count: 3,
        cardinality: [{ field: 'source.address', value: 2 }],
        from: '2026-11-01T00:00:00.000Z',
      },
    });
    expect(detections(three, every(1, 3))[0]?.told.threshold_result?.cardinality).toEqual([]);
  });
});

describe('a threshold of different values', () => {
  it.each<[string, string, readonly Step[], readonly string[]]>([
    ['too few', `value = 1\n${distinct(3)}`, addresses('1', '2', '1', '2'), []],
    [
      'enough',
      `value = 1\n${distinct(3)}`,
      addresses('1', '2', '1', '3', '1'),
      ['e5 ann: 5 from 0s, 3 source.address'],
    ],
    ['enough values of too few events', `value = 4\n${distinct(2)}`, addresses('1', '2', '3'), []],
    [
      'a value counts no longer than its last event is in the window',
      `value = 1\n${distinct(3)}`,
      [
        ['0s', 'e1', { ...ann, 'source.address': '1' }],
        ['200s', 'e2', { ...ann, 'source.address': '2' }],
        ['361s', 'e3', { ...ann, 'source.address': '3' }],
        ['362s', 'e4', { ...ann, 'source.address': '2' }],
        ['561s', 'e5', { ...ann, 'source.address': '4' }],
      ],
      ['e5 ann: 3 from 361s, 3 source.address'],
    ],
    [
      'several values in one event',
      `value = 1\n${distinct(3)}`,
      [['0s', 'e1', { ...ann, 'source.address': ['1', '2', '3'] }]],
      ['e1 ann: 1 from 0s, 3 source.address'],
    ],
    ['no value is none', `value = 1\n${distinct(2)}`, [...addresses('1'), ['9s', 'x', ann]], []],
    [
      'only the first field is looked at',
      `value = 1\n${distinct(2)}\n[[rule.threshold.cardinality]]\nfield = "event.id"\nvalue = 99`,
      addresses('1', '2'),
      ['e2 ann: 2 from 0s, 2 source.address'],
    ],
  ])('%s', (_, threshold, steps, expected) => {
    expect(said(rule(`field = ["user.name"]\n${threshold}`), steps)).toEqual(expected);
  });
});

describe('what is not known', () => {
  const doubtful = rule('field = ["user.name"]\nvalue = 3', '', 'event.action: A and not source.as.number: 1');
  const perhaps = { ...ann, unknown: ['source.as'] };
  it.each<[string, readonly Step[], readonly string[]]>([
    [
      'enough, if those count',
      [...every(1, 2), ['2s', 'x', perhaps]],
      ['x not evaluated (source.as.number) ann: 3 from 0s'],
    ],
    ['not enough, even if those count', [...every(1, 1), ['2s', 'x', perhaps]], []],
    ['enough without those', [['0s', 'x', perhaps], ...every(1, 3, ann, 1)], ['e03 ann: 3 from 1s']],
    [
      'enough without those in a later window only',
      [...every(1, 2), ['2s', 'x', perhaps], ...every(1, 3, ann, 1000)],
      ['x not evaluated (source.as.number) ann: 3 from 0s', 'e03 ann: 3 from 1000s'],
    ],
    ['whose it is', every(1, 3, { unknown: ['user.name'] }), ['e03 not evaluated (user.name) null: 3 from 0s']],
  ])('%s', (_, steps, expected) => {
    expect(said(doubtful, steps).map(line => line.replace(') :', ') null:'))).toEqual(expected);
  });

  it.each<[string, number, readonly string[]]>([
    ['the values that would be counted, and there are enough', 2, ['e2 ann: 3 from 0s, 2 source.address']],
    ['the values that would be counted', 3, ['e2 not evaluated (source.address) ann: 3 from 0s, 3 source.address']],
    ['the values that would be counted, and they cannot be enough', 4, []],
  ])('%s', (_, value, expected) => {
    const steps: readonly Step[] = [
      ['0s', 'e0', { ...ann, 'source.address': '1' }],
      ['1s', 'e1', { ...ann, unknown: ['source'] }],
      ['2s', 'e2', { ...ann, 'source.address': '2' }],
    ];
    expect(said(rule(`field = ["user.name"]\nvalue = 1\n${distinct(value)}`), steps)).toEqual(expected);
  });
});

describe('memory', () => {
  it('groups that are over are let go', () => {
    const detector = detectorOf(three, { most: 1000 });
    for (let n = 0; n < 20_000; n += 1) detector.push(eventOf([`${n}s`, `e${n}`, { 'user.name': `n${n}` }]));
    expect(detector.forgotten).toBe(0);
  });

  it('gives up the groups that had an event longest ago, and says how many', () => {
    const detector = detectorOf(three, { most: 100 });
    for (let n = 0; n < 20_000; n += 1) detector.push(eventOf(['0s', `e${n}`, { 'user.name': `n${n}` }]));
    expect(detector.forgotten).toBeGreaterThan(1000);
  });

  it('a window that holds everything takes no longer for it', () => {
    const many = rule(`field = []\nvalue = 1\n${distinct(2)}`);
    const start = performance.now();
    const steps = Array.from({ length: 100_000 }, (_, n): Step => ['0s', `e${n}`, { 'source.address': '1' }]);
    expect(said(many, steps)).toEqual([]);
    expect(performance.now() - start).toBeLessThan(5000);
  });
});

function addresses(...values: readonly string[]): readonly Step[] {
  return values.map((value, n) => [`${n}s`, `e${n + 1}`, { ...ann, 'source.address': value }]);
}
