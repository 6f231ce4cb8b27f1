// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written that way.
import { describe, expect, it } from 'vitest';
import { ABSENT, type ContextValue, contextOf, known } from '../../src/iam/context.ts';
import { decide } from '../../src/iam/decide.ts';
import type { Layer, LayerName, Layers } from '../../src/iam/layer.ts';
import { readPolicy } from '../../src/iam/policy.ts';

type Json = Readonly<Record<string, unknown>>;

const allow = (rest: Json = {}): Json => ({ Effect: 'Allow', Action: '*', Resource: '*', ...rest });
const deny = (rest: Json = {}): Json => ({ ...allow(rest), Effect: 'Deny' });
const ip = { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } };

/** A layer of one policy. */
function layer(name: LayerName, ...statements: readonly Json[]): Layer {
  return { name, policies: [policy(name, ...statements)], complete: true };
}

function policy(name: string, ...Statement: readonly Json[]) {
  return { name, reading: readPolicy({ Version: '2012-10-17', Statement }, 'identity') };
}

interface Asked {
  readonly action?: string;
  readonly resource?: string;
  readonly context?: readonly (readonly [string, ContextValue])[];
}

const BUCKET = 'arn:aws:s3:::bucket';
const OBJECT = 'arn:aws:s3:::bucket/key';

function answer(layers: Layers, { action = 's3:GetObject', resource = OBJECT, context = [] }: Asked = {}) {
  return decide({ action, resource, context: contextOf(context) }, layers);
}

const identity = (...statements: readonly Json[]) => [layer('identity', ...statements)];

describe('one statement', () => {
  it.each<[string, Json, Asked, 'allowed' | 'denied']>([
    ['everything', allow(), {}, 'allowed'],
    ['the action', allow({ Action: 's3:GetObject' }), {}, 'allowed'],
    ['the action in another case', allow({ Action: 'S3:getobject' }), {}, 'allowed'],
    ['asked in another case', allow({ Action: 's3:GetObject' }), { action: 'S3:GETOBJECT' }, 'allowed'],
    ['another action', allow({ Action: 's3:PutObject' }), {}, 'denied'],
    ['two actions in one text', allow({ Action: 's3:GetObject,s3:PutObject' }), {}, 'denied'],
    ['two actions with a space', allow({ Action: 's3:GetObject, s3:PutObject' }), {}, 'denied'],
    ['white space before', allow({ Action: ' s3:GetObject' }), {}, 'denied'],
    ['white space behind', allow({ Action: 's3:* ' }), {}, 'denied'],
    ['NotAction of another', allow({ Action: undefined, NotAction: 's3:PutObject' }), {}, 'allowed'],
    ['NotAction of this', allow({ Action: undefined, NotAction: 's3:get*' }), {}, 'denied'],
    [
      'NotAction with a comma leaves nothing out',
      allow({ Action: undefined, NotAction: 's3:GetObject,x' }),
      {},
      'allowed',
    ],
    ['NotAction of everything', allow({ Action: undefined, NotAction: ['*'] }), {}, 'denied'],
    ['NotAction of everything by service', allow({ Action: undefined, NotAction: ['*:*'] }), {}, 'denied'],
    ['an action that AWS has yet to invent', allow({ Action: 's3:*' }), { action: 's3:GetFuture' }, 'allowed'],
    [
      'NotAction takes in what AWS has yet to invent',
      allow({ Action: undefined, NotAction: 'iam:*' }),
      { action: 'x:Y' },
      'allowed',
    ],
    ['the resource', allow({ Resource: OBJECT }), {}, 'allowed'],
    ['the resource in another case', allow({ Resource: 'arn:aws:s3:::Bucket/key' }), {}, 'denied'],
    ['another resource', allow({ Resource: BUCKET }), {}, 'denied'],
    ['a short ARN', allow({ Resource: 'arn:aws:s3' }), {}, 'allowed'],
    ['a short ARN of another service', allow({ Resource: 'arn:aws:sqs' }), {}, 'denied'],
    ['NotResource of another', allow({ Resource: undefined, NotResource: BUCKET }), {}, 'allowed'],
    ['NotResource of this', allow({ Resource: undefined, NotResource: ['x', 'arn:aws:s3:::bucket/*'] }), {}, 'denied'],
    ['NotResource of everything', allow({ Resource: undefined, NotResource: '*' }), {}, 'denied'],
    ['a Deny', deny(), {}, 'denied'],
  ])('%s', (_, statement, asked, expected) => {
    expect(answer(identity(statement), asked).decision).toBe(expected);
  });

  it.each<[string, Json, 'allowed' | 'denied']>([
    ['a star', allow({ Resource: '*' }), 'allowed'],
    ['stars', allow({ Resource: ['x', '**'] }), 'allowed'],
    ['every ARN', allow({ Resource: 'arn:*' }), 'denied'],
    ['ARNs of the service', allow({ Resource: 'arn:aws:s3:::*' }), 'denied'],
    ['NotResource of an ARN', allow({ Resource: undefined, NotResource: 'arn:aws:s3:::secret' }), 'allowed'],
    ['NotResource of everything', allow({ Resource: undefined, NotResource: '*' }), 'denied'],
  ])('an action without resources: %s', (_, statement, expected) => {
    for (const resource of ['*', ''])
      expect(answer(identity(statement), { action: 's3:ListAllMyBuckets', resource }).decision).toBe(expected);
  });

  it('a Deny on an ARN does not touch an action without resources', () => {
    const layers = identity(allow(), deny({ Resource: 'arn:aws:s3:::*' }));
    expect(answer(layers, { action: 's3:ListAllMyBuckets', resource: '*' }).decision).toBe('allowed');
    expect(answer(layers).decision).toBe('denied');
  });
});

