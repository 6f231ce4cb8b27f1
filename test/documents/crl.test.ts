import { describe, expect, it } from 'vitest';
import { type Authority, type AuthorityRequest, type CrlRequest, rootAuthority } from '../../mocks/pki/authority.ts';
import { crlDer } from '../../mocks/pki/crl.ts';
import { ecKey } from '../../mocks/pki/keys.ts';
import type { JsonObject } from '../../src/documents/document.ts';
import type { CrlDetail, SubjectDetail } from '../../src/snapshot/shapes.ts';
import type { RegionSnapshot } from '../../src/snapshot/snapshot.ts';
import { about, account, anchor, region, UNREAD_CA, unread } from './snapshots.ts';

const dates = { notBefore: new Date('2025-01-01T00:00:00Z'), notAfter: new Date('2035-01-01T00:00:00Z') };
const root = rootAuthority({ subject: [['CN', 'Root']], ...dates });
const ca = root.subordinate({ subject: [['CN', 'Issuing']], pathLength: 0, ...dates });
const other = rootAuthority({ subject: [['CN', 'Other']], ...dates });

const times = { thisUpdate: new Date('2026-11-20T00:00:00Z'), nextUpdate: new Date('2026-11-27T00:00:00Z') };
const revoked = [6, 5, 4, 3, 2, 1].map(n => ({ serial: `0${n}`, at: new Date('2026-10-01T00:00:00Z') }));
const request: CrlRequest = { number: 7, ...times, revoked };
const base64 = (der: Buffer) => der.toString('base64');

/** The same by its looks: its key identifier is that of another. */
const likeKey = ({ subject, key }: Authority, other: Authority) =>
  rootAuthority({ subject, key: { ...key, publicBits: other.key.publicBits }, ...dates });
const holding = (pem: string) =>
  anchor({ source: { sourceType: 'CERTIFICATE_BUNDLE', sourceData: { x509CertificateData: pem } } });
const detail = (crlData: string | undefined): CrlDetail => ({
  crlId: 'c1',
  crlArn: 'arn:crl',
  name: 'list',
  enabled: true,
  trustAnchorArn: anchor().trustAnchorArn,
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-11-20T00:00:00Z',
  ...(crlData === undefined ? {} : { crlData }),
});
const ofCrl = (crlData: string | undefined, inRegion: Partial<RegionSnapshot> = {}) =>
  about(
    'crl',
    account({ regions: [region({ trustAnchors: [holding(ca.pem)], crls: [detail(crlData)], ...inRegion })] }),
  );

