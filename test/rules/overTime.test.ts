import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecordRead } from '../../src/cloudtrail/read.ts';
import { type Hit, type ReplayOptions, replay } from '../../src/rules/replay.ts';
import type { Rule } from '../../src/rules/rule.ts';
import { eventRule } from './detect/timeline.ts';

const NEW_TERMS = `[rule.new_terms]
value = ["user.name"]
[[rule.new_terms.history_window_start]]
value = "now-1h"`;
const THRESHOLD = `[rule.threshold]
field = ["source.address"]
value = 3`;
const SUPPRESSION = `[rule.alert_suppression]
group_by = ["user.name"]
[rule.alert_suppression.duration]
value = 10
unit = "m"`;
const SEQUENCE = `sequence by user.name with maxspan=10m
  [any where event.action == "A"] [any where event.action == "B"]`;

const named = (id: string, rule: Rule): Rule => ({ ...rule, id });
const RULES: readonly Rule[] = [
  named('new', eventRule({ type: 'new_terms', tables: NEW_TERMS })),
  named('often', eventRule({ type: 'threshold', tables: THRESHOLD })),
  named('row', eventRule({ type: 'eql', query: SEQUENCE })),
  named('seldom', eventRule({ type: 'query', tables: SUPPRESSION, query: 'event.action: B' })),
  named('each', eventRule({ type: 'query', query: 'event.action: B' })),
  named(
    'place',
    eventRule({ type: 'new_terms', tables: NEW_TERMS, query: 'event.action: A and not source.as.number: 1' }),
  ),
];

interface Made {
  readonly id: string;
  readonly minute: number;
  readonly name: string;
  readonly action: string;
  readonly address: string;
}

function recordOf({ id, minute, name, action, address }: Made) {
  return {
    eventID: id,
    eventName: action,
    eventTime: new Date(Date.UTC(2026, 10, 1, 0, minute)).toISOString(),
    sourceIPAddress: address,
    awsRegion: 'eu-west-1',
    recipientAccountId: '111122223333',
    userIdentity: { type: 'IAMUser', userName: name, arn: `arn:aws:iam::111122223333:user/${name}` },
  };
}

async function hitsOf(
  records: readonly Readonly<Record<string, unknown>>[],
  rules: readonly Rule[] = RULES,
  options: ReplayOptions = {},
): Promise<readonly Hit[]> {
  const hits: Hit[] = [];
  for await (const hit of replay(read(records), rules, options)) hits.push(hit);
  return hits;
}

async function* read(records: readonly Readonly<Record<string, unknown>>[]): AsyncGenerator<RecordRead> {
  for (const record of records) yield { record, file: 'f', position: { line: 1, record: 1 } };
}

const world = fc
  .array(
    fc.record({
      minute: fc.nat({ max: 180 }),
      name: fc.constantFrom('ann', 'bob'),
      action: fc.constantFrom('A', 'B', 'C'),
      address: fc.constantFrom('192.0.2.1', '192.0.2.2', 'x.amazonaws.com'),
    }),
    { maxLength: 40 },
  )
  .map(all => all.map((each, n) => recordOf({ ...each, id: `e${n}` })));

/** A rule that judges each event by itself speaks in the order in which the records come. */
function sorted(hits: readonly Hit[]): readonly string[] {
  return hits.map(hit => JSON.stringify(hit)).sort();
}

