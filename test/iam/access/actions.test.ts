// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written that way.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allowedActions } from '../../../src/iam/access/actions.ts';
import { actionsOn } from '../../../src/iam/access/extent.ts';
import { stackOf } from '../../../src/iam/access/stack.ts';
import { ENDLESS } from '../../../src/iam/budget.ts';
import { actionNamed } from '../../../src/iam/catalog/action.ts';
import { actionsIn, equals, fullSet, has, isSubset, size } from '../../../src/iam/catalog/actionSet.ts';
import { actionsMatching } from '../../../src/iam/catalog/matching.ts';
import type { Layers } from '../../../src/iam/layer.ts';
import { plainResourceGlob } from '../../../src/iam/resource.ts';
import { knowledge, type LayerJson, layersJson, layersOf, NOW, principalOf, statement } from '../arbitrary.ts';
import { RUNS } from '../deep.ts';
import { allow, deny, type Json, layer, stackFor } from '../escalation/session.ts';

const ip = { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } };
const identity = (...statements: readonly Json[]) => layer('identity', statements);
const session = (...statements: readonly Json[]) => layer('session', statements);

/** Of a few actions: `P` possible, `C` certain too, `E` everywhere too. */
function letters(layers: Layers): string {
  const { possible, certain, everywhere } = allowedActions(stackFor(layers));
  return ['s3:GetObject', 's3:ListBucket', 's3:ListAllMyBuckets', 'iam:PassRole']
    .map(name => actionNamed(name)!)
    .map(action => (has(everywhere, action) ? 'E' : has(certain, action) ? 'C' : has(possible, action) ? 'P' : '-'))
    .join('');
}

