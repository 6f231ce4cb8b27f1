// How long a large account takes to judge, from its snapshot to the findings of all built-in rules.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measurement } from './bundle.mjs';
import { atMost } from './figures.mjs';

const rules = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'rules');

/** 2,000 trust anchors, 2,000 profiles and 5,000 roles; and half of each. */
export async function accountFigures({ folder }) {
  const measure = await measurement('account.entry.ts', { folder });
  const half = measure(rules, 0.5);
  const full = measure(rules, 1);
  const byPattern = measure(rules, 1, 'by pattern');
  const name = `${full.anchors} trust anchors, ${full.profiles} profiles, ${full.roles} roles`;
  return [
    atMost(`${name}, judged by all rules`, full.seconds, 's', 5),
    atMost(`${name}, against half of each`, full.seconds / half.seconds, '×', 2.3),
    atMost(`${name}, with a pattern for all anchors, against one by name`, byPattern.seconds / full.seconds, '×', 1.5),
  ];
}
