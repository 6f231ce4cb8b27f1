import { describe, expect, it, test } from 'vitest';
import { onlyFrom, rolesAnywhereTrust } from '../../mocks/build/trust-policies.ts';
import { judge } from '../../src/audit.ts';
import { declaredBy } from '../../src/documents/expected/declare.ts';
import { loadRules } from '../../src/rules/load.ts';
import type { Expectations, ExpectedRole } from '../../src/settings/expectations.ts';
import { NO_EXPECTATIONS } from '../../src/settings/expectations.ts';
import { expectToml } from '../../src/settings/expectToml.ts';
import { readSettings } from '../../src/settings/read.ts';
import type { ProfileDetail } from '../../src/snapshot/shapes.ts';
import type { AccountSnapshot } from '../../src/snapshot/snapshot.ts';
import {
  ANCHOR,
  GOOD,
  ID,
  inRegion,
  NOW,
  PROFILE,
  REGION,
  ROLE,
  ROOT,
  SETTINGS,
  snapshotOf,
  withAnchor,
  withProfile,
  withRole,
} from '../catalogue/base.ts';

const { rules } = loadRules({ dirs: [], builtin: true, now: NOW });
const EXPECTED = rules.filter(({ id }) => id.startsWith('expected-'));

function told(account: AccountSnapshot, expected: Expectations) {
  const settings = { ...SETTINGS, expect: expected };
  const { findings, notEvaluated, documents } = judge(snapshotOf(account), EXPECTED, { settings });
  const said = documents.flatMap(({ body, kind }) => {
    const own = body[kind] as { expected?: { differs?: readonly string[]; missing?: readonly string[] } };
    return [...(own.expected?.differs ?? []), ...(own.expected?.missing ?? [])];
  });
  return {
    rules: [...findings.map(({ rule, severity }) => `${rule} ${severity}`)].sort(),
    unsure: [...new Set(notEvaluated.map(({ rule }) => rule))].sort(),
    said,
  };
}

/** The good account, declared as it is. */
const AS_IT_IS = declaredBy(snapshotOf(GOOD), judge(snapshotOf(GOOD), [], { settings: SETTINGS }).documents).expect;

const failed = (operation: string) => ({ operation, resource: '*', error: 'AccessDenied', message: 'no' });
/** By the name of the session, which is the caller's choice. */
const namedSession = (change: Partial<ProfileDetail> = {}, sourceArn: unknown = ANCHOR.trustAnchorArn) =>
  withProfile(
    withRole(withBothAnchors(GOOD), {
      AssumeRolePolicyDocument: rolesAnywhereTrust({
        ArnEquals: { 'aws:SourceArn': sourceArn as string },
        StringEquals: { 'sts:RoleSessionName': '${aws:PrincipalTag/x509Subject/CN}' },
      }),
    }),
    { acceptRoleSessionName: true, ...change },
  );
const withBothAnchors = (account: AccountSnapshot) =>
  inRegion(account, ({ trustAnchors }) => ({ trustAnchors: [...trustAnchors, { ...OTHER_ANCHOR, name: 'wifi' }] }));
const declaredOf = (account: AccountSnapshot): ExpectedRole =>
  declaredBy(snapshotOf(account), judge(snapshotOf(account), [], { settings: SETTINGS }).documents).expect.role[0]!;
const anchors = (change: Partial<Expectations['trust_anchor'][0]>): Expectations => ({
  ...AS_IT_IS,
  trust_anchor: [{ ...AS_IT_IS.trust_anchor[0]!, ...change }],
});
const roles = (change: Partial<Expectations['role'][0]>): Expectations => ({
  ...NO_EXPECTATIONS,
  role: [{ ...AS_IT_IS.role[0]!, ...change }],
});
const noPolicy = { sessionPolicy: '', managedPolicyArns: [] };
const ANOTHER_ROOT = { sourceType: 'CERTIFICATE_BUNDLE', sourceData: { x509CertificateData: ROOT.pem } };
const PCA = 'arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/0e5d1ab2-0000-4000-8000-000000000001';
const OVER_PCA = { sourceType: 'AWS_ACM_PCA', sourceData: { acmPcaArn: PCA } };
const OTHER_ANCHOR = { ...ANCHOR, trustAnchorArn: ANCHOR.trustAnchorArn.replace(/1$/, '2') };

