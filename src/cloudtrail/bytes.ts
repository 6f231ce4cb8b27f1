import { once } from 'node:events';
import { promisify } from 'node:util';
import { createGunzip, type Gunzip, gunzip } from 'node:zlib';

export interface UnpackOptions {
  /** Bytes that may come out. */
  readonly limit: number;
  /** Bytes that will come in, where that is known. */
  readonly size: number | undefined;
}

/**
 * The bytes of a stream, unpacked when they are gzip (by their first two bytes, whatever the name): a small file in one piece,
 * where it comes in one.
 */
export async function* unpacked(chunks: AsyncIterable<Buffer>, { limit, size }: UnpackOptions): AsyncGenerator<Buffer> {
  const { head, rest } = await peek(chunks, 2);
  if (head[0] !== 0x1f || head[1] !== 0x8b) yield* rest;
  else {
    const whole = head.length === size ? await unpackedAtOnce(head, limit) : undefined;
    if (whole === undefined) yield* gunzipped(rest, limit);
    else {
      // To the end of the stream, which closes the file then.
      for await (const _ of rest);
      checked.add(whole);
      yield whole;
    }
  }
}

/** Whether these bytes are a whole file that was packed, and are those that were packed: gzip has a checksum. */
export function isChecked(bytes: Buffer): boolean {
  return checked.has(bytes);
}

const checked = new WeakSet<Buffer>();

/** What a file unpacks to that says itself that it is small, and is neither damaged nor made to waste time. */
async function unpackedAtOnce(packed: Buffer, limit: number): Promise<Buffer | undefined> {
  const size = packed.length < LEAST_PACKED ? 0 : packed.readUInt32LE(packed.length - 4);
  if (size > Math.min(limit, MOST_WHOLE, packed.length * MOST_TIMES)) return undefined;
  try {
    return await unpack(packed, { chunkSize: Math.max(LEAST_AT_ONCE, size + 1), maxOutputLength: size + 1 });
  } catch {
    // Whoever takes it piece by piece finds out what is wrong, and where.
    return undefined;
  }
}

const unpack = promisify<Buffer, { chunkSize: number; maxOutputLength: number }, Buffer>(gunzip);

/** Header and trailer of gzip (RFC 1952). */
const LEAST_PACKED = 18;
/** Bytes; CloudTrail's files stay below 50 MB, and nearly all below a tenth of that. */
const MOST_WHOLE = 2 ** 24;

/** UTF-8, whatever the bytes are: UTF-16 where a byte order mark says so (PowerShell writes it). The mark is dropped. */
export async function* utf8(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const { head, rest } = await peek(chunks, MARK.length);
  const encoding = encodingOf(head);
  if (encoding !== 'utf-8') yield* transcoded(rest, encoding);
  else if (head.subarray(0, MARK.length).equals(MARK)) yield* without(MARK.length, rest);
  else yield* rest;
}

/** UTF-8's byte order mark. */
const MARK = Buffer.from('\ufeff');

async function* transcoded(chunks: AsyncIterable<Buffer>, encoding: string): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of chunks) yield Buffer.from(decoder.decode(chunk, { stream: true }));
  yield Buffer.from(decoder.decode());
}

async function* without(length: number, chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let left = length;
  for await (const chunk of chunks) {
    yield chunk.subarray(left);
    left = 0;
  }
}

function encodingOf(head: Buffer): string {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  return head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : 'utf-8';
}

/** The first bytes, so many or more (fewer when there are no more), and the same stream whole. */
async function peek(
  chunks: AsyncIterable<Buffer>,
  length: number,
): Promise<{ head: Buffer; rest: AsyncIterable<Buffer> }> {
  const iterator = chunks[Symbol.asyncIterator]();
  let head: Buffer = Buffer.alloc(0);
  let isDone = false;
  while (head.length < length && !isDone) {
    const next = await iterator.next();
    isDone = next.done === true;
    if (!isDone) head = head.length === 0 ? next.value : Buffer.concat([head, next.value]);
  }
  return { head, rest: chain(head, iterator) };
}

async function* chain(head: Buffer, iterator: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield head;
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
  } finally {
    await iterator.return?.();
  }
}

