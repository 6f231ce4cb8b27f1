import type { TrustAnchor } from '../account.ts';
import { type Actor, userActor } from '../build/actors.ts';
import { awsPolicyArn } from '../build/aws-policies.ts';
import { type AccountBuilder, accountBuilder } from '../build/builder.ts';
import { randomFrom } from '../build/ids.ts';
import { onlyFrom, policyText, rolesAnywhereTrust } from '../build/trust-policies.ts';
import { type Authority, rootAuthority } from '../pki/authority.ts';
import type { Story } from '../story.ts';

const ID = '999900001111';
const REGIONS = ['eu-west-1', 'us-east-1', 'ap-northeast-1', 'us-west-2'];
const AUTHORITIES = 6;
const TEAMS = ['payments', 'search', 'catalogue', 'shipping', 'fraud', 'media', 'ledger', 'returns'];
const JOBS = ['export', 'sync', 'agent', 'loader', 'scanner', 'mirror', 'uploader', 'probe'];

/** N profiles and roles and N/10 trust anchors, beyond AWS's quotas when asked; few certificates, used again and again. */
export const large: Story = {
  name: 'large',
  says: 'As many profiles and roles as you say (large=500), good and bad mixed, to see how size is borne',
  tell: (now, size = 500) => {
    const account = accountBuilder({ id: ID, alias: 'umbrella-scale', now });
    const by = userActor(ID, 'terraform', {
      sourceIp: '198.51.100.200',
      userAgent: 'APN/1.0 HashiCorp/1.0 Terraform/1.9.8',
    });
    const random = randomFrom(`large=${size}`);
    const anchors = anchorsFor(account, by, Math.max(1, Math.floor(size / 10)));
    for (let n = 0; n < size; n++) pair(account, { n, by, random, anchors });
    return account.done();
  },
};

interface Gate {
  readonly region: string;
  readonly anchor: TrustAnchor;
  readonly authority: Authority;
}

function anchorsFor(account: AccountBuilder, by: Actor, count: number): readonly Gate[] {
  const { daysAgo, daysAhead } = account;
  const root = rootAuthority({
    subject: [
      ['O', 'Umbrella'],
      ['CN', 'Umbrella Root'],
    ],
    notBefore: daysAgo(2000),
    notAfter: daysAhead(3000),
  });
  const authorities = Array.from({ length: AUTHORITIES }, (_, n) =>
    root.subordinate({
      subject: [
        ['O', 'Umbrella'],
        ['CN', `Umbrella Issuing CA ${n + 1}`],
      ],
      notBefore: daysAgo(400),
      notAfter: daysAhead(30 + n * 200),
      pathLength: 0,
    }),
  );
  return Array.from({ length: count }, (_, n) => {
    const authority = n % 17 === 16 ? root : authorities[n % AUTHORITIES]!;
    const region = REGIONS[n % REGIONS.length]!;
    const anchor = account.trustAnchor(region, {
      name: `issuing-${n + 1}`,
      source: [authority],
      by,
      at: daysAgo(100 + (n % 300)),
      enabled: n % 11 !== 10,
    });
    return { region, anchor, authority };
  });
}

interface Pair {
  readonly n: number;
  readonly by: Actor;
  readonly random: () => number;
  readonly anchors: readonly Gate[];
}

/** One role and one profile; one in ten has a machine. */
function pair(account: AccountBuilder, { n, by, random, anchors }: Pair): void {
  const { daysAgo, daysAhead } = account;
  const { region, anchor, authority } = anchors[n % anchors.length]!;
  const name = `${TEAMS[n % TEAMS.length]}-${JOBS[Math.floor(n / TEAMS.length) % JOBS.length]}-${n + 1}`;
  const host = `${name}.umbrella.example`;
  const age = Math.floor(random() * 700);
  const policy = policyText([
    { Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: `arn:aws:s3:::umbrella-${name}/*` },
  ]);
  const role = account.role({
    name,
    trust: random() < 0.15 ? rolesAnywhereTrust() : rolesAnywhereTrust(onlyFrom(anchor.trustAnchorArn, host)),
    ...(random() < 0.03 ? { attached: [awsPolicyArn('AdministratorAccess')] } : { inline: { [name]: policy } }),
    maxDuration: random() < 0.1 ? 43_200 : 3600,
    by,
    at: daysAgo(age),
    ...(random() < 0.8 && { lastUsed: { at: daysAgo(random() * 30), region } }),
  });
  const isDangling = random() < 0.02;
  account.profile(region, {
    name,
    roles: isDangling ? [role, `${role}-gone`] : [role],
    ...(random() < 0.6 && { sessionPolicy: policy }),
    duration: random() < 0.1 ? 43_200 : 3600,
    enabled: random() < 0.9,
    by,
    at: daysAgo(age),
    tags: { team: TEAMS[n % TEAMS.length]! },
  });
  if (n % 10 !== 0) return;
  const subject = [
    ['O', 'Umbrella'],
    ['CN', host],
  ] as const;
  const certificates = () => [
    authority.issue({ subject, notBefore: daysAgo(30), notAfter: daysAhead(60), dns: [host] }),
  ];
  account.subject(region, { name: subject, certificates, firstSeen: daysAgo(age), lastSeen: daysAgo(random() * 120) });
}
