import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ecsDocument } from '../../src/cloudtrail/ecs.ts';
import { type Glimpse, Glimpses } from '../../src/cloudtrail/glimpse.ts';
import { type Head, headOf } from '../../src/cloudtrail/head.ts';
import { projectionOf, unknown } from '../../src/cloudtrail/projection.ts';
import type { CloudTrailRecord } from '../../src/cloudtrail/record.ts';
import { recordsToPass } from '../../src/cloudtrail/skim.ts';
import { vocabularyFor } from '../../src/documents/fields.ts';
import { valuesAt } from '../../src/documents/path.ts';
import { compileEql } from '../../src/query/eql.ts';
import { compileKql } from '../../src/query/kql.ts';
import type { Query } from '../../src/query/query.ts';
import { type Interest, interestOf, type RecordInterest } from '../../src/rules/interest.ts';
import { needlesFor } from '../../src/rules/needles.ts';

const vocabulary = vocabularyFor('event');
const now = new Date('2026-05-04T00:00:00Z');

describe('a record that is passed over', () => {
  it.each<[query: string, record: object, head: boolean, whole: boolean]>([
    ['event.action: CreateProfile', { eventName: 'CreateProfile' }, true, true],
    ['event.action: CreateProfile', { eventName: 'DeleteProfile' }, false, false],
    ['event.action: *Profile', { eventName: 'GetObject' }, false, false],
    ['event.provider: s3.amazonaws.com and not event.action: GetObject', { eventName: 'GetObject' }, false, false],
    ['event.outcome: failure', { eventName: 'GetObject' }, false, false],
    ['event.outcome: failure', { eventName: 'GetObject', errorCode: null }, true, false],
    ['event.outcome: failure', { eventName: 'GetObject', errorCode: {} }, true, true],
    [
      'event.outcome: success',
      { eventName: 'ConsoleLogin', responseElements: { ConsoleLogin: 'Failure' } },
      true,
      false,
    ],
    ['aws.cloudtrail.user_identity.type: Root', { userIdentity: { type: 'IAMUser' } }, false, false],
    ['aws.cloudtrail.user_identity.type: Root', { userIdentity: 'Root' }, true, false],
    ['event.category: file', { eventName: 'GetObject' }, true, true],
    ['event.category: iam', { eventName: 'GetObject' }, false, false],
    ['source.address: 10.0.0.1', { sourceIPAddress: '10.0.0.1' }, true, true],
    ['source.address: 10.0.0.1', { sourceIPAddress: '10.0.0.2' }, true, false],
    ['aws.cloudtrail.flattened.request_parameters.key: *.env', { requestParameters: { key: 'a.txt' } }, true, false],
    ['aws.cloudtrail.flattened.request_parameters.key: *.env', { requestParameters: { key: ['.env'] } }, true, true],
    ['aws.cloudtrail.flattened.request_parameters.a.b: x', { requestParameters: { 'a.b': 'x' } }, true, true],
    ['aws.cloudtrail.flattened.response_elements.id: x', { responseElements: { id: 'y' } }, true, false],
    ['aws.cloudtrail.flattened.response_elements.id: x', { responseElements: { id: ['x'] } }, true, true],
    ['aws.cloudtrail.request_parameters: *x*', { requestParameters: null }, true, false],
    ['aws.cloudtrail.request_parameters: *x*', { requestParameters: { a: 'y' } }, true, true],
    ['source.as.number: 1', {}, true, true],
    ['aws.*: Root', { userIdentity: { type: 'IAMUser' } }, true, true],
    ['mallory', {}, true, true],
  ])('%s: %j', (text, change, inHead, inRecord) => {
    const record = { ...RECORD, ...change };
    const interest = interestOf({ run: { query: kql(text) }, suppression: undefined });
    expect(interest.ofHead(headOf(record)!) !== undefined).toBe(inHead);
    expect(interest.inRecord(record, JSON.stringify(record).length)).toBe(inRecord);
  });

  it('is one that the rule says no to, whatever the rule asks and the record holds', () => {
    const property = fc.property(RECORDS, fc.oneof(KQL.map(kql), EQL.map(eql)), expectSound);
    fc.assert(property, { numRuns: 5000 });
  });

  it('and by its head alone too, where that is found in its text', () => {
    const records = fc.property(RECORDS, KQL.map(kql), (record, query) => {
      const head = headOf(record);
      if (head !== undefined && interestOf({ run: { query }, suppression: undefined }).ofHead(head) === undefined)
        expect(query.ask(ecsDocument(record, JSON.stringify(record)))).toBe('no');
    });
    fc.assert(records, { numRuns: 5000 });
  });

  it('and by texts that every record of use has', () => {
    const property = fc.property(RECORDS, KQL.map(kql), (record, query) => {
      const texts = needlesFor([{ query }]);
      const file = Buffer.from(JSON.stringify({ Records: [record] }));
      if (texts !== undefined && recordsToPass(file, { texts, passed() {} }) !== undefined)
        expect([query.text, query.ask(ecsDocument(record, JSON.stringify(record)))]).toEqual([query.text, 'no']);
    });
    fc.assert(property, { numRuns: 5000 });
  });

  it.skipIf(!existsSync(REAL()))('among real records (needs the shared ones)', () => {
    const real = Object.values(JSON.parse(readFileSync(REAL(), 'utf8')))
      .flat()
      .filter(isObject);
    expect(real.length).toBeGreaterThan(0);
    const property = fc.property(fc.constantFrom(...real), KQL.map(kql), expectSound);
    fc.assert(property, { numRuns: 5000 });
  });
});

