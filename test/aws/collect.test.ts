import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { STORIES, startPretendAws } from '../../mocks/server.ts';
import { collect } from '../../src/aws/collect.ts';
import { allOperations } from '../../src/aws/collectors.ts';
import { readPolicy } from '../../src/aws/permissions.ts';
import { UserError } from '../../src/errors.ts';
import { unreadOf } from '../../src/snapshot/coverage.ts';
import { SnapshotSchema } from '../../src/snapshot/schema.ts';
import { type Collected, collected, LOOKUPS, NOW, QUICK, requestFor } from './pretend.ts';

const NAMES = STORIES.map(({ name }) => (name === 'large' ? 'large=40' : name));
const SLOW_MACHINE = { ...QUICK, attemptTimeout: 20_000 };

describe('every story', () => {
  test.each(NAMES)(
    '%s: a valid snapshot, the same on every run, no request made twice',
    async story => {
      const first = await collected({ story }, {}, SLOW_MACHINE);
      const second = await collected({ story }, {}, SLOW_MACHINE);
      expect(v.safeParse(SnapshotSchema, first.snapshot).issues).toBeUndefined();
      expect(JSON.stringify(second.snapshot)).toBe(JSON.stringify(first.snapshot));
      expect(repeated(first)).toEqual([]);
      expect(unreadOf(first.snapshot).length > 0).toBe(story === 'denied');
    },
    30_000,
  );

  test.each(NAMES.filter(name => name !== 'denied'))(
    '%s: small pages tell the same',
    async story => {
      const large = await collected({ story }, {}, SLOW_MACHINE);
      const small = await collected({ story, pageSize: 3 }, {}, SLOW_MACHINE);
      expect(withoutReason(small)).toEqual(withoutReason(large));
    },
    30_000,
  );
});

/** Requests of one kind about one thing, where one would do; paged lists and lookups ask again for a reason. */
function repeated({ aws, snapshot }: Collected): readonly string[] {
  const seen = new Set<string>();
  if (unreadOf(snapshot).length > 0) return [];
  return aws.requests
    .filter(
      ({ operation }) =>
        !['LookupEvents', 'GetRolePolicy', 'ListRoles', 'GetAccountAuthorizationDetails'].includes(operation),
    )
    .map(({ region, operation, resource }) => `${region} ${operation} ${resource ?? ''}`)
    .filter(key => seen.size === seen.add(key).size);
}

/** How roles were read may differ: small pages make the bulk call dear, which gives only default versions in turn. */
function withoutReason({ snapshot }: Collected): object {
  const [account] = snapshot.accounts;
  const policies = account!.policies.map(policy => ({
    ...policy,
    PolicyVersionList: policy.PolicyVersionList?.filter(version => version.IsDefaultVersion === true),
  }));
  return { ...snapshot, accounts: [{ ...account, policies, iamReadBy: undefined }] };
}

