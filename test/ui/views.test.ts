import { describe, expect, test } from 'vitest';
import { type Audit, judge } from '../../src/audit.ts';
import type { Document, DocumentKind, JsonObject, Resource } from '../../src/documents/document.ts';
import type { Severity } from '../../src/findings/finding.ts';
import type { AccountSnapshot, RegionSnapshot } from '../../src/snapshot/snapshot.ts';
import { listed } from '../../src/ui/facts.ts';
import { textOf } from '../../src/ui/line.ts';
import { sceneOf } from '../../src/ui/scene.ts';
import type { View } from '../../src/ui/view.ts';
import { activity } from '../../src/ui/views/activity.ts';
import { anchors } from '../../src/ui/views/anchors.ts';
import { findings } from '../../src/ui/views/findings.ts';
import { overview } from '../../src/ui/views/overview.ts';
import { paths } from '../../src/ui/views/paths.ts';
import { profiles } from '../../src/ui/views/profiles.ts';
import { roles } from '../../src/ui/views/roles.ts';
import { subjects } from '../../src/ui/views/subjects.ts';
import {
  account,
  anchor,
  EVERYTHING,
  profile,
  region,
  role,
  roleArn,
  snapshot,
  UNREAD_CA,
  unread,
} from '../documents/snapshots.ts';
import { breakIn, NOW, nothingThere } from './audits.ts';

const auditOf = (of: AccountSnapshot): Audit => judge(snapshot(of), []);

/** The first row of a view: its cells by title, and the lines of its detail. */
function firstRow({ columns, rows }: View, audit: Audit) {
  const [row] = rows(sceneOf(audit, [], []));
  const cells = row!.cells(NOW).map(({ text }, at): [string, string] => [columns[at]!.title, text]);
  return { cells: Object.fromEntries(cells), detail: row!.detail().map(line => textOf(line).trimEnd()) };
}

/** An audit with one document and nothing else. */
function only(kind: DocumentKind, own: JsonObject, unknown: readonly string[] = []): Audit {
  const resource = { kind, id: 'x', name: 'x', account: '111122223333', region: 'eu-west-1' };
  const document: Document = { kind, resource, body: { ...own, unknown } };
  return { ...nothingThere(), documents: [document] };
}

describe('what is absent and what is not known of a certificate', () => {
  const subject = (credential: JsonObject, unknown: readonly string[] = []) =>
    firstRow(subjects, only('subject', { subject: { credentials: [credential] } }, unknown)).detail;
  const certified = (certificate: JsonObject, unknown: readonly string[] = []) =>
    firstRow(anchors, only('trust_anchor', { trust_anchor: { certificates: [certificate] } }, unknown)).detail;
  const bitsUnknown = ['subject.credentials.key_bits', 'trust_anchor.certificates.key_bits'];
  test.each<[string, readonly string[], RegExp]>([
    ['ed25519 has no bits', subject({ key_type: 'ed25519' }), /^ {2}key +ed25519$/m],
    ['nor behind an anchor', certified({ key_type: 'ed25519' }), /^ {2}key +ed25519$/m],
    ['bits that are not known', subject({ key_type: 'rsa' }, bitsUnknown), /^ {2}key +rsa \?$/m],
    ['nor behind an anchor', certified({ key_type: 'rsa' }, bitsUnknown), /^ {2}key +rsa \?$/m],
    ['revoked for no reason', subject({ revoked: true, revoked_at: 'today' }), /^ {2}revoked +today$/m],
    ['whether revoked is not known', subject({}, ['subject.credentials.revoked']), /^ {2}revoked +\?$/m],
  ])('%s', (_, detail, line) => {
    expect(detail.join('\n')).toMatch(line);
  });
});

