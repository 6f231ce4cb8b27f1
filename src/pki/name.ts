import {
  BMP_STRING,
  childrenOf,
  contentOf,
  type Element,
  expectTag,
  Members,
  OID,
  SEQUENCE,
  SET,
  UNIVERSAL_STRING,
  UTF8_STRING,
} from './der.ts';
import { oidOf } from './derValues.ts';

/** A distinguished name. */
export interface Name {
  /** One line, most specific part first, escaped as RFC 4514 asks: `CN=web-1, O=Acme`. The same as OpenSSL's parts. */
  readonly text: string;
  /** The values of its CNs as they are, in the certificate's order. */
  readonly commonNames: readonly string[];
  /** All values by their type (`O`, or a dotted identifier), in the certificate's order. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** Equal for names that RFC 5280 (7.1) counts as the same, however they are encoded. */
  readonly key: string;
}

interface Attribute {
  /** `CN`, or the dotted identifier of a type that has no short name. */
  readonly type: string;
  readonly value: string;
}

/** The name of a certificate's subject or issuer. Throws DerError for what is none. */
export function nameOf(element: Element): Name {
  expectTag(element, SEQUENCE);
  const parts = [...childrenOf(element)].map(attributesOf);
  const all = parts.flat();
  return {
    text: parts.toReversed().map(partText).join(', '),
    commonNames: all.filter(({ type }) => type === 'CN').map(({ value }) => value),
    values: valuesOf(all),
    key: JSON.stringify(parts.map(part => part.map(({ type, value }) => [type, folded(value)]))),
  };
}

function valuesOf(attributes: readonly Attribute[]): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, readonly string[]>();
  for (const { type, value } of attributes) values.set(type, [...(values.get(type) ?? []), value]);
  return values;
}

function attributesOf(part: Element): readonly Attribute[] {
  expectTag(part, SET);
  return [...childrenOf(part)].map(each => {
    const members = new Members(each);
    const type = oidOf(members.next(OID));
    return { type: SHORT_NAMES.get(type) ?? type, value: stringOf(members.next()) };
  });
}

function partText(part: readonly Attribute[]): string {
  return part.map(({ type, value }) => `${type}=${escaped(value)}`).join(' + ');
}

/** OpenSSL's names for the types that CAs use. */
const SHORT_NAMES: ReadonlyMap<string, string> = new Map([
  ['2.5.4.3', 'CN'],
  ['2.5.4.4', 'SN'],
  ['2.5.4.5', 'serialNumber'],
  ['2.5.4.6', 'C'],
  ['2.5.4.7', 'L'],
  ['2.5.4.8', 'ST'],
  ['2.5.4.9', 'street'],
  ['2.5.4.10', 'O'],
  ['2.5.4.11', 'OU'],
  ['2.5.4.12', 'title'],
  ['2.5.4.13', 'description'],
  ['2.5.4.17', 'postalCode'],
  ['2.5.4.41', 'name'],
  ['2.5.4.42', 'GN'],
  ['2.5.4.43', 'initials'],
  ['2.5.4.44', 'generationQualifier'],
  ['2.5.4.46', 'dnQualifier'],
  ['2.5.4.65', 'pseudonym'],
  ['2.5.4.97', 'organizationIdentifier'],
  ['0.9.2342.19200300.100.1.1', 'UID'],
  ['0.9.2342.19200300.100.1.25', 'DC'],
  ['1.2.840.113549.1.9.1', 'emailAddress'],
]);

/** Never throws for a broken text: what cannot be read becomes U+FFFD. Types that are no text are read byte by byte. */
function stringOf(element: Element): string {
  const content = contentOf(element);
  if (element.tag === UTF8_STRING) return content.toString('utf8');
  if (element.tag === BMP_STRING) return unitsOf(content, 2);
  if (element.tag === UNIVERSAL_STRING) return unitsOf(content, 4);
  return content.toString('latin1');
}

/** Big-endian numbers of `size` bytes, each a UTF-16 unit or a character. */
function unitsOf(content: Buffer, size: 2 | 4): string {
  const count = Math.floor(content.length / size);
  const units = Array.from({ length: count }, (_, index) => content.readUIntBE(index * size, size));
  return units.map(unit => (unit > 0x10ffff ? '\ufffd' : String.fromCodePoint(unit))).join('');
}

/** RFC 4514, 2.4, and control characters as `\0A`, so that a value cannot pass for a second line or part. */
function escaped(value: string): string {
  return value
    .replace(/[,+"\\<>;]/g, special => `\\${special}`)
    .replace(CONTROLS, control => `\\${control.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)
    .replace(/^[ #]/, first => `\\${first}`)
    .replace(/(?<!\\) $/, '\\ ');
}

const CONTROLS = /[\u0000-\u001f\u007f]/g;

/** Letters of either case, and any white space, count as the same. */
function folded(value: string): string {
  return value.trim().replace(/\s+/g, ' ').toLowerCase();
}