describe('break-in', () => {
  test('is read in as few requests as it takes', async () => {
    const { snapshot, aws } = await collected({}, {}, SLOW_MACHINE);
    const { regions } = snapshot.accounts[0]!;
    const resources = regions.flatMap(region => [...region.trustAnchors, ...region.profiles, ...region.crls]);
    const subjects = regions.flatMap(region => region.subjects);
    const perRegion = 5; // four lists and one lookup
    const account = 5; // who, alias, regions, roles, bulk
    expect(aws.requests).toHaveLength(account + regions.length * perRegion + resources.length + subjects.length);
  });

  test('keeps members that the client does not know', async () => {
    const { snapshot } = await collected();
    const { regions } = snapshot.accounts[0]!;
    const profiles = regions.flatMap(region => region.profiles);
    const anchors = regions.flatMap(region => region.trustAnchors);
    expect(profiles.every(profile => typeof profile.acceptRoleSessionName === 'boolean')).toBe(true);
    expect(profiles.every(profile => profile.attributeMappings !== undefined)).toBe(true);
    expect(anchors.every(anchor => anchor.notificationSettings !== undefined)).toBe(true);
  });

  test('CloudTrail not asked for is said to be not asked for', async () => {
    const { snapshot, aws } = await collected({}, { since: 0, regions: ['eu-west-1'] });
    expect(aws.requests.some(request => request.service === 'cloudtrail')).toBe(false);
    expect(snapshot.accounts[0]!.regions[0]).toMatchObject({ events: [], notAsked: ['events'] });
    expect(snapshot.accounts[0]!.regions[0]).not.toHaveProperty('eventsSince');
  });

  test.each([
    [3600, '2026-11-20T07:00:00.000Z'],
    [365 * 86_400, '2026-08-22T08:00:00.000Z'],
  ])('events since %i seconds ago are looked up from %s', async (since, start) => {
    const { snapshot } = await collected({}, { since, regions: ['eu-west-1'] });
    expect(snapshot.accounts[0]!.regions[0]!.eventsSince).toBe(start);
  });

  test('each region is looked up from where it is told to, and for who made trust anchors as far back as ever', async () => {
    const sinceIn = (account: string, trails: readonly { readonly region: string; readonly asked: unknown }[]) => {
      expect(account).toBe('111122223333');
      expect(trails).toEqual(['ap-south-1', 'eu-west-1'].map(region => ({ region, asked: LOOKUPS })));
      return (region: string) => (region === 'eu-west-1' ? 3600 : 60);
    };
    const regions = ['ap-south-1', 'eu-west-1'];
    const { snapshot } = await collected({}, { sinceIn, regions });
    const read = snapshot.accounts[0]!.regions.map(({ eventsSince, events }) => [
      eventsSince,
      events.map(event => event.eventName),
    ]);
    expect(read).toEqual([
      ['2026-11-20T07:59:00.000Z', ['CreateTrustAnchor']],
      ['2026-11-20T07:00:00.000Z', []],
    ]);
  });

  test('a busy source is looked up by name, and nothing else of it is kept', async () => {
    const lookups = [{ source: 'rolesanywhere.amazonaws.com', names: ['CreateTrustAnchor', 'CreateProfile'] }];
    const { snapshot } = await collected({ pageSize: 1 }, { lookups, regions: ['ap-south-1'] });
    const { events } = snapshot.accounts[0]!.regions[0]!;
    expect(events.map(event => event.eventName)).toEqual(['CreateProfile', 'CreateTrustAnchor']);
  });

  test('IAM events are read at home whichever regions are named, and nothing else is read there', async () => {
    const lookups = [
      { source: 'iam.amazonaws.com', names: ['UpdateAssumeRolePolicy'] },
      { source: 'rolesanywhere.amazonaws.com', names: ['CreateProfile'] },
    ];
    const { snapshot, aws, progress } = await collected({}, { lookups, regions: ['ap-south-1'] });
    const [named, home] = snapshot.accounts[0]!.regions;
    expect(named).toMatchObject({ name: 'ap-south-1', lookups: lookups.slice(1), notAsked: [] });
    expect(home).toMatchObject({ name: 'us-east-1', lookups: lookups.slice(0, 1) });
    expect(home!.notAsked).toEqual(['trustAnchors', 'profiles', 'crls', 'subjects', 'tags']);
    expect(home!.events.map(event => event.eventName)).toEqual(['UpdateAssumeRolePolicy']);
    const atHome = aws.requests.filter(({ region, service }) => region === 'us-east-1' && service !== 'iam');
    expect(new Set(atHome.map(({ operation }) => operation))).toEqual(new Set(['GetCallerIdentity', 'LookupEvents']));
    expect(progress).toContainEqual({ kind: 'regions', regions: ['ap-south-1', 'us-east-1'] });
  });

  test('a trail in which nothing was looked for was not asked for', async () => {
    const lookups = [{ source: 'iam.amazonaws.com', names: ['CreateRole'] }];
    const { snapshot } = await collected({}, { lookups, regions: ['eu-west-1', 'us-east-1'] });
    expect(snapshot.accounts[0]!.regions.map(({ notAsked }) => notAsked)).toEqual([['events'], []]);
  });

  test.each([
    ['iam.amazonaws.com', 'CreateRole', ['us-east-1']],
    ['sts.amazonaws.com', 'AssumeRole', ['eu-west-1', 'us-east-1']],
  ])('events of %s are looked for where its trail is', async (source, name, regions) => {
    const lookups = [{ source, names: [name] }];
    const { aws } = await collected({}, { lookups, regions: ['eu-west-1', 'us-east-1'] });
    const asked = aws.requests.filter(request => request.service === 'cloudtrail');
    expect([...new Set(asked.map(request => request.region))].sort()).toEqual(regions);
  });
});

