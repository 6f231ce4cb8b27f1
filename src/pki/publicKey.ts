import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { oncePer } from '../memo/oncePer.ts';
import { BIT_STRING, bytesOf, type Element, INTEGER, Members, OID, SEQUENCE, wholeElement } from './der.ts';
import { bitLengthOf, bitString, oidOf } from './derValues.ts';

/** A certificate's public key, by what its SubjectPublicKeyInfo says of itself. */
export interface PublicKey {
  /** `rsa`, `rsa-pss`, `ec`, `ed25519`, `ml-dsa-65`, …; the dotted identifier of a type that is not known here. */
  readonly type: string;
  /** The modulus of RSA and DSA, the field of a curve; undefined where the type fixes it, or where it is not known. */
  readonly bits: number | undefined;
  /** `P-256`, `secp256k1`; the dotted identifier of a curve that is not known here; undefined for one given by numbers. */
  readonly curve: string | undefined;
  /** Of the public exponent of RSA; undefined for other types. */
  readonly exponentBits: number | undefined;
  /** SHA-256 of the SubjectPublicKeyInfo, lower-case hex: equal for certificates over the same key. */
  readonly sha256: string;
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Buffer;
}

/** Throws DerError. */
export function publicKeyOf(element: Element): PublicKey {
  const spki = bytesOf(element);
  const members = new Members(element);
  const algorithm = new Members(members.next(SEQUENCE));
  const oid = oidOf(algorithm.next(OID));
  const key = members.next(BIT_STRING);
  const type = TYPES.get(oid) ?? oid;
  return { type, ...sizeOf(type, algorithm, key), sha256: createHash('sha256').update(spki).digest('hex'), spki };
}

type Size = Pick<PublicKey, 'bits' | 'curve' | 'exponentBits'>;

const NO_SIZE: Size = { bits: undefined, curve: undefined, exponentBits: undefined };

function sizeOf(type: string, algorithm: Members, key: Element): Size {
  if (type === 'rsa' || type === 'rsa-pss') return { ...NO_SIZE, ...rsaBits(key) };
  if (type === 'ec') return curveOf(algorithm.optional(OID));
  if (type === 'dsa') return { ...NO_SIZE, bits: dsaBits(algorithm.optional(SEQUENCE)) };
  return NO_SIZE;
}

function rsaBits(key: Element): Partial<Size> {
  const numbers = new Members(wholeElement(bitString(key).bytes));
  return { bits: bitLengthOf(numbers.next(INTEGER)), exponentBits: bitLengthOf(numbers.next(INTEGER)) };
}

function dsaBits(parameters: Element | undefined): number | undefined {
  return parameters && bitLengthOf(new Members(parameters).next(INTEGER));
}

/** A curve that is given by numbers instead of its name (RFC 5480 forbids it) is not known. */
function curveOf(name: Element | undefined): Size {
  if (name === undefined) return NO_SIZE;
  const oid = oidOf(name);
  const [curve, bits] = CURVES.get(oid) ?? [oid, undefined];
  return { ...NO_SIZE, curve, bits };
}

/** The key as OpenSSL takes it; undefined where it does not, or where it is of a kind that nobody should try. */
export function usableKey(key: PublicKey): KeyObject | undefined {
  if (!USABLE.has(key.type) || (key.type === 'ec' && key.bits === undefined)) return undefined;
  if ((key.exponentBits ?? 0) > MOST_EXPONENT_BITS) return undefined;
  if (key.exponentBits !== undefined && (key.bits ?? 0) > MOST_MODULUS_BITS) return undefined;
  return keyFrom(key);
}

/**
 * An exponent as long as the modulus makes a signature some hundred times as dear to verify, and a modulus of 16,384 bits some
 * ten times; hardly anybody's key has either.
 */
const MOST_EXPONENT_BITS = 64;
const MOST_MODULUS_BITS = 8192;

/**
 * A CA's key is asked for as often as it signed something. Node throws for types that its OpenSSL does not know (ML-DSA on Node 20),
 * and for numbers that are no key.
 */
const keyFrom = oncePer(({ spki }: PublicKey): KeyObject | undefined => {
  try {
    return createPublicKey({ key: spki, format: 'der', type: 'spki' });
  } catch {
    return undefined;
  }
});

const TYPES: ReadonlyMap<string, string> = new Map([
  ['1.2.840.113549.1.1.1', 'rsa'],
  ['1.2.840.113549.1.1.10', 'rsa-pss'],
  ['1.2.840.10045.2.1', 'ec'],
  ['1.2.840.10040.4.1', 'dsa'],
  ['1.3.101.112', 'ed25519'],
  ['1.3.101.113', 'ed448'],
  ['2.16.840.1.101.3.4.3.17', 'ml-dsa-44'],
  ['2.16.840.1.101.3.4.3.18', 'ml-dsa-65'],
  ['2.16.840.1.101.3.4.3.19', 'ml-dsa-87'],
]);

const KNOWN: ReadonlySet<string> = new Set(TYPES.values());

/** False for a type that is only its dotted identifier. */
export function isKnownType(type: string): boolean {
  return KNOWN.has(type);
}

const USABLE: ReadonlySet<string> = new Set([...TYPES.values()].filter(type => type !== 'dsa'));

/** SEC 2 and RFC 5639. */
const CURVES: ReadonlyMap<string, readonly [string, number]> = new Map([
  ['1.2.840.10045.3.1.1', ['P-192', 192]],
  ['1.2.840.10045.3.1.7', ['P-256', 256]],
  ['1.3.132.0.8', ['secp160r1', 160]],
  ['1.3.132.0.9', ['secp160k1', 160]],
  ['1.3.132.0.10', ['secp256k1', 256]],
  ['1.3.132.0.30', ['secp160r2', 160]],
  ['1.3.132.0.31', ['secp192k1', 192]],
  ['1.3.132.0.32', ['secp224k1', 224]],
  ['1.3.132.0.33', ['P-224', 224]],
  ['1.3.132.0.34', ['P-384', 384]],
  ['1.3.132.0.35', ['P-521', 521]],
  ['1.3.36.3.3.2.8.1.1.1', ['brainpoolP160r1', 160]],
  ['1.3.36.3.3.2.8.1.1.3', ['brainpoolP192r1', 192]],
  ['1.3.36.3.3.2.8.1.1.5', ['brainpoolP224r1', 224]],
  ['1.3.36.3.3.2.8.1.1.7', ['brainpoolP256r1', 256]],
  ['1.3.36.3.3.2.8.1.1.9', ['brainpoolP320r1', 320]],
  ['1.3.36.3.3.2.8.1.1.11', ['brainpoolP384r1', 384]],
  ['1.3.36.3.3.2.8.1.1.13', ['brainpoolP512r1', 512]],
]);
