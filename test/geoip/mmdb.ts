/** Writes MaxMind DB files, as their public specification has it (https://maxmind.github.io/MaxMind-DB/), for tests. */

export type Value = string | number | boolean | readonly Value[] | { readonly [name: string]: Value };

export interface Mmdb {
  readonly type: string;
  /** 6 unless said otherwise: an IPv4 network stands in the first 32 bits' zeros then. */
  readonly ipVersion?: 4 | 6;
  /** Bits of a record: 24 unless said otherwise. */
  readonly recordSize?: 24 | 28 | 32;
  /** Networks (`192.0.2.0/24`, `2001:db8::/32`) and what is told of them. */
  readonly networks: Readonly<Record<string, Value>>;
}

const SEPARATOR = Buffer.alloc(16);
const MARK = Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1');

export function mmdb({ type, ipVersion = 6, recordSize = 24, networks }: Mmdb): Buffer {
  const data: Buffer[] = [];
  let length = 0;
  const root: Node = [undefined, undefined];
  for (const [network, value] of Object.entries(networks)) {
    put(root, bitsOf(network, ipVersion), length);
    const bytes = encoded(value);
    data.push(bytes);
    length += bytes.length;
  }
  const nodes = nodesOf(root);
  const tree = nodes.map(node =>
    record(
      node.map(side => pointer(side, nodes)),
      recordSize,
    ),
  );
  return Buffer.concat([
    ...tree,
    SEPARATOR,
    ...data,
    MARK,
    encoded(metadata(type, ipVersion, recordSize, nodes.length)),
  ]);
}

/** Two sides, each another node, a place in the data, or nothing. */
type Node = [Node | number | undefined, Node | number | undefined];

function put(root: Node, bits: readonly number[], place: number): void {
  let node = root;
  for (const bit of bits.slice(0, -1)) {
    const next = node[bit as 0 | 1];
    if (typeof next === 'object') node = next;
    else {
      const made: Node = [next, next];
      node[bit as 0 | 1] = made;
      node = made;
    }
  }
  node[bits.at(-1) as 0 | 1] = place;
}

function nodesOf(root: Node): Node[] {
  const all = [root];
  for (const node of all) for (const side of node) if (typeof side === 'object') all.push(side);
  return all;
}

function pointer(side: Node[0], nodes: readonly Node[]): number {
  if (side === undefined) return nodes.length;
  return typeof side === 'object' ? nodes.indexOf(side) : nodes.length + SEPARATOR.length + side;
}

function record([left = 0, right = 0]: readonly number[], size: 24 | 28 | 32): Buffer {
  if (size === 28) {
    const middle = ((left >>> 24) << 4) | (right >>> 24);
    return Buffer.concat([bigEndian(left & 0xffffff, 3), Buffer.of(middle), bigEndian(right & 0xffffff, 3)]);
  }
  return Buffer.concat([bigEndian(left, size / 8), bigEndian(right, size / 8)]);
}

function bitsOf(network: string, ipVersion: 4 | 6): readonly number[] {
  const [address = '', length = ''] = network.split('/');
  const own = address.includes(':') ? ipv6Bytes(address) : address.split('.').map(Number);
  const bits = own.flatMap(byte => [...byte.toString(2).padStart(8, '0')].map(Number)).slice(0, Number(length));
  const zeros = ipVersion === 6 && !address.includes(':') ? new Array<number>(96).fill(0) : [];
  return [...zeros, ...bits];
}

function ipv6Bytes(address: string): number[] {
  const [left = [], right = []] = address.split('::').map(half => half.split(':').filter(part => part !== ''));
  const zeros = new Array<string>(8 - left.length - right.length).fill('0');
  return [...left, ...zeros, ...right].flatMap(part => [...bigEndian(Number.parseInt(part, 16), 2)]);
}

const [STRING, DOUBLE, UINT32, MAP, ARRAY, BOOLEAN] = [2, 3, 6, 7, 11, 14];

function encoded(value: Value): Buffer {
  if (typeof value === 'string') return Buffer.concat([control(STRING, Buffer.byteLength(value)), Buffer.from(value)]);
  if (typeof value === 'boolean') return control(BOOLEAN, Number(value));
  if (typeof value === 'number') return number(value);
  if (Array.isArray(value)) return Buffer.concat([control(ARRAY, value.length), ...value.map(encoded)]);
  const entries = Object.entries(value);
  return Buffer.concat([
    control(MAP, entries.length),
    ...entries.flatMap(([key, one]) => [encoded(key), encoded(one)]),
  ]);
}

/** A whole number that is none of these, a coordinate, is to be written as 48.0000001. */
function number(value: number): Buffer {
  if (Number.isInteger(value) && value >= 0) return Buffer.concat([control(UINT32, 4), bigEndian(value, 4)]);
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return Buffer.concat([control(DOUBLE, 8), bytes]);
}

/** Types above 7 stand in a byte of their own; sizes above 28 in one or two. */
function control(type: number, size: number): Buffer {
  const short = size < 29 ? size : size < 285 ? 29 : 30;
  const first = type > 7 ? [short, type - 7] : [(type << 5) | short];
  const rest = short === 29 ? bigEndian(size - 29, 1) : short === 30 ? bigEndian(size - 285, 2) : Buffer.alloc(0);
  return Buffer.concat([Buffer.from(first), rest]);
}

function bigEndian(value: number, bytes: number): Buffer {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntBE(value, 0, bytes);
  return buffer;
}

function metadata(type: string, ipVersion: number, recordSize: number, nodes: number): Value {
  return {
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: 1_764_000_000,
    database_type: type,
    description: { en: 'made by a test' },
    ip_version: ipVersion,
    languages: ['en'],
    node_count: nodes,
    record_size: recordSize,
  };
}
