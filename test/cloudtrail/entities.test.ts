import { describe, expect, it } from 'vitest';
import type { CloudTrailRecord } from '../../src/cloudtrail/record.ts';
import { fieldsOf, type Rows } from './records.ts';

/** Source: the actor and target mapping of elastic/integrations' CloudTrail pipeline of 2026-08. */

const ACCOUNT = '111122223333';
const USER = `arn:aws:iam::${ACCOUNT}:user/ann`;
const ROLE = `arn:aws:iam::${ACCOUNT}:role/Admin`;
const SESSION = `arn:aws:sts::${ACCOUNT}:assumed-role/Admin/ann`;
const LINKED = `arn:aws:sts::${ACCOUNT}:assumed-role/AWSServiceRoleForConfig/s`;
const INSTANCE = `arn:aws:ec2:eu-west-1:${ACCOUNT}:instance/i-0123456789`;

function event(service: string, eventName: string, rest: CloudTrailRecord = {}): CloudTrailRecord {
  return { eventSource: `${service}.amazonaws.com`, eventName, recipientAccountId: ACCOUNT, ...rest };
}

function rows(table: Rows): void {
  it.each(table)('%s', (_, record, fields) => {
    expect(fieldsOf(record, Object.keys(fields))).toEqual(fields);
  });
}

const SESSION_IDENTITY = { type: 'AssumedRole', arn: SESSION, sessionContext: { sessionIssuer: { arn: ROLE } } };

describe('the actor', () => {
  rows([
    [
      'an IAM user',
      event('ec2', 'X', { userIdentity: { type: 'IAMUser', arn: USER } }),
      { 'actor.entity.id': [USER], 'user.entity.id': [USER], entity: undefined },
    ],
    [
      'root',
      event('ec2', 'X', { userIdentity: { type: 'Root', arn: `arn:aws:iam::${ACCOUNT}:root` } }),
      { 'user.entity.id': [`arn:aws:iam::${ACCOUNT}:root`] },
    ],
    [
      'a session is its role',
      event('ec2', 'X', { userIdentity: SESSION_IDENTITY }),
      { 'actor.entity.id': [SESSION], 'user.entity.id': [ROLE] },
    ],
    [
      'a session of no known role is itself',
      event('ec2', 'X', { userIdentity: { type: 'AssumedRole', arn: SESSION } }),
      { 'user.entity.id': [SESSION] },
    ],
    [
      'a service-linked role is a service',
      event('ec2', 'X', { userIdentity: { ...SESSION_IDENTITY, arn: LINKED } }),
      { 'actor.entity.id': [LINKED], 'service.entity.id': [LINKED], 'user.entity': undefined },
    ],
    [
      'a type that is not listed is known by its ARN',
      event('ec2', 'X', { userIdentity: { type: 'FederatedUser', arn: 'arn:aws:sts::1:federated-user/bob' } }),
      { 'user.entity.id': ['arn:aws:sts::1:federated-user/bob'] },
    ],
    [
      'an instance by its ARN',
      event('ec2', 'X', { userIdentity: { arn: INSTANCE } }),
      { 'host.entity.id': [INSTANCE] },
    ],
    ['an instance by its id', event('ec2', 'X', { userIdentity: { arn: 'i-01' } }), { 'host.entity.id': ['i-01'] }],
    [
      'an Identity Center user is nothing in particular',
      event('sso', 'X', {
        userIdentity: { type: 'IdentityCenterUser', onBehalfOf: { userId: 'u-1', identityStoreArn: 'arn:store' } },
      }),
      { 'actor.entity.id': ['u-1'], 'entity.id': ['u-1'], 'related.entity': ['arn:store'] },
    ],
    [
      'a service without an ARN is nobody',
      event('kms', 'Decrypt', { userIdentity: { type: 'AWSService', invokedBy: 'ec2.amazonaws.com' } }),
      { actor: undefined, 'service.entity': undefined },
    ],
    [
      'but is somebody when it assumes a role',
      event('sts', 'AssumeRole', {
        userIdentity: { type: 'AWSService', invokedBy: 'ec2.amazonaws.com' },
        requestParameters: { roleArn: ROLE, roleSessionName: 's' },
      }),
      {
        'actor.entity.id': ['ec2.amazonaws.com'],
        service: { name: 'ec2.amazonaws.com', entity: { id: ['ec2.amazonaws.com'] } },
        'user.target.entity.id': [ROLE],
        'related.entity': [ROLE, 's'],
      },
    ],
    [
      'a session that assumes a role is its role by both names',
      event('sts', 'AssumeRole', { userIdentity: SESSION_IDENTITY }),
      { 'actor.entity.id': [ROLE], 'user.entity.id': [ROLE] },
    ],
    [
      'nobody stands in for a caller without an ARN there',
      event('sts', 'GetCallerIdentity', { userIdentity: { onBehalfOf: { userId: 'u-1' } } }),
      { actor: undefined, entity: { target: { id: [ACCOUNT] } } },
    ],
    [
      'no event, no entities',
      { userIdentity: { type: 'IAMUser', arn: USER } },
      { actor: undefined, related: undefined, user: undefined },
    ],
  ]);
});

