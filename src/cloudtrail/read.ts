import { type Source, sourcesOf } from './files.ts';
import type { CloudTrailRecord } from './record.ts';
import { recordsIn } from './shape.ts';
import { type ReadLimits, valuesOf } from './values.ts';

/** One record and where it stood: the `record`th of its file, in the JSON text that begins at `line` (both from 1). */
export interface RecordRead {
  readonly record: CloudTrailRecord;
  readonly file: string;
  readonly position: { readonly line: number; readonly record: number };
}

/**
 * What could not be read: `unreadable` (a file or part of it), `not a record` (JSON, but something else), `skipped` (left out on purpose:
 * digest and Insight files, files in a folder that are no JSON), said once for each file.
 */
export interface ReadProblem {
  readonly kind: 'unreadable' | 'not a record' | 'skipped';
  readonly file: string;
  readonly line?: number;
  /** UTF-16 units from where the JSON text begins. */
  readonly offset?: number;
  readonly message: string;
}

export interface ReadOptions {
  readonly onProblem: (problem: ReadProblem) => void;
  readonly limits?: ReadLimits;
}

/** CloudTrail's own files stay below 50 MB unpacked. */
export const DEFAULT_LIMITS: ReadLimits = { unpacked: 2 ** 31, text: 2 ** 28 };

/**
 * CloudTrail records from files, folders (recursively, in the order of names) and standard input (`-`): log files, lists, NDJSON,
 * LookupEvents output, single records; gzip or not. The content decides, not the name. What cannot be read goes to
 * `onProblem` and everything else still comes, also from before and after the bad place. Throws UserError only where a
 * path does not exist.
 */
export async function* readRecords(
  paths: readonly string[],
  { onProblem, limits = DEFAULT_LIMITS }: ReadOptions,
): AsyncGenerator<RecordRead> {
  const sources = await sourcesOf(paths, (file, error) => {
    onProblem({ kind: 'unreadable', file, message: messageOf(error) });
  });
  for (const source of sources) yield* readSource(source, { onProblem, limits });
}

async function* readSource(source: Source, { onProblem, limits }: Required<ReadOptions>): AsyncGenerator<RecordRead> {
  const file = source.name;
  const skipped = new Map<string, number>();
  let record = 0;
  for await (const found of foundIn(source, limits)) {
    if (found.kind === 'record') yield { record: found.record, file, position: { line: found.line, record: ++record } };
    else if (found.kind === 'left out') skipped.set(found.what, (skipped.get(found.what) ?? 0) + 1);
    else onProblem({ file, ...found });
  }
  for (const [what, count] of skipped) {
    onProblem({ kind: 'skipped', file, message: `${count} ${what} ${count === 1 ? 'record' : 'records'} skipped` });
  }
}

async function* foundIn(source: Source, limits: ReadLimits) {
  for await (const value of valuesOf(source, limits)) {
    if (value.kind !== 'value') yield value;
    else for (const found of recordsIn(value.value)) yield { ...found, line: value.line };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
