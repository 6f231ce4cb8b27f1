import { describe, expect, it } from 'vitest';
import { type Authority, rootAuthority } from '../../mocks/pki/authority.ts';
import type { CloudTrailRecord, SubjectDetail } from '../../src/snapshot/shapes.ts';
import type { RegionSnapshot } from '../../src/snapshot/snapshot.ts';
import { about, account, anchor, region, UNREAD_CA, unread } from './snapshots.ts';

const at = (day: string) => new Date(`${day}T00:00:00Z`);
const dates = { notBefore: at('2025-01-01'), notAfter: at('2030-01-01') };
const CA = rootAuthority({ subject: [['CN', 'Plant']], ...dates, pathLength: 0 });
const OTHER = rootAuthority({ subject: [['CN', 'Other']], ...dates, pathLength: 0 });
const OPEN = rootAuthority({ subject: [['CN', 'Open']], ...dates });

const holding = ({ pem }: Authority, arn = anchor().trustAnchorArn) =>
  anchor({
    trustAnchorArn: arn,
    source: { sourceType: 'CERTIFICATE_BUNDLE', sourceData: { x509CertificateData: pem } },
  });
const came = (by: Authority, seen = '2026-11-20', failed = false): SubjectDetail => ({
  subjectId: 's',
  subjectArn: 'arn:s',
  x509Subject: 'CN=host',
  credentials: [
    {
      x509CertificateData: by.issue({ subject: [['CN', 'host']], ...dates }).pem,
      seenAt: at(seen).toISOString(),
      failed,
    },
  ],
});
const session = (day: string, rest: Partial<CloudTrailRecord> = {}): CloudTrailRecord => ({
  eventName: 'CreateSession',
  eventTime: at(day).toISOString(),
  requestParameters: { trustAnchorArn: anchor().trustAnchorArn },
  ...rest,
});

function useWith(inRegion: Partial<RegionSnapshot>) {
  const regions = [region({ trustAnchors: [holding(CA)], ...inRegion })];
  const { facts, unknown } = about('trust_anchor', account({ regions }));
  return { ...facts, unknown } as {
    readonly use: {
      readonly subjects: readonly string[];
      readonly recent?: boolean;
      readonly last_session_at?: string;
    };
    readonly calls: { readonly unless_used: readonly string[] };
    readonly unknown: readonly string[];
  };
}

describe('who comes by a trust anchor', () => {
  const elsewhere = holding(OTHER, 'arn:b');
  it.each<[what: string, inRegion: Partial<RegionSnapshot>, subjects: readonly string[], recent: boolean | undefined]>([
    ['nobody', {}, [], false],
    ['a subject', { subjects: [came(CA)] }, ['CN=host'], true],
    ['one that was refused', { subjects: [came(CA, '2026-11-20', true)] }, [], false],
    ['one that came long ago', { subjects: [came(CA, '2026-05-01')] }, [], false],
    ['one of another', { trustAnchors: [holding(CA), elsewhere], subjects: [came(OTHER)] }, [], false],
    ['one that two take', { trustAnchors: [holding(CA), holding(CA, 'arn:b')], subjects: [came(CA)] }, [], undefined],
    ['perhaps one of a CA below', { trustAnchors: [holding(OPEN)], subjects: [came(OTHER)] }, [], undefined],
    ['a session', { events: [session('2026-11-20')] }, [], true],
    ['a session long ago', { events: [session('2026-05-01')] }, [], false],
    ['one that failed', { events: [session('2026-11-20', { errorCode: 'AccessDenied' })] }, [], false],
    ['subjects were refused', { unread: [unread('rolesanywhere:ListSubjects')] }, [], undefined],
    ['their certificates were not asked for', { subjects: [{ ...came(CA), credentials: undefined }] }, [], undefined],
    [
      'another CA was not read',
      { trustAnchors: [holding(CA), anchor({ trustAnchorArn: 'arn:b', source: UNREAD_CA })], subjects: [came(OTHER)] },
      [],
      undefined,
    ],
  ])('%s', (_, inRegion, subjects, recent) => {
    const { use, calls, unknown } = useWith(inRegion);
    expect(use.subjects).toEqual(subjects);
    expect(use.recent).toBe(recent);
    expect(unknown.includes('trust_anchor.use.recent')).toBe(recent === undefined);
    expect(calls.unless_used[0]).toBe(recent === false ? 'disable-trust-anchor' : 'list-subjects');
  });

  it('the last session is told, and is not known where events were not read', () => {
    expect(useWith({ events: [session('2026-11-20'), session('2026-11-21')] }).use.last_session_at).toBe(
      '2026-11-21T00:00:00.000Z',
    );
    expect(useWith({ notAsked: ['events'] }).unknown).toContain('trust_anchor.use.last_session_at');
  });
});
