// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written that way.

import { describe, expect, it } from 'vitest';
import { type Reach, reach, sharedResource } from '../../../src/iam/access/reach.ts';
import { givenOf } from '../../../src/iam/access/stack.ts';
import { known } from '../../../src/iam/context.ts';
import { literal } from '../../../src/iam/glob.ts';
import type { Layers } from '../../../src/iam/layer.ts';
import { plainResourceGlob } from '../../../src/iam/resource.ts';
import { allow, deny, type Json, layer, stackFor } from '../escalation/session.ts';

const ip = { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } };
const OBJECTS = plainResourceGlob('arn:aws:s3:::*/*');

const identity = (...statements: readonly Json[]) => layer('identity', statements);
const session = (...statements: readonly Json[]) => layer('session', statements);
const s3 = (Resource: unknown, rest: Json = {}) => allow('s3:*', { Resource, ...rest });
const notS3 = (NotResource: unknown) => ({ Effect: 'Allow', Action: 's3:*', NotResource });

function ask(layers: Layers, on = OBJECTS, action = 's3:GetObject'): Reach {
  return reach(stackFor(layers), { action, on });
}

const text = (witness: Reach['possible']) => (witness.kind === 'found' ? witness.text : witness.kind);

describe('reach', () => {
  it.each<[string, Layers, string, string]>([
    ['everything', [identity(allow('*'))], 'arn:aws:s3:::/', 'arn:aws:s3:::/'],
    ['nothing', [identity()], 'none', 'none'],
    ['no layers at all', [], 'arn:aws:s3:::/', 'arn:aws:s3:::/'],
    ['one bucket', [identity(s3('arn:aws:s3:::b/*'))], 'arn:aws:s3:::b/', 'arn:aws:s3:::b/'],
    ['another kind of resource', [identity(s3('arn:aws:s3:::b'))], 'none', 'none'],
    [
      'two layers that meet',
      [identity(s3('arn:aws:s3:::b*/*')), session(s3('arn:aws:s3:::*/k'))],
      'arn:aws:s3:::b/k',
      'arn:aws:s3:::b/k',
    ],
    ['two layers that do not', [identity(s3('arn:aws:s3:::b/*')), session(s3('arn:aws:s3:::c/*'))], 'none', 'none'],
    [
      'the second statement of each',
      [
        identity(s3('arn:aws:s3:::a/*'), s3('arn:aws:s3:::b/*')),
        session(s3('arn:aws:s3:::c/*'), s3('arn:aws:s3:::b/x')),
      ],
      'arn:aws:s3:::b/x',
      'arn:aws:s3:::b/x',
    ],
    [
      'a Deny of some',
      [identity(allow('*'), deny('s3:*', { Resource: 'arn:aws:s3:::/*' }))],
      'arn:aws:s3:::x/',
      'arn:aws:s3:::x/',
    ],
    [
      'a Deny of all',
      [identity(s3('arn:aws:s3:::b/*'), deny('s3:*', { Resource: 'arn:aws:s3:::b*' }))],
      'none',
      'none',
    ],
    [
      'two Denies that cover all together',
      [
        identity(s3('arn:aws:s3:::b/*')),
        session(allow('*'), deny('*', { Resource: ['arn:aws:s3:::b/', 'arn:aws:s3:::b/?*'] })),
      ],
      'none',
      'none',
    ],
    [
      'a Deny of all but some',
      [identity(allow('*'), { Effect: 'Deny', Action: '*', NotResource: ['arn:aws:s3:::b/*', 'arn:aws:s3:::c'] })],
      'arn:aws:s3:::b/',
      'arn:aws:s3:::b/',
    ],
    [
      'a Deny of all but others',
      [identity(allow('*'), { Effect: 'Deny', Action: '*', NotResource: 'arn:aws:s3:::c' })],
      'none',
      'none',
    ],
    ['all but some', [identity(notS3('arn:aws:s3:::/*'))], 'arn:aws:s3:::x/', 'arn:aws:s3:::x/'],
    ['all but these', [identity(notS3('arn:aws:s3:::*'))], 'none', 'none'],
    ['all but some, and those', [identity(notS3('arn:aws:s3:::b/*')), session(s3('arn:aws:s3:::b/*'))], 'none', 'none'],
    ['under a condition', [identity(s3('arn:aws:s3:::b/*', ip))], 'arn:aws:s3:::b/', 'none'],
    [
      'under a condition here, without one there',
      [identity(s3('arn:aws:s3:::b/*', ip), s3('arn:aws:s3:::longer/*'))],
      'arn:aws:s3:::longer/',
      'arn:aws:s3:::longer/',
    ],
    ['perhaps denied', [identity(allow('*'), deny('s3:*', ip))], 'arn:aws:s3:::/', 'none'],
    [
      'perhaps denied in part',
      [identity(allow('*'), deny('s3:*', { Resource: 'arn:aws:s3:::/*', ...ip }))],
      'arn:aws:s3:::x/',
      'arn:aws:s3:::x/',
    ],
    ['a variable that nobody knows', [identity(s3('arn:aws:s3:::b/${aws:userid}/*'))], 'arn:aws:s3:::b//', 'none'],
    ['a variable that has no value', [identity(s3('arn:aws:s3:::b/${aws:username}/*'))], 'none', 'none'],
    [
      'a variable that is known',
      [identity(s3('arn:aws:s3:::b/${aws:PrincipalAccount}/*'))],
      'arn:aws:s3:::b/111122223333/',
      'arn:aws:s3:::b/111122223333/',
    ],
    ['not read', [{ name: 'identity', policies: [], complete: false }], 'arn:aws:s3:::/', 'none'],
    [
      'not read, and a session policy',
      [{ name: 'identity', policies: [], complete: false }, session(s3('arn:aws:s3:::b/*'))],
      'arn:aws:s3:::b/',
      'none',
    ],
    ['a second policy not read', [{ ...identity(allow('*')), complete: false }], 'arn:aws:s3:::/', 'none'],
  ])('%s', (_, layers, possible, certain) => {
    const answer = ask(layers);
    expect([text(answer.possible), text(answer.certain)]).toEqual([possible, certain]);
  });

  it('asks an action without resources about a star', () => {
    const names = (...statements: readonly Json[]) =>
      text(ask([identity(...statements)], plainResourceGlob('*'), 's3:ListAllMyBuckets').possible);
    expect(names(allow('s3:*'))).toBe('*');
    expect(names(s3('arn:aws:s3:::*'))).toBe('none');
    expect(names(notS3('arn:aws:s3:::*'))).toBe('*');
    expect(names(notS3('*'))).toBe('none');
    expect(names(allow('s3:*'), deny('s3:*', { Resource: 'arn:aws:s3:::*' }))).toBe('*');
    expect(names(allow('s3:*'), deny('s3:*'))).toBe('none');
  });

  it('takes no notice of case in the action, and of the resource all', () => {
    const layers = [identity(s3('arn:aws:s3:::B'))];
    expect(text(ask(layers, literal('arn:aws:s3:::B'), 'S3:LISTBUCKET').certain)).toBe('arn:aws:s3:::B');
    expect(text(ask(layers, literal('arn:aws:s3:::b'), 's3:ListBucket').certain)).toBe('none');
  });

  it('sts:GetCallerIdentity needs nothing', () => {
    expect(text(ask([identity(deny('*'))], plainResourceGlob('*'), 'sts:GetCallerIdentity').certain)).toBe('*');
  });

  it('names the statements that let it through, and the conditions that it hangs on', () => {
    const elsewhere = deny('s3:*', { Resource: 'arn:aws:s3:::z/*', Condition: { Bool: { 'aws:ElseWhere': 'true' } } });
    const answer = ask([
      identity(allow('sqs:*'), s3('arn:aws:s3:::b/*', ip), elsewhere),
      session(allow('*'), deny('s3:*', { Condition: { Bool: { 'aws:Denied': 'true' } } })),
    ]);
    expect(answer.statements.map(({ layer, policy, statement: { at } }) => [layer, policy, at])).toEqual([
      ['identity', 'identity-0', 1],
      ['session', 'session-0', 0],
    ]);
    expect(answer.conditions.map(({ key, effect, layer }) => [key, effect, layer])).toEqual([
      ['aws:SourceIp', 'Allow', 'identity'],
      ['aws:Denied', 'Deny', 'session'],
    ]);
    expect(answer.missing).toEqual([]);
  });

  it('names the policies that it hangs on', () => {
    const hidden = { name: 'hidden', reading: undefined };
    expect(ask([{ name: 'identity', policies: [hidden], complete: true }]).missing).toEqual(['hidden']);
    expect(ask([{ name: 'identity', policies: [hidden], complete: true }, session()]).missing).toEqual([]);
  });

  it('knows the account of what it asks about', () => {
    const mine = allow('sqs:*', { Condition: { StringEquals: { 'aws:ResourceAccount': '111122223333' } } });
    const on = (account: string) => plainResourceGlob(`arn:aws:sqs:*:${account}:*`);
    const certain = (account: string) => text(ask([identity(mine)], on(account), 'sqs:SendMessage').certain);
    expect([certain('111122223333'), certain('444455556666'), certain('*')]).toEqual([
      'arn:aws:sqs::111122223333:',
      'none',
      'none',
    ]);
  });

  it('knows the service that a role is passed to', () => {
    const passing = allow('iam:PassRole', {
      Condition: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
    });
    const stack = stackFor([identity(passing)]);
    const on = plainResourceGlob('arn:aws:iam::111122223333:role/*');
    const kinds = (passedTo?: string) => {
      const given = passedTo === undefined ? undefined : givenOf([['iam:PassedToService', known(passedTo)]]);
      const { possible, certain } = reach(stack, { action: 'iam:PassRole', on, given });
      return [possible.kind, certain.kind];
    };
    expect(kinds('ec2.amazonaws.com')).toEqual(['found', 'found']);
    expect(kinds('lambda.amazonaws.com')).toEqual(['none', 'none']);
    expect(kinds()).toEqual(['found', 'none']);
  });

  it('gives up where statements have too many combinations, and does not say none', () => {
    const many = (letter: string) =>
      s3(Array.from({ length: 80 }, (_, at) => `arn:aws:s3:::${letter === 'a' ? `${at}*` : `*${at}`}/*`));
    const blocked = deny('s3:*', { Resource: ['arn:aws:s3:::*'] });
    const narrowly = deny('s3:*', { Resource: 'arn:aws:s3:::*/*' });
    expect(text(ask([identity(many('a'), blocked), session(many('b'))]).possible)).toBe('unknown');
    expect(text(ask([identity(many('a'), narrowly), session(many('b'))]).possible)).toBe('unknown');
    expect(text(ask([identity(many('a')), session(many('b'))]).possible)).not.toBe('unknown');
  });
});

