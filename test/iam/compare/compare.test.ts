import { describe, expect, it } from 'vitest';
import { budgetOf } from '../../../src/iam/budget.ts';
import { type Comparison, compareAccess } from '../../../src/iam/compare/compare.ts';
import type { LayerName, Layers } from '../../../src/iam/layer.ts';
import { type PolicyReading, readPolicy } from '../../../src/iam/policy.ts';

type Words = string | readonly string[];

function allow(Action: Words, Resource: Words = '*', Condition?: object) {
  return { Effect: 'Allow', Action, Resource, ...(Condition && { Condition }) };
}

function deny(Action: Words, Resource: Words = '*', Condition?: object) {
  return { ...allow(Action, Resource, Condition), Effect: 'Deny' };
}

function layer(name: LayerName, ...statements: readonly object[]): Layers[number] {
  const reading = readPolicy({ Version: '2012-10-17', Statement: statements });
  if (reading.kind !== 'parsed') throw new Error(reading.reason);
  return { name, policies: [{ name: 'p', reading }], complete: true };
}

function identity(...statements: readonly object[]): Layers {
  return [layer('identity', ...statements)];
}

/** `new s3:GetObject arn:…`, `new …, where not aws:SourceIp`, `nothing new`, or `not known`. */
function said({ newAccess, witness }: Comparison): string {
  if (newAccess === undefined) return 'not known';
  if (!newAccess || witness === undefined) return 'nothing new';
  const where = witness.conditions.map(({ condition, holds }) => `${holds ? 'where' : 'where not'} ${condition.key}`);
  return [`new ${witness.action} ${witness.resource}`, ...where].join(', ');
}

const S3 = 's3:GetObject';
const BUCKET = 'arn:aws:s3:::b';
const [ONE, TWO] = [
  { StringEquals: { 'aws:PrincipalAccount': '1' } },
  { StringEquals: { 'aws:PrincipalAccount': '2' } },
];
const NOT_ONE = { StringNotEquals: { 'aws:PrincipalAccount': '1' } };
const inKey = (operator: string, value: unknown, key = 'aws:PrincipalArn') => ({ [operator]: { [key]: value } });
const source = (value: Words) => inKey('IpAddress', value, 'aws:SourceIp');

