import { describe, expect, it } from 'vitest';
import { allowedActions } from '../../../src/iam/access/actions.ts';
import { wholeServices } from '../../../src/iam/access/services.ts';
import { servicesInCatalog } from '../../../src/iam/catalog/action.ts';
import type { Layers } from '../../../src/iam/layer.ts';
import { allow, deny, type Json, layer, stackFor } from '../escalation/session.ts';

const ip = { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } };
const identity = (...statements: readonly Json[]) => layer('identity', statements);
const session = (...statements: readonly Json[]) => layer('session', statements);

function services(layers: Layers): readonly string[] {
  const stack = stackFor(layers);
  return wholeServices(stack, allowedActions(stack));
}

describe('wholeServices', () => {
  it.each<[string, Layers, readonly string[]]>([
    ['nothing', [identity()], []],
    ['one', [identity(allow('sqs:*'))], ['sqs']],
    ['two, sorted', [identity(allow(['sqs:*', 'S3:*']))], ['s3', 'sqs']],
    ['several by a star', [identity(allow('sq*:*'))], ['sqlworkbench', 'sqs']],
    [
      'all actions of today, but none of tomorrow',
      [
        identity(
          allow(['sqs:A*', 'sqs:C*', 'sqs:D*', 'sqs:G*', 'sqs:L*', 'sqs:P*', 'sqs:R*', 'sqs:S*', 'sqs:T*', 'sqs:U*']),
        ),
      ],
      [],
    ],
    [
      'from two policies',
      [
        layer(
          'identity',
          [{ Effect: 'Allow', Action: 'sqs:*', NotResource: 'arn:aws:sqs:*:*:a' }],
          [allow('sqs:*', { Resource: 'arn:*:sqs:*:*:*' })],
        ),
      ],
      ['sqs'],
    ],
    [
      'on all of its resources',
      [identity(allow('sqs:*', { Resource: 'arn:*:sqs:*:*:*' }), allow('sqs:ListQueues'))],
      ['sqs'],
    ],
    [
      'on all of its resources, without those that have none',
      [identity(allow('sqs:*', { Resource: 'arn:*:sqs:*:*:*' }))],
      [],
    ],
    ['on some of its resources', [identity(allow('sqs:*', { Resource: 'arn:*:sqs:*:*:a*' }))], []],
    ['but for one action', [identity(allow('sqs:*'), deny('sqs:DeleteQueue'))], []],
    ['but for one resource', [identity(allow('sqs:*'), deny('sqs:*', { Resource: 'arn:aws:sqs:*:*:x' }))], []],
    [
      'but for what is no resource of it',
      [identity(allow('sqs:*'), deny('*', { Resource: 'arn:aws:s3:::x' }))],
      ['sqs'],
    ],
    ['under a condition', [identity(allow('sqs:*', ip))], []],
    ['perhaps denied', [identity(allow('sqs:*'), deny('sqs:*', ip))], []],
    ['through a session policy', [identity(allow('*')), session(allow(['sqs:*', 's3:Get*']))], ['sqs']],
    ['stopped by a session policy', [identity(allow('sqs:*')), session(allow('s3:*'))], []],
    ['not read', [{ name: 'identity', policies: [], complete: false }], []],
    ['a service that AWS does not document', [identity(allow('nothing:*'))], []],
  ])('%s', (_, layers, expected) => {
    expect(services(layers)).toEqual(expected);
  });

  it('of an administrator are all', () => {
    expect(services([identity(allow('*'))])).toEqual([...servicesInCatalog()].sort());
    const others = services([identity({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' })]);
    expect(others.length).toBe(servicesInCatalog().length - 1);
    expect(others).not.toContain('iam');
  });
});
