import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { afterAll, describe, expect, it } from 'vitest';
import { rootAuthority } from '../../mocks/pki/authority.ts';
import { isAuthority, isSelfSigned, readCertificates } from '../../src/pki/certificate.ts';
import { isPublicAuthority } from '../../src/pki/publicRoots.ts';

const BMP_CONFIG = `
[req]
prompt = no
utf8 = yes
string_mask = MASK:0x0800
distinguished_name = dn
[dn]
CN = Ünï 日本
`;

/** What Node says of a certificate, by way of OpenSSL, in our words. */
function asNode(pem: string) {
  const node = new X509Certificate(pem);
  const line = (name: string) => name.split('\n').reverse().join(', ');
  const time = (text: string) => new Date(text).toISOString().replace('.000', '');
  return {
    subject: line(node.subject),
    issuer: line(node.issuer),
    // OpenSSL writes nought as one digit, everything else as an even number of them.
    serial: node.serialNumber.toLowerCase().replace(/^0$/, '00'),
    notBefore: time(node.validFrom),
    notAfter: time(node.validTo),
    ca: node.ca,
    type: node.publicKey.asymmetricKeyType,
    rsaBits: node.publicKey.asymmetricKeyDetails?.modulusLength,
    sha256: node.fingerprint256.replaceAll(':', '').toLowerCase(),
    selfSigned: node.subject === node.issuer && node.verify(node.publicKey),
  };
}

function asOurs(pem: string) {
  const [certificate] = readCertificates(pem).certificates;
  if (certificate === undefined) return undefined;
  const { subject, issuer, serial, notBefore, notAfter, key, sha256 } = certificate;
  return {
    subject: subject.text,
    issuer: issuer.text,
    serial,
    notBefore,
    notAfter,
    ca: isAuthority(certificate),
    type: key.type,
    rsaBits: key.type.startsWith('rsa') ? key.bits : undefined,
    sha256,
    selfSigned: isSelfSigned(certificate),
  };
}

describe('the roots that Node comes with', () => {
  it('say the same to OpenSSL and to us', () => {
    expect(rootCertificates.length).toBeGreaterThan(100);
    expect(rootCertificates.map(asOurs)).toEqual(rootCertificates.map(asNode));
  });

  it('are public; a private root is not, whatever its name', () => {
    const roots = rootCertificates.slice(0, 5).flatMap(pem => readCertificates(pem).certificates);
    expect(roots.map(isPublicAuthority)).toEqual(roots.map(() => true));
    const [impostor] = readCertificates(
      rootAuthority({
        subject: [
          ['C', 'US'],
          ['O', 'Amazon'],
          ['CN', 'Amazon Root CA 1'],
        ],
        notBefore: new Date(0),
        notAfter: new Date(1e12),
      }).pem,
    ).certificates;
    expect(rootCertificates.some(pem => asOurs(pem)?.subject === impostor?.subject.text)).toBe(true);
    expect(impostor && isPublicAuthority(impostor)).toBe(false);
  });
});

describe.skipIf(!hasOpenssl())('certificates of openssl (skipped where there is none)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'postern-pki-'));
  writeFileSync(join(folder, 'bmp.cnf'), BMP_CONFIG);
  afterAll(() => rmSync(folder, { recursive: true }));

  const made = (key: readonly string[], ...more: readonly string[]): string => {
    const out = join(folder, 'certificate.pem');
    const files = ['-keyout', join(folder, 'key.pem'), '-out', out];
    execFileSync('openssl', ['req', '-x509', '-nodes', '-newkey', ...key, '-days', '30', ...files, ...more], {
      stdio: 'ignore',
    });
    return readFileSync(out, 'utf8');
  };
  const EC = ['ec', '-pkeyopt', 'ec_paramgen_curve:P-384'];

  it.each([
    ['RSA', ['rsa:2048'], ['-subj', '/C=DE/O=Example/CN=one']],
    ['RSA-PSS', ['rsa-pss', '-pkeyopt', 'rsa_keygen_bits:2048'], ['-subj', '/CN=pss']],
    ['RSA with a PSS signature', ['rsa:2048'], ['-subj', '/CN=pss', '-sigopt', 'rsa_padding_mode:pss']],
    ['P-384 with SHA-384', EC, ['-sha384', '-subj', '/CN=two']],
    ['Ed25519', ['ed25519'], ['-subj', '/CN=three']],
    ['SHA-1', ['rsa:2048'], ['-sha1', '-subj', '/CN=sha1']],
    ['a name of many parts', EC, ['-subj', '/DC=org/DC=example/UID=u1/emailAddress=a@example.org/CN=a+OU=b/CN=c']],
    ['a name to escape', EC, ['-utf8', '-subj', '/O= #x,"y"\\+<z>; /CN=#wéb 日本 😀']],
    ['a long negative serial', EC, ['-subj', '/CN=n', '-set_serial', '-0x8123456789abcdef']],
    ['serial 0', EC, ['-subj', '/CN=n', '-set_serial', '0x80']],
    ['BMPString', EC, ['-config', join(folder, 'bmp.cnf')]],
  ])('%s', (_, key, more) => {
    const pem = made(key, ...more);
    expect(asOurs(pem)).toEqual(asNode(pem));
  });

  it('curve, key usage and purposes', () => {
    const usage = ['-addext', 'keyUsage=digitalSignature,keyAgreement,decipherOnly'];
    const [certificate] = readCertificates(
      made(EC, '-subj', '/CN=x', ...usage, '-addext', 'extendedKeyUsage=clientAuth,1.2.3.4'),
    ).certificates;
    expect(certificate?.key).toMatchObject({ type: 'ec', bits: 384, curve: 'P-384' });
    expect(certificate?.extensions).toMatchObject({
      keyUsage: ['digitalSignature', 'keyAgreement', 'decipherOnly'],
      extendedKeyUsage: ['clientAuth', '1.2.3.4'],
    });
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
