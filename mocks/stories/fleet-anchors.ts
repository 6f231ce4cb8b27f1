import type { TrustAnchor } from '../account.ts';
import { type Actor, sessionActor, userActor } from '../build/actors.ts';
import { awsPolicyArn } from '../build/aws-policies.ts';
import type { AccountBuilder } from '../build/builder.ts';
import { directoryTrust } from '../build/trust-policies.ts';
import { type Authority, rootAuthority } from '../pki/authority.ts';
import { rsaKey } from '../pki/keys.ts';
import type { Name } from '../pki/name.ts';

export const FLEET_ID = '222233334444';
const ID = FLEET_ID;

export interface Team {
  readonly wanda: Actor;
  readonly pavel: Actor;
  readonly terraform: Actor;
  readonly auditor: Actor;
}

export type AnchorName =
  | 'dublin'
  | 'frankfurt'
  | 'ashburn'
  | 'kubernetes'
  | 'vault'
  | 'windows'
  | 'plant'
  | 'apac'
  | 'trial';
export type Anchors = Readonly<Record<AnchorName, FleetAnchor>>;

export interface FleetAnchor {
  readonly region: string;
  readonly anchor: TrustAnchor;
  /** Who signs for the machines that come through it. */
  readonly authority: Authority;
  readonly isExpired: boolean;
}

export function fleetTeam(account: AccountBuilder): Team {
  const { daysAgo } = account;
  const setup = userActor(ID, 'bootstrap', { sourceIp: '198.51.100.3', userAgent: 'console.amazonaws.com' });
  const people = account.role({
    name: 'AWSReservedSSO_CloudAdmin_77d1c0b35ea94f28',
    path: '/aws-reserved/sso.amazonaws.com/eu-west-1/',
    trust: directoryTrust(ID),
    attached: [awsPolicyArn('AdministratorAccess')],
    maxDuration: 43_200,
    by: setup,
    at: daysAgo(1400),
    lastUsed: { at: daysAgo(0.1), region: 'eu-west-1' },
  });
  const console_ =
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36';
  return {
    wanda: sessionActor(
      ID,
      { arn: people, session: 'wanda.novak' },
      { sourceIp: '198.51.100.60', userAgent: console_, mfa: true },
    ),
    pavel: sessionActor(
      ID,
      { arn: people, session: 'pavel.horak' },
      {
        sourceIp: '198.51.100.61',
        userAgent: 'aws-cli/2.17.9 md/awscrt#0.20.11 ua/2.0 os/windows#10 lang/python#3.11.9',
        mfa: true,
      },
    ),
    terraform: sessionActor(
      ID,
      { arn: `arn:aws:iam::${ID}:role/terraform`, session: 'GitHubActions' },
      {
        sourceIp: '192.0.2.44',
        userAgent: 'APN/1.0 HashiCorp/1.0 Terraform/1.9.5 (+https://www.terraform.io) terraform-provider-aws/5.70.0',
      },
    ),
    auditor: sessionActor(
      ID,
      { arn: `arn:aws:iam::${ID}:role/SecurityAudit`, session: 'weekly-review' },
      {
        sourceIp: '192.0.2.80',
        userAgent: 'Boto3/1.35.60 md/Botocore#1.35.60 ua/2.0 os/linux#5.15 lang/python#3.11.10',
      },
    ),
  };
}