describe('layers', () => {
  const all = (name: LayerName) => layer(name, allow());
  const some = (name: LayerName) => layer(name, allow({ Action: 's3:Get*' }));
  const none = (name: LayerName) => layer(name);
  const other = (name: LayerName) => layer(name, allow({ Action: 'sqs:*' }));

  it.each<[string, Layers, string, LayerName | undefined, string | undefined]>([
    ['none at all', [], 'allowed', undefined, undefined],
    ['identity alone', [all('identity')], 'allowed', undefined, undefined],
    ['an empty identity', [none('identity')], 'denied', 'identity', 'implicit'],
    ['a boundary that allows', [all('identity'), some('boundary')], 'allowed', undefined, undefined],
    ['an empty boundary', [all('identity'), none('boundary')], 'denied', 'boundary', 'implicit'],
    ['a boundary alone', [none('identity'), all('boundary')], 'denied', 'identity', 'implicit'],
    ['an empty session policy', [all('identity'), none('session')], 'denied', 'session', 'implicit'],
    [
      'a session policy for another service',
      [all('identity'), all('boundary'), other('session')],
      'denied',
      'session',
      'implicit',
    ],
    [
      'one SCP level that does not allow',
      [all('identity'), all('scp'), other('scp'), all('scp')],
      'denied',
      'scp',
      'implicit',
    ],
    ['all SCP levels allow', [all('identity'), all('scp'), some('scp')], 'allowed', undefined, undefined],
    ['an RCP that does not allow', [all('identity'), other('rcp')], 'denied', 'rcp', 'implicit'],
    [
      'a Deny in the session policy',
      [all('identity'), layer('session', allow(), deny())],
      'denied',
      'session',
      'explicit',
    ],
    ['a Deny against an implicit one', [none('identity'), layer('boundary', deny())], 'denied', 'boundary', 'explicit'],
    [
      'a Deny of something else',
      [layer('identity', allow(), deny({ Action: 'sqs:*' }))],
      'allowed',
      undefined,
      undefined,
    ],
  ])('%s', (_, layers, decision, at, denial) => {
    expect(answer(layers)).toMatchObject({ decision, layer: at, denial });
  });

  it('policies of one layer are a union', () => {
    const layers: Layers = [
      all('identity'),
      {
        name: 'session',
        policies: [policy('a', allow({ Action: 'sqs:*' })), policy('b', allow({ Action: 's3:*' }))],
        complete: true,
      },
    ];
    expect(answer(layers)).toMatchObject({
      decision: 'allowed',
      statements: [{ policy: 'identity' }, { policy: 'b' }],
    });
  });

  it('names the statements that decide', () => {
    const allowing = answer([
      layer('identity', allow({ Sid: 'other', Action: 'x:Y' }), allow({ Sid: 'this' })),
      all('session'),
    ]);
    expect(allowing.statements.map(({ layer, statement: { sid, at } }) => [layer, sid, at])).toEqual([
      ['identity', 'this', 1],
      ['session', undefined, 0],
    ]);
    const denying = answer([layer('identity', allow(), deny({ Sid: 'no' }), deny({ Action: 'x:Y' }))]);
    expect(denying.statements.map(({ statement }) => statement.sid)).toEqual(['no']);
    expect(answer([none('identity')]).statements).toEqual([]);
  });
});

