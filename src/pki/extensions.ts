import {
  BIT_STRING,
  BOOLEAN,
  childrenOf,
  contentOf,
  DerError,
  type Element,
  expectTag,
  INTEGER,
  implicitTag,
  Members,
  OCTET_STRING,
  OID,
  onlyChild,
  SEQUENCE,
} from './der.ts';
import { booleanOf, isOverlongOid, oidOf, setBits, smallIntegerOf } from './derValues.ts';

/** What the extensions of a certificate say (RFC 5280, 4.2); a member is undefined when its extension is absent. */
export interface Extensions {
  readonly basicConstraints: BasicConstraints | undefined;
  /** `keyCertSign`, `cRLSign`, …, in the order of their bits. */
  readonly keyUsage: readonly string[] | undefined;
  /** `clientAuth`, …; dotted identifiers of those that have no name here. */
  readonly extendedKeyUsage: readonly string[] | undefined;
  /** Lower-case hex. */
  readonly subjectKeyId: string | undefined;
  /** Lower-case hex; undefined too where the extension names the issuer's certificate instead of its key. */
  readonly authorityKeyId: string | undefined;
}

export interface BasicConstraints {
  readonly ca: boolean;
  /** How many CAs may follow below; undefined when there is no limit. */
  readonly pathLength: number | undefined;
}

/** By dotted identifier, each element the extension's value. Shared by certificates and revocation lists. */
export type ExtensionValues = ReadonlyMap<string, Element>;

/**
 * The values of a list of extensions. Throws DerError, also when one occurs twice (RFC 5280, 4.2 forbids it): readers
 * would differ in which of the two they believe.
 */
export function extensionValues(list: Element): ExtensionValues {
  expectTag(list, SEQUENCE);
  const values = new Map<string, Element>();
  for (const each of childrenOf(list)) {
    const members = new Members(each);
    const name = members.next(OID);
    // Nobody knows what it says: the others do not go with it.
    if (isOverlongOid(name)) continue;
    const id = oidOf(name);
    members.optional(BOOLEAN);
    if (values.has(id)) throw new DerError(`extension ${id} twice`);
    values.set(id, members.next(OCTET_STRING));
  }
  return values;
}

/** The dotted identifiers of those that are critical, in the list's own order; `overlong` for one too long to be told. Throws DerError. */
export function criticalIn(list: Element): readonly string[] {
  return [...childrenOf(list)].flatMap(each => {
    const members = new Members(each);
    const name = members.next(OID);
    const critical = members.optional(BOOLEAN);
    if (critical === undefined || !booleanOf(critical)) return [];
    return isOverlongOid(name) ? 'overlong' : oidOf(name);
  });
}

/** Throws DerError. */
export function extensionsOf(values: ExtensionValues): Extensions {
  const read = <T>(id: string, from: (value: Element) => T): T | undefined => {
    const value = values.get(id);
    return value && from(onlyChild(value));
  };
  return {
    basicConstraints: read('2.5.29.19', basicConstraintsOf),
    keyUsage: read('2.5.29.15', keyUsageOf),
    extendedKeyUsage: read('2.5.29.37', extendedKeyUsageOf),
    subjectKeyId: read('2.5.29.14', octetsHex),
    authorityKeyId: authorityKeyIdOf(values),
  };
}

/** The key identifier of the authority key identifier; of a revocation list too. Throws DerError. */
export function authorityKeyIdOf(values: ExtensionValues): string | undefined {
  const value = values.get('2.5.29.35');
  const keyId = value && new Members(onlyChild(value)).optional(implicitTag(0));
  return keyId && contentOf(keyId).toString('hex');
}

function basicConstraintsOf(value: Element): BasicConstraints {
  const members = new Members(value);
  const ca = members.optional(BOOLEAN);
  const limit = members.optional(INTEGER);
  members.expectEnd();
  return { ca: ca !== undefined && booleanOf(ca), pathLength: limit && smallIntegerOf(limit) };
}

const USAGES = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
];

function keyUsageOf(value: Element): readonly string[] {
  expectTag(value, BIT_STRING);
  return setBits(value)
    .map(bit => USAGES[bit])
    .filter(usage => usage !== undefined);
}

const PURPOSES: ReadonlyMap<string, string> = new Map([
  ['2.5.29.37.0', 'anyExtendedKeyUsage'],
  ['1.3.6.1.5.5.7.3.1', 'serverAuth'],
  ['1.3.6.1.5.5.7.3.2', 'clientAuth'],
  ['1.3.6.1.5.5.7.3.3', 'codeSigning'],
  ['1.3.6.1.5.5.7.3.4', 'emailProtection'],
  ['1.3.6.1.5.5.7.3.8', 'timeStamping'],
  ['1.3.6.1.5.5.7.3.9', 'OCSPSigning'],
]);

function extendedKeyUsageOf(value: Element): readonly string[] {
  expectTag(value, SEQUENCE);
  return [...childrenOf(value)].map(oidOf).map(oid => PURPOSES.get(oid) ?? oid);
}

function octetsHex(value: Element): string {
  expectTag(value, OCTET_STRING);
  return contentOf(value).toString('hex');
}