describe('open to, of a role', () => {
  const open = { rolesanywhere: true, unconditioned: false, condition_keys: [], actions_missing: [] };
  test.each<[JsonObject, readonly string[], string]>([
    [{ ...open, unconditioned: true }, [], 'any certificate'],
    [{ ...open, condition_keys: ['aws:sourcearn'] }, [], 'conditions'],
    [{ ...open, actions_missing: ['sts:TagSession'] }, [], 'actions missing'],
    [open, [], 'a Deny stands'],
    [{ rolesanywhere: true, condition_keys: ['aws:sourcearn'] }, ['role.trust.unconditioned'], '?'],
    [{ rolesanywhere: false }, [], 'nobody'],
    [{}, ['role.trust'], '?'],
  ])('%j, not knowing %j: %s', (trust, unknown, expected) => {
    expect(firstRow(roles, only('role', { role: { trust } }, unknown)).cells['open to']).toBe(expected);
  });
});

describe('certificates of a role that no profile lists', () => {
  const trust = { rolesanywhere: true, unconditioned: false, condition_keys: [], actions_missing: [] };
  test.each<[JsonObject, string]>([
    [{ service_linked: true, trust }, "none: AWS's own"],
    [{ trust: { ...trust, actions_missing: ['sts:TagSession'] } }, 'none: actions missing'],
    [{ trust }, 'none: a Deny stands'],
    [{ trust: { ...trust, condition_keys: ['aws:sourcearn'] } }, 'those that meet its conditions'],
  ])('%j: %s', (role, expected) => {
    const lines = firstRow(roles, only('role', { role })).detail;
    expect(lines.find(each => each.includes('certificates'))).toMatch(new RegExp(` {2,}${expected}$`));
  });
});

describe('roles of a profile whose sessions are administrators, or can make themselves such', () => {
  test.each<[readonly string[], readonly string[], string]>([
    [['a'], [], '1'],
    [[], [], '-'],
    [[], ['profile.roles.privileged'], '?'],
    [['a'], ['profile.roles.privileged'], '1+?'],
  ])('%j, not knowing %j: %s', (privileged, unknown, expected) => {
    expect(firstRow(profiles, only('profile', { profile: { roles: { privileged } } }, unknown)).cells.admin).toBe(
      expected,
    );
  });
});

describe('the target of an event', () => {
  const cloudtrail = (own: JsonObject) => only('event', { aws: { cloudtrail: own } });
  const resources = [{ arn: 'arn:1' }, { arn: 'arn:2' }];
  test.each<[JsonObject, string]>([
    [{ flattened: { request_parameters: { roleName: 'r', name: 'n' } }, resources }, 'n'],
    [{ flattened: { request_parameters: { other: 1 } }, resources }, 'arn:1'],
    [{ resources }, 'arn:1'],
    [
      {
        flattened: {
          request_parameters: { trustAnchorArn: 'arn:3', roleArn: 'arn:aws:iam::111122223333:role/apps/web' },
        },
      },
      'web',
    ],
    [{}, '-'],
  ])('%j: %s', (own, expected) => {
    expect(firstRow(activity, cloudtrail(own)).cells.target).toBe(expected);
  });
});

describe('a session in the activity view', () => {
  const answer = { credentialSet: [{ sourceIdentity: 'CN=web-1' }], subjectArn: 'arn:s' };
  const cert = 'TUlJQ'.repeat(60);
  const session = (own: JsonObject, action = 'CreateSession') =>
    firstRow(activity, only('event', { event: { action }, aws: { cloudtrail: own } }));

  test.each<[string, JsonObject, string, string]>([
    ['is of the subject that it was given to', { flattened: { response_elements: answer } }, 'CreateSession', 'web-1'],
    ['is of nobody where there was no answer', {}, 'CreateSession', '-'],
    [
      'that is refused is of nobody where its certificate cannot be read',
      { flattened: { request_parameters: { cert } } },
      'CreateSession',
      '-',
    ],
    [
      'is not what another call says so of',
      { flattened: { response_elements: answer }, user_identity: { arn: 'arn:aws:iam::1:user/ann' } },
      'CreateProfile',
      'ann',
    ],
  ])('%s', (_, own, action, expected) => {
    expect(session(own, action).cells.actor).toBe(expected);
  });

  test('has who and what before its certificate, which nobody reads in base64', () => {
    const asked = { cert, roleArn: 'arn:r', profileArn: 'arn:p' };
    const { detail } = session({ flattened: { request_parameters: asked, response_elements: answer } });
    const at = (line: string) => detail.findIndex(each => each.startsWith(line));
    expect(at('  source identity    CN=web-1')).toBeGreaterThan(0);
    expect(at('  subject            arn:s')).toBeGreaterThan(0);
    expect(at('  certificate        cannot be read')).toBeGreaterThan(0);
    expect(at('  cert               TUlJQTUlJQTUlJQTUlJQTUlJ… 300 characters in all')).toBeGreaterThan(at('  roleArn'));
  });
});

