import { describe, expect, it } from 'vitest';
import { type Authority, type CrlRequest, rootAuthority } from '../../mocks/pki/authority.ts';
import { ecKey } from '../../mocks/pki/keys.ts';
import type { JsonObject } from '../../src/documents/document.ts';
import type { CrlDetail, SubjectCredential, SubjectDetail, TrustAnchorDetail } from '../../src/snapshot/shapes.ts';
import type { RegionSnapshot } from '../../src/snapshot/snapshot.ts';
import { about, account, anchor, region, UNREAD_CA, unread } from './snapshots.ts';

const at = (text: string) => new Date(`${text}T00:00:00Z`);
const dates = { notBefore: at('2025-01-01'), notAfter: at('2035-01-01') };
const root = rootAuthority({ subject: [['CN', 'Root']], ...dates });
const below = (name: string, key: string, notAfter = dates.notAfter) =>
  root.subordinate({ subject: [['CN', name]], pathLength: 0, key: ecKey(key), ...dates, notAfter });
const old = below('CA', 'old');
const rotated = below('CA', 'rotated');
const stranger = rootAuthority({ subject: [['CN', 'Stranger']], ...dates });
const named = below('CA 2', 'named');
const over = below('CA 2', 'named', at('2026-01-01'));

const bundle = (...cas: readonly Authority[]): TrustAnchorDetail =>
  anchor({
    source: { sourceType: 'CERTIFICATE_BUNDLE', sourceData: { x509CertificateData: cas.map(ca => ca.pem).join('') } },
  });
const listed = (by: Authority, rest: Partial<CrlDetail> = {}, request: Partial<CrlRequest> = {}): CrlDetail => ({
  crlId: 'c1',
  crlArn: `arn:${rest.name ?? 'list'}`,
  name: 'list',
  enabled: true,
  trustAnchorArn: anchor().trustAnchorArn,
  crlData: by
    .crl({ number: 1, thisUpdate: at('2026-11-20'), nextUpdate: at('2026-12-20'), revoked: [], ...request })
    .toString('base64'),
  ...rest,
});
const host = (by: Authority, days = 60, rest: Partial<SubjectCredential> = {}): SubjectDetail => ({
  subjectId: 's1',
  subjectArn: 'arn:s1',
  x509Subject: 'CN=host',
  enabled: true,
  credentials: [
    {
      failed: false,
      x509CertificateData: by.issue({
        subject: [['CN', 'host']],
        notBefore: at('2026-11-23'),
        notAfter: new Date(at('2026-11-23').getTime() + days * 86_400_000),
      }).pem,
      ...rest,
    },
  ],
});
const listsOf = (inRegion: Partial<RegionSnapshot>) => {
  const { facts, unknown } = about('trust_anchor', account({ regions: [region(inRegion)] }));
  return { lists: facts.crls as JsonObject, unknown };
};
const past = named.issue({ subject: [['CN', 'host']], notBefore: at('2026-01-01'), notAfter: at('2026-06-01') });
const junk = { name: 'junk', crlData: 'hello' };
const elsewhere = { trustAnchorArn: 'arn:elsewhere' };
const another = { ...bundle(root), trustAnchorArn: 'arn:elsewhere', trustAnchorId: 'z', name: 'z' };

