import { describe, expect, it } from 'vitest';
import { checkRules } from '../../src/rules/check.ts';
import { readRule } from '../../src/rules/ruleFile.ts';
import { eventRule } from './detect/timeline.ts';
import { NOW, ruleText } from './ruleText.ts';

const NEW_TERMS = (fields: string) =>
  `[rule.new_terms]\nvalue = [${fields}]\n[[rule.new_terms.history_window_start]]\nvalue = "now-10d"`;

describe('what log files cannot tell a rule', () => {
  it.each<[string, Parameters<typeof eventRule>[0], readonly string[], readonly string[]]>([
    ['nothing', { type: 'query', query: 'event.action: A and user.name: x' }, [], []],
    [
      'where an address is',
      { type: 'query', query: 'source.geo.city_name: x and not source.as.organization.name: (y* or z)' },
      ['source.as.organization.name', 'source.geo.city_name'],
      ['geoip database'],
    ],
    [
      'which program',
      { type: 'eql', query: 'any where user_agent.name == "x"' },
      ['user_agent.name'],
      ['user agent parser'],
    ],
    [
      'what digests and Insights hold',
      {
        type: 'query',
        query: 'aws.cloudtrail.flattened.digest.s3_bucket: x or aws.cloudtrail.flattened.insight_details.state: End',
      },
      ['aws.cloudtrail.flattened.digest.s3_bucket', 'aws.cloudtrail.flattened.insight_details.state'],
      [],
    ],
    ['what the agent says is told', { type: 'query', query: 'user_agent.original: *x*' }, [], []],
    ['when it was ingested', { type: 'query', query: 'event.ingested > now-1d' }, ['event.ingested'], ['ingest times']],
    ['not the time it goes by', { type: 'query', settings: 'timestamp_override = "event.ingested"' }, [], []],
    [
      'fields behind a wildcard',
      { type: 'query', query: 'source.as.*: x' },
      ['source.as.number', 'source.as.organization.name'],
      ['geoip database'],
    ],
    ['what was before', { type: 'new_terms', tables: NEW_TERMS('"user.name"') }, [], ['history of 10d']],
    [
      'new values of such a field',
      { type: 'new_terms', tables: NEW_TERMS('"user.name", "source.as.number"') },
      ['source.as.number'],
      ['history of 10d', 'geoip database'],
    ],
    [
      'what a threshold counts',
      {
        type: 'threshold',
        tables:
          '[rule.threshold]\nfield = []\nvalue = 1\n[[rule.threshold.cardinality]]\nfield = "source.geo.country_name"\nvalue = 3',
      },
      ['source.geo.country_name'],
      ['geoip database'],
    ],
    [
      'what it is grouped by',
      { type: 'query', tables: '[rule.alert_suppression]\ngroup_by = ["source.as.number"]' },
      ['source.as.number'],
      ['geoip database'],
    ],
    [
      'how a sequence is joined',
      {
        type: 'eql',
        query: 'sequence by source.as.number [any where event.action == "A"] [any where event.action == "B"]',
      },
      ['source.as.number'],
      ['geoip database'],
    ],
    [
      'data events',
      { type: 'query', query: 'event.provider: s3.amazonaws.com and event.action: GetObject' },
      [],
      ['data events'],
    ],
    ['data events of any service', { type: 'query', query: 'event.action: (Foo or GetObject)' }, [], ['data events']],
    [
      'a name that is a data event elsewhere',
      { type: 'query', query: 'event.provider: x.amazonaws.com and event.action: Query' },
      [],
      [],
    ],
    [
      'any event of a service that has some',
      { type: 'query', query: 'event.provider: s3.amazonaws.com' },
      [],
      ['data events'],
    ],
    [
      'of such a service, but none of those',
      { type: 'query', query: 'event.provider: lambda.amazonaws.com and event.action: AddPermission*' },
      [],
      [],
    ],
    [
      'of such a service, by a pattern',
      { type: 'eql', query: 'any where event.provider == "lambda.amazonaws.com" and event.action like "Inv*"' },
      [],
      ['data events'],
    ],
    ['any event of any service', { type: 'query', query: 'aws.cloudtrail.user_identity.type: Root' }, [], []],
    [
      'data events in one step',
      {
        type: 'eql',
        query: 'sequence by user.name [any where event.action == "A"] [any where event.action == "PutObject"]',
      },
      [],
      ['data events'],
    ],
  ])('%s', (_, made, fields, needs) => {
    const { offline } = eventRule(made);
    expect({ fields: offline.fieldsNotDerivable, needs: offline.needs }).toEqual({ fields, needs });
  });

  it('is nothing for a rule about resources, and for one that does not run', () => {
    expect(eventRule({ type: 'esql', query: 'from x' }).offline).toEqual({
      fieldsNotDerivable: [],
      unmapped: [],
      needs: [],
      notes: [],
    });
  });
});

