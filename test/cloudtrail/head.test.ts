import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Glimpses } from '../../src/cloudtrail/glimpse.ts';
import { type Head, headOf } from '../../src/cloudtrail/head.ts';

const RECORD = {
  eventVersion: '1.11',
  userIdentity: { type: 'AssumedRole', sessionContext: { sessionIssuer: { type: 'Role' } } },
  eventTime: '2026-05-04T00:00:00Z',
  eventSource: 's3.amazonaws.com',
  eventName: 'GetObject',
};

const HEAD: Head = {
  eventName: 'GetObject',
  eventSource: 's3.amazonaws.com',
  eventTime: '2026-05-04T00:00:00Z',
  identityType: 'AssumedRole',
  mayHaveError: false,
};

describe("a record's head, from its text", () => {
  it.each<[what: string, text: string, head: Head | undefined]>([
    ['a record', JSON.stringify(RECORD), HEAD],
    ['with space in it', JSON.stringify(RECORD, undefined, '\t'), HEAD],
    ['the same names further in', json({ requestParameters: { eventName: 'X', errorCode: 'Y' } }), HEAD],
    [
      'the same words as values',
      json({ a: 'eventName', b: 'errorCode', c: 'insightDetails', d: 'digestS3Object' }),
      HEAD,
    ],
    ['a refused call', json({ errorCode: 'AccessDenied' }), { ...HEAD, mayHaveError: true }],
    ['another identity', json({ userIdentity: { type: 'Root' } }), { ...HEAD, identityType: 'Root' }],
    ['no identity', json({ userIdentity: null }), { ...HEAD, identityType: undefined }],
    ['an identity in a list', json({ userIdentity: [{ type: 'Root' }] }), { ...HEAD, identityType: undefined }],
    ['an escaped identity', cut('"AssumedRole"', '"Assumed\\u0052ole"'), { ...HEAD, identityType: undefined }],
    ['two types', cut('"type":"AssumedRole"', '"type":"A","type":"B"'), { ...HEAD, identityType: undefined }],
    [
      'an escaped type',
      cut('"type":"AssumedRole"', '"t\\u0079pe":"A","type":"B"'),
      { ...HEAD, identityType: undefined },
    ],
    ['two identities', cut('"eventTime"', '"userIdentity":{},"eventTime"'), { ...HEAD, identityType: undefined }],
    ['two names', cut('"eventTime"', '"eventName":"X","eventTime"'), undefined],
    ['an escaped name', cut('GetObject', 'Get\\u004fbject'), undefined],
    ['an escaped member', cut('"eventName"', '"event\\u004eame"'), undefined],
    ['an escaped value', json({ userAgent: 'a "b" \\' }), HEAD],
    ['an empty name', json({ eventName: '' }), undefined],
    ['a number for a name', json({ eventName: 1 }), undefined],
    ['no source', json({ eventSource: undefined }), undefined],
    ['an Insight', json({ eventCategory: 'Insight' }), undefined],
    ['insightDetails', json({ insightDetails: {} }), undefined],
    ['a digest', json({ digestS3Object: 'x' }), undefined],
    ['a wrapped record', JSON.stringify({ detail: RECORD }), undefined],
    ['nothing', '{}', undefined],
  ])('%s', (_, text, head) => {
    expect(headIn(text)).toEqual({ end: text.length, head });
  });

  it.each<[what: string, text: string, limit: number]>([
    ['it goes on behind the limit', '{"a":{}}', 7],
    ['it has no end', '{"a":{}', 100],
    ['a string has no end', '{"a":"}', 100],
    ['brackets that do not fit', '{"a":[}]}', 100],
    ['more than thirty levels', `${'{"a":'.repeat(30)}{}${'}'.repeat(30)}`, 1000],
  ])('has no end that is certain: %s', (_, text, limit) => {
    expect(new Glimpses().over(Buffer.from(text), 0, Math.min(limit, text.length))).toBe(-1);
  });

  it('is what the parsed record has', () => {
    const word = fc.constantFrom('x', 'eventName', 'GetObject', 'a"b', '\\', 'Ω', 'type', '{', 'Insight', '');
    const value = fc.letrec<{ any: unknown }>(tie => ({
      any: fc.oneof(
        { maxDepth: 3 },
        { weight: 3, arbitrary: word },
        fc.constantFrom(null, 1, true),
        fc.array(tie('any'), { maxLength: 3 }),
        fc.dictionary(name, tie('any'), { maxKeys: 3 }),
      ),
    })).any;
    const record = fc.dictionary(name, value, { maxKeys: 8 });
    const property = fc.property(record, fc.constantFrom(0, 1, '\t'), (each, indent) => {
      const text = JSON.stringify({ ...RECORD, ...each }, undefined, indent);
      const { end, head } = headIn(text);
      expect(end).toBe(text.length);
      if (head === undefined) return;
      const parsed = headOf(JSON.parse(text));
      expect(parsed).toMatchObject({
        eventName: head.eventName,
        eventSource: head.eventSource,
        eventTime: head.eventTime,
      });
      if (head.identityType !== undefined) expect(parsed?.identityType).toBe(head.identityType);
      if (!head.mayHaveError) expect(parsed?.mayHaveError).toBe(false);
    });
    fc.assert(property, { numRuns: 2000 });
  });
});

const name = fc.constantFrom(
  ...Object.keys(RECORD),
  'type',
  'errorCode',
  'errorMessage',
  'a',
  'eventCategory',
  '__proto__',
);

function headIn(text: string): { end: number; head: Head | undefined } {
  const scan = new Glimpses();
  const bytes = Buffer.from(text);
  const end = scan.over(bytes, 0, bytes.length);
  return { end: bytes.toString('utf8', 0, end).length, head: scan.head() };
}

function json(change: object): string {
  return JSON.stringify({ ...RECORD, ...change });
}

function cut(from: string, to: string): string {
  const text = JSON.stringify(RECORD);
  expect(text).toContain(from);
  return text.replace(from, to);
}