it('a field that can be seen at once is what the document has', () => {
  const property = fc.property(RECORDS, record => {
    const text = JSON.stringify(record);
    const document = ecsDocument(record, text);
    for (const field of FIELDS) {
      const value = projectionOf(field)?.of(record, text.length) ?? null;
      if (value === unknown || projectionOf(field) === undefined) continue;
      expect([field, value === null ? [] : [value].flat()]).toEqual([field, valuesAt(document, field)]);
    }
  });
  fc.assert(property, { numRuns: 3000 });
});

/** By what is read without parsing the record; undefined where nothing is. */
function glimpseOf(text: string): { head: Head; record: Glimpse } | undefined {
  const scan = new Glimpses();
  const bytes = Buffer.from(text);
  expect(scan.over(bytes, 0, bytes.length)).toBe(bytes.length);
  const head = scan.head();
  return head === undefined ? undefined : { head, record: scan };
}

function expectSound(record: CloudTrailRecord, query: Query): void {
  const text = JSON.stringify(record);
  const interest = interestOf({ run: { query }, suppression: undefined });
  const head = headOf(record);
  const glimpse = glimpseOf(text);
  const isPassed =
    (head !== undefined && isPassedOver(interest.ofHead(head), record, text.length)) ||
    (glimpse !== undefined && isPassedUnparsed(interest, glimpse)) ||
    !interest.inRecord(record, text.length);
  const outline = interest.outline(record, text.length);
  if (outline !== undefined)
    expect([query.text, query.ask(outline)]).toEqual([query.text, query.ask(ecsDocument(record, text))]);
  if (isPassed) expect([query.text, query.ask(ecsDocument(record, text))]).toEqual([query.text, 'no']);
}

/** As a replay does that has not parsed the record. */
function isPassedUnparsed(interest: Interest, { head, record }: { head: Head; record: Glimpse }): boolean {
  return [interest, interest.ofHead(head)].some(each => {
    if (each === undefined) return true;
    const members = each.members === undefined ? undefined : record.members(each.members);
    return members !== undefined && isPassedOver(each, members, record.length);
  });
}

function isPassedOver(interest: RecordInterest | undefined, record: CloudTrailRecord, length: number): boolean {
  return interest?.inRecord(record, length) !== true;
}

function kql(text: string): Query {
  return compileKql(text, { vocabulary, now, unknownFields: 'ignore' });
}

function eql(text: string): Query {
  const compiled = compileEql(text, { vocabulary, now });
  if (compiled.kind !== 'event') throw new Error(`a sequence: ${text}`);
  return compiled.query;
}

function REAL(): string {
  return new URL('../../../shared/data/cloudtrail/rolesanywhere-real-records.json', import.meta.url).pathname;
}

function isObject(value: unknown): value is CloudTrailRecord {
  return typeof value === 'object' && value !== null && 'eventName' in value;
}

const RECORD = {
  eventName: 'GetObject',
  eventSource: 's3.amazonaws.com',
  eventTime: '2026-05-04T00:00:00Z',
  eventID: 'e1',
};

/** Every field that can be seen at once, and some that cannot. */
const FIELDS = [
  ...vocabulary.names.filter(name => projectionOf(name) !== undefined),
  'aws.cloudtrail.flattened.request_parameters.key',
  'aws.cloudtrail.flattened.request_parameters.a.b',
  'source.as.number',
];

const NAMES = ['GetObject', 'PutObject', 'ConsoleLogin', 'CreateProfile', 'AssumeRole', 'UserAuthentication'];
const ODD = fc.constantFrom<unknown>(null, '', '-', 'none', {}, [], ['x'], { a: {} }, 0, 119, 1e300, true, false);
const WORD = fc.constantFrom(
  'x',
  'AccessDenied',
  '10.0.0.1',
  'Root',
  'IAMUser',
  'aws.cloudtrail',
  'a.b',
  '111122223333',
);
const ANY = fc.oneof({ weight: 4, arbitrary: WORD }, ODD);