describe('a field that is in no vocabulary', () => {
  it.each<[string, Parameters<typeof eventRule>[0], readonly string[]]>([
    ['in a query', { type: 'query', query: 'event.action: A and host.os.type: linux' }, ['host.os.type']],
    [
      'of no type: numbers, addresses, patterns',
      { type: 'query', query: 'host.a > 3 or host.b: "10.0.0.0/8" or host.c: x*' },
      ['host.a', 'host.b', 'host.c'],
    ],
    [
      'in EQL',
      { type: 'eql', query: 'any where kibana.alert.x == "y" or stringContains(host.os.type, "z")' },
      ['host.os.type', 'kibana.alert.x'],
    ],
    [
      'as a category',
      { type: 'eql', query: 'file where true', settings: 'event_category_override = "host.kind"' },
      ['host.kind'],
    ],
    ['as a term', { type: 'new_terms', tables: NEW_TERMS('"host.x"') }, ['host.x']],
    ['as a group', { type: 'query', tables: '[rule.alert_suppression]\ngroup_by = ["host.x"]' }, ['host.x']],
  ])('is a note in a foreign rule: %s', (_, made, fields) => {
    const { run, offline } = eventRule(made);
    expect(run).not.toHaveProperty('unsupported');
    expect(offline.unmapped).toEqual(fields);
    expect(offline.fieldsNotDerivable).toEqual(fields);
    expect([...offline.notes].sort()).toEqual(
      fields.map(field => `${field} is no field that Postern knows: where it decides, the rule is not evaluated`),
    );
  });

  it('with what may be meant', () => {
    expect(eventRule({ type: 'query', query: 'event.actoin: A' }).offline.notes).toEqual([
      'event.actoin is no field that Postern knows (did you mean event.action?): where it decides, the rule is not evaluated',
    ]);
  });

  const made = { index: 'logs-aws.cloudtrail-*' };
  it.each<[string, string, RegExp]>([
    [
      'in its query',
      ruleText({ ...made, query: 'event.actoin: A' }),
      /There is no field "event.actoin"[\s\S]*event.action/,
    ],
    [
      'in EQL',
      ruleText({ ...made, query: 'any where event.actoin == "A"' })
        .replace('"query"', '"eql"')
        .replace('"kuery"', '"eql"'),
      /There is no field "event.actoin"/,
    ],
    [
      'as a term',
      ruleText({ ...made, query: 'event.action: A', after: NEW_TERMS('"usr.name"') }).replace('"query"', '"new_terms"'),
      /^rule.new_terms.value: there is no field "usr.name"\nDid you mean user.name/,
    ],
    [
      "in a foreign rule about Postern's own documents",
      ruleText({ query: 'profile.enabld: true', rule: 'rule_id = "x"' }),
      /There is no field "profile.enabld"/,
    ],
  ])('is a problem in a rule of our own: %s', (_, text, message) => {
    const reading = readRule({ file: 'f.toml', text }, NOW);
    expect('problems' in reading && reading.problems.map(problem => problem.message)).toEqual([
      expect.stringMatching(message),
    ]);
  });
});

