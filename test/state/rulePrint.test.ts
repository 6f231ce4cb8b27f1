import { describe, expect, it } from 'vitest';
import { rulePrint } from '../../src/state/rulePrint.ts';
import { eventRule } from '../rules/detect/timeline.ts';

const EQL = { type: 'eql', query: 'any where event.action == "A"' };

describe('a rule is another one', () => {
  it.each<[what: string, changed: Parameters<typeof eventRule>[0], isAnother: boolean]>([
    ['by its query', { ...EQL, query: 'any where event.action == "B"' }, true],
    ['by the field of its category', { ...EQL, settings: 'event_category_override = "event.provider"' }, true],
    ['by what breaks ties', { ...EQL, settings: 'tiebreaker_field = "event.id"' }, true],
    ['by how far it looks back', { ...EQL, settings: 'from = "now-30m"' }, true],
    ['by when that ends', { ...EQL, settings: 'to = "now-1m"' }, true],
    ['not by its words', { ...EQL, settings: 'note = "Look again."' }, false],
    ['not by a line end', { ...EQL, query: `${EQL.query}\n` }, false],
  ])('%s', (_, changed, isAnother) => {
    expect(rulePrint(eventRule(changed)) !== rulePrint(eventRule(EQL))).toBe(isAnother);
  });
});
