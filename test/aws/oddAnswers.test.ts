import { describe, expect, test } from 'vitest';
import { saveSnapshot } from '../../src/snapshot/save.ts';
import type { RegionSnapshot } from '../../src/snapshot/snapshot.ts';
import { type Canned, collectedFrom } from './canned.ts';

const profile = {
  profileId: 'p1',
  profileArn: 'arn:aws:rolesanywhere:eu-west-1:111122223333:profile/p1',
  name: 'one',
  enabled: true,
  roleArns: [],
};

async function regionFrom(canned: Canned): Promise<RegionSnapshot> {
  const snapshot = await collectedFrom(canned);
  return snapshot.accounts[0]!.regions[0]!;
}

describe('lists', () => {
  test('members nobody has heard of are kept, null is absent', async () => {
    const odd = `{"profiles":[{"profileId":"p1","profileArn":"${profile.profileArn}","name":"one","enabled":true,"roleArns":[],"sessionPolicy":null,"brandNew":{"x":[1]},"__proto__":{"y":1}}]}`;
    const region = await regionFrom({ '/profiles': odd });
    expect(region.unread).toEqual([]);
    const [read] = region.profiles;
    expect(read).toMatchObject({ ...profile, brandNew: { x: [1] } });
    expect(read).not.toHaveProperty('sessionPolicy');
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
    expect(JSON.stringify(read)).toContain('"__proto__":{"y":1}');
  });

  test('null is absent at any depth: a trust anchor over a private CA has no certificate of its own', async () => {
    const sourceData = { x509CertificateData: null, acmPcaArn: 'arn:aws:acm-pca:x' };
    const source = { sourceType: 'AWS_ACM_PCA', sourceData };
    const anchor = { trustAnchorId: 'a', trustAnchorArn: 'arn:a', name: 'a', enabled: true, source };
    const region = await regionFrom({
      '/trustanchors': JSON.stringify({
        trustAnchors: [{ ...anchor, notificationSettings: [{ enabled: true, event: 'x', threshold: null }] }],
      }),
    });
    expect(region.unread).toMatchObject([{ resource: 'arn:aws:acm-pca:x' }]);
    expect(region.trustAnchors).toEqual([
      {
        ...anchor,
        source: { ...source, sourceData: { acmPcaArn: 'arn:aws:acm-pca:x' } },
        notificationSettings: [{ enabled: true, event: 'x' }],
      },
    ]);
  });

  test.each([600, 50_000])('an item nested %i deep is unread, and the rest can be saved', async depth => {
    const deep = `${'['.repeat(depth)}${']'.repeat(depth)}`;
    const item = JSON.stringify({ ...profile, odd: 0 }).replace('"odd":0', `"odd":${deep}`);
    const whole = await collectedFrom({ '/profiles': `{"profiles":[${item}]}` });
    const region = whole.accounts[0]!.regions[0]!;
    expect(region.profiles).toEqual([]);
    expect(region.unread).toMatchObject([
      { message: 'an item of the answer could not be read: it is nested too deep' },
    ]);
    expect(() => saveSnapshot(whole, '/dev/null')).not.toThrow();
  });

  test('an item that is none is unread, the others are kept', async () => {
    const region = await regionFrom({
      '/profiles': JSON.stringify({
        profiles: [
          { ...profile, enabled: 'yes' },
          { ...profile, profileArn: 'b' },
        ],
      }),
    });
    expect(region.profiles.map(item => item.profileArn)).toEqual(['b']);
    expect(region.unread).toMatchObject([
      {
        operation: 'rolesanywhere:ListProfiles',
        error: 'UnreadableReply',
        message: expect.stringContaining('enabled'),
      },
    ]);
  });

  test('a token that comes again and again ends the list', async () => {
    const region = await regionFrom({ '/crls': '{"crls":[],"nextToken":"again"}' });
    expect(region.unread).toMatchObject([{ operation: 'rolesanywhere:ListCrls', error: 'RepeatedPageToken' }]);
  });

  test.each([
    '[]',
    '"crls"',
    'null',
    '3',
    '{"crls":{}}',
    '{"crls":"none"}',
    '{"message":"hello"}',
    '{"crls":[],"nextToken":7}',
  ])('%s is no list of CRLs', async answer => {
    const region = await regionFrom({ '/crls': answer });
    expect(region.unread).toMatchObject([{ operation: 'rolesanywhere:ListCrls', error: 'UnreadableReply' }]);
  });

  test.each(['{}', '{"crls":null}', '{"crls":[],"nextToken":null}', '{"crls":[],"nextToken":""}'])(
    '%s is an empty one',
    async answer => {
      const region = await regionFrom({ '/crls': answer });
      expect(region).toMatchObject({ crls: [], unread: [] });
    },
  );
});

