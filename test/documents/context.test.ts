import { expect, test } from 'vitest';
import { accountFacts, hasAllRegions, holdsAllRoles, rolesKnown } from '../../src/documents/context.ts';
import { UNKNOWN } from '../../src/documents/facts.ts';
import type { AccountSnapshot } from '../../src/snapshot/snapshot.ts';
import { account, unread } from './snapshots.ts';

test.each<[string, Partial<AccountSnapshot>, boolean]>([
  ['all were asked for', {}, true],
  ['some were named', { notAsked: ['regions'] }, false],
  ['AWS would not list them', { unread: [unread('ec2:DescribeRegions')] }, false],
  ['AWS listed one that is none', { unread: [unread('ec2:DescribeRegions', '../x')] }, false],
  ['something else failed', { unread: [unread('iam:ListRoles')] }, true],
])('whether these are all regions: %s', (_, rest, expected) => {
  expect(hasAllRegions(account(rest))).toBe(expected);
});

const LIST = unread('iam:ListRoles');
const BULK = unread('iam:GetAccountAuthorizationDetails');
const readBy = (strategy: 'bulk' | 'per-role') => ({ iamReadBy: { strategy, reason: '' } });

test.each<[string, Partial<AccountSnapshot>, string, boolean]>([
  ['put together by somebody', {}, 'all', true],
  ['not asked for', { notAsked: ['roles'] }, 'unknown', false],
  ['put together, ListRoles refused', { unread: [LIST] }, 'unknown', false],
  ['put together, the bulk call refused', { unread: [BULK] }, 'unknown', false],
  ['listed', { ...readBy('per-role'), otherRoles: [] }, 'all', true],
  ['listed by an earlier version', readBy('per-role'), 'all', false],
  ['listed, and the bulk call broke off', { ...readBy('bulk'), unread: [BULK], otherRoles: [] }, 'all', true],
  ['read in bulk, ListRoles refused', { ...readBy('bulk'), unread: [LIST], otherRoles: [] }, 'all', true],
  ['both refused, named ones asked for', { ...readBy('per-role'), unread: [LIST, BULK] }, 'named', false],
  ['both broke off', { ...readBy('bulk'), unread: [LIST, BULK] }, 'unknown', false],
  ['one role refused', { ...readBy('per-role'), unread: [unread('iam:GetRole', 'r')] }, 'all', false],
])('which roles are known, and whether all are there: %s', (_, rest, known, all) => {
  expect([rolesKnown(account(rest)), holdsAllRoles(account(rest))]).toEqual([known, all]);
});

test.each<[string, Partial<AccountSnapshot>, unknown]>([
  ['there is one', { alias: 'acme' }, 'acme'],
  ['there is none', {}, undefined],
  ['AWS would not say', { unread: [unread('iam:ListAccountAliases')] }, UNKNOWN],
])("the account's alias: %s", (_, rest, expected) => {
  expect(accountFacts(account(rest)).alias).toBe(expected);
});
