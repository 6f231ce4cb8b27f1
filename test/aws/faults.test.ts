import pLimit from 'p-limit';
import { beforeAll, describe, expect, test } from 'vitest';
import type { FaultKind } from '../../mocks/server.ts';
import { allOperations } from '../../src/aws/collectors.ts';
import { UserError } from '../../src/errors.ts';
import { unreadOf } from '../../src/snapshot/coverage.ts';
import type { AccountSnapshot, Snapshot } from '../../src/snapshot/snapshot.ts';
import { collected, QUICK } from './pretend.ts';

const REGIONS = ['eu-west-1', 'us-east-1'];

/** Only asked when roles are read one at a time. */
const PER_ROLE = [
  'iam:GetRole',
  'iam:ListAttachedRolePolicies',
  'iam:ListRolePolicies',
  'iam:GetRolePolicy',
  'iam:GetPolicy',
  'iam:GetPolicyVersion',
];
const NO_BULK = { operation: 'iam:GetAccountAuthorizationDetails', kind: 'AccessDenied' } as const;

/** Private CAs, which this story has none of: certificateAuthorities.test.ts. */
const OPERATIONS = [...new Set(allOperations().map(operation => operation.name))].filter(
  name => !['sts:GetCallerIdentity', 'ec2:DescribeRegions'].includes(name) && !name.startsWith('acm-pca:'),
);

/** The fault and the error it must be recorded as, one for each service's way of saying it. */
const KINDS: Readonly<Record<string, RegExp>> = {
  AccessDenied: /^AccessDenied(Exception)?$/,
  throttle: /^Throttling(Exception)?$|^RequestLimitExceeded$|^HTTP 429$/,
  error500: /^Internal|^ServiceFailure$|^HTTP 500$/,
  unavailable503: /Unavailable|^HTTP 503$/,
  ExpiredToken: /^ExpiredToken/,
  InvalidToken: /^(UnrecognizedClientException|InvalidClientTokenId|AuthFailure)$/,
  reset: /^ECONNRESET$/,
  truncated: /^ECONNRESET$/,
  garbage: /^UnreadableReply$/,
  'malformed-shape': /^UnreadableReply$/,
  empty: /^UnreadableReply$/,
  hang: /^TimeoutError$/,
};

/** These close a whole region, so that more than one operation is unread. */
const WIDE = ['ExpiredToken', 'InvalidToken'];

type Part = 'roles' | 'policies' | 'trustAnchors' | 'profiles' | 'crls' | 'subjects' | 'tags' | 'events' | 'alias';

/** What may be less than it was when an operation fails. */
const AFFECTED: Readonly<Record<string, readonly Part[]>> = {
  'iam:ListAccountAliases': ['alias'],
  'rolesanywhere:ListTrustAnchors': ['trustAnchors', 'tags'],
  'rolesanywhere:ListProfiles': ['profiles', 'tags', 'roles', 'policies'],
  'rolesanywhere:ListCrls': ['crls', 'tags'],
  'rolesanywhere:ListSubjects': ['subjects'],
  'rolesanywhere:GetSubject': ['subjects'],
  'rolesanywhere:ListTagsForResource': ['tags'],
  'cloudtrail:LookupEvents': ['events'],
  'iam:ListRoles': ['roles'],
  'iam:GetAccountAuthorizationDetails': ['policies'],
  'iam:GetRole': ['roles', 'policies'],
  'iam:ListAttachedRolePolicies': ['roles', 'policies'],
  'iam:ListRolePolicies': ['roles'],
  'iam:GetRolePolicy': ['roles'],
  'iam:GetPolicy': ['policies'],
  'iam:GetPolicyVersion': ['policies'],
};

let whole: { readonly bulk: Snapshot; readonly perRole: Snapshot };

beforeAll(async () => {
  const bulk = await collected({}, { regions: REGIONS });
  const perRole = await collected({ faults: [NO_BULK] }, { regions: REGIONS });
  whole = { bulk: bulk.snapshot, perRole: perRole.snapshot };
});

describe('one operation fails: nothing hangs, nothing else is lost, and unread says it', () => {
  test.each(Object.keys(KINDS))(
    '%s',
    async kind => {
      const limit = pLimit(4);
      await Promise.all(OPERATIONS.map(operation => limit(() => failing(operation, kind as FaultKind))));
    },
    30_000,
  );
});

