import { constants, verify } from 'node:crypto';
import { oncePer } from '../memo/oncePer.ts';
import { type SignatureAlgorithm, signatureAlgorithm } from './algorithm.ts';
import { BIT_STRING, bytesOf, type Element, Members, SEQUENCE } from './der.ts';
import { bitString } from './derValues.ts';
import { type PublicKey, usableKey } from './publicKey.ts';

/** What certificates and revocation lists both are: a body, and a signature over it. */
export interface Signed {
  readonly body: Element;
  readonly algorithm: SignatureAlgorithm;
  readonly signature: Buffer;
}

/** Throws DerError. */
export function signedOf(element: Element): Signed {
  const members = new Members(element);
  const body = members.next(SEQUENCE);
  const algorithm = signatureAlgorithm(members.next(SEQUENCE));
  const signature = bitString(members.next(BIT_STRING)).bytes;
  members.expectEnd();
  return { body, algorithm, signature };
}

/**
 * Whether this key made that signature. Undefined where it cannot be told: an algorithm or a key that is not known here or
 * that this Node's OpenSSL does not know or no longer does.
 */
export function isSignedBy(signed: Signed, key: PublicKey): boolean | undefined {
  const { scheme, hash } = signed.algorithm;
  if (scheme === undefined || hash === undefined) return undefined;
  if (!fits(signed.algorithm, key)) return false;
  const known = answersFor(signed);
  if (!known.has(key.sha256)) known.set(key.sha256, isVerified(signed, hash, key));
  return known.get(key.sha256);
}

/** What became of each key that was tried, by its SHA-256: one key is in many certificates. */
const answersFor = oncePer((_: Signed) => new Map<string, boolean | undefined>());

function isVerified({ body, algorithm, signature }: Signed, hash: string, key: PublicKey): boolean | undefined {
  const usable = usableKey(key);
  if (usable === undefined) return undefined;
  try {
    return verify(
      hash === 'none' ? null : hash,
      bytesOf(body),
      { key: usable, ...(algorithm.scheme === 'rsa-pss' ? PSS : {}) },
      signature,
    );
  } catch {
    return undefined;
  }
}

const PSS = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO };

/** A key of one kind never made a signature of another; with an algorithm that is not known here, any key may have. */
export function fits({ scheme, text }: SignatureAlgorithm, { type }: PublicKey): boolean {
  if (scheme === undefined) return true;
  if (scheme === 'rsa') return type === 'rsa';
  if (scheme === 'rsa-pss') return type === 'rsa' || type === 'rsa-pss';
  if (scheme === 'ecdsa') return type === 'ec';
  if (scheme === 'dsa') return type === 'dsa';
  return type === text.toLowerCase();
}
