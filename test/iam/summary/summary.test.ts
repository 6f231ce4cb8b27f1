import { describe, expect, it } from 'vitest';
import { actionCount } from '../../../src/iam/catalog/action.ts';
import { questionOf } from '../../../src/iam/escalation/question.ts';
import { boundaryIn } from '../../../src/iam/escalation/world.ts';
import type { Layers } from '../../../src/iam/layer.ts';
import { type AccessSummary, summaryOf } from '../../../src/iam/summary/summary.ts';
import {
  ARN,
  allow,
  arnOf,
  fullWorld,
  type Json,
  layer,
  policyArn,
  ROOT,
  role,
  stackFor,
  trust,
  world,
} from '../escalation/session.ts';

const ip = { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } };
const identity = (...statements: readonly Json[]) => layer('identity', statements);

function summary(layers: Layers, in_ = fullWorld): AccessSummary {
  const self = { arn: ARN, customerPolicies: [policyArn('mine')], boundary: boundaryIn(layers) };
  return summaryOf({ layers, question: questionOf({ stack: stackFor(layers), self, world: in_ }) });
}

describe('summaryOf', () => {
  it('an administrator', () => {
    const { admin, adminEquivalent, actions, services, dataRead, missing, byLayer } = summary([identity(allow('*'))]);
    expect(admin.truth).toBe(true);
    expect(adminEquivalent.truth).toBe(true);
    expect(actions).toMatchObject({ possible: actionCount(), certain: actionCount() });
    expect(services).toContain('s3');
    expect(dataRead.first.length).toBe(20);
    expect(dataRead.count).toBeGreaterThan(20);
    expect(missing).toEqual([]);
    expect([...byLayer]).toEqual([['identity', actionCount()]]);
  });

  it('a reader of one bucket', () => {
    const read = allow(['s3:GetObject', 's3:ListBucket'], { Resource: ['arn:aws:s3:::b', 'arn:aws:s3:::b/*'] });
    expect(summary([identity(read)])).toMatchObject({
      admin: { truth: false },
      adminEquivalent: { truth: false, by: [] },
      actions: {
        possible: 2,
        certain: 2,
        byLevel: new Map([
          ['Read', 1],
          ['Write', 0],
          ['List', 1],
          ['Tagging', 0],
          ['Permissions management', 0],
        ]),
      },
      services: [],
      dataRead: { count: 1, first: ['s3:GetObject'] },
      credentials: { count: 0, first: [] },
      exposure: { count: 0, first: [] },
      escalation: { open: [], dominated: [], latent: [] },
      lateral: [],
    });
  });

  it('everything on the objects of one bucket is nothing on the bucket', () => {
    const { exposure, actions } = summary([identity(allow('s3:*', { Resource: 'arn:aws:s3:::b/*' }))]);
    expect(exposure.first).not.toContain('s3:PutBucketPolicy');
    expect(exposure.first).toContain('s3:PutObjectAcl');
    expect(actions.possible).toBe(actions.certain);
  });

  it('what is possible and not certain', () => {
    const { actions, missing } = summary([
      { ...identity(allow('sqs:SendMessage', ip), allow('sqs:ListQueues')), complete: true },
    ]);
    expect(actions).toMatchObject({ possible: 2, certain: 1 });
    expect(missing).toEqual([]);
    const unread = summary([{ name: 'identity', policies: [{ name: 'hidden', reading: undefined }], complete: true }]);
    expect(unread.actions).toMatchObject({ possible: actionCount(), certain: 0 });
    expect(unread.missing).toEqual(['hidden']);
  });

  it('counts by layer, and several SCPs as one', () => {
    const { byLayer } = summary([
      identity(allow('sqs:SendMessage')),
      layer('session', [allow(['sqs:SendMessage', 'sqs:ListQueues'])]),
      layer('scp', [allow(['sqs:SendMessage', 'sqs:ListQueues', 'sns:Publish'])]),
      layer('scp', [allow(['sqs:SendMessage', 's3:GetObject', 'sns:Publish'])]),
    ]);
    expect([...byLayer]).toEqual([
      ['identity', 1],
      ['session', 2],
      ['scp', 2],
    ]);
  });

  it('says where it leads, out of the session policy too', () => {
    const roles = world([role('next', [trust(ROOT)])]);
    const { lateral, escalation } = summary([identity(allow('*')), layer('session', [allow('sts:AssumeRole')])], roles);
    expect(lateral.map(each => [each.role.arn, each.certain])).toEqual([[arnOf('next'), true]]);
    expect(escalation.open.map(({ path }) => path.id)).toEqual(['sts-001']);
  });
});
