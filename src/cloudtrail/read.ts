import { type Ahead, ahead } from './ahead.ts';
import { isChecked, unpacked } from './bytes.ts';
import { type Elsewhere, type Source, sourcesOf } from './files.ts';
import { Glimpses } from './glimpse.ts';
import type { Wants } from './pieces.ts';
import type { CloudTrailRecord } from './record.ts';
import { recordsIn } from './shape.ts';
import { type Needles, recordsToPass } from './skim.ts';
import { type ReadProblem, troublesIn } from './troubles.ts';
import { type ReadLimits, type ValueOptions, valuesOf } from './values.ts';

export { bytesAt, type Elsewhere, type Source } from './files.ts';
export type { Glimpse } from './glimpse.ts';
export type { Head } from './head.ts';
export type { Wants } from './pieces.ts';
export type { Needles } from './skim.ts';
export type { ReadProblem } from './troubles.ts';

/** One record and where it stood: the `record`th of its file, in the JSON text that begins at `line` (both from 1). */
export interface RecordRead {
  readonly record: CloudTrailRecord;
  /** Its own JSON text, for what parsing loses: how numbers were written. Undefined where it is not at hand. */
  readonly source?: string | undefined;
  readonly file: string;
  readonly position: { readonly line: number; readonly record: number };
}

export interface ReadOptions {
  readonly onProblem: (problem: ReadProblem) => void;
  readonly limits?: ReadLimits;
  /** Told of each chunk, as it lies in its file; of some long before their turn. */
  readonly onChunk?: ((bytes: number) => void) | undefined;
  /** Told of each file, as it is its turn. */
  readonly onFile?: ((file: string) => void) | undefined;
  /** Paths that are no files; all are files when absent. */
  readonly elsewhere?: Elsewhere;
  /**
   * Leaves out records that nobody wants, without parsing them: that their brackets fit is all that is looked at, and what is
   * wrong inside of them goes unsaid. Absent: every record comes.
   */
  readonly wants?: Wants | undefined;
  /** Leaves out log files none of whose records can be wanted, without looking at each. */
  readonly needles?: Needles | undefined;
}

/** CloudTrail's own files stay below 50 MB unpacked, its records below 1 MB. */
export const DEFAULT_LIMITS: ReadLimits = { unpacked: 2 ** 31, text: 2 ** 21, others: 100_000 };

/**
 * CloudTrail records from files, folders (recursively, in the order of names) and standard input (`-`): log files, lists, NDJSON,
 * LookupEvents output, single records; gzip or not. The content decides, not the name. What cannot be read goes to
 * `onProblem` and everything else still comes, also from before and after the bad place. Throws UserError only where a
 * path does not exist.
 */
export async function* readRecords(
  paths: readonly string[],
  { onProblem, onChunk, limits = DEFAULT_LIMITS, elsewhere, wants, needles, onFile }: ReadOptions,
): AsyncGenerator<RecordRead> {
  const sources = sourcesOf(paths, onProblem, elsewhere);
  const glimpses = new Glimpses();
  for await (const opened of openedAhead(sources, { limits, onChunk })) {
    onFile?.(opened.source.name);
    if (!(await isPassed(opened, needles))) yield* readSource(opened, { onProblem, limits, wants, glimpses });
  }
}

/** A place whose bytes are on their way, unpacked. */
interface Opened {
  readonly source: Source;
  readonly chunks: Ahead<Buffer>;
}

async function isPassed({ source, chunks }: Opened, needles: Needles | undefined): Promise<boolean> {
  // A stream may take its time: it is read as it comes.
  const whole = needles === undefined || source.size === undefined ? undefined : await chunks.only();
  const isSafe = whole !== undefined && isChecked(whole);
  const count = needles === undefined || !isSafe ? undefined : recordsToPass(whole, needles);
  if (count !== undefined) needles?.passed(count);
  return count !== undefined;
}

/** So many places are opened before their turn: most files are small, and most of their time is waiting. */
const OPENED_AHEAD = 4;
/** Bytes, packed, of all that are opened before their turn. */
const MOST_AHEAD = 2 ** 20;
/** Of each so many chunks are unpacked before their turn, by another thread. */
const UNPACKED_AHEAD = 2;

async function* openedAhead(
  sources: AsyncIterable<Source>,
  { limits, onChunk }: { readonly limits: ReadLimits; readonly onChunk: ReadOptions['onChunk'] },
): AsyncGenerator<Opened> {
  const waiting: Opened[] = [];
  try {
    for await (const source of sources) {
      const packed = onChunk === undefined ? source.open() : toldOf(source, onChunk);
      const chunks = unpacked(packed, { limit: limits.unpacked, size: source.size });
      waiting.push({ source, chunks: ahead(chunks, UNPACKED_AHEAD) });
      while (waiting.length > OPENED_AHEAD || (waiting.length > 1 && bytesOf(waiting) > MOST_AHEAD))
        yield* waiting.splice(0, 1);
    }
    while (waiting.length > 0) yield* waiting.splice(0, 1);
  } finally {
    for (const { chunks } of waiting) await chunks.return?.();
  }
}

/** A stream may be of any size: it is counted as one that is read in small pieces. */
function bytesOf(opened: readonly Opened[]): number {
  return opened.reduce((sum, { source }) => sum + (source.size ?? 0), 0);
}

async function* toldOf({ open }: Source, onChunk: (bytes: number) => void): AsyncGenerator<Buffer> {
  for await (const chunk of open()) {
    onChunk(chunk.length);
    yield chunk;
  }
}

async function* readSource(
  { source, chunks }: Opened,
  { onProblem, ...options }: Pick<ReadOptions, 'onProblem'> & Omit<ValueOptions, 'chunks'>,
): AsyncGenerator<RecordRead> {
  const file = source.name;
  const troubles = troublesIn(file, options.limits.others, onProblem);
  let record = 0;
  for await (const values of valuesOf(source, { chunks, ...options })) {
    for (const value of values) {
      if (value.kind === 'passed') {
        record += value.count;
        continue;
      }
      if (value.kind !== 'value') troubles.add(value);
      else
        for (const found of recordsIn(value.value, value.text)) {
          if (found.kind !== 'record') troubles.add({ ...found, line: value.line });
          else
            yield {
              record: found.record,
              source: found.source,
              file,
              position: { line: value.line, record: ++record },
            };
        }
      if (troubles.areTooMany(value.line)) return troubles.end();
    }
  }
  troubles.end();
}
