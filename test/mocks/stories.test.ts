import { X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Account } from '../../mocks/account.ts';
import { STORIES, startPretendAws } from '../../mocks/server.ts';
import { accountOf } from '../../mocks/stories.ts';
import { NOW } from './pretend.ts';

const names = STORIES.map(({ name }) => (name === 'large' ? 'large=200' : name));
const DAY = 86_400_000;

describe.each(names)('%s', name => {
  const account = accountOf(name, NOW);

  test('is the same for the same clock', () => {
    expect(text(accountOf(name, NOW))).toBe(text(account));
  });
  test('has no ARN twice', () => {
    const arns = [
      ...all(account.trustAnchors).map(anchor => anchor.trustAnchorArn),
      ...all(account.profiles).map(profile => profile.profileArn),
      ...all(account.crls).map(crl => crl.crlArn),
      ...all(account.subjects).map(({ summary }) => summary.subjectArn),
      ...account.roles.map(({ arn }) => arn),
      ...account.policies.map(({ arn }) => arn),
    ];
    expect(new Set(arns).size).toBe(arns.length);
    const ids = all(account.events).map(({ eventID }) => eventID);
    expect(new Set(ids).size).toBe(ids.length);
  });
  test('has nothing from the future', () => {
    const times = [
      ...all(account.trustAnchors).flatMap(({ createdAt, updatedAt }) => [createdAt, updatedAt]),
      ...all(account.profiles).flatMap(({ createdAt, updatedAt }) => [createdAt, updatedAt]),
      ...all(account.events).map(({ eventTime }) => eventTime),
    ];
    expect(times.filter(time => Date.parse(time) > NOW.getTime())).toEqual([]);
  });
  test('has certificates and policies that can be read', () => {
    const pems = all(account.trustAnchors).flatMap(({ source: { sourceData } }) =>
      'x509CertificateData' in sourceData ? blocks(sourceData.x509CertificateData) : [],
    );
    for (const pem of new Set(pems)) expect(new X509Certificate(pem).ca).toBe(true);
    for (const role of account.roles)
      for (const document of [role.trustPolicy, ...role.inline.map(({ document }) => document)])
        expect(JSON.parse(document)).toHaveProperty('Statement');
  });
});

describe('what a story says', () => {
  test('break-in: the attack is nine hours old, in a region that has nothing else', () => {
    const account = accountOf('break-in', NOW);
    expect(account.trustAnchors.get('ap-south-1')?.map(({ name }) => name)).toEqual(['backup-ca']);
    const changes = all(account.events).filter(
      ({ eventTime, readOnly }) =>
        !readOnly && NOW.getTime() - Date.parse(eventTime) < DAY && eventTime < '2026-11-23T23:03',
    );
    expect(changes.map(({ eventName, awsRegion }) => `${awsRegion} ${eventName}`)).toEqual(
      expect.arrayContaining([
        'us-east-1 UpdateAssumeRolePolicy',
        'ap-south-1 CreateTrustAnchor',
        'ap-south-1 CreateProfile',
      ]),
    );
  });
  test('break-in: one hostile string', () => {
    const agents = new Set(all(accountOf('break-in', NOW).events).map(({ userAgent }) => String(userAgent)));
    expect([...agents].filter(agent => /\u001b\]52.*\u202e\n::error/s.test(agent))).toHaveLength(1);
  });
  test('tidy: nobody built a gate in the last 90 days', () => {
    const recent = all(accountOf('tidy', NOW).events).filter(
      ({ eventTime }) => NOW.getTime() - Date.parse(eventTime) < 90 * DAY,
    );
    expect([...new Set(recent.map(({ eventName }) => eventName))].sort()).toEqual([
      'AssumeRole',
      'CreateSession',
      'ListProfiles',
      'ListTrustAnchors',
    ]);
  });
  test('fleet: its size', () => {
    const { trustAnchors, profiles, roles, subjects } = accountOf('fleet', NOW);
    expect([
      trustAnchors.size,
      all(trustAnchors).length,
      all(profiles).length,
      roles.length,
      all(subjects).length,
    ]).toEqual([5, 9, 25, 31, 203]);
  });
  test('empty: no gates', () => {
    const { trustAnchors, profiles, subjects } = accountOf('empty', NOW);
    expect([trustAnchors.size, profiles.size, subjects.size]).toEqual([0, 0, 0]);
  });
  test('large=N: N profiles', () => {
    const { trustAnchors, profiles, roles } = accountOf('large=1000', NOW);
    expect([all(trustAnchors).length, all(profiles).length, roles.length]).toEqual([100, 1000, 1000]);
  });
  test('the secret of a pretend key is no secret', () => {
    expect(accountOf('fleet', NOW).credentials.secretAccessKey).toMatch(/^pretend\//);
  });
});

test.each(['nonsense', 'fleet=3', 'large=many', 'large=', ''])('there is no story %j', async story => {
  await expect(startPretendAws({ story, now: NOW })).rejects.toThrow(
    /there are:\n {2}break-in: [\s\S]*\n {2}large=N: /,
  );
});

const all = <Item>(regional: ReadonlyMap<string, readonly Item[]>): readonly Item[] => [...regional.values()].flat();
const blocks = (pem: string): readonly string[] => pem.match(/-----BEGIN[\s\S]+?-----END CERTIFICATE-----/g) ?? [];

function text(account: Account): string {
  const subjects = all(account.subjects).map(({ summary, credentials }) => [summary, credentials()]);
  return JSON.stringify([account, subjects], (_, value: unknown) => (value instanceof Map ? [...value] : value));
}
