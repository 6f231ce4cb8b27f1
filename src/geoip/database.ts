import { readFileSync } from 'node:fs';
import { Reader, type Response } from 'mmdb-lib';
import { UserError } from '../errors.ts';

/** A MaxMind DB file, read whole. */
export interface Database {
  readonly file: string;
  /** What its metadata calls it: `GeoLite2-City`. */
  readonly type: string;
  /**
   * What it says of an address, in the database's own shape; undefined where it has nothing. `unasked`: an IPv6 address, and a
   * database of IPv4 alone. Throws UserError where the file is damaged.
   */
  lookUp(address: string): { readonly record: unknown } | 'unasked';
}

/** Throws UserError for a file that cannot be read, is none, or is damaged as far as can be seen before the first question. */
export function openDatabase(file: string): Database {
  const bytes = bytesOf(file);
  const reader = readerOf(bytes, file);
  const { ipVersion, databaseType: type } = reader.metadata;
  return {
    file,
    type,
    lookUp(address) {
      const plain = address.replace(/^::ffff:(?=[\d.]+$)/i, '');
      if (ipVersion === 4 && plain.includes(':')) return 'unasked';
      return { record: soundly(file, () => reader.get(plain)) ?? undefined };
    },
  };
}

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    throw new UserError(`--geoip ${file} cannot be read: ${REASONS.get(code) ?? code}`, {
      where: file,
      hint: 'Name a database file, such as GeoLite2-City.mmdb.',
      cause,
    });
  }
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'there is no such file'],
  ['ENOTDIR', 'there is no such file'],
  ['EISDIR', 'it is a folder'],
  ['EACCES', 'permission denied'],
  ['ERR_FS_FILE_TOO_LARGE', 'it is larger than 2 GiB'],
]);

/** MaxMind DB file format specification, "Database Metadata": the last such mark, in the last 128 KiB. */
const MARK = Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1');
const METADATA_AT_MOST = 128 * 1024;
/** Between the search tree and the data are as many zeros. */
const SEPARATOR = 16;

function readerOf(bytes: Buffer, file: string): Reader<Response> {
  const end = bytes.lastIndexOf(MARK);
  if (end < 0 || bytes.length - end > METADATA_AT_MOST) throw notADatabase(bytes, file);
  const reader = soundly(file, () => new Reader<Response>(bytes, { cache: recent() }));
  if (!isSound(reader.metadata, end)) throw damaged(file);
  return reader;
}

function notADatabase(bytes: Buffer, file: string): UserError {
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return new UserError(`--geoip ${file} is no MaxMind database, or is cut short: it does not end as one`, {
    where: file,
    hint: isPacked ? 'It is packed: unpack it first (gunzip, tar xzf).' : 'Such files are called .mmdb; load it anew.',
  });
}

/** Whether the parts that the metadata tells of are there: a file with a piece missing keeps its end. */
function isSound(metadata: Reader<Response>['metadata'], end: number): boolean {
  const { binaryFormatMajorVersion: version, ipVersion, nodeCount, searchTreeSize, databaseType } = metadata;
  return (
    version === 2 &&
    (ipVersion === 4 || ipVersion === 6) &&
    Number.isSafeInteger(nodeCount) &&
    nodeCount > 0 &&
    searchTreeSize + SEPARATOR <= end &&
    typeof databaseType === 'string'
  );
}

/** Whatever the reader trips over is in the file: it does nothing but read. */
function soundly<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw damaged(file, cause);
  }
}

function damaged(file: string, cause?: unknown): UserError {
  return new UserError(`--geoip ${file} is damaged, or of a version that Postern does not know`, {
    where: file,
    hint: 'Load it anew, and compare its checksum.',
    cause,
  });
}

const MOST_KEPT = 10_000;

/** What was decoded last, by its place in the file: many networks share one record, and records their parts. */
function recent() {
  const kept = new Map<unknown, unknown>();
  return {
    get: (key: string | number) => kept.get(key),
    set(key: string | number, value: unknown) {
      if (kept.size >= MOST_KEPT) kept.clear();
      kept.set(key, value);
    },
  };
}