describe('a field that is not known', () => {
  const withRegion = (rest: Partial<RegionSnapshot>, more: Partial<AccountSnapshot> = {}) =>
    auditOf(account({ regions: [region({ trustAnchors: [anchor()], profiles: [profile()], ...rest })], ...more }));
  const one = (detail: readonly string[], label: string) => detail.find(line => line.startsWith(`  ${label} `));

  test.each<[string, Partial<RegionSnapshot>, string]>([
    ['refused', { unread: [unread('rolesanywhere:ListCrls')] }, 'not known: could not be read'],
    ['not asked', { notAsked: ['crls'] }, 'not known: was not asked'],
  ])('%s', (_, rest, expected) => {
    const { detail } = firstRow(anchors, withRegion(rest));
    expect(one(detail, 'CRLs')).toContain(expected);
  });

  test('past the budget was not asked', () => {
    const { detail } = firstRow(anchors, withRegion({}));
    expect(one(detail, 'tags')).toContain('not known: was not asked');
  });

  test('which no call would have told', () => {
    const { detail } = firstRow(anchors, withRegion({ trustAnchors: [anchor({ source: UNREAD_CA })], tags: [] }));
    expect(one(detail, 'certificates')).toMatch(/not known$/);
  });

  test.each<[string, Partial<RegionSnapshot>, string]>([
    ['older than the events', { unread: [unread('cloudtrail:LookupEvents')] }, 'not in the events read (90 d)'],
    ['older than the events, which were read', {}, 'not in the events read (90 d)'],
    [
      'not among the events',
      { trustAnchors: [anchor({ createdAt: '2026-11-20T00:00:00Z' })] },
      'not in the events read',
    ],
    [
      'of a time of which no events could be read',
      {
        trustAnchors: [anchor({ createdAt: '2026-11-20T00:00:00Z' })],
        unread: [unread('cloudtrail:LookupEvents')],
      },
      'not known: could not be read',
    ],
    ['without any events', { notAsked: ['events'] }, 'not known: was not asked'],
  ])('the creator of a trust anchor %s', (_, rest, expected) => {
    const since = rest.notAsked === undefined ? { eventsSince: '2026-08-26T00:00:00Z' } : {};
    const { detail } = firstRow(anchors, withRegion({ ...since, ...rest }));
    expect(one(detail, 'created by')).toContain(expected);
  });

  test('because its answer is still to come', () => {
    const part = withRegion({}, { notAsked: ['roles', 'policies'] });
    const [row] = profiles.rows(sceneOf(part, [], ['global']));
    expect(one(row!.detail().map(textOf), 'administrators')).toContain('not known yet');
  });

  test('of which a part is known shows that part', () => {
    const named = profile({ roleArns: [roleArn('host'), roleArn('other')] });
    const admin = role('host', { RolePolicyList: [{ PolicyName: 'all', PolicyDocument: EVERYTHING }] });
    const audit = withRegion(
      { profiles: [named] },
      { roles: [admin], unread: [unread('iam:GetRole', roleArn('other'))] },
    );
    const { detail } = firstRow(profiles, audit);
    const at = detail.findIndex(line => line.startsWith('  administrators '));
    expect(detail[at]).toContain(roleArn('host'));
    expect(detail[at + 1]?.trim()).toBe('and perhaps more');
  });
});

