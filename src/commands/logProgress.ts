import { bytesAt } from '../cloudtrail/read.ts';
import { readProgressOnStderr } from './readProgress.ts';

/** What has been read of log files. */
export interface LogTally {
  records: number;
  /** As they lie in their files. */
  bytes: number;
}

export interface LogProgress {
  /** Told of each chunk that is read, in bytes. */
  show(bytes: number): void;
  clear(): void;
}

/** Counts the bytes that are read of files at these paths, and shows on stderr how far that is of all. */
export function logProgress(
  paths: readonly string[],
  tally: LogTally,
  { quiet }: { readonly quiet: boolean },
): LogProgress {
  const line = readProgressOnStderr(quiet);
  const start = performance.now();
  let totalBytes: number | undefined;
  if (line.isVisible)
    bytesAt(paths).then(bytes => {
      totalBytes = bytes;
    });
  return {
    clear: line.clear,
    show(bytes) {
      tally.bytes += bytes;
      line.show({ ...tally, totalBytes, seconds: (performance.now() - start) / 1000 });
    },
  };
}
