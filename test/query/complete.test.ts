import { expect, test } from 'vitest';
import { completeAt } from '../../src/query/complete.ts';
import { vocabularyOf } from '../../src/query/vocabulary.ts';

const vocabulary = vocabularyOf({
  'profile.name': { type: 'keyword' },
  'profile.enabled': { type: 'boolean' },
  'role.name': { type: 'keyword' },
  'role.created_at': { type: 'date' },
  p: { type: 'nested' },
  'p.k': { type: 'keyword' },
});
const values = (field: string) =>
  ({ 'profile.enabled': ['true', 'false'], 'role.name': ['Admin', 'Read only', 'arn:aws:x'] })[field] ?? [];

const everyField = ['p', 'p.k', 'profile.enabled', 'profile.name', 'role.created_at', 'role.name'];

// `|` is the cursor.
test.each([
  ['|', [...everyField, 'not'], ''],
  ['prof|', ['profile.enabled', 'profile.name'], 'prof'],
  ['pro|file.na', ['profile.enabled', 'profile.name'], 'profile.na'],
  ['name|', ['profile.name', 'role.name'], 'name'],
  ['no|', ['not'], 'no'],
  ['profile.enabled |', [':', 'and', 'or'], ''],
  ['role.created_at |', [':', '<', '<=', '>', '>=', 'and', 'or'], ''],
  ['profile.enabled:|', ['true', 'false', '*', '('], ''],
  ['profile.enabled: t|', ['true'], 't'],
  ['role.name: (Ad|', ['Admin', 'Read only'], 'Ad'],
  ['role.name: (Admin or |', ['Admin', 'Read only', 'arn:aws:x', '*', 'not'], ''],
  ['role.name: (Admin or a|', ['Admin', 'arn:aws:x', 'Read only'], 'a'],
  ['role.name: "Read o|"', ['Read only'], '"Read o"'],
  ['role.name: Admin |', ['and', 'or'], ''],
  ['role.name: Admin a|', ['and'], 'a'],
  ['role.name: (Admin) |', ['and', 'or'], ''],
  ['role.name: Admin and |', [...everyField, 'not'], ''],
  ['role.name: Admin AND NOT prof|', ['profile.enabled', 'profile.name'], 'prof'],
  ['(role.n|', ['role.name'], 'role.n'],
  ['p: { |', ['k', 'not'], ''],
  ['p: { k: x } and |', [...everyField, 'not'], ''],
  ['role.created_at >= |', [], ''],
])('%s', (line, labels, replaced) => {
  const cursor = line.indexOf('|');
  const text = line.replace('|', '');
  const { from, to, options } = completeAt(text, cursor, { vocabulary, values });
  expect(options.map(option => option.label)).toEqual(labels);
  expect(text.slice(from, to)).toBe(replaced);
});

test('inserts what needs quotes in quotes', () => {
  const { options } = completeAt('role.name:', 10, { vocabulary, values });
  expect(options.map(option => option.insert)).toEqual(['Admin', '"Read only"', '"arn:aws:x"', '*', '(']);
});
