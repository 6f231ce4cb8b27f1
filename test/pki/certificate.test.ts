import { describe, expect, it } from 'vitest';
import { rootAuthority } from '../../mocks/pki/authority.ts';
import { rsaKey } from '../../mocks/pki/keys.ts';
import { readCertificates } from '../../src/pki/certificate.ts';

const validity = { notBefore: new Date('2025-01-02T03:04:05Z'), notAfter: new Date('2035-01-01T00:00:00Z') };
const root = rootAuthority({
  subject: [
    ['C', 'DE'],
    ['O', 'Example, GmbH'],
    ['CN', 'Example Root'],
  ],
  ...validity,
});
const issuing = root.subordinate({ subject: [['CN', 'Issuing']], pathLength: 0, ...validity });
const leaf = issuing.issue({ subject: [['CN', 'host-1']], ...validity });
const rsa = rootAuthority({ subject: [['CN', 'Old']], key: rsaKey('old', 1024), ...validity });
const hostile = rootAuthority({ subject: [['CN', 'a\nO=Amazon\u001b[31m\u202e']], ...validity });

const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');
const BEGIN = '-----BEGIN CERTIFICATE-----';
const END = '-----END CERTIFICATE-----';

describe('readCertificates', () => {
  it('says what a self-signed root says', () => {
    expect(readCertificates(root.pem)).toEqual({
      unparsed: 0,
      certificates: [
        {
          subject: 'CN=Example Root, O=Example\\, GmbH, C=DE',
          issuer: 'CN=Example Root, O=Example\\, GmbH, C=DE',
          serial: root.serial.toLowerCase(),
          notBefore: '2025-01-02T03:04:05Z',
          notAfter: '2035-01-01T00:00:00Z',
          selfSigned: true,
          ca: true,
          keyType: 'ec',
          keyBits: 256,
          fingerprintSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        },
      ],
    });
  });

  it.each([
    ['an issuing CA', issuing.pem, { subject: 'CN=Issuing', selfSigned: false, ca: true }],
    ['an end entity', leaf.pem, { subject: 'CN=host-1', issuer: 'CN=Issuing', ca: false }],
    ['an RSA key', rsa.pem, { keyType: 'rsa', keyBits: 1024 }],
  ])('%s', (_, pem, facts) => {
    expect(readCertificates(pem).certificates).toMatchObject([facts]);
  });

  it.each([
    ['nothing', '', 0, 0],
    ['white space', ' \n', 0, 0],
    ['a bundle', `${root.pem}${issuing.pem}`, 2, 0],
    ['Windows line ends', root.pem.replaceAll('\n', '\r\n'), 1, 0],
    ['words between', `Subject: x\n${root.pem}\n# and\n${issuing.pem}bye`, 2, 0],
    ['base64 of a bundle', base64(root.pem + issuing.pem), 2, 0],
    ['base64 in lines', base64(root.pem).replace(/(.{64})/g, '$1\n'), 1, 0],
    ['no certificate', 'hello', 0, 1],
    ['a private key', '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----', 0, 1],
    ['one broken among good ones', `${root.pem}${BEGIN}\nAAAA\n${END}\n${issuing.pem}`, 2, 1],
    ['one cut short', `${root.pem}${issuing.pem.slice(0, 200)}`, 1, 1],
    ['a block without its end, then a good one', `${BEGIN}\nAAAA\n${root.pem}`, 1, 1],
    ['an empty block', `${BEGIN}${END}`, 0, 1],
    ['only beginnings', BEGIN.repeat(2000), 0, 2000],
  ])('%s', (_, text, certificates, unparsed) => {
    const read = readCertificates(text);
    expect([read.certificates.length, read.unparsed]).toEqual([certificates, unparsed]);
  });

  it('a name cannot pass for two lines of a name', () => {
    const [facts] = readCertificates(hostile.pem).certificates;
    expect(facts?.subject).not.toMatch(/[\n\u001b]/);
    expect(facts?.subject.split(', ')).toHaveLength(1);
  });

  it('a certificate that only claims to be its own issuer is not self-signed', () => {
    const impostor = rootAuthority({ subject: [['CN', 'Twin']], key: rsaKey('one', 1024), ...validity });
    const forged = impostor.subordinate({ subject: [['CN', 'Twin']], key: rsaKey('two', 1024), ...validity });
    expect(readCertificates(forged.pem).certificates).toMatchObject([{ issuer: 'CN=Twin', selfSigned: false }]);
  });
});
