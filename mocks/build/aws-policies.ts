import type { Policy } from '../account.ts';
import { idFrom } from './ids.ts';

interface Entry {
  readonly name: string;
  readonly path?: string;
  readonly description: string;
  readonly statements: readonly object[];
}

const allow = (Action: string | readonly string[], Resource: string | readonly string[] = '*'): object => ({
  Effect: 'Allow',
  Action,
  Resource,
});

/** The few of AWS's managed policies that stories attach; the short ones whole, the long ones shortened. */
const ENTRIES: readonly Entry[] = [
  {
    name: 'AdministratorAccess',
    description: 'Provides full access to AWS services and resources.',
    statements: [allow('*')],
  },
  {
    name: 'PowerUserAccess',
    description:
      'Provides full access to AWS services and resources, but does not allow management of Users and groups.',
    statements: [
      { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' },
      allow([
        'account:GetAccountInformation',
        'account:ListRegions',
        'iam:CreateServiceLinkedRole',
        'iam:DeleteServiceLinkedRole',
        'iam:ListRoles',
        'organizations:DescribeOrganization',
      ]),
    ],
  },
  {
    name: 'IAMFullAccess',
    description: 'Provides full access to IAM via the AWS Management Console.',
    statements: [
      allow([
        'iam:*',
        'organizations:DescribeAccount',
        'organizations:DescribeOrganization',
        'organizations:ListPolicies',
      ]),
    ],
  },
  {
    name: 'AmazonS3ReadOnlyAccess',
    description: 'Provides read only access to all buckets via the AWS Management Console.',
    statements: [allow(['s3:Get*', 's3:List*', 's3:Describe*', 's3-object-lambda:Get*', 's3-object-lambda:List*'])],
  },
  {
    name: 'AmazonS3FullAccess',
    description: 'Provides full access to all buckets via the AWS Management Console.',
    statements: [allow(['s3:*', 's3-object-lambda:*'])],
  },
  {
    name: 'AmazonEC2ContainerRegistryPowerUser',
    description:
      'Provides full access to Amazon EC2 Container Registry repositories, but does not allow repository deletion or policy changes.',
    statements: [
      allow([
        'ecr:GetAuthorizationToken',
        'ecr:BatchCheckLayerAvailability',
        'ecr:GetDownloadUrlForLayer',
        'ecr:DescribeRepositories',
        'ecr:ListImages',
        'ecr:BatchGetImage',
        'ecr:InitiateLayerUpload',
        'ecr:UploadLayerPart',
        'ecr:CompleteLayerUpload',
        'ecr:PutImage',
      ]),
    ],
  },
  {
    name: 'CloudWatchAgentServerPolicy',
    description: 'Permissions required to use AmazonCloudWatchAgent on servers',
    statements: [
      allow([
        'cloudwatch:PutMetricData',
        'ec2:DescribeVolumes',
        'ec2:DescribeTags',
        'logs:PutLogEvents',
        'logs:PutRetentionPolicy',
        'logs:DescribeLogStreams',
        'logs:DescribeLogGroups',
        'logs:CreateLogStream',
        'logs:CreateLogGroup',
      ]),
      allow(['ssm:GetParameter'], 'arn:aws:ssm:*:*:parameter/AmazonCloudWatch-*'),
    ],
  },
  {
    name: 'AmazonSSMManagedInstanceCore',
    description: 'The policy for Amazon EC2 Role to enable AWS Systems Manager service core functionality.',
    statements: [
      allow([
        'ssm:DescribeAssociation',
        'ssm:GetDeployablePatchSnapshotForInstance',
        'ssm:GetDocument',
        'ssm:DescribeDocument',
        'ssm:GetManifest',
        'ssm:GetParameter',
        'ssm:GetParameters',
        'ssm:ListAssociations',
        'ssm:PutInventory',
        'ssm:UpdateInstanceInformation',
      ]),
      allow([
        'ssmmessages:CreateControlChannel',
        'ssmmessages:CreateDataChannel',
        'ssmmessages:OpenControlChannel',
        'ssmmessages:OpenDataChannel',
      ]),
      allow([
        'ec2messages:AcknowledgeMessage',
        'ec2messages:DeleteMessage',
        'ec2messages:GetEndpoint',
        'ec2messages:GetMessages',
        'ec2messages:SendReply',
      ]),
    ],
  },
  {
    name: 'AWSLambdaBasicExecutionRole',
    path: '/service-role/',
    description: 'Provides write permissions to CloudWatch Logs.',
    statements: [allow(['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'])],
  },
  {
    name: 'AWSRolesAnywhereServicePolicy',
    path: '/aws-service-role/',
    description:
      'Allows IAM Roles Anywhere to publish service/usage metrics to CloudWatch and to check the status of private CAs on your behalf.',
    statements: [
      {
        Effect: 'Allow',
        Action: 'cloudwatch:PutMetricData',
        Resource: '*',
        Condition: { StringEquals: { 'cloudwatch:namespace': ['AWS/RolesAnywhere', 'AWS/Usage'] } },
      },
      allow(
        ['acm-pca:GetCertificateAuthorityCertificate', 'acm-pca:DescribeCertificateAuthority'],
        'arn:aws:acm-pca:*:*:*',
      ),
    ],
  },
  {
    name: 'AmazonEC2ReadOnlyAccess',
    description: 'Provides read only access to Amazon EC2 via the AWS Management Console.',
    statements: [
      allow([
        'ec2:Describe*',
        'ec2:GetSecurityGroupsForVpc',
        'elasticloadbalancing:Describe*',
        'cloudwatch:ListMetrics',
        'cloudwatch:GetMetricStatistics',
        'cloudwatch:Describe*',
        'autoscaling:Describe*',
      ]),
    ],
  },
  {
    name: 'AWSBackupServiceRolePolicyForBackup',
    path: '/service-role/',
    description: 'Provides AWS Backup permission to create backups on your behalf across AWS services.',
    statements: [
      allow([
        'ec2:CreateSnapshot',
        'ec2:CreateTags',
        'ec2:DescribeSnapshots',
        'rds:CreateDBSnapshot',
        'rds:DescribeDBSnapshots',
        'backup:DescribeBackupVault',
        'kms:DescribeKey',
        's3:GetObject',
        's3:ListBucket',
      ]),
    ],
  },
];

const BY_ARN: ReadonlyMap<string, Policy> = new Map(ENTRIES.map(policyFrom).map(policy => [policy.arn, policy]));

export function awsPolicy(arn: string): Policy | undefined {
  return BY_ARN.get(arn);
}

export function awsPolicyArns(): readonly string[] {
  return [...BY_ARN.keys()];
}

export function awsPolicyArn(name: string): string {
  const found = [...BY_ARN.values()].find(policy => policy.name === name);
  if (found === undefined) throw new Error(`build/aws-policies.ts has no policy ${name}`);
  return found.arn;
}

function policyFrom({ name, path = '/', description, statements }: Entry): Policy {
  const createdAt = '2015-02-06T18:39:46Z';
  const document = JSON.stringify({ Version: '2012-10-17', Statement: statements });
  const versions = [{ id: 'v1', createdAt, document }];
  const arn = `arn:aws:iam::aws:policy${path}${name}`;
  return {
    name,
    path,
    description,
    arn,
    id: idFrom('ANPA', arn),
    createdAt,
    updatedAt: createdAt,
    defaultVersion: 'v1',
    versions,
  };
}
