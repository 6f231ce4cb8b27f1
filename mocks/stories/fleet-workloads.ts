import {
  type Conditions,
  onlyFrom,
  policyText,
  rolesAnywhereStatement,
  rolesAnywhereTrust,
} from '../build/trust-policies.ts';
import type { AnchorName, Team } from './fleet-anchors.ts';

/** One profile with its role, and the machines that use it. */
export interface Workload {
  readonly name: string;
  /** The role's name where it is not the workload's. */
  readonly role?: string;
  readonly anchor: AnchorName;
  readonly site: string;
  readonly team: string;
  readonly by: keyof Team;
  /** Days since it was made. */
  readonly age: number;
  readonly hosts: number;
  readonly trusts: Trust;
  readonly allows?: readonly object[];
  readonly attached?: readonly string[];
  readonly hasSessionPolicy?: boolean;
  readonly managedSessionPolicy?: string;
  readonly bounded?: boolean;
  /** Seconds. */
  readonly duration?: number;
  readonly roleDuration?: number;
  readonly disabled?: boolean;
  readonly namesSessions?: boolean;
  readonly unmapped?: boolean;
  readonly missingRoles?: readonly string[];
  readonly certificateDays?: number;
}

/** What the role asks of a certificate. */
export type Trust =
  | 'anchor and name'
  | 'anchor and unit'
  | 'anchor'
  | 'name'
  | 'account'
  | 'any anchor'
  | 'not a name'
  | 'name if there'
  | 'nothing'
  | 'also an account';

export function trustOf({ trusts, name, site, team }: Workload, anchorArn: string, account: string): string {
  if (trusts === 'nothing') return rolesAnywhereTrust();
  if (trusts === 'also an account') return withPartner(anchorArn);
  const conditions: Readonly<Record<Exclude<Trust, 'nothing' | 'also an account'>, Conditions>> = {
    'anchor and name': onlyFrom(
      anchorArn,
      [1, 2, 3, 4, 5, 6, 7, 8].map(n => `${name}-0${n}.${site}.globex.example`),
    ),
    'anchor and unit': {
      ArnEquals: { 'aws:SourceArn': anchorArn },
      StringEquals: { 'aws:PrincipalTag/x509Subject/OU': team },
    },
    anchor: { ArnEquals: { 'aws:SourceArn': anchorArn } },
    name: { StringLike: { 'aws:PrincipalTag/x509Subject/CN': `${name}-*` } },
    account: { StringEquals: { 'aws:SourceAccount': account } },
    'any anchor': { ArnLike: { 'aws:SourceArn': `arn:aws:rolesanywhere:*:${account}:trust-anchor/*` } },
    'not a name': { StringNotEquals: { 'aws:PrincipalTag/x509Subject/CN': `${name}-test.${site}.globex.example` } },
    'name if there': { StringLikeIfExists: { 'aws:PrincipalTag/x509Subject/CN': `${name}-*.${site}.globex.example` } },
  };
  return rolesAnywhereTrust(conditions[trusts]);
}

