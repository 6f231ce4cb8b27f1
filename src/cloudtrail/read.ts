import { type Elsewhere, type Source, sourcesOf } from './files.ts';
import type { CloudTrailRecord } from './record.ts';
import { recordsIn } from './shape.ts';
import { type ReadProblem, troublesIn } from './troubles.ts';
import { type ReadLimits, valuesOf } from './values.ts';

export { bytesAt, type Elsewhere, type Source } from './files.ts';
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
  /** Told of each chunk, as it lies in its file. */
  readonly onChunk?: (chunk: { readonly file: string; readonly bytes: number }) => void;
  /** Paths that are no files; all are files when absent. */
  readonly elsewhere?: Elsewhere;
}

/** CloudTrail's own files stay below 50 MB unpacked, its records below 1 MB. */
export const DEFAULT_LIMITS: ReadLimits = { unpacked: 2 ** 31, text: 2 ** 24, others: 100_000 };

/**
 * CloudTrail records from files, folders (recursively, in the order of names) and standard input (`-`): log files, lists, NDJSON,
 * LookupEvents output, single records; gzip or not. The content decides, not the name. What cannot be read goes to
 * `onProblem` and everything else still comes, also from before and after the bad place. Throws UserError only where a
 * path does not exist.
 */
export async function* readRecords(
  paths: readonly string[],
  { onProblem, onChunk, limits = DEFAULT_LIMITS, elsewhere }: ReadOptions,
): AsyncGenerator<RecordRead> {
  for await (const source of sourcesOf(paths, onProblem, elsewhere)) {
    const open = () => toldOf(source, onChunk);
    yield* readSource(onChunk === undefined ? source : { ...source, open }, { onProblem, limits });
  }
}

async function* toldOf({ name: file, open }: Source, onChunk: ReadOptions['onChunk']): AsyncGenerator<Buffer> {
  for await (const chunk of open()) {
    onChunk?.({ file, bytes: chunk.length });
    yield chunk;
  }
}

async function* readSource(
  source: Source,
  { onProblem, limits }: { onProblem: ReadOptions['onProblem']; limits: ReadLimits },
): AsyncGenerator<RecordRead> {
  const file = source.name;
  const troubles = troublesIn(file, limits.others, onProblem);
  let record = 0;
  for await (const values of valuesOf(source, limits)) {
    for (const value of values) {
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
