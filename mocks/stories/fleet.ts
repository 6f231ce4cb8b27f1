import type { Profile, TrustAnchor } from '../account.ts';
import { awsPolicyArn } from '../build/aws-policies.ts';
import { type AccountBuilder, accountBuilder, DEFAULT_MAPPINGS } from '../build/builder.ts';
import { policyText, rolesAnywhereTrust, serviceTrust } from '../build/trust-policies.ts';
import type { Certificate } from '../pki/authority.ts';
import type { Name } from '../pki/name.ts';
import type { Story } from '../story.ts';
import { type Anchors, fleetAnchors, fleetTeam, FLEET_ID as ID, type Team } from './fleet-anchors.ts';
import { fleetPeople } from './fleet-people.ts';
import { trustOf, WORKLOADS, type Workload } from './fleet-workloads.ts';

const HOURS = 1 / 24;

/** Several data centres, four teams, good and bad habits side by side, and a year of changes. */
export const fleet: Story = {
  name: 'fleet',
  says: 'A hybrid fleet in five regions, grown over years: good and bad habits side by side',
  tell: now => {
    const account = accountBuilder({ id: ID, alias: 'globex-hybrid', now, optedIn: ['eu-central-2', 'me-central-1'] });
    const team = fleetTeam(account);
    const anchors = fleetAnchors(account, team);
    account.policy({
      name: 'onprem-boundary',
      document: BOUNDARY,
      at: account.daysAgo(900),
      description: 'For every role that a machine outside of AWS assumes',
    });
    for (const [n, workload] of WORKLOADS.entries()) deploy(account, { workload, n, team, anchors });
    leftovers(account, team);
    fleetPeople(account);
    changes(account, team);
    return account.done();
  },
};

const BOUNDARY = policyText([
  {
    Effect: 'Allow',
    Action: ['s3:*', 'logs:*', 'cloudwatch:*', 'ssm:*', 'sqs:*', 'kms:Decrypt', 'kms:GenerateDataKey'],
    Resource: '*',
  },
  { Effect: 'Deny', Action: ['iam:*', 'organizations:*', 'rolesanywhere:*'], Resource: '*' },
]);

interface Deployment {
  readonly workload: Workload;
  readonly n: number;
  readonly team: Team;
  readonly anchors: Anchors;
}

function deploy(account: AccountBuilder, { workload, n, team, anchors }: Deployment): void {
  const { daysAgo } = account;
  const gate = anchors[workload.anchor];
  const { region, anchor } = gate;
  const by = team[workload.by];
  const at = daysAgo(workload.age);
  const isUsed = workload.hosts > 0 && workload.disabled !== true;
  const role = account.role({
    name: workload.role ?? workload.name,
    trust: trustOf(workload, anchor.trustAnchorArn, ID),
    attached: (workload.attached ?? []).map(awsPolicyArn),
    inline: workload.allows === undefined ? {} : { [workload.name]: policyText(workload.allows) },
    ...(workload.bounded === true && { boundary: `arn:aws:iam::${ID}:policy/onprem-boundary` }),
    maxDuration: workload.roleDuration ?? 3600,
    by,
    at,
    ...(isUsed && { lastUsed: { at: daysAgo((n % 20) * HOURS), region } }),
    tags: { team: workload.team },
  });
  const profile = account.profile(region, {
    name: workload.name,
    roles: [role, ...(workload.missingRoles ?? []).map(name => `arn:aws:iam::${ID}:role/${name}`)],
    ...(workload.hasSessionPolicy === true && { sessionPolicy: policyText(workload.allows ?? []) }),
    ...(workload.managedSessionPolicy !== undefined && {
      managedPolicies: [awsPolicyArn(workload.managedSessionPolicy)],
    }),
    duration: workload.duration ?? 3600,
    enabled: workload.disabled !== true,
    acceptRoleSessionName: workload.namesSessions ?? false,
    requireInstanceProperties: workload.name === 'plant-sensors',
    mappings: workload.unmapped === true ? DEFAULT_MAPPINGS.slice(0, 2) : DEFAULT_MAPPINGS,
    by,
    at: daysAgo(Math.max(1, workload.age - 1)),
    tags: { team: workload.team, ...(n % 3 === 0 && { 'managed-by': 'terraform' }) },
  });
  for (let host = 0; host < workload.hosts; host++)
    attach(account, { workload, host, n, profile, role, region, anchor, gate });
}

interface Attachment {
  readonly workload: Workload;
  readonly host: number;
  readonly n: number;
  readonly profile: Profile;
  readonly role: string;
  readonly region: string;
  readonly anchor: TrustAnchor;
  readonly gate: Anchors[keyof Anchors];
}

/** A machine: its subject, and for a few of them the sessions of the last days. */
function attach(account: AccountBuilder, attachment: Attachment): void {
  const { workload, host, n, profile, role, region, anchor, gate } = attachment;
  const { daysAgo } = account;
  const name = hostName(workload, host);
  const isGone = host % 9 === 8;
  const issue = (): Certificate => certificateFor(account, attachment, name);
  const lastSeen = isGone ? daysAgo(91 + host) : daysAgo(((host + n) % 30) * HOURS);
  account.subject(region, {
    name,
    certificates: () => [issue()],
    firstSeen: daysAgo(Math.max(workload.age - 2 - host, 2)),
    lastSeen,
    failed: host % 23 === 22 || (gate.isExpired && !isGone),
    ...(host % 4 === 0 && { tags: { site: workload.site } }),
  });
  if (host > 1 || isGone || workload.disabled === true || gate.isExpired) return;
  const certificate = issue();
  for (let day = 0; day < 120; day += 17) {
    account.session(region, {
      anchor,
      profile,
      role,
      certificate,
      at: daysAgo(day + ((host + n) % 30) * HOURS),
      sourceIp: `203.0.113.${(n * 8 + host) % 250}`,
    });
  }
}

