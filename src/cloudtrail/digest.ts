import { at, type Json, type JsonObject, nonEmptyObject, type TextNames, textAt, textsOf } from './record.ts';
import { isoTime } from './time.ts';

/** What the integration makes of a digest file, which has no event but the names and hashes of log files. */
export interface Digest {
  /** aws.cloudtrail.flattened.digest; undefined for an event. */
  readonly fields: JsonObject | undefined;
  /** When the digest was made: the document's time. */
  readonly endTime: string | undefined;
  /** file.path. */
  readonly path: string | undefined;
  /** related.hash. */
  readonly previousHash: string | undefined;
  /** Members that hold no time though they should. */
  readonly badTimes: readonly string[];
}

/** The digest's part of a record after `withoutEmpty`. */
export function digestOf(kept: Json | undefined): Digest {
  const [startTime, endTime, newest, oldest] = TIMES.map(name => isoTime(textAt(kept, name)));
  return {
    fields: nonEmptyObject([
      ['start_time', startTime],
      ['end_time', endTime],
      ['newest_event_time', newest],
      ['oldest_event_time', oldest],
      ['s3_bucket', textAt(kept, 'digestS3Bucket')],
      ['public_key_fingerprint', textAt(kept, 'digestPublicKeyFingerprint') ?? textAt(kept, 'publicKeyFingerprint')],
      ...textsOf(kept, TEXTS),
      ['log_files', at(kept, 'logFiles')],
    ]),
    endTime,
    path: textAt(kept, 'digestS3Object'),
    previousHash: textAt(kept, 'previousDigestHashValue'),
    badTimes: TIMES.filter(name => at(kept, name) !== undefined && isoTime(textAt(kept, name)) === undefined),
  };
}

const TEXTS: TextNames = [
  ['signature_algorithm', 'digestSignatureAlgorithm'],
  ['previous_s3_bucket', 'previousDigestS3Bucket'],
  ['previous_s3_object', 'previousDigestS3Object'],
  ['previous_hash_value', 'previousDigestHashValue'],
  ['previous_hash_algorithm', 'previousDigestHashAlgorithm'],
  ['previous_signature', 'previousDigestSignature'],
];

const TIMES = ['digestStartTime', 'digestEndTime', 'newestEventTime', 'oldestEventTime'] as const;
