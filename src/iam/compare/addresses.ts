import ipaddr from 'ipaddr.js';
import { rangeIn } from '../condition/address.ts';

/** Addresses from the first to the last, as numbers; those of IPv6 by themselves. */
interface Range {
  readonly bits: number;
  readonly first: bigint;
  readonly last: bigint;
}

/** Ranges in one of which an address is, or, not `inside`, in none. */
export interface RangeRule {
  readonly texts: readonly string[];
  readonly inside: boolean;
}

/**
 * The lowest address by all rules, of IPv4 if there is one. It is the first of all, or the first of some range, or the
 * first after one: no other can be the lowest.
 */
export function addressBy(rules: readonly RangeRule[]): string | undefined {
  const read = rules.map(({ texts, inside }) => ({ ranges: texts.flatMap(text => rangeOf(text) ?? []), inside }));
  const candidates = [...START, ...read.flatMap(({ ranges }) => ranges.flatMap(edgesOf))].sort(byNumber);
  const found = candidates.find(address =>
    read.every(({ ranges, inside }) => ranges.some(range => isIn(address, range)) === inside),
  );
  return found && spelled(found);
}

interface Address {
  readonly bits: number;
  readonly number: bigint;
}

/** IPv6 addresses just before the last one of these are IPv4 ones in disguise. */
const START: readonly Address[] = [
  { bits: 32, number: 0n },
  { bits: 128, number: 0n },
  { bits: 128, number: 1n << 48n },
];

/** Read as the evaluator reads it: what matches nothing there is no range here. */
function rangeOf(text: string): Range | undefined {
  const read = rangeIn(text);
  if (read === undefined) return undefined;
  const [address, length] = read;
  const bytes = address.toByteArray();
  const bits = bytes.length * 8;
  const free = ones(bits - length);
  const number = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  return { bits, first: number & ~free, last: number | free };
}

function ones(bits: number): bigint {
  return (1n << BigInt(bits)) - 1n;
}

function edgesOf({ bits, first, last }: Range): readonly Address[] {
  const after = last + 1n;
  return [{ bits, number: first }, ...(after > ones(bits) ? [] : [{ bits, number: after }])];
}

function byNumber(a: Address, b: Address): number {
  if (a.bits !== b.bits) return a.bits - b.bits;
  return a.number < b.number ? -1 : a.number > b.number ? 1 : 0;
}

function isIn({ bits, number }: Address, range: Range): boolean {
  return bits === range.bits && range.first <= number && number <= range.last;
}

function spelled({ bits, number }: Address): string {
  const bytes = Array.from({ length: bits / 8 }, (_, at) => Number((number >> BigInt(bits - 8 * (at + 1))) & 0xffn));
  return ipaddr.fromByteArray(bytes).toString();
}
