import ipaddr from 'ipaddr.js';
import type { Leaf } from '../lookup.ts';
import type { Matcher } from './matcher.ts';
import { satisfies } from './matcher.ts';

/** Addresses and CIDR blocks; an IPv4 address equals its IPv4-mapped IPv6 form. Ordered by their 128 bits. */
export const ip: Matcher = {
  equals({ text }) {
    const block = blockOf(text);
    if (block === undefined) return notAnAddress;
    return leaf => {
      const address = addressOf(leaf);
      return address !== undefined && address >= block.first && address <= block.last;
    };
  },
  wildcard() {
    return {
      misfit: 'is an IP address: a wildcard cannot match it',
      hint: 'Use a block (10.0.0.0/8), or * alone for any value.',
    };
  },
  range(operator, { text }) {
    const bound = addressOf(text);
    if (bound === undefined) return notAnAddress;
    return leaf => {
      const address = addressOf(leaf);
      return address !== undefined && satisfies(operator, address < bound ? -1 : Number(address > bound));
    };
  },
};

const notAnAddress = {
  misfit: 'is an IP address',
  hint: 'Write an address or, with a colon (equality), a block such as 10.0.0.0/8; IPv6 needs quotes.',
};

/** Sixteen bytes as hexadecimal text, whose order is the address's order; undefined for anything else. */
function addressOf(leaf: Leaf): string | undefined {
  const bytes = bytesOf(String(leaf));
  return bytes === undefined ? undefined : hexadecimal(bytes);
}

/** First and last address of `address` or `address/bits`. */
function blockOf(text: string): { first: string; last: string } | undefined {
  const [address = '', bits, ...more] = text.split('/');
  const bytes = bytesOf(address);
  if (bytes === undefined || more.length > 0) return undefined;
  const width = address.includes(':') ? 128 : 32;
  const length = bits === undefined ? width : /^\d{1,3}$/.test(bits) ? Number(bits) : Number.NaN;
  if (!(length <= width)) return undefined;
  const fixed = length + 128 - width;
  return {
    first: hexadecimal(bytes.map((byte, at) => byte & mask(fixed, at))),
    last: hexadecimal(bytes.map((byte, at) => byte | (~mask(fixed, at) & 0xff))),
  };
}

/** The byte of a netmask of so many bits. */
function mask(bits: number, at: number): number {
  const own = Math.min(8, Math.max(0, bits - at * 8));
  return (0xff << (8 - own)) & 0xff;
}

/** Strict: four decimal parts, or IPv6 without a zone. The library alone would take `10.1` and octal. */
function bytesOf(text: string): number[] | undefined {
  if (text.length > 45) return undefined;
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text).toIPv4MappedAddress().toByteArray();
  if (text.includes(':') && !text.includes('%') && ipaddr.IPv6.isValid(text))
    return ipaddr.IPv6.parse(text).toByteArray();
  return undefined;
}

function hexadecimal(bytes: readonly number[]): string {
  return bytes.map(byte => byte.toString(16).padStart(2, '0')).join('');
}
