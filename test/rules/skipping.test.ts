import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { readRecords } from '../../src/cloudtrail/read.ts';
import { recogniserOf } from '../../src/documents/known.ts';
import { replayOf } from '../../src/rules/replay.ts';
import type { Rule } from '../../src/rules/rule.ts';
import { DEFAULTS } from '../../src/settings/settings.ts';
import { eventRule } from './detect/timeline.ts';
import { ruleFrom, ruleText } from './ruleText.ts';

const folder = mkdtempSync(join(tmpdir(), 'postern-skipping-'));
afterAll(() => rmSync(folder, { recursive: true }));

const rule = (query: string, at: number) =>
  ruleFrom(ruleText({ query, index: 'logs-aws.cloudtrail-*' }), `r${at}.toml`);

const RULES: readonly Rule[] = [
  ...[
    'event.action: CreateProfile',
    'event.provider: rolesanywhere.amazonaws.com and not event.action: CreateSession',
    'event.action: (Create* or 119) and event.outcome: failure',
    'event.provider: s3.amazonaws.com and not aws.cloudtrail.user_identity.type: Root',
    'event.action: GetObject and aws.cloudtrail.flattened.request_parameters.key: *secret*',
    'event.action: GetObject and not aws.cloudtrail.flattened.request_parameters.key: *',
    'aws.cloudtrail.user_identity.type: Root and event.outcome: success',
    'event.action: "a b" or event.provider: "x/y"',
    'not event.action: *',
    'aws.cloudtrail.request_parameters: *eventName*',
    'event.action: CreateProfile and not postern.known_actor: true',
    'postern.known_actor: true',
  ].map(rule),
  eventRule({
    type: 'eql',
    query: 'any where event.action == "CreateProfile" and stringContains(aws.cloudtrail.request_parameters, "name=x")',
  }),
  eventRule({
    type: 'new_terms',
    query: 'event.provider: s3.amazonaws.com',
    tables: `[rule.new_terms]
field = "new_terms_fields"
value = ["user.name", "aws.cloudtrail.user_identity.type"]
[[rule.new_terms.history_window_start]]
field = "history_window_start"
value = "now-10d"`,
  }),
];

describe('what is passed over without being parsed', () => {
  it('is no hit and no trouble: a replay says the same of every file as one that parses all of it', async () => {
    const property = fc.asyncProperty(
      FILES,
      fc.subarray([...RULES], { minLength: 1, maxLength: 2 }),
      async (content, rules) => {
        const file = join(folder, 'log.json');
        writeFileSync(file, content);
        expect(await said(file, rules, true)).toEqual(await said(file, rules, false));
      },
    );
    await fc.assert(property, { numRuns: 600 });
    expect(passedOver, 'records passed over').toBeGreaterThan(50);
  });

  it('is no hit where the file is damaged either', async () => {
    const damaged = fc
      .tuple(FILES, fc.nat(), fc.constantFrom('', '"', '{', '}', '\\', 'x', ','))
      .map(([file, at, put]) => {
        const text = file.toString('latin1');
        const place = at % Math.max(1, text.length);
        return Buffer.from(text.slice(0, place) + put + text.slice(place + 1), 'latin1');
      });
    const property = fc.asyncProperty(damaged, fc.constantFrom(...RULES), async (content, each) => {
      const file = join(folder, 'damaged.json');
      writeFileSync(file, content);
      expect((await said(file, [each], true)).hits).toEqual((await said(file, [each], false)).hits);
    });
    await fc.assert(property, { numRuns: 600 });
  });
});

const recognise = recogniserOf({ ...DEFAULTS.lists, known_actors: ['arn:aws:iam::111122223333:user/*'] });

let passedOver = 0;

async function said(file: string, rules: readonly Rule[], isSkipping: boolean) {
  const { wants, needles, hits } = replayOf(rules, { recognise });
  const problems: string[] = [];
  const passed = (count: number) => {
    passedOver += count;
    return false;
  };
  const skipping = {
    wants: (...about: Parameters<typeof wants>) => wants(...about) || passed(1),
    needles: needles && { texts: needles, passed },
  };
  const records = readRecords([file], {
    // Insights that are not written as CloudTrail does may be counted as records.
    onProblem: ({ kind, message }) => kind !== 'skipped' && problems.push(message),
    ...(isSkipping ? skipping : {}),
  });
  const found: unknown[] = [];
  for await (const { rule: id, status, event_id: event, document } of hits(records))
    found.push([id, status, event, document]);
  return { hits: found, problems };
}

