import { GetObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { fromNodeProviderChain } from '@aws-sdk/credential-providers';
import { UserError } from '../errors.ts';
import { configuredEndpoint } from './endpoint.ts';
import { failureOf, misconfigured } from './failure.ts';
import { configuredRegion } from './regionNames.ts';
import { checkProfile, readSharedConfig } from './sharedConfig.ts';

export interface S3Object {
  /** `s3://bucket/key` */
  readonly name: string;
  readonly key: string;
  readonly bytes: number;
  /** Its bytes as they come. Throws CallFailure where it may not be read, or its body ends early. */
  open(): AsyncIterable<Buffer>;
}

/** What lies in buckets, read only. */
export interface S3 {
  /** The objects whose keys begin as the path does, in the order of their keys. Throws CallFailure where they may not be listed, UserError where the SDK cannot use its settings. */
  objectsAt(path: S3Path): AsyncIterable<S3Object>;
}

export interface S3Path {
  readonly bucket: string;
  readonly prefix: string;
}

/** Where S3 is asked first when nobody says; it knows where every bucket of its partition is. */
const ANY_REGION = 'us-east-1';

/** Milliseconds for a connection, and from there to the first byte of an answer; a body may take its time. */
const TIMEOUTS = { connectionTimeout: 10_000, requestTimeout: 30_000, throwOnRequestTimeout: true };

/** Throws UserError when the AWS profile, the configured endpoint or region is not one. */
export async function openS3(profile: string | undefined): Promise<S3> {
  const { env } = process;
  const config = await readSharedConfig(env);
  checkProfile(profile, config);
  const name = profile ?? env.AWS_PROFILE ?? 'default';
  const endpoint = configuredEndpoint('s3', { env, config, profile: name });
  const region = configuredRegion(env, config, name) || ANY_REGION;
  const named = profile === undefined ? {} : { profile };
  const client = new S3Client({
    ...named,
    credentials: fromNodeProviderChain({ ...named, clientConfig: { region } }),
    region,
    // A bucket elsewhere says where; somebody's own endpoint rarely has a host name for each bucket.
    ...(endpoint === undefined ? { followRegionRedirects: true } : { endpoint, forcePathStyle: true }),
    requestHandler: TIMEOUTS,
    // The log files' gzip has its own.
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  return { objectsAt: path => objectsAt(client, path) };
}

/** Throws UserError for a path that names no bucket. */
export function s3PathOf(path: string): S3Path {
  const [, bucket, prefix = ''] = /^s3:\/\/([A-Za-z0-9][A-Za-z0-9._-]+)(?:\/(.*))?$/s.exec(path) ?? [];
  if (bucket !== undefined) return { bucket, prefix };
  throw new UserError(`${path} names no bucket`, { where: path, hint: 'It looks like s3://bucket/prefix.' });
}

/** S3 lists in the order of keys, by their UTF-8 bytes (API reference, ListObjectsV2, general purpose buckets). */
async function* objectsAt(client: S3Client, { bucket, prefix }: S3Path): AsyncGenerator<S3Object> {
  try {
    for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix }))
      for (const { Key: key, Size: bytes = 0 } of Contents)
        if (key !== undefined)
          yield { name: `s3://${bucket}/${key}`, key, bytes, open: () => bodyOf(client, bucket, key) };
  } catch (error) {
    throw listFailure(error);
  }
}

function listFailure(error: unknown): unknown {
  try {
    return failureOf(error);
  } catch (bare) {
    return misconfigured(bare);
  }
}

async function* bodyOf(client: S3Client, bucket: string, key: string): AsyncGenerator<Buffer> {
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    for await (const chunk of Body as AsyncIterable<Buffer>) yield chunk;
  } catch (error) {
    throw failureOf(error);
  }
}
