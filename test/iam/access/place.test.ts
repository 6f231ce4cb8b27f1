import { describe, expect, it } from 'vitest';
import { ANYWHERE, placeAt, placeOf, placesAt, placesOf } from '../../../src/iam/access/place.ts';
import { undocumentedActions } from '../../../src/iam/access/undocumented.ts';
import { actionNamed } from '../../../src/iam/catalog/action.ts';
import { allow, layer, stackFor } from '../escalation/session.ts';

const HOME = { account: '111122223333', partition: 'aws' };
const texts = ({ on, without }: typeof ANYWHERE) => [on.text, ...without.map(({ text }) => text)];

describe('placeOf', () => {
  it.each([
    ['arn:*:s3:::*', 's3:ListBucket', ['arn:*:s3:::*', 'arn:*:s3:::*/*']],
    ['arn:*:s3:::*/*', 's3:GetObject', ['arn:*:s3:::*/*']],
    ['arn:*:iam::*:role/*', 'iam:PassRole', ['arn:*:iam::*:role/*']],
    [
      'arn:*:logs:*:*:log-group:*',
      'logs:PutLogEvents',
      ['arn:*:logs:*:*:log-group:*', 'arn:*:logs:*:*:log-group:*:log-stream:*'],
    ],
    // ECS itself has tasks with two parts, and the service that asks does not.
    ['arn:*:ecs:*:*:task/*', 'ssm:StartSession', ['arn:*:ecs:*:*:task/*']],
    ['arn:*:nothing:*:*:x/*', 'nothing:Nothing', ['arn:*:nothing:*:*:x/*']],
  ])('%s of %s', (template, action, expected) => {
    expect(texts(placeOf(template, action))).toEqual(expected);
  });

  it.each([
    ['arn:*:iam::*:role/*', 'arn:aws:iam::111122223333:role/?*'],
    ['arn:*:ec2:*:*:instance/*', 'arn:aws:ec2:?*:111122223333:instance/?*'],
    ['arn:*:s3:::*/*', 'arn:aws:s3:::?*/?*'],
    ['arn:*:iam::aws:policy/*', 'arn:aws:iam::aws:policy/?*'],
    ['arn:*:logs:*:*:log-group:*:log-stream:*', 'arn:aws:logs:?*:111122223333:log-group:?*:log-stream:?*'],
  ])('%s in an account: %s', (template, expected) => {
    expect(placeAt(template, 'x:Y', HOME).on.text).toBe(expected);
  });
});

it('an action without resources has no place of its own', () => {
  const action = actionNamed('s3:ListAllMyBuckets')!;
  expect(placesOf(action)).toEqual([ANYWHERE]);
  expect(placesAt(action, HOME)).toEqual([ANYWHERE]);
  expect(placesAt(undefined, HOME)).toEqual([ANYWHERE]);
  expect(placesAt(actionNamed('iam:PassRole'), HOME).map(({ on }) => on.text)).toEqual([
    'arn:aws:iam::111122223333:role/?*',
  ]);
});

it('undocumentedActions are those that statements name, or cover as a service', () => {
  const statements = [
    allow(['s3:*', 'S3:GetObject', 's3:GetNothing', 'x:y', 'x:y*', 'a, b:c', '*', 'iam:Get*', 'nothing:**']),
  ];
  expect(undocumentedActions(stackFor([layer('identity', statements)]))).toEqual([
    's3:FutureAction',
    's3:GetNothing',
    'x:y',
    'nothing:FutureAction',
    'future-service:FutureAction',
  ]);
});
