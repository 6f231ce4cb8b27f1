import { expect, test } from 'vitest';
import { accountFacts, hasAllRegions } from '../../src/documents/context.ts';
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

test.each<[string, Partial<AccountSnapshot>, unknown]>([
  ['there is one', { alias: 'acme' }, 'acme'],
  ['there is none', {}, undefined],
  ['AWS would not say', { unread: [unread('iam:ListAccountAliases')] }, UNKNOWN],
])("the account's alias: %s", (_, rest, expected) => {
  expect(accountFacts(account(rest)).alias).toBe(expected);
});
