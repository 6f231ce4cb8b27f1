import { createHash, X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import { rolesAnywhereTrust } from '../../mocks/build/trust-policies.ts';
import { type Authority, type AuthorityRequest, rootAuthority } from '../../mocks/pki/authority.ts';
import { bits, integer, oid, sequence } from '../../mocks/pki/der.ts';
import { ecKey, rsaKey, type SigningKey, weakCurveKey } from '../../mocks/pki/keys.ts';
import type { Lists, Settings } from '../../src/settings/settings.ts';
import type { CertificateAuthorityDetail, TrustAnchorDetail } from '../../src/snapshot/shapes.ts';
import type { AccountSnapshot } from '../../src/snapshot/snapshot.ts';
import {
  ANCHOR,
  CRL,
  daysAgo,
  daysAhead,
  ISSUING,
  inRegion,
  pinned,
  ROOT,
  SETTINGS,
  SUBJECT,
  withAnchor,
  withCrl,
  withRole,
  withSubject,
} from './base.ts';
import type { Case } from './case.ts';

/** Trust anchors and the CAs behind them. */
export const anchorCases: readonly Case[] = [
  {
    check: 47,
    rule: 'anchor-self-signed-external',
    name: 'a root made by hand, on no list',
    bad: good => over(good, root({ pathLength: 0 })),
    settings: lists({ allowed_cas: [] }),
    severity: 'medium',
  },
  {
    check: 47,
    rule: 'anchor-self-signed-external',
    name: 'a self-signed repository',
    bad: good => ofType(over(good, root({})), 'SELF_SIGNED_REPOSITORY'),
    settings: lists({ allowed_cas: [] }),
    severity: 'high',
  },
  {
    rule: 'anchor-ca-not-allowed',
    name: 'a CA that is not on the list',
    bad: good => over(good, issuing({ notAfter: daysAhead(1500) })),
    settings: lists({ allowed_cas: ['00'.repeat(32)] }),
    severity: 'high',
  },
  {
    check: 48,
    rule: 'anchor-root-ca',
    name: 'a listed root without a path length',
    bad: good => over(good, root({})),
    settings: lists({ allowed_cas: [sha256(root({}))] }),
  },
  {
    check: 48,
    rule: 'anchor-root-ca',
    name: 'a private root CA',
    bad: good => privateCa(good, root({})),
    settings: lists({ allowed_cas: [] }),
  },
  {
    check: 49,
    rule: 'anchor-expired',
    name: 'the only certificate has expired',
    bad: good => over(good, issuing({ notAfter: daysAgo(1) })),
    settings: lists({ allowed_cas: [] }),
    severity: 'high',
  },
  {
    check: 49,
    rule: 'anchor-expired',
    name: 'the only certificate is not valid yet',
    bad: good => over(good, issuing({ notBefore: daysAhead(1) })),
    settings: lists({ allowed_cas: [] }),
  },
  {
    check: 49,
    rule: 'anchor-expired',
    name: 'the only certificate of one of two CAs has expired',
    bad: good => bundled(good, issuing({ subject: PLANT, notAfter: daysAgo(1) })),
    settings: lists({ allowed_cas: [] }),
    severity: 'medium',
  },
  {
    check: 49,
    rule: 'anchor-expired',
    name: 'it has no revocation list and tells nobody, which matters no more',
    bad: good =>
      inRegion(notifying(over(good, issuing({ notAfter: daysAgo(1) })), { enabled: false }), () => ({ crls: [] })),
    settings: lists({ allowed_cas: [] }),
    severity: 'high',
  },
  {
    check: 1,
    rule: 'role-trust-no-condition',
    name: 'the only CA has expired, so that nobody comes today',
    bad: good =>
      withRole(over(good, issuing({ notAfter: daysAgo(1) })), { AssumeRolePolicyDocument: rolesAnywhereTrust() }),
    settings: lists({ allowed_cas: [] }),
    severity: 'high',
    also: ['anchor-expired'],
  },
  {
    check: 49,
    rule: 'anchor-expired',
    name: 'and a holder was refused since, which tells nothing of the holder',
    bad: good => refusing(over(good, issuing({ notAfter: daysAgo(3) }))),
    settings: lists({ allowed_cas: [] }),
    severity: 'high',
  },
  {
    check: 49,
    rule: 'anchor-expired',
    name: 'a disabled one was left over',
    bad: good =>
      withUnnamed(good, { enabled: false, source: bundle(issuing({ ...ANOTHER, notAfter: daysAgo(1) }).pem) }),
    settings: lists({ allowed_cas: [] }),
    severity: 'info',
  },
  {
    check: 50,
    rule: 'anchor-expiring',
    name: 'one of two CAs ends',
    bad: good => bundled(good, issuing({ subject: PLANT, notAfter: daysAhead(5) })),
    settings: lists({ allowed_cas: [] }),
    also: ['anchor-multiple-certs'], // two CAs in one anchor are one too many
  },
  {
    check: 50,
    rule: 'anchor-expiring',
    name: 'ten days are left',
    bad: good => over(good, issuing({ notAfter: daysAhead(10) })),
    settings: lists({ allowed_cas: [] }),
  },
  {
    check: 51,
    rule: 'anchor-long-validity',
    name: 'thirty years',
    bad: good => over(good, issuing({ notAfter: daysAhead(10_950) })),
    settings: lists({ allowed_cas: [] }),
  },
  {
    check: 52,
    rule: 'anchor-weak-signature',
    name: 'SHA-1',
    bad: good => over(good, issuing({}, rsaKey('old root', 2048, 'sha1'))),
    settings: lists({ allowed_cas: [] }),
  },
  {
    check: 52,
    rule: 'anchor-weak-signature',
    name: 'MD5',
    bad: good => over(good, issuing({}, rsaKey('old root', 2048, 'md5'))),
    settings: lists({ allowed_cas: [] }),
  },
  {
    check: 53,
    rule: 'anchor-weak-key',
    name: 'RSA with 1,024 bits',
    bad: good => over(good, issuing({ key: rsaKey('short', 1024) })),
    settings: lists({ allowed_cas: [] }),
    severity: 'high',
  },
  {
    check: 53,
    rule: 'anchor-weak-key',
    name: 'RSA with 2,048 bits',
    bad: good => over(good, issuing({ key: rsaKey('short', 2048) })),
    settings: lists({ allowed_cas: [] }),
    severity: 'info',
  },
  {
    check: 53,
    rule: 'anchor-weak-key',
    name: 'P-224',
    bad: good =>
      withSubject(withCrlOf(withCa(good, issuing({ key: weakCurveKey('short') })), undefined), { credentials: [] }),
    settings: lists({ allowed_cas: [] }),
    severity: 'high',
    also: ['anchor-no-crl'], // nothing here can sign lists on that curve
  },
  {
    check: 53,
    rule: 'anchor-weak-key',
    name: 'DSA',
    bad: good => withSubject(withCrlOf(withCa(good, issuing({ key: dsaKey() })), undefined), { credentials: [] }),
    settings: lists({ allowed_cas: [] }),
    severity: 'high',
    also: ['anchor-no-crl'], // nothing here can sign lists with it
  },
  {
    check: 54,
    rule: 'anchor-bad-constraints',
    name: 'not a CA',
    bad: good => over(good, issuing({ basicConstraints: 'not ca' })),
    settings: lists({ allowed_cas: [] }),
  },
  {
    check: 54,
    rule: 'anchor-bad-constraints',
    name: 'no key usage',
    bad: good => over(good, issuing({ keyUsage: 'none' })),
    settings: lists({ allowed_cas: [] }),
  },
  {
    check: 54,
    rule: 'anchor-bad-constraints',
    name: 'version 1',
    bad: good => over(good, issuing({ version: 1 })),
    settings: lists({ allowed_cas: [] }),
  },
  {
    check: 54,
    rule: 'anchor-bad-constraints',
    name: 'it may not sign its revocation lists',
    bad: good => over(good, issuing({ keyUsage: ['keyCertSign'] })),
    settings: lists({ allowed_cas: [] }),
  },
  {
    check: 55,
    rule: 'anchor-no-crl',
    name: 'no revocation list',
    bad: good => inRegion(good, () => ({ crls: [] })),
    severity: 'medium',
  },
  {
    check: 55,
    rule: 'anchor-no-crl',
    name: 'no revocation list, certificates that live for hours',
    bad: good => inRegion(holding(good, ISSUING, 0.5), () => ({ crls: [] })),
    severity: 'low',
  },
  {
    check: 55,
    rule: 'anchor-no-crl',
    name: 'no revocation list, a private CA for certificates of days',
    bad: good => inRegion(privateCa(good, ISSUING, { usageMode: 'SHORT_LIVED_CERTIFICATE' }), () => ({ crls: [] })),
    settings: lists({ allowed_cas: [] }),
    severity: 'low',
  },
  {
    check: 55,
    rule: 'anchor-no-crl',
    name: 'a revocation list of the old key only, and a holder of the new one',
    bad: good => holding(bundled(good, MOVED), MOVED, 70),
    settings: lists({ allowed_cas: [] }),
    severity: 'medium',
  },
  {
    check: 56,
    rule: 'anchor-notifications-off',
    name: "nobody is told of the CA's expiry",
    bad: good => notifying(good, { enabled: false }),
    severity: 'medium',
  },
  {
    check: 56,
    rule: 'anchor-notifications-off',
    name: 'told three days before',
    bad: good => notifying(good, { threshold: 3 }),
    severity: 'low',
  },
  {
    check: 57,
    rule: 'anchor-multiple-certs',
    name: 'an expired certificate was left in',
    bad: good => bundled(good, issuing({ notBefore: daysAgo(2000), notAfter: daysAgo(30) })),
    settings: lists({ allowed_cas: [] }),
  },
  {
    check: 57,
    rule: 'anchor-multiple-certs',
    name: 'two CAs',
    bad: good => bundled(good, issuing({ subject: [['CN', 'Another CA']] })),
    settings: lists({ allowed_cas: [] }),
  },
  {
    check: 57,
    rule: 'anchor-multiple-certs',
    name: 'a change of keys that ended long ago',
    bad: good => bundled(good, issuing({ key: ecKey('the key before'), notBefore: daysAgo(1000) })),
    settings: lists({ allowed_cas: [] }),
  },
  {
    check: 58,
    rule: 'anchor-shared-ca',
    name: 'two anchors of one region',
    bad: good =>
      withRole(
        inRegion(good, ({ trustAnchors, crls }) => ({
          trustAnchors: [...trustAnchors, SECOND],
          crls: [...crls, { ...CRL, crlId: 'second', crlArn: `${CRL.crlArn}2`, trustAnchorArn: SECOND.trustAnchorArn }],
        })),
        { AssumeRolePolicyDocument: trusting(ANCHOR, SECOND) },
      ),
  },
  {
    check: 58,
    rule: 'anchor-shared-ca',
    name: 'two accounts',
    bad: good => [good, otherAccount(good)],
  },
  {
    check: 59,
    rule: 'anchor-public-ca',
    name: 'a public root',
    bad: good =>
      withSubject(
        inRegion(withAnchor(good, { source: bundle(PUBLIC_ROOT) }), () => ({ crls: [] })),
        { credentials: [] },
      ),
    settings: lists({ allowed_cas: [] }),
    severity: 'high',
    also: ['anchor-no-crl'], // no list of that CA could be made here
  },
  {
    check: 60,
    rule: 'anchor-not-referenced',
    name: 'roles name another one',
    bad: good => withUnnamed(good),
    settings: lists({ allowed_cas: [] }),
    severity: 'low',
  },
  {
    check: 60,
    rule: 'anchor-not-referenced',
    name: 'nothing in the region could use it',
    bad: good => ({
      ...inRegion(good, () => ({ profiles: [], subjects: [] })),
      roles: [],
    }),
    severity: 'low',
  },
  {
    check: 61,
    rule: 'anchor-disabled',
    name: 'switched off',
    bad: good => withUnnamed(good, { enabled: false }),
    settings: lists({ allowed_cas: [] }),
    severity: 'info',
  },
  {
    check: 62,
    rule: 'anchor-pca-foreign',
    name: 'the CA of another account',
    bad: good => privateCa(good, ISSUING, { owner: '999988887777' }),
    settings: lists({ allowed_cas: [] }),
    severity: 'medium',
  },
  {
    rule: 'anchor-pca-not-active',
    name: 'a private CA that has expired',
    bad: good => privateCa(good, issuing({ notAfter: daysAgo(1) }), { status: 'EXPIRED' }),
    settings: lists({ allowed_cas: [] }),
    severity: 'high',
  },
  {
    rule: 'anchor-pca-not-active',
    name: 'a private CA about to be deleted',
    bad: good => privateCa(good, ISSUING, { status: 'DELETED' }),
    settings: lists({ allowed_cas: [] }),
    severity: 'medium',
  },
  {
    rule: 'anchor-pca-not-active',
    name: 'a private CA that is disabled',
    bad: good => privateCa(good, ISSUING, { status: 'DISABLED' }),
    settings: lists({ allowed_cas: [] }),
    severity: 'low',
  },
  {
    rule: 'anchor-pca-not-active',
    name: 'a private CA that is gone',
    bad: good => gone(privateCa(good, ISSUING)),
    settings: lists({ allowed_cas: [] }),
    severity: 'medium',
  },
  {
    check: 63,
    rule: 'anchor-not-pqc',
    name: 'an EC key where ML-DSA is asked for',
    bad: good => good,
    settings: lists({ allowed_key_types: ['ml-dsa-65', 'ml-dsa-87'] }),
    severity: 'info',
  },
  {
    check: 64,
    rule: 'anchor-unused-region',
    name: 'a region that is not on the list',
    bad: good => good,
    settings: lists({ allowed_regions: ['eu-central-1'] }),
  },
  {
    check: 65,
    rule: 'anchor-known-malicious',
    name: 'the name that the attack gives',
    bad: good => withAnchor(good, { name: 'malicious-rolesanywhere-trust-anchor' }),
    severity: 'critical',
  },
  {
    rule: 'anchor-required-tags',
    name: 'no owner',
    bad: good =>
      inRegion(good, ({ profiles }) => ({
        tags: [
          { resourceArn: ANCHOR.trustAnchorArn, tags: [] },
          ...profiles.map(each => ({ resourceArn: each.profileArn, tags: [{ key: 'owner', value: 'x' }] })),
        ],
      })),
    settings: lists({ required_tags: ['owner'] }),
  },
];

const PLANT = [['CN', 'Plant CA']] as const;

/** One that is good for years: Amazon's, valid to 2040, with a curve that is large enough. */
const PUBLIC_ROOT = rootCertificates.find(isAmazonRoot) ?? '';

/** What `postern.toml` lists, besides what it lists for the good account. */
function lists(change: Partial<Lists>): Partial<Settings> {
  return { lists: { ...SETTINGS.lists, ...change } };
}

/** A CA of the same name, below the root or one with that key. */
function issuing(change: Partial<AuthorityRequest>, parent?: SigningKey): Authority {
  const validity = { notBefore: daysAgo(1000), notAfter: daysAhead(2500) };
  const above = parent === undefined ? ROOT : rootAuthority({ subject: ROOT.subject, key: parent, ...validity });
  return above.subordinate({
    subject: ISSUING.subject,
    notBefore: ISSUING.notBefore,
    notAfter: ISSUING.notAfter,
    pathLength: 0,
    ...change,
  });
}

function root(change: Partial<AuthorityRequest>): Authority {
  return rootAuthority({
    subject: ISSUING.subject,
    notBefore: ISSUING.notBefore,
    notAfter: ISSUING.notAfter,
    ...change,
  });
}

/** The anchor, its revocation list and its holder, all of another CA. */
function over(good: AccountSnapshot, authority: Authority): AccountSnapshot {
  return holding(withCrlOf(withCa(good, authority), authority), authority, 70);
}

/** AWS refused every certificate that its subjects came with. */
function refusing(account: AccountSnapshot): AccountSnapshot {
  return inRegion(account, ({ subjects }) => ({
    subjects: subjects.map(subject => ({
      ...subject,
      credentials: subject.credentials?.map(each => ({ ...each, failed: true })),
    })),
  }));
}

function withCa(good: AccountSnapshot, authority: Authority): AccountSnapshot {
  return withAnchor(good, { source: bundle(authority.pem) });
}

function withCrlOf(account: AccountSnapshot, authority: Authority | undefined): AccountSnapshot {
  if (authority === undefined) return inRegion(account, () => ({ crls: [] }));
  const asked = { number: 8, thisUpdate: daysAgo(1), nextUpdate: daysAhead(6), revoked: [] };
  return withCrl(account, { crlData: authority.crl(asked).toString('base64') });
}

/** The holder has a certificate of that CA, from `days` ago to as many days ahead. */
function holding(account: AccountSnapshot, authority: Authority, days: number): AccountSnapshot {
  const subject = [['O', 'Example'] as const, ['CN', 'host-1'] as const];
  const host = authority.issue({ subject, notBefore: daysAgo(days / 2), notAfter: daysAhead(days) });
  const [credential] = SUBJECT.credentials ?? [];
  return withSubject(account, {
    credentials: [{ ...credential, serialNumber: host.serial, x509CertificateData: host.pem }],
  });
}

function bundle(x509CertificateData: string): TrustAnchorDetail['source'] {
  return { sourceType: 'CERTIFICATE_BUNDLE', sourceData: { x509CertificateData } };
}

function ofType(account: AccountSnapshot, sourceType: string): AccountSnapshot {
  return inRegion(account, ({ trustAnchors }) => ({
    trustAnchors: trustAnchors.map(anchor => ({ ...anchor, source: { ...anchor.source, sourceType } })),
  }));
}

function bundled(good: AccountSnapshot, ...more: readonly Authority[]): AccountSnapshot {
  return withAnchor(good, { source: bundle([ISSUING, ...more].map(each => each.pem).join('')) });
}

function privateCa(
  good: AccountSnapshot,
  authority: Authority,
  { owner = good.id, ...rest }: { readonly owner?: string } & Partial<CertificateAuthorityDetail> = {},
): AccountSnapshot {
  const arn = `arn:aws:acm-pca:eu-west-1:${owner}:certificate-authority/6e0b4f4e-5555-4c58-8f00-000000000001`;
  const known = over(good, authority);
  return inRegion(withAnchor(known, { source: { sourceType: 'AWS_ACM_PCA', sourceData: { acmPcaArn: arn } } }), () => ({
    certificateAuthorities: [{ arn, certificate: authority.pem, status: 'ACTIVE', ownerAccount: owner, ...rest }],
  }));
}

function gone(account: AccountSnapshot): AccountSnapshot {
  return inRegion(account, ({ certificateAuthorities = [] }) => ({
    certificateAuthorities: certificateAuthorities.map(({ arn }) => ({ arn, missing: true })),
  }));
}

function notifying(
  good: AccountSnapshot,
  change: Partial<NonNullable<TrustAnchorDetail['notificationSettings']>[number]>,
): AccountSnapshot {
  const [first, ...rest] = ANCHOR.notificationSettings ?? [];
  return withAnchor(good, { notificationSettings: first === undefined ? [] : [{ ...first, ...change }, ...rest] });
}

const SECOND_ID = '6e0b4f4e-1111-4c58-8f00-000000000002';
const SECOND: TrustAnchorDetail = {
  ...ANCHOR,
  trustAnchorId: SECOND_ID,
  trustAnchorArn: ANCHOR.trustAnchorArn.replace(ANCHOR.trustAnchorId, SECOND_ID),
  name: 'second',
};

function trusting(...anchors: readonly TrustAnchorDetail[]): string {
  const arns = anchors.map(each => each.trustAnchorArn);
  return rolesAnywhereTrust({ ...pinned(), ArnEquals: { 'aws:SourceArn': arns as never } });
}

/** The CA with a new key, since ten days ago. */
const MOVED = issuing({ key: ecKey('the new key'), notBefore: daysAgo(10), notAfter: daysAhead(2000) });
const ANOTHER: Partial<AuthorityRequest> = { subject: [['CN', 'Another CA']], key: ecKey('another') };

/** A second anchor, over a CA of its own with a list of its own, that no role names. */
function withUnnamed(good: AccountSnapshot, change: Partial<TrustAnchorDetail> = {}): AccountSnapshot {
  const authority = issuing(ANOTHER);
  const list = authority.crl({ number: 1, thisUpdate: daysAgo(1), nextUpdate: daysAhead(6), revoked: [] });
  return inRegion(good, ({ trustAnchors, crls }) => ({
    trustAnchors: [...trustAnchors, { ...SECOND, source: bundle(authority.pem), ...change }],
    crls: [
      ...crls,
      {
        ...CRL,
        crlId: 'second',
        crlArn: `${CRL.crlArn}2`,
        crlData: list.toString('base64'),
        trustAnchorArn: SECOND.trustAnchorArn,
      },
    ],
  }));
}

/** The same set-up in another account. */
function otherAccount(good: AccountSnapshot): AccountSnapshot {
  return JSON.parse(JSON.stringify(good).replaceAll(good.id, '444455556666')) as AccountSnapshot;
}

function isAmazonRoot(pem: string): boolean {
  return new X509Certificate(pem).subject.includes('CN=Amazon Root CA 3');
}

function sha256({ der }: Authority): string {
  return createHash('sha256').update(der).digest('hex');
}

/** By its looks: its numbers are noise. */
function dsaKey() {
  const number = integer(Buffer.alloc(128, 0xc1));
  const parameters = sequence(number, number, number);
  return { ...ecKey('dsa'), spki: sequence(sequence(oid('1.2.840.10040.4.1'), parameters), bits(number)) };
}