describe('a list in a detail', () => {
  const names = Array.from({ length: 23 }, (_, at) => `p${at}`);

  test('of very many shows the first, and where the others are', () => {
    const { detail } = firstRow(roles, only('role', { role: { profiles: { name: names } } }));
    const at = detail.findIndex(line => line.startsWith('  profiles '));
    expect(detail[at + 19]?.trim()).toBe('p19');
    expect(detail[at + 20]?.trim()).toBe('and 3 more: J shows all');
  });

  test('of names of ways up is one line, and there is none where none is needed', () => {
    const path = { escalation: { id: names, evidence: ['p0: iam:PassRole'], also: names.slice(0, 3) } };
    const detailOf = (admin: boolean) => firstRow(paths, only('path', { path: { ...path, access: { admin } } })).detail;
    expect(detailOf(false)).toContain('  longer ones        p0, p1, p2');
    expect(detailOf(true).join('\n')).not.toContain('longer ones');
    expect(detailOf(true)).toContain('  None is needed: the session is an administrator already.');
  });
});

test('paths stand with the worst first, as their order is called', () => {
  const audit = breakIn();
  const documents = audit.documents.filter(({ kind }) => kind === 'path');
  const worst = documents.find(({ resource }) => resource.name.startsWith('web'))!;
  const finding = { ...audit.findings[0]!, resource: worst.resource };
  const names = paths.rows(sceneOf({ ...audit, documents, findings: [finding] }, [], [])).map(({ name }) => name);
  expect(paths.sorts[0]?.name).toBe('severity');
  expect(names[0]).toBe('web -> web-reader');
  expect(names.slice(1)).toEqual([...names.slice(1)].sort());
});

describe('why a rule could not be evaluated', () => {
  const whole = account({
    roles: [role('legacy')],
    iamReadBy: { strategy: 'per-role', reason: '' },
    unread: [unread('iam:ListAccountAliases'), unread('iam:GetRolePolicy', roleArn('legacy'))],
    regions: [
      region({
        profiles: [profile()],
        unread: [unread('rolesanywhere:ListSubjects'), unread('cloudtrail:LookupEvents')],
      }),
      region({ name: 'us-east-1', unread: [unread('rolesanywhere:ListProfiles')] }),
    ],
  });
  const why = (resource: Resource, missing: readonly string[]) => {
    const audit = { ...auditOf(whole), notEvaluated: [{ rule: 'x', resource, missing }] };
    const { detail } = firstRow(findings, audit);
    return detail.slice(detail.findIndex(line => line.startsWith('  missing')) + missing.length + 1);
  };
  const resource = (kind: DocumentKind, id: string, where: string): Resource => ({
    kind,
    id,
    name: id,
    account: whole.id,
    region: where,
  });

  test.each<[string, Resource, readonly string[], readonly string[]]>([
    [
      'policies of a role',
      resource('role', roleArn('legacy'), 'global'),
      ['role.admin'],
      [
        'What is needed for it, and did not come',
        `  iam:GetRolePolicy: ${roleArn('legacy')}: AccessDenied: no`,
        '',
        'What else could not be read there',
        '  iam:ListAccountAliases: AccessDenied: no',
      ],
    ],
    [
      'what the profiles of all regions say of a role',
      resource('role', roleArn('legacy'), 'global'),
      ['role.profiles.enabled_count'],
      ['What is needed for it, and did not come', '  rolesanywhere:ListProfiles in us-east-1: AccessDenied: no'],
    ],
    [
      'the account, for a trust anchor: not the other regions',
      resource('trust_anchor', 'a1', 'eu-west-1'),
      ['account.alias'],
      ['What is needed for it, and did not come', '  iam:ListAccountAliases: AccessDenied: no'],
    ],
    [
      'what a session can do, by a path',
      resource('path', 'p', 'eu-west-1'),
      ['path.access.admin'],
      ['What is needed for it, and did not come', `  iam:GetRolePolicy: ${roleArn('legacy')}: AccessDenied: no`],
    ],
    [
      'the events of a place',
      resource('event', '*', 'eu-west-1'),
      ['cloudtrail:LookupEvents'],
      ['What is needed for it, and did not come', '  cloudtrail:LookupEvents in eu-west-1: AccessDenied: no'],
    ],
  ])('%s', (_, about, missing, expected) => {
    const lines = why(about, missing);
    expect(lines.slice(0, expected.length)).toEqual(expected);
    expect(lines.filter(line => line.includes('us-east-1'))).toEqual(
      expected.filter(line => line.includes('us-east-1')),
    );
  });
});

