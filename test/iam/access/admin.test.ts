import { describe, expect, it } from 'vitest';
import { adminOf } from '../../../src/iam/access/admin.ts';
import type { Layers } from '../../../src/iam/layer.ts';
import type { Truth } from '../../../src/iam/truth.ts';
import { ACCOUNT, allow, deny, layer, stackFor } from '../escalation/session.ts';
import { all, boundary, identity, ip, notAction, powerUser, session } from '../statements.ts';

describe('adminOf', () => {
  it.each<[string, Layers, Truth, string | undefined]>([
    ['AdministratorAccess', [identity(all)], true, undefined],
    ['in other words', [identity(allow(['s3:*', '**:*'], { Resource: ['arn:aws:s3:::b', '**'] }))], true, undefined],
    ['all but an action that does not exist', [identity(notAction('nothing:Nothing'))], false, 'nothing:* on *'],
    ['all but some actions', [identity(notAction('s3:*'))], false, 's3:* on *'],
    ['all but some, and those', [identity(notAction('s3:*'), allow('s3:*'))], true, undefined],
    [
      'all but some, and those by name of today',
      [
        identity(
          notAction('sqs:*'),
          allow(['sqs:A*', 'sqs:C*', 'sqs:D*', 'sqs:G*', 'sqs:L*', 'sqs:P*', 'sqs:R*', 'sqs:S*', 'sqs:T*', 'sqs:U*']),
        ),
      ],
      false,
      'sqs:* on *',
    ],
    ['split over two policies', [layer('identity', [notAction('iam:*')], [allow('iam:*')])], true, undefined],
    [
      'split over two policies by resource',
      [
        layer(
          'identity',
          [{ Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::a' }],
          [allow('*', { Resource: 'arn:aws:s3:::*' })],
        ),
      ],
      true,
      undefined,
    ],
    ['every ARN', [identity(allow('*', { Resource: 'arn:*' }))], false, 'a2c:* on *'],
    [
      'all but some resources',
      [identity({ Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::secret' })],
      false,
      's3:* on arn:aws:s3:::secret',
    ],
    ['minus a Deny', [identity(all, deny('s3:DeleteBucket'))], false, 's3:* on *'],
    [
      'minus a Deny on a resource',
      [identity(all, deny('s3:*', { Resource: 'arn:aws:s3:::secret' }))],
      false,
      's3:* on arn:aws:s3:::secret',
    ],
    [
      'minus a Deny of everything on a resource',
      [identity(all, deny('*', { Resource: 'arn:aws:s3:::secret' }))],
      false,
      's3:* on arn:aws:s3:::secret',
    ],
    ['minus a Deny of something that does not exist', [identity(all, deny('nothing:*'))], false, 'nothing:* on *'],
    [
      'minus a Deny that never holds',
      [identity(all, deny('*', { Condition: { Bool: { 'aws:SecureTransport': 'false' } } }))],
      true,
      undefined,
    ],
    ['minus a Deny of what needs no permission', [identity(all, deny('sts:GetCallerIdentity'))], true, undefined],
    [
      'minus a Deny outside a region',
      [identity(all, deny('*', { Condition: { StringNotEquals: { 'aws:RequestedRegion': 'us-east-1' } } }))],
      undefined,
      undefined,
    ],
    [
      "minus a Deny outside a region that is not IAM's",
      [identity(all, deny('*', { Condition: { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } } }))],
      false,
      'iam:* on *',
    ],
    ['PowerUserAccess', [identity(...powerUser)], false, 'iam:* on *'],
    ['under a condition', [identity(allow('*', ip))], undefined, undefined],
    [
      'under a condition that holds',
      [identity(allow('*', { Condition: { StringEquals: { 'aws:PrincipalAccount': ACCOUNT } } }))],
      true,
      undefined,
    ],
    [
      'MFA',
      [identity(allow('*', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }))],
      false,
      'iam:* on *',
    ],
    [
      'MFA, if there',
      [identity(allow('*', { Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } } }))],
      true,
      undefined,
    ],
    ['a boundary that lets all through', [identity(all), boundary(all)], true, undefined],
    ['a boundary that does not', [identity(all), boundary(allow('s3:*'))], false, 'iam:* on *'],
    ['a session policy without an Allow', [identity(all), session()], false, 'iam:* on *'],
    ['a session policy under a condition', [identity(all), session(allow('*', ip))], undefined, undefined],
    ['policies not read', [{ name: 'identity', policies: [], complete: false }], undefined, undefined],
    [
      'policies not read, and a session policy',
      [{ name: 'identity', policies: [], complete: false }, session(allow('s3:*'))],
      false,
      'iam:* on *',
    ],
    ['nothing', [identity()], false, 'iam:* on *'],
  ])('%s', (_, layers, truth, exception) => {
    const answer = adminOf(stackFor(layers));
    expect(answer.truth).toBe(truth);
    const refused =
      answer.exception && `${answer.exception.action.replace(/:.*/, ':*')} on ${answer.exception.resource}`;
    expect(refused).toBe(exception);
  });

  it('names the conditions that it hangs on', () => {
    const { conditions } = adminOf(
      stackFor([identity(allow('*', ip), deny('s3:*', { Condition: { Bool: { 'aws:x': 'true' } } }))]),
    );
    expect([...new Set(conditions.map(({ key, effect }) => `${key} ${effect}`))]).toEqual([
      'aws:SourceIp Allow',
      'aws:x Deny',
    ]);
    expect(adminOf(stackFor([identity(all)])).conditions).toEqual([]);
  });
});
