import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { rootAuthority } from '../../mocks/pki/authority.ts';
import { ecKey, rsaKey } from '../../mocks/pki/keys.ts';
import { nameText } from '../../mocks/pki/name.ts';

const day = (n: number): Date => new Date(Date.UTC(2026, 0, 1) + n * 86_400_000);
const root = rootAuthority({
  subject: [
    ['C', 'IE'],
    ['O', 'Acme'],
    ['CN', 'Root'],
  ],
  notBefore: day(-100),
  notAfter: day(30_000),
});
const issuing = root.subordinate({
  subject: [
    ['O', 'Acme'],
    ['CN', 'Issuing'],
  ],
  notBefore: day(-90),
  notAfter: day(900),
  pathLength: 0,
});
const leaf = issuing.issue({
  subject: [
    ['O', 'Acme'],
    ['OU', 'A'],
    ['OU', 'B'],
    ['CN', 'wéb, 1'],
  ],
  notBefore: day(-1),
  notAfter: day(89),
  dns: ['web.acme.example'],
  uri: ['spiffe://acme/web'],
});
const parsed = (certificate: { readonly pem: string }): X509Certificate => new X509Certificate(certificate.pem);

describe('certificates', () => {
  test('chain up to the root', () => {
    expect(parsed(leaf).verify(parsed(issuing).publicKey)).toBe(true);
    expect(parsed(issuing).verify(parsed(root).publicKey)).toBe(true);
    expect(parsed(root).verify(parsed(root).publicKey)).toBe(true);
    expect(parsed(leaf).checkIssued(parsed(issuing))).toBe(true);
    expect(parsed(leaf).verify(parsed(root).publicKey)).toBe(false);
  });
  test('say what they are', () => {
    expect([root, issuing, leaf].map(certificate => parsed(certificate).ca)).toEqual([true, true, false]);
    expect(parsed(leaf).subjectAltName).toBe('DNS:web.acme.example, URI:spiffe://acme/web');
    expect(parsed(leaf).serialNumber.toLowerCase()).toBe(leaf.serial);
    expect(new Date(parsed(leaf).validTo)).toEqual(day(89));
    expect(new Date(parsed(root).validTo)).toEqual(day(30_000));
    expect(nameText(leaf.subject)).toBe('CN=wéb\\, 1,OU=B,OU=A,O=Acme');
  });
  test.each([
    ['P-256', ecKey('x'), 'ec'],
    ['RSA, 1024 bits', rsaKey('x', 1024), 'rsa'],
    ['RSA, 1024 bits, SHA-1', rsaKey('x', 1024, 'sha1'), 'rsa'],
  ] as const)('%s', (_, key, type) => {
    const made = rootAuthority({ subject: [['CN', 'x']], notBefore: day(0), notAfter: day(1), key });
    expect(parsed(made).publicKey.asymmetricKeyType).toBe(type);
    expect(parsed(made).verify(parsed(made).publicKey)).toBe(true);
  });
  test('are the same bytes every time', () => {
    const again = rootAuthority({ subject: root.subject, notBefore: root.notBefore, notAfter: root.notAfter });
    expect(again.der.equals(root.der)).toBe(true);
  });
});

describe.skipIf(!hasOpenssl())('openssl (skipped where there is none)', () => {
  const openssl = (args: readonly string[], input: Buffer | string): string =>
    execFileSync('openssl', args, { input, encoding: 'utf8', stdio: ['pipe', 'pipe', 'ignore'] });
  test('reads a CRL', () => {
    const crl = issuing.crl({
      number: 300,
      thisUpdate: day(0),
      nextUpdate: day(7),
      revoked: [{ serial: leaf.serial, at: day(0) }],
    });
    const text = openssl(['crl', '-inform', 'DER', '-noout', '-text'], crl);
    for (const part of [
      'Version 2',
      'Issuer: O = Acme, CN = Issuing',
      'Next Update: Jan  8 00:00:00 2026 GMT',
      'Authority Key Identifier',
      leaf.serial.toUpperCase(),
    ])
      expect(text).toContain(part);
  });
  test('reads a CRL of nothing, without a next update', () => {
    const text = openssl(
      ['crl', '-inform', 'DER', '-noout', '-text'],
      issuing.crl({ number: 1, thisUpdate: day(0), revoked: [] }),
    );
    expect(text).toContain('Next Update: NONE');
    expect(text).toContain('No Revoked Certificates');
  });
  test('reads a certificate', () => {
    const text = openssl(['x509', '-noout', '-text'], leaf.pem);
    for (const part of [
      'ecdsa-with-SHA256',
      'CA:FALSE',
      'Digital Signature',
      'TLS Web Client Authentication',
      'OU = A, OU = B',
    ])
      expect(text).toContain(part);
  });
});

function hasOpenssl(): boolean {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
