import { describe, expect, it } from 'vitest';
import { covers } from '../../../src/iam/access/covers.ts';
import type { Layers } from '../../../src/iam/layer.ts';
import { plainResourceGlob } from '../../../src/iam/resource.ts';
import type { Truth } from '../../../src/iam/truth.ts';
import { allow, deny, type Json, layer, stackFor } from '../escalation/session.ts';

const ip = { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } };
const identity = (...statements: readonly Json[]) => layer('identity', statements);
const session = (...statements: readonly Json[]) => layer('session', statements);
const s3 = (Resource: unknown, rest: Json = {}) => allow('s3:*', { Resource, ...rest });
const but = (NotResource: unknown, Effect = 'Allow') => ({ Effect, Action: 's3:*', NotResource });

describe('covers', () => {
  it.each<[string, Layers, Truth, string | undefined]>([
    ['everything', [identity(allow('*'))], true, undefined],
    ['nothing', [identity()], false, 'arn:aws:s3:::/'],
    ['no layers', [], true, undefined],
    ['just these', [identity(s3('arn:aws:s3:::*/*'))], true, undefined],
    ['more than these', [identity(s3('arn:aws:s3:*'))], true, undefined],
    ['two halves', [identity(s3('arn:aws:s3:::/*'), s3('arn:aws:s3:::?*/*'))], true, undefined],
    ['one half', [identity(s3('arn:aws:s3:::?*/*'))], false, 'arn:aws:s3:::/'],
    ['all but one', [identity(but('arn:aws:s3:::b/k'))], false, 'arn:aws:s3:::b/k'],
    ['all but others', [identity(but('arn:aws:s3:::b'))], true, undefined],
    [
      'all but one, twice, of different ones',
      [identity(but('arn:aws:s3:::b/k'), but('arn:aws:s3:::c/k'))],
      true,
      undefined,
    ],
    [
      'all but some, twice, that have one in common',
      [identity(but(['arn:aws:s3:::b/*', 'arn:aws:s3:::x/1']), but(['arn:aws:s3:::*/k', 'arn:aws:s3:::y/2']))],
      false,
      'arn:aws:s3:::b/k',
    ],
    ['all but one, and that one', [identity(but('arn:aws:s3:::b/k'), s3('arn:aws:s3:::b/*'))], true, undefined],
    ['two layers', [identity(s3('arn:aws:s3:::*/*')), session(s3('arn:aws:s3:::*'))], true, undefined],
    ['a layer that does not', [identity(allow('*')), session(s3('arn:aws:s3:::b/*'))], false, 'arn:aws:s3:::/'],
    [
      'a Deny of one',
      [identity(allow('*'), deny('s3:*', { Resource: 'arn:aws:s3:::b/k' }))],
      false,
      'arn:aws:s3:::b/k',
    ],
    ['a Deny of something else', [identity(allow('*'), deny('s3:*', { Resource: 'arn:aws:s3:::b' }))], true, undefined],
    ['a Deny of another action', [identity(allow('*'), deny('s3:PutObject'))], true, undefined],
    ['a Deny of all but these', [identity(allow('*'), but('arn:aws:s3:::*', 'Deny'))], true, undefined],
    ['a Deny of all but some', [identity(allow('*'), but('arn:aws:s3:::?*/*', 'Deny'))], false, 'arn:aws:s3:::/'],
    ['under a condition', [identity(s3('*', ip))], undefined, undefined],
    ['one half under a condition', [identity(s3('arn:aws:s3:::/*'), s3('*', ip))], undefined, undefined],
    [
      'one half under a condition, the other not at all',
      [identity(s3('arn:aws:s3:::/*', ip))],
      false,
      'arn:aws:s3:::x/',
    ],
    ['perhaps denied', [identity(allow('*'), deny('s3:*', ip))], undefined, undefined],
    ['not read', [{ name: 'identity', policies: [], complete: false }], undefined, undefined],
    [
      'not read, and a session policy',
      [{ name: 'identity', policies: [], complete: false }, session()],
      false,
      'arn:aws:s3:::/',
    ],
  ])('%s', (_, layers, covered, exception) => {
    const answer = covers(stackFor(layers), { action: 's3:GetObject', on: plainResourceGlob('arn:aws:s3:::*/*') });
    expect(answer).toMatchObject({ covered, exception });
  });

  it('names the conditions of statements about these resources', () => {
    const elsewhere = s3('arn:aws:sqs:*', { Condition: { Bool: { 'aws:Elsewhere': 'true' } } });
    const layers = [identity(s3('*', ip), elsewhere), session(allow('*'), deny('s3:*', ip))];
    const { conditions } = covers(stackFor(layers), {
      action: 's3:GetObject',
      on: plainResourceGlob('arn:aws:s3:::*'),
    });
    expect(conditions.map(({ key, layer, effect }) => [key, layer, effect])).toEqual([
      ['aws:SourceIp', 'identity', 'Allow'],
      ['aws:SourceIp', 'session', 'Deny'],
    ]);
  });

  it('sts:GetCallerIdentity needs nothing', () => {
    const question = { action: 'sts:GetCallerIdentity', on: plainResourceGlob('*') };
    expect(covers(stackFor([identity(deny('*'))]), question).covered).toBe(true);
  });

  it('gives up where too many NotResource leave out too much', () => {
    const many = (suffix: string) => but(Array.from({ length: 40 }, (_, at) => `arn:aws:s3:::*${at}*/${suffix}*`));
    const covering = s3(['arn:aws:s3:::?*/*', 'arn:aws:s3:::/*'].map(each => each.replace('s3:::', 's3:::*')));
    const layers = [identity(many(''), many('a'), many('ab'), covering)];
    expect(
      covers(stackFor(layers), { action: 's3:GetObject', on: plainResourceGlob('arn:aws:s3:::*/*') }).covered,
    ).toBe(undefined);
  });
});
