import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { rootAuthority } from '../../mocks/pki/authority.ts';
import { pem } from '../../mocks/pki/certificate.ts';
import { bits, element, integer, octets, oid, sequence, set, tagged, time, utf8, yes } from '../../mocks/pki/der.ts';
import { ecKey, rsaKey } from '../../mocks/pki/keys.ts';
import { isIssuedBy, isSelfSigned, readCertificate, readCertificates } from '../../src/pki/certificate.ts';
import { isPublicAuthority } from '../../src/pki/publicRoots.ts';

const validity = { notBefore: new Date('2025-01-02T03:04:05Z'), notAfter: new Date('2035-01-01T00:00:00Z') };
const key = ecKey('hostile');
const root = rootAuthority({ subject: [['CN', 'Root']], key, ...validity });
const leaf = root.issue({ subject: [['CN', 'host']], dns: ['a.example'], ...validity });
const rsa = rootAuthority({ subject: [['CN', 'Root']], key: rsaKey('hostile', 1024), ...validity });

interface Parts {
  readonly version?: Buffer;
  readonly serial?: Buffer;
  readonly name?: Buffer;
  readonly from?: Buffer;
  readonly spki?: Buffer;
  readonly extensions?: readonly Buffer[];
}

/** A certificate put together by hand; its signature is noise. */
function certificate({
  version = tagged(0, integer(Buffer.from([2]))),
  serial = integer(Buffer.from([1])),
  name = cn(utf8('x')),
  from = time(validity.notBefore),
  spki = key.spki,
  extensions = [],
}: Parts): Buffer {
  const validFor = sequence(from, time(validity.notAfter));
  const list = extensions.length === 0 ? [] : [tagged(3, sequence(...extensions))];
  const body = sequence(version, serial, key.algorithm, name, validFor, name, spki, ...list);
  return sequence(body, key.algorithm, bits(Buffer.alloc(70)));
}

const cn = (value: Buffer): Buffer => sequence(set(sequence(oid('2.5.4.3'), value)));
const extension = (id: string, value: Buffer): Buffer => sequence(oid(id), octets(value));
const CONSTRAINTS = extension('2.5.29.19', sequence(yes()));

/** Everything that the program asks of a certificate. */
function askEverything(der: Buffer): void {
  const read = readCertificate(der);
  if (read === undefined) return;
  isSelfSigned(read);
  isIssuedBy(read, read);
  isPublicAuthority(read);
}

