import { describe, expect, it } from 'vitest';
import type { ProfileDetail } from '../../src/snapshot/shapes.ts';
import type { AccountSnapshot } from '../../src/snapshot/snapshot.ts';
import { ACCOUNT, about, account, profile, region, unread } from './snapshots.ts';

const ofPolicies = (rest: Partial<ProfileDetail>, inAccount: Partial<AccountSnapshot> = {}) => {
  const { facts, unknown } = about(
    'profile',
    account({ regions: [region({ profiles: [profile(rest)] })], ...inAccount }),
  );
  const prefix = 'profile.session_policy.';
  return {
    facts: facts.session_policy,
    unknown: unknown.filter(path => path.startsWith(prefix)).map(path => path.slice(prefix.length)),
  };
};
const text = (...statements: readonly object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements });
const allow = (Action: unknown, rest: object = {}) => ({ Effect: 'Allow', Action, Resource: '*', ...rest });
const deny = { Effect: 'Deny', Action: 'iam:*', Resource: '*' };
const OWN = `arn:aws:iam::${ACCOUNT}:policy/own`;
const AWS = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const policy = (Arn: string, Document: string) => ({
  Arn,
  PolicyName: 'own',
  PolicyVersionList: [{ VersionId: 'v1', IsDefaultVersion: true, Document }],
});

describe('the session policies of a profile', () => {
  it.each([
    ['none', {}],
    ['empty ones', { sessionPolicy: ' ', managedPolicyArns: [] }],
  ])('%s', (_, rest) => {
    const facts = { present: false, inline: false, managed_arns: [], undoes: [] };
    expect(ofPolicies(rest)).toEqual({ facts, unknown: [] });
  });

  it.each([
    ['a policy', text(allow('s3:*')), true, undefined],
    ['one of the old version', JSON.stringify({ Statement: [allow('s3:*')] }), true, undefined],
    ['no JSON', 'Allow', false, 'the policy is not JSON at 1:1'],
    ['half of it', '{"Version":', false, 'the policy is not JSON at 1:12'],
    [
      'URL-encoded, which AWS does not do here',
      encodeURIComponent(text(allow('s3:*'))),
      false,
      'the policy is not JSON at 1:1',
    ],
    ['a list', '[]', false, 'the policy is not JSON at 1:1'],
    ['nothing in it', '{}', false, 'the policy has no Statement'],
    ['a Principal', text(allow('s3:*', { Principal: '*' })), false, expect.stringContaining('Principal')],
    ['__proto__', '{"__proto__": {"Statement": []}}', false, expect.any(String)],
    ['nested without end', `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`, false, expect.any(String)],
  ])('are told apart from what is no policy: %s', (_, sessionPolicy, valid, problem) => {
    const { facts } = ofPolicies({ sessionPolicy });
    expect(facts).toMatchObject({ valid, ...(problem === undefined ? {} : { problem }) });
  });

  it.each([
    ['everything', text(allow('*')), [], true, false],
    ['everything in other words', text(allow('*:*', { Resource: ['*'] })), [], true, false],
    [
      'everything, if a condition holds',
      text(allow('*', { Condition: { Bool: { 'aws:SecureTransport': 'true' } } })),
      [],
      false,
      false,
    ],
    ['everything but', text(allow('*'), deny), [], false, false],
    ['something', text(allow('s3:*')), [], false, false],
    ['nothing', text(deny), [], false, true],
    ['no statement', text(), [], false, true],
    ['nothing, and something in a managed one', text(deny), [OWN], false, false],
    ['nothing, and a managed one that nobody read', text(deny), [AWS], false, undefined],
    ['everything, and a managed one that nobody read', text(allow('*')), [AWS], undefined, false],
    ['no policy', '{', [], undefined, undefined],
  ])('let through: %s', (_, sessionPolicy, managedPolicyArns, everything, nothing) => {
    const { facts, unknown } = ofPolicies(
      { sessionPolicy, managedPolicyArns },
      { policies: [policy(OWN, text(allow('s3:*')))] },
    );
    const known = { allows_everything: everything, allows_nothing: nothing };
    for (const [name, value] of Object.entries(known)) {
      expect((facts as Record<string, unknown>)[name]).toBe(value);
      expect(unknown.includes(name)).toBe(value === undefined);
    }
  });

  it.each([
    ['2,048 characters', { sessionPolicy: '{'.padEnd(2047, ' ').concat('}') }, false],
    ['one more', { sessionPolicy: '{'.padEnd(2048, ' ').concat('}') }, true],
    ['ten managed ones', { managedPolicyArns: Array.from({ length: 10 }, () => OWN) }, false],
    ['eleven', { managedPolicyArns: Array.from({ length: 11 }, () => OWN) }, true],
  ])('are too large or not: %s', (_, rest, expected) => {
    expect(ofPolicies(rest).facts).toMatchObject({ too_large: expected });
  });

  const single = { strategy: 'per-role', reason: '' } as const;
  it.each([
    ['one that is there', [OWN], { policies: [policy(OWN, text())] }, [], false],
    ['one that is not', [OWN], {}, [OWN], false],
    ['one that nobody was let see', [OWN], { unread: [unread('iam:GetPolicy', OWN)] }, [], true],
    ['policies not asked for', [OWN], { notAsked: ['policies'] }, [], true],
    ['all refused at once', [OWN], { unread: [unread('iam:GetAccountAuthorizationDetails')] }, [], true],
    ["another account's", ['arn:aws:iam::999999999999:policy/x'], {}, ['arn:aws:iam::999999999999:policy/x'], false],
    ["AWS's, in a snapshot that somebody put together", [AWS], {}, [], true],
    ["AWS's, which was asked for", [AWS], { iamReadBy: single }, [AWS], false],
    ['no ARN', ['x'], {}, [], true],
  ] as const)('name managed ones: %s', (_, managedPolicyArns, inAccount, missing, isUnknown) => {
    const { facts, unknown } = ofPolicies({ managedPolicyArns }, inAccount);
    expect(facts).toMatchObject({ managed_missing: missing });
    expect(unknown.includes('managed_missing')).toBe(isUnknown);
  });
});
