import { describe, expect, test } from 'vitest';
import { amountRead, type Coverage, coverageOf } from '../../src/snapshot/coverage.ts';
import type { AccountSnapshot, RegionSnapshot, Unread } from '../../src/snapshot/snapshot.ts';
import { account, anchor, profile, region, role, roleArn, snapshot, unread } from '../documents/snapshots.ts';

/** `operation: status items`, and the message where there is one. */
function said(of: AccountSnapshot, where: string): string[] {
  return coverageOf(snapshot(of))
    .filter(row => row.region === where)
    .map(({ operation, status, items, message }: Coverage) => {
      const name = operation.slice(operation.indexOf(':') + 1);
      return `${name}: ${status} ${items}${message === '' ? '' : ` (${message})`}`;
    });
}

const ofAccount = (rest: Partial<AccountSnapshot>) => said(account(rest), 'global');
const ofRegion = (rest: Partial<RegionSnapshot>) => said(account({ regions: [region(rest)] }), 'eu-west-1');
const refusal = ({ resource }: Unread) => `${resource}: AccessDenied: no`;
const policy = (name: string, documented = true) => ({
  Arn: name,
  PolicyName: name,
  ...(documented ? { PolicyVersionList: [{ VersionId: 'v1', Document: '{}' }] } : {}),
});

describe('roles and policies read one by one', () => {
  const iamReadBy = { strategy: 'per-role', reason: '' } as const;
  const roles = [role('a', { RolePolicyList: [{ PolicyName: 'x', PolicyDocument: '{}' }] }), role('b')];
  const whole = { iamReadBy, roles, policies: [policy('p'), policy('q')] };

  test('are told operation by operation', () => {
    expect(ofAccount(whole)).toEqual([
      'ListRoles: read 2',
      'GetRole: read 2',
      'ListAttachedRolePolicies: read 2',
      'ListRolePolicies: read 2',
      'GetRolePolicy: read 1',
      'GetPolicy: read 2',
      'GetPolicyVersion: read 2',
    ]);
  });

  test.each([
    ['GetRole', [unread('iam:GetRole', roleArn('b'))], 'partly read 1'],
    ['GetRole', [unread('iam:GetRole', roleArn('a')), unread('iam:GetRole', roleArn('b'))], 'not read 0'],
    ['ListAttachedRolePolicies', [unread('iam:ListAttachedRolePolicies', 'b')], 'partly read 1'],
    ['GetRolePolicy', [unread('iam:GetRolePolicy', roleArn('a'))], 'partly read 1'],
    ['GetPolicy', [unread('iam:GetPolicy', 'z')], 'partly read 2'],
    ['GetPolicyVersion', [unread('iam:GetPolicyVersion', 'z')], 'partly read 2'],
  ])('%s refused for some is partly read', (operation, refused, status) => {
    const message = refused.map(refusal).join('; ');
    expect(ofAccount({ ...whole, unread: refused })).toContain(`${operation}: ${status} (${message})`);
  });

  test('GetPolicy refused for all: nobody got as far as GetPolicyVersion', () => {
    const refused = [unread('iam:GetPolicy', 'p')];
    const rows = ofAccount({ ...whole, policies: [], unread: refused });
    expect(rows).toContain('GetPolicy: not read 0 (p: AccessDenied: no)');
    expect(rows.filter(row => row.startsWith('GetPolicyVersion'))).toEqual([]);
  });

  test('GetPolicyVersion refused for all is not read', () => {
    const refused = [unread('iam:GetPolicyVersion', 'p')];
    const rows = ofAccount({ ...whole, policies: [policy('p', false)], unread: refused });
    expect(rows).toContain('GetPolicy: read 1');
    expect(rows).toContain('GetPolicyVersion: not read 0 (p: AccessDenied: no)');
  });
});

describe('roles and policies read in bulk', () => {
  const bulk = { iamReadBy: { strategy: 'bulk', reason: '' }, roles: [role('a')], policies: [policy('p')] } as const;

  test('are told by the call that brought them', () => {
    expect(ofAccount(bulk)).toEqual(['ListRoles: read 1', 'GetAccountAuthorizationDetails: read 2']);
  });

  test('what failed beside it is told', () => {
    expect(ofAccount({ ...bulk, unread: [unread('iam:GetPolicy', 'aws')] })).toContain(
      'GetPolicy: not read 0 (aws: AccessDenied: no)',
    );
  });
});