describe('records in any order', () => {
  it('give the same hits', async () => {
    await fc.assert(
      fc.asyncProperty(
        world.chain(records =>
          fc.tuple(fc.constant(records), fc.shuffledSubarray(records, { minLength: records.length })),
        ),
        async ([records, shuffled]) => {
          expect(sorted(await hitsOf(shuffled))).toEqual(sorted(await hitsOf(records)));
        },
      ),
    );
  });

  it('give hits over time in the order of the times', async () => {
    await fc.assert(
      fc.asyncProperty(world, async records => {
        const times = (await hitsOf(records, RULES.slice(0, 4))).map(hit => hit.time!);
        expect(times).toEqual(times.toSorted());
      }),
    );
  });

  it('give the same hits when some come twice', async () => {
    await fc.assert(
      fc.asyncProperty(
        world.chain(records => fc.tuple(fc.constant(records), fc.subarray(records))),
        async ([records, again]) => {
          expect(await hitsOf([...records, ...again])).toEqual(await hitsOf(records));
        },
      ),
    );
  });
});

const at = (minute: number, id: string, more: Partial<Made> = {}) =>
  recordOf({ id, minute, name: 'ann', action: 'A', address: '192.0.2.1', ...more });

describe('hits over time', () => {
  it('tell what they are about', async () => {
    const hits = await hitsOf([at(0, 'e1'), at(1, 'e2', { action: 'B' }), at(2, 'e3'), at(3, 'e4')], RULES.slice(0, 4));
    const told = hits.map(({ document, account, region, actor, rule_id, ...rest }) => rest);
    expect(told).toEqual([
      {
        rule: 'new',
        status: 'match',
        missing: [],
        event_id: 'e1',
        time: '2026-11-01T00:00:00.000Z',
        new_terms: { fields: ['user.name'], values: ['ann'] },
        history: 'insufficient',
      },
      {
        rule: 'row',
        status: 'match',
        missing: [],
        event_id: 'e2',
        time: '2026-11-01T00:01:00.000Z',
        sequence: { event_ids: ['e1', 'e2'], from: '2026-11-01T00:00:00.000Z' },
      },
      { rule: 'seldom', status: 'match', missing: [], event_id: 'e2', time: '2026-11-01T00:01:00.000Z', suppressed: 0 },
      {
        rule: 'often',
        status: 'match',
        missing: [],
        event_id: 'e4',
        time: '2026-11-01T00:03:00.000Z',
        threshold_result: {
          terms: [{ field: 'source.address', value: '192.0.2.1' }],
          count: 3,
          cardinality: [],
          from: '2026-11-01T00:00:00.000Z',
        },
      },
    ]);
    expect(hits[0]).toMatchObject({
      rule_id: 'x',
      account: '111122223333',
      region: 'eu-west-1',
      actor: 'arn:aws:iam::111122223333:user/ann',
      document: { event: { id: 'e1', action: 'A' } },
    });
  });

  it('know how far back all records reach, also those that no rule cares for', async () => {
    const early = { ...at(0, 'e0'), eventName: 'Other' };
    const [hit] = await hitsOf([at(60, 'e1'), early], RULES.slice(0, 1));
    expect(hit).not.toHaveProperty('history');
  });

  it('need a time', async () => {
    const { eventTime, ...timeless } = at(0, 'e1', { action: 'B' });
    const soon = { ...at(0, 'e2'), eventTime: 'soon' };
    const hits = await hitsOf([timeless, soon]);
    expect(hits.map(({ event_id: id, rule, status, missing, time }) => [id, rule, status, missing, time])).toEqual([
      ['e1', 'each', 'match', [], null],
      ['e1', 'row', 'not evaluated', ['@timestamp'], null],
      ['e1', 'seldom', 'not evaluated', ['@timestamp'], null],
      ['e2', 'new', 'not evaluated', ['@timestamp'], null],
      ['e2', 'often', 'not evaluated', ['@timestamp'], null],
      ['e2', 'row', 'not evaluated', ['@timestamp'], null],
      ['e2', 'place', 'not evaluated', ['@timestamp'], null],
    ]);
    expect(hits.find(({ rule }) => rule === 'row')!.sequence).toEqual({ event_ids: ['e1'], from: null });
  });

  it('of records without an id are told each time they come', async () => {
    const { eventID, ...nameless } = at(0, 'e1');
    const hits = await hitsOf([nameless, nameless, nameless], RULES.slice(1, 2));
    expect(hits).toMatchObject([{ event_id: null, threshold_result: { count: 3 } }]);
  });

  it('that hang on an address nobody has looked up are not evaluated', async () => {
    const hits = await hitsOf([at(0, 'e1'), at(1, 'e2', { address: 'x.amazonaws.com' })], RULES.slice(5));
    expect(hits.map(({ event_id: id, status, missing }) => [id, status, missing])).toEqual([
      ['e1', 'not evaluated', ['source.as.number']],
      ['e2', 'not evaluated', ['source.as.number']],
    ]);
  });
});

