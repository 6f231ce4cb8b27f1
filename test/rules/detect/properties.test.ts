import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detections, eventRule, type Step, said, timeOf } from './timeline.ts';

/** Small worlds: few names, few moments, so that things meet. */
const HOUR = 60;
const step = fc.record({
  minute: fc.nat({ max: 4 * HOUR }),
  names: fc.subarray(['ann', 'bob', 'cid'], { maxLength: 2 }),
  action: fc.constantFrom('A', 'A', 'A', 'B'),
  address: fc.constantFrom('1', '2', '3'),
});
const world = fc
  .array(step, { maxLength: 60 })
  .map(steps =>
    steps
      .map((made, n) => ({ ...made, id: `e${String(n).padStart(2, '0')}` }))
      .sort((a, b) => a.minute - b.minute || (a.id < b.id ? -1 : 1)),
  );
type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

function stepsOf(made: World): readonly Step[] {
  return made.map(({ minute, id, names, action, address }) => [
    `${minute}m`,
    id,
    { 'user.name': names, 'event.action': action, 'source.address': address },
  ]);
}

describe('new terms are what their definition says', () => {
  const rule = eventRule({
    type: 'new_terms',
    tables:
      '[rule.new_terms]\nvalue = ["user.name", "source.address"]\n[[rule.new_terms.history_window_start]]\nvalue = "now-1h"',
  });

  it('an event alerts for each pair that no matching event had in the hour before it', () => {
    fc.assert(
      fc.property(world, made => {
        const matching = made.filter(({ action }) => action === 'A');
        const isOld = (at: number, name: string) =>
          matching
            .slice(0, at)
            .some(
              before =>
                before.minute >= matching[at]!.minute - HOUR &&
                before.address === matching[at]!.address &&
                before.names.includes(name),
            );
        const begins = made[0]?.minute ?? 0;
        const expected = matching.flatMap(({ id, minute, names, address }, at) =>
          names
            .filter(name => !isOld(at, name))
            .map(name => `${id} ${name}|${address}${begins > minute - HOUR ? ' insufficient' : ''}`),
        );
        expect(said(rule, stepsOf(made))).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a threshold', () => {
  const value = 3;
  const rule = eventRule({
    type: 'threshold',
    tables: `[rule.threshold]\nfield = ["source.address"]\nvalue = ${value}`,
    settings: 'from = "now-30m"',
  });
  const alerts = (made: World) =>
    detections(rule, stepsOf(made)).map(({ event, told }) => ({
      id: event.id,
      time: event.time,
      ...told.threshold_result!,
      address: told.threshold_result!.terms[0]!.value,
      start: Date.parse(told.threshold_result!.from),
    }));

  it('speaks exactly where some window holds enough events that no alert has counted', () => {
    fc.assert(
      fc.property(world, made => {
        const expected: string[] = [];
        for (const address of ['1', '2', '3']) {
          let left = made.filter(each => each.action === 'A' && each.address === address);
          for (;;) {
            const first = left.findIndex(({ minute }, at) => (left[at + value - 1]?.minute ?? 1e9) - minute <= 30);
            if (first === -1) break;
            const { minute } = left[first]!;
            const counted = left.slice(first).filter(each => each.minute <= minute + 30);
            expected.push(`${counted.at(-1)!.id} ${address}: ${counted.length} from ${minute * 60}s`);
            left = left.slice(first + counted.length);
          }
        }
        expect([...said(rule, stepsOf(made))].sort()).toEqual(expected.sort());
      }),
      { numRuns: 300 },
    );
  });

  it('counts no event twice, and none from outside its window', () => {
    fc.assert(
      fc.property(world, made => {
        const found = alerts(made);
        for (const { count, start, time, address } of found) {
          const inside = made.filter(
            each =>
              each.action === 'A' &&
              each.address === address &&
              timeOf(`${each.minute}m`) >= start &&
              timeOf(`${each.minute}m`) <= time,
          );
          expect(inside.length).toBe(count);
          expect(time - start).toBeLessThanOrEqual(30 * 60_000);
        }
        const spans = found.map(({ address, start, time }) => ({ address, start, time }));
        for (const [n, one] of spans.entries())
          for (const other of spans.slice(n + 1))
            expect(one.address !== other.address || other.start > one.time || one.start > other.time).toBe(true);
      }),
    );
  });
});

describe('suppression', () => {
  it('loses no match: each is told or counted', () => {
    const rule = eventRule({
      type: 'query',
      tables:
        '[rule.alert_suppression]\ngroup_by = ["source.address"]\n[rule.alert_suppression.duration]\nvalue = 30\nunit = "m"',
    });
    fc.assert(
      fc.property(world, made => {
        const matching = made.filter(({ action }) => action === 'A').length;
        const told = detections(rule, stepsOf(made));
        expect(told.length + told.reduce((sum, each) => sum + each.told.suppressed!, 0)).toBe(matching);
      }),
    );
  });
});
