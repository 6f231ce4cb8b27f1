import { describe, expect, test } from 'vitest';
import { policyText, rolesAnywhereStatement } from '../../mocks/build/trust-policies.ts';
import { judge } from '../../src/audit.ts';
import { loadRules } from '../../src/rules/load.ts';
import type { AccountSnapshot } from '../../src/snapshot/snapshot.ts';
import { ANCHOR, GOOD, ID, NOW, pinned, ROLE, SETTINGS, snapshotOf, withProfile, withRole } from './base.ts';

const CN = 'aws:PrincipalTag/x509Subject/CN';
const ISSUER = 'aws:PrincipalTag/x509Issuer/CN';
const [ASSUME, TAG, SET] = ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'] as const;
const ONE_ANCHOR = { ArnEquals: { 'aws:SourceArn': ANCHOR.trustAnchorArn } };
const allow = rolesAnywhereStatement;
const deny = (...args: Parameters<typeof allow>) => ({ ...allow(...args), Effect: 'Deny' });
const { rules } = loadRules({ dirs: [], builtin: true, now: NOW });

function rulesThatSpeak(account: AccountSnapshot): readonly string[] {
  const { findings, notEvaluated } = judge(snapshotOf(account), rules, { settings: SETTINGS });
  const unasked = notEvaluated.filter(({ rule }) => rule.startsWith('role-') || rule === 'profile-role-not-trusting');
  return [...findings, ...unasked].map(({ rule }) => rule);
}

const onTrust = (...statements: readonly object[]) =>
  withRole(GOOD, { AssumeRolePolicyDocument: policyText(statements) });

describe('trust policies that are right, and of which no rule speaks', () => {
  test.each<readonly [string, AccountSnapshot]>([
    ["AWS's guide: one trust anchor, one subject", onTrust(allow({ ...ONE_ANCHOR, StringEquals: { [CN]: 'host-1' } }))],
    [
      "AWS's guide: the trust anchor on two actions, the subject on sts:TagSession",
      onTrust(allow(ONE_ANCHOR, [ASSUME, SET]), allow({ StringEquals: { [CN]: 'host-1', [ISSUER]: 'A' } }, [TAG])),
    ],
    [
      "AWS's template for EKS hybrid nodes: the trust anchor on two actions, the session's name on the third",
      withProfile(
        onTrust(
          allow(ONE_ANCHOR, [TAG, SET]),
          allow({ StringEquals: { 'sts:RoleSessionName': `\${${CN}}` } }, [ASSUME]),
        ),
        { acceptRoleSessionName: true },
      ),
    ],
    [
      'the same with the trust anchor on all',
      withProfile(
        onTrust(
          allow(ONE_ANCHOR, [TAG, SET]),
          allow({ ...ONE_ANCHOR, StringEquals: { 'sts:RoleSessionName': `\${${CN}}` } }, [ASSUME]),
        ),
        { acceptRoleSessionName: true },
      ),
    ],
    [
      'the account as well',
      onTrust(allow({ ...ONE_ANCHOR, StringEquals: { 'aws:SourceAccount': ID, [CN]: 'host-1' } })),
    ],
    [
      'keys in another case',
      onTrust(
        allow({ ArnLike: { 'AWS:sourceARN': ANCHOR.trustAnchorArn }, StringEquals: { [CN.toUpperCase()]: 'host-1' } }),
      ),
    ],
    [
      'a trust anchor in another case, where it does not count',
      onTrust(
        allow({ StringEqualsIgnoreCase: { 'aws:SourceArn': ANCHOR.trustAnchorArn.toUpperCase(), [CN]: 'host-1' } }),
      ),
    ],
    ['a source identity', onTrust(allow({ ...ONE_ANCHOR, StringEquals: { 'sts:SourceIdentity': 'CN=host-1' } }))],
    [
      'a name in the SAN',
      onTrust(allow({ ...ONE_ANCHOR, StringLike: { 'aws:PrincipalTag/x509SAN/DNS': 'web-?.example.com' } })),
    ],
    [
      'a workload of SPIFFE',
      onTrust(allow({ ...ONE_ANCHOR, StringLike: { 'aws:PrincipalTag/x509SAN/URI': 'spiffe://example.org/ns/*' } })),
    ],
    [
      'a Deny for all other subjects',
      onTrust(allow(ONE_ANCHOR), deny({ StringNotEquals: { [CN]: ['host-1', 'host-2'] } })),
    ],
    [
      'a Deny for all other trust anchors, for everybody',
      onTrust(allow({ StringEquals: { [CN]: 'host-1' } }), {
        ...deny({ ArnNotEquals: { 'aws:SourceArn': ANCHOR.trustAnchorArn } }),
        Principal: '*',
      }),
    ],
    ['a Deny for one subject on top', onTrust(allow(pinned()), deny({ StringEquals: { [CN]: 'host-9' } }))],
    ['one statement an action', onTrust(...[ASSUME, TAG, SET].map(action => allow(pinned(), [action])))],
    [
      'a single statement that is no list',
      withRole(GOOD, { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: allow(pinned()) } }),
    ],
    [
      'IfExists on what is always there',
      onTrust(allow({ ArnEqualsIfExists: ONE_ANCHOR.ArnEquals, StringEquals: { [CN]: 'host-1' } })),
    ],
    [
      "the service's own role",
      {
        ...GOOD,
        roles: [
          ...GOOD.roles,
          {
            ...ROLE,
            RoleName: 'AWSServiceRoleForRolesAnywhere',
            Arn: `arn:aws:iam::${ID}:role/aws-service-role/rolesanywhere.amazonaws.com/AWSServiceRoleForRolesAnywhere`,
            AssumeRolePolicyDocument: policyText([allow(undefined, [ASSUME])]),
          },
        ],
      },
    ],
  ])('%s', (_, account) => {
    expect(rulesThatSpeak(account)).toEqual([]);
  });
});

test('whether a trust anchor is named is left open where a variable decides it, and nothing is found', () => {
  const ofAccount = 'arn:aws:rolesanywhere:eu-west-1:${aws:PrincipalAccount}:trust-anchor/*';
  const account = onTrust(allow({ ArnLike: { 'aws:SourceArn': ofAccount } }));
  const { findings, notEvaluated } = judge(snapshotOf(account), rules, { settings: SETTINGS });
  expect(findings).toEqual([]);
  expect(notEvaluated.map(({ rule }) => rule).filter(rule => rule.startsWith('role-'))).toEqual([
    'role-trust-no-cert-attribute',
    'role-trust-no-source-arn',
  ]);
});