describe('compareAccess', () => {
  describe.each<[string, readonly (readonly [string, Layers, Layers, string])[]]>([
    [
      'actions',
      [
        ['text or list', identity(allow(S3)), identity(allow([S3])), 'nothing new'],
        ['case of actions', identity(allow('S3:GETOBJECT')), identity(allow('s3:getobject')), 'nothing new'],
        ['fewer', identity(allow('s3:*')), identity(allow('s3:Get*')), 'nothing new'],
        [
          'more',
          identity(allow('s3:Get*')),
          identity(allow([S3, 's3:DeleteObject'], `${BUCKET}/*`)),
          `new s3:DeleteObject ${BUCKET}/x`,
        ],
        [
          'in two statements',
          identity(allow('s3:*'), allow('sqs:*')),
          identity(allow(['s3:*', 'sqs:*'])),
          'nothing new',
        ],
        ['order', identity(allow('s3:*'), deny('sqs:*')), identity(deny('sqs:*'), allow('s3:*')), 'nothing new'],
        ['nothing at all', identity(), identity(), 'nothing new'],
        [
          'NotAction of everything grants nothing',
          identity(),
          identity({ ...allow('*'), Action: undefined, NotAction: '*' }),
          'nothing new',
        ],
        [
          'NotAction',
          identity(allow('*'), deny('iam:*')),
          identity({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }),
          'nothing new',
        ],
        [
          'NotAction with one more',
          identity({ Effect: 'Allow', NotAction: ['iam:*', 'sts:*'], Resource: '*' }),
          identity({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }),
          'new sts:AssumeRole arn:aws:iam::x:role/x',
        ],
        ['GetCallerIdentity is always allowed', identity(), identity(allow('sts:GetCallerIdentity')), 'nothing new'],
        [
          'an action that AWS does not document',
          identity(allow('s3:*')),
          identity(allow('deeplens:ListDevices')),
          'new deeplens:ListDevices *',
        ],
        [
          'a wildcard-only action needs a star',
          identity(allow('*', 'arn:aws:s3:::*')),
          identity(allow('s3:ListAllMyBuckets')),
          'new s3:ListAllMyBuckets *',
        ],
        [
          'an ARN does not grant a wildcard-only action',
          identity(),
          identity(allow('s3:ListAllMyBuckets', 'arn:aws:s3:::*')),
          'nothing new',
        ],
        [
          'NotResource grants a wildcard-only action',
          identity(),
          identity({ Effect: 'Allow', Action: 's3:ListAllMyBuckets', NotResource: 'arn:aws:s3:::b' }),
          'new s3:ListAllMyBuckets *',
        ],
      ],
    ],
    [
      'actions that AWS may yet invent',
      [
        ['of a service', identity(allow(['x:A', 'x:B'])), identity(allow('x:*')), 'new x:z *'],
        [
          'of a service, next to the name that one would make up',
          identity(allow('nowhere:x')),
          identity(allow('nowhere:*')),
          'new nowhere:y *',
        ],
        [
          'of any service',
          identity({ Effect: 'Allow', NotAction: 'nowhere:*', Resource: '*' }),
          identity(allow('*')),
          'new nowhere:x *',
        ],
        [
          'between two patterns',
          identity(allow('nowhere:*'), deny('nowhere:*z')),
          identity(allow('nowhere:*'), deny('nowhere:a*z')),
          'new nowhere:xz *',
        ],
        [
          'at the meeting of two layers',
          identity(allow('nowhere:a')),
          [layer('identity', allow('nowhere:a*')), layer('boundary', allow('nowhere:*b'))],
          'new nowhere:ab *',
        ],
        [
          'all of them',
          identity(allow(['nowhere:a*', 'nowhere:b*'])),
          identity(allow(['nowhere:ab*', 'nowhere:b'])),
          'nothing new',
        ],
      ],
    ],
    [
      'resources',
      [
        [
          'case of resources',
          identity(allow(S3, `${BUCKET}/a`)),
          identity(allow(S3, `${BUCKET}/A`)),
          `new ${S3} ${BUCKET}/A`,
        ],
        [
          'a part',
          identity(allow(S3, `${BUCKET}/*`)),
          identity(allow(S3, [`${BUCKET}/a*`, `${BUCKET}/?`])),
          'nothing new',
        ],
        [
          'the whole of an action, in parts',
          identity(allow(S3, ['arn:aws*:s3:*', 'arn:*'])),
          identity(allow(S3)),
          'nothing new',
        ],
        [
          'NotResource',
          identity(allow(S3), deny(S3, `${BUCKET}/*`)),
          identity({ Effect: 'Allow', Action: S3, NotResource: `${BUCKET}/*` }),
          'nothing new',
        ],
        [
          'less of NotResource',
          identity({ Effect: 'Allow', Action: S3, NotResource: `${BUCKET}/*` }),
          identity({ Effect: 'Allow', Action: S3, NotResource: `${BUCKET}/a*` }),
          `new ${S3} ${BUCKET}/x`,
        ],
        [
          'Deny of NotResource',
          identity(allow(S3), { Effect: 'Deny', Action: S3, NotResource: `${BUCKET}/*` }),
          identity(allow(S3, `${BUCKET}/a/*`)),
          'nothing new',
        ],
        [
          "the account's star stops at the colon",
          identity(allow('ecs:RunTask', 'arn:aws:ecs:us-east-1:*:task-definition/web:*')),
          identity(allow('ecs:RunTask', 'arn:aws:ecs:us-east-1:1:task-definition/db:task-definition/web:1')),
          'new ecs:RunTask arn:aws:ecs:us-east-1:1:task-definition/db:task-definition/web:1',
        ],
        [
          'a short ARN goes on',
          identity(allow('sqs:SendMessage', 'arn:aws:sqs')),
          identity(allow('sqs:SendMessage', 'arn:aws:sqs:x:1:q')),
          'nothing new',
        ],
        [
          'only the ARNs that the action has',
          identity(),
          identity(allow('iam:GetRole', 'arn:aws:s3:::b')),
          'nothing new',
        ],
      ],
    ],
    [
      'Deny',
      [
        ['added', identity(allow('s3:*')), identity(allow('s3:*'), deny(S3)), 'nothing new'],
        ['removed', identity(allow('s3:*'), deny(S3, `${BUCKET}/*`)), identity(allow('s3:*')), `new ${S3} ${BUCKET}/x`],
        [
          'narrowed',
          identity(allow('s3:*'), deny(S3, `${BUCKET}/*`)),
          identity(allow('s3:*'), deny(S3, `${BUCKET}/a*`)),
          `new ${S3} ${BUCKET}/x`,
        ],
        ['of what was not allowed', identity(allow('s3:*'), deny('sqs:*')), identity(allow('s3:*')), 'nothing new'],
        [
          'in another layer',
          [layer('identity', allow('s3:*')), layer('boundary', allow('*'), deny(S3))],
          identity(allow('s3:*'), deny(S3)),
          'nothing new',
        ],
        [
          'with a condition that the other lacks',
          identity(allow('s3:*'), deny('s3:*', '*', ONE)),
          identity(allow('s3:*')),
          'new s3:AbortMultipartUpload arn:aws:s3:::x/x, where aws:PrincipalAccount',
        ],
      ],
    ],
    [
      'layers',
      [
        [
          'a boundary added',
          identity(allow('*')),
          [layer('identity', allow('*')), layer('boundary', allow('s3:*'))],
          'nothing new',
        ],
        [
          'a boundary removed',
          [layer('identity', allow(S3, `${BUCKET}/*`)), layer('boundary', allow('sqs:*'))],
          identity(allow(S3, `${BUCKET}/*`)),
          `new ${S3} ${BUCKET}/x`,
        ],
        [
          'a session policy as wide as the role',
          identity(allow('s3:*')),
          [layer('identity', allow('s3:*')), layer('session', allow('*'))],
          'nothing new',
        ],
        [
          'the same the other way round',
          [layer('identity', allow('s3:*')), layer('session', allow('*'))],
          identity(allow('s3:*')),
          'nothing new',
        ],
        [
          'layers that never meet',
          identity(),
          [layer('identity', allow('s3:*')), layer('session', allow('sqs:*'))],
          'nothing new',
        ],
        [
          'layers that meet',
          identity(),
          [layer('identity', allow(S3, `${BUCKET}/a*`)), layer('session', allow(S3, `${BUCKET}/*b`))],
          `new ${S3} ${BUCKET}/ab`,
        ],
        ['an empty layer leaves nothing', identity(), [layer('identity', allow('*')), layer('scp')], 'nothing new'],
        ['no layer bounds nothing', identity(allow('s3:*')), [], 'new a2c:GetContainerizationJobDetails *'],
        ['against no layer at all', [], identity(allow('*')), 'nothing new'],
      ],
    ],
    [
      'conditions',
      [
        ['added', identity(allow(S3)), identity(allow(S3, '*', ONE)), 'nothing new'],
        [
          'removed',
          identity(allow(S3, '*', ONE)),
          identity(allow(S3, `${BUCKET}/a`)),
          `new ${S3} ${BUCKET}/a, where not aws:PrincipalAccount`,
        ],
        ['both halves', identity(allow(S3, '*', ONE), allow(S3, '*', NOT_ONE)), identity(allow(S3)), 'nothing new'],
        [
          'both halves of a Deny',
          identity(allow(S3), deny(S3, '*', ONE)),
          identity(allow(S3, '*', NOT_ONE)),
          'nothing new',
        ],
        [
          'Allow but not another value',
          identity(allow(S3), deny(S3, '*', ONE)),
          identity(allow(S3, '*', TWO)),
          'nothing new',
        ],
        [
          'another value',
          identity(allow(S3, '*', ONE)),
          identity(allow(S3, `${BUCKET}/a`, TWO)),
          `new ${S3} ${BUCKET}/a, where aws:PrincipalAccount, where not aws:PrincipalAccount`,
        ],
        [
          'several values of a key that may have many',
          identity(allow(S3), deny(S3, '*', inKey('StringEquals', 'a', 'aws:TagKeys'))),
          identity(allow(S3, `${BUCKET}/a`, inKey('StringEquals', 'b', 'aws:TagKeys'))),
          `new ${S3} ${BUCKET}/a, where aws:TagKeys, where aws:TagKeys`,
        ],
        [
          'case of keys',
          identity(allow(S3, '*', ONE)),
          identity(allow(S3, '*', inKey('StringEquals', '1', 'AWS:principalACCOUNT'))),
          'nothing new',
        ],
        [
          'Null is the absence of the key',
          identity(allow(S3, '*', inKey('Null', 'true')), allow(S3, '*', inKey('Null', 'false'))),
          identity(allow(S3)),
          'nothing new',
        ],
        [
          'a value is a presence',
          identity(allow(S3, '*', inKey('Null', 'false'))),
          identity(allow(S3, '*', inKey('StringLike', 'a*'))),
          'nothing new',
        ],
        [
          'IfExists',
          identity(allow(S3, '*', inKey('StringEqualsIfExists', 'a'))),
          identity(allow(S3, '*', inKey('StringEquals', 'a'))),
          'nothing new',
        ],
        [
          'without IfExists',
          identity(allow(S3, '*', inKey('StringEquals', 'a'))),
          identity(allow(S3, `${BUCKET}/a`, inKey('StringEqualsIfExists', 'a'))),
          `new ${S3} ${BUCKET}/a, where aws:PrincipalArn, where not aws:PrincipalArn`,
        ],
        [
          'StringLike holds more',
          identity(allow(S3, '*', inKey('StringLike', 'a*'))),
          identity(allow(S3, '*', inKey('StringEquals', ['a', 'ab']))),
          'nothing new',
        ],
        [
          'ArnLike stops at colons',
          identity(allow(S3, '*', inKey('ArnLike', 'arn:aws:iam::*:role/*'))),
          identity(allow(S3, `${BUCKET}/a`, inKey('StringLike', 'arn:aws:iam::*:role/*'))),
          `new ${S3} ${BUCKET}/a, where aws:PrincipalArn, where not aws:PrincipalArn`,
        ],
        [
          'a range that is none',
          identity(allow(S3, '*', source(['0/0', '167772160/8', '10/8']))),
          identity(allow(S3, '*', source('10.0.0.0/8'))),
          'not known',
        ],
        [
          'ranges of addresses',
          identity(allow(S3, '*', source(['10.0.0.0/9', '10.128.0.0/9']))),
          identity(allow(S3, '*', source('10.0.0.0/8'))),
          'nothing new',
        ],
        [
          'a range too wide',
          identity(allow(S3, '*', source('10.0.0.0/9'))),
          identity(allow(S3, `${BUCKET}/a`, source('10.0.0.0/8'))),
          `new ${S3} ${BUCKET}/a, where aws:SourceIp, where not aws:SourceIp`,
        ],
        [
          'numbers',
          identity(allow(S3, '*', inKey('NumericLessThan', '10'))),
          identity(allow(S3, '*', inKey('NumericLessThanEquals', ['3', '9.5']))),
          'nothing new',
        ],
        [
          'dates',
          identity(allow(S3, '*', inKey('DateLessThan', '2026-01-01', 'aws:CurrentTime'))),
          identity(allow(S3, `${BUCKET}/a`, inKey('DateLessThanEquals', '2026-01-01T00:00:00Z', 'aws:CurrentTime'))),
          `new ${S3} ${BUCKET}/a, where aws:CurrentTime, where not aws:CurrentTime`,
        ],
        [
          'Bool, in any case',
          identity(allow(S3, '*', inKey('Bool', 'true', 'aws:SecureTransport'))),
          identity(allow(S3, '*', inKey('Bool', 'True', 'aws:SecureTransport'))),
          'nothing new',
        ],
        [
          'an operator that nobody knows, on both sides',
          identity(allow(S3, '*', inKey('StringIs', 'a'))),
          identity(allow([S3], '*', inKey('StringIs', 'a'))),
          'nothing new',
        ],
        [
          'an operator that nobody knows',
          identity(allow(S3, '*', inKey('StringIs', 'a'))),
          identity(allow(S3)),
          'not known',
        ],
        ['of statements in each other’s way', identity(...parity(3)), identity(allow(S3)), 'nothing new'],
        [
          'of all but one of those',
          identity(...parity(3).slice(1)),
          identity(allow(S3, `${BUCKET}/a`)),
          `new ${S3} ${BUCKET}/a, where not t:0, where not t:1, where not t:2`,
        ],
      ],
    ],
    [
      'policy variables',
      [
        [
          'the same',
          identity(allow(S3, `${BUCKET}/\${aws:username}/*`)),
          identity(allow(S3, `${BUCKET}/\${AWS:UserName}/a`)),
          'nothing new',
        ],
        [
          'instead of a star',
          identity(allow(S3, `${BUCKET}/*`)),
          identity(allow(S3, `${BUCKET}/\${aws:username}/a`)),
          'nothing new',
        ],
        [
          'a star instead',
          identity(allow(S3, `${BUCKET}/\${aws:username}/*`)),
          identity(allow(S3, `${BUCKET}/*`)),
          `new ${S3} ${BUCKET}/x`,
        ],
        [
          'another',
          identity(allow(S3, `${BUCKET}/\${aws:username}/*`)),
          identity(allow(S3, `${BUCKET}/\${aws:userid}/a`)),
          `new ${S3} ${BUCKET}/\${aws:userid}/a`,
        ],
        [
          'a Deny that may be of that value',
          identity(allow(S3), deny(S3, `${BUCKET}/\${aws:username}`)),
          identity(allow(S3, `${BUCKET}/a`)),
          'not known',
        ],
        [
          'a letter of its name, which its value may lack',
          identity(),
          identity(allow(S3, `${BUCKET}/\${aws:username}`), deny(S3, `${BUCKET}/*a*`)),
          `new ${S3} ${BUCKET}/\${aws:username}`,
        ],
        [
          'in a condition',
          identity(allow(S3, '*', inKey('StringEquals', `\${aws:username}`))),
          identity(
            allow(S3, '*', inKey('StringEquals', `\${aws:username}`)),
            allow(S3, `${BUCKET}/a`, inKey('StringEquals', 'a')),
          ),
          `new ${S3} ${BUCKET}/a, where aws:PrincipalArn, where not aws:PrincipalArn`,
        ],
        [
          'escapes are no variables',
          identity(allow(S3, `${BUCKET}/\${*}`)),
          identity(allow(S3, `${BUCKET}/*`)),
          `new ${S3} ${BUCKET}/x`,
        ],
      ],
    ],
  ])('%s', (_, cases) => {
    it.each(cases)('%s', (_name, a, b, expected) => {
      expect(said(compareAccess(a, b))).toBe(expected);
    });
  });

  it('names the statements that make the difference', () => {
    const [a, b] = [
      identity(allow(['s3:*', 'sqs:*']), deny(S3)),
      [layer('identity', allow('sqs:*'), allow('s3:*')), layer('boundary', allow('*'))],
    ];
    expect(
      compareAccess(a, b).statements.map(({ layer, statement }) => `${layer} ${statement.effect} ${statement.at}`),
    ).toEqual(['identity Deny 1', 'identity Allow 1', 'boundary Allow 0']);
  });

  it('says that an action is invented', () => {
    const { assumptions } = compareAccess(identity(), identity(allow('nowhere:*')));
    expect(assumptions).toContainEqual(expect.stringContaining('nowhere:x'));
  });

  it('reads a variable as text in a policy without a version', () => {
    const old: Layers = [
      {
        name: 'identity',
        policies: [{ name: 'p', reading: readPolicy({ Statement: allow(S3, `${BUCKET}/\${aws:username}`) }) }],
        complete: true,
      },
    ];
    expect(said(compareAccess(old, identity(allow(S3, `${BUCKET}/\${aws:username}`))))).toMatch(/^new/);
  });

  describe('policies that are not known', () => {
    const unread = (name: LayerName, ...readings: readonly (PolicyReading | undefined)[]): Layers[number] => ({
      name,
      policies: [{ name: 'lost', reading: undefined }, ...readings.map(reading => ({ name: 'p', reading }))],
      complete: true,
    });
    const s3 = readPolicy({ Statement: allow('s3:*') });

    it.each<[string, Layers, Layers, string]>([
      ['of B', identity(allow('s3:*')), [unread('identity')], 'not known'],
      [
        'of B, next to something new',
        identity(),
        [unread('identity', s3)],
        'new s3:AbortMultipartUpload arn:aws:s3:::x/x',
      ],
      ['of A', [unread('identity')], identity(allow('s3:*')), 'not known'],
      ['of A, which may deny', [unread('identity', s3)], identity(allow('s3:*')), 'not known'],
      ['of A, when B allows nothing', [unread('identity')], identity(allow('s3:*'), deny('s3:*')), 'nothing new'],
      [
        'of A, which another layer does not allow',
        [unread('identity'), layer('boundary', allow('sqs:*'))],
        identity(allow(S3, `${BUCKET}/a`)),
        `new ${S3} ${BUCKET}/a`,
      ],
      [
        'of A, which denies it',
        [unread('identity', readPolicy({ Statement: deny('s3:*') }))],
        identity(allow(S3, `${BUCKET}/a`)),
        `new ${S3} ${BUCKET}/a`,
      ],
      [
        'a list that is not complete',
        [{ name: 'identity', policies: [], complete: false }],
        identity(allow(S3)),
        'not known',
      ],
      [
        'a Principal',
        identity(),
        [
          {
            name: 'rcp',
            policies: [{ name: 'p', reading: readPolicy({ Statement: { ...allow(S3), Principal: { AWS: '1' } } }) }],
            complete: true,
          },
        ],
        'not known',
      ],
    ])('%s', (_, a, b, expected) => {
      expect(said(compareAccess(a, b))).toBe(expected);
    });

    it('are named', () => {
      const { assumptions } = compareAccess([unread('identity')], [unread('identity', s3)]);
      expect(assumptions).toEqual([
        'B: not known, and may allow more: lost.',
        'A: not known, and may allow less: lost.',
        expect.any(String),
      ]);
    });
  });

  it('asks about actions that there may be, too, where those that there are would take all of its steps', () => {
    const but = { NotAction: ['t:a*b'], Effect: 'Allow' };
    const weighed = [
      {
        ...but,
        NotResource: ['arn:aws:t:::a?*', 'arn:aws:t:::a*'],
        Condition: inKey('NumericNotEquals', 'a*', 'aws:PrincipalAccount'),
      },
      { ...but, Resource: 'arn:aws:t:::?' },
      {
        ...but,
        NotAction: ['t:b'],
        Resource: ['arn:aws:t:::?', 'arn:aws:t:::*b'],
        Condition: inKey('Null', 'true', 'aws:PrincipalAccount'),
      },
    ];
    expect(said(compareAccess(identity(...weighed), identity(allow('*'))))).toMatch(/^new t:a/);
  });

  it('gives up at its cap', () => {
    const [a, b] = [identity(...parity(8)), identity(allow(S3))];
    expect(compareAccess(a, b, { budget: budgetOf(5_000) })).toMatchObject({
      newAccess: undefined,
      assumptions: [expect.stringContaining('cap'), expect.any(String)],
    });
    expect(compareAccess(a, b).newAccess).toBe(false);
  });
});

/** One statement for each way in which that many keys can be there or not. */
function parity(keys: number): readonly object[] {
  return Array.from({ length: 2 ** keys }, (_, bits) => {
    const absent = Array.from({ length: keys }, (_, at) => [`t:${at}`, String((bits >> at) % 2 === 1)]);
    return allow(S3, '*', { Null: Object.fromEntries(absent) });
  });
}
