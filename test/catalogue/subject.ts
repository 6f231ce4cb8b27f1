import { type Authority, type Certificate, type LeafRequest, rootAuthority } from '../../mocks/pki/authority.ts';
import { ecKey, rsaKey } from '../../mocks/pki/keys.ts';
import type { SubjectCredential } from '../../src/snapshot/shapes.ts';
import type { AccountSnapshot } from '../../src/snapshot/snapshot.ts';
import {
  daysAgo,
  daysAhead,
  HOST,
  ISSUING,
  ROOT,
  SETTINGS,
  SUBJECT,
  withAnchor,
  withCrl,
  withSubject,
} from './base.ts';
import type { Case } from './case.ts';

/** Holders of certificates, and what they come with. */
export const subjectCases: readonly Case[] = [
  {
    check: 72,
    rule: 'crl-covers-active-subject',
    name: 'a stolen certificate that AWS let in',
    bad: good => revoking(withSubject(good, cameWith(HOST)), 1),
    severity: 'critical',
  },
  {
    check: 72,
    rule: 'crl-covers-active-subject',
    name: 'a revoked certificate that AWS refuses',
    bad: good => revoking(withSubject(good, cameWith(HOST, { failed: true })), 4),
    severity: 'medium',
  },
  {
    check: 73,
    rule: 'subject-expiring-cert',
    name: 'little left of the only certificate',
    bad: good => withSubject(good, cameWith(leaf({ notBefore: daysAgo(80), notAfter: daysAhead(10) }))),
  },
  {
    check: 73,
    rule: 'subject-expiring-cert',
    name: 'issued by the old key of its CA, which ends before it',
    bad: good => withSubject(movingFrom(good, daysAhead(10)), cameWith(leaf({}))),
    settings: { lists: { ...SETTINGS.lists, allowed_cas: [] } },
  },
  {
    check: 73,
    rule: 'subject-expired-cert',
    name: 'the old key of its CA, which issued it, is over',
    bad: good => withSubject(movingFrom(good, daysAgo(1)), cameWith(leaf({}))),
    settings: { lists: { ...SETTINGS.lists, allowed_cas: [] } },
    severity: 'low',
    also: ['anchor-multiple-certs'], // the old certificate has to be taken out, whoever still comes by it
  },
  {
    check: 73,
    rule: 'subject-expired-cert',
    name: 'it is over, and the holder has not been back',
    bad: good => withSubject(good, cameWith(OVER, { seenAt: daysAgo(6).toISOString() })),
    severity: 'low',
  },
  {
    check: 73,
    rule: 'subject-expired-cert',
    name: 'it is over, and the holder still tries',
    bad: good => withSubject(good, cameWith(OVER, { failed: true })),
    severity: 'medium',
  },
  {
    check: 74,
    rule: 'subject-long-lived-cert',
    name: 'valid for two years',
    bad: good => withSubject(good, cameWith(leaf({ notBefore: daysAgo(20), notAfter: daysAhead(710) }))),
  },
  {
    check: 75,
    rule: 'subject-weak-cert',
    name: 'a key of 1024 bits',
    bad: good => withSubject(good, cameWith(leaf({ key: rsaKey('host', 1024) }))),
    severity: 'high',
  },
  {
    check: 75,
    rule: 'subject-weak-cert',
    name: 'the certificate of a CA, which AWS refuses',
    bad: good => withSubject(good, cameWith(CA_AS_HOST, { failed: true })),
    severity: 'high',
  },
  {
    check: 76,
    rule: 'subject-failed-auth',
    name: 'refused for nothing that the certificate tells',
    bad: good => withSubject(good, cameWith(HOST, { failed: true })),
  },
  {
    check: 77,
    rule: 'subject-multiple-serials',
    name: 'three certificates at a time',
    bad: good =>
      withSubject(good, { credentials: [20, 21, 22].map(days => shown(leaf({ notBefore: daysAgo(days) }))) }),
    severity: 'low',
  },
  {
    check: 78,
    rule: 'subject-stale',
    name: 'not seen for a hundred days',
    bad: good => withSubject(good, { lastSeenAt: daysAgo(100).toISOString() }),
    severity: 'info',
  },
  {
    check: 79,
    rule: 'subject-unknown-issuer',
    name: 'issued by a CA of no trust anchor',
    bad: good => withSubject(good, cameWith(leaf({}, OTHER))),
  },
  {
    check: 79,
    rule: 'subject-unknown-issuer',
    name: 'issued by a CA that only has the name',
    bad: good => withSubject(good, cameWith(leaf({}, NAMESAKE), { failed: true })),
  },
];

const OTHER = rootAuthority({ subject: [['CN', 'Another CA']], notBefore: daysAgo(100), notAfter: daysAhead(100) });
const NAMESAKE = rootAuthority({
  subject: ISSUING.subject,
  notBefore: daysAgo(100),
  notAfter: daysAhead(100),
  key: OTHER.key,
});
const OVER = leaf({ notBefore: daysAgo(95), notAfter: daysAgo(5) });
const CA_AS_HOST = ISSUING.subordinate({ subject: HOST.subject, notBefore: daysAgo(20), notAfter: daysAhead(70) });

function leaf(rest: Partial<LeafRequest>, by: Authority = ISSUING): Certificate {
  return by.issue({ subject: HOST.subject, notBefore: daysAgo(20), notAfter: daysAhead(70), ...rest });
}

function cameWith(certificate: Certificate, rest: Partial<SubjectCredential> = {}) {
  return { credentials: [shown(certificate, rest)] };
}

function shown(certificate: Certificate, rest: Partial<SubjectCredential> = {}): SubjectCredential {
  return {
    ...SUBJECT.credentials![0]!,
    serialNumber: certificate.serial,
    x509CertificateData: certificate.pem,
    ...rest,
  };
}

/** The CA has a new key, whose certificate stands in the trust anchor beside that of the old one, which ends then. */
function movingFrom(account: AccountSnapshot, end: Date): AccountSnapshot {
  const { subject, key, notBefore } = ISSUING;
  const old = ROOT.subordinate({ subject, key, notBefore, notAfter: end, pathLength: 0 });
  const next = { key: ecKey('the new key'), notBefore: daysAgo(10), notAfter: daysAhead(1800), pathLength: 0 };
  const pems = [old, ROOT.subordinate({ subject, ...next })].map(({ pem }) => pem).join('');
  return withAnchor(account, {
    source: { sourceType: 'CERTIFICATE_BUNDLE', sourceData: { x509CertificateData: pems } },
  });
}

/** The CA revoked the holder's certificate three days ago. */
function revoking(account: AccountSnapshot, reason: number): AccountSnapshot {
  const revoked = [{ serial: HOST.serial, at: daysAgo(3), reason }];
  const list = ISSUING.crl({ number: 8, thisUpdate: daysAgo(3), nextUpdate: daysAhead(4), revoked });
  return withCrl(account, { crlData: list.toString('base64') });
}
