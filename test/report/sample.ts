import type { Resource } from '../../src/documents/document.ts';
import type { Finding, NotEvaluated } from '../../src/findings/finding.ts';
import { type Report, reportOf } from '../../src/report/report.ts';
import { coverageOf } from '../../src/snapshot/coverage.ts';
import type { RegionSnapshot, Snapshot } from '../../src/snapshot/snapshot.ts';

const ACCOUNT = '111122223333';
const ANCHOR = `arn:aws:rolesanywhere:eu-west-1:${ACCOUNT}:trust-anchor/0e5d1ab2-0000-4000-8000-000000000001`;
const ROLE = `arn:aws:iam::${ACCOUNT}:role/deploy`;

/** One account, two regions, one of them refused; names that try to break out of the text. */
export const SNAPSHOT: Snapshot = {
  postern: 'snapshot/1',
  takenAt: '2026-11-23T23:45:00.000Z',
  accounts: [
    {
      id: ACCOUNT,
      alias: 'acme-prod',
      roles: [{ RoleName: 'deploy', Arn: ROLE }],
      policies: [],
      unread: [
        { operation: 'iam:GetRole', resource: 'legacy', error: 'AccessDenied', message: 'not allowed to iam:GetRole' },
      ],
      notAsked: ['policies'],
      regions: [
        region('eu-west-1', {
          trustAnchors: [
            {
              trustAnchorId: '1',
              trustAnchorArn: ANCHOR,
              name: 'corp',
              enabled: true,
              source: { sourceType: 'X', sourceData: {} },
            },
          ],
          tags: [{ resourceArn: ANCHOR, tags: [] }],
        }),
        region('us-east-1', {
          unread: [
            { operation: 'rolesanywhere:ListProfiles', resource: '*', error: 'AccessDenied', message: 'explicit deny' },
          ],
        }),
        region('us-west-2', { notAsked: ['subjects', 'tags'] }),
      ],
    },
  ],
};

function region(name: string, part: Partial<RegionSnapshot>): RegionSnapshot {
  const empty = {
    trustAnchors: [],
    profiles: [],
    crls: [],
    subjects: [],
    tags: [],
    events: [],
    unread: [],
    notAsked: [],
  };
  return { ...empty, ...part, name };
}

export const FINDINGS: readonly Finding[] = [
  {
    id: '00000000000000aa',
    rule: 'role-admin-reachable',
    name: 'Role with full access can be entered through Roles Anywhere',
    severity: 'critical',
    riskScore: 99,
    resource: { kind: 'role', id: ROLE, name: 'deploy', account: ACCOUNT, region: 'global' },
    why: 'The role allows every action on every resource, and an enabled profile hands it out to whoever holds a certificate.\n\nOne leaked key is then the whole account.',
    evidence: [
      { field: 'role.admin', value: true },
      { field: 'role.admin_by', value: ['arn:aws:iam::aws:policy/AdministratorAccess', 'inline-everything'] },
      {
        field: 'role.trust.statements',
        value: ['{"Effect":"Allow","Principal":{"Service":"rolesanywhere.amazonaws.com"}}'],
      },
      {
        field: 'role.profiles.arn',
        value: Array.from({ length: 11 }, (_, i) => `arn:aws:rolesanywhere:eu-west-1:${ACCOUNT}:profile/${i}`),
      },
    ],
    fix: {
      text: 'Give the role only what its workload does, or take it out of the profiles.',
      cli: `aws iam detach-role-policy --role-name deploy \\\n  --policy-arn arn:aws:iam::aws:policy/AdministratorAccess`,
    },
    references: ['https://docs.aws.amazon.com/rolesanywhere/latest/userguide/security.html'],
    status: 'open',
  },
  {
    id: '00000000000000bb',
    rule: 'trust-anchor-created',
    name: 'Trust anchor created',
    severity: 'low',
    riskScore: 21,
    resource: { kind: 'event', id: '66e5f252', name: 'CreateTrustAnchor', account: ACCOUNT, region: 'eu-west-1' },
    time: '2026-11-23T02:00:00.000Z',
    why: 'Whoever holds a key of this CA may enter.',
    evidence: [
      { field: 'user.name', value: '::error file=a::\u001b[31mpwned\u202e' },
      { field: 'user_agent.original', value: 'x\n##vso[task.complete result=Succeeded;]\n::set-output name=a::b' },
      { field: 'aws.cloudtrail.request_parameters', value: `{name=${'long '.repeat(200)}}` },
      { field: 'tags', value: { owner: '::stop-commands::x', list: [] } },
      { field: 'empty', value: [] },
    ],
    fix: { text: 'Ask the actor; delete the anchor if nobody knows it.' },
    references: [],
    status: 'open',
  },
];

