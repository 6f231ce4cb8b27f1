import { describe, expect, it } from 'vitest';
import { bodyOf } from '../../src/documents/facts.ts';
import { accessFacts, escalationFacts, lateralFacts } from '../../src/documents/iam/access.ts';
import { questionOf } from '../../src/iam/escalation/question.ts';
import { boundaryIn, type World } from '../../src/iam/escalation/world.ts';
import type { Layers } from '../../src/iam/layer.ts';
import { summaryOf } from '../../src/iam/summary/summary.ts';
import {
  ARN,
  allow,
  arnOf,
  emptyWorld,
  fullWorld,
  layer,
  policyArn,
  ROOT,
  role,
  stackFor,
  trust,
  world,
} from '../iam/escalation/session.ts';

const ip = { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } };
const unread: Layers = [{ name: 'identity', policies: [], complete: false }];

/** The fields of a session, and which of them are not (wholly) known. */
function fieldsOf(layers: Layers, in_: World = fullWorld) {
  const self = { arn: ARN, customerPolicies: [policyArn('mine')], boundary: boundaryIn(layers) };
  const summary = summaryOf({ layers, question: questionOf({ stack: stackFor(layers), self, world: in_ }) });
  return bodyOf({
    access: accessFacts(summary),
    escalation: escalationFacts(summary),
    lateral: lateralFacts(summary),
  }) as unknown as {
    readonly access: { readonly standing: string };
    readonly escalation: Readonly<
      Record<'id' | 'possible' | 'also' | 'latent' | 'target' | 'evidence', readonly string[]>
    >;
    readonly unknown: readonly string[];
  };
}

describe('the evidence', () => {
  it.each<[string, Layers, World, readonly string[]]>([
    [
      'says what a path does, with what, and which statement allows it',
      [layer('identity', [allow('iam:PutRolePolicy', { Resource: ARN })])],
      emptyWorld,
      [
        `iam-005: Writes an inline policy with any permission into the session's own role: iam:PutRolePolicy on ${ARN} (statement 1 of identity-0)`,
      ],
    ],
    [
      'says that the trust policy of the target is permission enough',
      [layer('identity', [])],
      world([role('next', [trust({ AWS: ARN })])]),
      [
        `sts-001: Assumes a role that admits the session, out of reach of the profile's session policy: sts:AssumeRole by the trust policy of the target; to ${arnOf('next')}`,
      ],
    ],
    [
      'marks an id that is no public one, and says what a path hangs on',
      [layer('identity', [allow(['glue:RunStatement'], ip)])],
      world([role('x', [trust({ Service: 'glue.amazonaws.com' })])]),
      [
        "glue-901 (Postern's own): Runs code in a Glue interactive session as the role of that one: glue:RunStatement on arn:aws:glue:x:111122223333:session/x (statement 1 of identity-0); if there is a running Glue interactive session; if aws:SourceIp IpAddress 10.0.0.0/8 (Allow in identity-0)",
      ],
    ],
  ])('%s', (_, layers, in_, expected) => {
    expect(fieldsOf(layers, in_).escalation.evidence).toEqual(expected);
  });

  it('tells what is written apart from what a policy that was not read may allow', () => {
    const [written] = layer('identity', [allow('iam:PutRolePolicy', { Resource: ARN, ...ip })]).policies;
    const layers: Layers = [
      { name: 'identity', policies: [written!, { name: 'shared', reading: undefined }], complete: true },
    ];
    const { evidence } = fieldsOf(layers, emptyWorld).escalation;
    expect(evidence.find(each => each.startsWith('iam-005'))).toMatch(
      /PutRolePolicy on \S+ \(statement 1 of identity-0\); if aws:SourceIp IpAddress 10.0.0.0\/8 \(Allow in identity-0\)$/,
    );
    expect(evidence.find(each => each.startsWith('iam-001'))).toMatch(/\(perhaps, for shared could not be read\)$/);
  });

  it('begins with what makes an administrator', () => {
    const { evidence } = fieldsOf([
      layer('identity', [allow(['apprunner:UpdateService', 'iam:PutRolePolicy'])]),
    ]).escalation;
    expect(evidence.map(each => each.replace(/[ :].*/, ''))).toEqual(['iam-005', 'apprunner-002']);
  });
});

describe('what is only perhaps so', () => {
  it('longer paths', () => {
    const actions = ['iam:CreateAccessKey', 'iam:DeleteAccessKey'];
    const sure = fieldsOf([layer('identity', [allow(actions)])]);
    expect(sure.escalation).toMatchObject({ id: ['iam-002'], possible: [], also: ['iam-003'] });
    expect(sure.unknown).not.toContain('escalation.also');
    const perhaps = fieldsOf([layer('identity', [allow(actions, ip)])]);
    expect(perhaps.escalation).toMatchObject({ id: [], possible: ['iam-002', 'iam-003'], also: [] });
    expect(perhaps.unknown).toEqual(expect.arrayContaining(['escalation.id', 'escalation.also']));
  });

  it('roles that they lead to', () => {
    const assume = (rest: Readonly<Record<string, unknown>>) => [layer('identity', [allow('sts:AssumeRole', rest)])];
    const next = world([role('next', [trust(ROOT)])]);
    const sure = fieldsOf(assume({}), next);
    expect(sure.escalation).toMatchObject({ id: ['sts-001'], target: [arnOf('next')] });
    expect(sure.unknown).not.toContain('escalation.target');
    const perhaps = fieldsOf(assume(ip), next);
    expect(perhaps.escalation).toMatchObject({ possible: ['sts-001'], target: [] });
    expect(perhaps.unknown).toContain('escalation.target');
  });

  it('paths without a target', () => {
    const sure = fieldsOf([layer('identity', [allow('lambda:UpdateFunctionCode')])], emptyWorld);
    expect(sure.escalation.latent).toEqual(['lambda-003']);
    expect(sure.unknown).not.toContain('escalation.latent');
    const perhaps = fieldsOf(unread, emptyWorld);
    expect(perhaps.escalation.latent).toEqual([]);
    expect(perhaps.unknown).toContain('escalation.latent');
    for (const id of ['iam-904', 'iam-905']) expect(perhaps.escalation.possible).toContain(id);
  });

  it.each<[string, Layers, string]>([
    ['everything', [layer('identity', [allow('*')])], 'admin'],
    ['its own role', [layer('identity', [allow('iam:PutRolePolicy')])], 'admin_equivalent'],
    ['under a condition', [layer('identity', [allow('iam:PutRolePolicy', ip)])], 'unsettled'],
    ['not read', unread, 'unsettled'],
    ['a bucket', [layer('identity', [allow('s3:GetObject')])], 'limited'],
  ])('%s: the standing is always known', (_, layers, standing) => {
    const fields = fieldsOf(layers, world([role('x', [trust(ROOT)])]));
    expect(fields.access.standing).toBe(standing);
    expect(fields.unknown).not.toContain('access.standing');
  });
});
