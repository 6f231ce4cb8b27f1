import { checkPrimeSync, createHash, type JsonWebKey } from 'node:crypto';

const EXPONENT = 65537n;

/** An RSA key whose primes are found from a seed. `n` and `e` are big-endian bytes. */
export function rsaNumbers(seed: string, modulusBits: number): { jwk: JsonWebKey; n: Buffer; e: Buffer } {
  const p = primeFrom(`${seed}/p`, modulusBits / 2);
  const q = primeFrom(`${seed}/q`, modulusBits / 2);
  const d = inverse(EXPONENT, (p - 1n) * (q - 1n));
  const [dp, dq, qi] = [d % (p - 1n), d % (q - 1n), inverse(q, p)];
  const part = (value: bigint): string => bytesOf(value).toString('base64url');
  const jwk = { kty: 'RSA', n: part(p * q), e: part(EXPONENT), d: part(d), p: part(p), q: part(q) };
  return { jwk: { ...jwk, dp: part(dp), dq: part(dq), qi: part(qi) }, n: bytesOf(p * q), e: bytesOf(EXPONENT) };
}

/** The two top bits are set, so that two such primes multiply to exactly twice the bits. */
function primeFrom(seed: string, bits: number): bigint {
  let candidate = streamOf(seed, bits / 8) | (3n << BigInt(bits - 2)) | 1n;
  while ((candidate - 1n) % EXPONENT === 0n || !checkPrimeSync(candidate, { checks: 10 })) candidate += 2n;
  return candidate;
}

function streamOf(seed: string, length: number): bigint {
  let hex = '';
  for (let block = 0; hex.length < length * 2; block++)
    hex += createHash('sha512').update(`${seed}/${block}`).digest('hex');
  return BigInt(`0x${hex.slice(0, length * 2)}`);
}

/** The number that `value` times makes 1 modulo `modulus`. */
export function inverse(value: bigint, modulus: bigint): bigint {
  let [r, nextR, t, nextT] = [modulus, value % modulus, 0n, 1n];
  while (nextR !== 0n) {
    const quotient = r / nextR;
    [r, nextR, t, nextT] = [nextR, r - quotient * nextR, nextT, t - quotient * nextT];
  }
  return ((t % modulus) + modulus) % modulus;
}

function bytesOf(value: bigint): Buffer {
  const hex = value.toString(16);
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
}