describe('conditions', () => {
  it.each<[string, Layers, ContextValue | undefined, string]>([
    ['holds', identity(allow({ Condition: ip })), known('10.1.1.1'), 'allowed'],
    ['does not hold', identity(allow({ Condition: ip })), known('11.1.1.1'), 'denied'],
    ['has no key', identity(allow({ Condition: ip })), ABSENT, 'denied'],
    ['is not known', identity(allow({ Condition: ip })), undefined, 'conditional'],
    ['is not known, beside one that needs none', identity(allow({ Condition: ip }), allow()), undefined, 'allowed'],
    ['of a Deny holds', identity(allow(), deny({ Condition: ip })), known('10.1.1.1'), 'denied'],
    ['of a Deny does not hold', identity(allow(), deny({ Condition: ip })), known('11.1.1.1'), 'allowed'],
    ['of a Deny is not known', identity(allow(), deny({ Condition: ip })), undefined, 'conditional'],
    ['of a Deny is not known, and nothing allows', identity(deny({ Condition: ip })), undefined, 'denied'],
    [
      'of an Allow is not known, and another layer denies',
      [...identity(allow({ Condition: ip })), layer('session', deny())],
      undefined,
      'denied',
    ],
    ['of an unknown operator', identity(allow({ Condition: { StringMatches: { k: 'x' } } })), undefined, 'conditional'],
  ])('%s', (_, layers, sourceIp, decision) => {
    const context = sourceIp === undefined ? [] : [['aws:SourceIp', sourceIp] as const];
    expect(answer(layers, { context }).decision).toBe(decision);
  });

  it('names what it hangs on, and in which layer', () => {
    const layers = [
      layer('identity', allow({ Condition: ip }), deny({ Condition: { Bool: { 'aws:SecureTransport': 'false' } } })),
      layer('session', allow()),
    ];
    expect(answer(layers)).toMatchObject({
      decision: 'conditional',
      layer: 'identity',
      denial: undefined,
      missing: [],
      conditional: [
        { layer: 'identity', policy: 'identity', effect: 'Allow', operator: 'IpAddress', key: 'aws:SourceIp' },
        { layer: 'identity', policy: 'identity', effect: 'Deny', operator: 'Bool', key: 'aws:SecureTransport' },
      ],
    });
  });

  it.each<[string, Json, ContextValue | undefined, string]>([
    ['known', allow({ Resource: 'arn:aws:s3:::bucket/${aws:PrincipalTag/t}' }), known('key'), 'allowed'],
    ['another', allow({ Resource: 'arn:aws:s3:::bucket/${aws:PrincipalTag/t}' }), known('other'), 'denied'],
    ['a star', allow({ Resource: 'arn:aws:s3:::bucket/${aws:PrincipalTag/t}' }), known('*'), 'denied'],
    ['absent', allow({ Resource: 'arn:aws:s3:::bucket/${aws:PrincipalTag/t}' }), ABSENT, 'denied'],
    ['not known', allow({ Resource: 'arn:aws:s3:::bucket/${aws:PrincipalTag/t}' }), undefined, 'conditional'],
    ['not known, of another bucket', allow({ Resource: 'arn:aws:s3:::x/${aws:PrincipalTag/t}' }), undefined, 'denied'],
    [
      'absent in NotResource',
      allow({ Resource: undefined, NotResource: 'arn:aws:s3:::bucket/${aws:PrincipalTag/t}' }),
      ABSENT,
      'allowed',
    ],
    [
      'not known in NotResource',
      allow({ Resource: undefined, NotResource: 'arn:aws:s3:::bucket/${aws:PrincipalTag/t}' }),
      undefined,
      'conditional',
    ],
  ])('a variable that is %s', (_, statement, tag, decision) => {
    const context = tag === undefined ? [] : [['aws:PrincipalTag/t', tag] as const];
    expect(answer(identity(statement), { context }).decision).toBe(decision);
  });
});

describe('policies that are not known', () => {
  const hidden = { name: 'arn:aws:iam::111122223333:policy/hidden', reading: undefined };
  const broken = { name: 'broken', reading: readPolicy('{"Statement":[{"Effect":"Allow"}]}') };
  const withPolicies = (name: LayerName, policies: Layer['policies'], complete = true): Layer => ({
    name,
    policies,
    complete,
  });

  it.each<[string, Layers, string, readonly string[]]>([
    ['one that was not read', [withPolicies('identity', [hidden])], 'unknown', [hidden.name]],
    ['one that may deny', [withPolicies('identity', [policy('p', allow()), hidden])], 'unknown', [hidden.name]],
    [
      'one that cannot be parsed',
      [withPolicies('identity', [broken])],
      'unknown',
      ['broken (the statement has no Action at /Statement/0)'],
    ],
    ['perhaps more', [withPolicies('identity', [], false)], 'unknown', ['other identity policies']],
    [
      'a boundary that was not read',
      [layer('identity', allow()), withPolicies('boundary', [hidden])],
      'unknown',
      [hidden.name],
    ],
    ['denied anyway', [withPolicies('identity', [policy('p', deny()), hidden])], 'denied', []],
    ['denied anyway by another layer', [withPolicies('identity', [hidden]), layer('session')], 'denied', []],
  ])('%s', (_, layers, decision, missing) => {
    expect(answer(layers)).toMatchObject({ decision, missing });
  });
});

it.each(['sts:GetCallerIdentity', 'STS:getcalleridentity'])('%s is always allowed', action => {
  expect(answer([layer('identity', deny()), layer('session')], { action, resource: '*' }).decision).toBe('allowed');
});
