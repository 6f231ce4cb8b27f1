import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/documents/document.ts';
import { documentsOf } from '../../src/documents/documents.ts';
import { FIELDS, KINDS, vocabularyFor, vocabularyForAll } from '../../src/documents/fields.ts';
import { readerOf, unknownIn, valuesAt } from '../../src/documents/path.ts';
import { account, anchor, profile, region, role, roleArn, snapshot } from './snapshots.ts';

const event = (eventID: string, eventTime: string) => ({
  eventID,
  eventTime,
  eventName: 'CreateProfile',
  eventSource: 'rolesanywhere.amazonaws.com',
  awsRegion: 'us-east-1',
  sourceIPAddress: '192.0.2.1',
});
const whole = snapshot(
  account({
    roles: [role('b'), role('a')],
    regions: [
      region({
        trustAnchors: [anchor({ trustAnchorArn: 'z' }), anchor({ trustAnchorArn: 'y' })],
        profiles: [profile()],
        events: [event('2', '2026-01-02T00:00:00Z'), event('1', '2026-01-01T00:00:00Z')],
      }),
      region({ name: 'us-east-1', events: [event('2', '2026-01-02T00:00:00Z'), { eventName: 'x' }] }),
    ],
  }),
);

describe('documentsOf', () => {
  it('comes in a fixed order, an event told twice only once', () => {
    const documents = documentsOf(whole);
    expect(documents.map(({ kind, resource }) => `${kind} ${resource.id}`)).toEqual([
      'trust_anchor y',
      'trust_anchor z',
      `profile ${profile().profileArn}`,
      `role ${role('a').Arn}`,
      `role ${role('b').Arn}`,
      `path ${profile().profileArn} -> ${roleArn('host')}`,
      'account 111122223333',
      expect.stringMatching(/^event [0-9a-f]{32}$/),
      'event 1',
      'event 2',
    ]);
    expect(documentsOf(structuredClone(whole))).toEqual(documents);
  });

  it('places an event where it happened', () => {
    expect(documentsOf(whole).at(-1)?.resource).toMatchObject({
      region: 'us-east-1',
      account: '111122223333',
      name: 'CreateProfile',
    });
  });
});

describe('the vocabulary', () => {
  it.each(KINDS)('says each field of %s once, in a sentence, with its source', kind => {
    const names = FIELDS[kind].map(field => field.name);
    expect(names.toSorted()).toEqual([...new Set(names)].sort());
    expect(FIELDS[kind].filter(field => !field.says.endsWith('.') || field.source === '')).toEqual([]);
    expect(vocabularyFor(kind).names).toEqual(names.toSorted());
  });

  it('means the same by a name in every kind', () => {
    for (const { name, type } of KINDS.flatMap(kind => FIELDS[kind]))
      expect(vocabularyForAll.mapping(name)?.type).toBe(type);
  });

  it('has every field that a document has, or says that it does not know', () => {
    for (const { kind, body } of documentsOf(whole)) {
      const known = vocabularyFor(kind);
      const missing = pathsIn(body).filter(path => known.mapping(path) === undefined);
      const strange = unknownIn(body).filter(
        path => !known.names.some(name => name === path || name.startsWith(`${path}.`)),
      );
      expect([missing, strange]).toEqual([[], []]);
    }
  });
});

describe('paths', () => {
  const body = { a: [{ b: 1 }, { b: [2, null] }], 'a.b': 3, t: { 'x.y': 'z' }, n: null };
  it.each([
    ['a.b', [1, 2, 3]],
    ['t.x.y', ['z']],
    ['n', []],
    ['a.b.c', []],
    ['constructor', []],
    ['__proto__.x', []],
    ['', []],
  ])('%s', (path, values) => {
    expect(valuesAt(body, path)).toEqual(values);
    expect(readerOf(path)(body)).toEqual(values);
  });
});

function pathsIn(value: Json, path = ''): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(each => pathsIn(each, path));
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([name, each]) => pathsIn(each, path === '' ? name : `${path}.${name}`));
}