describe('notes', () => {
  it.each<[string, Parameters<typeof eventRule>[0], readonly RegExp[]]>([
    [
      'a pattern in a flattened field',
      { type: 'query', query: 'aws.cloudtrail.flattened.request_parameters.key: */x' },
      [/^aws.cloudtrail.flattened.request_parameters.key is a flattened field/],
    ],
    [
      'in a list, once',
      { type: 'query', query: 'not aws.cloudtrail.flattened.request_parameters.key: (*x or *y)' },
      [/is a flattened field/],
    ],
    [
      'no pattern, or only whether it is there',
      { type: 'query', query: 'aws.cloudtrail.flattened.request_parameters.key: (x or *)' },
      [],
    ],
    [
      'in EQL',
      { type: 'eql', query: 'any where aws.cloudtrail.flattened.request_parameters.key like "*x"' },
      [/is a flattened field/],
    ],
    [
      'in EQL, no pattern',
      { type: 'eql', query: 'any where aws.cloudtrail.flattened.request_parameters.key : "x"' },
      [],
    ],
    [
      'stringContains with a star',
      { type: 'eql', query: 'any where not stringContains(aws.cloudtrail.request_parameters, "a=[*]")' },
      [/^stringContains\(aws.cloudtrail.request_parameters, "a=\[\*\]"\) is a pattern/],
    ],
    [
      'stringContains with a back slash',
      { type: 'eql', query: String.raw`any where stringContains(user.name, "a=\\*")` },
      [/is a pattern/],
    ],
    ['stringContains without', { type: 'eql', query: 'any where stringContains(user.name, "a=b")' }, []],
    [
      'stringContains without case is no pattern',
      { type: 'eql', query: 'any where stringContains~(user.name, "a*b")' },
      [],
    ],
    [
      'in a step',
      {
        type: 'eql',
        query: 'sequence [any where stringContains(user.name, "a*")] [any where true]',
      },
      [/is a pattern/],
    ],
    [
      'a sequence that takes longer than Elastic looks back',
      { type: 'eql', query: 'sequence by user.name with maxspan=15m [any where true] [any where false]' },
      [/^the sequence may take longer than Elastic looks back \(from = "now-6m"\)/],
    ],
    [
      'a sequence that does not',
      {
        type: 'eql',
        query: 'sequence by user.name with maxspan=15m [any where true] [any where false]',
        settings: 'from = "now-15m"',
      },
      [],
    ],
    [
      'a value that its field cannot hold',
      { type: 'query', query: 'source.as.number: x' },
      [/^matches nothing there: .*source.as.number/],
    ],
  ])('%s', (_, made, notes) => {
    expect(eventRule(made).offline.notes).toEqual(notes.map(note => expect.stringMatching(note)));
  });
});

it('a check tells all of it', () => {
  const rule = eventRule({
    type: 'new_terms',
    tables: NEW_TERMS('"source.as.number"'),
    query: 'event.action: A and host.x: *',
  });
  expect(checkRules({ rules: [rule] })).toEqual([
    {
      rule: 'some-rule',
      file: 'some-rule.toml',
      rule_id: 'x',
      name: 'A name',
      type: 'new_terms',
      language: 'kuery',
      status: 'runs',
      reason: null,
      fieldsNotDerivable: ['host.x', 'source.as.number'],
      needs: ['history of 10d', 'geoip database'],
      notes: ['host.x is no field that Postern knows: where it decides, the rule is not evaluated'],
      unsupported: undefined,
      examples: [],
      problems: [],
    },
  ]);
  expect(checkRules({ rules: [eventRule({ type: 'esql', query: 'from x' })] })).toMatchObject([
    { status: 'not runnable offline', reason: 'not runnable offline: ES|QL', language: 'esql' },
  ]);
});
