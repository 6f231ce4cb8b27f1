import { createHash } from 'node:crypto';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The same seed, the same id. */
export function uuidFrom(seed: string): string {
  const hex = createHash('sha1').update(seed).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** `AROA`, `AIDA`, `AKIA` … and 17 characters of base 32 (AKIA and ASIA keys: 16). */
export function idFrom(prefix: string, seed: string): string {
  const length = prefix === 'AKIA' || prefix === 'ASIA' ? 16 : 17;
  const bytes = createHash('sha1').update(`${prefix}/${seed}`).digest();
  return (
    prefix +
    [...bytes]
      .slice(0, length)
      .map(byte => BASE32[byte % 32])
      .join('')
  );
}

/** Numbers from 0 to 1 that follow from a seed (mulberry32). */
export function randomFrom(seed: string): () => number {
  let state = createHash('sha1').update(seed).digest().readUInt32BE(0);
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
