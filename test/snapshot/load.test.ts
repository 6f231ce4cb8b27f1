import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { parseSnapshot } from '../../src/snapshot/load.ts';

const FILE = 'account.json';

const minimal = { postern: 'snapshot/1', takenAt: '2026-11-23T09:00:00Z', accounts: [] };
const account = (members: object) => ({ ...minimal, accounts: [{ id: '111122223333', ...members }] });
const region = (members: object) => account({ regions: [{ name: 'eu-west-1', ...members }] });

const profile = {
  profileId: '0ace5b12-24b9-427e-a483-c55884852fbf',
  profileArn: 'arn:aws:rolesanywhere:eu-west-1:111122223333:profile/0ace5b12-24b9-427e-a483-c55884852fbf',
  name: 'web',
  enabled: true,
  roleArns: [],
  somethingNew: { kept: true },
};

describe('a snapshot loads', () => {
  test('lists that are absent were not asked for', () => {
    const { accounts } = parseSnapshot(JSON.stringify(region({ profiles: [profile] })), FILE);
    expect(accounts[0]?.notAsked).toEqual(['roles', 'policies']);
    expect(accounts[0]?.regions[0]?.notAsked).toEqual(['trustAnchors', 'crls', 'subjects', 'tags', 'events']);
    expect(accounts[0]?.regions[0]?.profiles).toEqual([profile]);
  });

  test('nor were regions that are absent', () => {
    const { accounts } = parseSnapshot(JSON.stringify(account({ roles: [] })), FILE);
    expect(accounts[0]).toMatchObject({ regions: [], notAsked: ['policies', 'regions'] });
  });

  test('a list that is there but was not asked for stays so', () => {
    const all = { roles: [], policies: [], regions: [] };
    const { accounts } = parseSnapshot(JSON.stringify(account({ ...all, notAsked: ['roles'] })), FILE);
    expect(accounts[0]?.notAsked).toEqual(['roles']);
  });

  test('a byte order mark is no obstacle', () => {
    expect(parseSnapshot(`\uFEFF${JSON.stringify(minimal)}`, FILE).accounts).toEqual([]);
  });

  test('a member called __proto__ changes nothing but itself', () => {
    const text = JSON.stringify(region({ profiles: [profile] })).replace('"somethingNew"', '"__proto__"');
    const { accounts } = parseSnapshot(text, FILE);
    expect(Object.getPrototypeOf(accounts[0]?.regions[0]?.profiles[0] ?? {})).toBe(Object.prototype);
    expect(({} as Record<string, unknown>).kept).toBeUndefined();
  });
});

describe('what is wrong is named by its JSON path', () => {
  const cases: readonly (readonly [string, object | string, string])[] = [
    [
      'too deep',
      JSON.stringify(minimal).replace('[]', `[${'['.repeat(100_000)}${']'.repeat(100_000)}]`),
      'is nested deeper than 500 levels',
    ],
    ['not JSON', '{"postern":', 'account.json is not JSON'],
    ['cut short', JSON.stringify(minimal).slice(0, -3), 'account.json is not JSON'],
    ['a list', '[]', 'it has no "postern" member'],
    ['another version', { ...minimal, postern: 'snapshot/2' }, 'its version is "snapshot/2"'],
    [
      'no time',
      { ...minimal, takenAt: 'yesterday' },
      '$.takenAt: expected a time in ISO 8601, found the string "yesterday"',
    ],
    ['accounts no list', { ...minimal, accounts: {} }, '$.accounts: expected a list, found an object'],
    ['no id', { ...minimal, accounts: [{}] }, '$.accounts[0].id: is missing'],
    [
      'a number for a name',
      region({ profiles: [profile, { ...profile, name: 7 }] }),
      '$.accounts[0].regions[0].profiles[1].name: expected a string, found the number 7',
    ],
    [
      'no role ARNs',
      region({ profiles: [{ ...profile, roleArns: undefined }] }),
      '$.accounts[0].regions[0].profiles[0].roleArns: is missing',
    ],
    [
      'a role ARN that is none',
      region({ profiles: [{ ...profile, roleArns: [null] }] }),
      '$.accounts[0].regions[0].profiles[0].roleArns[0]: expected a string, found null',
    ],
    [
      'a policy that is a number',
      account({ roles: [{ RoleName: 'r', Arn: 'a', AssumeRolePolicyDocument: 1 }] }),
      '$.accounts[0].roles[0].AssumeRolePolicyDocument: expected a policy (text or an object), found the number 1',
    ],
    [
      'an event that is text',
      region({ events: ['x'] }),
      '$.accounts[0].regions[0].events[0]: expected a CloudTrail record (an object), found the string "x"',
    ],
    [
      'an unread without its operation',
      region({ unread: [{ resource: '*', error: 'x', message: '' }] }),
      '$.accounts[0].regions[0].unread[0].operation: is missing',
    ],
  ];

  test.each(cases)('%s', (_name, input, message) => {
    const text = typeof input === 'string' ? input : JSON.stringify(input);
    expect(() => parseSnapshot(text, FILE)).toThrow(UserError);
    expect(() => parseSnapshot(text, FILE)).toThrow(message);
  });

  test('ten at most, and how many more', () => {
    const profiles = Array.from({ length: 15 }, () => ({ ...profile, name: 1 }));
    expect(() => parseSnapshot(JSON.stringify(region({ profiles })), FILE)).toThrow('and 5 more');
  });
});