describe('subjects that came in by a CA whose list is not there', () => {
  const unlistedIn = (inRegion: Partial<RegionSnapshot>) => {
    const { lists, unknown } = listsOf(inRegion);
    return [lists.unlisted, unknown.includes('trust_anchor.crls.unlisted')];
  };
  const both = { trustAnchors: [bundle(old, rotated)], crls: [listed(old)], subjects: [host(rotated)] };
  const two = { trustAnchors: [bundle(old, named)], crls: [listed(old)], subjects: [host(named)] };

  it.each<[what: string, inRegion: Partial<RegionSnapshot>, names: string[]]>([
    ['the list is of its old key', both, ['CN=host']],
    ['the list is of the CA that was there before, of another name', two, ['CN=host']],
    ['there is one of its key too', { ...both, crls: [listed(old), listed(rotated, { name: 'new' })] }, []],
    ['there is one of its name too', { ...two, crls: [listed(old), listed(named, { name: 'new' })] }, []],
    [
      'that one is switched off, which it is reported for itself',
      { ...two, crls: [listed(old), listed(named, { enabled: false })] },
      [],
    ],
    ['that one is of another anchor', { ...two, crls: [listed(old), listed(named, elsewhere)] }, ['CN=host']],
    ['that one is of CAs alone', { ...two, crls: [listed(old), listed(named, {}, { only: 'cas' })] }, ['CN=host']],
    [
      'that one tells only what changed',
      { ...two, crls: [listed(old), listed(named, {}, { deltaOf: 1 })] },
      ['CN=host'],
    ],
    ['it came in by the other', { ...two, subjects: [host(old)] }, []],
    ['AWS refused it', { ...two, subjects: [host(named, 60, { failed: true })] }, []],
    ['its certificate lives for a day', { ...two, subjects: [host(named, 1)] }, []],
    ['its certificate is over', { ...two, subjects: [host(named, 60, { x509CertificateData: past.pem })] }, []],
    ['its CA certificate is over', { ...two, trustAnchors: [bundle(old, over)] }, []],
    ['there is no list at all', { ...two, crls: [] }, []],
    ['the only list is of another CA, which the list itself is reported for', { ...two, crls: [listed(rotated)] }, []],
    [
      'the only list is of another CA, and may be of one below',
      { trustAnchors: [bundle(root)], crls: [listed(stranger)], subjects: [host(root)] },
      ['CN=host'],
    ],
    [
      'that list, and one of its own',
      { trustAnchors: [bundle(root)], crls: [listed(stranger), listed(root)], subjects: [host(root)] },
      [],
    ],
    [
      'a list of another anchor cannot be read',
      {
        ...two,
        trustAnchors: [...two.trustAnchors, another],
        crls: [listed(old), listed(root, { ...junk, ...elsewhere })],
      },
      ['CN=host'],
    ],
    [
      'each CA has its list, and nobody asked for subjects',
      { ...two, crls: [listed(old), listed(named, { name: 'new' })], notAsked: ['subjects'] },
      [],
    ],
  ])('%s', (_, inRegion, names) => expect(unlistedIn(inRegion)).toEqual([names, false]));

  it.each<[what: string, inRegion: Partial<RegionSnapshot>, names: string[]]>([
    ['subjects were refused', { ...two, unread: [unread('rolesanywhere:ListSubjects')] }, ['CN=host']],
    ['nobody asked for subjects', { ...two, subjects: [], notAsked: ['subjects'] }, []],
    ['nobody asked for their certificates', { ...two, subjects: [{ ...host(named), credentials: undefined }] }, []],
    ['AWS does not say whether it let them in', { ...two, subjects: [host(named, 60, { failed: undefined })] }, []],
    ['a list of the anchor cannot be read', { ...two, crls: [listed(old), listed(old, junk)] }, []],
    ['one is not handed out', { ...two, crls: [listed(old), listed(old, { name: 'x', crlData: undefined })] }, []],
    ['its list has something critical', { ...two, crls: [listed(named, {}, { critical: '1.2.3' })] }, []],
    ['the CA was not read', { ...two, trustAnchors: [anchor({ source: UNREAD_CA })] }, []],
  ])('may be more where %s', (_, inRegion, names) => expect(unlistedIn(inRegion)).toEqual([names, true]));
});

describe('the lists of a trust anchor', () => {
  it.each<[what: string, inRegion: Partial<RegionSnapshot>]>([
    ['lists were refused', { unread: [unread('rolesanywhere:ListCrls')] }],
    ['AWS does not say whose a list is', { crls: [listed(old, { trustAnchorArn: undefined })] }],
  ])('are not known where %s', (_, inRegion) => {
    expect(listsOf({ trustAnchors: [bundle(old)], ...inRegion }).unknown).toContain('trust_anchor.crls');
  });

  const scoped = (name: string, request: Partial<CrlRequest>) => listed(old, { name }, request);
  it.each<[what: string, crls: readonly CrlDetail[], answer: boolean | undefined, partial: string[]]>([
    ['none', [], false, []],
    ['a whole one', [listed(old)], true, []],
    ['one of end entities', [scoped('u', { only: 'users' })], true, []],
    ['one of some reasons', [scoped('r', { onlyReasons: 0x60 })], true, []],
    ['one of CAs', [scoped('c', { only: 'cas' })], false, ['c: only CA certificates']],
    ['one of attribute certificates', [scoped('a', { only: 'attributes' })], false, ['a: only attribute certificates']],
    ['one with something critical', [scoped('x', { critical: '1.2.3' })], undefined, []],
    ['one of changes', [scoped('d', { deltaOf: 1 })], false, ['d: only changes since another list']],
    ['one of CAs, and a whole one', [scoped('c', { only: 'cas' }), listed(old)], true, ['c: only CA certificates']],
    ['one of CAs, and junk', [scoped('c', { only: 'cas' }), listed(old, junk)], undefined, ['c: only CA certificates']],
    ['junk, and a whole one', [listed(old, junk), listed(old)], true, []],
    ['one of another CA, which the list itself is reported for', [listed(stranger)], true, []],
  ])('%s: whether they cover holders', (_, crls, answer, partial) => {
    const { lists, unknown } = listsOf({ trustAnchors: [bundle(old)], crls });
    expect([lists.cover_holders, lists.partial]).toEqual([answer, partial]);
    expect(unknown.includes('trust_anchor.crls.cover_holders')).toBe(answer === undefined);
  });

  it.each<[what: string, inRegion: Partial<RegionSnapshot>, answer: boolean | undefined]>([
    ['one of another name', { crls: [listed(stranger)] }, undefined],
    ['one of another name, and a holder of the CA', { crls: [listed(stranger)], subjects: [host(root)] }, undefined],
    ['one of a CA below', { crls: [listed(old)] }, undefined],
    ['one of a CA below, by which a holder came', { crls: [listed(old)], subjects: [host(old)] }, true],
    ['one of its own beside', { crls: [listed(stranger), listed(root)] }, true],
    ['one of another name, of CAs alone', { crls: [listed(stranger, {}, { only: 'cas' })] }, false],
  ])('%s, where CAs may stand below: whether they cover holders', (_, inRegion, answer) => {
    const { lists, unknown } = listsOf({ trustAnchors: [bundle(root)], ...inRegion });
    expect([lists.cover_holders, unknown.includes('trust_anchor.crls.cover_holders')]).toEqual([
      answer,
      answer === undefined,
    ]);
  });
});
