import { describe, expect, test } from 'vitest';
import { type EventLookup, gapsIn } from '../../src/documents/gaps.ts';
import type { AccountSnapshot, RegionSnapshot } from '../../src/snapshot/snapshot.ts';
import { ACCOUNT, account, region, snapshot, unread } from './snapshots.ts';

const OWN: EventLookup = { source: 'rolesanywhere.amazonaws.com', names: ['CreateProfile'] };
const IAM: EventLookup = { source: 'iam.amazonaws.com', names: ['CreateRole'] };
const ALL_OF_IAM: EventLookup = { source: 'iam.amazonaws.com', names: [] };

/** Region and operation of every gap. */
function gaps(kind: 'trust_anchor' | 'profile' | 'role' | 'event', of: AccountSnapshot, lookups = [OWN]): string[] {
  return gapsIn(snapshot(of))
    .of(kind, lookups)
    .map(({ place, operation }) => `${place.region} ${operation}`);
}

test('a gap is a place: all that is there of a kind', () => {
  const found = gapsIn(snapshot(account({ regions: [region({ notAsked: ['profiles'] })] }))).of('profile', []);
  expect(found).toEqual([
    {
      place: { kind: 'profile', id: '*', name: '*', account: ACCOUNT, region: 'eu-west-1' },
      operation: 'rolesanywhere:ListProfiles',
    },
  ]);
});

describe('lists of a region', () => {
  const refused = region({ unread: [unread('rolesanywhere:ListTrustAnchors')] });
  test.each<[string, Partial<AccountSnapshot>, string[]]>([
    ['read', { regions: [region()] }, []],
    ['refused', { regions: [region({ name: 'a' }), { ...refused, name: 'b' }] }, ['b rolesanywhere:ListTrustAnchors']],
    ['not asked', { regions: [region({ notAsked: ['trustAnchors'] })] }, ['eu-west-1 rolesanywhere:ListTrustAnchors']],
    ['another refused', { regions: [region({ unread: [unread('rolesanywhere:ListProfiles')] })] }, []],
    ['tags refused', { regions: [region({ unread: [unread('rolesanywhere:ListTagsForResource', 'arn')] })] }, []],
    ['regions named', { regions: [region()], notAsked: ['regions'] }, ['* rolesanywhere:ListTrustAnchors']],
    [
      'regions unlisted',
      { regions: [], unread: [unread('ec2:DescribeRegions')] },
      ['* rolesanywhere:ListTrustAnchors'],
    ],
  ])('%s', (_, of, expected) => {
    expect(gaps('trust_anchor', account(of))).toEqual(expected);
  });
});

describe('roles', () => {
  const list = unread('iam:ListRoles');
  const bulk = unread('iam:GetAccountAuthorizationDetails');
  const readBy = (strategy: 'bulk' | 'per-role') => ({ iamReadBy: { strategy, reason: '' } });
  const GAP = ['global iam:ListRoles'];
  test.each<[string, Partial<AccountSnapshot>, string[]]>([
    ['listed', readBy('per-role'), []],
    ['not asked', { notAsked: ['roles'] }, GAP],
    ['list refused', { unread: [list] }, GAP],
    ['list refused, bulk read', { ...readBy('bulk'), unread: [list] }, []],
    ['listed, bulk refused', { ...readBy('per-role'), unread: [bulk] }, []],
    ['list and bulk refused, read one by one', { ...readBy('per-role'), unread: [list, bulk] }, GAP],
    ['list refused, bulk broken off', { ...readBy('bulk'), unread: [list, bulk] }, GAP],
    ['one role refused', { ...readBy('per-role'), unread: [unread('iam:GetRole', 'r')] }, []],
  ])('%s', (_, of, expected) => {
    expect(gaps('role', account(of))).toEqual(expected);
  });
});

describe('events', () => {
  const saw = (name: string, lookups: readonly EventLookup[], rest: Partial<RegionSnapshot> = {}) =>
    region({ name, lookups, ...rest });
  const refused = { unread: [unread('cloudtrail:LookupEvents')] };
  const LOOKUP = 'cloudtrail:LookupEvents';

  test.each<[string, readonly EventLookup[], readonly RegionSnapshot[], string[]]>([
    ['all that there are', [OWN, ALL_OF_IAM], [region()], []],
    ['those wanted', [OWN], [saw('a', [OWN])], []],
    ['more than those wanted', [IAM], [saw('a', [ALL_OF_IAM])], []],
    ['fewer names', [ALL_OF_IAM], [saw('a', [IAM])], [`global ${LOOKUP}`]],
    ['other names', [{ ...OWN, names: ['CreateProfile', 'x'] }], [saw('a', [OWN])], [`a ${LOOKUP}`]],
    ['another source', [OWN], [saw('a', [IAM]), saw('b', [OWN])], [`a ${LOOKUP}`]],
    ['refused', [OWN], [saw('a', [OWN], refused), saw('b', [OWN])], [`a ${LOOKUP}`]],
    ['a record unread', [OWN], [saw('a', [OWN], { unread: [unread(LOOKUP, 'id')] })], [`a ${LOOKUP}`]],
    ['not asked', [OWN, IAM], [region({ notAsked: ['events'] })], [`eu-west-1 ${LOOKUP}`, `global ${LOOKUP}`]],
    ['at home is enough', [IAM], [saw('a', [OWN]), saw('b', [OWN, IAM])], []],
    ['refused elsewhere', [IAM], [saw('a', [OWN], refused), saw('b', [OWN, IAM])], []],
    ['refused at home', [IAM], [saw('a', [OWN]), saw('b', [OWN, IAM], refused)], [`b ${LOOKUP}`]],
    ['nothing wanted', [], [region({ notAsked: ['events'] })], []],
  ])('%s', (_, wanted, regions, expected) => {
    expect(gaps('event', account({ regions }), [...wanted])).toEqual(expected);
  });
});
