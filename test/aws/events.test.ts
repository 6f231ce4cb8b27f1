import { expect, test } from 'vitest';
import { pagesLeft } from '../../src/aws/events.ts';
import { collected } from './pretend.ts';

const window = { StartTime: new Date(0), EndTime: new Date(1000) };

test.each([
  [1, 500, 1],
  [1, 100, 1],
  [1, 900, 9],
  [3, 900, 27],
  [2, 0, 1],
  [1, 1000, Number.POSITIVE_INFINITY],
])('%i pages back to %i of 1000: %i to come', (pages, oldest, left) => {
  expect(pagesLeft(window, { pages, oldest })).toBe(left);
});

/** What looking into one region costs, and what comes of it. */
async function lookups(pageSize: number, names: readonly string[]) {
  const request = {
    regions: ['eu-west-1'],
    callBudget: 0,
    lookups: [{ source: 'rolesanywhere.amazonaws.com', names }],
  };
  const { snapshot, aws } = await collected({ story: 'fleet', pageSize }, request);
  const asked = aws.requests.filter(({ operation }) => operation === 'LookupEvents').length;
  return { asked, events: snapshot.accounts[0]!.regions[0]!.events };
}

test('a source with little left is read to its end, a busy one by name, and both find the same', async () => {
  const names = ['CreateProfile', 'CreateTrustAnchor'];
  const little = await lookups(50, names);
  const busy = await lookups(10, names);
  const all = await lookups(50, []);
  expect(little.asked).toBe(2);
  expect(busy.asked).toBe(3);
  expect(little.events.length).toBeGreaterThan(0);
  expect(busy.events).toEqual(little.events);
  expect(all.events.filter(event => names.includes(String(event.eventName)))).toEqual(little.events);
});
