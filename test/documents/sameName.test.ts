import { expect, test } from 'vitest';
import { olderNamesakes } from '../../src/documents/sameName.ts';
import { about, account, anchor, profile, region } from './snapshots.ts';

const named = (arn: string, name: string, createdAt?: string) => ({ arn, name, createdAt });

test.each([
  ['nothing', [], {}],
  ['two names', [named('1', 'a'), named('2', 'b')], {}],
  ['the older one has none', [named('1', 'a', '2026-02'), named('2', 'a', '2026-01')], { 1: ['2'] }],
  ['as old as each other', [named('2', 'a'), named('1', 'a')], { 2: ['1'] }],
  ['three', [named('1', 'a', '1'), named('2', 'a', '2'), named('3', 'a', '3')], { 2: ['1'], 3: ['1', '2'] }],
  ['names of objects', [named('1', '__proto__'), named('2', '__proto__'), named('3', 'constructor')], { 2: ['1'] }],
])('older ones of the same name: %s', (_, all, expected) => {
  expect(Object.fromEntries(olderNamesakes(all))).toEqual(expected);
});

test('a thousand of one name do not grow into a million', () => {
  const found = olderNamesakes(Array.from({ length: 10_000 }, (_, n) => named(String(n).padStart(5, '0'), 'a')));
  expect(found.get('09999')).toHaveLength(10);
});

test('only the same region counts, and only what was listed', () => {
  const regions = [region({ profiles: [profile()] }), region({ name: 'us-east-1', profiles: [profile()] })];
  expect(about('profile', account({ regions })).facts.same_name_as).toEqual([]);
  const cut = [region({ profiles: [profile()], trustAnchors: [anchor()], notAsked: ['profiles', 'trustAnchors'] })];
  expect(about('profile', account({ regions: cut })).unknown).toContain('profile.same_name_as');
  expect(about('trust_anchor', account({ regions: cut })).unknown).toContain('trust_anchor.same_name_as');
});
