import { type Actor, sessionActor, userActor } from '../build/actors.ts';
import { awsPolicyArn } from '../build/aws-policies.ts';
import { type AccountBuilder, accountBuilder } from '../build/builder.ts';
import { directoryTrust, policyText, rolesAnywhereTrust, serviceTrust } from '../build/trust-policies.ts';
import { type Authority, type Certificate, rootAuthority } from '../pki/authority.ts';
import type { Name } from '../pki/name.ts';
import type { Story } from '../story.ts';

const ID = '444455556666';
const REGION = 'eu-central-1';
const HOURS = 1 / 24;
const OWNED = { team: 'platform', 'managed-by': 'terraform', repository: 'northwind/aws-landing-zone' };

/** Issuing CAs below an offline root, fresh CRLs, one role per purpose, pinned to anchor, issuer and subject. */
export const tidy: Story = {
  name: 'tidy',
  says: 'An account where everything is as it should be',
  tell: now => {
    const account = accountBuilder({ id: ID, alias: 'northwind-prod', now });
    const by = platformTeam(account);
    const boundary = boundaryPolicy(account);
    const root = rootAuthority({
      subject: named('Security', 'Northwind Offline Root CA'),
      notBefore: account.daysAgo(1100),
      notAfter: account.daysAhead(2550),
    });
    for (const purpose of PURPOSES) gate(account, { purpose, by, boundary, root });
    account.event({
      region: REGION,
      at: account.daysAgo(31),
      service: 'rolesanywhere',
      name: 'ListProfiles',
      by,
      readOnly: true,
    });
    account.event({
      region: REGION,
      at: account.daysAgo(31),
      service: 'rolesanywhere',
      name: 'ListTrustAnchors',
      by,
      readOnly: true,
    });
    return account.done();
  },
};

interface Purpose {
  readonly name: string;
  readonly unit: string;
  readonly hosts: readonly string[];
  /** What the role may do. */
  readonly allows: readonly object[];
  /** What the profile's session policy leaves of it. */
  readonly narrows: readonly object[];
}