describe('who may do what', () => {
  test('users, groups and all roles are read with their policies, each managed policy once', async () => {
    const { snapshot, aws } = await collected({ pageSize: 5 }, { regions: ['eu-west-1'] });
    const { users = [], groups = [], roles, otherRoles = [], policies, iamReadBy } = snapshot.accounts[0]!;
    expect(iamReadBy?.strategy).toBe('bulk');
    expect(users.find(({ UserName }) => UserName === 'dev-ci')).toMatchObject({
      Arn: 'arn:aws:iam::111122223333:user/dev-ci',
      UserPolicyList: [{ PolicyName: 'pass-roles', PolicyDocument: expect.stringContaining('iam:PassRole') }],
      AttachedManagedPolicies: [{ PolicyName: 'PowerUserAccess' }],
    });
    expect(otherRoles.length).toBeGreaterThan(0);
    expect(otherRoles.every(role => role.RolePolicyList && role.AttachedManagedPolicies)).toBe(true);
    expect(otherRoles.every(role => role.MaxSessionDuration !== undefined)).toBe(true);
    const attached = [...users, ...groups, ...roles, ...otherRoles].flatMap(({ AttachedManagedPolicies: list = [] }) =>
      list.map(({ PolicyArn }) => PolicyArn),
    );
    const read = policies.map(({ Arn }) => Arn);
    expect(read).toEqual([...new Set(read)].sort());
    expect(read).toEqual(expect.arrayContaining(attached));
    expect(aws.requests.filter(({ operation }) => /^(GetPolicy|GetRole$)/.test(operation))).toEqual([]);
  });

  test('where the bulk call breaks off nobody claims to know all users', async () => {
    const faults = [{ operation: 'iam:GetAccountAuthorizationDetails', kind: 'AccessDenied', skip: 1 }] as const;
    const { snapshot } = await collected({ pageSize: 5, faults }, { regions: ['eu-west-1'] });
    expect(snapshot.accounts[0]).not.toHaveProperty('users');
    expect(snapshot.accounts[0]).not.toHaveProperty('groups');
  });
});

describe('regions', () => {
  test('those asked for, once each, in order, and no others', async () => {
    const { snapshot, aws } = await collected({}, { regions: ['us-east-1', 'eu-west-1', 'us-east-1'] });
    expect(snapshot.accounts[0]!.regions.map(region => region.name)).toEqual(['eu-west-1', 'us-east-1']);
    expect(aws.requests.some(request => request.operation === 'DescribeRegions')).toBe(false);
    const regional = aws.requests.filter(request => request.service === 'rolesanywhere');
    expect(new Set(regional.map(request => request.region))).toEqual(new Set(['eu-west-1', 'us-east-1']));
  });

  test.each(['', 'eu', 'eu-west-1.evil.example', '../x', 'eu-west-1/'])('"%s" is no region', async region => {
    const error = await collected({}, { regions: [region] }).catch(caught => caught);
    expect(error).toBeInstanceOf(UserError);
    expect(error.message).toContain('not the name of a region');
  });
});

describe('call budget', () => {
  test.each([0, 1, 2])(
    '%i: so many subjects with details and so many resources with tags in each region',
    async callBudget => {
      const { snapshot, aws } = await collected({}, { callBudget, regions: ['eu-west-1'] });
      const region = snapshot.accounts[0]!.regions[0]!;
      const withDetails = region.subjects.filter(subject => subject.credentials !== undefined);
      expect(withDetails).toHaveLength(callBudget);
      expect(region.tags).toHaveLength(callBudget);
      const seen = (subjects: typeof region.subjects) => subjects.map(subject => subject.lastSeenAt ?? '').sort();
      expect(seen(withDetails)).toEqual(seen(region.subjects).slice(region.subjects.length - callBudget));
      expect(aws.requests.filter(request => request.operation === 'GetSubject')).toHaveLength(callBudget);
      expect(unreadOf(snapshot)).toEqual([]);
    },
  );
});