describe('related.entity', () => {
  rows([
    [
      'of any event, sorted by UTF-16 units, each once',
      event('ec2', 'X', {
        userIdentity: {
          ...SESSION_IDENTITY,
          accessKeyId: 'ASIA1',
          userName: 'é',
          sessionContext: { sessionIssuer: { arn: ROLE, userName: 'Admin' } },
        },
        resources: [{ ARN: 'z' }, { ARN: ROLE }, { type: 't' }, { ARN: 'a' }],
      }),
      { 'related.entity': ['ASIA1', 'Admin', 'a', ROLE, SESSION, 'z', 'é'] },
    ],
    [
      'the store only of an Identity Center user',
      event('ec2', 'X', { userIdentity: { type: 'AssumedRole', onBehalfOf: { identityStoreArn: 'arn:store' } } }),
      { related: undefined },
    ],
    [
      'targets too',
      event('iam', 'AttachGroupPolicy', { requestParameters: { groupName: 'g', policyArn: 'p' } }),
      { 'related.entity': ['g', 'p'], 'entity.target.id': ['g'] },
    ],
    [
      "an instance's parts",
      event('ec2', 'RunInstances', {
        responseElements: {
          reservationId: 'r-1',
          instancesSet: {
            items: [
              {
                subnetId: 'subnet-1',
                vpcId: 'vpc-1',
                instanceId: 'i-1',
                imageId: 'ami-1',
                iamInstanceProfile: { arn: 'arn:profile' },
                networkInterfaceSet: {
                  items: [{ networkInterfaceId: 'eni-1', groupSet: { items: [{ groupId: 'sg-1' }] } }],
                },
              },
            ],
          },
        },
      }),
      {
        'related.entity': ['ami-1', 'arn:profile', 'eni-1', 'i-1', 'r-1', 'sg-1', 'subnet-1', 'vpc-1'],
        target: undefined,
      },
    ],
    [
      'of an object up to the first member that is known or not there, but what lies inside it all the same',
      event('ec2', 'RunInstances', {
        responseElements: {
          instancesSet: {
            items: [
              { subnetId: 'subnet-1', vpcId: 'vpc-1', instanceId: 'i-1' },
              { subnetId: 'subnet-1', vpcId: 'vpc-2', instanceId: 'i-2' },
              { vpcId: 'vpc-3', networkInterfaceSet: { items: [{ networkInterfaceId: 'eni-3' }] } },
            ],
          },
        },
      }),
      { 'related.entity': ['eni-3', 'i-1', 'subnet-1', 'vpc-1'] },
    ],
    [
      'of a list of ids up to the first that is known',
      event('lambda', 'CreateFunction20150331', {
        responseElements: { vpcConfig: { securityGroupIds: ['sg-1', 'sg-2', 'sg-1', 'sg-3'], subnetIds: ['s-1'] } },
      }),
      { 'related.entity': ['s-1', 'sg-1', 'sg-2'] },
    ],
    [
      'of a database',
      event('rds', 'CreateDBInstance', {
        requestParameters: { dBInstanceIdentifier: 'db' },
        responseElements: {
          dBSubnetGroup: { vpcId: 'vpc-1', subnets: [{ subnetIdentifier: 's-1' }] },
          vpcSecurityGroups: [{ vpcSecurityGroupId: 'sg-1' }],
        },
      }),
      { 'related.entity': ['db', 's-1', 'sg-1', 'vpc-1'] },
    ],
  ]);
});

