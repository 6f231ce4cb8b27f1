/** DER, as much of it as certificates and CRLs need: every function answers the bytes of one whole element. */

export const sequence = (...parts: readonly Buffer[]): Buffer => element(0x30, Buffer.concat(parts));
export const set = (...parts: readonly Buffer[]): Buffer => element(0x31, Buffer.concat(parts));
export const octets = (content: Buffer): Buffer => element(0x04, content);
export const utf8 = (text: string): Buffer => element(0x0c, Buffer.from(text, 'utf8'));
export const printable = (text: string): Buffer => element(0x13, Buffer.from(text, 'latin1'));
export const ia5 = (tag: number, text: string): Buffer => element(tag, Buffer.from(text, 'latin1'));
export const nothing = (): Buffer => element(0x05, Buffer.alloc(0));
export const yes = (): Buffer => element(0x01, Buffer.from([0xff]));
/** `[n]` around other elements. */
export const tagged = (n: number, ...parts: readonly Buffer[]): Buffer => element(0xa0 + n, Buffer.concat(parts));
/** `[n]` instead of the element's own tag. */
export const retagged = (n: number, content: Buffer): Buffer => element(0x80 + n, content);

/** A positive integer, from its big-endian bytes. */
export function integer(bytes: Buffer): Buffer {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start++;
  const trimmed = bytes.subarray(start);
  return element(0x02, trimmed[0]! >= 0x80 ? Buffer.concat([Buffer.from([0]), trimmed]) : trimmed);
}

export const smallInteger = (value: number): Buffer => integer(Buffer.from(evenHex(value.toString(16)), 'hex'));

export const enumerated = (value: number): Buffer => element(0x0a, Buffer.from([value]));

/** `1.2.840.10045.4.3.2` */
export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return element(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

export function bits(content: Buffer, unused = 0): Buffer {
  return element(0x03, Buffer.concat([Buffer.from([unused]), content]));
}

/** UTCTime from 1950 to 2049, GeneralizedTime for all other years (RFC 5280, 4.1.2.5). Seconds, UTC. */
export function time(at: Date): Buffer {
  const digits = `${at.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`;
  const isShort = at.getUTCFullYear() >= 1950 && at.getUTCFullYear() < 2050;
  return isShort ? element(0x17, Buffer.from(digits.slice(2))) : element(0x18, Buffer.from(digits));
}

export function element(tag: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([tag, ...lengthOf(content.length)]), content]);
}

function lengthOf(length: number): number[] {
  if (length < 0x80) return [length];
  const bytes = [...Buffer.from(evenHex(length.toString(16)), 'hex')];
  return [0x80 + bytes.length, ...bytes];
}

function base128(value: number): number[] {
  const groups = [value & 0x7f];
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) groups.unshift((rest & 0x7f) | 0x80);
  return groups;
}

const evenHex = (hex: string): string => (hex.length % 2 === 0 ? hex : `0${hex}`);