test('roles and policies that nobody asked for', () => {
  expect(ofAccount({ notAsked: ['roles', 'policies'] })).toEqual([
    'ListRoles: not asked 0',
    'GetPolicyVersion: not asked 0',
  ]);
});

test.each([
  ['*', 'DescribeRegions: not read 0 (AccessDenied: no)'],
  ['../x', 'DescribeRegions: partly read 1 (../x: AccessDenied: no)'],
])('regions of which %s failed', (resource, expected) => {
  const rows = ofAccount({ regions: [region()], unread: [unread('ec2:DescribeRegions', resource)] });
  expect(rows).toContain(expected);
});

describe('what is asked of one resource at a time', () => {
  const TAGS = 'ListTagsForResource';
  const refused = unread('rolesanywhere:ListTagsForResource', 'x');
  const tagsOf = (count: number) => Array.from({ length: count }, (_, at) => ({ resourceArn: String(at), tags: [] }));
  const three = { trustAnchors: [anchor()], profiles: [profile(), profile({ profileArn: 'p2' })] };
  const rowOf = (operation: string, rest: Partial<RegionSnapshot>) =>
    ofRegion(rest).filter(row => row.startsWith(operation));

  test.each<[string, Partial<RegionSnapshot>, readonly string[]]>([
    ['nothing to ask of', {}, []],
    ['all', { ...three, tags: tagsOf(3) }, ['read 3']],
    ['the budget cut', { ...three, tags: tagsOf(2) }, ['partly asked 2 (1 of 3 not asked for (--call-budget))']],
    ['no budget', three, ['not asked 0 (3 of 3 not asked for (--call-budget))']],
    ['one refused', { ...three, tags: tagsOf(2), unread: [refused] }, ['partly read 2 (x: AccessDenied: no)']],
    [
      'one refused, and the budget cut',
      { ...three, tags: tagsOf(1), unread: [refused] },
      ['partly read 1 (x: AccessDenied: no; 1 of 3 not asked for (--call-budget))'],
    ],
    ['nobody asked', { ...three, notAsked: ['tags'] }, ['not asked 0']],
  ])('tags: %s', (_, rest, expected) => {
    expect(rowOf(TAGS, rest)).toEqual(expected.map(row => `${TAGS}: ${row}`));
  });

  test('certificates of subjects: those that the budget left out are told', () => {
    const subject = { subjectId: 's', subjectArn: 's', x509Subject: 'CN=s' };
    const subjects = [{ ...subject, credentials: [] }, subject];
    expect(rowOf('GetSubject', { subjects })).toEqual([
      'GetSubject: partly asked 1 (1 of 2 not asked for (--call-budget))',
    ]);
    expect(rowOf('GetSubject', {})).toEqual([]);
  });
});

describe('how much of a region was read', () => {
  const ALL = [
    'rolesanywhere:ListTrustAnchors',
    'rolesanywhere:ListProfiles',
    'rolesanywhere:ListCrls',
    'rolesanywhere:ListSubjects',
    'cloudtrail:LookupEvents',
  ];
  const amount = (rest: Partial<RegionSnapshot>) =>
    amountRead(coverageOf(snapshot(account({ regions: [region(rest)] }))).filter(row => row.region === 'eu-west-1'));

  test.each<[string, Partial<RegionSnapshot>, string]>([
    ['every list, though empty', {}, 'all'],
    ['one list refused', { unread: [unread('rolesanywhere:ListSubjects')] }, 'part'],
    ['a later page refused', { profiles: [profile()], unread: ALL.map(name => unread(name)) }, 'part'],
    ['every list refused', { unread: ALL.map(name => unread(name)) }, 'nothing'],
    [
      'the only list that was asked for refused',
      { ...trailOnly(), unread: [unread('cloudtrail:LookupEvents')] },
      'nothing',
    ],
    ['one list asked for', trailOnly(), 'all'],
  ])('%s', (_, rest, expected) => {
    expect(amount(rest)).toBe(expected);
  });

  function trailOnly(): Partial<RegionSnapshot> {
    return { notAsked: ['trustAnchors', 'profiles', 'crls', 'subjects', 'tags'] };
  }
});