describe('documents of revocation lists', () => {
  it('say all there is', () => {
    const { facts, unknown } = ofCrl(base64(ca.crl(request)));
    expect(unknown).toEqual([]);
    expect(facts).toEqual({
      id: 'c1',
      arn: 'arn:crl',
      name: 'list',
      enabled: true,
      trust_anchor: { arn: anchor().trustAnchorArn, exists: true, name: 'plant', enabled: true },
      readable: true,
      issuer: 'CN=Issuing',
      this_update: '2026-11-20T00:00:00Z',
      next_update: '2026-11-27T00:00:00Z',
      number: '7',
      authority_key_id: expect.stringMatching(/^[0-9a-f]{40}$/),
      signature_algorithm: 'ECDSA with SHA-256',
      signature_hash: 'sha256',
      delta: false,
      indirect: false,
      unknown_critical: [],
      revoked: { count: 6, serial: ['06', '05', '04', '03', '02'], seen_since: [] },
      issuer_matches: true,
      key_matches: true,
      signature_valid: true,
      issued_by_anchor: true,
      created_at: '2026-01-01T00:00:00Z',
      updated_at: '2026-11-20T00:00:00Z',
      calls: {
        first: ['update-crl', '--crl-id', 'c1', '--crl-data', 'fileb://ca.crl.pem'],
        last: ['get-crl', '--crl-id', 'c1', '--query', 'crl.updatedAt'],
      },
      beyond: { max_crl_age_days: false },
    });
  });

  const renamed = crlDer({ ...request, issuer: other.subject, key: ca.key });
  const forged = crlDer({ ...request, issuer: ca.subject, key: other.key });
  it.each<[what: string, list: Buffer, pem: string, facts: object, unknown: string[]]>([
    [
      'another CA',
      other.crl(request),
      ca.pem,
      { issuer_matches: false, key_matches: false, signature_valid: false },
      [],
    ],
    ['the name of another', renamed, ca.pem, { issuer_matches: false, key_matches: true, signature_valid: true }, []],
    ['the key of another', forged, ca.pem, { issuer_matches: true, key_matches: false, signature_valid: false }, []],
  ])('of %s is not the anchor’s', (_, list, pem, facts, unknown) => {
    const document = ofCrl(base64(list), { trustAnchors: [holding(pem)] });
    expect(document.facts).toMatchObject({ ...facts, issued_by_anchor: false });
    expect(document.unknown).toEqual(unknown);
  });

  it('say that a CA below the anchor’s may have issued a list', () => {
    const { facts, unknown } = ofCrl(base64(ca.crl(request)), { trustAnchors: [holding(root.pem)] });
    expect(facts).toMatchObject({ issuer_matches: false, signature_valid: false });
    expect(unknown).toEqual(['crl.issued_by_anchor']);
  });

  it('know the list among two CAs of a bundle', () => {
    expect(ofCrl(base64(other.crl(request)), { trustAnchors: [holding(ca.pem + other.pem)] }).facts).toMatchObject({
      issued_by_anchor: true,
    });
  });

  const decoys = (count: number, rest: Partial<AuthorityRequest> = {}) =>
    Array.from({ length: count }, (_, n) =>
      rootAuthority({ subject: ca.subject, key: ecKey(`decoy ${n}`), ...dates, ...rest }),
    );
  it.each<[what: string, others: readonly Authority[], issued: boolean | undefined]>([
    ['20 of its name', decoys(20, { version: 1 }), true],
    ['30 of its name, none of which names a key', decoys(30, { version: 1 }), true],
    ['30 of its name', decoys(30), true],
    ['30 of other names', decoys(30, { subject: [['CN', 'Decoy']] }), true],
    ['30 of its name and key identifier', decoys(30).map(each => likeKey(each, ca)), undefined],
  ])('know the list of a CA after %s', (_, others, issued) => {
    const inRegion = { trustAnchors: [holding([...others, ca].map(({ pem }) => pem).join(''))] };
    const { facts, unknown } = ofCrl(base64(ca.crl(request)), inRegion);
    expect([facts.issued_by_anchor, unknown.includes('crl.issued_by_anchor')]).toEqual([issued, issued === undefined]);
  });

  const FIT = ['crl.issued_by_anchor', 'crl.issuer_matches', 'crl.key_matches', 'crl.signature_valid'];
  it('say what they do not know of a private CA whose certificate was not read', () => {
    expect(ofCrl(base64(ca.crl(request)), { trustAnchors: [anchor({ source: UNREAD_CA })] }).unknown).toEqual(FIT);
  });

  it('say that the anchor is gone, and nothing of how the list fits it', () => {
    const { facts, unknown } = ofCrl(base64(ca.crl(request)), { trustAnchors: [] });
    expect([facts.trust_anchor, facts.issued_by_anchor, unknown]).toEqual([
      { arn: anchor().trustAnchorArn, exists: false },
      undefined,
      [],
    ]);
  });

  it('do not know whether the anchor is gone where anchors could not be listed', () => {
    const refused = { trustAnchors: [], unread: [unread('rolesanywhere:ListTrustAnchors')] };
    expect(ofCrl(base64(ca.crl(request)), refused).unknown).toEqual([
      ...FIT,
      ...['enabled', 'exists', 'name'].map(name => `crl.trust_anchor.${name}`),
    ]);
  });

  const UNREAD = [
    'authority_key_id',
    'delta',
    'indirect',
    'issued_by_anchor',
    'issuer',
    'issuer_matches',
    'key_matches',
    'next_update',
    'number',
    'revoked',
    'signature_algorithm',
    'signature_hash',
    'signature_valid',
    'this_update',
    'unknown_critical',
  ].map(name => `crl.${name}`);
  it.each<[what: string, data: string | undefined, readable: boolean | undefined, more: string[]]>([
    ['garbage', 'hello', false, []],
    ['a certificate', base64(ca.der), false, []],
    ['nothing at all', undefined, undefined, ['crl.readable']],
  ])('of %s know nothing of the list', (_, data, readable, more) => {
    const { facts, unknown } = ofCrl(data);
    expect(facts.readable).toBe(readable);
    expect(unknown).toEqual([...UNREAD, ...more].sort());
  });
});

