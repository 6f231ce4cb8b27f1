import { createECDH, createHash, createHmac, createPrivateKey, sign as nodeSign } from 'node:crypto';
import { bits, integer, nothing, oid, sequence } from './der.ts';
import { inverse, rsaNumbers } from './primes.ts';

/**
 * A key made from a seed, whose signatures are the same on every run. Pretend keys only: whoever knows the seed, which
 * stands in a story, knows the key.
 */
export interface SigningKey {
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Buffer;
  /** The bits that a subject key identifier is the SHA-1 of. */
  readonly publicBits: Buffer;
  /** AlgorithmIdentifier of its signatures, DER. */
  readonly algorithm: Buffer;
  readonly sign: (message: Buffer) => Buffer;
}

const CURVE = 'prime256v1';
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

const EC_ALGORITHMS = { sha256: '1.2.840.10045.4.3.2', sha1: '1.2.840.10045.4.1' } as const;

/** P-256 with ECDSA; SHA-1 is there for what is signed too weakly. */
export function ecKey(seed: string, hash: keyof typeof EC_ALGORITHMS = 'sha256'): SigningKey {
  const secret = scalarFrom(createHash('sha512').update(seed).digest());
  const publicBits = pointOf(secret);
  return {
    publicBits,
    spki: sequence(sequence(oid('1.2.840.10045.2.1'), oid('1.2.840.10045.3.1.7')), bits(publicBits)),
    algorithm: sequence(oid(EC_ALGORITHMS[hash])),
    sign: message => ecdsa(secret, createHash(hash).update(message).digest()),
  };
}

const RSA_ALGORITHMS = {
  sha256: '1.2.840.113549.1.1.11',
  sha1: '1.2.840.113549.1.1.5',
  md5: '1.2.840.113549.1.1.4',
} as const;

/** RSA with PKCS #1 v1.5; SHA-1 and MD5 are there for the weak certificates of a story. */
export function rsaKey(seed: string, modulusBits: number, hash: keyof typeof RSA_ALGORITHMS = 'sha256'): SigningKey {
  const { jwk, n, e } = rsaNumbers(seed, modulusBits);
  const key = createPrivateKey({ key: jwk, format: 'jwk' });
  const publicBits = sequence(integer(n), integer(e));
  return {
    publicBits,
    spki: sequence(sequence(oid('1.2.840.113549.1.1.1'), nothing()), bits(publicBits)),
    algorithm: sequence(oid(RSA_ALGORITHMS[hash]), nothing()),
    sign: message => nodeSign(hash, message, key),
  };
}

const ML_DSA = {
  44: { id: '2.16.840.1.101.3.4.3.17', key: 1312, signature: 2420 },
  65: { id: '2.16.840.1.101.3.4.3.18', key: 1952, signature: 3309 },
  87: { id: '2.16.840.1.101.3.4.3.19', key: 2592, signature: 4627 },
} as const;

/** ML-DSA by its looks (RFC 9881): key and signatures are noise of the right length, since not every Node can make them. */
export function mlDsaKey(seed: string, set: keyof typeof ML_DSA): SigningKey {
  const { id, key, signature } = ML_DSA[set];
  const algorithm = sequence(oid(id));
  return { ...noiseKey(seed, algorithm, key), algorithm, sign: () => noise(`${seed}/signature`, signature) };
}

const WEAK_CURVE = { id: '1.3.132.0.33', point: 57 } as const;

/** An EC key on P-224, below what AWS takes, by its looks: nothing verifies with it. */
export function weakCurveKey(seed: string): SigningKey {
  const spkiAlgorithm = sequence(oid('1.2.840.10045.2.1'), oid(WEAK_CURVE.id));
  const { sign, algorithm } = ecKey(seed);
  return { ...noiseKey(seed, spkiAlgorithm, WEAK_CURVE.point), algorithm, sign };
}

function noiseKey(seed: string, algorithm: Buffer, length: number): Pick<SigningKey, 'publicBits' | 'spki'> {
  const publicBits = noise(seed, length);
  return { publicBits, spki: sequence(algorithm, bits(publicBits)) };
}

function noise(seed: string, length: number): Buffer {
  return createHash('shake256', { outputLength: length }).update(seed).digest();
}

/** The nonce comes from key and message, so it is the same again for the same digest and never for another. */
function ecdsa(secret: bigint, digest: Buffer): Buffer {
  const nonce = scalarFrom(createHmac('sha512', bytesOf(secret)).update(digest).digest());
  const r = numberOf(pointOf(nonce).subarray(1, 33)) % ORDER;
  const s = (inverse(nonce, ORDER) * (numberOf(digest) + r * secret)) % ORDER;
  return sequence(integer(bytesOf(r)), integer(bytesOf(s)));
}

/** OpenSSL multiplies the generator, many times faster than arithmetic here would. 65 bytes, uncompressed. */
function pointOf(scalar: bigint): Buffer {
  const ecdh = createECDH(CURVE);
  ecdh.setPrivateKey(bytesOf(scalar));
  return ecdh.getPublicKey();
}

const scalarFrom = (bytes: Buffer): bigint => (numberOf(bytes) % (ORDER - 1n)) + 1n;
const numberOf = (bytes: Buffer): bigint => BigInt(`0x${bytes.toString('hex')}`);
const bytesOf = (value: bigint): Buffer => Buffer.from(value.toString(16).padStart(64, '0'), 'hex');