const PURPOSES: readonly Purpose[] = [
  {
    name: 'metrics-shipper',
    unit: 'Hosts',
    hosts: ['node-1.fra.northwind.example', 'node-2.fra.northwind.example'],
    allows: [
      {
        Effect: 'Allow',
        Action: 'cloudwatch:PutMetricData',
        Resource: '*',
        Condition: { StringLike: { 'cloudwatch:namespace': 'Northwind/*' } },
      },
    ],
    narrows: [
      {
        Effect: 'Allow',
        Action: 'cloudwatch:PutMetricData',
        Resource: '*',
        Condition: { StringEquals: { 'cloudwatch:namespace': 'Northwind/Hosts' } },
      },
    ],
  },
  {
    name: 'artifact-publisher',
    unit: 'Build',
    hosts: ['builder-1.fra.northwind.example'],
    allows: [{ Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::northwind-artifacts/*' }],
    narrows: [{ Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::northwind-artifacts/releases/*' }],
  },
  {
    name: 'backup-writer',
    unit: 'Backup',
    hosts: ['vault.fra.northwind.example'],
    allows: [
      {
        Effect: 'Allow',
        Action: ['s3:PutObject', 's3:AbortMultipartUpload'],
        Resource: 'arn:aws:s3:::northwind-backup/*',
      },
    ],
    narrows: [{ Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::northwind-backup/vault/*' }],
  },
];

/** Whoever built the gates may not change them any more: that takes an administrator, and another pair of eyes. */
const GATES_STAY: readonly object[] = [
  {
    Sid: 'GatesStayAsTheyAre',
    Effect: 'Deny',
    Action: ['Create', 'Update', 'Enable', 'Disable', 'Delete', 'Import', 'Put'].map(verb => `rolesanywhere:${verb}*`),
    Resource: '*',
  },
];

function platformTeam(account: AccountBuilder): Actor {
  const { daysAgo } = account;
  const setup = userActor(ID, 'setup', { sourceIp: '198.51.100.90', userAgent: 'console.amazonaws.com' });
  const role = account.role({
    name: 'AWSReservedSSO_Platform_4c1de09ab37f5628',
    path: '/aws-reserved/sso.amazonaws.com/eu-central-1/',
    trust: directoryTrust(ID),
    attached: [awsPolicyArn('PowerUserAccess')],
    inline: { AwsSSOInlinePolicy: policyText(GATES_STAY) },
    maxDuration: 14_400,
    by: setup,
    at: daysAgo(1000),
    lastUsed: { at: daysAgo(2 * HOURS), region: REGION },
  });
  account.role({
    name: 'AWSServiceRoleForRolesAnywhere',
    path: '/aws-service-role/rolesanywhere.amazonaws.com/',
    trust: serviceTrust('rolesanywhere.amazonaws.com'),
    attached: [awsPolicyArn('AWSRolesAnywhereServicePolicy')],
    by: setup,
    at: daysAgo(700),
  });
  return sessionActor(
    ID,
    { arn: role, session: 'ines.keller' },
    {
      sourceIp: '198.51.100.91',
      userAgent: 'aws-cli/2.22.4 md/awscrt#0.22.0 ua/2.0 os/linux#6.1 lang/python#3.12.6',
      mfa: true,
    },
  );
}

function boundaryPolicy(account: AccountBuilder): string {
  const document = policyText([
    {
      Sid: 'WhatMachinesMayDo',
      Effect: 'Allow',
      Action: ['cloudwatch:PutMetricData', 's3:PutObject', 's3:AbortMultipartUpload'],
      Resource: '*',
    },
  ]);
  return account.policy({
    name: 'machine-boundary',
    description: 'The most that a machine may ever do',
    document,
    at: account.daysAgo(690),
  });
}

interface Gate {
  readonly purpose: Purpose;
  readonly by: Actor;
  readonly boundary: string;
  readonly root: Authority;
}

/** One anchor, one role and one profile for each purpose: no certificate of one opens another. */
function gate(account: AccountBuilder, { purpose, by, boundary, root }: Gate): void {
  const { daysAgo, daysAhead } = account;
  const issuing = root.subordinate({
    subject: named(purpose.unit, `Northwind ${purpose.unit} CA`),
    notBefore: daysAgo(500),
    notAfter: daysAhead(1325),
    pathLength: 0,
  });
  const anchor = account.trustAnchor(REGION, {
    name: `northwind-${purpose.unit.toLowerCase()}`,
    source: [issuing],
    by,
    at: daysAgo(480),
    tags: OWNED,
  });
  const revoked = [{ serial: host(account, issuing, purpose, `old.${purpose.hosts[0]}`).serial, at: daysAgo(40) }];
  const crl = issuing.crl({ number: 68, thisUpdate: daysAgo(1), nextUpdate: daysAhead(6), revoked });
  account.crl(REGION, {
    name: `northwind-${purpose.unit.toLowerCase()}-crl`,
    anchor,
    der: crl,
    by,
    at: daysAgo(479),
    updatedAt: daysAgo(1),
  });

  const lastUsed = { at: daysAgo(HOURS), region: REGION };
  const role = account.role({
    name: purpose.name,
    trust: trustFor(purpose, anchor.trustAnchorArn),
    inline: { [purpose.name]: policyText(purpose.allows) },
    boundary,
    by,
    at: daysAgo(478),
    lastUsed,
    tags: OWNED,
  });
  const profile = account.profile(REGION, {
    name: purpose.name,
    roles: [role],
    sessionPolicy: policyText(purpose.narrows),
    by,
    at: daysAgo(477),
    tags: OWNED,
  });
  for (const [n, name] of purpose.hosts.entries()) {
    const certificate = host(account, issuing, purpose, name);
    account.subject(REGION, {
      name: certificate.subject,
      certificates: () => [certificate],
      firstSeen: daysAgo(470 - n),
      lastSeen: daysAgo((n + 1) * HOURS),
      tags: OWNED,
    });
    account.session(REGION, {
      anchor,
      profile,
      role,
      certificate,
      at: daysAgo((n + 1) * HOURS),
      sourceIp: `203.0.113.${50 + n}`,
    });
  }
}

function trustFor({ hosts, unit }: Purpose, anchorArn: string): string {
  return rolesAnywhereTrust({
    ArnEquals: { 'aws:SourceArn': anchorArn },
    StringEquals: {
      'aws:SourceAccount': ID,
      'aws:PrincipalTag/x509Subject/CN': hosts,
      'aws:PrincipalTag/x509Issuer/CN': `Northwind ${unit} CA`,
    },
  });
}

function host(
  { daysAgo, daysAhead }: AccountBuilder,
  issuing: Authority,
  { unit }: Purpose,
  name: string,
): Certificate {
  const subject: Name = [
    ['O', 'Northwind GmbH'],
    ['OU', unit],
    ['CN', name],
  ];
  return issuing.issue({ subject, notBefore: daysAgo(20), notAfter: daysAhead(70), dns: [name] });
}

const named = (unit: string, name: string): Name => [
  ['C', 'DE'],
  ['O', 'Northwind GmbH'],
  ['OU', unit],
  ['CN', name],
];