describe('sharedResource', () => {
  it.each<[string, readonly Json[], string]>([
    ['the same', [s3('arn:aws:s3:::b/*')], 'arn:aws:s3:::b/'],
    [
      'two that meet',
      [allow('s3:GetObject', { Resource: 'arn:aws:s3:::b*' }), allow('s3:PutObject', { Resource: 'arn:aws:s3:::*/k' })],
      'arn:aws:s3:::b/k',
    ],
    [
      'two that do not',
      [
        allow('s3:GetObject', { Resource: 'arn:aws:s3:::b/*' }),
        allow('s3:PutObject', { Resource: 'arn:aws:s3:::c/*' }),
      ],
      'none',
    ],
    [
      'one that is denied',
      [
        allow('s3:*'),
        deny('s3:GetObject', { Resource: 'arn:aws:s3:::/*' }),
        deny('s3:PutObject', { Resource: 'arn:aws:s3:::x/*' }),
      ],
      'arn:aws:s3:::y/',
    ],
    ['one of them not at all', [allow('s3:GetObject')], 'none'],
  ])('%s', (_, statements, expected) => {
    const stack = stackFor([identity(...statements)]);
    const questions = ['s3:GetObject', 's3:PutObject'].map(action => ({ action, on: OBJECTS }));
    expect(text(sharedResource(stack, questions, 'lower'))).toBe(expected);
  });

  it('of no actions there is none', () => {
    expect(sharedResource(stackFor([]), [], 'upper')).toEqual({ kind: 'none' });
  });
});
