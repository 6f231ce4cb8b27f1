import { describe, expect, it } from 'vitest';
import { type AuthorityRequest, type CrlRequest, rootAuthority } from '../../mocks/pki/authority.ts';
import { pem } from '../../mocks/pki/certificate.ts';
import { bits, oid, sequence } from '../../mocks/pki/der.ts';
import { ecKey, mlDsaKey, rsaKey } from '../../mocks/pki/keys.ts';
import type { JsonObject } from '../../src/documents/document.ts';
import { DEFAULTS, type Lists } from '../../src/settings/settings.ts';
import type { CrlDetail, TrustAnchorDetail } from '../../src/snapshot/shapes.ts';
import type { AccountSnapshot, RegionSnapshot } from '../../src/snapshot/snapshot.ts';
import { about, account, anchor, region, snapshot } from './snapshots.ts';

/** The snapshots of these tests are taken at this time. */
const NOW = new Date(snapshot(account()).takenAt).getTime();
const days = (count: number) => new Date(NOW + count * 86_400_000);
const root = (change: Partial<AuthorityRequest> = {}) =>
  rootAuthority({ subject: [['CN', 'Root']], notBefore: days(-400), notAfter: days(400), ...change });
const issuing = root().subordinate({
  subject: [['CN', 'Issuing']],
  notBefore: days(-10),
  notAfter: days(300),
  pathLength: 0,
});
const oldRoot = root();
const newRoot = root({ key: ecKey('new root') });
const PLANT: AuthorityRequest = { subject: [['CN', 'Plant']], notBefore: days(-10), notAfter: days(300) };
const belowNew = newRoot.subordinate(PLANT);
/** A root that the other one certified as well. */
const crossed = root({ subject: [['CN', 'Other']] }).subordinate({
  subject: root().subject,
  key: root().key,
  notBefore: days(-10),
  notAfter: days(300),
});
/** The same certificate, as signed with an algorithm that nobody knows (its ecdsa-with-SHA256 made a neighbour of that). */
function signedSomehow(der: Buffer): Buffer {
  return Buffer.from(der.toString('hex').replaceAll('06082a8648ce3d040302', '06082a8648ce3d04037f'), 'hex');
}
const PCA = 'arn:aws:acm-pca:eu-west-1:999988887777:certificate-authority/1';

const bundle = (...pems: readonly { readonly pem: string }[]): Partial<TrustAnchorDetail> => ({
  source: {
    sourceType: 'CERTIFICATE_BUNDLE',
    sourceData: { x509CertificateData: pems.map(each => each.pem).join('') },
  },
});
const privateCa: Partial<TrustAnchorDetail> = {
  source: { sourceType: 'AWS_ACM_PCA', sourceData: { acmPcaArn: PCA } },
};
const ofAnchor = (
  rest: Partial<TrustAnchorDetail>,
  inRegion: Partial<RegionSnapshot> = {},
  lists: Partial<Lists> = {},
) =>
  about('trust_anchor', account({ regions: [region({ trustAnchors: [anchor(rest)], ...inRegion })] }), {
    ...DEFAULTS,
    lists: { ...DEFAULTS.lists, ...lists },
  });

/** What is never known of a bundle of which a certificate could not be read. */
const LEAST = ['certificates', 'bundle.count', 'bundle.lapsed', 'beyond.min_days_left', 'beyond.max_rotation_days'];

