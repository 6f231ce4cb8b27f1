import { describe, expect, it } from 'vitest';
import {
  childrenOf,
  contentOf,
  DerError,
  INTEGER,
  Members,
  OID,
  onlyChild,
  SEQUENCE,
  wholeElement,
} from '../../src/pki/der.ts';
import {
  bitLengthOf,
  booleanOf,
  integerHex,
  isoTime,
  oidOf,
  setBits,
  smallIntegerOf,
  timeOf,
} from '../../src/pki/derValues.ts';

const element = (hex: string) => wholeElement(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const ascii = (tag: string, text: string) =>
  element(tag + text.length.toString(16).padStart(2, '0') + Buffer.from(text, 'latin1').toString('hex'));

describe('wholeElement', () => {
  it.each([
    ['a short length', '0401ff', 'ff'],
    ['no content', '0500', ''],
    ['a length of one byte', `048180${'00'.repeat(128)}`, '00'.repeat(128)],
    ['a length of two bytes', `04820100${'00'.repeat(256)}`, '00'.repeat(256)],
  ])('%s', (_, hex, content) => {
    expect(contentOf(element(hex)).toString('hex')).toBe(content);
  });

  it.each([
    ['nothing', ''],
    ['a tag alone', '30'],
    ['content cut short', '040200'],
    ['a byte after the end', '040100 00'],
    ['the indefinite length', '3080 0000'],
    ['a length longer than need be', '04810100'],
    ['a length with a leading zero', `04820080${'00'.repeat(128)}`],
    ['a length cut short', '0482'],
    ['a length beyond memory', '0484ffffffff'],
    ['a length of five bytes', '04850100000000'],
    ['a tag of several bytes', '1f8101 00'],
  ])('not %s', (_, hex) => {
    expect(() => element(hex)).toThrow(DerError);
  });
});

describe('members', () => {
  const body = element('30 08 020105 0603550403');

  it('come in order, by tag', () => {
    const members = new Members(body);
    expect(members.optional(OID)).toBeUndefined();
    expect(smallIntegerOf(members.next(INTEGER))).toBe(5);
    expect(members.isDone).toBe(false);
    expect(members.optional(INTEGER, OID)?.tag).toBe(OID);
    expect(members.isDone).toBe(true);
    expect(members.optional(OID)).toBeUndefined();
    expect(() => members.next()).toThrow(DerError);
  });

  it('of another tag than expected there are none', () => {
    expect(() => new Members(element('0500'))).toThrow(DerError);
    expect(() => new Members(body).next(OID)).toThrow(DerError);
  });

  it('are read as they are asked for: what is broken behind them does not matter before', () => {
    const [first] = childrenOf(element('30 05 020105 04ff'));
    expect(first?.tag).toBe(INTEGER);
    expect(() => [...childrenOf(element('30 05 020105 04ff'))]).toThrow(DerError);
  });

  it('never reach beyond what they are in', () => {
    expect(() => [...childrenOf(onlyChild(element('3005 3003 0402 00')))]).toThrow(DerError);
  });
});

describe('integers', () => {
  it.each([
    ['020100', '00', 0, 0],
    ['020105', '05', 5, 3],
    ['02017f', '7f', 127, 7],
    ['02020080', '80', 128, 8],
    ['02020100', '0100', 256, 9],
    ['020900e64b527fe7ed8bd8', 'e64b527fe7ed8bd8', undefined, 64],
  ])('%s', (hex, text, small, bits) => {
    expect(integerHex(element(hex))).toBe(text);
    expect(bitLengthOf(element(hex))).toBe(bits);
    if (small !== undefined) expect(smallIntegerOf(element(hex))).toBe(small);
    else expect(() => smallIntegerOf(element(hex))).toThrow(DerError);
  });

  it.each([
    ['0201ff', '-01'],
    ['020180', '-80'],
    ['0202ff7f', '-81'],
    ['0202feff', '-0101'],
  ])('negative: %s', (hex, text) => {
    expect(integerHex(element(hex))).toBe(text);
    expect(() => smallIntegerOf(element(hex))).toThrow(DerError);
  });

  it.each(['0200', '02020005', '0202ffff'])('refused: %s', hex => {
    expect(() => integerHex(element(hex))).toThrow(DerError);
  });
});

describe('oidOf', () => {
  it.each([
    ['0603550403', '2.5.4.3'],
    ['06082a8648ce3d040302', '1.2.840.10045.4.3.2'],
    ['060100', '0.0'],
    ['06028837', '2.999'],
    [`0614 69${'ff'.repeat(18)}7f`, `2.25.${(1n << 133n) - 1n}`],
  ])('%s', (hex, dotted) => {
    expect(oidOf(element(hex))).toBe(dotted);
  });

  it.each(['0600', '060255ff', `068181${'01'.repeat(129)}`])('refused: %s', hex => {
    expect(() => oidOf(element(hex))).toThrow(DerError);
  });
});

describe('bits and booleans', () => {
  it.each([
    ['03020106', [5, 6]],
    ['03020780', [0]],
    ['030100', []],
    ['0303070080', [8]],
  ])('%s', (hex, bits) => {
    expect(setBits(element(hex))).toEqual(bits);
  });

  it('of a long string the first 64 count', () => {
    expect(setBits(element(`0382010100${'ff'.repeat(256)}`))).toHaveLength(64);
  });

  it.each(['0300', '03020880', '030107'])('refused: %s', hex => {
    expect(() => setBits(element(hex))).toThrow(DerError);
  });

  it('booleans', () => {
    expect([booleanOf(element('0101ff')), booleanOf(element('010100'))]).toEqual([true, false]);
    expect(() => booleanOf(element('0100'))).toThrow(DerError);
    expect(() => booleanOf(element('020101'))).toThrow(DerError);
  });
});

describe('timeOf', () => {
  it.each([
    ['17', '250102030405Z', '2025-01-02T03:04:05Z'],
    ['17', '491231235959Z', '2049-12-31T23:59:59Z'],
    ['17', '500101000000Z', '1950-01-01T00:00:00Z'],
    ['18', '20500101000000Z', '2050-01-01T00:00:00Z'],
    ['18', '99991231235959Z', '9999-12-31T23:59:59Z'],
    ['18', '20240229000000Z', '2024-02-29T00:00:00Z'],
    ['18', '20240301000000Z', '2024-03-01T00:00:00Z'],
    ['18', '19000301000000Z', '1900-03-01T00:00:00Z'],
    ['18', '00010101000000Z', '0001-01-01T00:00:00Z'],
    ['18', '00000101000000Z', '0000-01-01T00:00:00Z'],
  ])('%s %s', (tag, text, iso) => {
    expect(isoTime(timeOf(ascii(tag, text)))).toBe(iso);
  });

  it.each([
    ['17', '2501020304Z'],
    ['17', '250102030405+0100'],
    ['18', '20250102030405.5Z'],
    ['18', '20230229000000Z'],
    ['18', '20251301000000Z'],
    ['18', '20250100000000Z'],
    ['17', '250102240000Z'],
    ['17', '250102036000Z'],
    ['17', '25010203040\u0000Z'],
    ['16', '250102030405Z'],
  ])('refused: %s %s', (tag, text) => {
    expect(() => timeOf(ascii(tag, text))).toThrow(DerError);
  });
});

it('a hundred thousand levels are as harmless as one', () => {
  const heads: Buffer[] = [];
  for (let depth = 0, length = 0; depth < 100_000; depth++) {
    const head = Buffer.from([SEQUENCE, ...lengthBytes(length)]);
    heads.push(head);
    length += head.length;
  }
  expect([...childrenOf(wholeElement(Buffer.concat(heads.reverse())))]).toHaveLength(1);
});

function lengthBytes(length: number): number[] {
  if (length < 0x80) return [length];
  const hex = length.toString(16);
  const bytes = [...Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex')];
  return [0x80 + bytes.length, ...bytes];
}
