import { describe, expect, it } from 'vitest';
import { detectorOf } from '../../../src/rules/detect/detectorOf.ts';
import { eventOf, eventRule, type Step, said } from './timeline.ts';

const suppressed = (suppression: string, more: Partial<Parameters<typeof eventRule>[0]> = {}) =>
  eventRule({ type: 'query', ...more, tables: `${more.tables ?? ''}\n[rule.alert_suppression]\n${suppression}` });

const HOUR = '[rule.alert_suppression.duration]\nvalue = 1\nunit = "h"';
const byName = suppressed(`group_by = ["user.name"]\n${HOUR}`);
const ann = { 'user.name': 'ann' };
const bob = { 'user.name': 'bob' };

describe('suppression', () => {
  it.each<[string, readonly Step[], readonly string[]]>([
    ['one alone', [['0m', 'e1', ann]], ['e1 +0']],
    [
      'those of an hour are counted in the first',
      [
        ['0m', 'e1', ann],
        ['1m', 'e2', ann],
        ['60m', 'e3', ann],
      ],
      ['e1 +2'],
    ],
    [
      'after the hour a new one',
      [
        ['0m', 'e1', ann],
        ['59m', 'e2', ann],
        ['3601s', 'e3', ann],
        ['2h', 'e4', ann],
      ],
      ['e1 +1', 'e3 +1'],
    ],
    [
      'each group by itself',
      [
        ['0m', 'e1', ann],
        ['1m', 'e2', bob],
        ['2m', 'e3', ann],
        ['3m', 'e4', bob],
        ['4m', 'e5', bob],
      ],
      ['e1 +1', 'e2 +2'],
    ],
    [
      'without the field: a group of its own',
      [
        ['0m', 'e1'],
        ['1m', 'e2', ann],
        ['2m', 'e3'],
      ],
      ['e1 +1', 'e2 +0'],
    ],
    [
      'a field that is not known: each for itself',
      [
        ['0m', 'e1', { unknown: ['user.name'] }],
        ['1m', 'e2', { unknown: ['user.name'] }],
      ],
      ['e1 +0 (user.name not known)', 'e2 +0 (user.name not known)'],
    ],
    [
      'each value of a list is a group',
      [
        ['0m', 'e1', { 'user.name': ['ann', 'bob'] }],
        ['1m', 'e2', ann],
        ['2m', 'e3', bob],
        ['3m', 'e4', { 'user.name': ['bob', 'cid'] }],
      ],
      ['e1 +3'],
    ],
  ])('%s', (_, steps, expected) => {
    expect(said(byName, steps)).toEqual(expected);
  });

  it('leaves alone what lacks a field, where the rule says so', () => {
    const rule = suppressed(`group_by = ["user.name"]\nmissing_fields_strategy = "doNotSuppress"\n${HOUR}`);
    expect(
      said(rule, [
        ['0m', 'e1'],
        ['1m', 'e2'],
        ['2m', 'e3', ann],
        ['3m', 'e4', ann],
      ]),
    ).toEqual(['e1 +0', 'e2 +0', 'e3 +1']);
  });

  it.each([
    ['', '5m', ['e1 +1']],
    ['', '301s', ['e1 +0', 'e2 +0']],
    ['interval = "1h"', '1h', ['e1 +1']],
  ])('without a duration is for each run: %s %s', (settings, when, expected) => {
    const rule = suppressed('group_by = ["user.name"]', { settings });
    expect(
      said(rule, [
        ['0m', 'e1', ann],
        [when, 'e2', ann],
      ]),
    ).toEqual(expected);
  });

  it('of two fields', () => {
    const rule = suppressed(`group_by = ["user.name", "source.address"]\n${HOUR}`);
    const from = (address: string) => ({ ...ann, 'source.address': address });
    expect(
      said(rule, [
        ['0m', 'e1', from('1')],
        ['1m', 'e2', from('2')],
        ['2m', 'e3', from('1')],
        ['3m', 'e4', ann],
      ]),
    ).toEqual(['e1 +1', 'e2 +0', 'e4 +0']);
  });

  it('passes over what is not evaluated', () => {
    const rule = suppressed(`group_by = ["user.name"]\n${HOUR}`, {
      query: 'event.action: A and not source.as.number: 1',
    });
    const perhaps = { ...ann, unknown: ['source.as'] };
    expect(
      said(rule, [
        ['0m', 'e1', perhaps],
        ['1m', 'e2', perhaps],
        ['2m', 'e3', ann],
        ['3m', 'e4', ann],
      ]),
    ).toEqual(['e1 not evaluated (source.as.number)', 'e2 not evaluated (source.as.number)', 'e3 +1']);
  });
});