async function failing(operation: string, kind: FaultKind): Promise<void> {
  const perRole = PER_ROLE.includes(operation);
  const faults = [{ operation, kind }, ...(perRole ? [NO_BULK] : [])];
  const tuning = { ...QUICK, attemptTimeout: kind === 'hang' ? 1000 : 5000 };
  const { snapshot } = await collected({ faults }, { regions: REGIONS }, tuning);
  const about = `${kind} of ${operation}`;
  const unread = unreadOf(snapshot);
  const said = unread.filter(entry => entry.operation === operation);
  expect(said.length, about).toBeGreaterThan(0);
  for (const entry of said) expect(entry.error, about).toMatch(KINDS[kind]!);
  for (const entry of unread) expect(entry.message, about).not.toMatch(/^$|\n|undefined|\[object/);
  if (WIDE.includes(kind)) return;
  const alone = new Set([operation, ...(perRole ? [NO_BULK.operation] : [])]);
  expect(new Set(unread.map(entry => entry.operation)), about).toEqual(alone);
  expectTheRest(snapshot, perRole || operation === NO_BULK.operation ? whole.perRole : whole.bulk, operation);
}

function expectTheRest(snapshot: Snapshot, expected: Snapshot, operation: string): void {
  const affected = AFFECTED[operation] ?? [];
  expect(partsOf(snapshot.accounts[0]!, affected), operation).toEqual(partsOf(expected.accounts[0]!, affected));
}

function partsOf({ alias, roles, policies, regions }: AccountSnapshot, without: readonly Part[]): object {
  const parts = {
    alias,
    roles,
    policies,
    ...Object.fromEntries(
      (['trustAnchors', 'profiles', 'crls', 'subjects', 'tags', 'events'] as const).map(member => [
        member,
        regions.map(region => region[member]),
      ]),
    ),
  };
  return Object.fromEntries(Object.entries(parts).filter(([name]) => !without.some(part => part === name)));
}

describe('the first call fails: a UserError that says what and what to try', () => {
  test.each([
    ['ExpiredToken', /have expired/],
    ['InvalidToken', /does not accept these credentials/],
    ['AccessDenied', /did not say whose credentials/],
    ['error500', /did not say whose credentials/],
    ['garbage', /did not say whose credentials/],
    ['malformed-shape', /did not say whose credentials/],
    ['empty', /did not say whose credentials/],
    ['reset', /cannot be reached/],
    ['hang', /cannot be reached/],
  ] as const)('%s', async (kind, message) => {
    const error = await collected({ faults: [{ operation: 'sts:GetCallerIdentity', kind }] }).catch(caught => caught);
    expect(error).toBeInstanceOf(UserError);
    expect(error.message).toMatch(message);
    expect(error.hint).toBeTruthy();
  });
});

describe('a fault that passes', () => {
  test.each(['throttle', 'error500', 'unavailable503', 'reset', 'truncated'] as const)(
    "%s twice is nobody's business",
    async kind => {
      const faults = OPERATIONS.map(operation => ({ operation, kind, times: 2 }));
      const { snapshot } = await collected({ faults }, { regions: REGIONS }, { ...QUICK, attemptTimeout: 5000 });
      expect(snapshot).toEqual(whole.bulk);
    },
  );
});

describe('lists that break off', () => {
  test.each([
    ['rolesanywhere:ListProfiles', 'profiles'],
    ['rolesanywhere:ListTrustAnchors', 'trustAnchors'],
  ] as const)('%s keeps the pages before', async (operation, member) => {
    const faults = [{ operation, region: 'eu-west-1', kind: 'AccessDenied', skip: 1 }] as const;
    const { snapshot } = await collected({ faults, pageSize: 1 }, { regions: REGIONS });
    const [region] = snapshot.accounts[0]!.regions;
    expect(region![member]).toHaveLength(1);
    expect(region!.unread.map(entry => entry.operation)).toEqual([operation]);
  });

  test('roles: the pages before, the bulk answer for the rest, and nobody is missing', async () => {
    const faults = [{ operation: 'iam:ListRoles', kind: 'AccessDenied', skip: 1 }] as const;
    const { snapshot } = await collected({ faults, pageSize: 3 }, { regions: REGIONS });
    const names = (of: Snapshot) => of.accounts[0]!.roles.map(role => role.Arn);
    expect(names(snapshot)).toEqual(names(whole.bulk));
    expect(snapshot.accounts[0]!.roles).toEqual(whole.bulk.accounts[0]!.roles);
  });

  test('neither list nor bulk: the roles that profiles name, one at a time', async () => {
    const faults = [{ operation: 'iam:ListRoles', kind: 'AccessDenied' } as const, NO_BULK];
    const { snapshot } = await collected({ faults }, { regions: REGIONS });
    const account = snapshot.accounts[0]!;
    const named = new Set(account.regions.flatMap(region => region.profiles.flatMap(profile => profile.roleArns)));
    expect(account.roles.map(role => role.Arn)).toEqual(
      [...named].filter(arn => whole.bulk.accounts[0]!.roles.some(role => role.Arn === arn)).sort(),
    );
    expect(account.roles.every(role => role.MaxSessionDuration !== undefined)).toBe(true);
    expect(account.iamReadBy?.strategy).toBe('per-role');
  });
});

describe('regions', () => {
  test('that are not enabled are refused once, and everything in them is unread', async () => {
    const { snapshot, aws } = await collected({}, { regions: ['af-south-1', 'eu-west-1'] });
    const [closed, open] = snapshot.accounts[0]!.regions;
    expect(closed!.name).toBe('af-south-1');
    expect(closed!.unread.map(entry => entry.operation)).toEqual([
      'cloudtrail:LookupEvents',
      'rolesanywhere:ListCrls',
      'rolesanywhere:ListProfiles',
      'rolesanywhere:ListSubjects',
      'rolesanywhere:ListTrustAnchors',
    ]);
    expect(aws.requests.filter(request => request.region === 'af-south-1')).toHaveLength(1);
    expect(open!.unread).toEqual([]);
  });

  test('that cannot be listed are those every account has, and that is unread', async () => {
    const { snapshot } = await collected({ faults: [{ operation: 'ec2:DescribeRegions', kind: 'AccessDenied' }] });
    const account = snapshot.accounts[0]!;
    expect(account.regions).toHaveLength(17);
    expect(account.unread).toMatchObject([{ operation: 'ec2:DescribeRegions', resource: '*' }]);
  });
});