test('a region that answered nothing is one line of what else could not be read in it', () => {
  const lists = ['ListTrustAnchors', 'ListProfiles', 'ListCrls', 'ListSubjects'].map(name => `rolesanywhere:${name}`);
  const closed = region({ unread: [...lists, 'cloudtrail:LookupEvents'].map(name => unread(name)) });
  const audit = auditOf(account({ regions: [closed] }));
  const place = { kind: 'profile', id: '*', name: '*', account: '111122223333', region: closed.name } as const;
  const open = { rule: 'x', resource: place, missing: ['rolesanywhere:ListProfiles'] };
  const { detail } = firstRow(findings, { ...audit, notEvaluated: [open] });
  const at = detail.indexOf('What else could not be read there');
  expect(detail.slice(at + 1, at + 3)).toEqual(['  eu-west-1: nothing could be read: AccessDenied: no', '']);
});

describe('a label too long for its column', () => {
  test('has a line of its own, in the notifications of a trust anchor', () => {
    const setting = { event: 'END_ENTITY_CERTIFICATE_EXPIRY', enabled: true, threshold: 45 };
    const audit = only('trust_anchor', { trust_anchor: { notification_settings: [setting] } });
    expect(firstRow(anchors, audit).detail.join('\n')).toContain(
      '\n  end entity certificate expiry\n                     on, 45 days before\n',
    );
  });

  test('has a line of its own in the evidence of a finding, and all values begin in one column', () => {
    const evidence = [
      { field: 'role.name', value: 'deploy' },
      { field: 'role.profiles.enabled_arn', value: ['arn:1', 'arn:2'] },
      { field: 'role.reachable', value: true },
    ];
    const [finding] = breakIn().findings;
    const { detail } = firstRow(findings, { ...nothingThere(), findings: [{ ...finding!, evidence }] });
    expect(detail.slice(detail.indexOf('Evidence') + 1, detail.indexOf('How to fix it') - 1)).toEqual([
      '  role.name          deploy',
      '  role.profiles.enabled_arn',
      '                     arn:1',
      '                     arn:2',
      '  role.reachable     yes',
    ]);
  });

  test('takes the cells that wide characters take', () => {
    expect(textOf(listed('証明書', ['x'])[0]!)).toBe(`  証明書${' '.repeat(13)}x`);
    expect(listed('証明書の名前がとても長い', ['x']).map(textOf)).toEqual([
      '  証明書の名前がとても長い',
      `${' '.repeat(21)}x`,
    ]);
  });
});

test('the findings of a resource and its relatives stand by severity, their words in one column', () => {
  const audit = breakIn();
  const [finding] = audit.findings;
  const profile = audit.documents.find(({ resource }) => resource.name === 'ops-break-glass')!;
  const path = audit.documents.find(({ resource }) => resource.name.startsWith('ops-break-glass ->'))!;
  const told = (severity: Severity, name: string, { resource }: Document) => ({
    ...finding!,
    severity,
    name,
    resource,
  });
  const findings = [
    told('low', 'own', profile),
    told('info', 'also own', profile),
    told('critical', 'of the path', path),
  ];
  const open = { rule: 'asks', resource: profile.resource, missing: ['profile.x'] };
  const { detail } = firstRow(profiles, { ...audit, findings, notEvaluated: [open] });
  const at = detail.indexOf('Findings');
  expect(detail.slice(at + 1, at + 5)).toEqual([
    '  !! critical       path ops-break-glass -> Administrator: of the path',
    '   - low            own',
    '   . info           also own',
    '   ? not evaluated  asks: needs profile.x',
  ]);
});