describe('hostile bytes', () => {
  it.each([
    ['a root', root.der],
    ['a leaf', leaf.der],
    ['RSA', rsa.der],
  ])('%s, cut short anywhere, is none', (_, der) => {
    for (let length = 0; length < der.length; length++) {
      expect(readCertificate(der.subarray(0, length))).toBeUndefined();
      expect(readCertificates(pem('CERTIFICATE', der.subarray(0, length)))).toMatchObject({ unparsed: 1 });
    }
  });

  it.each([
    ['a root', root.der],
    ['a leaf', leaf.der],
    ['RSA', rsa.der],
  ])('%s with any one byte changed is read or not, and never verified', (_, der) => {
    for (let at = 0; at < der.length; at++) {
      for (const flip of [0x01, 0x80, 0xff]) {
        const changed = Buffer.from(der);
        changed[at] = (changed[at] ?? 0) ^ flip;
        const read = readCertificate(changed);
        if (read !== undefined && at > 4 && at < der.length - 140) expect(isSelfSigned(read)).not.toBe(true);
      }
    }
  });

  it('noise is no certificate', () => {
    for (let seed = 0; seed < 500; seed++) {
      const noise = createHash('shake256', { outputLength: 200 }).update(String(seed)).digest();
      askEverything(noise);
      askEverything(sequence(noise.subarray(0, 100)));
      askEverything(certificate({ extensions: [extension('2.5.29.19', noise), extension('2.5.29.15', noise)] }));
      askEverything(certificate({ spki: sequence(noise.subarray(0, 60)) }));
    }
  });

  it.each([
    ['a length of 4 GB', Buffer.from('3084ffffffff', 'hex')],
    ['the indefinite length', Buffer.from('30800000', 'hex')],
    ['a length of 126 bytes', Buffer.from('30fe01', 'hex')],
    ['a second certificate behind it', Buffer.concat([root.der, root.der])],
    ['depth', nested(20_000)],
    ['a name as deep', certificate({ name: nested(20_000) })],
    ['a key as deep', certificate({ spki: nested(20_000) })],
    ['an extension as deep', certificate({ extensions: [extension('2.5.29.19', nested(20_000))] })],
    [
      'an empty identifier',
      certificate({ extensions: [sequence(element(0x06, Buffer.alloc(0)), element(0x04, Buffer.alloc(0)))] }),
    ],
    ['the same extension twice', certificate({ extensions: [CONSTRAINTS, CONSTRAINTS] })],
    ['constraints that are none', certificate({ extensions: [extension('2.5.29.19', utf8('CA'))] })],
    ['a path length below nought', certificate({ extensions: [limited(Buffer.from('0201ff', 'hex'))] })],
    ['a path length beyond counting', certificate({ extensions: [limited(integer(Buffer.alloc(20, 1)))] })],
    ['a serial without bytes', certificate({ serial: element(0x02, Buffer.alloc(0)) })],
    ['a version beyond counting', certificate({ version: tagged(0, integer(Buffer.alloc(20, 1))) })],
    ['a day that never was', certificate({ from: element(0x17, Buffer.from('250230000000Z')) })],
    ['an empty RSA key', certificate({ spki: sequence(sequence(oid('1.2.840.113549.1.1.1')), bits(Buffer.alloc(0))) })],
  ])('%s: not read', (_, der) => {
    expect(readCertificate(der)).toBeUndefined();
  });

  it('an extension whose identifier is longer than any: the others are read', () => {
    const odd = sequence(element(0x06, Buffer.alloc(200, 0x2a)), element(0x04, Buffer.alloc(0)));
    expect(
      readCertificate(certificate({ extensions: [odd, CONSTRAINTS, odd] }))?.extensions.basicConstraints,
    ).toBeDefined();
  });

  it.each([
    ['negative', Buffer.from('0202ff7f', 'hex'), '-81'],
    ['nought', Buffer.from('020100', 'hex'), '00'],
    ['long', integer(Buffer.alloc(200, 0x7f)), '7f'.repeat(200)],
  ])('a serial that is %s', (_, serial, text) => {
    expect(readCertificate(certificate({ serial }))?.serial).toBe(text);
  });

  it.each([
    ['NUL', utf8('a\0b'), 'CN=a\\00b', 'a\0b'],
    ['line ends and escapes', utf8('a\r\n\u001b[31m'), 'CN=a\\0D\\0A\\1B[31m', 'a\r\n\u001b[31m'],
    ['what looks like two parts', utf8('a, O=Amazon'), 'CN=a\\, O=Amazon', 'a, O=Amazon'],
    ['a BMPString', element(0x1e, Buffer.from('00dc65e5', 'hex')), 'CN=Ü日', 'Ü日'],
    ['a BMPString of odd length', element(0x1e, Buffer.from('006100', 'hex')), 'CN=a', 'a'],
    ['a BMPString of half pairs', element(0x1e, Buffer.from('d83d', 'hex')), 'CN=\ud83d', '\ud83d'],
    ['a UniversalString', element(0x1c, Buffer.from('0001f600', 'hex')), 'CN=😀', '😀'],
    ['a UniversalString beyond Unicode', element(0x1c, Buffer.from('7fffffff', 'hex')), 'CN=\ufffd', '\ufffd'],
    ['a TeletexString', element(0x14, Buffer.from('dc', 'hex')), 'CN=Ü', 'Ü'],
    ['broken UTF-8', element(0x0c, Buffer.from('61ff', 'hex')), 'CN=a\ufffd', 'a\ufffd'],
    ['nothing', utf8(''), 'CN=', ''],
    ['__proto__', utf8('__proto__'), 'CN=__proto__', '__proto__'],
    ['a sequence for a text', sequence(utf8('a')), 'CN=\\0C\\01a', '\u000c\u0001a'],
  ])('a name of %s', (_, value, text, commonName) => {
    const subject = readCertificate(certificate({ name: cn(value) }))?.subject;
    expect(subject).toMatchObject({ text, commonNames: [commonName] });
  });

  it('a name without parts, and one of very many', () => {
    expect(readCertificate(certificate({ name: sequence() }))?.subject.text).toBe('');
    const many = Array.from({ length: 10_000 }, () => set(sequence(oid('2.5.4.11'), utf8('x'))));
    expect(readCertificate(certificate({ name: sequence(...many) }))?.subject.text.split(', ')).toHaveLength(10_000);
  });

  it('names are the same whatever their case, spaces and encoding', () => {
    const keys = [
      utf8('Example  CA'),
      element(0x13, Buffer.from(' example ca')),
      element(0x16, Buffer.from('EXAMPLE CA')),
    ];
    const same = keys.map(value => readCertificate(certificate({ name: cn(value) }))?.subject.key);
    expect(new Set(same).size).toBe(1);
    expect(readCertificate(certificate({ name: cn(utf8('ExampleCA')) }))?.subject.key).not.toBe(same[0]);
  });

  it('an algorithm or a curve that nobody knows is told by its number', () => {
    const spki = sequence(sequence(oid('1.2.840.10045.2.1'), oid('1.3.9999')), bits(Buffer.alloc(65, 4)));
    expect(readCertificate(certificate({ spki }))?.key).toMatchObject({
      type: 'ec',
      curve: '1.3.9999',
      bits: undefined,
    });
    const odd = sequence(sequence(oid('1.3.9998')), bits(Buffer.alloc(65, 4)));
    const read = readCertificate(certificate({ spki: odd }));
    expect(read?.key.type).toBe('1.3.9998');
    expect(read && isSelfSigned(read)).toBe(false);
  });
});

function limited(pathLength: Buffer): Buffer {
  return extension('2.5.29.19', sequence(yes(), pathLength));
}

/** Sequences in sequences, as many as asked for. */
function nested(depth: number): Buffer {
  const heads: Buffer[] = [];
  for (let length = 0, level = 0; level < depth; level++) {
    const head = element(0x30, Buffer.alloc(length)).subarray(0, -length || undefined);
    heads.push(Buffer.from(head));
    length += head.length;
  }
  return Buffer.concat(heads.reverse());
}
