/**
 * Where a record names things, by service and event, as the integration has it (elastic/integrations, packages/aws,
 * CloudTrail pipeline of 2026-08, its actor and target mapping).
 */
export interface EntityPaths {
  /** Things that any event of the service has to do with. */
  readonly related: readonly EntityPath[];
  /** What this event acts on. */
  readonly targets: readonly EntityPath[];
}

/**
 * `text`: the text at the path. `printed`: whatever stands there, as text. `all`: every text of a list. `each`: of
 * every object in a list these members, one after another until one is not there or is known already (so does the
 * integration), and then what lies inside that object. `until`: the texts of a list, as long as they are new.
 */
export type EntityPath =
  | { readonly kind: 'text' | 'printed' | 'all' | 'until'; readonly path: Path }
  | {
      readonly kind: 'each';
      readonly path: Path;
      readonly members: readonly Path[];
      readonly inside: readonly EntityPath[];
    };

export type Path = readonly string[];

/** `eventSource` as in the record: `iam.amazonaws.com`. */
export function entityPaths(eventSource: string | undefined, eventName: string): EntityPaths {
  const service = SERVICES.get(eventSource ?? '');
  return { related: service?.related ?? [], targets: service?.targets(eventName) ?? [] };
}

interface Service {
  readonly related: readonly EntityPath[];
  readonly targets: (eventName: string) => readonly EntityPath[] | undefined;
}

const ACCOUNT = texts('recipientAccountId');
const RESOURCES = [each('resources', ['ARN'])];