describe('suppression of other kinds', () => {
  it('EQL: a list is one value', () => {
    const rule = suppressed(`group_by = ["user.name"]\n${HOUR}`, {
      type: 'eql',
      query: 'any where event.action == "A"',
    });
    const both = { 'user.name': ['ann', 'bob'] };
    expect(
      said(rule, [
        ['0m', 'e1', both],
        ['1m', 'e2', ann],
        ['2m', 'e3', both],
      ]),
    ).toEqual(['e1 +1', 'e2 +0']);
  });

  it('thresholds: by their own fields', () => {
    const rule = suppressed(HOUR, { type: 'threshold', tables: '[rule.threshold]\nfield = ["user.name"]\nvalue = 2' });
    const steps: readonly Step[] = [
      ['0m', 'e1', ann],
      ['1m', 'e2', ann],
      ['2m', 'f1', bob],
      ['3m', 'f2', bob],
      ['20m', 'e3', ann],
      ['21m', 'e4', ann],
    ];
    expect(said(rule, steps)).toEqual(['e2 ann: 2 from 0s +1', 'f2 bob: 2 from 120s +0']);
  });

  it('new terms', () => {
    const tables =
      '[rule.new_terms]\nvalue = ["source.address"]\n[[rule.new_terms.history_window_start]]\nvalue = "now-7d"';
    const rule = suppressed(`group_by = ["user.name"]\n${HOUR}`, { type: 'new_terms', tables });
    const steps = ['1', '2', '3'].map((address, n): Step => [`${n}m`, `e${n}`, { ...ann, 'source.address': address }]);
    expect(said(rule, steps)).toEqual(['e0 1 insufficient +2']);
  });

  it('sequences: by what all their events have', () => {
    const query =
      'sequence by user.name with maxspan=1h [any where event.action == "A"] [any where event.action == "B"]';
    const rule = suppressed(`group_by = ["source.address"]\n${HOUR}`, { type: 'eql', query });
    const from = (name: string, action: string, address: string) => ({
      'user.name': name,
      'event.action': action,
      'source.address': address,
    });
    const steps: readonly Step[] = [
      ['0m', 'a1', from('ann', 'A', '1')],
      ['1m', 'a2', from('ann', 'B', '1')],
      ['2m', 'b1', from('bob', 'A', '1')],
      ['3m', 'b2', from('bob', 'B', '1')],
      ['4m', 'c1', from('cid', 'A', '1')],
      ['5m', 'c2', from('cid', 'B', '2')],
    ];
    expect(said(rule, steps)).toEqual(['a1>a2 +1', 'c1>c2 +0']);
  });
});

describe('more groups than its limit', () => {
  const pushed = (apart: number) => {
    const detector = detectorOf(byName, { most: 10 });
    const steps = Array.from({ length: 100 }, (_, n): Step => [`${n * apart}m`, `e${n}`, { 'user.name': `n${n}` }]);
    return { detector, told: steps.flatMap(step => detector.push(eventOf(step))) };
  };

  it('are told early, and it says how many', () => {
    const { detector, told } = pushed(1);
    expect(told).toHaveLength(89);
    expect(detector.end()).toHaveLength(11);
    expect(detector.forgotten).toBe(89);
  });

  it('but fewer at a time: each is told when its hour is over', () => {
    const { detector, told } = pushed(10);
    expect(told).toHaveLength(93);
    expect(detector.end()).toHaveLength(7);
    expect(detector.forgotten).toBe(0);
  });
});