describe('the CA of a trust anchor', () => {
  it.each([
    ['a root', root(), { self_issued: true, self_signed: true, open_root: true, valid: true, ec_bits: 256 }],
    ['a root for itself', root({ pathLength: 0 }), { open_root: false, path_length: 0 }],
    ['an issuing CA', issuing, { self_issued: false, self_signed: false, open_root: false, public_ca: false }],
    ['an old one', root({ notAfter: days(-1) }), { valid: false }],
    ['one to come', root({ notBefore: days(1) }), { valid: false }],
    ['RSA', root({ key: rsaKey('a', 1024) }), { key_type: 'rsa', key_bits: 1024, rsa_bits: 1024 }],
    ['SHA-1', root({ key: rsaKey('a', 1024, 'sha1') }), { signature_hash: 'sha1' }],
    ['ML-DSA', root({ key: mlDsaKey('a', 65) }), { key_type: 'ml-dsa-65', signature_hash: 'none' }],
    ['version 1', root({ version: 1 }), { version: 1, ca: false, signs_certificates: false, signs_crls: true }],
    ['no cRLSign', root({ keyUsage: ['keyCertSign'] }), { signs_certificates: true, signs_crls: false }],
  ])('%s', (_, authority, facts) => {
    expect(ofAnchor(bundle(authority)).facts).toMatchObject({ certificates: [facts] });
  });

  const odd = (id: string) => {
    const key = rsaKey('a', 1024);
    return root({ key: { ...key, spki: sequence(sequence(oid(id)), bits(key.publicBits)) } });
  };
  it.each([
    ['RSA under the identifier of OAEP', '1.2.840.113549.1.1.7'],
    ['a type that is not known', '1.2.3.4'],
  ])('the size of %s is not known', (_, id) => {
    const { facts, unknown } = ofAnchor(bundle(odd(id)));
    expect(facts).toMatchObject({ certificates: [{ key_type: id }] });
    expect(unknown).toEqual(
      expect.arrayContaining(['key_bits', 'rsa_bits', 'ec_bits'].map(name => `trust_anchor.certificates.${name}`)),
    );
  });

  it('an ML-DSA key has no bits to be short of, and that is not unknown', () => {
    const { facts, unknown } = ofAnchor(bundle(root({ key: mlDsaKey('a', 65) })));
    expect((facts.certificates as object[])[0]).not.toHaveProperty('key_bits');
    expect(unknown.filter(each => each.includes('bits'))).toEqual([]);
  });

  const [x, y] = ['X', 'Y'].map(name => root({ subject: [['CN', name]] }));
  const below = (ca: ReturnType<typeof root>, issuer: ReturnType<typeof root>, dates: Partial<AuthorityRequest> = {}) =>
    issuer.subordinate({ subject: ca.subject, key: ca.key, notBefore: days(-10), notAfter: days(300), ...dates });
  const circle = [below(x!, y!), below(y!, x!)];
  const xByRoot = below(x!, root());
  it.each([
    ['old root first', [oldRoot, newRoot, belowNew], { authorities: 1 }],
    ['new root first', [newRoot, oldRoot, belowNew], { authorities: 1 }],
    ['one CA beside two that certified each other', [root(), ...circle], { authorities: 2 }],
    ['two that certified each other, and the root of one', [root(), ...circle, xByRoot], { authorities: 1 }],
    ['they certified each other', [crossed, root({ subject: [['CN', 'Other']] })], { authorities: 1 }],
    [
      'one CA of two is over',
      [issuing, root({ subject: [['CN', 'Plant']], notAfter: days(-1) })],
      { lapsed: ['CN=Plant'] },
    ],
    ['the CA above is over', [belowNew, root({ key: ecKey('new root'), notAfter: days(-1) })], { lapsed: [] }],
    ['one of the name of the CA above is over', [belowNew, root({ notAfter: days(-1) })], { lapsed: ['CN=Root'] }],
    ['one', [root()], { count: 1, authorities: 1, expired_beside_valid: false }],
    ['a chain', [issuing, root()], { count: 2, authorities: 1 }],
    ['two', [root(), root({ subject: [['CN', 'Other']] })], { count: 2, authorities: 2 }],
    [
      'an old one beside it',
      [root(), root({ notAfter: days(-1) })],
      { authorities: 1, expired_beside_valid: true, lapsed: [] },
    ],
    ['old ones alone', [root({ notAfter: days(-1) })], { expired_beside_valid: false }],
  ])('bundle: %s', (_, authorities, facts) => {
    expect(ofAnchor(bundle(...authorities)).facts).toMatchObject({ bundle: facts });
  });

  const other = (since: number) => root({ key: ecKey('other'), notBefore: days(since) });
  it.each([
    ['years are left', [root()], { min_days_left: false, max_ca_validity_days: false, max_rotation_days: false }],
    ['another CA ends', [root(), root({ subject: [['CN', 'Plant']], notAfter: days(5) })], { min_days_left: true }],
    ['the CA above ends', [root({ notAfter: days(5) }), issuing], { min_days_left: false }],
    [
      'a CA ends, and another is of one of its name',
      [root({ notAfter: days(5) }), root({ key: ecKey('other') }).subordinate({ ...PLANT, pathLength: 0 })],
      { min_days_left: true },
    ],
    [
      'two that certified each other end beside a root',
      [root(), ...[below(x!, y!, { notAfter: days(3) }), below(y!, x!, { notAfter: days(3) })]],
      { min_days_left: true },
    ],
    ['days are left', [root({ notAfter: days(5) })], { min_days_left: true }],
    ['a new one beside', [root({ notAfter: days(5) }), other(-1)], { min_days_left: false, max_rotation_days: false }],
    ['decades', [root({ notAfter: days(9000) })], { max_ca_validity_days: true }],
    ['two keys for long', [root(), other(-200)], { max_rotation_days: true }],
    ['the same key, renewed', [root(), root({ notBefore: days(-200) })], { max_rotation_days: false }],
  ])('limits: %s', (_, authorities, beyond) => {
    expect(ofAnchor(bundle(...authorities)).facts).toMatchObject({ beyond });
  });

  const garbage = { pem: pem('CERTIFICATE', Buffer.alloc(3)) };
  const old = root({ notAfter: days(-1) });
  it.each<[what: string, authorities: readonly { readonly pem: string }[], facts: object, unknown: readonly string[]]>([
    [
      'one',
      [root()],
      { bundle: {}, certificates: [{ self_signed: true }], outside: {} },
      [...LEAST, 'bundle.authorities', 'bundle.expired_beside_valid', 'beyond.max_ca_validity_days'],
    ],
    ['none', [], { bundle: {} }, [...LEAST, 'bundle.authorities', 'bundle.expired_beside_valid']],
    ['two CAs', [issuing, newRoot], { bundle: { authorities: 2 } }, LEAST],
    ['a chain', [issuing, root()], { bundle: {} }, [...LEAST, 'bundle.authorities']],
    ['an expired one beside a valid one', [root(), old], { bundle: { expired_beside_valid: true } }, LEAST],
    ['an expired one', [old], { bundle: {} }, [...LEAST, 'bundle.expired_beside_valid']],
    ['one for decades', [root({ notAfter: days(9000) })], { beyond: { max_ca_validity_days: true } }, LEAST],
  ])('what is known of %s stays so beside one that cannot be read', (_, authorities, facts, unknown) => {
    const document = ofAnchor(bundle(...authorities, garbage));
    expect(document.facts).toMatchObject(facts);
    expect(document.unknown).toEqual(expect.arrayContaining(unknown.map(name => `trust_anchor.${name}`)));
    expect(document.unknown).not.toContain('trust_anchor.bundle');
  });

  it('a CA that is not listed is not, whatever cannot be read beside it', () => {
    const { facts } = ofAnchor(bundle(root(), garbage), {}, { allowed_cas: ['00'] });
    expect(facts).toMatchObject({ outside: { allowed_cas: true } });
  });

  it('how many CAs there are is not known where a signature cannot be verified', () => {
    const odd = root().subordinate({
      subject: [['CN', 'Odd']],
      key: ecKey('odd'),
      notBefore: days(-10),
      notAfter: days(9),
    });
    const unverifiable = { pem: pem('CERTIFICATE', signedSomehow(odd.der)) };
    expect(ofAnchor(bundle(root(), unverifiable)).unknown).toContain('trust_anchor.bundle.authorities');
  });

  it('all have ended: nothing is left to say of what is left', () => {
    const { facts, unknown } = ofAnchor(bundle(root({ notAfter: days(-1) })));
    expect(facts.beyond).not.toHaveProperty('min_days_left');
    expect(unknown).not.toContain('trust_anchor.beyond.min_days_left');
  });

  it('a private CA that was read, and one that was not', () => {
    const read = { arn: PCA, certificate: root().pem, status: 'ACTIVE', ownerAccount: '999988887777' };
    expect(ofAnchor(privateCa, { certificateAuthorities: [read] }).facts).toMatchObject({
      certificates: [{ subject: 'CN=Root' }],
      acm_pca: { owner: '999988887777', foreign: true, owner_audited: false, status: 'ACTIVE' },
    });
    const { facts, unknown } = ofAnchor(privateCa);
    expect(facts.acm_pca).toMatchObject({ owner: '999988887777', foreign: true });
    expect(unknown).toEqual(
      expect.arrayContaining(
        [
          'certificates',
          'bundle.authorities',
          'bundle.lapsed',
          'beyond.min_days_left',
          'acm_pca.status',
          'acm_pca.renewed_since_update',
          'same_ca.in_region',
        ].map(name => `trust_anchor.${name}`),
      ),
    );
  });

  it.each([
    ['before', -100, false],
    ['since', -500, true],
  ])('a private CA whose certificate was made %s the last update', (_, updated, renewed) => {
    const certificateAuthorities = [{ arn: PCA, certificate: root().pem, status: 'ACTIVE' }];
    const { facts } = ofAnchor({ ...privateCa, updatedAt: days(updated).toISOString() }, { certificateAuthorities });
    expect(facts.acm_pca).toMatchObject({ renewed_since_update: renewed });
  });

  it('a private CA that is gone', () => {
    const { facts, unknown } = ofAnchor(privateCa, { certificateAuthorities: [{ arn: PCA, missing: true }] });
    expect(facts.acm_pca).toEqual({ owner: '999988887777', foreign: true, owner_audited: false, exists: false });
    expect(unknown).not.toContain('trust_anchor.acm_pca.status');
    expect(unknown).toContain('trust_anchor.certificates');
  });

  it.each([
    ['nothing is listed', {}, {}],
    ['another CA is', { allowed_cas: ['00'] }, { allowed_cas: true }],
    ['another region is', { allowed_regions: ['us-east-1'] }, { allowed_regions: true }],
    ['its region is', { allowed_regions: ['eu-west-1'] }, { allowed_regions: false }],
    ['another type of key is', { allowed_key_types: ['ml-dsa-65'] }, { allowed_key_types: true }],
    ['its type of key is', { allowed_key_types: ['ec'] }, { allowed_key_types: false }],
  ])('lists: %s', (_, lists, outside) => {
    expect(ofAnchor(bundle(root()), {}, lists).facts.outside).toEqual(outside);
  });

  it('a private CA is listed by its ARN, read or not', () => {
    expect(ofAnchor(privateCa, {}, { allowed_cas: [PCA] }).facts).toMatchObject({ outside: { allowed_cas: false } });
    expect(ofAnchor(privateCa, {}, { allowed_cas: ['00'] }).unknown).toContain('trust_anchor.outside.allowed_cas');
  });
});

