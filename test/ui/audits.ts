import type { Audit } from '../../src/audit.ts';
import type { Document, DocumentKind, JsonObject, Resource } from '../../src/documents/document.ts';
import type { Finding, Severity } from '../../src/findings/finding.ts';
import type { Coverage } from '../../src/snapshot/coverage.ts';
import type { Snapshot, Unread } from '../../src/snapshot/snapshot.ts';

/** The clock of every constructed audit. */
export const NOW = new Date('2026-11-24T08:00:00Z');

const ACCOUNT = '111122223333';
const ALIAS = 'acme-prod';

/** An account someone walked into last night: every kind of resource, every severity, one thing that was not read. */
export function breakIn(): Audit {
  const documents = [
    ...BREAK_IN_ANCHORS,
    ...BREAK_IN_PROFILES,
    ...BREAK_IN_ROLES,
    ...BREAK_IN_PATHS,
    ...BREAK_IN_EVENTS,
    ...BREAK_IN_SUBJECTS,
    ...BREAK_IN_CRLS,
  ];
  return {
    snapshot: snapshotOf(['ap-east-2', 'eu-west-1', 'us-east-1']),
    documents,
    findings: [
      findingOf(
        'profile-to-admin',
        'Profile lets any certificate become an administrator',
        'critical',
        profile('ops-break-glass'),
      ),
      findingOf(
        'trust-anchor-unused-ca',
        'Trust anchor is a CA nobody here has used before',
        'high',
        anchor('backup-ca'),
      ),
      {
        ...findingOf('profile-created', 'Roles Anywhere profile created', 'low', event('e2')),
        time: '2026-11-23T22:41:07Z',
      },
      {
        ...findingOf('trust-anchor-created', 'Trust anchor created', 'low', event('e1')),
        time: '2026-11-23T22:40:00Z',
      },
      findingOf('trust-anchor-no-crl', 'Trust anchor has no revocation list', 'info', anchor('corp-issuing')),
    ],
    notEvaluated: [{ rule: 'role-admin', resource: role('legacy'), missing: ['role.admin'] }],
    notSupported: [],
    coverage: [
      ...['ap-east-2', 'eu-west-1', 'us-east-1'].flatMap(region =>
        READ_OPERATIONS.map(operation => read(region, operation)),
      ),
      read('global', 'iam:ListRoles'),
      {
        ...read('global', 'iam:GetRolePolicy'),
        status: 'partly read',
        message: 'AccessDenied: not authorized to perform iam:GetRolePolicy on role legacy',
      },
    ],
  };
}

/** Nothing there, and everything was looked at. */
export function nothingThere(): Audit {
  return {
    snapshot: snapshotOf(['eu-west-1']),
    documents: [],
    findings: [],
    notEvaluated: [],
    notSupported: [],
    coverage: [...READ_OPERATIONS.map(operation => read('eu-west-1', operation)), read('global', 'iam:ListRoles')],
  };
}

/** Nothing there, because nothing could be read. */
export function denied(): Audit {
  const refused = (region: string, operation: string): Coverage => ({
    ...read(region, operation),
    status: 'not read',
    items: 0,
    message: `AccessDenied: not authorized to perform ${operation}`,
  });
  return {
    ...nothingThere(),
    coverage: [
      ...READ_OPERATIONS.map(operation => refused('eu-west-1', operation)),
      refused('global', 'iam:ListRoles'),
    ],
  };
}

/** Nothing there, because nobody asked. */
export function notAsked(): Audit {
  const coverage = nothingThere().coverage.map(row => ({ ...row, status: 'not asked' as const, items: 0 }));
  return { ...nothingThere(), coverage };
}

/** Nothing there as far as it could be seen: a region refused its lists, and others were not named. */
export function unseen(): Audit {
  const place = (kind: DocumentKind, region: string): Resource => resource(kind, '*', '*', region);
  const open = (rule: string, where: Resource, operation: string) => ({ rule, resource: where, missing: [operation] });
  const { accounts, ...rest } = nothingThere().snapshot;
  return {
    ...nothingThere(),
    snapshot: { ...rest, accounts: accounts.map(account => ({ ...account, notAsked: ['regions'] })) },
    notEvaluated: [
      { rule: 'role-admin', resource: role('legacy'), missing: ['role.admin'] },
      ...['anchor-expired', 'anchor-no-crl'].flatMap(rule => [
        open(rule, place('trust_anchor', 'eu-west-1'), 'rolesanywhere:ListTrustAnchors'),
        open(rule, place('trust_anchor', '*'), 'rolesanywhere:ListTrustAnchors'),
      ]),
      open('event-profile-created', place('event', 'eu-west-1'), 'cloudtrail:LookupEvents'),
    ],
  };
}

