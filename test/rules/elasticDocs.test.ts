import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { checkRules } from '../../src/rules/check.ts';
import { REPLAY_LIMITS } from '../../src/rules/replay.ts';
import { eventRule } from './detect/timeline.ts';

/** docs/elastic.md is written by hand. */
const docs = readFileSync(new URL('../../docs/elastic.md', import.meta.url), 'utf8');

it('the example of docs/elastic.md keeps its word', () => {
  const [, example = ''] = /```toml\n([\s\S]*?)```/.exec(docs) ?? [];
  const rule = eventRule({
    type: 'new_terms',
    query: 'event.action: CreateSession',
    tables: `[rule.new_terms]\nvalue = ["user.name"]\n[[rule.new_terms.history_window_start]]\nvalue = "now-7d"\n${example}`,
  });
  expect(checkRules({ rules: [rule] })).toMatchObject([{ problems: [], examples: [{ got: 'no match' }] }]);
});

it('its limits are those of a replay', () => {
  expect(docs).toContain(`| ${REPLAY_LIMITS.events.toLocaleString('en')} events`);
  expect(docs).toContain(`| ${Math.floor(REPLAY_LIMITS.text / 2 ** 20)} million characters`);
  expect(docs).toContain(
    `| ${REPLAY_LIMITS.ids.toLocaleString('en')} to ${(2 * REPLAY_LIMITS.ids).toLocaleString('en')} event ids`,
  );
});