describe('limits', () => {
  const [newTerms, threshold, , suppressed] = RULES as [Rule, Rule, Rule, Rule];
  const inOrder = Array.from({ length: 100 }, (_, n) => at(n, `e${n}`, { name: `n${n}`, action: 'B' }));
  const told = async (rule: Rule, records: typeof inOrder, limits: ReplayOptions['limits']) => {
    const messages: string[] = [];
    const hits = await hitsOf(records, [rule], { limits, onLimit: message => messages.push(message) });
    return { hits, messages };
  };

  it('none is met', async () => {
    expect((await told(suppressed, inOrder, {})).messages).toEqual([]);
  });

  it('more events than can be kept, in order: nothing is lost', async () => {
    const { hits, messages } = await told(suppressed, inOrder, { events: 10 });
    expect(hits).toHaveLength(100);
    expect(messages).toEqual([]);
  });

  it('more events than can be kept, the earliest last: they are too late, and that is said', async () => {
    const { hits, messages } = await told(suppressed, inOrder.toReversed(), { events: 10 });
    expect(hits.length).toBeLessThan(20);
    expect(messages).toEqual([
      `${100 - hits.length} events came too late to be put in order: rules over time were not asked about them`,
    ]);
  });

  it('new terms need no order', async () => {
    const records = Array.from({ length: 100 }, (_, n) => at(n, `e${n}`, { name: `n${n}` })).toReversed();
    const { hits, messages } = await told(newTerms, records, { events: 10 });
    expect(hits).toHaveLength(100);
    expect(messages).toEqual([]);
  });

  it('more documents than can be kept', async () => {
    const { hits, messages } = await told(suppressed, inOrder, { text: 10_000 });
    expect(hits).toHaveLength(100);
    const bare = hits.filter(hit => hit.document === null);
    expect(bare.length).toBeGreaterThan(50);
    expect(bare[0]).toMatchObject({ event_id: expect.stringMatching(/^e/), actor: expect.stringContaining('user/n') });
    expect(messages).toEqual([`${bare.length} hits have no document: there were more than can be kept`]);
  });

  it('documents that nobody may tell any more make room', async () => {
    const records = Array.from({ length: 100 }, (_, n) => at(n, `e${n}`));
    const { hits, messages } = await told(newTerms, [...records, at(200, 'x', { name: 'bob' })], { text: 10_000 });
    expect(hits.map(hit => hit.event_id)).toEqual(['e0', 'x']);
    expect(messages).toEqual([]);
  });

  it('more to watch than can be kept', async () => {
    const records = Array.from({ length: 2000 }, (_, n) => at(0, `e${n}`, { address: `192.0.2.${n}`, action: 'A' }));
    const { messages } = await told(threshold, records, { state: 10 });
    expect(messages).toEqual([expect.stringMatching(/^often gave up \d+ of what it watched for want of room/)]);
  });

  it('more groups to suppress than can be kept', async () => {
    const records = inOrder.map(record => ({ ...record, eventTime: inOrder[0]!.eventTime }));
    const { hits, messages } = await told(suppressed, records, { state: 10 });
    expect(hits).toHaveLength(100);
    expect(messages).toEqual([
      'seldom gave up 89 of what it watched for want of room: hits may be missing, or told again',
    ]);
  });
});
