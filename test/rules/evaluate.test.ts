import { describe, expect, it } from 'vitest';
import type { Document, DocumentKind, JsonObject } from '../../src/documents/document.ts';
import type { Gaps } from '../../src/documents/gaps.ts';
import { unseenBody } from '../../src/documents/unseen.ts';
import { evaluate } from '../../src/rules/evaluate.ts';
import type { Rule } from '../../src/rules/rule.ts';
import { readSettings } from '../../src/settings/read.ts';
import { DEFAULTS } from '../../src/settings/settings.ts';
import { eventRule } from './detect/timeline.ts';
import { ruleFrom, ruleText } from './ruleText.ts';

const GRADED = `
[[postern.severity_when]]
query = "profile.name: top"
severity = "critical"
risk_score = 99
[[postern.severity_when]]
query = "profile.roles.count > 1"
severity = "medium"
risk_score = 47`;

function profile(id: string, facts: JsonObject, unknown: readonly string[] = []): Document {
  return {
    kind: 'profile',
    resource: { kind: 'profile', id, name: id, account: '1', region: 'r' },
    body: { kind: 'profile', profile: facts, unknown },
  };
}

const event: Document = {
  kind: 'event',
  resource: { kind: 'event', id: 'e', name: 'x', account: '1', region: 'r' },
  body: { '@timestamp': '2026-01-01T00:00:00.000Z', event: { action: 'x' } },
};
const graded = ruleFrom(ruleText({ after: GRADED }), 'graded.toml');
const ofEvents = ruleFrom(ruleText({ index: 'logs-aws.cloudtrail-*', query: 'event.action: x' }), 'event-x.toml');

const NOTHING_KNOWN = (kind: DocumentKind) => unseenBody(kind, DEFAULTS);
const NO_GAPS: Gaps = { eventsSince: undefined, of: () => [], unseen: NOTHING_KNOWN };

