import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/documents/document.ts';
import type { ProfileDetail, RoleDetail } from '../../src/snapshot/shapes.ts';
import type { RegionSnapshot } from '../../src/snapshot/snapshot.ts';
import { about, account, profile, region, role } from './snapshots.ts';

// Snapshots are of 2026-11-24, and ninety days are allowed.
const LONG_AGO = '2026-03-01T00:00:00Z';
const LATELY = '2026-11-01T00:00:00.123456Z';

interface Told {
  readonly profile?: Partial<ProfileDetail>;
  readonly role?: Partial<RoleDetail>;
  readonly region?: Partial<RegionSnapshot>;
}

function useOf(told: Told) {
  const regions = [region({ profiles: [profile(told.profile)], ...told.region })];
  return about('profile', account({ roles: [role('host', told.role)], regions }));
}

const used = (LastUsedDate?: string) => ({ RoleLastUsed: LastUsedDate === undefined ? {} : { LastUsedDate } });
const session = (eventTime: unknown, rest: object = {}) => ({
  eventName: 'CreateSession',
  eventTime,
  requestParameters: { profileArn: profile().profileArn },
  ...rest,
});
const subject = (lastSeenAt?: string) => ({
  subjectId: 's',
  subjectArn: `s${lastSeenAt}`,
  x509Subject: 'CN=a',
  ...(lastSeenAt === undefined ? {} : { lastSeenAt }),
});

describe('when a profile was last used', () => {
  it.each<readonly [string, Told, boolean | undefined, string | undefined]>([
    ['its role never was', { role: used() }, true, undefined],
    ['its role was lately', { role: used(LATELY) }, false, '2026-11-01T00:00:00.123Z'],
    ['its role was long ago', { role: used(LONG_AGO) }, true, '2026-03-01T00:00:00.000Z'],
    [
      'its role was long ago, and CloudTrail tells of a session',
      { role: used(LONG_AGO), region: { events: [session(LATELY)] } },
      false,
      '2026-11-01T00:00:00.123Z',
    ],
    [
      'a session that was refused is none',
      { role: used(), region: { events: [session(LATELY, { errorCode: 'AccessDenied' })] } },
      true,
      undefined,
    ],
    [
      'a session at no time is none',
      { role: used(), region: { events: [session('soon'), session(7), session(undefined)] } },
      true,
      undefined,
    ],
    [
      "another profile's is none",
      { role: used(), region: { events: [session(LATELY, { requestParameters: null })] } },
      true,
      undefined,
    ],
    ['it is young', { role: used(), profile: { createdAt: LATELY } }, false, undefined],
    ['nobody knows how old it is', { role: used(), profile: { createdAt: undefined } }, undefined, undefined],
    [
      'nobody knows how old it is, and it is in use',
      { role: used(LATELY), profile: { createdAt: undefined } },
      false,
      '2026-11-01T00:00:00.123Z',
    ],
    ['IAM does not tell, and no subject was ever seen', { role: { RoleLastUsed: undefined } }, true, undefined],
    [
      'IAM does not tell, and a subject was seen',
      { role: { RoleLastUsed: undefined }, region: { subjects: [subject(LONG_AGO), subject(LATELY)] } },
      false,
      '2026-11-01T00:00:00.123Z',
    ],
    [
      'IAM does not tell, and nothing else',
      { role: { RoleLastUsed: undefined }, region: { notAsked: ['subjects'] } },
      undefined,
      undefined,
    ],
    [
      'IAM does not tell, nor a subject',
      { role: { RoleLastUsed: undefined }, region: { subjects: [subject('x')] } },
      undefined,
      undefined,
    ],
    ['IAM tells nonsense', { role: used('yesterday'), region: { notAsked: ['subjects'] } }, undefined, undefined],
    ['its role is gone', { profile: { roleArns: ['arn:aws:iam::111122223333:role/gone'] } }, true, undefined],
  ])('%s', (_, told, idle, before) => {
    const { facts, unknown } = useOf(told);
    expect((facts.beyond as JsonObject).max_idle_days).toBe(idle);
    expect(unknown.includes('profile.beyond.max_idle_days')).toBe(idle === undefined);
    expect(facts.last_used_before).toBe(before);
  });

  it('is told by CloudTrail as far as it was read', () => {
    expect(useOf({ region: { events: [session(LONG_AGO), session(LATELY)] } }).facts.last_session_at).toBe(LATELY);
    expect(useOf({}).unknown).not.toContain('profile.last_session_at');
    expect(useOf({ region: { notAsked: ['events'] } }).unknown).toContain('profile.last_session_at');
  });
});