/** Nine of them, of every kind that one meets. */
export function fleetAnchors(account: AccountBuilder, { wanda, pavel, terraform }: Team): Anchors {
  const { daysAgo, daysAhead } = account;
  const root = rootAuthority({
    subject: named('Globex Root CA G2'),
    notBefore: daysAgo(2600),
    notAfter: daysAhead(4700),
  });
  const issuing = (name: string, from: number, to: number): Authority =>
    root.subordinate({
      subject: named(name),
      notBefore: daysAgo(from),
      notAfter: to >= 0 ? daysAhead(to) : daysAgo(-to),
      pathLength: 0,
    });
  const selfSigned = (name: string, from: number, to: number): Authority =>
    rootAuthority({ subject: named(name), notBefore: daysAgo(from), notAfter: daysAhead(to) });

  const dublin = issuing('Globex Dublin CA', 880, 945);
  const frankfurt = issuing('Globex Frankfurt CA', 870, 28);
  const ashburn = issuing('Globex Ashburn CA', 500, 1325);
  const kubernetes = selfSigned('kubernetes-ca', 420, 3230);
  const vault = issuing('Globex Vault Intermediate 3', 200, 530);
  const windows = rootAuthority({
    subject: [
      ['O', 'Globex Corporation'],
      ['CN', 'GLOBEX-DC01-CA'],
    ],
    notBefore: daysAgo(3300),
    notAfter: daysAhead(3900),
    key: rsaKey('GLOBEX-DC01-CA', 1024),
  });
  const plant = issuing('Globex Plant CA', 1120, -23);
  const trial = selfSigned('test', 690, 35);
  const tags = { team: 'platform', 'managed-by': 'terraform' };
  const apac = issuing('Globex APAC (AWS Private CA)', 300, 1500);
  const pca = account.privateCa({
    region: 'ap-southeast-1',
    id: '3c1f0d7e-54a2-4b86-9d7e-8b1c0a9f6e25',
    certificate: apac,
    chain: [root],
    at: daysAgo(300),
  });

  const anchors: Anchors = {
    dublin: gate('eu-west-1', dublin, {
      name: 'globex-dublin',
      source: [dublin],
      by: terraform,
      at: daysAgo(868),
      tags,
    }),
    frankfurt: gate('eu-central-1', frankfurt, {
      name: 'globex-frankfurt',
      source: [frankfurt],
      by: terraform,
      at: daysAgo(860),
      tags,
    }),
    ashburn: gate('us-east-1', ashburn, {
      name: 'globex-ashburn',
      source: [ashburn, root],
      by: terraform,
      at: daysAgo(490),
      tags,
    }),
    kubernetes: gate('us-west-2', kubernetes, {
      name: 'onprem-k8s',
      source: [kubernetes],
      by: pavel,
      at: daysAgo(410),
      tags: { team: 'containers' },
    }),
    vault: gate('eu-west-1', vault, {
      name: 'vault-pki',
      source: [vault],
      by: terraform,
      at: daysAgo(198),
      tags: { ...tags, team: 'secrets' },
    }),
    windows: gate('us-east-1', windows, { name: 'adcs', source: [windows], by: wanda, at: daysAgo(640) }),
    plant: gate(
      'eu-central-1',
      plant,
      {
        name: 'plant-floor',
        source: [plant],
        by: wanda,
        at: daysAgo(700),
        tags: { team: 'manufacturing' },
        notifications: QUIET,
      },
      true,
    ),
    apac: gate('ap-southeast-1', apac, {
      name: 'apac-private-ca',
      source: pca,
      by: terraform,
      at: daysAgo(295),
      tags,
    }),
    trial: gate('us-west-2', trial, {
      name: 'poc 2024',
      source: [trial],
      by: pavel,
      at: daysAgo(688),
      updatedAt: daysAgo(33),
      enabled: false,
    }),
  };
  crls(account, anchors, { wanda, terraform });
  return anchors;

  function gate(
    region: string,
    authority: Authority,
    request: Parameters<AccountBuilder['trustAnchor']>[1],
    isExpired = false,
  ): FleetAnchor {
    return { region, authority, anchor: account.trustAnchor(region, request), isExpired };
  }
}

/** One that is kept fresh, one that nobody renewed, one that is switched off. */
function crls(
  account: AccountBuilder,
  { dublin, frankfurt, ashburn }: Anchors,
  { wanda, terraform }: Pick<Team, 'wanda' | 'terraform'>,
): void {
  const { daysAgo, daysAhead } = account;
  const revoked = [3, 11, 40].map(days => ({ serial: `10${days.toString(16).padStart(30, '0')}`, at: daysAgo(days) }));
  const fresh = dublin.authority.crl({ number: 212, thisUpdate: daysAgo(1), nextUpdate: daysAhead(2), revoked });
  const stale = frankfurt.authority.crl({
    number: 87,
    thisUpdate: daysAgo(64),
    nextUpdate: daysAgo(34),
    revoked: revoked.slice(2),
  });
  const unused = ashburn.authority.crl({ number: 4, thisUpdate: daysAgo(7), nextUpdate: daysAhead(23), revoked: [] });
  account.crl('eu-west-1', {
    name: 'globex-dublin',
    anchor: dublin.anchor,
    der: fresh,
    by: terraform,
    at: daysAgo(850),
    updatedAt: daysAgo(1),
  });
  account.crl('eu-central-1', {
    name: 'globex-frankfurt',
    anchor: frankfurt.anchor,
    der: stale,
    by: terraform,
    at: daysAgo(845),
    updatedAt: daysAgo(64),
  });
  account.crl('us-east-1', {
    name: 'globex-ashburn',
    anchor: ashburn.anchor,
    der: unused,
    by: wanda,
    at: daysAgo(480),
    updatedAt: daysAgo(7),
    enabled: false,
  });
}

const QUIET = (['CA_CERTIFICATE_EXPIRY', 'END_ENTITY_CERTIFICATE_EXPIRY'] as const).map(event => ({
  enabled: false,
  event,
  threshold: 45,
  channel: 'ALL' as const,
  configuredBy: FLEET_ID,
}));

const named = (name: string): Name => [
  ['C', 'US'],
  ['O', 'Globex Corporation'],
  ['OU', 'PKI'],
  ['CN', name],
];