describe('a second list in the same text', () => {
  it('leaves open whether all of it could be read', () => {
    const pem = `-----BEGIN X509 CRL-----\n${base64(ca.crl(request))}\n-----END X509 CRL-----\n`;
    expect(ofCrl(pem + pem).unknown).toEqual(['crl.readable', 'crl.revoked.seen_since']);
    expect(ofCrl(pem).facts.readable).toBe(true);
  });
});

describe('a newer list', () => {
  const older = { ...times, thisUpdate: new Date('2026-11-10T00:00:00Z'), number: 6, revoked };
  const newer = detail(base64(ca.crl(request)));
  const beside = (rest: Partial<CrlDetail>) => {
    const crls = [detail(base64(ca.crl(older))), { ...newer, crlId: 'c2', crlArn: 'arn:crl2', name: 'newer', ...rest }];
    return ofCrl(undefined, { crls }).facts.superseded_by;
  };
  const signedBy = (by: typeof root) => ({ crlData: base64(by.crl(request)) });
  it.each<[what: string, rest: Partial<CrlDetail>, superseded: string | undefined]>([
    ['of the same trust anchor, issuer and key takes its place', {}, 'newer'],
    ['that is disabled does not', { enabled: false }, undefined],
    ['of another trust anchor does not', { trustAnchorArn: 'arn:other' }, undefined],
    ['of another CA does not', signedBy(other), undefined],
    ['that is older does not', { crlData: base64(ca.crl({ ...older, thisUpdate: dates.notBefore })) }, undefined],
    [
      'that is out of date does not',
      { crlData: base64(ca.crl({ ...request, nextUpdate: times.thisUpdate })) },
      undefined,
    ],
    [
      'that is to be issued tomorrow does not',
      { crlData: base64(ca.crl({ ...request, thisUpdate: new Date('2026-11-25T00:00:00Z') })) },
      undefined,
    ],
    ['that cannot be read does not', { crlData: 'hello' }, undefined],
    ['of CAs alone does not', { crlData: base64(ca.crl({ ...request, only: 'cas' })) }, undefined],
    [
      'of a distribution point does not',
      { crlData: base64(ca.crl({ ...request, distributionPoint: 'x' })) },
      undefined,
    ],
  ])('%s', (_, rest, superseded) => expect(beside(rest)).toBe(superseded));

  const ofUsers = { only: 'users', distributionPoint: 'http://ca.example/users.crl' } as const;
  it.each<[what: string, scope: Partial<CrlRequest>, superseded: string | undefined]>([
    ['of the same scope takes the place of one of end entities', ofUsers, 'newer'],
    ['of the whole scope does too', {}, 'newer'],
    ['of CAs does not', { only: 'cas' }, undefined],
    ['of another distribution point does not', { ...ofUsers, distributionPoint: 'other' }, undefined],
  ])('%s', (_, scope, superseded) => {
    const crls = [
      detail(base64(ca.crl({ ...older, ...ofUsers }))),
      { ...newer, crlArn: 'arn:crl2', name: 'newer', crlData: base64(ca.crl({ ...request, ...scope })) },
    ];
    expect(ofCrl(undefined, { crls }).facts.superseded_by).toBe(superseded);
  });

  it.each<[what: string, rest: Partial<CrlDetail>, inRegion: Partial<RegionSnapshot>]>([
    ['it could not be verified', {}, { trustAnchors: [holding(root.pem)] }],
    ['it has something critical', { crlData: base64(ca.crl({ ...request, critical: '1.2.3' })) }, {}],
  ])('is not certain where %s', (_, rest, inRegion) => {
    const crls = [detail(base64(ca.crl(older))), { ...newer, crlArn: 'arn:crl2', name: 'newer', ...rest }];
    const { facts, unknown } = ofCrl(undefined, { crls, ...inRegion });
    expect(facts).not.toHaveProperty('superseded_by');
    expect(unknown).toContain('crl.superseded_by');
  });
});