describe('the overview on trust anchors', () => {
  const ends = (not_after: string, enabled = true, ...more: readonly string[]) => {
    const certificates = [not_after, ...more].map(time => ({ not_after: time }));
    return only('trust_anchor', { trust_anchor: { enabled, certificates } }).documents;
  };
  const [past, soon, late] = ['2026-11-03T00:00:00Z', '2026-12-21T08:00:00Z', '2030-01-01T00:00:00Z'];

  test.each<[string, readonly (readonly Document[])[], string]>([
    ['none expired', [ends(late), ends(soon)], '2 (2 enabled, first expiry in 27 d)'],
    ['one expired', [ends(past), ends(soon)], '2 (2 enabled, 1 of them expired, first expiry in 27 d)'],
    ['one expired that is disabled', [ends(past, false), ends(soon)], '2 (1 enabled, first expiry in 27 d)'],
    ['all expired', [ends(past)], '1 (1 enabled, 1 of them expired)'],
    ['one certificate of two expired', [ends(past, true, soon)], '1 (1 enabled, first expiry in 27 d)'],
  ])('%s', (_, documents, expected) => {
    const scene = sceneOf({ ...nothingThere(), documents: documents.flat() }, [], []);
    const lines = overview.around!(scene, NOW, { columns: 100, body: 20, rows: 0 }).above.map(textOf);
    expect(lines).toContainEqual(` Anchors   ${expected}`);
  });
});

describe('the overview on activity', () => {
  const event = (action: string, own: JsonObject): Document => {
    const resource = { kind: 'event', id: 'x', name: 'x', account: '111122223333', region: 'eu-west-1' } as const;
    const body = { '@timestamp': NOW.toISOString(), event: { action, outcome: own.outcome ?? 'success' } };
    return { kind: 'event', resource, body: { ...body, aws: { cloudtrail: own }, unknown: [] } };
  };
  const session = (name: string) =>
    event('CreateSession', { flattened: { response_elements: { credentialSet: [{ sourceIdentity: `CN=${name}` }] } } });
  const by = (name: string, read_only: boolean) => ({
    read_only,
    user_identity: { arn: `arn:aws:iam::1:user/${name}` },
  });

  test.each<[string, readonly Document[], string]>([
    ['sessions', [session('a'), session('b'), session('b')], '3 in 24 h: 3 sessions of 2 subjects'],
    [
      'refused ones',
      [session('a'), event('CreateSession', { outcome: 'failure' })],
      '2 in 24 h: 1 session of 1 subject, 1 session refused',
    ],
    [
      'changes before what only looks',
      [event('ListCrls', by('ann', true)), event('UpdateCrl', by('ann', false))],
      '2 in 24 h: UpdateCrl, ListCrls by ann',
    ],
    ['nothing', [], 'nothing in 24 h   0 events in all'],
  ])('%s', (_, documents, expected) => {
    const lines = overview.around!(sceneOf({ ...nothingThere(), documents }, [], []), NOW, {
      columns: 100,
      body: 20,
      rows: 0,
    }).above.map(textOf);
    expect(lines).toContainEqual(` Activity  ${expected}`);
  });

  test('one event long ago', () => {
    const old = event('ListCrls', by('ann', true));
    const documents = [{ ...old, body: { ...old.body, '@timestamp': '2026-01-01T00:00:00Z' } }];
    const space = { columns: 100, body: 20, rows: 0 };
    const lines = overview.around!(sceneOf({ ...nothingThere(), documents }, [], []), NOW, space).above.map(textOf);
    expect(lines).toContainEqual(' Activity  nothing in 24 h   1 event in all');
  });
});