const PROFILE = { kind: 'profile', account: ACCOUNT, region: 'us-east-1' } as const;

export const NOT_EVALUATED: readonly NotEvaluated[] = [
  ...Array.from({ length: 7 }, (_, i) => ({
    rule: 'profile-hands-out-admin',
    resource: { ...PROFILE, id: `arn:${i}`, name: `ci-${i}` },
    missing: ['profile.roles.admin'],
  })),
  {
    rule: 'role-unused',
    resource: { kind: 'role', id: 'arn:r', name: '\u202elegacy', account: ACCOUNT, region: 'global' },
    missing: ['role.last_used_at', 'role.created_at'],
  },
];

/** Places that nobody could list, for every rule on what is there. */
const UNSEEN: readonly NotEvaluated[] = [
  ...['profile-hands-out-admin', 'profile-role-missing'].flatMap(rule =>
    ['us-east-1', '*'].map(region => unlisted(rule, { kind: 'profile', region }, 'rolesanywhere:ListProfiles')),
  ),
  ...['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map(region =>
    unlisted('trust-anchor-created', { kind: 'event', region }, 'cloudtrail:LookupEvents'),
  ),
  unlisted('role-unused', { kind: 'role', region: 'global' }, 'iam:ListRoles'),
];

function unlisted(rule: string, place: Pick<Resource, 'kind' | 'region'>, operation: string): NotEvaluated {
  return { rule, resource: { ...place, id: '*', name: '*', account: ACCOUNT }, missing: [operation] };
}

export const REPORT: Report = reportOf({
  snapshot: SNAPSHOT,
  findings: FINDINGS,
  notEvaluated: [...NOT_EVALUATED, ...UNSEEN],
  notSupported: [{ rule: 'somebody_elses_rule', reason: 'not supported yet: eql' }],
  coverage: coverageOf(SNAPSHOT),
  now: new Date('2026-11-23T23:49:00.000Z'),
  version: '0.1.0',
});

const QUIET: Snapshot = {
  ...SNAPSHOT,
  accounts: SNAPSHOT.accounts.map(one => ({ ...one, unread: [], notAsked: [], regions: one.regions.slice(0, 1) })),
};

/** Nothing found, everything read. */
export const CLEAN_REPORT: Report = reportOf({
  snapshot: QUIET,
  findings: [],
  notEvaluated: [],
  notSupported: [],
  coverage: coverageOf(QUIET),
  now: new Date('2026-11-25T23:49:00.000Z'),
  version: '0.1.0',
});

const NARROW: Snapshot = {
  ...QUIET,
  accounts: QUIET.accounts.map(one => ({
    ...one,
    notAsked: ['regions'],
    regions: [region('eu-west-1', { notAsked: ['events'] })],
  })),
};

/** Nothing found in one region, and no events asked for. */
export const NARROW_REPORT: Report = reportOf({
  snapshot: NARROW,
  findings: [],
  notEvaluated: NOT_EVALUATED.slice(7),
  notSupported: [],
  coverage: coverageOf(NARROW),
  now: new Date('2026-11-25T23:49:00.000Z'),
  version: '0.1.0',
});
