/**
 * Whether some of these events are data events: no trail logs them unless it is told to, and CloudTrail's event history
 * (LookupEvents) has none of them. AWS CloudTrail user guide, "Logging data events", and the guides of the services that it
 * names. `sources` undefined: of any service.
 */
export function areDataEvents({
  sources,
  names,
}: {
  readonly sources: readonly string[] | undefined;
  readonly names: readonly string[];
}): boolean {
  const services = (sources ?? [...DATA_EVENTS.keys()]).map(source => DATA_EVENTS.get(source));
  return services.some(known => names.some(name => known?.has(name)));
}

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
