import { describe, expect, test } from 'vitest';
import { jsonVocabulary, nearest, vocabularyOf } from '../../src/query/vocabulary.ts';

const vocabulary = vocabularyOf({
  'event.action': { type: 'keyword' },
  'aws.request': { type: 'keyword', ignoreAbove: 8191 },
  'aws.flat': { type: 'flattened' },
});

test.each([
  ['event.action', { type: 'keyword' }],
  ['aws.request', { type: 'keyword', ignoreAbove: 8191 }],
  ['aws.flat', { type: 'flattened' }],
  ['aws.flat.a.b', { type: 'flattened' }],
  ['aws', undefined],
  ['aws.request.a', undefined],
  ['__proto__', undefined],
  ['constructor', undefined],
])('%s is mapped to %j', (field, mapping) => {
  expect(vocabulary.mapping(field)).toEqual(mapping);
});

test('names are sorted', () => {
  expect(vocabulary.names).toEqual(['aws.flat', 'aws.request', 'event.action']);
});

test('every field of an undescribed document exists', () => {
  expect(jsonVocabulary().mapping('what.ever')).toEqual({ type: 'json' });
});

describe('nearest', () => {
  const names = ['event.action', 'event.outcome', 'profile.enabled', 'profile.name', 'trust_anchor.enabled'];
  test.each([
    ['event.actoin', ['event.action']],
    ['enabled', ['profile.enabled', 'trust_anchor.enabled']],
    ['Profile.Name', ['profile.name']],
    ['profile.nam', ['profile.name']],
    ['zzzz', []],
    ['x'.repeat(100_000), []],
  ])('%s', (name, near) => {
    expect(nearest(name, names)).toEqual(near);
  });
});