describe('CAs that their issuer has revoked', () => {
  const listBy = (by: ReturnType<typeof root>, rest: Partial<CrlDetail> = {}, request: Partial<CrlRequest> = {}) => ({
    crlId: 'c',
    crlArn: 'arn:c',
    name: 'list',
    enabled: true,
    trustAnchorArn: anchor().trustAnchorArn,
    crlData: by
      .crl({ number: 1, thisUpdate: days(-1), revoked: [{ serial: issuing.serial, at: days(-2) }], ...request })
      .toString('base64'),
    ...rest,
  });
  const stranger = root({ key: ecKey('stranger') });
  it.each<[what: string, inRegion: Partial<RegionSnapshot>, revoked: boolean | undefined]>([
    ['no list', {}, false],
    ['a list of the CA above', { crls: [listBy(root())] }, true],
    ['one that is disabled', { crls: [listBy(root(), { enabled: false })] }, true],
    ['one of others', { crls: [listBy(root(), {}, { revoked: [{ serial: '77', at: days(-2) }] })] }, false],
    ['one of CAs alone', { crls: [listBy(root(), {}, { only: 'cas' })] }, true],
    ['one of end entities alone', { crls: [listBy(root(), {}, { only: 'users' })] }, undefined],
    ["a stranger's of the name of the CA above", { crls: [listBy(stranger)] }, false],
    ['one that is not handed out', { crls: [listBy(root(), { crlData: undefined })] }, undefined],
    [
      'one that is not handed out, and one that has it',
      { crls: [listBy(root(), { crlData: undefined }), listBy(root())] },
      true,
    ],
    ['lists that were not asked for', { notAsked: ['crls'] }, undefined],
  ])('%s', (_, inRegion, revoked) => {
    const { facts, unknown } = ofAnchor(bundle(issuing, root()), inRegion);
    expect((facts.certificates as JsonObject[])[0]!.revoked).toBe(revoked);
    if (revoked === undefined) expect(unknown).toContain('trust_anchor.certificates.revoked');
  });
});

