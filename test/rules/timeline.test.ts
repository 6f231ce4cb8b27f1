import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inOrder } from '../../src/rules/detect/detector.ts';
import { seenIds } from '../../src/rules/seenIds.ts';
import { timeline } from '../../src/rules/timeline.ts';

const event = fc.record({ time: fc.nat({ max: 20 }), id: fc.constantFrom('a', 'b', 'c') });

describe('a timeline', () => {
  it('gives all events in order, when it can keep them', () => {
    fc.assert(
      fc.property(fc.array(event), events => {
        const line = timeline(1000);
        expect(events.flatMap(each => line.add(each))).toEqual([]);
        expect(line.end()).toEqual(events.toSorted(inOrder));
        expect(line.late).toBe(0);
      }),
    );
  });

  it('gives none twice, all in order, and counts those that came too late, when it cannot', () => {
    fc.assert(
      fc.property(fc.array(event), fc.integer({ min: 1, max: 8 }), (events, most) => {
        const line = timeline(most);
        const given = [...events.flatMap(each => line.add(each)), ...line.end()];
        expect(given).toEqual(given.toSorted(inOrder));
        expect(given.length + line.late).toBe(events.length);
      }),
    );
  });

  it('loses nothing of events that are not further out of order than it can keep', () => {
    const line = timeline<{ time: number; id: string }>(10);
    const times = Array.from({ length: 1000 }, (_, n) => n + (n % 4) * -2);
    const given = [...times.flatMap(time => line.add({ time, id: '' })), ...line.end()];
    expect(given.map(each => each.time)).toEqual(times.toSorted((a, b) => a - b));
  });
});

describe('ids that were seen', () => {
  it.each<[string, string, string]>([
    ['each once', 'abc', 'nnn'],
    ['again', 'abacab', 'nnynyy'],
    ['again after as many others as are kept', 'abca', 'nnny'],
    ['one that comes again and again', 'abacadaea', 'nnynynyny'],
    ['again after twice as many', 'abcdefa', 'nnnnnnn'],
  ])('%s', (_, ids, expected) => {
    const isSeen = seenIds(3);
    expect([...ids].map(id => (isSeen(id) ? 'y' : 'n')).join('')).toBe(expected);
  });

  it('keeps all of so many apart', () => {
    const isSeen = seenIds(20_000);
    const ids = Array.from({ length: 20_000 }, (_, i) => `id-${i}`);
    expect(ids.filter(isSeen)).toEqual([]);
    expect(ids.filter(id => !isSeen(id))).toEqual([]);
    expect(isSeen('')).toBe(false);
    expect(isSeen('')).toBe(true);
  });
});
