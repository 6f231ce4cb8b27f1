import { describe, expect, it } from 'vitest';
import { allowedActions } from '../../../src/iam/access/actions.ts';
import type { Layers } from '../../../src/iam/layer.ts';
import { type Removal, removals } from '../../../src/iam/summary/removal.ts';
import { allow, deny, type Json, layer, stackFor } from '../escalation/session.ts';

const ip = { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } };
const identity = (...statements: readonly Json[]) => layer('identity', statements);
const session = (...statements: readonly Json[]) => layer('session', statements);

function removed(layers: Layers): readonly (readonly [string, Removal['truth'], string | undefined])[] {
  const stack = stackFor(layers);
  const found = removals({ layers, stack, allowed: allowedActions(stack) });
  return [...found].map(([name, { truth, example }]) => [name, truth, example]);
}

describe('removals', () => {
  it.each<[string, Layers, ReturnType<typeof removed>]>([
    ['no layer', [identity(allow('*'))], []],
    ['a layer that lets all through', [identity(allow('s3:*')), session(allow('*'))], [['session', false, undefined]]],
    [
      'a layer that lets just that through',
      [identity(allow('sqs:SendMessage')), session(allow(['sqs:S*', 's3:*']))],
      [['session', false, undefined]],
    ],
    [
      'an action',
      [identity(allow(['sqs:SendMessage', 'sqs:ListQueues'])), session(allow('sqs:ListQueues'))],
      [['session', true, 'sqs:SendMessage on arn:aws:sqs:x:111122223333:x']],
    ],
    [
      'an action without resources',
      [identity(allow('sqs:L*')), session()],
      [['session', true, 'sqs:ListDeadLetterSourceQueues on arn:aws:sqs:x:111122223333:x']],
    ],
    [
      'a resource',
      [identity(allow('s3:GetObject')), session(allow('s3:GetObject', { Resource: 'arn:aws:s3:::b/*' }))],
      [['session', true, 's3:GetObject on arn:aws:s3:::x/x']],
    ],
    [
      'something under a condition',
      [identity(allow('sqs:SendMessage')), session(allow('*', ip))],
      [['session', true, 'sqs:SendMessage on arn:aws:sqs:x:x:x']],
    ],
    [
      'what another layer takes away anyway',
      [identity(allow('sqs:*')), layer('boundary', [allow('s3:*')]), session(allow('s3:*'))],
      [
        ['boundary', false, undefined],
        ['session', false, undefined],
      ],
    ],
    [
      'each of two layers',
      [identity(allow('*')), layer('boundary', [allow('*'), deny('iam:*')]), session(allow('*'), deny('sqs:*'))],
      [
        ['boundary', true, 'iam:AcceptDelegationRequest on arn:aws:iam::111122223333:delegation-request/x'],
        ['session', true, 'sqs:AddPermission on arn:aws:sqs:x:111122223333:x'],
      ],
    ],
    [
      'what AWS does not document',
      [identity(allow(['sqs:Send*Fast*', 'sqs:List*'])), session(allow('sqs:L*'))],
      [['session', true, 'sqs:SendFast on *']],
    ],
    [
      'what AWS does not document yet',
      [
        identity(allow(['sqs:*'])),
        session(
          allow(['sqs:A*', 'sqs:C*', 'sqs:D*', 'sqs:G*', 'sqs:L*', 'sqs:P*', 'sqs:R*', 'sqs:S*', 'sqs:T*', 'sqs:U*']),
        ),
      ],
      [['session', true, 'sqs:FutureAction on *']],
    ],
    [
      'nothing of what AWS does not document',
      [identity(allow(['sqs:Send*Fast*', 'x:*'])), session(allow(['sqs:*', 'x*:*']))],
      [['session', false, undefined]],
    ],
    [
      'a pattern without a colon covers nothing',
      [identity(allow('sqs:SendFast')), session(allow('sqs*'))],
      [['session', true, 'sqs:SendFast on *']],
    ],
    ...(
      [
        ['of its own account', { StringEquals: { 'aws:PrincipalAccount': '111122223333' } }, false],
        ['of another account', { StringEquals: { 'aws:PrincipalAccount': '444455556666' } }, true],
        ['of its kind', { StringEquals: { 'aws:PrincipalType': 'AssumedRole' } }, false],
        ['of its role', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/*' } }, false],
        ['by TLS', { Bool: { 'aws:SecureTransport': 'true' } }, false],
        ['with a source identity', { Null: { 'aws:SourceIdentity': 'false' } }, false],
        ['with a source identity, if any', { StringLikeIfExists: { 'aws:SourceIdentity': '*' } }, false],
        ['with that source identity', { StringEquals: { 'aws:SourceIdentity': 'CN=web' } }, true],
        ['with MFA', { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }, true],
        ['with MFA, if any', { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } }, false],
      ] as const
    ).map(([name, Condition, truth]): [string, Layers, ReturnType<typeof removed>] => [
      `all but sessions ${name}`,
      [identity(allow('sqs:*')), session(allow('*', { Condition }))],
      [['session', truth, truth ? expect.stringMatching(/^sqs:/) : undefined]],
    ]),
    [
      'what belongs to other accounts',
      [
        identity(allow('sqs:SendMessage', { Resource: 'arn:aws:sqs:*:*:*' })),
        session(allow('*', { Resource: 'arn:aws:sqs:*:${aws:PrincipalAccount}:*' })),
      ],
      [['session', true, 'sqs:SendMessage on arn:aws:sqs:x:x:x']],
    ],
    [
      'nothing of what belongs to its own',
      [
        identity(allow('sqs:SendMessage', { Resource: 'arn:aws:sqs:*:111122223333:*' })),
        session(allow('*', { Resource: 'arn:aws:sqs:*:${aws:PrincipalAccount}:*' })),
      ],
      [['session', false, undefined]],
    ],
    [
      "nothing in IAM's only region",
      [
        identity(allow('iam:GetUser')),
        session(allow('*', { Condition: { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } } })),
      ],
      [['session', undefined, undefined]],
    ],
    [
      'not read',
      [identity(allow('sqs:*')), { name: 'boundary', policies: [], complete: false }],
      [['boundary', undefined, undefined]],
    ],
  ])('%s', (_, layers, expected) => {
    expect(removed(layers)).toEqual(expected);
  });
});