describe('pace', () => {
  test("at AWS's own limits AWS never throttles, and the waiting is told", async () => {
    const request = { regions: ['eu-west-1', 'us-east-1'], callBudget: 3, pace: 'aws' } as const;
    const { aws, progress } = await collected({ limits: 'aws' }, request);
    expect(aws.requests.map(({ status }) => status).filter(status => status !== 200)).toEqual([]);
    expect(progress).toContainEqual({ kind: 'waiting', region: 'eu-west-1', family: 'tagging', perSecond: 1 });
  }, 15_000);

  test('without a pace of its own it is throttled, slows down, and gets everything', async () => {
    const request = { regions: ['eu-west-1'], callBudget: 2, pace: 'none' } as const;
    const tuning = { ...QUICK, throttleDelay: 600, longestDelay: 2000, timePerCall: 20_000 };
    const { snapshot } = await collected({ limits: 'aws' }, request, tuning);
    expect(unreadOf(snapshot)).toEqual([]);
  }, 15_000);
});

describe('progress', () => {
  test('who, where, then region after region, and the whole in the end', async () => {
    const { snapshot, progress } = await collected();
    const regions = snapshot.accounts[0]!.regions.map(region => region.name);
    const kinds = progress.filter(step => step.kind !== 'request').map(step => step.kind);
    expect(kinds.slice(0, 2)).toEqual(['identity', 'regions']);
    const arrived = progress.filter(step => step.kind === 'arrived');
    expect(arrived.map(step => step.region).sort()).toEqual([...regions, 'global'].sort());
    for (const step of arrived) expect(v.safeParse(SnapshotSchema, step.snapshot).issues).toBeUndefined();
    for (const { snapshot: part, pending } of arrived) {
      const [account] = part.accounts;
      expect(account!.regions.map(region => region.name)).toEqual(regions.filter(name => !pending.includes(name)));
      const regionsPending = pending.some(name => name !== 'global');
      const notAsked = [
        ...(pending.includes('global') ? ['roles', 'policies'] : []),
        ...(regionsPending ? ['regions'] : []),
      ];
      expect(account!.notAsked).toEqual(notAsked);
    }
    expect(arrived.at(-1)).toMatchObject({ pending: [], snapshot });
  });

  test('requests are counted out and in', async () => {
    const { progress, aws } = await collected({}, {}, SLOW_MACHINE);
    const last = progress.filter(step => step.kind === 'request').at(-1)!;
    expect(last).toMatchObject({ done: aws.requests.length, planned: aws.requests.length });
  });
});

describe('abort', () => {
  const hanging = [{ operation: 'rolesanywhere:*', kind: 'hang' }] as const;
  const patient = { ...QUICK, attemptTimeout: 60_000 };

  test('ends a call that hangs', async () => {
    const signal = AbortSignal.timeout(300);
    const error = await collected({ faults: hanging }, { signal }, patient).catch(caught => caught);
    expect(error).toBe(signal.reason);
  });

  test('ends waiting for a turn', async () => {
    const stop = new AbortController();
    const onProgress = (step: { readonly kind: string }) => {
      if (step.kind === 'waiting') stop.abort(new Error('enough'));
    };
    const request = { pace: 'aws', regions: ['eu-west-1'], signal: stop.signal, onProgress } as const;
    await expect(collected({ limits: 'aws' }, request, patient)).rejects.toThrow('enough');
  });

  test('before the start, nothing is asked', async () => {
    const pretend = await startPretendAws({ story: 'break-in', now: NOW });
    const signal = AbortSignal.abort(new Error('never mind'));
    await expect(collect({ ...requestFor(pretend), signal })).rejects.toThrow('never mind');
    expect(pretend.requests).toEqual([]);
    await pretend.close();
  });
});

describe('permissions', () => {
  const [statement] = readPolicy().Statement;

  test('are for reading only', () => {
    for (const action of statement!.Action) expect(action).toMatch(/^[a-z0-9-]+:(List|Get|Describe|Lookup)[A-Za-z]+$/);
    expect(statement!.Action).toEqual([...new Set(allOperations().map(operation => operation.name))].sort());
  });

  test('cover every request of every story, and no more than is ever used', async () => {
    const used = new Set<string>();
    const bulkRefused = [{ operation: 'iam:GetAccountAuthorizationDetails', kind: 'AccessDenied' }] as const;
    for (const options of [...NAMES.map(story => ({ story })), { faults: bulkRefused }]) {
      const { aws } = await collected(options, {}, SLOW_MACHINE);
      for (const { service, operation } of aws.requests) used.add(`${service}:${operation}`);
    }
    expect([...used].sort()).toEqual(statement!.Action);
  }, 30_000);
});
