import { describe, expect, it } from 'vitest';
import type { RecordRead } from '../../src/cloudtrail/read.ts';
import { vocabularyFor } from '../../src/documents/fields.ts';
import { recogniserOf } from '../../src/documents/known.ts';
import { compileKql } from '../../src/query/kql.ts';
import type { Answer, Query } from '../../src/query/query.ts';
import { type Hit, type ReplayOptions, replay, replayOf } from '../../src/rules/replay.ts';
import type { Rule } from '../../src/rules/rule.ts';
import { DEFAULTS } from '../../src/settings/settings.ts';

const RECORD = {
  eventID: 'e1',
  eventName: 'CreateProfile',
  eventSource: 'rolesanywhere.amazonaws.com',
  eventTime: '2026-11-23T02:00:00Z',
  awsRegion: 'eu-west-1',
  sourceIPAddress: '198.51.100.7',
  recipientAccountId: '111122223333',
  userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/mallory', userName: 'mallory' },
};

describe('a hit', () => {
  it('says which rule, which event, when, where and who', async () => {
    const [hit] = await hitsOf([RECORD], [rule('r', 'yes')]);
    expect({ ...hit, document: undefined }).toEqual({
      rule: 'r',
      rule_id: 'id-of-r',
      status: 'match',
      missing: [],
      event_id: 'e1',
      time: '2026-11-23T02:00:00.000Z',
      account: '111122223333',
      region: 'eu-west-1',
      actor: 'arn:aws:iam::111122223333:user/mallory',
      document: undefined,
    });
    expect(hit?.document?.event).toMatchObject({ action: 'CreateProfile' });
  });

  it('that cannot be decided names what is missing', async () => {
    const [hit] = await hitsOf([RECORD], [rule('r', 'unknown', { fields: ['event.action', 'source.as.number'] })]);
    expect(hit).toMatchObject({ status: 'not evaluated', missing: ['source.as.number'] });
  });

  it.each([
    [{ userIdentity: { type: 'AWSService', invokedBy: 'x.amazonaws.com' } }, 'x.amazonaws.com'],
    [{ userIdentity: { type: 'IAMUser', userName: 'ann' } }, 'ann'],
    [{ userIdentity: undefined }, null],
  ])('%j was done by %s', async (change, actor) => {
    const [hit] = await hitsOf([{ ...RECORD, ...change }], [rule('r', 'yes')]);
    expect(hit?.actor).toBe(actor);
  });
});

it.each<[string, Rule[], string[]]>([
  ['every rule in turn', [rule('a', 'yes'), rule('b', 'yes')], ['a', 'b']],
  ['not those that say no', [rule('a', 'no'), rule('b', 'yes')], ['b']],
  ['not those about something else', [{ ...rule('a', 'yes'), kind: 'role' }], []],
  ['not those that cannot run', [{ ...rule('a', 'yes'), run: { unsupported: 'EQL' } }], []],
  ['those whose query names the event', [asking('a', 'event.action: CreateProfile')], ['a']],
  ['not those whose query names other events', [asking('a', 'event.action: DeleteProfile')], []],
])('%s', async (_, rules, ids) => {
  expect((await hitsOf([RECORD], rules)).map(hit => hit.rule)).toEqual(ids);
});

it('a record that comes twice is told once; records without an id each time', async () => {
  const { eventID, ...nameless } = RECORD;
  const hits = await hitsOf([RECORD, RECORD, nameless, nameless], [rule('a', 'yes'), rule('b', 'yes')]);
  expect(hits.map(hit => [hit.rule, hit.event_id])).toEqual([
    ['a', eventID],
    ['b', eventID],
    ['a', null],
    ['b', null],
    ['a', null],
    ['b', null],
  ]);
});

describe('whose work an event is', () => {
  it.each<[actors: readonly string[], told: readonly string[]]>([
    [[], ['anybody']],
    [['arn:aws:iam::*:user/mallory'], []],
    [['arn:aws:iam::*:user/ann'], ['anybody']],
  ])('known: %j', async (known_actors, told) => {
    const recognise = recogniserOf({ ...DEFAULTS.lists, known_actors });
    const hits = await hitsOf([RECORD], [asking('anybody', 'not postern.known_actor: true')], { recognise });
    expect(hits.map(hit => hit.rule)).toEqual(told);
  });
});

async function hitsOf(
  records: readonly Record<string, unknown>[],
  rules: readonly Rule[],
  options: ReplayOptions = {},
): Promise<Hit[]> {
  const hits: Hit[] = [];
  for await (const hit of replay(read(records), rules, options)) hits.push(hit);
  return hits;
}

describe('a head is told from one that looks like it', () => {
  const { wants } = replayOf([asking('r', 'aws.cloudtrail.user_identity.type: Root and event.outcome: failure')]);
  it.each<[identityType: string | undefined, mayHaveError: boolean, isWanted: boolean]>([
    ['Root refused', false, false],
    ['Root', true, true],
    ['Root', false, false],
    ['undefined', true, false],
    [undefined, true, true],
  ])('%s, with an error: %s', (identityType, mayHaveError, isWanted) => {
    const { eventName, eventSource, eventTime } = RECORD;
    const head = { eventName, eventSource, eventTime, identityType, mayHaveError };
    expect(wants(head, { length: 1, members: () => undefined })).toBe(isWanted);
  });
});

async function* read(records: readonly Record<string, unknown>[]): AsyncGenerator<RecordRead> {
  for (const record of records) yield { record, file: 'f', position: { line: 1, record: 1 } };
}

function asking(id: string, kql: string): Rule {
  return {
    ...rule(id, 'yes'),
    run: { query: compileKql(kql, { vocabulary: vocabularyFor('event'), now: new Date(0) }) },
  };
}

function rule(id: string, answer: Answer, { fields = [] }: { fields?: string[] } = {}): Rule {
  const query: Query = { text: '', fields, pins: () => undefined, ask: () => answer };
  return {
    id,
    file: `${id}.toml`,
    name: id,
    description: '',
    severity: 'low',
    riskScore: 21,
    severityWhen: [],
    kind: 'event',
    ruleId: `id-of-${id}`,
    type: 'query',
    language: 'kuery',
    queryText: '',
    asked: '',
    run: { query },
    suppression: undefined,
    offline: { fieldsNotDerivable: [], unmapped: [], needs: [], notes: [] },
    from: undefined,
    interval: undefined,
    buildingBlock: false,
    maxSignals: undefined,
    timestampOverride: undefined,
    threat: [],
    references: [],
    falsePositives: [],
    note: undefined,
    evidenceFields: [],
    fix: { text: '', cli: undefined, terraform: undefined },
    blindSpots: [],
    examples: [],
    upstream: undefined,
    tags: [],
  };
}
