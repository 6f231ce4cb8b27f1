import { describe, expect, it } from 'vitest';
import { rootAuthority } from '../../mocks/pki/authority.ts';
import { pem } from '../../mocks/pki/certificate.ts';
import type { CrlParts, Revocation } from '../../mocks/pki/crl.ts';
import { bits, integer, sequence, smallInteger, time } from '../../mocks/pki/der.ts';
import { readCrl } from '../../src/pki/crl.ts';

const at = (text: string) => new Date(text);
const ca = rootAuthority({
  subject: [
    ['O', 'Example'],
    ['CN', 'Example CA'],
  ],
  notBefore: at('2025-01-01T00:00:00Z'),
  notAfter: at('2035-01-01T00:00:00Z'),
});
const der = (rest: Partial<CrlParts> = {}) =>
  ca.crl({
    number: 7,
    thisUpdate: at('2026-11-20T00:00:00Z'),
    nextUpdate: at('2026-11-27T00:00:00Z'),
    revoked: [],
    ...rest,
  });
const base64 = (bytes: Buffer | string) => Buffer.from(bytes).toString('base64');
const listing = (...revoked: readonly Revocation[]) => readCrl(base64(der({ revoked })))!.revocations;
const read = (rest: Partial<CrlParts> = {}) => readCrl(base64(der(rest)))!;

const stolen = { serial: '7f00aa', at: at('2026-10-01T12:00:00Z'), reason: 1 };

describe('readCrl', () => {
  it('says what a list says', () => {
    expect(read({ revoked: [stolen] })).toMatchObject({
      issuer: { text: 'CN=Example CA, O=Example' },
      thisUpdate: '2026-11-20T00:00:00Z',
      nextUpdate: '2026-11-27T00:00:00Z',
      number: '7',
      authorityKeyId: expect.stringMatching(/^[0-9a-f]{40}$/),
      delta: false,
      indirect: false,
    });
  });

  it.each<[what: string, rest: Partial<CrlParts>, facts: object]>([
    ['without a next update', { nextUpdate: undefined }, { nextUpdate: undefined, number: '7' }],
    [
      'with a next update in the year 9999',
      { nextUpdate: at('9999-12-31T23:59:59Z') },
      { nextUpdate: '9999-12-31T23:59:59Z' },
    ],
    ['with one before 1950', { thisUpdate: at('1949-01-01T00:00:00Z') }, { thisUpdate: '1949-01-01T00:00:00Z' }],
    ['with one before 1970', { thisUpdate: at('1961-01-01T00:00:00Z') }, { thisUpdate: '1961-01-01T00:00:00Z' }],
    ['with a long number', { number: 2 ** 40 }, { number: '1099511627776' }],
    ['that only adds to another', { deltaOf: 6 }, { delta: true, indirect: false }],
    ['with something critical', { critical: '1.2.3.4' }, { unknownCritical: ['1.2.3.4'] }],
    ['with what is critical by the standard', { deltaOf: 6, only: 'users' }, { unknownCritical: [] }],
    ['of several issuers', { indirect: true }, { delta: false, indirect: true, onlyOf: undefined }],
    ['of all certificates', {}, { scope: 'whole', onlyOf: undefined, indirect: false }],
    ['of end entities', { only: 'users' }, { onlyOf: 'end-entity certificates', indirect: false }],
    ['of CAs', { only: 'cas' }, { onlyOf: 'CA certificates' }],
    ['of attribute certificates', { only: 'attributes' }, { onlyOf: 'attribute certificates' }],
    ['of some reasons', { onlyReasons: 0x60 }, { onlyOf: undefined, indirect: false }],
    ['of a distribution point', { distributionPoint: 'http://ca.example/1.crl' }, { onlyOf: undefined }],
  ])('a list %s', (_, rest, facts) => {
    expect(read(rest)).toMatchObject(facts);
  });

  const scopes: readonly Partial<CrlParts>[] = [
    {},
    { only: 'users' },
    { only: 'cas' },
    { only: 'attributes' },
    { indirect: true },
    { onlyReasons: 0x60 },
    { onlyReasons: 0x40 },
    { distributionPoint: 'http://ca.example/1.crl' },
    { distributionPoint: 'http://ca.example/2.crl' },
    { distributionPoint: 'http://ca.example/1.crl', only: 'users' },
  ];
  it('tells lists of different scopes apart, and knows those of the same', () => {
    const told = scopes.map(scope => read(scope).scope);
    expect(new Set(told).size).toBe(scopes.length);
    expect(scopes.map(scope => read({ ...scope, number: 8, revoked: [stolen] }).scope)).toEqual(told);
  });

  it('a list of version 1 has neither number nor key', () => {
    const body = sequence(ca.key.algorithm, sequence(), time(stolen.at));
    const list = sequence(body, ca.key.algorithm, bits(ca.key.sign(body)));
    expect(readCrl(base64(list))).toMatchObject({
      number: undefined,
      authorityKeyId: undefined,
      nextUpdate: undefined,
    });
  });

  const good = pem('X509 CRL', der({ revoked: [stolen] }));
  it.each<[what: string, text: string, isRead: boolean]>([
    ['base64 of DER', base64(der()), true],
    ['PEM', good, true],
    ['base64 of PEM', base64(good), true],
    ['PEM with words around', `Certificate Revocation List\n${good}\nbye`, true],
    ['PEM with the line ends of Windows', good.replaceAll('\n', '\r\n'), true],
    ['PEM without its end', good.slice(0, good.indexOf('-----END')), false],
    ['two lists', good + pem('X509 CRL', der()), true],
    ['a list, and a certificate after it', good + ca.pem, true],
    ['a certificate, and a list after it', ca.pem + good, false],
    ['nothing', '', false],
    ['words', 'hello', false],
    ['a certificate', ca.pem, false],
    ['base64 of a certificate', base64(ca.der), false],
    ['an empty block', '-----BEGIN X509 CRL----------END X509 CRL-----', false],
    ['bytes after the end', base64(Buffer.concat([der(), Buffer.from([0])])), false],
    ['only beginnings', '-----BEGIN X509 CRL-----'.repeat(5000), false],
  ])('%s', (_, text, isRead) => {
    expect(readCrl(text) !== undefined).toBe(isRead);
  });

  it.each([
    ['one list', good, true],
    ['a second list', good + good, false],
    ['something that is none', `${good}-----BEGIN X509 CRL-----`, false],
    ['a list of another name', good + good.replaceAll('X509 CRL', 'CRL'), false],
    ['base64 after its end', `${good.slice(0, good.indexOf('-----END'))}=\nAAAA\n-----END X509 CRL-----`, false],
  ])('%s: whether it is the only one', (_, text, only) => {
    expect(readCrl(text)?.only).toBe(only);
  });
});