const ANN = 'arn:aws:iam::111122223333:user/ann';
const WORD = fc.constantFrom(
  'x',
  'secret.txt',
  'Root',
  'IAMUser',
  'a b',
  'x/y',
  'CreateProfile',
  '"eventName":"CreateProfile"',
);
const ODD = fc.constantFrom<unknown>(null, 119, true, '', '-', {}, [], { type: 'Root' });
const RECORD = fc.record(
  {
    eventName: fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom('CreateProfile', 'GetObject', 'CreateSession', 'a b', 'ConsoleLogin') },
      ODD,
    ),
    eventSource: fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom('rolesanywhere.amazonaws.com', 's3.amazonaws.com', 'x/y') },
      ODD,
    ),
    eventTime: fc.oneof({ weight: 6, arbitrary: fc.constant('2026-05-04T00:00:00Z') }, ODD),
    eventVersion: fc.constant('1.11'),
    eventID: fc.uuid(),
    userIdentity: fc.oneof(
      fc.record({ type: WORD, userName: WORD, arn: fc.constantFrom(ANN, 'x') }, { requiredKeys: [] }),
      ODD,
    ),
    userInfo: fc.record({ type: WORD }),
    errorCode: fc.oneof(WORD, ODD),
    requestParameters: fc.oneof(
      fc.record({ key: fc.oneof(WORD, ODD), name: WORD, eventName: WORD, eventVersion: WORD }, { requiredKeys: [] }),
      ODD,
    ),
    responseElements: fc.oneof(fc.record({ ConsoleLogin: WORD }), ODD),
    eventCategory: fc.constantFrom('Management', 'Data', 'Insight'),
    detail: fc.record({ eventName: WORD }),
    insightDetails: fc.constant({}),
    CloudTrailEvent: fc.constant('{"eventName":"CreateProfile","eventSource":"s3.amazonaws.com"}'),
  },
  { requiredKeys: ['eventVersion'] },
);

/** Members that hardly any record has are in few. */
const USUAL = RECORD.chain(record =>
  fc.nat(9).map(chance => {
    const { userInfo, detail, insightDetails, CloudTrailEvent, ...usual } = record;
    return chance === 0 ? record : usual;
  }),
);

const WRAPPED = fc.tuple(USUAL, fc.nat(12)).map(([record, way]) => {
  if (way === 0) return { detail: record };
  return way === 1 ? { EventId: 'x', CloudTrailEvent: JSON.stringify(record) } : record;
});

/** JSON of the same meaning, written in another way. */
const SPELLINGS: fc.Arbitrary<(json: string) => string> = fc.oneof(
  { weight: 6, arbitrary: fc.constant((json: string) => json) },
  fc.constant((json: string) => json.replaceAll('":', '" : ')),
  fc.constant((json: string) => json.replaceAll('e', '\\u0065')),
  fc.constant((json: string) => json.replaceAll(' ', '\\u0020').replaceAll('/', '\\/')),
  fc.constant((json: string) => json.replaceAll('.', '\\u002e')),
  fc.constant((json: string) => json.replaceAll('"eventName"', '"eventName":"GetObject","eventName"')),
);

const FILES = fc
  .tuple(
    fc.array(WRAPPED, { maxLength: 5 }),
    SPELLINGS,
    fc.constantFrom('log', 'list', 'lines'),
    fc.boolean(),
    fc.nat(4),
  )
  .map(([records, spelt, form, isPacked, indent]) => {
    const each = records.map(record => spelt(JSON.stringify(record)));
    const list = `[${each.join(indent === 0 ? ',\n' : ',')}]`;
    const text = form === 'lines' ? each.join('\n') : form === 'list' ? list : `{"Records":${list}}`;
    return isPacked ? gzipSync(text) : Buffer.from(text);
  });
