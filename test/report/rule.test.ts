import { describe, expect, it } from 'vitest';
import { checkText, explainText, rulesText } from '../../src/report/rule.ts';
import type { RuleCheck } from '../../src/rules/check.ts';
import type { Rule } from '../../src/rules/rule.ts';

const query = { text: 'role.admin: true', fields: ['role.admin'], pins: () => undefined, ask: () => 'no' as const };

const FULL: Rule = {
  id: 'role-admin-reachable',
  file: 'rules/posture/role/role-admin-reachable.toml',
  name: 'Role with full access can be entered through Roles Anywhere',
  description:
    'The role allows every action on every resource, and an enabled profile hands it out to whoever holds a certificate.\n\nOne leaked key is then the whole account.',
  severity: 'high',
  riskScore: 73,
  severityWhen: [
    { query: { ...query, text: 'role.reachable: false' }, severity: 'low', riskScore: 21 },
    { query, severity: 'critical', riskScore: 99 },
  ],
  kind: 'role',
  ruleId: undefined,
  type: 'query',
  language: 'kuery',
  queryText: 'role.admin: true\n  and role.reachable: true\n',
  asked: '',
  run: { query },
  suppression: undefined,
  offline: { fieldsNotDerivable: [], unmapped: [], needs: [], notes: [] },
  from: undefined,
  interval: undefined,
  buildingBlock: false,
  maxSignals: undefined,
  timestampOverride: undefined,
  threat: [
    {
      framework: 'MITRE ATT&CK',
      tactic: { id: 'TA0003', name: 'Persistence', reference: 'https://attack.mitre.org/tactics/TA0003/' },
      techniques: [
        {
          id: 'T1098',
          name: 'Account Manipulation',
          reference: 'r',
          subtechniques: [{ id: 'T1098.003', name: 'Additional Cloud Roles', reference: 'r' }],
        },
      ],
    },
  ],
  references: ['https://docs.aws.amazon.com/rolesanywhere/latest/userguide/security.html'],
  falsePositives: ['A break-glass role that is watched.', 'Two paragraphs.\n\nOf one kind.'],
  note: '## Triage\n\n1. Ask who made the profile, from where, and whether this principal sets up Roles Anywhere as a rule.\n2. Look at the sessions.',
  evidenceFields: [],
  fix: {
    text: 'Take it out of the profiles.',
    cli: 'aws rolesanywhere update-profile \\\n  --profile-id {{profile.id}}',
    terraform: undefined,
  },
  blindSpots: ['Service control policies.'],
  examples: [{ name: 'an admin role', expect: 'match', documents: [{ role: { admin: true } }] }],
  upstream: { project: 'elastic/detection-rules', ruleId: 'x', version: '3' },
  tags: ['Domain: Cloud'],
};

const HOSTILE: Rule = {
  ...FULL,
  id: 'bad\u001b[31m',
  name: '::error::x',
  kind: 'event',
  description: 'one\n::error::two\n##vso[x]\u202e',
  run: { unsupported: 'EQL is not supported yet' },
  type: 'eql',
  language: 'eql',
  severityWhen: [],
  threat: [],
  from: 'now-30m',
  interval: '10m',
  ruleId: '1d4c',
};

function check(differs: Partial<RuleCheck> & { readonly rule: string }): RuleCheck {
  return {
    file: `${differs.rule}.toml`,
    rule_id: null,
    name: 'A name',
    type: 'query',
    language: 'kuery',
    status: 'runs',
    reason: null,
    fieldsNotDerivable: [],
    needs: [],
    notes: [],
    unsupported: undefined,
    examples: [],
    problems: [],
    ...differs,
  };
}

/** What a rule over time says of itself beyond the others. */
const OVER_TIME: readonly Rule[] = [
  {
    ...FULL,
    type: 'new_terms',
    run: { query, over: { kind: 'new_terms', fields: ['user.name', 'source.ip'], historyMs: 864_000_000 } },
    buildingBlock: true,
  },
  {
    ...FULL,
    type: 'threshold',
    run: {
      query,
      over: {
        kind: 'threshold',
        fields: ['user.name'],
        value: 10,
        cardinality: { field: 'event.id', value: 5 },
        windowMs: 360_000,
      },
    },
    suppression: { groupBy: [], durationMs: 3_600_000, missing: 'suppress' },
    offline: { fieldsNotDerivable: ['source.as.number'], unmapped: [], needs: ['geoip database'], notes: ['odd'] },
  },
];

describe('the words of rules', () => {
  it.each([
    ['explain', explainText(FULL)],
    ['explain-hostile', explainText(HOSTILE)],
    ['explain-over-time', OVER_TIME.map(explainText).join('\n')],
    ['rules', rulesText([FULL, HOSTILE])],
    [
      'check',
      checkText(
        [
          check({ rule: 'good', examples: [{ name: 'a', expect: 'match', got: 'match' }] }),
          check({
            rule: 'needy',
            needs: ['history of 10d', 'geoip database'],
            fieldsNotDerivable: ['source.as.number'],
            notes: ['host.name is no field\u001b[31m'],
          }),
          check({ rule: 'table', unsupported: 'not runnable offline: ES|QL' }),
          check({ rule: 'bad', problems: ['example "b": expected match, got no match'] }),
        ],
        [
          {
            rule: 'broken',
            file: 'broken.toml',
            line: 3,
            message: 'expected a value\n  severity = \n             ^',
          },
          { rule: 'broken', file: 'broken.toml', line: 9, message: 'rule.query: is missing or empty' },
          { rule: undefined, file: 'nowhere', line: undefined, message: 'cannot be read: ENOENT' },
        ],
      ),
    ],
  ])('%s', async (name, text) => {
    await expect(text).toMatchFileSnapshot(`../goldens/report/${name}.txt`);
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(text).not.toMatch(/^\s*::|##\[|##vso\[/m);
  });
});
