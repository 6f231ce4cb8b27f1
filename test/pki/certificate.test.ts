import { describe, expect, it } from 'vitest';
import { rootAuthority } from '../../mocks/pki/authority.ts';
import { bits, integer, oid, sequence } from '../../mocks/pki/der.ts';
import { ecKey, mlDsaKey, rsaKey, weakCurveKey } from '../../mocks/pki/keys.ts';
import {
  type Certificate,
  isAuthority,
  isIssuedBy,
  isSelfIssued,
  isSelfSigned,
  readCertificates,
} from '../../src/pki/certificate.ts';
import { isSignedBy } from '../../src/pki/signature.ts';

const validity = { notBefore: new Date('2025-01-02T03:04:05Z'), notAfter: new Date('2055-01-01T00:00:00Z') };
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
const hostile = rootAuthority({ subject: [['CN', 'a\nO=Amazon\u001b[31m\u202e']], ...validity });
const old = rootAuthority({ subject: [['CN', 'Old']], version: 1, ...validity });
const unmarked = rootAuthority({ subject: [['CN', 'None']], basicConstraints: 'none', keyUsage: 'none', ...validity });
const keyed = (name: string, key: Parameters<typeof rootAuthority>[0]['key']) =>
  rootAuthority({ subject: [['CN', name]], ...validity, ...(key && { key }) });

const base64 = (data: string | Buffer) => Buffer.from(data).toString('base64');
const BEGIN = '-----BEGIN CERTIFICATE-----';
const END = '-----END CERTIFICATE-----';

function only({ pem }: { readonly pem: string }): Certificate {
  const [certificate] = readCertificates(pem).certificates;
  if (certificate === undefined) throw new Error('it cannot be read');
  return certificate;
}