describe('the calls that mend a list', () => {
  const callsOf = (crls: readonly CrlDetail[]) => {
    const { first, last } = ofCrl(undefined, { crls }).facts.calls as Record<'first' | 'last', readonly string[]>;
    return [first.join(' '), last.join(' ')];
  };
  const list = detail(base64(ca.crl({ ...request, thisUpdate: new Date('2026-11-10T00:00:00Z') })));
  const newer = { ...detail(base64(ca.crl(request))), crlId: 'c2', crlArn: 'arn:crl2', name: 'newer' };
  const renew = 'update-crl --crl-id c1 --crl-data fileb://ca.crl.pem';
  const left = ['get-crl --crl-id c2 --query crl.enabled', 'delete-crl --crl-id c1'];
  it.each<[what: string, crls: readonly CrlDetail[], calls: readonly string[]]>([
    ['import the newest and look', [list], [renew, 'get-crl --crl-id c1 --query crl.updatedAt']],
    ['import the newest before it is enabled', [{ ...list, enabled: false }], [renew, 'enable-crl --crl-id c1']],
    ['delete one whose place is taken', [list, newer], left],
    ['delete one that is disabled too', [{ ...list, enabled: false }, newer], left],
    [
      'delete none for a disabled one',
      [
        { ...list, enabled: false },
        { ...newer, enabled: false },
      ],
      [renew, 'enable-crl --crl-id c1'],
    ],
  ])('%s', (_, crls, calls) => expect(callsOf(crls)).toEqual(calls));
});

describe('subjects that came in after a list revoked their certificate', () => {
  const host = ca.issue({ subject: [['CN', 'host']], ...dates });
  const crlData = base64(
    ca.crl({ ...request, revoked: [{ serial: host.serial, at: new Date('2026-11-01T00:00:00Z') }] }),
  );
  const came = { seenAt: '2026-11-10T00:00:00Z', failed: false, x509CertificateData: host.pem };
  const subject = (credential: object): SubjectDetail => ({
    subjectId: 's1',
    subjectArn: 'arn:s1',
    x509Subject: 'CN=host',
    enabled: true,
    credentials: [{ ...came, ...credential }],
  });
  const cameBack = (credential: object, inRegion: Partial<RegionSnapshot> = {}) => {
    const crls = [{ ...detail(crlData), enabled: false }];
    const { facts, unknown } = ofCrl(undefined, { crls, subjects: [subject(credential)], ...inRegion });
    return [(facts.revoked as JsonObject).seen_since, unknown.includes('crl.revoked.seen_since')];
  };
  it.each<[what: string, credential: object, names: string[]]>([
    ['are named', {}, ['CN=host']],
    ['are not where it was before', { seenAt: '2026-10-10T00:00:00Z' }, []],
    ['are not where AWS refused them', { failed: true }, []],
    [
      'are not where it was before, whether or not AWS refused them',
      { seenAt: '2026-10-10T00:00:00Z', failed: undefined },
      [],
    ],
  ])('%s', (_, credential, names) => expect(cameBack(credential)).toEqual([names, false]));

  const undated = base64(ca.crl({ ...request, revoked: [{ serial: host.serial }] }));
  it.each<[what: string, credential: object, inRegion?: Partial<RegionSnapshot>]>([
    ['the certificate cannot be read', { x509CertificateData: 'hello' }],
    ['AWS does not say when', { seenAt: undefined }],
    ['AWS does not say whether it let them in', { failed: undefined }],
    ['the list does not say when', {}, { crls: [detail(undated)] }],
    ['the list cannot be verified, for the CA was not read', {}, { trustAnchors: [anchor({ source: UNREAD_CA })] }],
  ])('may be more where %s', (_, credential, inRegion) => {
    expect(cameBack(credential, inRegion)).toEqual([[], true]);
  });
});
