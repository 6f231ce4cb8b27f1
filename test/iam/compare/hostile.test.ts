import { describe, expect, it } from 'vitest';
import { budgetOf } from '../../../src/iam/budget.ts';
import { compareAccess } from '../../../src/iam/compare/compare.ts';
import type { Layers } from '../../../src/iam/layer.ts';
import { readPolicy } from '../../../src/iam/policy.ts';

const times = <T>(count: number, make: (at: number) => T) => Array.from({ length: count }, (_, at) => make(at));
const BUCKET = 'arn:aws:s3:::';

function allow(Action: string | readonly string[], Resource: string | readonly string[], Condition: object = {}) {
  return { Effect: 'Allow', Action, Resource, Condition };
}

function policy(...statements: readonly object[]): Layers {
  const reading = readPolicy({ Version: '2012-10-17', Statement: statements });
  return [{ name: 'identity', policies: [{ name: 'p', reading }], complete: true }];
}

/** Letters that look random and are not. */
function word(seed: number, length: number): string {
  let state = seed * 7919 + 17;
  return times(length, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return 'abc'[(state >>> 8) % 3]!;
  }).join('');
}

const bomb = (stars: number) => '*a'.repeat(stars);
const byPrincipal = (operator: string, value: string | readonly string[]) => ({
  [operator]: { 'aws:PrincipalArn': value },
});

const READ = 's3:GetObject';
/** Two policies, and what comparing them comes to, both ways: the answer, and its price in million steps of the twelve there are. */
const CASES: Readonly<Record<string, readonly [Layers, Layers, readonly [string, string]]>> = {
  'stars in actions': [
    policy(...times(1_500, at => allow(`s3:*${word(at, 6)}*`, '*'))),
    policy(...times(1_500, at => allow(`s3:*${word(at + 1_500, 6)}*`, '*'))),
    ['not known, 12', 'not known, 12'],
  ],
  'stars in services': [
    policy(...times(300, at => allow(`*:*${word(at, 3)}*${word(at, 2)}*`, '*'))),
    policy(...times(300, at => allow(`*:*${word(at + 300, 3)}*`, '*'))),
    ['new, 1', 'not known, 12'],
  ],
  'long actions': [
    policy(allow(`s3:${bomb(5_000)}`, '*')),
    policy(allow(`s3:${bomb(4_999)}*`, '*')),
    ['not known, 0', 'not known, 0'],
  ],
  'long resources': [
    policy(allow(READ, `${BUCKET}${bomb(5_000)}`)),
    policy(allow(READ, `${BUCKET}${bomb(4_999)}*`)),
    ['not known, 1', 'not known, 1'],
  ],
  'many rather long resources': [
    policy(...times(60, at => allow(READ, `${BUCKET}${bomb(400 + at)}b`))),
    policy(...times(60, at => allow(READ, `${BUCKET}${bomb(400 + at)}*`))),
    ['not known, 12', 'not known, 12'],
  ],
  'many resources': [
    policy(...times(1_500, at => allow(READ, `${BUCKET}${word(at, 9)}/*`))),
    policy(...times(1_500, at => allow(READ, `${BUCKET}${word(at + 1_500, 9)}/*`))),
    ['new, 1', 'new, 1'],
  ],
  'a part of each of many resources': [
    policy(
      allow(
        's3:*',
        times(1_000, at => `${BUCKET}b${at}/*`),
      ),
    ),
    policy(...times(1_000, at => allow(READ, `${BUCKET}b${at}/x/*`))),
    ['nothing new, 6', 'new, 1'],
  ],
  'many NotResource': [
    policy(
      ...times(60, at => ({
        Effect: 'Allow',
        Action: READ,
        NotResource: times(10, of => `${BUCKET}*${word(10 * at + of, 2)}*`),
      })),
    ),
    policy(allow(READ, '*')),
    ['new, 2', 'nothing new, 0'],
  ],
  'patterns on one key': [
    policy(...times(600, at => allow(READ, '*', byPrincipal('StringLike', `*${word(at, 6)}*`)))),
    policy(...times(600, at => allow(READ, '*', byPrincipal('StringLike', `*${word(at + 600, 6)}*`)))),
    ['not known, 12', 'not known, 12'],
  ],
  'ranges of addresses': [
    policy(...times(900, at => allow(READ, '*', { IpAddress: { 'aws:SourceIp': `10.${at % 256}.${at % 251}.0/24` } }))),
    policy(allow(READ, '*', { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } })),
    ['new, 2', 'nothing new, 1'],
  ],
  'conditions in each other’s way': [
    policy(
      ...times(300, at => allow(READ, '*', { StringEquals: { [`k:${at}`]: 'a', [`k:${at + 1}`]: 'b' } })),
      ...times(300, at => allow(READ, '*', { StringNotEquals: { [`k:${at}`]: 'a', [`k:${at + 1}`]: 'b' } })),
    ),
    policy(allow(READ, '*')),
    ['new, 1', 'nothing new, 0'],
  ],
  'long patterns in conditions': [
    policy(allow(READ, '*', byPrincipal('StringLike', bomb(5_000)))),
    policy(allow(READ, '*', byPrincipal('StringLike', `${bomb(4_999)}*`))),
    ['not known, 1', 'not known, 1'],
  ],
};

function outcomeOf(a: Layers, b: Layers): string {
  const budget = budgetOf(12_000_000);
  const { newAccess } = compareAccess(a, b, { budget });
  const answer = newAccess === undefined ? 'not known' : newAccess ? 'new' : 'nothing new';
  return `${answer}, ${Math.ceil(budget.used() / 1e6)}`;
}

describe('compareAccess on policies made to last', () => {
  it.each(Object.entries(CASES))('%s', (_, [a, b, expected]) => {
    expect([outcomeOf(a, b), outcomeOf(b, a)]).toEqual(expected);
  });

  it('proves what a hundred statements say of one key', () => {
    const each = times(100, at => allow(READ, '*', byPrincipal('StringEquals', `x${at}`)));
    const rest = allow(
      READ,
      '*',
      byPrincipal(
        'StringNotEquals',
        times(100, at => `x${at}`),
      ),
    );
    expect(compareAccess(policy(...each, rest), policy(allow(READ, '*'))).newAccess).toBe(false);
  });
});