/** Unpacks; what came out before the place where the file is cut or damaged still comes, then the error is thrown. */
async function* gunzipped(chunks: AsyncIterable<Buffer>, limit: number): AsyncGenerator<Buffer> {
  const seen: Buffer[] = [];
  let given = 0;
  try {
    for await (const piece of inflated(remembered(chunks, seen), limit)) {
      given += piece.length;
      yield piece;
    }
  } catch (error) {
    if (isDamage(error)) yield* beforeDamage(seen, given);
    throw error;
  }
}

function isDamage(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'Z_DATA_ERROR';
}

/** Packed bytes kept for a second look; a longer file loses what its last chunk held before the damage. */
const REMEMBERED = 1 << 20;

async function* remembered(chunks: AsyncIterable<Buffer>, seen: Buffer[]): AsyncGenerator<Buffer> {
  let total = 0;
  for await (const chunk of chunks) {
    total += chunk.length;
    if (total <= REMEMBERED) seen.push(chunk);
    else seen.length = 0;
    yield chunk;
  }
}

/** zlib's stream drops what it had unpacked of the chunk that it fails in: the same again, that chunk byte by byte. */
async function* beforeDamage(seen: readonly Buffer[], given: number): AsyncGenerator<Buffer> {
  let skip = given;
  try {
    for await (const piece of inflated(byteByByte(seen), Number.POSITIVE_INFINITY)) {
      if (piece.length > skip) yield piece.subarray(skip);
      skip = Math.max(skip - piece.length, 0);
    }
  } catch {
    // The same damage; it is thrown by the caller.
  }
}

async function* byteByByte(chunks: readonly Buffer[]): AsyncGenerator<Buffer> {
  yield* chunks.slice(0, -1);
  const last = chunks.at(-1) ?? Buffer.alloc(0);
  for (let at = 0; at < last.length; at++) yield last.subarray(at, at + 1);
}

/**
 * Every event has two random ids of its own, 32 bytes that nothing makes shorter, so that no log shrinks to a hundredth. What
 * unpacks to more than `MOST_TIMES` its size, and to more than CloudTrail's own files do, is made to waste time.
 */
const MOST_TIMES = 200;
const ALWAYS_ALLOWED = 2 ** 26;

/** Bytes that are unpacked at a time. */
const MOST_AT_ONCE = 2 ** 18;
const LEAST_AT_ONCE = 2 ** 14;

/** Hands out all that a chunk gave before the next one is read. Throws when more than `limit` bytes come out, or far too many. */
async function* inflated(chunks: AsyncIterable<Buffer>, limit: number): AsyncGenerator<Buffer> {
  const { head, rest } = await peek(chunks, 2);
  const gunzip = createGunzip({ chunkSize: Math.min(MOST_AT_ONCE, Math.max(LEAST_AT_ONCE, 16 * head.length)) });
  const ready: Buffer[] = [];
  let packed = 0;
  let total = 0;
  gunzip.on('data', (chunk: Buffer) => {
    total += chunk.length;
    ready.push(chunk);
    if (total > limit) gunzip.destroy(new Error(`unpacks to more than ${limit} bytes`));
    else if (total > Math.max(ALWAYS_ALLOWED, packed * MOST_TIMES))
      gunzip.destroy(new Error(`unpacks to more than ${MOST_TIMES} times its size, which no log does`));
  });
  const failure = failureOf(gunzip);
  try {
    for await (const chunk of sliced(rest)) {
      packed += chunk.length;
      await Promise.race([written(gunzip, chunk), failure]);
      yield* ready.splice(0);
      if (gunzip.errored !== null) break;
    }
    await ended(gunzip);
    yield* ready.splice(0);
    if (gunzip.errored !== null) throw gunzip.errored;
  } finally {
    gunzip.destroy();
  }
}

/** Not more at a time than what it unpacks to can be kept. */
async function* sliced(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const chunk of chunks)
    for (let at = 0; at < chunk.length; at += PACKED_AT_ONCE) yield chunk.subarray(at, at + PACKED_AT_ONCE);
}

const PACKED_AT_ONCE = 2 ** 16;

/** Settles, never rejects, when the stream fails. */
function failureOf(gunzip: Gunzip): Promise<void> {
  return new Promise(resolve => gunzip.on('error', () => resolve()));
}

function written(gunzip: Gunzip, chunk: Buffer): Promise<void> {
  return new Promise(resolve => gunzip.write(chunk, () => resolve()));
}

async function ended(gunzip: Gunzip): Promise<void> {
  if (gunzip.errored !== null) return;
  gunzip.end();
  await Promise.race([once(gunzip, 'end'), once(gunzip, 'close')]).catch(() => undefined);
}