describe('readCertificates', () => {
  it('says what a self-signed root says', () => {
    const name = {
      text: 'CN=Example Root, O=Example\\, GmbH, C=DE',
      commonNames: ['Example Root'],
      values: new Map([
        ['C', ['DE']],
        ['O', ['Example, GmbH']],
        ['CN', ['Example Root']],
      ]),
      key: expect.any(String),
    };
    expect(only(root)).toEqual({
      version: 3,
      serial: root.serial,
      subject: name,
      issuer: name,
      notBefore: '2025-01-02T03:04:05Z',
      notAfter: '2055-01-01T00:00:00Z',
      key: {
        type: 'ec',
        bits: 256,
        curve: 'P-256',
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        spki: ecKey(JSON.stringify(root.subject)).spki,
      },
      extensions: {
        basicConstraints: { ca: true, pathLength: undefined },
        keyUsage: ['keyCertSign', 'cRLSign'],
        extendedKeyUsage: undefined,
        subjectKeyId: expect.stringMatching(/^[0-9a-f]{40}$/),
        authorityKeyId: only(root).extensions.subjectKeyId,
      },
      signed: expect.objectContaining({
        algorithm: { oid: '1.2.840.10045.4.3.2', text: 'ECDSA with SHA-256', hash: 'sha256', scheme: 'ecdsa' },
      }),
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it.each([
    ['an issuing CA', issuing, { basicConstraints: { ca: true, pathLength: 0 } }],
    [
      'an end entity',
      leaf,
      {
        basicConstraints: { ca: false, pathLength: undefined },
        keyUsage: ['digitalSignature'],
        extendedKeyUsage: ['clientAuth'],
        authorityKeyId: only(issuing).extensions.subjectKeyId,
      },
    ],
    ['no constraints, no key usage', unmarked, { basicConstraints: undefined, keyUsage: undefined }],
    ['version 1', old, { basicConstraints: undefined, keyUsage: undefined, subjectKeyId: undefined }],
  ])('extensions of %s', (_, certificate, extensions) => {
    expect(only(certificate).extensions).toMatchObject(extensions);
  });

  it.each([
    ['P-256', root, 'ec', 256, 'P-256', 'ECDSA with SHA-256', 'sha256'],
    [
      'P-224',
      root.subordinate({ subject: [['CN', 'W']], key: weakCurveKey('w'), ...validity }),
      'ec',
      224,
      'P-224',
      'ECDSA with SHA-256',
      'sha256',
    ],
    ['RSA', keyed('R', rsaKey('r', 1024)), 'rsa', 1024, undefined, 'RSA with SHA-256', 'sha256'],
    ['SHA-1', keyed('R', rsaKey('r', 1024, 'sha1')), 'rsa', 1024, undefined, 'RSA with SHA-1', 'sha1'],
    ['MD5', keyed('R', rsaKey('r', 1024, 'md5')), 'rsa', 1024, undefined, 'RSA with MD5', 'md5'],
    ['ML-DSA-44', keyed('M', mlDsaKey('m', 44)), 'ml-dsa-44', undefined, undefined, 'ML-DSA-44', 'none'],
    ['ML-DSA-65', keyed('M', mlDsaKey('m', 65)), 'ml-dsa-65', undefined, undefined, 'ML-DSA-65', 'none'],
    ['ML-DSA-87', keyed('M', mlDsaKey('m', 87)), 'ml-dsa-87', undefined, undefined, 'ML-DSA-87', 'none'],
  ])('%s', (_, certificate, type, bits, curve, text, hash) => {
    const { key, signed } = only(certificate);
    expect(key).toMatchObject({ type, bits, curve });
    expect(signed.algorithm).toMatchObject({ text, hash });
  });

  it.each([
    ['nothing', '', 0, 0],
    ['white space', ' \n', 0, 0],
    ['a bundle', `${root.pem}${issuing.pem}`, 2, 0],
    ['Windows line ends', root.pem.replaceAll('\n', '\r\n'), 1, 0],
    ['words between', `Subject: x\n${root.pem}\n# and\n${issuing.pem}bye`, 2, 0],
    ['base64 of a bundle', base64(root.pem + issuing.pem), 2, 0],
    ['base64 in lines', base64(root.pem).replace(/(.{64})/g, '$1\n'), 1, 0],
    ['base64 of DER', base64(root.der), 1, 0],
    ['base64 of DER and more', base64(Buffer.concat([root.der, issuing.der])), 0, 1],
    ['no certificate', 'hello', 0, 1],
    ['another in an X509 CERTIFICATE block', root.pem + issuing.pem.replaceAll('CERT', 'X509 CERT'), 1, 1],
    ['another in a TRUSTED CERTIFICATE block', root.pem + issuing.pem.replaceAll('CERT', 'TRUSTED CERT'), 1, 1],
    ['another in lower case', root.pem + issuing.pem.toLowerCase(), 1, 1],
    ['another after the padding of its base64', `${BEGIN}${base64(root.der).replace(/=*$/, '==')}AAAA${END}`, 1, 1],
    ['base64 of DER, and another text', `${base64(root.der).replace(/=*$/, '==')}\nAAAA`, 1, 1],
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
    const { text, commonNames } = only(hostile).subject;
    expect(text).not.toMatch(/[\n\u001b]/);
    expect(text.split(', ')).toHaveLength(1);
    expect(commonNames).toEqual(['a\nO=Amazon\u001b[31m\u202e']);
  });
});

describe('who issued it', () => {
  const twin = keyed('Twin', rsaKey('one', 1024));
  const forged = twin.subordinate({ subject: [['CN', 'Twin']], key: rsaKey('two', 1024), ...validity });

  it.each([
    ['a root', root, true, true],
    ['an RSA root', twin, true, true],
    ['an MD5 root', keyed('M', rsaKey('r', 1024, 'md5')), true, true],
    ['an issuing CA', issuing, false, false],
    ['one that only claims to be its own issuer', forged, true, false],
  ])('%s', (_, certificate, selfIssued, selfSigned) => {
    expect([isSelfIssued(only(certificate)), isSelfSigned(only(certificate))]).toEqual([selfIssued, selfSigned]);
  });

  it('what this Node cannot verify is unknown, and noise is never verified', () => {
    const certificate = only(keyed('M', mlDsaKey('m', 65)));
    expect(isSelfIssued(certificate)).toBe(true);
    expect(isSelfSigned(certificate)).not.toBe(true);
  });

  it.each([
    ['a subordinate, its root', issuing, root, true],
    ['a leaf, its CA', leaf, issuing, true],
    ['a leaf, the root above', leaf, root, false],
    ['another key of the same name', forged, forged, false],
    ['the key of that name', forged, twin, true],
  ])('%s', (_, certificate, issuer, answer) => {
    expect(isIssuedBy(only(certificate), only(issuer))).toBe(answer);
  });

  it('whoever asked before does not matter', () => {
    const named = { subject: [['CN', 'Twin']] as const, ...validity };
    const certificate = only(rootAuthority({ ...named, key: ecKey('own') }));
    for (let n = 0; n < 20; n++) {
      const other = only(rootAuthority({ ...named, key: ecKey(`other ${n}`) }));
      expect(isSignedBy(certificate.signed, other.key)).toBe(false);
    }
    expect(isSelfSigned(certificate)).toBe(true);
  });

  it.each([
    ['an exponent as long as its modulus', 1024, 1024],
    ['an exponent of 65 bits', 1024, 65],
    ['a modulus of 16,384 bits', 16_384, 17],
  ])('with %s an RSA key is left untried', (_, modulus, exponent) => {
    const number = (size: number) => {
      const bytes = Buffer.alloc(Math.ceil(size / 8), 0xc1);
      bytes[0]! >>= (8 - (size % 8)) % 8;
      return integer(bytes);
    };
    const spki = sequence(sequence(oid('1.2.840.113549.1.1.1')), bits(sequence(number(modulus), number(exponent))));
    const certificate = only(keyed('R', { ...rsaKey('r', 1024), spki }));
    expect([certificate.key.bits, certificate.key.exponentBits, isSelfSigned(certificate)]).toEqual([
      modulus,
      exponent,
      undefined,
    ]);
  });

  it('only what says so may issue', () => {
    expect([root, leaf, unmarked, old].map(each => isAuthority(only(each)))).toEqual([true, false, false, false]);
  });
});