describe('certificates that were seen', () => {
  const leaf = (hours: number) =>
    issuing.issue({ subject: [['CN', 'h']], notBefore: days(-1), notAfter: days(-1 + hours / 24) });
  const subject = (...leaves: readonly { readonly pem: string }[]) => ({
    subjectId: 's',
    subjectArn: 's',
    x509Subject: 'CN=h',
    credentials: leaves.map(({ pem }) => ({ x509CertificateData: pem })),
  });

  it.each([
    ['all live for hours', [subject(leaf(12), leaf(24))], false],
    ['one lives for days', [subject(leaf(12)), subject(leaf(48))], true],
    ['none of this CA', [], undefined],
  ])('%s', (_, subjects, answer) => {
    const { facts, unknown } = ofAnchor(bundle(issuing), { subjects });
    expect((facts.beyond as Record<string, unknown>).max_hours_without_crl).toBe(answer);
    expect(unknown).not.toContain('trust_anchor.beyond.max_hours_without_crl');
  });

  it('one that a CA below may have issued lives for days: not known', () => {
    const own = root().issue({ subject: [['CN', 'h']], notBefore: days(-1), notAfter: days(-0.5) });
    const ofRoot = (...leaves: readonly { readonly pem: string }[]) =>
      ofAnchor(bundle(root()), { subjects: [subject(...leaves)] });
    expect(ofRoot(own, leaf(2160)).unknown).toContain('trust_anchor.beyond.max_hours_without_crl');
    expect(ofRoot(own, leaf(12)).facts).toMatchObject({ beyond: { max_hours_without_crl: false } });
  });

  it.each([
    ['refused, of another CA of the name', true, undefined],
    ['let in by another way', false, true],
  ])('one of another key that lives for years: %s', (_, failed, answer) => {
    const { pem } = rootAuthority({
      subject: [['CN', 'Issuing']],
      key: ecKey('x'),
      notBefore: days(-1),
      notAfter: days(1),
    }).issue({
      subject: [['CN', 'h']],
      notBefore: days(-1),
      notAfter: days(7_000),
    });
    const subjects = [{ ...subject(), credentials: [{ x509CertificateData: pem, failed }] }];
    const { facts } = ofAnchor(bundle(issuing), { subjects });
    expect((facts.beyond as Record<string, unknown>).max_hours_without_crl).toBe(answer);
  });

  it.each([
    ['the subjects were not listed', { notAsked: ['subjects'] }],
    ['one was not asked for', { subjects: [{ subjectId: 's', subjectArn: 's', x509Subject: 'CN=h' }] }],
    ['one cannot be read', { subjects: [{ ...subject(), credentials: [{ x509CertificateData: 'x' }] }] }],
  ] as const)('%s: not known', (_, inRegion) => {
    expect(ofAnchor(bundle(issuing), inRegion).unknown).toContain('trust_anchor.beyond.max_hours_without_crl');
  });
});