/** Each row: service, event, what the record holds besides, target.entity.id. */
describe('the targets', () => {
  const bucket = { resources: [{ ARN: 'arn:aws:s3:::b' }, { type: 't' }] };
  it.each<[string, string, CloudTrailRecord, readonly string[] | undefined]>([
    [
      'rolesanywhere',
      'CreateTrustAnchor',
      { responseElements: { trustAnchor: { trustAnchorArn: 'arn:a' } } },
      ['arn:a'],
    ],
    ['rolesanywhere', 'CreateProfile', { responseElements: { profile: { profileArn: 'arn:p' } } }, undefined],
    ['bedrock', 'Converse', { requestParameters: { modelId: 'm' } }, ['m']],
    ['cloudformation', 'CreateStack', { responseElements: { stackId: 's' } }, ['s']],
    ['cloudformation', 'CreateStackSet', { responseElements: { stackSetId: 's' } }, ['s']],
    ['cloudtrail', 'StopLogging', { requestParameters: { name: 't' } }, ['t']],
    ['cloudtrail', 'DescribeTrails', {}, [ACCOUNT]],
    ['config', 'StopConfigurationRecorder', { requestParameters: { configurationRecorderName: 'r' } }, ['r']],
    ['dynamodb', 'ListTables', {}, [ACCOUNT]],
    ['ec2-instance-connect', 'SendSSHPublicKey', { requestParameters: { instanceId: 'i-1' } }, ['i-1']],
    [
      'ec2',
      'AuthorizeSecurityGroupIngress',
      {
        requestParameters: { groupId: 'sg-1' },
        responseElements: {
          securityGroupRuleSet: { items: [{ securityGroupRuleId: 'sgr-2' }, { securityGroupRuleId: 'sgr-1' }] },
        },
      },
      ['sg-1', 'sgr-1', 'sgr-2'],
    ],
    [
      'ec2',
      'DeleteNetworkAclEntry',
      { requestParameters: { networkAclId: 'acl-1', ruleNumber: 100 } },
      ['100', 'acl-1'],
    ],
    [
      'ec2',
      'DeleteFlowLogs',
      { requestParameters: { DeleteFlowLogsRequest: { FlowLogId: { content: 'fl-1' } } } },
      ['fl-1'],
    ],
    [
      'ec2',
      'CreateTrafficMirrorTarget',
      {
        responseElements: {
          CreateTrafficMirrorTargetResponse: { trafficMirrorTarget: { trafficMirrorTargetId: 'tmt-1' } },
        },
      },
      ['tmt-1'],
    ],
    ['ec2', 'ModifySnapshotAttribute', { requestParameters: { snapshotId: 'snap-1' } }, ['snap-1']],
    ['ec2', 'DescribeVolumes', {}, [ACCOUNT]],
    ['ec2', 'DescribeInstances', {}, undefined],
    ['elasticfilesystem', 'DeleteMountTarget', { requestParameters: { mountTargetId: 'm' } }, ['m']],
    ['elasticloadbalancing', 'DescribeLoadBalancers', {}, [ACCOUNT]],
    ['events', 'DeleteRule', { requestParameters: { name: 'r' } }, ['r']],
    ['guardduty', 'CreateDetector', { responseElements: { detectorId: 'd' } }, ['d']],
    [
      'iam',
      'CreateAccessKey',
      { requestParameters: { userName: 'u' }, responseElements: { accessKey: { accessKeyId: 'AKIA' } } },
      ['AKIA', 'u'],
    ],
    ['iam', 'AttachUserPolicy', { requestParameters: { userName: 'u', policyArn: 'p' } }, ['p', 'u']],
    ['iam', 'UpdateAssumeRolePolicy', { requestParameters: { roleName: 'r' } }, ['r']],
    ['iam', 'DeleteVirtualMFADevice', { requestParameters: { serialNumber: 'arn:m' } }, ['arn:m']],
    ['iam', 'CreatePolicy', { responseElements: { policy: { arn: 'arn:p' } } }, ['arn:p']],
    ['iam', 'ListRoles', {}, [ACCOUNT]],
    ['kms', 'DisableKey', { resources: [{ ARN: 'arn:k' }] }, ['arn:k']],
    ['lambda', 'AddPermission20150331v2', { requestParameters: { functionName: 'f' } }, ['f']],
    ['lambda', 'ListFunctions20150331', {}, [ACCOUNT]],
    ['logs', 'DeleteLogStream', { requestParameters: { logGroupName: 'g', logStreamName: 's' } }, ['s']],
    ['monitoring', 'DeleteAlarms', { requestParameters: { alarmNames: ['b', 'a', 'b'] } }, ['a', 'b']],
    ['rds', 'StopDBCluster', { responseElements: { dBClusterArn: 'arn:c' } }, ['arn:c']],
    ['rds', 'ModifyDBSnapshotAttribute', { responseElements: { dBSnapshotIdentifier: 's' } }, ['s']],
    [
      'route53resolver',
      'DeleteResolverQueryLogConfig',
      { responseElements: { resolverQueryLogConfig: { arn: 'arn:q' } } },
      ['arn:q'],
    ],
    ['s3', 'GetObject', bucket, ['arn:aws:s3:::b']],
    ['s3', 'PutBucketPolicy', bucket, undefined],
    [
      's3',
      'PutBucketReplication',
      {
        ...bucket,
        requestParameters: { ReplicationConfiguration: { Rule: { Destination: { Bucket: 'arn:aws:s3:::c' } } } },
      },
      ['arn:aws:s3:::b', 'arn:aws:s3:::c'],
    ],
    ['secretsmanager', 'GetSecretValue', { requestParameters: { secretId: 's' } }, ['s']],
    ['secretsmanager', 'BatchGetSecretValue', { requestParameters: { secretIdList: ['s', 'r'] } }, ['r', 's']],
    ['signin', 'ConsoleLogin', {}, [ACCOUNT]],
    ['sns', 'Publish', { requestParameters: { topicArn: 'arn:t' } }, ['arn:t']],
    ['ssm', 'StartSession', { requestParameters: { target: 'i-1' } }, ['i-1']],
    ['ssm', 'GetParameters', { resources: [{ ARN: 'arn:p' }] }, ['arn:p']],
    [
      'ssm',
      'SendCommand',
      { requestParameters: { instanceIds: ['i-2', 'i-1'], targets: [{ values: ['i-3'] }] } },
      ['i-1', 'i-2'],
    ],
    [
      'ssm',
      'SendCommand',
      { requestParameters: { targets: [{ values: ['i-3'] }, { values: ['i-4'] }] } },
      ['i-3', 'i-4'],
    ],
    ['ssm', 'SendCommand', { requestParameters: { targets: [{ key: 'InstanceIds', values: ['*'] }] } }, [ACCOUNT]],
    ['ssm', 'SendCommand', {}, undefined],
    ['sts', 'GetCallerIdentity', {}, [ACCOUNT]],
    ['wafv2', 'DeleteWebACL', { requestParameters: { id: 'w' } }, ['w']],
    ['example', 'CreateUser', { requestParameters: { userName: 'u' } }, undefined],
    ['iam', 'constructor', {}, undefined],
  ])('of %s %s', (service, name, rest, targets) => {
    expect(fieldsOf(event(service, name, rest), ['target.entity.id'])).toEqual({ 'target.entity.id': targets });
  });
});