function hostName({ name, site, team }: Workload, host: number): Name {
  return [
    ['O', 'Globex Corporation'],
    ['OU', team],
    ['CN', `${name}-${String(host + 1).padStart(2, '0')}.${site}.globex.example`],
  ];
}

/** Some certificates live a year, most 90 days; some of them end within days. */
function certificateFor(
  { daysAgo, daysAhead }: AccountBuilder,
  { workload, host, gate }: Attachment,
  name: Name,
): Certificate {
  const lifetime = workload.certificateDays ?? 90;
  const age = (host * 13) % lifetime;
  return gate.authority.issue({
    subject: name,
    notBefore: daysAgo(age),
    notAfter: daysAhead(lifetime - age),
    dns: [name.at(-1)![1]],
  });
}

/** Roles without a profile. */
function leftovers(account: AccountBuilder, { wanda, terraform }: Team): void {
  const { daysAgo } = account;
  account.role({
    name: 'AWSServiceRoleForRolesAnywhere',
    path: '/aws-service-role/rolesanywhere.amazonaws.com/',
    trust: serviceTrust('rolesanywhere.amazonaws.com'),
    attached: [awsPolicyArn('AWSRolesAnywhereServicePolicy')],
    by: terraform,
    at: daysAgo(870),
  });
  account.role({
    name: 'mainframe-gateway',
    trust: rolesAnywhereTrust(),
    attached: [awsPolicyArn('PowerUserAccess')],
    by: wanda,
    at: daysAgo(610),
  });
  account.role({
    name: 'invoice-archive-lambda',
    path: '/service-role/',
    trust: serviceTrust('lambda.amazonaws.com'),
    attached: [awsPolicyArn('AWSLambdaBasicExecutionRole')],
    by: terraform,
    at: daysAgo(400),
    lastUsed: { at: daysAgo(3 * HOURS), region: 'eu-west-1' },
  });
  account.role({
    name: 'db-backup',
    trust: serviceTrust('backup.amazonaws.com'),
    attached: [awsPolicyArn('AWSBackupServiceRolePolicyForBackup')],
    by: terraform,
    at: daysAgo(720),
    lastUsed: { at: daysAgo(6 * HOURS), region: 'us-east-1' },
  });
  account.role({
    name: 'ssm-managed',
    trust: serviceTrust('ec2.amazonaws.com'),
    attached: [awsPolicyArn('AmazonSSMManagedInstanceCore')],
    by: terraform,
    at: daysAgo(720),
    lastUsed: { at: daysAgo(HOURS), region: 'eu-west-1' },
  });
}

/** What people did besides creating things: the window of LookupEvents shows the last 90 days of it. */
function changes({ event, daysAgo }: AccountBuilder, { wanda, pavel, terraform, auditor }: Team): void {
  const service = 'rolesanywhere';
  for (let week = 0; week < 52; week++) {
    const region = ['eu-west-1', 'us-east-1', 'eu-central-1', 'us-west-2'][week % 4]!;
    for (const name of ['ListTrustAnchors', 'ListProfiles', 'ListCrls'])
      event({
        region,
        at: daysAgo(week * 7 + 0.3),
        service,
        name,
        by: auditor,
        readOnly: true,
        request: { pageSize: 100 },
      });
  }
  event({
    region: 'eu-west-1',
    at: daysAgo(5.4),
    service,
    name: 'UpdateProfile',
    by: wanda,
    request: { profileId: '5d0c6d0e-8d8b-4c1b-a0b7-6f1de5d1c1a2', durationSeconds: 43_200 },
    error: {
      code: 'AccessDeniedException',
      message: `User: ${wanda.arn} is not authorized to perform: iam:PassRole on resource: arn:aws:iam::${ID}:role/erp-export`,
    },
  });
  event({
    region: 'us-east-1',
    at: daysAgo(12.2),
    service: 'iam',
    name: 'UpdateAssumeRolePolicy',
    by: pavel,
    request: { roleName: 'erp-export', policyDocument: rolesAnywhereTrust() },
  });
  event({
    region: 'us-west-2',
    at: daysAgo(33.6),
    service,
    name: 'DisableTrustAnchor',
    by: pavel,
    request: { trustAnchorId: '0b9d5b57-8f1e-4f0c-a3ad-90f7a2f5cf11' },
  });
  event({
    region: 'us-east-1',
    at: daysAgo(47.1),
    service: 'iam',
    name: 'AttachRolePolicy',
    by: terraform,
    request: { roleName: 'k8s-operator', policyArn: awsPolicyArn('IAMFullAccess') },
  });
  event({
    region: 'eu-central-1',
    at: daysAgo(130.5),
    service,
    name: 'DeleteCrl',
    by: wanda,
    request: { crlId: '7a3f3a8e-3f5b-49d7-a4b2-2b1f0f6a9d10' },
  });
}
