import type { Rule } from '../../src/rules/rule.ts';
import { eventRule } from '../rules/detect/timeline.ts';

export const named = (id: string, rule: Rule): Rule => ({ ...rule, id });
export const EACH = named('each', eventRule({ type: 'query' }));
export const PAIR = named(
  'pair',
  eventRule({
    type: 'eql',
    query: 'sequence by user.name with maxspan=2h [any where event.action == "A"] [any where event.action == "B"]',
  }),
);
export const THREE = named(
  'three',
  eventRule({
    type: 'threshold',
    tables: '[rule.threshold]\nfield = ["user.name"]\nvalue = 3',
    settings: 'from = "now-65m"\ninterval = "1h"',
  }),
);
export const SELDOM = named(
  'seldom',
  eventRule({
    type: 'query',
    tables:
      '[rule.alert_suppression]\ngroup_by = ["user.name"]\n[rule.alert_suppression.duration]\nvalue = 2\nunit = "h"',
  }),
);
