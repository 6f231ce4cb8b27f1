import { userActor } from '../build/actors.ts';
import { awsPolicyArn } from '../build/aws-policies.ts';
import { type AccountBuilder, accountBuilder } from '../build/builder.ts';
import { onlyFrom, policyText, rolesAnywhereTrust } from '../build/trust-policies.ts';
import { rootAuthority } from '../pki/authority.ts';
import type { Story } from '../story.ts';

const ID = '777788889999';
const REGIONS = ['eu-west-1', 'us-east-1', 'ap-southeast-2'];

/** A small fleet, seen by somebody who may see half of it. */
export const denied: Story = {
  name: 'denied',
  says: 'A small fleet that refuses half of the calls: nothing that could not be read may pass as good',
  tell: now => {
    const account = accountBuilder({ id: ID, alias: 'initech-shared', now, optedIn: ['me-south-1'] });
    const document = policyText([
      { Effect: 'Allow', Action: 'ssm:GetParameter', Resource: `arn:aws:ssm:*:${ID}:parameter/agent/*` },
    ]);
    account.policy({ name: 'shared-agent', document, at: account.daysAgo(500) });
    for (const region of REGIONS) fleetIn(account, region);
    refusals(account);
    return account.done();
  },
};

function refusals({ fault }: AccountBuilder): void {
  const kind = 'AccessDenied';
  fault({ operation: 'iam:GetAccountAuthorizationDetails', kind });
  fault({ operation: 'iam:ListAccountAliases', kind });
  fault({ operation: 'iam:GetRole', resource: 'ledger-export-us-east-1', kind });
  fault({ operation: 'iam:ListAttachedRolePolicies', resource: 'stock-sync-us-east-1', kind });
  fault({ operation: 'iam:GetRolePolicy', resource: 'ledger-export-eu-west-1', kind });
  fault({ operation: 'iam:GetPolicyVersion', resource: `arn:aws:iam::${ID}:policy/shared-agent`, kind });
  fault({ operation: 'rolesanywhere:ListSubjects', kind });
  fault({ operation: 'rolesanywhere:ListCrls', region: 'us-east-1', kind });
  fault({ operation: 'rolesanywhere:ListTagsForResource', region: 'eu-west-1', kind });
  fault({ operation: 'rolesanywhere:*', region: 'me-south-1', kind, message: BY_ORGANISATION });
  fault({ operation: 'rolesanywhere:ListProfiles', region: 'ap-southeast-2', kind: 'error500' });
  fault({ operation: 'cloudtrail:LookupEvents', region: 'us-east-1', kind });
  fault({ operation: 'cloudtrail:LookupEvents', region: 'me-south-1', kind, message: BY_ORGANISATION });
}

const BY_ORGANISATION = `User: arn:aws:sts::${ID}:assumed-role/SecurityAudit/postern is not authorized to perform this action with an explicit deny in a service control policy`;

function fleetIn(account: AccountBuilder, region: string): void {
  const { daysAgo, daysAhead } = account;
  const by = userActor(ID, 'terraform', {
    sourceIp: '198.51.100.140',
    userAgent: 'APN/1.0 HashiCorp/1.0 Terraform/1.7.5',
  });
  const authority = rootAuthority({
    subject: [
      ['O', 'Initech'],
      ['CN', `Initech Plant CA ${region}`],
    ],
    notBefore: daysAgo(800),
    notAfter: daysAhead(2800),
  });
  const anchor = account.trustAnchor(region, {
    name: 'initech-plant',
    source: [authority],
    by,
    at: daysAgo(500),
    tags: { owner: 'plant-it' },
  });
  const crl = authority.crl({ number: 9, thisUpdate: daysAgo(20), nextUpdate: daysAhead(10), revoked: [] });
  account.crl(region, { name: 'initech-plant-crl', anchor, der: crl, by, at: daysAgo(480), updatedAt: daysAgo(20) });
  const shared = `arn:aws:iam::${ID}:policy/shared-agent`;

  const ledger = account.role({
    name: `ledger-export-${region}`,
    trust: rolesAnywhereTrust(onlyFrom(anchor.trustAnchorArn, 'ledger.initech.example')),
    inline: {
      export: policyText([{ Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::initech-ledger/*' }]),
    },
    by,
    at: daysAgo(470),
    lastUsed: { at: daysAgo(1), region },
  });
  const stock = account.role({
    name: `stock-sync-${region}`,
    trust: rolesAnywhereTrust(),
    attached: [awsPolicyArn('AmazonS3FullAccess'), shared],
    maxDuration: 7200,
    by,
    at: daysAgo(460),
    lastUsed: { at: daysAgo(2), region },
  });
  account.profile(region, { name: 'ledger-export', roles: [ledger], by, at: daysAgo(455), tags: { owner: 'finance' } });
  account.profile(region, { name: 'stock-sync', roles: [stock], duration: 7200, by, at: daysAgo(44) });
  const certificate = authority.issue({
    subject: [
      ['O', 'Initech'],
      ['CN', 'ledger.initech.example'],
    ],
    notBefore: daysAgo(80),
    notAfter: daysAhead(285),
  });
  account.subject(region, {
    name: certificate.subject,
    certificates: () => [certificate],
    firstSeen: daysAgo(450),
    lastSeen: daysAgo(1),
  });
}
