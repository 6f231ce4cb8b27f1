import { describe, expect, it } from 'vitest';
import { type Authority, type Certificate, type LeafRequest, rootAuthority } from '../../mocks/pki/authority.ts';
import { pem } from '../../mocks/pki/certificate.ts';
import { crlDer, type Revocation } from '../../mocks/pki/crl.ts';
import { oid, sequence } from '../../mocks/pki/der.ts';
import { ecKey } from '../../mocks/pki/keys.ts';
import type { JsonObject } from '../../src/documents/document.ts';
import type {
  CertificateAuthorityDetail,
  CrlDetail,
  SubjectCredential,
  SubjectDetail,
  TrustAnchorDetail,
} from '../../src/snapshot/shapes.ts';
import type { RegionSnapshot } from '../../src/snapshot/snapshot.ts';
import { about, account, anchor, region, UNREAD_CA, unread } from './snapshots.ts';

const at = (text: string) => new Date(`${text}T00:00:00Z`);
/** When the snapshot was taken. */
const NOW = at('2026-11-24');
const dates = { notBefore: at('2025-01-01'), notAfter: at('2035-01-01') };
const root = rootAuthority({ subject: [['CN', 'Root']], ...dates });
const ca = root.subordinate({ subject: [['CN', 'Issuing']], pathLength: 0, ...dates });
const other = rootAuthority({ subject: [['CN', 'Other']], ...dates });
const flat = rootAuthority({ subject: [['CN', 'Root']], key: root.key, pathLength: 0, ...dates });
const twin = rootAuthority({ subject: [['CN', 'Issuing']], key: other.key, ...dates });

const HOST = { subject: [['CN', 'host']], notBefore: at('2026-11-01'), notAfter: at('2027-01-30') } as const;
const leaf = (rest: Partial<LeafRequest> = {}, by: Authority = ca) => by.issue({ ...HOST, ...rest });
const host = leaf();

const holding = (pem: string) =>
  anchor({ source: { sourceType: 'CERTIFICATE_BUNDLE', sourceData: { x509CertificateData: pem } } });
const came = ({ pem }: Pick<Certificate, 'pem'>, rest: Partial<SubjectCredential> = {}): SubjectCredential => ({
  seenAt: '2026-11-20T00:00:00Z',
  serialNumber: '1',
  enabled: true,
  failed: false,
  x509CertificateData: pem,
  ...rest,
});
const subject = (credentials: readonly SubjectCredential[] | undefined): SubjectDetail => ({
  subjectId: 's1',
  subjectArn: 'arn:subject',
  x509Subject: 'CN=host',
  enabled: true,
  lastSeenAt: '2026-11-20T00:00:00Z',
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-11-20T00:00:00Z',
  ...(credentials === undefined ? {} : { credentials }),
});
const ofSubject = (credentials: readonly SubjectCredential[] | undefined, inRegion: Partial<RegionSnapshot> = {}) =>
  about(
    'subject',
    account({
      regions: [region({ trustAnchors: [holding(ca.pem)], subjects: [subject(credentials)], ...inRegion })],
    }),
  );
const credentialsIn = (facts: JsonObject) => facts.credentials as readonly JsonObject[];
const list = (revoked: readonly Revocation[], rest: Partial<CrlDetail> = {}, by = ca): CrlDetail => ({
  crlId: 'c1',
  crlArn: 'arn:crl',
  name: 'list',
  enabled: true,
  trustAnchorArn: anchor().trustAnchorArn,
  crlData: by
    .crl({ number: 7, thisUpdate: at('2026-11-20'), nextUpdate: at('2026-11-27'), revoked })
    .toString('base64'),
  ...rest,
});
const revoked = { serial: host.serial, at: at('2026-11-10'), reason: 1 };