/** Each row: a target (a key's ARN or any other text), the field that it stands in besides target.entity.id. */
describe('what kind of thing a target is', () => {
  const arn = (service: string, resource: string) => `arn:aws:${service}:eu-west-1:${ACCOUNT}:${resource}`;
  it.each([
    [USER, 'user.target.entity.id'],
    [ROLE, 'user.target.entity.id'],
    [arn('iam', 'instance-profile/p'), 'user.target.entity.id'],
    [arn('iam', 'mfa/ann'), 'user.target.entity.id'],
    ['AKIAIOSFODNN7EXAMPLE', 'user.target.entity.id'],
    ['AKIASHORT', 'entity.target.id'],
    ['ASIAIOSFODNN7EXAMPLE', 'entity.target.id'],
    [INSTANCE, 'host.target.entity.id'],
    ['i-0123456789', 'host.target.entity.id'],
    [`arn:aws:iam::${ACCOUNT}:role/aws-service-role/x/AWSServiceRoleForX`, 'service.target.entity.id'],
    [arn('rolesanywhere', 'trust-anchor/t'), 'service.target.entity.id'],
    [arn('rolesanywhere', 'profile/p'), 'entity.target.id'],
    [arn('lambda', 'function:f'), 'service.target.entity.id'],
    [arn('kms', 'key/k'), 'service.target.entity.id'],
    [arn('rds', 'db:d'), 'service.target.entity.id'],
    [arn('rds', 'snapshot:s'), 'entity.target.id'],
    [arn('iam', 'policy/p'), 'service.target.entity.id'],
    [arn('sns', 'topic'), 'service.target.entity.id'],
    [arn('sns', 'my-topic'), 'entity.target.id'],
    ['arn:aws:s3:::bucket/key', 'service.target.entity.id'],
    ['arn:aws:s3', 'entity.target.id'],
    ['sgr-1', 'service.target.entity.id'],
    ['vpce-1', 'service.target.entity.id'],
    ['vol-1', 'entity.target.id'],
    [ACCOUNT, 'entity.target.id'],
    ['a-name', 'entity.target.id'],
  ])('%s: %s', (id, field) => {
    const record = event('kms', 'DisableKey', { resources: [{ ARN: id }] });
    const fields = ['user', 'host', 'service'].map(kind => `${kind}.target.entity.id`).concat('entity.target.id');
    const expected = {
      'target.entity.id': [id],
      ...Object.fromEntries(fields.map(name => [name, undefined])),
      [field]: [id],
    };
    expect(fieldsOf(record, ['target.entity.id', ...fields])).toEqual(expected);
  });

  it('host.target.id has the bare ids of EC2 instances', () => {
    const other = `arn:aws:rds:eu-west-1:${ACCOUNT}:instance/x`;
    const record = event('kms', 'DisableKey', { resources: [INSTANCE, 'i-9', other].map(ARN => ({ ARN })) });
    expect(fieldsOf(record, ['host.target'])).toEqual({
      'host.target': { entity: { id: [INSTANCE, other, 'i-9'].sort() }, id: ['i-0123456789', 'i-9'] },
    });
  });
});