/** Nothing there, and a rule that was asked for did not run. */
export function notSupported(): Audit {
  return { ...nothingThere(), notSupported: [{ rule: 'by-eql', reason: 'not supported yet: language eql' }] };
}

/** `count` findings on as many anchors. */
export function large(count: number): Audit {
  const names = Array.from({ length: count }, (_, index) => `anchor-${String(index).padStart(5, '0')}`);
  const severities: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'info'];
  const documents = names.map(name => anchorDocument(name, { enabled: true, source_type: 'CERTIFICATE_BUNDLE' }));
  const findings = severities.flatMap((severity, rank) =>
    names
      .filter((_, index) => index % severities.length === rank)
      .map(name => findingOf('trust-anchor-no-crl', 'Trust anchor has no revocation list', severity, anchor(name))),
  );
  return { ...nothingThere(), documents, findings };
}

/** Names that try to break the screen: escapes, clipboard writes, direction marks, wide and joined characters. */
export function hostile(): Audit {
  const names = [
    '\x1b[2J\x1b]52;c;ZXZpbA==\x07boo',
    '\u202eevil\u202c',
    '証明書の名前がとても長い場合でも崩れない',
    '👩‍👩‍👧‍👦 family',
    'a\nb\tc',
    '::error::x',
  ];
  return named(names);
}

/** A trust anchor and a finding of each of these names. */
export function named(names: readonly string[]): Audit {
  return {
    ...nothingThere(),
    documents: names.map(name =>
      anchorDocument(name, { enabled: true, source_type: 'CERTIFICATE_BUNDLE', tags: { [name]: name } }),
    ),
    findings: names.map(name => findingOf('trust-anchor-no-crl', name, 'high', anchor(name))),
  };
}

const READ_OPERATIONS = [
  'rolesanywhere:ListTrustAnchors',
  'rolesanywhere:ListProfiles',
  'rolesanywhere:ListCrls',
  'rolesanywhere:ListSubjects',
  'cloudtrail:LookupEvents',
];

function snapshotOf(regions: readonly string[], unread: readonly Unread[] = []): Snapshot {
  return {
    postern: 'snapshot/1',
    takenAt: '2026-11-24T07:58:00Z',
    accounts: [
      {
        id: ACCOUNT,
        alias: ALIAS,
        roles: [],
        policies: [],
        unread,
        notAsked: [],
        regions: regions.map(name => ({
          name,
          trustAnchors: [],
          profiles: [],
          crls: [],
          subjects: [],
          tags: [],
          events: [],
          unread: [],
          notAsked: [],
        })),
      },
    ],
  };
}

function read(region: string, operation: string): Coverage {
  return { account: ACCOUNT, region, operation, status: 'read', items: 3, message: '' };
}

function anchor(name: string): Resource {
  return resource(
    'trust_anchor',
    name,
    `arn:aws:rolesanywhere:eu-west-1:${ACCOUNT}:trust-anchor/${idOf(name)}`,
    'eu-west-1',
  );
}

function profile(name: string): Resource {
  return resource('profile', name, `arn:aws:rolesanywhere:eu-west-1:${ACCOUNT}:profile/${idOf(name)}`, 'eu-west-1');
}

function inIreland(kind: 'subject' | 'crl', name: string): Resource {
  return resource(kind, name, `arn:aws:rolesanywhere:eu-west-1:${ACCOUNT}:${kind}/${idOf(name)}`, 'eu-west-1');
}

function role(name: string): Resource {
  return resource('role', name, roleArn(name), 'global');
}

function event(id: string): Resource {
  return resource('event', EVENT_NAMES.get(id) ?? id, `7b1d0c2e-0000-4000-8000-0000000000${id}`, 'eu-west-1');
}