describe('revocations', () => {
  it.each<[what: string, revoked: readonly Revocation[], serial: string, answer: object | undefined]>([
    ['none', [], '01', undefined],
    ['another', [stolen], '7f00ab', undefined],
    ['this one', [stolen], '7f00aa', { revokedAt: '2026-10-01T12:00:00Z', reason: 'keyCompromise' }],
    [
      'no reason',
      [{ ...stolen, reason: undefined }],
      '7f00aa',
      { revokedAt: '2026-10-01T12:00:00Z', reason: undefined },
    ],
    ['on hold', [{ ...stolen, reason: 6 }], '7f00aa', { reason: 'certificateHold' }],
    ['taken back', [stolen, { ...stolen, reason: 8 }], '7f00aa', { reason: 'keyCompromise' }],
    ['taken back before', [{ ...stolen, reason: 8 }, stolen], '7f00aa', { reason: 'keyCompromise' }],
    [
      'only taken back',
      [
        { ...stolen, reason: 8 },
        { ...stolen, reason: 8 },
      ],
      '7f00aa',
      { reason: 'removeFromCRL' },
    ],
    [
      'twice, later once more',
      [stolen, { ...stolen, at: at('2049-11-02T00:00:00Z'), reason: 4 }],
      '7f00aa',
      { revokedAt: '2026-10-01T12:00:00Z', reason: 'keyCompromise' },
    ],
    [
      'twice, earlier once more',
      [stolen, { ...stolen, at: at('2026-09-01T00:00:00Z'), reason: 4 }, stolen],
      '7f00aa',
      { revokedAt: '2026-09-01T00:00:00Z', reason: 'superseded' },
    ],
    ['a reason that there is not', [{ ...stolen, reason: 7 }], '7f00aa', { reason: undefined }],
    ['a reason out of range', [{ ...stolen, reason: 99 }], '7f00aa', { reason: undefined }],
    ['a serial whose first bit is set', [{ ...stolen, serial: 'ff01' }], 'ff01', { reason: 'keyCompromise' }],
    ['a serial that is zero', [{ ...stolen, serial: '00' }], '00', { reason: 'keyCompromise' }],
    ['long ago', [{ ...stolen, at: at('1950-01-01T00:00:00Z') }], '7f00aa', { revokedAt: '1950-01-01T00:00:00Z' }],
    ['far ahead', [{ ...stolen, at: at('9999-12-31T23:59:59Z') }], '7f00aa', { revokedAt: '9999-12-31T23:59:59Z' }],
    ['no hex', [stolen], '__proto__', undefined],
  ])('%s', (_, revoked, serial, answer) => {
    const found = listing(...revoked).of(serial);
    if (answer === undefined) expect(found).toBeUndefined();
    else expect(found).toMatchObject(answer);
  });

  it('a negative serial is one of its own', () => {
    const entry = sequence(Buffer.from([2, 1, 0x80]), time(stolen.at));
    const revocations = readCrl(base64(listOf([entry])))!.revocations;
    expect(revocations.first(5)).toEqual(['-80']);
    expect([revocations.of('80'), revocations.of('-80')?.revokedAt]).toEqual([undefined, '2026-10-01T12:00:00Z']);
  });

  it.each<[what: string, entry: Buffer]>([
    ['a date that never was', sequence(smallInteger(5), Buffer.from('170d3939393939393939393939395a', 'hex'))],
    ['no date', sequence(smallInteger(5))],
    ['a number for a date', sequence(smallInteger(5), smallInteger(5))],
  ])('a serial with %s is revoked, nobody knows when', (_, entry) => {
    expect(readCrl(base64(listOf([entry])))?.revocations.of('05')).toEqual({ revokedAt: undefined, reason: undefined });
  });

  it('counts every entry, and tells the first serials once each', () => {
    const { count, first } = listing(stolen, stolen, { ...stolen, serial: '02' });
    expect([count, first(5), first(1), first(0)]).toEqual([3, ['7f00aa', '02'], ['7f00aa'], []]);
  });
});