/** The integration's script stops at what is no text, says so, and leaves all of its fields out. */
describe('ids that are no text', () => {
  it.each<[string, CloudTrailRecord]>([
    [
      'an object for a name (WAF answers so)',
      event('wafv2', 'CreateWebACL', { responseElements: { summary: { name: 'w' } } }),
    ],
    ['a number', event('iam', 'CreateUser', { requestParameters: { userName: 7 } })],
    ['resources that are no objects', event('iam', 'CreateUser', { resources: ['arn:a'] })],
    ['an object for a list', event('monitoring', 'DeleteAlarms', { requestParameters: { alarmNames: { a: 'b' } } })],
    [
      'a number in a list',
      event('secretsmanager', 'BatchGetSecretValue', { requestParameters: { secretIdList: ['a', 1] } }),
    ],
    ['a target without values', event('ssm', 'SendCommand', { requestParameters: { targets: [{ key: 'k' }] } })],
    ['instances that are no list', event('ssm', 'SendCommand', { requestParameters: { instanceIds: 'i-1' } })],
    ['a list of ids that is text', event('lambda', 'X', { responseElements: { vpcConfig: { subnetIds: 's-1' } } })],
  ])('%s', (_, record) => {
    const fields = ['related.entity', 'target', 'actor', 'user.entity', 'event.kind', 'error.message'];
    expect(fieldsOf({ ...record, userIdentity: { type: 'IAMUser', arn: USER } }, fields)).toEqual({
      'related.entity': undefined,
      target: undefined,
      actor: undefined,
      'user.entity': undefined,
      'event.kind': 'pipeline_error',
      'error.message': ['an id that an entity should be named by is no text'],
    });
  });
});
