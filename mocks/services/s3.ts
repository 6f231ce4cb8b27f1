import { pageOf } from '../wire/paging.ts';
import { Refusal } from '../wire/refusal.ts';
import type { Reply } from '../wire/reply.ts';
import type { AwsRequest } from '../wire/request.ts';
import { xmlDocument } from '../wire/xml.ts';
import type { Asked, Operation, Service } from './service.ts';

/** Buckets by name, in them objects by key. No story has any; whoever starts the server gives them. */
export type Buckets = Readonly<Record<string, Readonly<Record<string, string | Uint8Array>>>>;

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';
const LARGEST_PAGE = 1000;

/** Addressed by path (`/bucket/key`), which is how clients speak to an endpoint of their own. */
export const s3: Service = {
  protocol: 'rest-xml',
  operationOf,
  limitOf: () => undefined,
  answer: asked => (asked.operation.name === 'GetObject' ? getObject(asked) : listObjects(asked)),
};

function operationOf(request: AwsRequest): Operation | undefined {
  const { bucket, key } = placeOf(request);
  if (request.method !== 'GET' || bucket === '') return undefined;
  if (key !== '') return { name: 'GetObject', resource: `arn:aws:s3:::${bucket}/${key}` };
  return request.parameters.get('list-type') === '2'
    ? { name: 'ListObjectsV2', resource: `arn:aws:s3:::${bucket}` }
    : undefined;
}

function getObject({ request, buckets }: Asked): Reply {
  const { bucket, key } = placeOf(request);
  const objects = objectsOf(buckets, bucket);
  if (!Object.hasOwn(objects, key)) throw new Refusal('NoSuchKey', 404, 'The specified key does not exist.');
  const body = objects[key] ?? '';
  return { status: 200, headers: { 'content-type': 'binary/octet-stream' }, body };
}

function listObjects({ request, buckets, pageSize = LARGEST_PAGE }: Asked): Reply {
  const { bucket } = placeOf(request);
  const objects = objectsOf(buckets, bucket);
  const prefix = request.parameters.get('prefix') ?? '';
  const keys = Object.keys(objects).filter(key => key.startsWith(prefix));
  const token = request.parameters.get('continuation-token') ?? undefined;
  const size = Math.min(pageSize, Number(request.parameters.get('max-keys') ?? LARGEST_PAGE), LARGEST_PAGE);
  const page = pageOf(keys.sort(byBytes), { token, size, bound: [bucket, prefix] });
  if (page === undefined) throw new Refusal('InvalidArgument', 400, 'The continuation token provided is incorrect');
  const content = {
    Name: bucket,
    Prefix: prefix,
    KeyCount: page.items.length,
    MaxKeys: size,
    IsTruncated: page.next !== undefined,
    NextContinuationToken: page.next,
    Contents: page.items.map(Key => ({ Key, Size: Buffer.byteLength(objects[Key] ?? ''), StorageClass: 'STANDARD' })),
  };
  const body = xmlDocument('ListBucketResult', content, { namespace: NAMESPACE, listItem: 'flat' });
  return { status: 200, headers: { 'content-type': 'application/xml' }, body };
}

function objectsOf(buckets: Buckets, bucket: string): Buckets[string] {
  const objects = Object.hasOwn(buckets, bucket) ? buckets[bucket] : undefined;
  if (objects === undefined) throw new Refusal('NoSuchBucket', 404, 'The specified bucket does not exist');
  return objects;
}

function placeOf({ path }: AwsRequest): { bucket: string; key: string } {
  const [, bucket = '', ...rest] = path.split('/');
  return { bucket: decodeURIComponent(bucket), key: decodeURIComponent(rest.join('/')) };
}

const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