describe('one CA behind several trust anchors', () => {
  const twin = (id: string, rest: Partial<TrustAnchorDetail> = {}) =>
    anchor({ ...bundle(root()), trustAnchorId: id, trustAnchorArn: `arn:${id}`, ...rest });
  const inOne = (trustAnchors: readonly TrustAnchorDetail[], rest: Partial<RegionSnapshot> = {}) =>
    region({ trustAnchors, ...rest });
  const sameCa = (...accounts: readonly AccountSnapshot[]) => about('trust_anchor', accounts);

  it.each([
    ['beside it', [account({ regions: [inOne([twin('a'), twin('b')])] })], { in_region: ['arn:b'] }],
    ['disabled', [account({ regions: [inOne([twin('a'), twin('b', { enabled: false })])] })], { in_region: [] }],
    [
      'a private CA, by its ARN',
      [account({ regions: [inOne([twin('a', privateCa), twin('b', privateCa)])] })],
      { in_region: ['arn:b'] },
    ],
    [
      'another region',
      [account({ regions: [inOne([twin('a')]), inOne([twin('b')], { name: 'us-east-1' })] })],
      { in_region: [], in_other_regions: ['arn:b'], in_other_accounts: [] },
    ],
    [
      'another account',
      [account({ regions: [inOne([twin('a')])] }), account({ id: '222233334444', regions: [inOne([twin('b')])] })],
      { in_region: [], in_other_regions: [], in_other_accounts: ['arn:b'] },
    ],
    ['two keys of its own', [account({ regions: [inOne([twin('a', bundle(root(), root()))])] })], { in_region: [] }],
  ])('%s', (_, accounts, same_ca) => {
    expect(sameCa(...accounts).facts).toMatchObject({ same_ca });
  });

  it.each([
    ['11 of its region: all are told', 11, 10, false],
    ['12', 12, 10, true],
    ['1,000, each of which asks', 1_000, 10, true],
  ])('%s', (_, count, told, more) => {
    const twins = Array.from({ length: count }, (__, n) => twin(`a${n}`, privateCa));
    const { in_region, ...rest } = sameCa(account({ regions: [inOne(twins)] })).facts.same_ca as JsonObject;
    expect([(in_region as string[]).length, rest.more]).toEqual([told, more]);
  });

  it('500 of one region do not hide those of other regions and accounts', () => {
    const twins = (name: string) => Array.from({ length: 500 }, (_, n) => twin(`${name}${n}`, privateCa));
    const here = account({ regions: [inOne(twins('b')), inOne([twin('z', privateCa)], { name: 'us-east-1' })] });
    const there = account({ id: '222233334444', regions: [inOne([twin('y', privateCa)])] });
    expect(sameCa(here, there).facts).toMatchObject({
      same_ca: { in_other_regions: ['arn:z'], in_other_accounts: ['arn:y'], more: true },
    });
  });

  it('is not known where the CA of another anchor is not', () => {
    const regions = [inOne([twin('a'), twin('b', privateCa)])];
    expect(sameCa(account({ regions })).unknown).toContain('trust_anchor.same_ca.in_region');
  });
});