describe('the account held against what is declared', () => {
  it.each<[name: string, account: AccountSnapshot, expected: Expectations, rules: string[], said: unknown[]]>([
    ['nothing is declared', GOOD, NO_EXPECTATIONS, [], []],
    ['all is as declared', GOOD, AS_IT_IS, [], []],
    [
      'another CA',
      withAnchor(GOOD, { source: ANOTHER_ROOT }),
      AS_IT_IS,
      ['expected-anchor-differs high'],
      [
        expect.stringMatching(/^CA [0-9a-f]{64} is not declared$/),
        expect.stringMatching(/ is declared and not there$/),
      ],
    ],
    [
      'a private CA in place of a certificate',
      withAnchor(GOOD, { source: OVER_PCA }),
      anchors({ cas: [PCA.replace('0e5d', 'ffff')] }),
      ['expected-anchor-differs high'],
      [`CA ${PCA} is not declared`, `CA ${PCA.replace('0e5d', 'ffff')} is declared and not there`],
    ],
    ['the private CA that is declared', withAnchor(GOOD, { source: OVER_PCA }), anchors({ cas: [PCA] }), [], []],
    [
      'off where it should be on',
      withAnchor(GOOD, { enabled: false }),
      { ...NO_EXPECTATIONS, trust_anchor: AS_IT_IS.trust_anchor },
      ['expected-anchor-differs low'],
      ['is disabled, declared enabled'],
    ],
    [
      'an anchor more, and a name taken',
      inRegion(GOOD, ({ trustAnchors }) => ({
        trustAnchors: [
          ...trustAnchors,
          OTHER_ANCHOR,
          { ...OTHER_ANCHOR, trustAnchorArn: `${OTHER_ANCHOR.trustAnchorArn}3`, name: 'x' },
        ],
      })),
      { ...NO_EXPECTATIONS, trust_anchor: AS_IT_IS.trust_anchor },
      ['expected-anchor-differs high', 'expected-anchor-differs high', 'expected-anchor-undeclared high'],
      ['is one of 2 of that name, declared is one', 'is one of 2 of that name, declared is one'],
    ],
    [
      'a session policy that lets through more, other tags, names that callers choose',
      withProfile(GOOD, {
        sessionPolicy:
          '{"Statement":{"Effect":"Allow","Action":["s3:GetObject","s3:GetObjectTagging"],"Resource":"*"}}',
        acceptRoleSessionName: true,
        attributeMappings: PROFILE.attributeMappings!.slice(0, 2),
        managedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
      }),
      { ...NO_EXPECTATIONS, profile: AS_IT_IS.profile },
      ['expected-profile-differs medium'],
      [
        expect.stringMatching(/^its session policy is another: SHA-256 [0-9a-f]{64}$/),
        'session policy arn:aws:iam::aws:policy/ReadOnlyAccess is not declared',
        'mapping x509Subject/* is declared and not there',
        'lets callers choose the name of their session, declared otherwise',
      ],
    ],
    [
      'a profile with less to hold it',
      withProfile(GOOD, { ...noPolicy, durationSeconds: 7200, roleArns: [ROLE.Arn, `${ROLE.Arn}-2`] }),
      { ...NO_EXPECTATIONS, profile: AS_IT_IS.profile },
      ['expected-profile-differs medium'],
      [
        `role ${ROLE.Arn}-2 is not declared`,
        'has no session policy',
        'sessions last 7200 seconds, declared are 3600 at most',
      ],
    ],
    [
      'nobody declared it',
      GOOD,
      { ...NO_EXPECTATIONS, profile: [{ name: 'other', region: REGION }] },
      ['expected-missing medium', 'expected-profile-undeclared medium'],
      [`profile other in ${REGION}`],
    ],
    [
      'what is declared for another account',
      GOOD,
      { ...NO_EXPECTATIONS, profile: [{ name: 'other', region: REGION, account: '999999999999' }] },
      [],
      [],
    ],
    [
      'a role that opens up',
      withRole(GOOD, { AssumeRolePolicyDocument: rolesAnywhereTrust() }),
      roles({}),
      ['expected-role-differs medium'],
      [
        'lets in any certificate of any trust anchor, not declared',
        'holds certificates by the grade any_anchor, declared is attribute at the least',
      ],
    ],
    [
      'a role by another trust anchor',
      GOOD,
      roles({ anchors: [OTHER_ANCHOR.trustAnchorArn], certificates: undefined, grade: undefined }),
      ['expected-role-differs medium'],
      [`certificates of ${ANCHOR.trustAnchorArn} may enter, not declared`],
    ],
    [
      'a role by another trust anchor, where the session is to have a name that callers choose',
      namedSession({}, [ANCHOR.trustAnchorArn, OTHER_ANCHOR.trustAnchorArn]),
      { ...NO_EXPECTATIONS, role: [declaredOf(namedSession())] },
      ['expected-role-differs medium'],
      [
        `certificates of ${OTHER_ANCHOR.trustAnchorArn} may enter, not declared`,
        'lets in perhaps: any certificate of the trust anchor wifi, not declared',
      ],
    ],
    [
      'a role for sessions of a name that callers choose, as it was declared',
      namedSession(),
      { ...NO_EXPECTATIONS, role: [declaredOf(namedSession())] },
      [],
      [],
    ],
    [
      'a role tighter than declared',
      withRole(GOOD, {
        AssumeRolePolicyDocument: rolesAnywhereTrust(onlyFrom(ANCHOR.trustAnchorArn, 'host-1')),
      }),
      roles({ grade: 'wildcard', certificates: undefined }),
      [],
      [],
    ],
    [
      'a role that nobody declared',
      GOOD,
      { ...NO_EXPECTATIONS, role: [{ name: 'other' }] },
      ['expected-missing medium', 'expected-role-undeclared medium'],
      ['role other'],
    ],
  ])('%s', (_, account, expected, speaking, said) => {
    const answer = told(account, expected);
    expect({ rules: answer.rules, said: answer.said }).toEqual({ rules: speaking, said });
    expect(answer.unsure).toEqual([]);
  });

  it.each<[name: string, account: AccountSnapshot, expected: Expectations, unsure: string[]]>([
    [
      'a CA that could not be read',
      withAnchor(GOOD, { source: OVER_PCA }),
      { ...NO_EXPECTATIONS, trust_anchor: AS_IT_IS.trust_anchor },
      ['expected-anchor-differs'],
    ],
    [
      'profiles that could not be listed',
      { ...inRegion(GOOD, () => ({ profiles: [], unread: [failed('rolesanywhere:ListProfiles')] })) },
      { ...NO_EXPECTATIONS, profile: AS_IT_IS.profile },
      ['expected-missing', 'expected-profile-differs', 'expected-profile-undeclared'],
    ],
    [
      'regions that were not asked',
      { ...GOOD, notAsked: ['regions'] },
      { ...NO_EXPECTATIONS, profile: [...AS_IT_IS.profile, { name: 'x', region: 'us-east-1' }] },
      ['expected-missing', 'expected-profile-differs', 'expected-profile-undeclared'],
    ],
    [
      'a role whose trust policy is not known',
      withRole(GOOD, { AssumeRolePolicyDocument: undefined as never }),
      roles({}),
      ['expected-role-differs'],
    ],
    ...[{ acceptRoleSessionName: undefined }, { attributeMappings: undefined }].map(
      (change): [string, AccountSnapshot, Expectations, string[]] => [
        `a profile without ${Object.keys(change)}, and a name of the session`,
        namedSession(change, [ANCHOR.trustAnchorArn, OTHER_ANCHOR.trustAnchorArn]),
        { ...NO_EXPECTATIONS, role: [declaredOf(namedSession())] },
        ['expected-role-differs'],
      ],
    ),
  ])('what is not known is not said: %s', (_, account, expected, unsure) => {
    expect(told(account, expected)).toMatchObject({ rules: [], unsure });
  });
});