describe('subject documents', () => {
  it('say all there is', () => {
    const { facts, unknown } = ofSubject([came(host)], { crls: [list([])] });
    expect(unknown).toEqual([]);
    expect(facts).toEqual({
      id: 's1',
      arn: 'arn:subject',
      name: 'CN=host',
      enabled: true,
      last_seen_at: '2026-11-20T00:00:00Z',
      created_at: '2026-01-01T00:00:00Z',
      updated_at: '2026-11-20T00:00:00Z',
      credentials: [
        {
          seen_at: '2026-11-20T00:00:00Z',
          failed: false,
          enabled: true,
          newest: true,
          serial: host.serial,
          issuer: 'CN=Issuing',
          not_before: '2026-11-01T00:00:00Z',
          not_after: '2027-01-30T00:00:00Z',
          days_valid: 90,
          ends_at: '2027-01-30T00:00:00Z',
          ends_with: 'certificate',
          key_type: 'ec',
          key_bits: 256,
          ca: false,
          key_usage: ['digitalSignature'],
          signature_hash: 'sha256',
          fingerprint_sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
          live: true,
          seen_after_expiry: false,
          issuer_known: true,
          trust_anchor: ['plant'],
          revoked: false,
          seen_after_revocation: false,
          refused_for: [],
          beyond: {
            min_days_left: false,
            max_leaf_validity_days: false,
            max_hours_without_crl: true,
            max_failure_age_days: false,
          },
        },
      ],
      live_certificates: 1,
      beyond: { max_idle_days: false, max_live_certificates: false },
    });
  });

  const PCA = 'arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/1';
  const overPca = (...read: readonly Partial<CertificateAuthorityDetail>[]): Partial<RegionSnapshot> => ({
    trustAnchors: [anchor({ source: { sourceType: 'AWS_ACM_PCA', sourceData: { acmPcaArn: PCA } } })],
    certificateAuthorities: read.map(each => ({ arn: PCA, certificate: ca.pem, ...each })),
  });
  const [SHORT, GENERAL] = ['SHORT_LIVED_CERTIFICATE', 'GENERAL_PURPOSE'].map(usageMode => overPca({ usageMode }));

  it.each<[hours: number, what: string, inRegion: Partial<RegionSnapshot> | undefined, tooMany: boolean | 'unknown']>([
    [24, 'that need no revocation list', {}, false],
    [25, 'that need one', {}, true],
    [7 * 24, 'of any CA', {}, true],
    [7 * 24 + 1, 'of a private CA for such', SHORT, false],
    [7 * 24 + 1, 'of a private CA for others', GENERAL, true],
    [7 * 24 + 1, 'of a private CA of which that is not known', overPca({}), 'unknown'],
    [7 * 24 + 1, 'of a private CA that was not read', overPca(), 'unknown'],
    [9 * 24, 'of a private CA that was not read', overPca(), true],
  ])('count live certificates: three of %s hours %s', (hours, _, inRegion, tooMany) => {
    const credentials = [1, 2, 3].map(minutes => {
      const start = NOW.getTime() - minutes * 60_000;
      return came(leaf({ notBefore: new Date(start), notAfter: new Date(start + hours * 3_600_000) }));
    });
    const { facts, unknown } = ofSubject(credentials, inRegion);
    const beyond = facts.beyond as JsonObject;
    const isUnknown = unknown.includes('subject.beyond.max_live_certificates');
    expect(isUnknown ? 'unknown' : beyond.max_live_certificates).toBe(tooMany);
  });

  it('say that nobody asked for the certificates', () => {
    expect(ofSubject(undefined).unknown).toEqual([
      'subject.beyond.max_live_certificates',
      'subject.credentials',
      'subject.last_failure_at',
      'subject.live_certificates',
    ]);
  });

  it.each([
    ['none', ''],
    ['garbage', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'],
  ])('keep what AWS says of a certificate that is %s', (_, x509CertificateData) => {
    const { facts, unknown } = ofSubject([came(host, { x509CertificateData, failed: true })]);
    expect(credentialsIn(facts)).toEqual([
      {
        seen_at: '2026-11-20T00:00:00Z',
        failed: true,
        enabled: true,
        refused_for: [],
        beyond: { max_failure_age_days: false },
      },
    ]);
    expect(facts.last_failure_at).toBe('2026-11-20T00:00:00Z');
    expect(unknown).toContain('subject.credentials.not_after');
    expect(unknown).toContain('subject.live_certificates');
  });

  it('tell the newest of several, and how many are good today', () => {
    const old = leaf({ notBefore: at('2026-08-01'), notAfter: at('2026-11-05') });
    const { facts } = ofSubject([came(old), came(host), came(host, { failed: true })]);
    expect(credentialsIn(facts).map(({ newest }) => newest)).toEqual([false, true, true]);
    expect(facts.live_certificates).toBe(1);
  });

  const ofOutsider = leaf({ notBefore: at('2026-11-19') }, twin);
  it.each<[what: string, credentials: readonly SubjectCredential[], newest: readonly boolean[]]>([
    ['refused, of another CA of the name', [came(host), came(ofOutsider, { failed: true })], [true, false]],
    ['let in, of another CA of the name', [came(host), came(ofOutsider)], [false, true]],
    ['refused, of its CA', [came(host), came(leaf({ notBefore: at('2026-11-19') }), { failed: true })], [false, true]],
    ['refused, and alone', [came(ofOutsider, { failed: true })], [true]],
  ])('the newest, where a later one is %s', (_, credentials, newest) => {
    expect(credentialsIn(ofSubject(credentials).facts).map(each => each.newest)).toEqual(newest);
  });

  it.each<[what: string, credential: SubjectCredential, live: number]>([
    ['refused, of another CA of the name', came(ofOutsider, { failed: true }), 1],
    ['let in, of another CA of the name', came(ofOutsider), 2],
    ['refused, of its CA', came(leaf({ notBefore: at('2026-11-19') }), { failed: true }), 2],
  ])('those good today, where another one is %s', (_, credential, live) => {
    expect(ofSubject([came(host), credential]).facts.live_certificates).toBe(live);
  });

  it.each<[what: string, days: [from: string, to: string], beyond: object]>([
    ['a third of its life left', ['2026-10-05', '2026-12-24'], { min_days_left: false }],
    ['less than a third left', ['2026-09-01', '2026-12-01'], { min_days_left: true }],
    ['less than a third of a week', ['2026-11-15', '2026-11-22'], { min_days_left: true, max_hours_without_crl: true }],
    ['a third of a week, shown before', ['2026-11-18', '2026-11-25'], { min_days_left: false }],
    ['most of a week', ['2026-11-23', '2026-11-30'], { min_days_left: false }],
    ['a day', ['2026-11-23', '2026-11-24'], { max_hours_without_crl: false }],
    ['400 days', ['2026-11-01', '2027-12-06'], { max_leaf_validity_days: true }],
  ])('hold a certificate with %s against the thresholds', (_, [from, to], beyond) => {
    const { facts } = ofSubject([came(leaf({ notBefore: at(from), notAfter: at(to) }))]);
    expect(credentialsIn(facts)[0]).toMatchObject({ beyond });
  });

  it.each<[what: string, certificate: Pick<Certificate, 'pem'>, seenAt: string, refusals: string[]]>([
    ['nothing that is known', host, '2026-11-20', []],
    ['being over', host, '2027-02-01', ['expired']],
    ['not being valid yet', host, '2026-10-30', ['not valid yet']],
    ['another CA', leaf({}, other), '2026-11-20', ['unknown issuer']],
    ['another CA of the same name', leaf({}, twin), '2026-11-20', ['unknown issuer']],
    ['being a CA', ca.subordinate({ ...HOST }), '2026-11-20', ['unfit']],
  ])('are refused for %s', (_, certificate, day, refusals) => {
    const { facts } = ofSubject([came(certificate, { failed: true, seenAt: `${day}T00:00:00Z` })]);
    expect(credentialsIn(facts)[0]?.refused_for).toEqual(refusals);
  });
});

describe('what explains that it was refused', () => {
  const refused = [came(host, { failed: true })];
  it.each<[what: string, inRegion: Partial<RegionSnapshot>, known: boolean]>([
    ['all was read', { crls: [list([])] }, true],
    ['its CA may be below', { trustAnchors: [holding(root.pem)] }, true],
    ['lists were not asked for', { notAsked: ['crls'] }, false],
    ['a list cannot be read', { crls: [list([], { crlData: 'garbage' })] }, false],
    ['trust anchors were not asked for', { trustAnchors: [], notAsked: ['trustAnchors'] }, false],
  ])('%s', (_, inRegion, known) => {
    const { facts, unknown } = ofSubject(refused, inRegion);
    expect(credentialsIn(facts)[0]?.refused_for).toEqual([]);
    expect(unknown.includes('subject.credentials.refused_for')).toBe(!known);
  });
});

describe('until when it is good', () => {
  const aged = root.subordinate({ subject: [['CN', 'Aged']], ...dates, notAfter: at('2026-12-15') });
  const renewed = root.subordinate({ subject: [['CN', 'Aged']], key: aged.key, ...dates, notAfter: at('2030-01-01') });
  const young = root.subordinate({ subject: [['CN', 'Aged']], key: other.key, ...dates });
  const besides = (name: string, rest: object) => ({ ...anchor(), trustAnchorArn: `arn:${name}`, name, ...rest });
  const both = holding(aged.pem + young.pem);
  it.each<[what: string, anchors: readonly object[], end: string | undefined]>([
    ['its CA goes on with another key', [both], '2026-12-15T00:00:00Z'],
    [
      'another anchor has the old key for longer',
      [both, besides('b', { source: holding(renewed.pem).source })],
      '2027-01-30T00:00:00Z',
    ],
    [
      'that one is disabled',
      [both, besides('b', { source: holding(renewed.pem).source, enabled: false })],
      '2026-12-15T00:00:00Z',
    ],
    ['its CA ends for good', [holding(aged.pem)], '2026-12-15T00:00:00Z'],
    [
      'another anchor holds a later certificate of its CA',
      [holding(aged.pem), besides('b', { source: holding(renewed.pem).source })],
      '2027-01-30T00:00:00Z',
    ],
    [
      'another anchor holds the CA above',
      [holding(aged.pem), besides('b', { source: holding(root.pem).source })],
      '2027-01-30T00:00:00Z',
    ],
    ['its CA is that of a disabled one', [{ ...holding(aged.pem), enabled: false }], '2027-01-30T00:00:00Z'],
    ['one of another CA cannot be read', [both, besides('b', { source: holding('garbage').source })], undefined],
    [
      'that one is disabled',
      [both, besides('b', { source: holding('garbage').source, enabled: false })],
      '2026-12-15T00:00:00Z',
    ],
  ])('%s', (_, anchors, end) => {
    const { facts, unknown } = ofSubject([came(leaf({}, aged))], { trustAnchors: anchors as never });
    expect(credentialsIn(facts)[0]?.ends_at).toBe(end);
    expect(unknown.includes('subject.credentials.ends_at')).toBe(end === undefined);
  });
});

describe('where its CA has ended', () => {
  const ended = root.subordinate({ subject: [['CN', 'Ended']], ...dates, notAfter: at('2026-11-10') });
  const held = leaf({}, ended);
  const ofHolder = (rest: Partial<SubjectCredential>, more: readonly TrustAnchorDetail[] = []) =>
    ofSubject([came(held, rest)], { trustAnchors: [holding(ended.pem), ...more] });
  const unread = { ...holding('garbage'), trustAnchorArn: 'arn:b', name: 'b' };

  it('it is good no more', () => {
    const { facts } = ofHolder({});
    expect(facts.live_certificates).toBe(0);
    expect(credentialsIn(facts)[0]).toMatchObject({
      live: false,
      ends_at: '2026-11-10T00:00:00Z',
      ends_with: 'authority',
    });
  });

  it('that explains a refusal, later', () => {
    const refusals = (seenAt: string) => credentialsIn(ofHolder({ failed: true, seenAt }).facts)[0]!.refused_for;
    expect(refusals('2026-11-20T00:00:00Z')).toEqual(['CA expired']);
    expect(refusals('2026-11-05T00:00:00Z')).toEqual([]);
  });

  it('nothing is certain beside a trust anchor whose CA was not read', () => {
    const { unknown } = ofHolder({ failed: true }, [unread]);
    const what = ['ends_at', 'ends_with', 'live', 'refused_for'].map(name => `subject.credentials.${name}`);
    expect(unknown).toEqual(expect.arrayContaining(what));
  });
});

describe('whose certificate it is', () => {
  it.each<[what: string, by: Authority, bundle: string, known: boolean | undefined]>([
    ['the anchor’s CA', ca, ca.pem, true],
    ['the anchor’s CA, a root', other, other.pem, true],
    ['one CA of a bundle', other, ca.pem + other.pem, true],
    ['no CA of the anchor', other, ca.pem, false],
    ['a CA that may be below the anchor’s', other, root.pem, undefined],
    ['a CA of which nothing was read', other, 'garbage', undefined],
  ])('%s', (_, by, bundle, known) => {
    const { facts, unknown } = ofSubject([came(leaf({}, by))], { trustAnchors: [holding(bundle)] });
    expect(credentialsIn(facts)[0]?.issuer_known).toBe(known);
    expect(unknown.includes('subject.credentials.issuer_known')).toBe(known === undefined);
  });

  it('is not known where trust anchors could not be listed', () => {
    const refused = { trustAnchors: [], unread: [unread('rolesanywhere:ListTrustAnchors')] };
    expect(ofSubject([came(host)], refused).unknown).toContain('subject.credentials.issuer_known');
  });
});

describe('whether it is revoked', () => {
  const changes = (reason: number) =>
    ca
      .crl({ number: 8, thisUpdate: at('2026-11-20'), revoked: [{ ...revoked, reason }], deltaOf: 7 })
      .toString('base64');
  const SINCE = { revoked_at: '2026-11-10T00:00:00Z', revocation_reason: 'keyCompromise', revoked_by: ['list'] };
  it.each<[what: string, crls: readonly CrlDetail[], answer: object]>([
    ['no list', [], { revoked: false, live: true }],
    ['a list that has others', [list([{ ...revoked, serial: '77' }])], { revoked: false }],
    ['a list that has it', [list([revoked])], { revoked: true, live: false, seen_after_revocation: true, ...SINCE }],
    [
      'revoked since it was seen',
      [list([{ ...revoked, at: at('2026-11-21') }])],
      { revoked: true, seen_after_revocation: false },
    ],
    [
      'two lists: the earlier date',
      [list([{ ...revoked, at: at('2026-11-21') }]), list([revoked], { name: 'a' })],
      { revoked_at: '2026-11-10T00:00:00Z', revoked_by: ['a', 'list'] },
    ],
    [
      'taken back by a list of changes',
      [list([{ ...revoked, reason: 8 }], { crlData: changes(8) })],
      { revoked: false },
    ],
    ['revoked and taken back', [list([revoked, { ...revoked, reason: 8 }])], { revoked: true, ...SINCE }],
    [
      'revoked, and once more in 2049',
      [list([revoked, { ...revoked, at: at('2049-11-10') }])],
      { revoked: true, ...SINCE },
    ],
    ['a list that is switched off', [list([revoked], { enabled: false })], { revoked: false }],
    ['a list without its anchor', [list([revoked], { trustAnchorArn: 'gone' })], { revoked: false }],
    ['a list of another CA', [list([revoked], {}, other)], { revoked: false }],
    ['a list of a CA of the same name', [list([revoked], {}, twin)], { revoked: false }],
  ])('%s', (_, crls, answer) => {
    const { facts, unknown } = ofSubject([came(host)], { crls });
    expect(credentialsIn(facts)[0]).toMatchObject(answer);
    expect(unknown).toEqual([]);
  });

  const listed = (parts: Parameters<typeof ca.crl>[0]['revoked']) =>
    ca.crl({ number: 7, thisUpdate: at('2026-11-20'), revoked: parts });
  const twoLists = pem('X509 CRL', listed([])) + pem('X509 CRL', listed([revoked]));
  const unverifiable = crlDer({
    number: 7,
    thisUpdate: at('2026-11-20'),
    revoked: [revoked],
    issuer: ca.subject,
    key: { ...ca.key, algorithm: sequence(oid('1.2.3.4.5')) },
  }).toString('base64');
  const UNSURE = [
    'live',
    'revocation_reason',
    'revoked',
    'revoked_at',
    'revoked_by',
    'revoked_by_count',
    'seen_after_revocation',
  ].map(name => `subject.credentials.${name}`);
  it.each<[what: string, inRegion: Partial<RegionSnapshot>]>([
    ['lists that could not be had', { unread: [unread('rolesanywhere:ListCrls')] }],
    ['a list that cannot be read', { crls: [list([], { crlData: 'garbage' })] }],
    ['a whole list that takes back what it never said', { crls: [list([{ ...revoked, reason: 8 }])] }],
    ['two lists in one text', { crls: [list([], { crlData: twoLists })] }],
    ['a list signed in a way that cannot be verified', { crls: [list([], { crlData: unverifiable })] }],
    [
      'a list that tells of CA certificates alone',
      {
        crls: [
          list([], {
            crlData: ca
              .crl({ number: 7, thisUpdate: at('2026-11-20'), revoked: [revoked], only: 'cas' })
              .toString('base64'),
          }),
        ],
      },
    ],
    [
      'a list with something critical that nobody knows',
      {
        crls: [
          list([], {
            crlData: ca
              .crl({ number: 7, thisUpdate: at('2026-11-20'), revoked: [revoked], critical: '1.2.3' })
              .toString('base64'),
          }),
        ],
      },
    ],
    [
      'a list of several issuers',
      {
        crls: [
          list([], {
            crlData: ca
              .crl({ number: 7, thisUpdate: at('2026-11-20'), revoked: [revoked], indirect: true })
              .toString('base64'),
          }),
        ],
      },
    ],
  ])('is not known with %s', (_, inRegion) => {
    expect(ofSubject([came(host)], inRegion).unknown).toEqual([...UNSURE, 'subject.live_certificates'].sort());
  });

  const moved = { subject: [['CN', 'Issuing']] as const, ...dates };
  const like = rootAuthority({ ...moved, key: { ...other.key, publicBits: ca.key.publicBits } });
  it.each<[what: string, next: Authority]>([
    ['key', twin],
    ['key, though not by its identifier', like],
  ])('is not known where the list is of another %s of its CA', (_, next) => {
    const inRegion = { trustAnchors: [holding(ca.pem + next.pem)], crls: [list([revoked], {}, next)] };
    const { facts, unknown } = ofSubject([came(host)], inRegion);
    expect(credentialsIn(facts)[0]).not.toHaveProperty('revoked');
    expect(unknown).toEqual(expect.arrayContaining(['subject.credentials.revoked', 'subject.credentials.live']));
    expect(credentialsIn(ofSubject([came(leaf({}, next))], inRegion).facts)[0]).toMatchObject({ revoked: true });
    expect(credentialsIn(ofSubject([came(leaf({ notBefore: at('2026-11-02') }))], inRegion).facts)[0]).toMatchObject({
      revoked: false,
    });
  });

  const decoys = Array.from({ length: 9 }, (_, n) =>
    rootAuthority({ subject: [['CN', 'Issuing']], key: ecKey(`decoy ${n}`), version: 1, ...dates }),
  );
  it('is known where many other CAs of its name stand before its own', () => {
    const trustAnchors = [holding([...decoys, ca].map(each => each.pem).join(''))];
    const { facts, unknown } = ofSubject([came(host)], { trustAnchors, crls: [list([revoked])] });
    expect(credentialsIn(facts)[0]).toMatchObject({ issuer_known: true, revoked: true });
    expect(unknown).toEqual([]);
  });

  const beside = (rest: object) => ({
    ...holding(ca.pem),
    trustAnchorId: 'b',
    trustAnchorArn: 'arn:b',
    name: 'b',
    ...rest,
  });
  const listOfB = list([revoked], { name: 'of b', trustAnchorArn: 'arn:b' });
  it.each<[what: string, anchors: object, crls: readonly CrlDetail[], answer: object]>([
    ['another anchor of its CA has no list', {}, [list([revoked])], { revoked: false, live: true, ...SINCE }],
    ['another has one too', {}, [list([revoked]), listOfB], { revoked: true, revoked_by: ['list', 'of b'] }],
    ['another is disabled', { enabled: false }, [list([revoked])], { revoked: true, ...SINCE }],
    [
      'another is disabled, and cannot be read',
      { enabled: false, source: holding('garbage').source },
      [list([revoked])],
      { revoked: true, ...SINCE },
    ],
    ['only the list of a disabled one has it', { enabled: false }, [listOfB], { revoked: false, live: true }],
    [
      'another has the root of its CA',
      { source: holding(root.pem).source },
      [list([revoked])],
      { revoked: false, ...SINCE },
    ],
    [
      'another has a root that allows none below',
      { source: holding(flat.pem).source },
      [list([revoked])],
      { revoked: true, ...SINCE },
    ],
    ['another has another CA', { source: holding(other.pem).source }, [list([revoked])], { revoked: true, ...SINCE }],
  ])('%s', (_, rest, crls, answer) => {
    const { facts } = ofSubject([came(host)], { trustAnchors: [holding(ca.pem), beside(rest)], crls });
    expect(credentialsIn(facts)[0]).toMatchObject({ ...answer, seen_after_revocation: true });
  });

  it('is not known to be so where one cannot be read', () => {
    const trustAnchors = [holding(ca.pem), beside({ source: holding('garbage').source })];
    const { facts, unknown } = ofSubject([came(host)], { trustAnchors, crls: [list([revoked])] });
    expect(credentialsIn(facts)[0]).toMatchObject(SINCE);
    expect(unknown).toEqual(expect.arrayContaining(['subject.credentials.revoked', 'subject.credentials.live']));
  });

  it('is not known where one holds the root of its CA, and a list that may be of that CA', () => {
    const trustAnchors = [holding(ca.pem), beside({ source: holding(root.pem).source })];
    const { facts, unknown } = ofSubject([came(host)], { trustAnchors, crls: [list([revoked]), listOfB] });
    expect(credentialsIn(facts)[0]).not.toHaveProperty('revoked');
    expect(unknown).toContain('subject.credentials.revoked');
  });

  it.each([
    ['of a trust anchor by which it does not come in', { source: holding(other.pem).source }, false],
    ['of another by which it comes in', {}, undefined],
    ['of another that may be one by which it comes in', { source: UNREAD_CA }, undefined],
  ])('with a list that cannot be read, %s', (_, rest, answer) => {
    const crls = [list([]), list([], { trustAnchorArn: 'arn:b', crlData: 'garbage' })];
    const { facts } = ofSubject([came(host)], { trustAnchors: [holding(ca.pem), beside(rest)], crls });
    expect(credentialsIn(facts)[0]!.revoked).toBe(answer);
  });

  it('names ten of very many lists, and says how many there are', () => {
    const crls = Array.from({ length: 300 }, (_, n) => list([revoked], { name: `l${n}`, crlArn: `arn:${n}` }));
    const [credential] = credentialsIn(ofSubject([came(host)], { crls }).facts);
    expect([(credential!.revoked_by as string[]).length, credential!.revoked_by_count]).toEqual([10, 300]);
  });

  it('is known all the same where a list that can be read has it', () => {
    const crls = [list([], { crlData: 'garbage' }), list([revoked])];
    expect(credentialsIn(ofSubject([came(host)], { crls }).facts)[0]).toMatchObject({ revoked: true, ...SINCE });
  });
});