describe('allowedActions', () => {
  it.each<[string, Layers, string]>([
    // GetObject, ListBucket, ListAllMyBuckets (no resource), PassRole.
    ['everything', [identity(allow('*'))], 'EEEE'],
    ['no layers', [], 'EEEE'],
    ['nothing', [identity()], '----'],
    ['one action', [identity(allow('s3:getobject'))], 'E---'],
    ['all but one action', [identity({ Effect: 'Allow', NotAction: 's3:Get*', Resource: '*' })], '-EEE'],
    ['buckets', [identity(allow('s3:*', { Resource: 'arn:aws:s3:::b' }))], '-C--'],
    ['objects', [identity(allow('s3:*', { Resource: 'arn:aws:s3:::b/*' }))], 'C---'],
    ['both', [identity(allow('*', { Resource: ['arn:aws:s3:::b*'] }))], 'CC--'],
    ['a role', [identity(allow('*', { Resource: 'arn:aws:iam::*:role/a' }))], '---C'],
    ['all but some objects', [identity({ Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::b/*' })], 'CEEE'],
    ['all but what is in S3', [identity({ Effect: 'Allow', Action: '*', NotResource: 'arn:*:s3' })], '--EE'],
    ['under a condition', [identity(allow('*', ip))], 'PPPP'],
    [
      'under a condition that holds',
      [identity(allow('*', { Condition: { Bool: { 'aws:SecureTransport': true } } }))],
      'EEEE',
    ],
    [
      'under one that does not',
      [identity(allow('*', { Condition: { Bool: { 'aws:SecureTransport': false } } }))],
      '----',
    ],
    ['for a service', [identity(allow('*', { Condition: { Bool: { 'aws:ViaAWSService': true } } }))], 'PPPP'],
    [
      'for one service, and for nobody without it',
      [identity(allow('*', { Condition: { 'ForAnyValue:StringEquals': { 'aws:CalledVia': 'x.amazonaws.com' } } }))],
      'PPPP',
    ],
    ['for no service', [identity(allow('*', { Condition: { Bool: { 'aws:ViaAWSService': false } } }))], 'EEEE'],
    [
      'denied to services',
      [identity(allow('*'), deny('*', { Condition: { Bool: { 'aws:ViaAWSService': true } } }))],
      'EEEE',
    ],
    [
      'denied to all but services',
      [identity(allow('*'), deny('*', { Condition: { Bool: { 'aws:ViaAWSService': false } } }))],
      'PPPP',
    ],
    [
      "in IAM's region",
      [identity(allow('*', { Condition: { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } } }))],
      'PPPE',
    ],
    [
      'in another region',
      [identity(allow('*', { Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } } }))],
      'PPP-',
    ],
    ['some denied', [identity(allow('*'), deny('s3:List*'))], 'E--E'],
    ['some denied on some resources', [identity(allow('*'), deny('*', { Resource: 'arn:aws:s3:::b' }))], 'ECEE'],
    ['some denied on all their resources', [identity(allow('*'), deny('*', { Resource: 'arn:*:s3' }))], '--EE'],
    ['some perhaps denied', [identity(allow('*'), deny('s3:*', ip))], 'PPPE'],
    ['denied but for some', [identity(allow('*'), { Effect: 'Deny', NotAction: 'iam:*', Resource: '*' })], '---E'],
    [
      'denied but for some resources',
      [identity(allow('*'), { Effect: 'Deny', Action: '*', NotResource: 'arn:aws:s3:::b/*' })],
      'C---',
    ],
    ['two layers', [identity(allow('*')), session(allow('s3:List*'))], '-EE-'],
    [
      'two layers that meet',
      [
        identity(allow('s3:*', { Resource: 'arn:aws:s3:::b*' })),
        session(allow('s3:*', { Resource: 'arn:aws:s3:::*b' })),
      ],
      'CC--',
    ],
    [
      'two layers that never meet',
      [identity(allow('s3:*', { Resource: 'arn:aws:s3:::b' })), session(allow('s3:*', { Resource: 'arn:aws:s3:::c' }))],
      '----',
    ],
    [
      'two layers that meet under a condition',
      [
        identity(allow('s3:*', { Resource: 'arn:aws:s3:::b*', ...ip })),
        session(allow('s3:*', { Resource: 'arn:aws:s3:::*b' })),
      ],
      'PP--',
    ],
    ['a Deny in the other layer', [identity(allow('*')), session(allow('*'), deny('iam:*'))], 'EEE-'],
    ['not read', [{ name: 'identity', policies: [], complete: false }], 'PPPP'],
    [
      'not read, and a session policy',
      [{ name: 'identity', policies: [], complete: false }, session(allow('s3:Get*'))],
      'P---',
    ],
    ['a policy not read', [{ ...identity(allow('*'), deny('iam:*')), complete: false }], 'PPP-'],
    [
      'a variable that is known',
      [identity(allow('s3:*', { Resource: 'arn:aws:s3:::${aws:PrincipalAccount}' }))],
      '-C--',
    ],
    ['a variable that is not', [identity(allow('s3:*', { Resource: 'arn:aws:s3:::${aws:userid}' }))], 'PP--'],
    ['a variable without a value', [identity(allow('s3:*', { Resource: 'arn:aws:s3:::${aws:username}' }))], '----'],
  ])('%s', (_, layers, expected) => {
    expect(letters(layers)).toBe(expected);
  });

  it('says what each layer lets through by itself', () => {
    const { byLayer, possible } = allowedActions(
      stackFor([identity(allow('*'), deny('iam:*')), session(allow('iam:*')), layer('boundary', [])]),
    );
    const iam = actionsMatching('iam:*');
    expect(byLayer.map(({ name, actions }) => [name, size(actions)])).toEqual([
      ['identity', size(fullSet()) - size(iam)],
      ['session', size(iam)],
      ['boundary', 0],
    ]);
    expect(size(possible)).toBe(0);
  });

  it('does not keep what one session makes of a variable for the next', () => {
    const layers = [identity(allow('s3:*', { Resource: 'arn:aws:s3:::${aws:PrincipalTag/t}' }))];
    const count = (tag: Parameters<typeof principalOf>[0]['tag']) =>
      size(
        allowedActions(stackOf(layers, { principal: principalOf({ tag, k: { kind: 'absent' } }), now: NOW })).possible,
      );
    expect(count({ kind: 'absent' })).toBe(0);
    expect(count({ kind: 'known', values: ['b'] })).toBeGreaterThan(0);
    expect(count({ kind: 'absent' })).toBe(0);
  });
});

describe('properties', () => {
  const allowed = (json: readonly LayerJson[], about: Parameters<typeof principalOf>[0]) =>
    allowedActions(stackOf(layersOf(json), { principal: principalOf(about), now: NOW }));

  it('layers, policies and statements in any order', () => {
    fc.assert(
      fc.property(layersJson(), knowledge, (json, about) => {
        const turned = json.toReversed().map(each => ({
          ...each,
          policies: each.policies
            .toReversed()
            .map(policy => policy && { ...policy, Statement: policy.Statement.toReversed() }),
        }));
        const [one, other] = [allowed(json, about), allowed(turned, about)];
        expect(equals(one.possible, other.possible) && equals(one.certain, other.certain)).toBe(true);
        expect(equals(one.everywhere, other.everywhere)).toBe(true);
      }),
      RUNS,
    );
  });

  it('a layer that is absent is one that allows everything', () => {
    const everything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
    fc.assert(
      fc.property(layersJson(), knowledge, (json, about) => {
        const more: readonly LayerJson[] = [...json, { name: 'scp', policies: [everything], complete: true }];
        const [one, other] = [allowed(json, about), allowed(more, about)];
        expect(equals(one.possible, other.possible) && equals(one.certain, other.certain)).toBe(true);
        expect(equals(one.everywhere, other.everywhere)).toBe(true);
      }),
      RUNS,
    );
  });

  it('all layers allow no more than each one', () => {
    fc.assert(
      fc.property(layersJson(), knowledge, (json, about) => {
        const together = allowed(json, about);
        for (const each of json) {
          const alone = allowed([each], about);
          expect(isSubset(together.possible, alone.possible) && isSubset(together.certain, alone.certain)).toBe(true);
        }
      }),
      RUNS,
    );
  });

  it('one more Allow never takes away, one more Deny never gives', () => {
    fc.assert(
      fc.property(layersJson(), statement, knowledge, (json, more, about) => {
        const added = { Version: '2012-10-17', Statement: [more] };
        const larger = json.map((each, at) => (at === 0 ? { ...each, policies: [...each.policies, added] } : each));
        const [before, after] = [allowed(json, about), allowed(larger, about)];
        const [less, least] = more.Effect === 'Allow' ? [before, after] : [after, before];
        expect(isSubset(less.possible, least.possible) && isSubset(less.certain, least.certain)).toBe(true);
      }),
      RUNS,
    );
  });
});

describe('actionsOn', () => {
  const names = (pattern: string) =>
    [...actionsIn(actionsOn(plainResourceGlob(pattern), ENDLESS).surely)].map(({ name }) => name);

  it.each([
    ['arn:aws:iam::111122223333:group/a', 'iam:AddUserToGroup', 'iam:PassRole'],
    ['arn:aws:iam::111122223333:role/a', 'iam:PassRole', 'iam:AddUserToGroup'],
    ['arn:aws:s3:::a', 's3:ListBucket', 's3:GetObject'],
    ['arn:aws:s3:::a/b', 's3:GetObject', 's3:ListAllMyBuckets'],
    ['*:role/a', 'iam:PassRole', 'ec2:DescribeInstances'],
    ['*:iam:*', 'iam:PassRole', 's3:ListAllMyBuckets'],
    ['arn:aws:*:*:1:*', 'sqs:SendMessage', 's3:ListAllMyBuckets'],
    ['arn:aws:sqs', 'sqs:SendMessage', 's3:GetObject'],
  ])('%s: %s, not %s', (pattern, one, other) => {
    expect(names(pattern)).toContain(one);
    expect(names(pattern)).not.toContain(other);
  });

  it('takes in the actions that are about any ARN', () => {
    const any = [...actionsIn(fullSet())].find(action => action.resources.includes('arn:*:*:*:*:*:*'))!;
    expect(names('arn:aws:sqs:eu-west-1:1:a:b')).toContain(any.name);
  });

  it('is nothing for what is no ARN of any service', () => {
    expect(names('arn:aws:S3:::a')).toEqual([]);
    expect(names('bucket')).toEqual([]);
    expect(equals(actionsOn(plainResourceGlob('*'), ENDLESS).surely, fullSet())).toBe(true);
  });
});