/** Records with members of any kind in any place. */
const RECORDS: fc.Arbitrary<CloudTrailRecord> = fc.record(
  {
    eventName: fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...NAMES) }, ODD),
    eventSource: fc.oneof(fc.constantFrom('s3.amazonaws.com', 'sts.amazonaws.com', 'x'), ODD),
    eventTime: fc.oneof(fc.constantFrom('2026-05-04T00:00:00Z', 'never'), ODD),
    eventID: ANY,
    errorCode: ANY,
    errorMessage: ANY,
    awsRegion: ANY,
    sourceIPAddress: ANY,
    userAgent: ANY,
    recipientAccountId: ANY,
    managementEvent: ANY,
    eventCategory: ANY,
    eventType: ANY,
    sessionCredentialFromConsole: ANY,
    awsAccountId: ANY,
    userIdentity: fc.oneof(
      ANY,
      fc.record(
        {
          type: fc.oneof(ANY, fc.constantFrom('AssumedRole', 'AWSService', 'FederatedUser', 'IdentityCenterUser')),
          arn: ANY,
          accountId: ANY,
          principalId: ANY,
          userName: ANY,
          accessKeyId: ANY,
          invokedBy: ANY,
          onBehalfOf: fc.oneof(ANY, fc.record({ userId: ANY })),
          sessionContext: fc.oneof(
            ANY,
            fc.record({ sessionIssuer: fc.record({ userName: ANY, arn: ANY }, { requiredKeys: [] }) }),
          ),
        },
        { requiredKeys: [] },
      ),
    ),
    requestParameters: fc.oneof(
      ANY,
      fc.record(
        {
          key: fc.oneof(ANY, fc.constant('k'.repeat(20_000))),
          userName: ANY,
          newUserName: ANY,
          a: fc.oneof(ANY, fc.record({ b: ANY })),
          'a.b': ANY,
        },
        { requiredKeys: [] },
      ),
    ),
    additionalEventData: fc.oneof(ANY, fc.record({ UserName: ANY }, { requiredKeys: [] })),
    responseElements: fc.oneof(ANY, fc.record({ ConsoleLogin: ANY }, { requiredKeys: [] })),
  },
  { requiredKeys: [] },
);

const VALUES = [
  ...NAMES,
  's3.amazonaws.com',
  'success',
  'failure',
  'file',
  'x',
  'AccessDenied',
  'Root',
  '*',
  '*o*',
  '119',
];

const KQL: fc.Arbitrary<string> = fc.letrec<{ query: string; leaf: string }>(tie => ({
  leaf: fc
    .tuple(fc.constantFrom(...FIELDS, 'event.*', 'aws.cloudtrail.user_identity.*'), fc.constantFrom(...VALUES))
    .map(([field, value]) => `${field}: ${value}`),
  query: fc.oneof(
    { maxDepth: 3 },
    { weight: 3, arbitrary: tie('leaf') },
    { weight: 1, arbitrary: fc.constantFrom('Root', 'x') },
    { weight: 2, arbitrary: fc.tuple(tie('query'), tie('query')).map(([a, b]) => `(${a} and ${b})`) },
    { weight: 2, arbitrary: fc.tuple(tie('query'), tie('query')).map(([a, b]) => `(${a} or ${b})`) },
    { weight: 2, arbitrary: tie('query').map(a => `not (${a})`) },
  ),
})).query;

const TEXT_FIELDS = FIELDS.filter(field => vocabulary.mapping(field)?.type.includes('keyword'));

const EQL: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom('any', 'file', 'iam', 'authentication'),
    fc.letrec<{ condition: string; leaf: string }>(tie => ({
      leaf: fc
        .tuple(
          fc.constantFrom(...TEXT_FIELDS),
          fc.constantFrom(...VALUES),
          fc.constantFrom('==', '!=', ':', 'like', 'contains', 'starts', 'null'),
        )
        .map(([field, value, operator]) => {
          if (operator === 'contains') return `stringContains(${field}, "${value}")`;
          if (operator === 'starts') return `startsWith(${field}, "${value}")`;
          return operator === 'null' ? `${field} == null` : `${field} ${operator} "${value}"`;
        }),
      condition: fc.oneof(
        { maxDepth: 3 },
        { weight: 3, arbitrary: tie('leaf') },
        { weight: 2, arbitrary: fc.tuple(tie('condition'), tie('condition')).map(([a, b]) => `(${a} and ${b})`) },
        { weight: 2, arbitrary: fc.tuple(tie('condition'), tie('condition')).map(([a, b]) => `(${a} or ${b})`) },
        { weight: 2, arbitrary: tie('condition').map(a => `not (${a})`) },
      ),
    })).condition,
  )
  .map(([category, condition]) => `${category} where ${condition}`);