describe('evaluate', () => {
  it('asks each rule of its own kind, worst first, then by rule and resource', () => {
    const documents = [
      event,
      profile('b', { enabled: true }),
      profile('a', { enabled: true }),
      profile('c', { enabled: true, roles: { count: 2 } }),
      profile('d', { enabled: true, name: 'top', roles: { count: 2 } }),
      profile('e', { enabled: false }),
      profile('g', {}, ['profile.enabled']),
      profile('f', {}, ['profile']),
      profile('h', { enabled: true }, ['profile.roles.count']),
    ];
    const { findings, notEvaluated } = evaluate([ofEvents, graded], documents, NO_GAPS);
    expect(
      findings.map(({ rule, severity, riskScore, resource }) => `${severity} ${riskScore} ${rule} ${resource.id}`),
    ).toEqual([
      'critical 99 graded d',
      'medium 47 graded c',
      'low 21 event-x e',
      'low 21 graded a',
      'low 21 graded b',
      'low 21 graded h',
    ]);
    expect(notEvaluated.map(({ rule, resource, missing }) => [rule, resource.id, missing])).toEqual([
      ['graded', 'f', ['profile.enabled']],
      ['graded', 'g', ['profile.enabled']],
    ]);
    expect(evaluate([graded, ofEvents], documents.toReversed(), NO_GAPS)).toEqual({ findings, notEvaluated });
  });

  it('knows a finding again on the next run', () => {
    const id = (rule: Rule, document: Document) => evaluate([rule], [document], NO_GAPS).findings[0]?.id;
    const a = profile('a', { enabled: true });
    expect(id(graded, a)).toBe('67fc9273168f2865');
    expect(id(graded, profile('a', { enabled: true, name: 'x' }))).toBe(id(graded, a));
    expect(id(graded, profile('b', { enabled: true }))).not.toBe(id(graded, a));
    expect(id({ ...graded, id: 'other' }, a)).not.toBe(id(graded, a));
  });

  it('tells when an event happened, and of a resource no time', () => {
    expect(evaluate([ofEvents], [event], NO_GAPS).findings[0]?.time).toBe('2026-01-01T00:00:00.000Z');
    expect(evaluate([graded], [profile('a', { enabled: true })], NO_GAPS).findings[0]).not.toHaveProperty('time');
  });

  it('shows the evidence that there is, in the order asked for', () => {
    const rule = {
      ...graded,
      evidenceFields: ['profile.role_arns', 'profile.name', 'profile.roles.admin', 'profile.enabled'],
    };
    const facts = { enabled: true, role_arns: ['x', 'y'], roles: { admin: ['z'] } };
    expect(evaluate([rule], [profile('a', facts)], NO_GAPS).findings[0]?.evidence).toEqual([
      { field: 'profile.role_arns', value: ['x', 'y'] },
      { field: 'profile.roles.admin', value: 'z' },
      { field: 'profile.enabled', value: true },
    ]);
  });

  it('names all that is unknown where the rule names its field with a wildcard', () => {
    const rule = ruleFrom(ruleText({ query: 'profile.session_policy.*: true' }));
    const { notEvaluated } = evaluate(
      [rule],
      [profile('a', {}, ['profile.session_policy.inline', 'profile.tags'])],
      NO_GAPS,
    );
    expect(notEvaluated[0]?.missing).toEqual(['profile.session_policy.inline', 'profile.tags']);
  });

  it('cannot answer for a place where nobody could look', () => {
    const region = (name: string) => ({ kind: 'profile', id: '*', name: '*', account: '1', region: name }) as const;
    const gaps: Gaps = {
      eventsSince: undefined,
      unseen: NOTHING_KNOWN,
      of: kind =>
        kind === 'profile'
          ? [
              { place: region('b'), operation: 'x:List' },
              { place: region('a'), operation: 'x:List' },
            ]
          : [],
    };
    const { findings, notEvaluated } = evaluate([graded, ofEvents], [profile('p', { enabled: true })], gaps);
    expect(findings).toHaveLength(1);
    expect(notEvaluated).toEqual([
      { rule: 'graded', resource: region('a'), missing: ['x:List'] },
      { rule: 'graded', resource: region('b'), missing: ['x:List'] },
    ]);
  });

  it.each<[query: string, settings: string, places: number]>([
    ['profile.expected.declared: false', '', 0],
    ['profile.expected.declared: false', '[[expect.profile]]\nname = "a"\nregion = "eu-west-1"', 1],
    ['profile.expected.declared: false', '[[expect.role]]\nname = "a"', 0],
    ['profile.expected.differs: * or profile.enabled: false', '', 1],
    ['not profile.expected.declared: true', '', 1],
    ['profile.name: *', '', 1],
  ])('a place matters to %s, with %j: %s', (query, settings, places) => {
    const place = { kind: 'profile', id: '*', name: '*', account: '1', region: 'a' } as const;
    const reading = readSettings(settings);
    if ('problems' in reading) throw new Error(JSON.stringify(reading.problems));
    const gaps: Gaps = {
      ...NO_GAPS,
      unseen: kind => unseenBody(kind, reading.settings),
      of: () => [{ place, operation: 'x:List' }],
    };
    expect(evaluate([ruleFrom(ruleText({ query }))], [], gaps).notEvaluated).toHaveLength(places);
  });

  it('passes over a rule that cannot run', () => {
    const rule: Rule = { ...graded, run: { unsupported: 'x' } };
    expect(evaluate([rule], [profile('a', { enabled: true })], NO_GAPS)).toEqual({ findings: [], notEvaluated: [] });
  });

  it('judges events over time, in the order of their times', () => {
    const at = (minute: number, id: string, user: string): Document => ({
      kind: 'event',
      resource: { kind: 'event', id, name: 'A', account: '1', region: 'r' },
      body: { '@timestamp': `2026-01-01T00:0${minute}:00.000Z`, event: { action: 'A' }, user: { name: user } },
    });
    const timeless: Document = { ...at(0, 'e9', 'ann'), body: { event: { action: 'A' }, user: { name: 'ann' } } };
    const documents = [at(3, 'e3', 'ann'), at(1, 'e1', 'ann'), timeless, at(2, 'e2', 'bob')];
    const rules = [
      eventRule({ type: 'threshold', tables: '[rule.threshold]\nvalue = 3' }),
      eventRule({
        type: 'new_terms',
        tables: '[rule.new_terms]\nvalue = ["user.name"]\n[[rule.new_terms.history_window_start]]\nvalue = "now-1d"',
      }),
      eventRule({
        type: 'eql',
        query: 'sequence with maxspan=5m [any where user.name == "ann"] [any where user.name == "bob"]',
      }),
    ].map((rule, n) => ({ ...rule, id: `r${n}`, evidenceFields: [] }));
    const { findings, notEvaluated } = evaluate(rules, documents, NO_GAPS);
    expect(findings.map(({ rule, resource, evidence }) => [rule, resource.id, evidence])).toEqual([
      [
        'r0',
        'e3',
        [
          { field: 'threshold_result.count', value: 3 },
          { field: 'threshold_result.from', value: '2026-01-01T00:01:00.000Z' },
        ],
      ],
      ['r1', 'e1', [{ field: 'history', value: 'insufficient' }]],
      ['r1', 'e2', [{ field: 'history', value: 'insufficient' }]],
      ['r2', 'e2', [{ field: 'sequence.event_ids', value: ['e1', 'e2'] }]],
    ]);
    expect(notEvaluated).toEqual(
      ['r0', 'r1', 'r2'].map(rule => ({ rule, resource: timeless.resource, missing: ['@timestamp'] })),
    );
    expect(evaluate(rules, documents.toReversed(), NO_GAPS)).toEqual({ findings, notEvaluated });
  });

  it('has one word on an event, however many of its values are new', () => {
    const both: Document = { ...event, body: { ...event.body, user: { name: ['ann', 'bob'] } } };
    const rule = eventRule({
      type: 'new_terms',
      query: 'event.action: x',
      tables: '[rule.new_terms]\nvalue = ["user.name"]\n[[rule.new_terms.history_window_start]]\nvalue = "now-1d"',
    });
    expect(evaluate([rule], [both], NO_GAPS).findings).toHaveLength(1);
  });

  it('is not sure of a field that is in no vocabulary', () => {
    const rule = eventRule({ type: 'query', query: 'event.action: x and host.name: y' });
    expect(evaluate([rule], [event], NO_GAPS)).toMatchObject({
      findings: [],
      notEvaluated: [{ missing: ['host.name'] }],
    });
  });

  it('takes ten thousand documents in its stride', () => {
    const rules = Array.from({ length: 10 }, (_, n) => ({ ...graded, id: `r${n}` }));
    const documents = Array.from({ length: 10_000 }, (_, n) =>
      profile(`${n}`, { enabled: n % 100 === 0, roles: { count: 1 } }),
    );
    expect(evaluate(rules, documents, NO_GAPS).findings).toHaveLength(1000);
  });
});
