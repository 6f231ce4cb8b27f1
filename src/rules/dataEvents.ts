import type { JsonObject } from '../documents/document.ts';
import { vocabularyFor } from '../documents/fields.ts';
import type { Query } from '../query/query.ts';
import { queriesOf } from './pins.ts';
import type { Run } from './rule.ts';

/**
 * Whether a query is about data events, among others: it names one, or a service, and can match one of that. No trail logs data
 * events unless it is told to, and CloudTrail's event history (LookupEvents) has none.
 */
export function readsDataEvents(query: Query): boolean {
  const sources = query.pins('event.provider');
  const names = query.pins('event.action');
  if (sources === undefined && names === undefined) return false;
  return (sources ?? [...DATA_EVENTS.keys()]).some(provider =>
    [...(DATA_EVENTS.get(provider) ?? [])].some(
      action => names?.includes(action) !== false && query.ask(knowing({ provider, action })) !== 'no',
    ),
  );
}

/** Whether a rule can match nothing but data events: LookupEvents has nothing for it. */
export function isAboutDataEvents(run: Run): boolean {
  const queries = queriesOf(run);
  return queries.length > 0 && queries.every(asksForDataEvents);
}

function asksForDataEvents(query: Query): boolean {
  const sources = query.pins('event.provider') ?? [];
  const names = query.pins('event.action') ?? [];
  const isData = (source: string) => names.every(name => DATA_EVENTS.get(source)?.has(name));
  return sources.length > 0 && names.length > 0 && sources.every(isData);
}

/** An event of which nothing else is known. */
function knowing(event: JsonObject): JsonObject {
  const known = Object.keys(event).map(name => `event.${name}`);
  return { event, unknown: vocabularyFor('event').names.filter(name => !known.includes(name)) };
}

/** By service. AWS CloudTrail user guide, "Logging data events", and the guides of the services that it names. */
const DATA_EVENTS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    s3: `AbortMultipartUpload CompleteMultipartUpload CopyObject CreateMultipartUpload CreateSession DeleteObject
      DeleteObjectTagging DeleteObjects GetObject GetObjectAcl GetObjectAttributes GetObjectLegalHold GetObjectRetention
      GetObjectTagging GetObjectTorrent HeadBucket HeadObject ListMultipartUploads ListObjectVersions ListObjects ListParts
      PutObject PutObjectAcl PutObjectLegalHold PutObjectRetention PutObjectTagging RestoreObject SelectObjectContent
      UploadPart UploadPartCopy`,
    lambda: 'Invoke',
    dynamodb: `BatchExecuteStatement BatchGetItem BatchWriteItem DeleteItem ExecuteStatement ExecuteTransaction GetItem
      GetRecords GetShardIterator PutItem Query Scan TransactGetItems TransactWriteItems UpdateItem`,
    sns: 'Publish PublishBatch',
    sqs: `ChangeMessageVisibility ChangeMessageVisibilityBatch DeleteMessage DeleteMessageBatch ReceiveMessage SendMessage
      SendMessageBatch`,
    ebs: 'GetSnapshotBlock ListChangedBlocks ListSnapshotBlocks PutSnapshotBlock',
    'cognito-identity':
      'GetCredentialsForIdentity GetId GetOpenIdToken GetOpenIdTokenForDeveloperIdentity UnlinkIdentity',
    bedrock: 'ApplyGuardrail InvokeAgent InvokeFlow InvokeInlineAgent Retrieve RetrieveAndGenerate',
    ssm: 'CreateDataChannel OpenControlChannel OpenDataChannel',
  }).map(([service, names]) => [`${service}.amazonaws.com`, new Set(names.split(/\s+/))]),
);
