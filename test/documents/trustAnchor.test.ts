import { describe, expect, it } from 'vitest';
import { rootAuthority } from '../../mocks/pki/authority.ts';
import type { TrustAnchorDetail } from '../../src/snapshot/shapes.ts';
import type { RegionSnapshot } from '../../src/snapshot/snapshot.ts';
import { about, account, anchor, region, UNREAD_CA, unread } from './snapshots.ts';

const root = rootAuthority({
  subject: [['CN', 'Root']],
  notBefore: new Date('2025-01-01T00:00:00Z'),
  notAfter: new Date('2035-01-01T00:00:00Z'),
});
const arn = anchor().trustAnchorArn;
const created = {
  eventName: 'CreateTrustAnchor',
  userIdentity: { arn: 'ann' },
  responseElements: { trustAnchor: { trustAnchorArn: arn } },
};
const crl = (name: string, enabled: boolean, trustAnchorArn = arn) => ({
  crlId: name,
  crlArn: name,
  name,
  enabled,
  trustAnchorArn,
  crlData: root.crl({ number: 1, thisUpdate: new Date('2026-11-20T00:00:00Z'), revoked: [] }).toString('base64'),
});
const bundle = (x509CertificateData: string) => ({
  source: { sourceType: 'CERTIFICATE_BUNDLE', sourceData: { x509CertificateData } },
});
const ofAnchor = (rest: Partial<TrustAnchorDetail>, inRegion: Partial<RegionSnapshot> = {}) =>
  about('trust_anchor', account({ alias: 'corp', regions: [region({ trustAnchors: [anchor(rest)], ...inRegion })] }));

describe('trust anchor documents', () => {
  it('say all there is', () => {
    const inRegion = {
      crls: [crl('b', false), crl('a', true), crl('other', true, 'x')],
      tags: [
        {
          resourceArn: arn,
          tags: [
            { key: 'z', value: '1' },
            { key: '__proto__', value: '2' },
          ],
        },
      ],
      events: [created],
    };
    const settings = [
      { enabled: true, event: 'CA_CERTIFICATE_EXPIRY', threshold: 45, channel: 'ALL', configuredBy: 'aws' },
    ];
    const { facts, unknown } = ofAnchor({ ...bundle(root.pem), notificationSettings: settings }, inRegion);
    expect(unknown).toEqual([]);
    expect(facts).toMatchObject({
      id: 'a1',
      arn,
      name: 'plant',
      enabled: true,
      source_type: 'CERTIFICATE_BUNDLE',
      created_by: 'ann',
      certificates: [{ subject: 'CN=Root', self_signed: true, key_type: 'ec', key_bits: 256 }],
      certificates_unparsed: 0,
      crls: { count: 2, enabled_count: 1, name: ['a', 'b'], cover_holders: true, partial: [], unlisted: [] },
      notification_settings: [{ event: 'CA_CERTIFICATE_EXPIRY', enabled: true, threshold: 45, configured_by: 'aws' }],
      tag_keys: ['__proto__', 'z'],
    });
    expect(Object.keys(facts.tags ?? {})).toEqual(['z', '__proto__']);
    expect(facts).not.toHaveProperty('acm_pca_arn');
  });

  it.each([
    ['AWS Private CA', { source: UNREAD_CA }, {}, ['trust_anchor.certificates', 'trust_anchor.certificates_unparsed']],
    ['a broken certificate', bundle('-----BEGIN CERTIFICATE-----'), {}, ['trust_anchor.certificates']],
    ['no settings', { notificationSettings: undefined }, {}, ['trust_anchor.notification_settings']],
    ['no CRLs asked', {}, { notAsked: ['crls'] }, ['trust_anchor.crls']],
    ['CRLs refused', {}, { unread: [unread('rolesanywhere:ListCrls')] }, ['trust_anchor.crls']],
    ['no tags read', {}, {}, ['trust_anchor.tags', 'trust_anchor.tag_keys']],
    ['creation not seen', {}, {}, ['trust_anchor.created_by']],
  ] as const)('%s', (_, rest, inRegion, unknown) => {
    expect(ofAnchor(rest, inRegion).unknown).toEqual(expect.arrayContaining([...unknown]));
  });

  it('keep the certificates that could be read beside one that could not', () => {
    const { facts, unknown } = ofAnchor(bundle(`${root.pem}-----BEGIN CERTIFICATE-----`));
    expect(facts).toMatchObject({ certificates: [{ subject: 'CN=Root' }], certificates_unparsed: 1 });
    expect(unknown).toContain('trust_anchor.certificates');
  });

  const validFor = (notAfter: string) =>
    bundle(
      rootAuthority({ subject: [['CN', 'R']], notBefore: new Date('2025-01-01'), notAfter: new Date(notAfter) }).pem,
    );
  it.each([
    ['a valid certificate', bundle(root.pem), 'current'],
    ['one that has expired', validFor('2026-01-01'), 'outside'],
    ['AWS Private CA, not read', { source: UNREAD_CA }, 'unread'],
    ['one that cannot be read', bundle('-----BEGIN CERTIFICATE-----'), 'unread'],
    ['none at all', bundle(''), 'unread'],
  ] as const)('are of %s as far as dates go: %s', (_, rest, validity) => {
    expect(ofAnchor(rest).facts).toMatchObject({ validity });
  });

  const bundled = (what: string) => `sourceType=CERTIFICATE_BUNDLE,sourceData={x509CertificateData="${what}"}`;
  it.each([
    ['renewed', bundle(''), bundled('PEM OF ALL THAT IS THERE AND OF THE NEW CERTIFICATE')],
    ['replaced', bundle(''), bundled('PEM OF THE NEW CERTIFICATE AND OF ALL THAT STAY')],
    ['in_use', bundle(''), bundled('PEM OF EACH CA THAT IS STILL IN USE')],
    ['new_ca', bundle(''), bundled('PEM OF ALL THAT IS THERE AND OF THE NEW CA')],
    ['new_ca_call', bundle(''), ['update-trust-anchor', '--trust-anchor-id', 'a1']],
    ['renewed', {}, 'sourceType=AWS_ACM_PCA,sourceData={acmPcaArn="arn:aws:acm-pca:x"}'],
    ['replaced', {}, 'sourceType=AWS_ACM_PCA,sourceData={acmPcaArn="arn:aws:acm-pca:x"}'],
    ['new_ca', {}, 'sourceType=AWS_ACM_PCA,sourceData={acmPcaArn="ARN OF THE NEW CA"}'],
    ['new_ca_call', {}, ['create-trust-anchor', '--enabled', '--name', 'NAME OF THE NEW ANCHOR']],
  ] as const)('say how the anchor is updated: %s', (change, rest, source) => {
    expect(ofAnchor(rest).facts.source_update).toMatchObject({ [change]: source });
  });
});