test.each([
  ['as it is', 8, 'host-8', []],
  ['past the fifth value', 8, 'host-9', ['expected-role-differs medium']],
  ['past all that is written out', 2000, 'host-9999', ['expected-role-differs medium']],
])('names of a trust policy held against those declared: %s', (_, count, last, expected) => {
  const names = Array.from({ length: count }, (_, at) => `host-${at + 1}`);
  const taking = (values: readonly string[]) =>
    withRole(GOOD, { AssumeRolePolicyDocument: rolesAnywhereTrust(onlyFrom(ANCHOR.trustAnchorArn, values)) });
  const before = snapshotOf(taking(names));
  const { expect: declared } = declaredBy(before, judge(before, [], { settings: SETTINGS }).documents);
  const { rules } = told(taking([...names.slice(0, -1), last]), { ...NO_EXPECTATIONS, role: declared.role });
  expect(rules).toEqual(expected);
});

describe('the account declared as it is', () => {
  test('reads back as it was written', () => {
    const reading = readSettings(expectToml(AS_IT_IS));
    expect('settings' in reading && reading.settings.expect).toEqual(AS_IT_IS);
    expect(expectToml(AS_IT_IS)).toMatchInlineSnapshot(`
      "[[expect.trust_anchor]]
      name = "issuing"
      region = "eu-west-1"
      account = "111122223333"
      enabled = true
      cas = ["2c8ade70c00b882c80eef47d9491e7600657cbd22659ef542f1094a49790e9c8"]

      [[expect.profile]]
      name = "readers"
      region = "eu-west-1"
      account = "111122223333"
      enabled = true
      roles = ["arn:aws:iam::111122223333:role/reader"]
      session_policy = true
      session_policy_sha256 = "6c2f640bd8dd4e558b47352a5cb2e3ac8a19d6f309d156753ea878fc5d615111"
      managed_policies = []
      accepts_session_name = false
      mappings = [
        "x509Issuer/*",
        "x509SAN/DNS",
        "x509SAN/Name/*",
        "x509SAN/URI",
        "x509Subject/*",
      ]
      max_session_seconds = 3600

      [[expect.role]]
      name = "reader"
      account = "111122223333"
      anchors = ["arn:aws:rolesanywhere:eu-west-1:111122223333:trust-anchor/6e0b4f4e-1111-4c58-8f00-000000000001"]
      certificates = ["subject CN is host-1, and issuer CN is \\"Example Issuing CA\\""]
      grade = "attribute"
      "
    `);
  });

  test('no text breaks out of its quotes', () => {
    const name = 'a"\n[lists]\r\u0000\u001b[31m\u007f\u202e\\u0041 \u{e0001} 𝄞 ü';
    const text = expectToml({ ...NO_EXPECTATIONS, role: [{ name, certificates: ['', 'x'] }] });
    expect(text).not.toMatch(/[^\P{C}\n]/u);
    const reading = readSettings(text.replace('  "",\n', ''));
    expect('settings' in reading && reading.settings.expect.role).toEqual([{ name, certificates: ['x'] }]);
  });

  test('with the trust anchors by which somebody may get in, and perhaps does', () => {
    expect(declaredOf(namedSession())).toEqual({
      name: 'reader',
      account: ID,
      anchors: [ANCHOR.trustAnchorArn],
      certificates: ['perhaps: any certificate of the trust anchor issuing'],
      grade: 'ineffective',
    });
  });

  test('what is not known is left out, and noted', () => {
    const account = inRegion(withAnchor(GOOD, { source: { sourceType: 'X', sourceData: {} } }), ({ profiles }) => ({
      profiles: [...profiles, { ...PROFILE, profileArn: `${PROFILE.profileArn}2` }],
    }));
    const { documents } = judge(snapshotOf(account), []);
    const { expect: declared, notes } = declaredBy(snapshotOf(account), documents);
    expect(declared.trust_anchor).toEqual([{ name: 'issuing', region: REGION, account: ID, enabled: true }]);
    expect(notes).toEqual([
      `trust anchor ${ANCHOR.trustAnchorArn}: its CA is not known, and left out`,
      `profile ${PROFILE.profileArn}2: another of its name is declared, so that it cannot be`,
    ]);
  });
});