function withPartner(anchorArn: string): string {
  const partner = { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::888877776666:root' }, Action: 'sts:AssumeRole' };
  return policyText([rolesAnywhereStatement({ ArnEquals: { 'aws:SourceArn': anchorArn } }), partner]);
}

const write = (bucket: string): readonly object[] => [
  { Effect: 'Allow', Action: ['s3:PutObject', 's3:AbortMultipartUpload'], Resource: `arn:aws:s3:::globex-${bucket}/*` },
];
const read = (bucket: string): readonly object[] => [
  {
    Effect: 'Allow',
    Action: ['s3:GetObject', 's3:ListBucket'],
    Resource: [`arn:aws:s3:::globex-${bucket}`, `arn:aws:s3:::globex-${bucket}/*`],
  },
];
const queue = (name: string): readonly object[] => [
  { Effect: 'Allow', Action: ['sqs:SendMessage', 'sqs:GetQueueUrl'], Resource: `arn:aws:sqs:*:222233334444:${name}` },
];
const everything: readonly object[] = [{ Effect: 'Allow', Action: '*', Resource: '*' }];

export const WORKLOADS: readonly Workload[] = [
  {
    name: 'erp-export',
    anchor: 'dublin',
    site: 'dub',
    team: 'Finance',
    by: 'terraform',
    age: 840,
    hosts: 4,
    trusts: 'nothing',
    allows: write('erp-export'),
    hasSessionPolicy: true,
    bounded: true,
  },
  {
    name: 'web-assets',
    anchor: 'dublin',
    site: 'dub',
    team: 'Web',
    by: 'terraform',
    age: 790,
    hosts: 14,
    trusts: 'anchor and unit',
    allows: read('web-assets'),
    hasSessionPolicy: true,
  },
  {
    name: 'log-shipper',
    anchor: 'dublin',
    site: 'dub',
    team: 'Platform',
    by: 'terraform',
    age: 780,
    hosts: 30,
    trusts: 'anchor',
    attached: ['CloudWatchAgentServerPolicy'],
  },
  {
    name: 'backup-agent',
    anchor: 'dublin',
    site: 'dub',
    team: 'Platform',
    by: 'wanda',
    age: 610,
    hosts: 8,
    trusts: 'anchor and name',
    attached: ['AmazonS3FullAccess'],
    duration: 43_200,
    roleDuration: 43_200,
    bounded: true,
  },
  {
    name: 'payroll',
    anchor: 'dublin',
    site: 'dub',
    team: 'Finance',
    by: 'terraform',
    age: 333,
    hosts: 2,
    trusts: 'anchor and name',
    allows: write('payroll'),
    hasSessionPolicy: true,
    bounded: true,
    duration: 900,
  },
  {
    name: 'vault-agent',
    anchor: 'vault',
    site: 'dub',
    team: 'Secrets',
    by: 'terraform',
    age: 190,
    hosts: 6,
    trusts: 'anchor and name',
    allows: [
      {
        Effect: 'Allow',
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Resource: 'arn:aws:kms:eu-west-1:222233334444:key/*',
      },
    ],
    hasSessionPolicy: true,
    duration: 900,
  },
  {
    name: 'vault-dynamic',
    anchor: 'vault',
    site: 'dub',
    team: 'Secrets',
    by: 'pavel',
    age: 71,
    hosts: 1,
    trusts: 'name',
    allows: [
      {
        Effect: 'Allow',
        Action: ['iam:CreateUser', 'iam:CreateAccessKey', 'iam:AttachUserPolicy', 'iam:DeleteUser'],
        Resource: '*',
      },
    ],
  },
  {
    name: 'warehouse-scan',
    anchor: 'frankfurt',
    site: 'fra',
    team: 'Logistics',
    by: 'terraform',
    age: 720,
    hosts: 22,
    trusts: 'anchor and unit',
    allows: queue('scans'),
    hasSessionPolicy: true,
  },
  {
    name: 'label-printer',
    anchor: 'frankfurt',
    site: 'fra',
    team: 'Logistics',
    by: 'wanda',
    age: 700,
    hosts: 9,
    trusts: 'account',
    allows: read('labels'),
  },
  {
    name: 'crm-sync',
    anchor: 'frankfurt',
    site: 'fra',
    team: 'Sales',
    by: 'wanda',
    age: 415,
    hosts: 2,
    trusts: 'also an account',
    allows: write('crm'),
    duration: 7200,
    missingRoles: ['crm-sync-old', 'crm-reader'],
  },
  {
    name: 'sap-archive',
    anchor: 'frankfurt',
    site: 'fra',
    team: 'Finance',
    by: 'pavel',
    age: 288,
    hosts: 3,
    trusts: 'name if there',
    allows: write('sap-archive'),
    roleDuration: 7200,
    duration: 10_800,
  },
  {
    name: 'plant-sensors',
    anchor: 'plant',
    site: 'fra',
    team: 'Manufacturing',
    by: 'wanda',
    age: 698,
    hosts: 26,
    trusts: 'any anchor',
    allows: queue('telemetry'),
    certificateDays: 730,
  },
  {
    name: 'plant-updates',
    anchor: 'plant',
    site: 'fra',
    team: 'Manufacturing',
    by: 'wanda',
    age: 690,
    hosts: 0,
    trusts: 'anchor',
    allows: read('firmware'),
    disabled: true,
  },
  {
    name: 'batch-runner',
    anchor: 'ashburn',
    site: 'ash',
    team: 'Analytics',
    by: 'terraform',
    age: 470,
    hosts: 12,
    trusts: 'anchor and name',
    attached: ['AmazonS3ReadOnlyAccess'],
    managedSessionPolicy: 'AmazonS3ReadOnlyAccess',
  },
  {
    name: 'report-uploader',
    anchor: 'ashburn',
    site: 'ash',
    team: 'Finance',
    by: 'terraform',
    age: 380,
    hosts: 3,
    trusts: 'anchor and name',
    allows: write('reports'),
    hasSessionPolicy: true,
  },
  {
    name: 'jenkins',
    role: 'jenkins-deployer',
    anchor: 'ashburn',
    site: 'ash',
    team: 'Build',
    by: 'pavel',
    age: 366,
    hosts: 4,
    trusts: 'anchor',
    attached: ['PowerUserAccess'],
    duration: 28_800,
    roleDuration: 43_200,
    namesSessions: true,
  },
  {
    name: 'domain-join',
    anchor: 'windows',
    site: 'ash',
    team: 'Windows',
    by: 'wanda',
    age: 630,
    hosts: 16,
    trusts: 'nothing',
    attached: ['AmazonSSMManagedInstanceCore'],
    certificateDays: 365,
  },
  {
    name: 'file-server',
    anchor: 'windows',
    site: 'ash',
    team: 'Windows',
    by: 'wanda',
    age: 620,
    hosts: 5,
    trusts: 'not a name',
    attached: ['AmazonS3FullAccess'],
    unmapped: true,
    certificateDays: 365,
  },
  {
    name: 'old-sql-dumps',
    anchor: 'windows',
    site: 'ash',
    team: 'Windows',
    by: 'wanda',
    age: 610,
    hosts: 1,
    trusts: 'nothing',
    allows: everything,
    disabled: true,
  },
  {
    name: 'k8s-operator',
    anchor: 'kubernetes',
    site: 'sea',
    team: 'Containers',
    by: 'pavel',
    age: 405,
    hosts: 3,
    trusts: 'anchor',
    attached: ['AmazonEC2ContainerRegistryPowerUser', 'IAMFullAccess'],
    namesSessions: true,
    duration: 7200,
    roleDuration: 7200,
  },
  {
    name: 'k8s-workloads',
    anchor: 'kubernetes',
    site: 'sea',
    team: 'Containers',
    by: 'pavel',
    age: 400,
    hosts: 18,
    trusts: 'name',
    allows: [...read('config'), ...queue('events')],
    bounded: true,
    certificateDays: 7,
  },
  {
    name: 'image-scan',
    anchor: 'kubernetes',
    site: 'sea',
    team: 'Security',
    by: 'terraform',
    age: 58,
    hosts: 2,
    trusts: 'anchor and name',
    attached: ['AmazonEC2ReadOnlyAccess'],
    hasSessionPolicy: false,
  },
  {
    name: 'poc',
    anchor: 'trial',
    site: 'sea',
    team: 'Containers',
    by: 'pavel',
    age: 687,
    hosts: 1,
    trusts: 'nothing',
    allows: everything,
    certificateDays: 3650,
  },
  {
    name: 'apac-retail',
    anchor: 'apac',
    site: 'sin',
    team: 'Retail',
    by: 'terraform',
    age: 290,
    hosts: 11,
    trusts: 'anchor and unit',
    allows: [...write('apac-sales'), ...queue('sales')],
    hasSessionPolicy: true,
    bounded: true,
  },
  {
    name: 'apac-breakglass',
    anchor: 'apac',
    site: 'sin',
    team: 'Platform',
    by: 'wanda',
    age: 25,
    hosts: 0,
    trusts: 'anchor',
    attached: ['AdministratorAccess'],
    duration: 3600,
  },
];
