import { CallFailure } from '../aws/failure.ts';
import type { S3, S3Object, S3Path } from '../aws/s3.ts';
import {
  type Elsewhere,
  type ReadOptions,
  type ReadProblem,
  type RecordRead,
  readRecords,
  type Source,
} from '../cloudtrail/read.ts';

export interface LogOptions {
  /** The AWS profile for `s3://` paths. */
  readonly profile: string | undefined;
  readonly onProblem: (problem: ReadProblem) => void;
  readonly onChunk?: ReadOptions['onChunk'];
  readonly onFile?: ReadOptions['onFile'];
  readonly wants?: ReadOptions['wants'];
  readonly needles?: ReadOptions['needles'];
}

/**
 * CloudTrail records from files, folders, globs, `-` and `s3://bucket/prefix`. S3's client is loaded only where such a path is
 * named. Throws UserError for a profile, an endpoint or a bucket's name that is none.
 */
export async function openLogs(
  paths: readonly string[],
  { profile, ...on }: LogOptions,
): Promise<AsyncIterable<RecordRead>> {
  return readRecords(paths, { ...on, elsewhere: await elsewhereFor(paths, profile) });
}

async function elsewhereFor(paths: readonly string[], profile: string | undefined): Promise<Elsewhere> {
  const remote = paths.filter(path => path.startsWith('s3://'));
  if (remote.length === 0) return () => undefined;
  const { openS3, s3PathOf } = await import('../aws/s3.ts');
  const places = new Map(remote.map(path => [path, s3PathOf(path)]));
  const s3 = await openS3(profile);
  return (path, onProblem) => {
    const place = places.get(path);
    return place === undefined ? undefined : sourcesIn(s3, { path, place, onProblem });
  };
}

interface Bucket {
  readonly path: string;
  readonly place: S3Path;
  readonly onProblem: (problem: ReadProblem) => void;
}

/** The folders beside CloudTrail's log files that hold no events (CloudTrail user guide, "Finding your CloudTrail log files"). */
const LEFT_OUT = { digest: /(^|\/)CloudTrail-Digest\//, Insight: /(^|\/)CloudTrail-Insight\// } as const;

async function* sourcesIn(s3: S3, { path: file, place, onProblem }: Bucket): AsyncGenerator<Source> {
  const counts = { digest: 0, Insight: 0, listed: 0 };
  try {
    for await (const object of s3.objectsAt(place)) {
      counts.listed += 1;
      if (LEFT_OUT.digest.test(object.key)) counts.digest += 1;
      else if (LEFT_OUT.Insight.test(object.key)) counts.Insight += 1;
      else if (object.bytes > 0) yield { name: object.name, isNamed: false, open: () => told(object) };
    }
    if (counts.listed === 0) onProblem({ kind: 'unreadable', file, message: 'no object has a key that begins so' });
  } catch (error) {
    if (!(error instanceof CallFailure)) throw error;
    onProblem({ kind: 'unreadable', file, message: `not listed: ${error.code}: ${error.message}` });
  }
  for (const what of ['digest', 'Insight'] as const)
    if (counts[what] > 0) onProblem({ kind: 'skipped', file, message: skipped(counts[what], what) });
}

function skipped(count: number, what: string): string {
  return `${count} ${what} ${count === 1 ? 'file' : 'files'} skipped`;
}

/** What the reader tells of an error is its message. */
async function* told(object: S3Object): AsyncGenerator<Buffer> {
  try {
    yield* object.open();
  } catch (error) {
    throw error instanceof CallFailure ? new Error(`${error.code}: ${error.message}`, { cause: error }) : error;
  }
}
