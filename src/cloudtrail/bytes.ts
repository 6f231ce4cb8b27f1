import { once } from 'node:events';
import { createGunzip, type Gunzip } from 'node:zlib';

/** The bytes of a stream, unpacked when they are gzip (by their first two bytes, whatever the name). */
export async function* unpacked(chunks: AsyncIterable<Buffer>, limit: number): AsyncGenerator<Buffer> {
  const { head, rest } = await peek(chunks);
  yield* head[0] === 0x1f && head[1] === 0x8b ? gunzipped(rest, limit) : rest;
}

/** Text from bytes: UTF-16 where a byte order mark says so (PowerShell writes it), UTF-8 otherwise; the mark is dropped. */
export async function* decoded(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const { head, rest } = await peek(chunks);
  const decoder = new TextDecoder(encodingOf(head));
  for await (const chunk of rest) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

function encodingOf(head: Buffer): string {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  return head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : 'utf-8';
}

/** The first two bytes (fewer when there are no more), and the same stream whole. */
async function peek(chunks: AsyncIterable<Buffer>): Promise<{ head: Buffer; rest: AsyncIterable<Buffer> }> {
  const iterator = chunks[Symbol.asyncIterator]();
  let head: Buffer = Buffer.alloc(0);
  let isDone = false;
  while (head.length < 2 && !isDone) {
    const next = await iterator.next();
    isDone = next.done === true;
    if (!isDone) head = Buffer.concat([head, next.value]);
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

/**
 * Unpacks, handing out everything that was unpacked before an error (a cut or damaged file) is thrown: the ordinary
 * stream drops what it still holds. Throws when more than `limit` bytes come out.
 */
async function* gunzipped(chunks: AsyncIterable<Buffer>, limit: number): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: 256 * 1024 });
  const ready: Buffer[] = [];
  let total = 0;
  gunzip.on('data', (chunk: Buffer) => {
    total += chunk.length;
    ready.push(chunk);
    if (total > limit) gunzip.destroy(new Error(`unpacks to more than ${limit} bytes`));
  });
  const failure = failureOf(gunzip);
  try {
    for await (const chunk of chunks) {
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