function resource(kind: DocumentKind, name: string, id: string, region: string): Resource {
  return { kind, id, name, account: ACCOUNT, region };
}

function roleArn(name: string): string {
  return `arn:aws:iam::${ACCOUNT}:role/${name}`;
}

/** Looks like an id, and is the same on every run. */
function idOf(name: string): string {
  const hex = Buffer.from(name).toString('hex').padEnd(32, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const EVENT_NAMES = new Map([
  ['e1', 'CreateTrustAnchor'],
  ['e2', 'CreateProfile'],
  ['e3', 'UpdateAssumeRolePolicy'],
  ['e4', 'DeleteTrustAnchor'],
]);

function documentOf(about: Resource, own: JsonObject, unknown: readonly string[] = []): Document {
  const { kind, id, name, region } = about;
  return {
    kind,
    resource: about,
    body: {
      kind,
      account: { id: ACCOUNT, alias: ALIAS },
      region,
      [kind]: { arn: id, name, ...own },
      unknown: [...unknown],
    },
  };
}

function anchorDocument(name: string, own: JsonObject, unknown: readonly string[] = []): Document {
  return documentOf(anchor(name), own, unknown);
}

function certificate(subject: string, until: string): JsonObject {
  return {
    subject,
    issuer: subject,
    serial: '0a1b2c',
    not_before: '2024-01-01T00:00:00.000Z',
    not_after: until,
    self_signed: true,
    ca: true,
    key_type: 'rsa',
    key_bits: 2048,
    fingerprint_sha256: 'ab'.repeat(32),
  };
}

const BREAK_IN_ANCHORS: readonly Document[] = [
  anchorDocument('backup-ca', {
    enabled: true,
    source_type: 'CERTIFICATE_BUNDLE',
    created_at: '2026-11-23T22:40:00.000Z',
    updated_at: '2026-11-23T22:40:00.000Z',
    created_by: `arn:aws:iam::${ACCOUNT}:user/dev-ci`,
    certificates: [certificate('CN=backup', '2036-11-20T00:00:00.000Z')],
    crls: { count: 0, enabled_count: 0, name: [] },
    notification_settings: [],
    tags: {},
    tag_keys: [],
  }),
  anchorDocument(
    'corp-issuing',
    {
      enabled: true,
      source_type: 'CERTIFICATE_BUNDLE',
      created_at: '2025-03-01T10:00:00.000Z',
      updated_at: '2026-10-14T10:00:00.000Z',
      certificates: [certificate('CN=Corp Issuing CA 3, O=Acme, C=DE', '2026-12-06T00:00:00.000Z')],
      crls: { count: 2, enabled_count: 1, name: ['october', 'september'] },
      tags: { team: 'platform', 'cost-centre': '4711' },
      tag_keys: ['cost-centre', 'team'],
    },
    ['trust_anchor.notification_settings', 'trust_anchor.created_by'],
  ),
  anchorDocument(
    'pca-anchor',
    {
      enabled: false,
      source_type: 'AWS_ACM_PCA',
      acm_pca_arn: `arn:aws:acm-pca:eu-west-1:${ACCOUNT}:certificate-authority/12345678-0000-4000-8000-000000000000`,
      created_at: '2024-03-01T10:00:00.000Z',
      updated_at: '2024-03-01T10:00:00.000Z',
      crls: { count: 0, enabled_count: 0, name: [] },
    },
    ['trust_anchor.certificates', 'trust_anchor.tags'],
  ),
];

const SEEN: JsonObject = {
  seen_at: '2026-11-24T07:12:00Z',
  failed: false,
  serial: '4711aa',
  issuer: 'CN=Corp Issuing CA 3, O=Acme, C=DE',
  not_before: '2026-09-12T00:00:00Z',
  not_after: '2026-12-11T00:00:00Z',
  key_type: 'ec',
  key_bits: 256,
  trust_anchor: ['corp-issuing'],
  revoked: false,
};

const BREAK_IN_SUBJECTS: readonly Document[] = [
  documentOf(inIreland('subject', 'CN=backup-agent'), {
    created_at: '2026-11-23T22:44:00Z',
    last_seen_at: '2026-11-24T07:12:00Z',
    last_failure_at: '2026-11-23T22:43:00Z',
    live_certificates: 1,
    credentials: [
      { ...SEEN, issuer: 'CN=backup', trust_anchor: ['backup-ca'], not_after: '2027-11-20T00:00:00Z' },
      {
        ...SEEN,
        failed: true,
        serial: '4711ab',
        revoked: true,
        revoked_at: '2026-11-20T10:00:00Z',
        revocation_reason: 'keyCompromise',
      },
    ],
  }),
  documentOf(inIreland('subject', 'CN=web-1.acme.example,O=Acme,C=DE'), {
    created_at: '2026-01-02T00:00:00Z',
    last_seen_at: '2026-11-24T07:12:00Z',
    live_certificates: 1,
    credentials: [SEEN],
  }),
  documentOf(
    inIreland('subject', 'CN=web-2.acme.example,O=Acme,C=DE'),
    { created_at: '2026-01-02T00:00:00Z', last_seen_at: '2026-06-24T07:12:00Z' },
    ['subject.credentials', 'subject.last_failure_at', 'subject.live_certificates'],
  ),
];

const LIST: JsonObject = {
  enabled: true,
  trust_anchor: { exists: true, name: 'corp-issuing', arn: anchor('corp-issuing').id },
  issuer: 'CN=Corp Issuing CA 3, O=Acme, C=DE',
  number: '41',
  this_update: '2026-10-14T00:00:00Z',
  next_update: '2026-11-14T00:00:00Z',
  signature_algorithm: 'RSA with SHA-256',
  revoked: { count: 17, serial: ['01', '02', '03', '04', '05'] },
  issuer_matches: true,
  key_matches: true,
  signature_valid: true,
  issued_by_anchor: true,
  created_at: '2025-03-01T10:00:00Z',
  updated_at: '2026-10-14T10:00:00Z',
};

const BREAK_IN_CRLS: readonly Document[] = [
  documentOf(inIreland('crl', 'october'), LIST),
  documentOf(inIreland('crl', 'september'), { ...LIST, enabled: false, trust_anchor: { exists: false, arn: 'gone' } }),
  documentOf(
    inIreland('crl', 'unread'),
    { enabled: true, updated_at: '2026-10-14T10:00:00Z' },
    [
      ...['trust_anchor', 'issuer', 'next_update', 'number', 'revoked', 'signature_algorithm', 'this_update'],
      ...['issuer_matches', 'key_matches', 'signature_valid', 'issued_by_anchor'],
    ].map(name => `crl.${name}`),
  ),
];

const BREAK_IN_PROFILES: readonly Document[] = [
  documentOf(profile('ops-break-glass'), {
    enabled: true,
    created_at: '2026-11-23T22:41:00.000Z',
    updated_at: '2026-11-23T22:41:00.000Z',
    duration_seconds: 43200,
    accept_role_session_name: true,
    role_arns: [roleArn('Administrator')],
    session_policy: { present: false, inline: false, managed_arns: [] },
    attribute_mappings: [{ certificate_field: 'x509Subject', specifiers: ['*'] }],
    roles: {
      count: 1,
      missing: [],
      unread: [],
      admin: [roleArn('Administrator')],
      privileged: [roleArn('Administrator')],
      privileged_by: ['Administrator: everything on everything'],
      trusting: [roleArn('Administrator')],
      unconditioned: [roleArn('Administrator')],
    },
    tags: {},
  }),
  documentOf(
    profile('web'),
    {
      enabled: true,
      created_at: '2025-03-02T10:00:00.000Z',
      updated_at: '2025-03-02T10:00:00.000Z',
      duration_seconds: 3600,
      role_arns: [roleArn('web-reader'), roleArn('legacy')],
      session_policy: { present: true, inline: true, managed_arns: [] },
      roles: { count: 2, missing: [], unread: [], trusting: [roleArn('web-reader')], unconditioned: [] },
      tags: { team: 'web' },
    },
    [
      'profile.roles.admin',
      'profile.roles.privileged',
      'profile.roles.privileged_by',
      'profile.accept_role_session_name',
    ],
  ),
];

/** One path of each kind: to everything, held to two names, with a way up, not known, and to a role that is not there. */
const BREAK_IN_PATHS: readonly Document[] = [
  pathOf('ops-break-glass', 'Administrator', {
    open: true,
    anchors: [
      { name: 'backup-ca', enabled: true, open: true, grade: 'any_anchor', certificates: 'any certificate' },
      { name: 'old-ca', enabled: false, open: true, grade: 'any_anchor', certificates: 'any certificate' },
    ],
    gate: { grade: 'any_anchor', certificates: ['any certificate of any trust anchor'], reasons: [], evidence: [] },
    access: {
      admin: true,
      admin_equivalent: true,
      admin_by: ['iam-005'],
      actions: { possible: 22091, certain: 22091 },
    },
    session_policy: { present: false },
    boundary: { present: false },
    escalation: { id: ['iam-005'], possible: [], also: ['iam-017'], latent: [], evidence: ['iam-005: its own role'] },
    lateral: { role: [] },
  }),
  pathOf('web', 'web-reader', {
    open: true,
    anchors: [
      { name: 'corp-issuing', enabled: true, open: true, grade: 'attribute', certificates: 'subject CN is web-1' },
    ],
    gate: { grade: 'attribute', certificates: ['subject CN is web-1 or web-2'], reasons: [], evidence: [] },
    access: { admin: false, admin_equivalent: false, actions: { possible: 2, certain: 2 }, services: [] },
    session_policy: { present: true, removes: true, removes_for_example: 's3:PutObject on arn:aws:s3:::assets/x' },
    boundary: { present: false },
    escalation: { id: [], possible: [], also: [], latent: ['lambda-001'], evidence: [] },
    lateral: { role: [] },
  }),
  pathOf('ci', 'deploy', {
    open: true,
    anchors: [
      { name: 'build-ca', enabled: true, open: true, grade: 'any_of_ca', certificates: 'any certificate of it' },
    ],
    gate: {
      grade: 'any_of_ca',
      certificates: ['any certificate of the trust anchor corp-issuing'],
      reasons: [],
      evidence: [],
    },
    access: {
      admin: false,
      admin_equivalent: false,
      actions: { possible: 214, certain: 200 },
      services: ['ecs', 'ecr'],
    },
    session_policy: { present: false },
    boundary: { present: true, removes: false },
    escalation: {
      id: ['ecs-004', 'lambda-001'],
      possible: [],
      also: [],
      latent: [],
      evidence: ['ecs-004: iam:PassRole on arn:aws:iam::111122223333:role/task', 'lambda-001: if a role exists'],
    },
    lateral: { role: [roleArn('task')] },
  }),
  pathOf('old', 'legacy', { anchors: [] }, [
    'path.open',
    'path.gate',
    'path.access',
    'path.escalation',
    'path.lateral',
  ]),
  pathOf('old', 'gone', { open: false, anchors: [] }),
];

function pathOf(from: string, to: string, own: JsonObject, unknown: readonly string[] = []): Document {
  const [through, as] = [profile(from), role(to)];
  const about = resource('path', `${from} -> ${to}`, `${through.id} -> ${as.id}`, through.region);
  const document = documentOf(about, own, unknown);
  const ends = {
    profile: {
      arn: through.id,
      name: from,
      enabled: true,
      created_by: `arn:aws:iam::${ACCOUNT}:user/dev-ci`,
      tags: {},
    },
    role: { arn: as.id, name: to, missing: to === 'gone' },
  };
  return { ...document, body: { ...document.body, ...ends } };
}

const BREAK_IN_ROLES: readonly Document[] = [
  documentOf(role('Administrator'), {
    path: '/',
    created_at: '2023-01-01T00:00:00.000Z',
    last_used_at: '2026-11-23T23:05:00.000Z',
    last_used_region: 'eu-west-1',
    max_session_duration: 43200,
    admin: true,
    admin_by: ['arn:aws:iam::aws:policy/AdministratorAccess'],
    access: { admin: true, admin_equivalent: true, standing: 'admin', admin_by: ['iam-005'], admin_if: [] },
    attached_policies: ['arn:aws:iam::aws:policy/AdministratorAccess'],
    inline_policies: [],
    trust: {
      rolesanywhere: true,
      unconditioned: true,
      actions_missing: [],
      condition_keys: [],
      statements: [
        '{"Effect":"Allow","Principal":{"Service":"rolesanywhere.amazonaws.com"},"Action":["sts:AssumeRole","sts:TagSession","sts:SetSourceIdentity"]}',
      ],
      other_principals: [],
    },
    profiles: { name: ['ops-break-glass'], enabled_count: 1 },
    reachable: true,
    tags: {},
  }),
  documentOf(
    role('legacy'),
    {
      path: '/',
      created_at: '2019-01-01T00:00:00.000Z',
      max_session_duration: 3600,
      access: { standing: 'unsettled' },
      attached_policies: [],
      inline_policies: ['old'],
      trust: {
        rolesanywhere: false,
        unconditioned: false,
        actions_missing: [],
        condition_keys: [],
        statements: [],
        other_principals: ['ec2.amazonaws.com'],
      },
      profiles: { name: ['web'], enabled_count: 1 },
      reachable: false,
    },
    ['role.admin', 'role.admin_by', 'role.access.admin_equivalent', 'role.access.admin_by', 'role.tags'],
  ),
  documentOf(role('web-reader'), {
    path: '/apps/',
    created_at: '2025-03-01T00:00:00.000Z',
    last_used_at: '2026-11-24T07:30:00.000Z',
    max_session_duration: 3600,
    admin: false,
    admin_by: [],
    access: { admin: false, admin_equivalent: false, standing: 'limited', admin_by: [], admin_if: [] },
    attached_policies: [],
    inline_policies: ['read'],
    trust: {
      rolesanywhere: true,
      unconditioned: false,
      actions_missing: [],
      condition_keys: ['aws:principaltag/x509subject/cn'],
      certificate: { held_to: 'name' },
      source_arn: { constrained: false },
      statements: [],
      other_principals: [],
    },
    profiles: { name: ['web'], enabled_count: 1 },
    reachable: true,
    tags: { team: 'web' },
  }),
];

const BREAK_IN_EVENTS: readonly Document[] = [
  eventDocument('e1', '2026-11-23T22:40:00.000Z', 'success', { name: 'backup-ca', enabled: 'true' }),
  eventDocument('e2', '2026-11-23T22:41:07.000Z', 'success', { name: 'ops-break-glass', durationSeconds: '43200' }),
  eventDocument('e3', '2026-11-23T22:43:30.000Z', 'success', { roleName: 'Administrator' }),
  eventDocument('e4', '2026-10-01T09:00:00.000Z', 'failure', { trustAnchorId: '1111-2222' }),
];

function eventDocument(id: string, time: string, outcome: string, asked: JsonObject): Document {
  const about = event(id);
  return {
    kind: 'event',
    resource: about,
    body: {
      '@timestamp': time,
      event: { id: about.id, action: EVENT_NAMES.get(id) ?? '', outcome, provider: 'rolesanywhere.amazonaws.com' },
      user: { name: 'dev-ci' },
      source: { ip: '203.0.113.77', address: '203.0.113.77' },
      user_agent: { original: 'aws-cli/2.15.0' },
      cloud: { region: 'eu-west-1', account: { id: ACCOUNT } },
      aws: {
        cloudtrail: {
          user_identity: {
            arn: `arn:aws:iam::${ACCOUNT}:user/dev-ci`,
            type: 'IAMUser',
            access_key_id: 'AKIAIOSFODNN7EXAMPLE',
          },
          flattened: { request_parameters: asked },
        },
      },
    },
  };
}

function findingOf(rule: string, name: string, severity: Severity, about: Resource): Finding {
  const score = { critical: 99, high: 73, medium: 47, low: 21, info: 5 }[severity];
  return {
    id: `${rule}-${about.id}`,
    rule,
    name,
    severity,
    riskScore: score,
    resource: about,
    why: `${name}.\n\nWhoever holds a certificate that the trust anchor believes can walk in from anywhere, without an IAM user and without MFA.`,
    evidence: [{ field: `${about.kind}.name`, value: about.name }],
    fix: {
      text: 'Disable it, then find out who made it.',
      cli: `aws rolesanywhere disable-trust-anchor \\\n  --trust-anchor-id ${idOf(about.name)}`,
    },
    references: ['https://docs.aws.amazon.com/rolesanywhere/latest/userguide/security.html'],
    status: 'open',
  };
}