describe('events', () => {
  const event = (id: string, text: string) => ({
    EventId: id,
    EventName: 'CreateProfile',
    EventSource: 'rolesanywhere.amazonaws.com',
    EventTime: 1_700_000_000,
    CloudTrailEvent: text,
  });

  test('a record that is not JSON is unread by its id, the others are kept, twins are one', async () => {
    const good = event('b', '{"eventID":"b"}');
    const Events = [
      event('a', '{"eventID":'),
      good,
      good,
      event('c', '[]'),
      { ...event('d', '{}'), EventName: 'Other' },
    ];
    const region = await regionFrom({ LookupEvents: JSON.stringify({ Events }) });
    expect(region.events).toEqual([{ eventID: 'b' }]);
    expect(region.unread).toMatchObject([
      { operation: 'cloudtrail:LookupEvents', resource: 'a', error: 'UnreadableReply' },
      { operation: 'cloudtrail:LookupEvents', resource: 'c', error: 'UnreadableReply' },
    ]);
  });

  test('the same second: in the order of their ids', async () => {
    const Events = ['c', 'a', 'b'].map(id => event(id, `{"eventID":"${id}"}`));
    const region = await regionFrom({ LookupEvents: JSON.stringify({ Events }) });
    expect(region.events.map(record => record.eventID)).toEqual(['a', 'b', 'c']);
  });

  test.each(['[]', '{"Events":[null]}', '{"Events":7}', '{"Events":[{}]}'])('%s is no answer', async answer => {
    const region = await regionFrom({ LookupEvents: answer });
    expect(region.unread).toMatchObject([{ operation: 'cloudtrail:LookupEvents', error: 'UnreadableReply' }]);
  });
});

describe('IAM', () => {
  const roles = (document: string) =>
    `<ListRolesResponse><ListRolesResult><Roles><member><RoleName>r</RoleName><Arn>arn:aws:iam::111122223333:role/r</Arn><AssumeRolePolicyDocument>${document}</AssumeRolePolicyDocument></member></Roles><IsTruncated>false</IsTruncated></ListRolesResult></ListRolesResponse>`;

  test.each([
    ['%5B%22x+y%20z%22%5D', '["x+y z"]'],
    ['100%', '100%'],
  ])('the document %s is %s, and keeps its role, since nobody can say whom it trusts', async (document, text) => {
    const snapshot = await collectedFrom({ ListRoles: roles(document) });
    const [role] = snapshot.accounts[0]!.roles;
    expect(role).toMatchObject({ RoleName: 'r', AssumeRolePolicyDocument: text });
  });

  const MORE_SOMEWHERE = '<IsTruncated>true</IsTruncated>';
  const ROLE_ARN = 'arn:aws:iam::111122223333:role/r';
  const answer = (operation: string, result: string) =>
    `<${operation}Response><${operation}Result>${result}</${operation}Result></${operation}Response>`;
  const PER_ROLE: Canned = {
    ListRoles: roles('%7B%22Statement%22%3A%7B%22Principal%22%3A%22*%22%7D%7D'),
    GetAccountAuthorizationDetails: '',
    GetRole: answer('GetRole', `<Role><RoleName>r</RoleName><Arn>${ROLE_ARN}</Arn></Role>`),
    ListAttachedRolePolicies: answer('ListAttachedRolePolicies', '<AttachedPolicies/>'),
    ListRolePolicies: answer('ListRolePolicies', '<PolicyNames/>'),
  };

  test.each([
    ['ListRoles', '*', '<Roles/>'],
    ['GetAccountAuthorizationDetails', '*', '<RoleDetailList/><Policies/>'],
    ['ListAttachedRolePolicies', ROLE_ARN, '<AttachedPolicies/>'],
    ['ListRolePolicies', ROLE_ARN, '<PolicyNames/>'],
  ])('%s that is truncated and does not say where is not the whole list', async (operation, resource, empty) => {
    for (const marker of ['', '<Marker></Marker>']) {
      const truncated = answer(operation, `${empty}${MORE_SOMEWHERE}${marker}`);
      const snapshot = await collectedFrom({ ...PER_ROLE, [operation]: truncated });
      expect(snapshot.accounts[0]!.unread).toContainEqual({
        operation: `iam:${operation}`,
        resource,
        error: 'UnreadableReply',
        message: 'the answer could not be read: it says that there is more, and not where',
      });
    }
  });

  test.each([
    '<html><body>sign in</body></html>',
    '<ListRolesResponse><ListRolesResult><Roles/>',
    '<ListRolesResponseX></ListRolesResponseX>',
    '',
  ])('%s is no list of roles', async answer => {
    const snapshot = await collectedFrom({ ListRoles: answer });
    expect(snapshot.accounts[0]!.unread).toContainEqual(
      expect.objectContaining({ operation: 'iam:ListRoles', error: 'UnreadableReply' }),
    );
  });
});