describe('hostile lists', () => {
  const whole = der({ revoked: [stolen, { ...stolen, serial: '0102' }], deltaOf: 1, indirect: true });
  const ask = (bytes: Buffer) => {
    const crl = readCrl(base64(bytes));
    return crl?.revocations.of(crl.revocations.first(2)[1] ?? '');
  };

  it('cut short anywhere, a list is none', () => {
    const cuts = Array.from({ length: whole.length }, (_, length) => readCrl(base64(whole.subarray(0, length))));
    expect(cuts.filter(each => each !== undefined)).toEqual([]);
  });

  it.each([0x01, 0x80, 0xff])('with any byte changed by %i it is read or not, without an error', mask => {
    for (let place = 0; place < whole.length; place++) {
      const changed = Buffer.from(whole);
      changed[place]! ^= mask;
      expect(() => ask(changed)).not.toThrow();
    }
  });

  it('with any tag in the place of any byte too', () => {
    for (let place = 0; place < whole.length; place += 3) {
      for (const tag of [0x00, 0x02, 0x05, 0x30, 0xa0, 0x84, 0x1f]) {
        const changed = Buffer.from(whole);
        changed[place] = tag;
        expect(() => ask(changed)).not.toThrow();
      }
    }
  });

  it('a list of 100,000 entries is read once and asked often, in less than a second of work', () => {
    const entries = Array.from({ length: 100_000 }, (_, n) =>
      sequence(integer(Buffer.from((2 ** 40 + n * 7919).toString(16).padStart(16, '0'), 'hex')), time(stolen.at)),
    );
    const text = base64(listOf(entries));
    const start = process.cpuUsage();
    const { revocations } = readCrl(text)!;
    const found = Array.from({ length: 100_000 }, (_, n) =>
      revocations.of((2 ** 40 + n).toString(16).padStart(12, '0')),
    );
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(1000);
    expect([revocations.count, found.filter(each => each !== undefined).length]).toEqual([100_000, 13]);
  });

  it('a list in a list in a list, 100,000 deep, is none', () => {
    expect(readCrl(base64(Buffer.alloc(200_000, Buffer.from([0x30, 0x80]))))).toBeUndefined();
  });
});

function listOf(entries: readonly Buffer[]): Buffer {
  const body = sequence(
    smallInteger(1),
    ca.key.algorithm,
    sequence(),
    time(stolen.at),
    sequence(Buffer.concat(entries)),
  );
  return sequence(body, ca.key.algorithm, bits(ca.key.sign(body)));
}