const SERVICES: ReadonlyMap<string, Service> = new Map([
  service('bedrock', [], { Converse: texts('requestParameters.modelId') }),
  service('cloudformation', [], {
    CreateStack: texts('responseElements.stackId'),
    CreateStackSet: texts('responseElements.stackSetId'),
  }),
  service(
    'cloudtrail',
    texts(
      'requestParameters.name',
      'requestParameters.s3BucketName',
      'responseElements.cloudWatchLogsLogGroupArn',
      'responseElements.cloudWatchLogsRoleArn',
      'responseElements.kmsKeyId',
      'responseElements.snsTopicARN',
      'responseElements.trailARN',
      'responseElements.name',
    ),
    {
      'DeleteTrail StopLogging': texts('requestParameters.name'),
      DescribeTrails: ACCOUNT,
    },
  ),
  service('config', texts('requestParameters.configurationRecorderName'), {
    'StartConfigurationRecorder StopConfigurationRecorder': texts('requestParameters.configurationRecorderName'),
  }),
  service('dynamodb', [], { ListTables: ACCOUNT }),
  service('ec2-instance-connect', [], {
    'SendSSHPublicKey SendSerialConsoleSSHPublicKey': texts('requestParameters.instanceId'),
  }),
  service(
    'ec2',
    [
      ...texts(
        'requestParameters.groupId',
        'requestParameters.groupName',
        'requestParameters.roleName',
        'requestParameters.subnetId',
        'requestParameters.volumeId',
        'requestParameters.networkInterfaceId',
        'requestParameters.vpcId',
        'requestParameters.snapshotId',
        'responseElements.groupId',
        'responseElements.reservationId',
        'responseElements.vpc.vpcId',
        'responseElements.vpc.dhcpOptionsId',
        'responseElements.snapshotId',
        'responseElements.volumeId',
      ),
      each('responseElements.securityGroupRuleSet.items', [
        'groupId',
        'referencedGroupInfo.groupId',
        'securityGroupRuleId',
      ]),
      each('responseElements.groupSet.items', ['groupId']),
      each('requestParameters.groupSet.items', ['groupId']),
      each('requestParameters.instancesSet.items', ['instanceId']),
      each(
        'responseElements.instancesSet.items',
        ['subnetId', 'vpcId', 'instanceId', 'imageId', 'iamInstanceProfile.arn'],
        each(
          'networkInterfaceSet.items',
          ['networkInterfaceId', 'vpcId', 'subnetId'],
          each('groupSet.items', ['groupId']),
        ),
      ),
      each('requestParameters.revokedSecurityGroupRuleSet.items', ['securityGroupRuleId', 'groupId']),
    ],
    {
      'AuthorizeSecurityGroupEgress AuthorizeSecurityGroupIngress': [
        ...texts('requestParameters.groupId'),
        each('responseElements.securityGroupRuleSet.items', ['securityGroupRuleId']),
      ],
      CreateTrafficMirrorFilter: texts(
        'responseElements.CreateTrafficMirrorFilterResponse.trafficMirrorFilter.trafficMirrorFilterId',
      ),
      CreateTrafficMirrorFilterRule: texts(
        'responseElements.CreateTrafficMirrorFilterRuleResponse.trafficMirrorFilterRule.trafficMirrorFilterRuleId',
      ),
      CreateTrafficMirrorSession: texts(
        'responseElements.CreateTrafficMirrorSessionResponse.trafficMirrorSession.trafficMirrorSessionId',
      ),
      CreateTrafficMirrorTarget: texts(
        'responseElements.CreateTrafficMirrorTargetResponse.trafficMirrorTarget.trafficMirrorTargetId',
      ),
      DeleteFlowLogs: texts('requestParameters.DeleteFlowLogsRequest.FlowLogId.content'),
      DeleteNetworkAcl: texts('requestParameters.networkAclId'),
      DeleteNetworkAclEntry: [
        ...texts('requestParameters.networkAclId'),
        { kind: 'printed', path: ['requestParameters', 'ruleNumber'] },
      ],
      GetPasswordData: texts('requestParameters.instanceId'),
      ModifyImageAttribute: texts('requestParameters.imageId'),
      ModifySnapshotAttribute: texts('requestParameters.snapshotId'),
      'DescribeNetworkAcls DescribeNetworkInterfaces DescribeRegions': ACCOUNT,
      'DescribeSecurityGroups DescribeVolumes DescribeVpcs': ACCOUNT,
    },
  ),
  service('elasticfilesystem', [], {
    DeleteFileSystem: texts('requestParameters.fileSystemId'),
    DeleteMountTarget: texts('requestParameters.mountTargetId'),
  }),
  service('elasticloadbalancing', [], { DescribeLoadBalancers: ACCOUNT }),
  service('events', [], { DeleteRule: texts('requestParameters.name') }),
  service('guardduty', texts('requestParameters.detectorId', 'responseElements.detectorId'), {
    CreateDetector: texts('responseElements.detectorId'),
    DeleteDetector: texts('requestParameters.detectorId'),
  }),
  service(
    'iam',
    texts(
      'requestParameters.userName',
      'requestParameters.serialNumber',
      'requestParameters.accessKeyId',
      'requestParameters.policyArn',
      'requestParameters.roleName',
      'requestParameters.policyName',
      'responseElements.accessKey.userName',
      'responseElements.accessKey.accessKeyId',
      'responseElements.user.arn',
      'responseElements.user.userId',
      'responseElements.user.userName',
      'responseElements.userId',
      'responseElements.role.arn',
      'responseElements.serialNumber',
    ),
    {
      AttachGroupPolicy: texts('requestParameters.groupName'),
      'AttachRolePolicy ListAttachedRolePolicies UpdateAssumeRolePolicy': texts('requestParameters.roleName'),
      AttachUserPolicy: texts('requestParameters.policyArn', 'requestParameters.userName'),
      CreateAccessKey: texts('responseElements.accessKey.accessKeyId', 'requestParameters.userName'),
      CreatePolicy: texts('responseElements.policy.arn'),
      'CreateUser DeactivateMFADevice': texts('requestParameters.userName'),
      DeleteVirtualMFADevice: texts('requestParameters.serialNumber'),
      GetPolicy: texts('requestParameters.policyArn'),
      'ListRoles ListUsers': ACCOUNT,
    },
  ),
  service(
    'kms',
    texts(
      'requestParameters.keyId',
      'responseElements.keyId',
      'responseElements.keyMetadata.arn',
      'responseElements.keyMetadata.keyId',
    ),
    { 'DisableKey ScheduleKeyDeletion': RESOURCES },
  ),
  lambda(
    [
      ...texts(
        'requestParameters.functionName',
        'responseElements.functionArn',
        'responseElements.functionName',
        'responseElements.role',
      ),
      { kind: 'until', path: ['responseElements', 'vpcConfig', 'securityGroupIds'] },
      { kind: 'until', path: ['responseElements', 'vpcConfig', 'subnetIds'] },
    ],
    [
      ['AddPermission', texts('requestParameters.functionName')],
      ['ListFunctions', ACCOUNT],
    ],
  ),
  service('logs', [], {
    DeleteLogGroup: texts('requestParameters.logGroupName'),
    DeleteLogStream: texts('requestParameters.logStreamName'),
  }),
  service('monitoring', [], { DeleteAlarms: [{ kind: 'all', path: ['requestParameters', 'alarmNames'] }] }),
  service(
    'rds',
    [
      ...texts(
        'requestParameters.dBInstanceIdentifier',
        'requestParameters.dBInstanceArn',
        'responseElements.dBInstanceIdentifier',
        'responseElements.dbInstanceArn',
        'responseElements.dBSubnetGroup.vpcId',
      ),
      each('responseElements.dBSubnetGroup.subnets', ['subnetIdentifier']),
      each('responseElements.vpcSecurityGroups', ['vpcSecurityGroupId']),
    ],
    {
      'DeleteDBCluster ModifyDBCluster StopDBCluster': texts('responseElements.dBClusterArn'),
      'DeleteDBInstance ModifyDBInstance StopDBInstance': texts('responseElements.dBInstanceArn'),
      'RestoreDBInstanceFromDBSnapshot RestoreDBInstanceFromS3': texts('responseElements.dBInstanceArn'),
      DeleteGlobalCluster: texts('responseElements.globalClusterArn'),
      DescribeDBInstances: ACCOUNT,
      ModifyDBClusterSnapshotAttribute: texts('responseElements.dBClusterSnapshotIdentifier'),
      ModifyDBSnapshotAttribute: texts('responseElements.dBSnapshotIdentifier'),
    },
  ),
  service('rolesanywhere', [], { CreateTrustAnchor: texts('responseElements.trustAnchor.trustAnchorArn') }),
  service('route53resolver', [], {
    DeleteResolverQueryLogConfig: texts('responseElements.resolverQueryLogConfig.arn'),
  }),
  service('s3', texts('requestParameters.bucketName'), {
    'CopyObject DeleteObject GetObject HeadObject ListObjects PutObject': RESOURCES,
    'DeleteBucket GetBucketPolicy PutBucketLogging PutBucketVersioning': RESOURCES,
    ListBuckets: ACCOUNT,
    PutBucketReplication: [
      ...RESOURCES,
      ...texts('requestParameters.ReplicationConfiguration.Rule.Destination.Bucket'),
    ],
  }),
  service('secretsmanager', [], {
    BatchGetSecretValue: [{ kind: 'all', path: ['requestParameters', 'secretIdList'] }],
    GetSecretValue: texts('requestParameters.secretId'),
  }),
  service('signin', [], { ConsoleLogin: ACCOUNT }),
  service('sns', [], {
    CreateTopic: texts('responseElements.topicArn'),
    'Publish Subscribe': texts('requestParameters.topicArn'),
  }),
  service('ssm', [], {
    CreateDocument: texts('requestParameters.name'),
    'CreateControlChannel GetParameter GetParameters OpenControlChannel': RESOURCES,
    ListInstanceAssociations: ACCOUNT,
    'OpenDataChannel TerminateSession': texts('requestParameters.sessionId'),
    StartSession: texts('requestParameters.target'),
  }),
  service(
    'sts',
    texts(
      'requestParameters.roleArn',
      'sourceIdentity',
      'additionalEventData.MFAIdentifier',
      'responseElements.assumedRoleUser.arn',
      'requestParameters.roleSessionName',
      'responseElements.accessKeyId',
    ),
    { AssumeRole: texts('requestParameters.roleArn'), GetCallerIdentity: ACCOUNT },
  ),
  service('wafv2', texts('requestParameters.id', 'responseElements.summary'), {
    'DeleteRuleGroup DeleteWebACL': texts('requestParameters.id'),
  }),
]);

function service(
  name: string,
  related: readonly EntityPath[],
  targets: Readonly<Record<string, readonly EntityPath[]>>,
): [string, Service] {
  const byEvent = new Map(Object.entries(targets).flatMap(([names, paths]) => names.split(' ').map(n => [n, paths])));
  return [`${name}.amazonaws.com`, { related, targets: eventName => byEvent.get(eventName) }];
}

/** Lambda's event names end in the version of its API. */
function lambda(
  related: readonly EntityPath[],
  targets: readonly (readonly [part: string, paths: readonly EntityPath[]])[],
): [string, Service] {
  const find = (eventName: string) => targets.find(([part]) => eventName.includes(part))?.[1];
  return ['lambda.amazonaws.com', { related, targets: find }];
}

function texts(...paths: readonly string[]): EntityPath[] {
  return paths.map(path => ({ kind: 'text', path: path.split('.') }));
}

function each(path: string, members: readonly string[], ...inside: readonly EntityPath[]): EntityPath {
  return { kind: 'each', path: path.split('.'), members: members.map(member => member.split('.')), inside };
}
