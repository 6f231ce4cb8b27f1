import { describe, expect, test } from 'vitest';
import { documentsOf } from '../../src/documents/documents.ts';
import { valuesAt } from '../../src/documents/path.ts';
import { DEFAULTS } from '../../src/settings/settings.ts';
import type { GroupDetail, RoleDetail, UserDetail } from '../../src/snapshot/shapes.ts';
import type { AccountSnapshot } from '../../src/snapshot/snapshot.ts';
import {
  ACCOUNT,
  about,
  account,
  EVERYTHING,
  OPEN_TRUST,
  profile,
  region,
  role,
  roleArn,
  snapshot,
} from './snapshots.ts';

const USER = `arn:aws:iam::${ACCOUNT}:user/dev`;

interface Said {
  readonly Effect?: 'Allow' | 'Deny';
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: object;
}

const policy = (...statements: readonly Said[]) => ({
  Version: '2012-10-17',
  Statement: statements.map(each => ({ Effect: 'Allow', Resource: '*', ...each })),
});
const inline = (...statements: readonly Said[]) => [{ PolicyName: 'own', PolicyDocument: policy(...statements) }];
const attached = (PolicyArn: string) => [{ PolicyName: PolicyArn.slice(PolicyArn.lastIndexOf('/') + 1), PolicyArn }];
const managed = (Arn: string, Document: object) => ({
  Arn,
  PolicyName: Arn,
  DefaultVersionId: 'v1',
  PolicyVersionList: [{ VersionId: 'v1', Document: { ...Document } }],
});

function user(rest: Partial<UserDetail> = {}): UserDetail {
  return {
    UserName: 'dev',
    Arn: USER,
    UserPolicyList: [],
    GroupList: [],
    AttachedManagedPolicies: [],
    ...rest,
  };
}

const may = (...statements: readonly Said[]): Partial<AccountSnapshot> => ({
  users: [user({ UserPolicyList: inline(...statements) })],
});

/** All of IAM was read; `gate` trusts Roles Anywhere. */
function whole(rest: Partial<AccountSnapshot>): AccountSnapshot {
  return account({ users: [], groups: [], otherRoles: [], roles: [role('gate')], ...rest });
}

type Power = 'create_anchor' | 'change_anchor' | 'create_profile' | 'edit_mapping' | 'touch_crl' | 'spoof_x509_tags';

/** `yes`, `perhaps` (conditions decide), `unknown`, `no`. */
function says(of: AccountSnapshot, power: Power, arn = USER): string {
  const { facts, unknown } = about('account', of);
  const lists = facts.principals as Readonly<Record<string, readonly string[]>>;
  if (lists[power]?.includes(arn)) return 'yes';
  if (lists[`${power}_possible`]?.includes(arn)) return 'perhaps';
  return unknown.includes(`account.principals.${power}`) ? 'unknown' : 'no';
}

const ANCHOR = { Action: 'rolesanywhere:CreateTrustAnchor' };
const ANCHORS = `arn:aws:rolesanywhere:eu-west-1:${ACCOUNT}:trust-anchor`;
const BOUNDARY = `arn:aws:iam::${ACCOUNT}:policy/boundary`;
const bounded = (document: object, ...statements: readonly Said[]): Partial<AccountSnapshot> => ({
  users: [user({ UserPolicyList: inline(...statements), PermissionsBoundary: { PermissionsBoundaryArn: BOUNDARY } })],
  policies: [managed(BOUNDARY, document)],
});

describe('who can create trust anchors', () => {
  test.each<[string, Partial<AccountSnapshot>, string]>([
    ['by name', may(ANCHOR), 'yes'],
    ['by a pattern', may({ Action: 'RolesAnywhere:*Trust*' }), 'yes'],
    ['by what NotAction leaves', may({ NotAction: ['iam:*', 'organizations:*'] }), 'yes'],
    ['to update one', may({ Action: 'rolesanywhere:UpdateTrustAnchor' }), 'yes'],
    ['to read them', may({ Action: ['rolesanywhere:Get*', 'rolesanywhere:List*'] }), 'no'],
    [
      'on an ARN, which creating one has not',
      may({ ...ANCHOR, Resource: 'arn:aws:rolesanywhere:*:*:trust-anchor/*' }),
      'no',
    ],
    [
      'to update those of another account',
      may({
        Action: 'rolesanywhere:UpdateTrustAnchor',
        Resource: 'arn:aws:rolesanywhere:*:999999999999:trust-anchor/*',
      }),
      'no',
    ],
    ['and a Deny', may(ANCHOR, { Effect: 'Deny', Action: 'rolesanywhere:*' }), 'no'],
    [
      'and a Deny for those without MFA',
      may(ANCHOR, {
        Effect: 'Deny',
        Action: '*',
        Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
      }),
      'perhaps',
    ],
    ['from some addresses', may({ ...ANCHOR, Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }), 'perhaps'],
    ['for other users', may({ ...ANCHOR, Condition: { StringEquals: { 'aws:username': 'ann' } } }), 'no'],
    ['for this user', may({ ...ANCHOR, Condition: { StringEquals: { 'aws:username': 'dev' } } }), 'yes'],
    [
      'until last year',
      may({ ...ANCHOR, Condition: { DateLessThan: { 'aws:CurrentTime': '2025-01-01T00:00:00Z' } } }),
      'no',
    ],
    ['within a boundary that lets it through', bounded(policy({ Action: '*' }), ANCHOR), 'yes'],
    ['within a boundary that does not', bounded(policy({ Action: 's3:*' }), ANCHOR), 'no'],
    ['a boundary alone gives nothing', bounded(policy({ Action: '*' })), 'no'],
    ['within a boundary that nobody read', { ...bounded({}, ANCHOR), policies: [] }, 'unknown'],
    ['by a policy that nobody read', { users: [user({ AttachedManagedPolicies: attached(BOUNDARY) })] }, 'unknown'],
    [
      'for certain, and another policy that nobody read might deny it',
      { users: [user({ UserPolicyList: inline(ANCHOR), AttachedManagedPolicies: attached(BOUNDARY) })] },
      'unknown',
    ],
    [
      'by a policy that is none',
      { users: [user({ UserPolicyList: [{ PolicyName: 'x', PolicyDocument: '{"__proto__":[' }] })] },
      'unknown',
    ],
    ['by policies that were not asked for', { users: [{ UserName: 'dev', Arn: USER }] }, 'unknown'],
  ])('%s', (_, rest, expected) => {
    expect(says(whole(rest), 'create_anchor')).toBe(expected);
  });

  const GROUP: GroupDetail = {
    GroupName: 'ops',
    Arn: `arn:aws:iam::${ACCOUNT}:group/ops`,
    GroupPolicyList: inline(ANCHOR),
    AttachedManagedPolicies: [],
  };
  test.each<[string, Partial<AccountSnapshot>, string]>([
    ['a member', { users: [user({ GroupList: ['ops'] })], groups: [GROUP] }, 'yes'],
    ['no member', { users: [user()], groups: [GROUP] }, 'no'],
    [
      'a member of a group that is not there',
      { users: [user({ GroupList: ['__proto__'] })], groups: [GROUP] },
      'unknown',
    ],
    [
      'a member who is denied it',
      { users: [user({ GroupList: ['ops'], UserPolicyList: inline({ Effect: 'Deny', ...ANCHOR }) })], groups: [GROUP] },
      'no',
    ],
  ])('by a group: %s', (_, rest, expected) => {
    expect(says(whole(rest), 'create_anchor')).toBe(expected);
  });
});

describe('administrators are left out', () => {
  const admin = (...statements: readonly Said[]) => whole(may(...statements));
  test.each<[string, AccountSnapshot, string]>([
    ['everything', admin({ Action: '*' }), 'no'],
    [
      'everything with MFA',
      admin({ Action: '*', Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }),
      'no',
    ],
    ['by two policies', admin({ NotAction: 'iam:*' }, { Action: 'iam:*' }), 'no'],
    ['who may write his own policies', admin(ANCHOR, { Action: 'iam:PutUserPolicy', Resource: USER }), 'no'],
    ["who may write somebody else's", admin(ANCHOR, { Action: 'iam:PutUserPolicy', Resource: `${USER}-2` }), 'yes'],
    [
      'who may attach one policy that is not AdministratorAccess',
      admin(ANCHOR, {
        Action: 'iam:AttachUserPolicy',
        Condition: { ArnEquals: { 'iam:PolicyARN': 'arn:aws:iam::aws:policy/ReadOnlyAccess' } },
      }),
      'yes',
    ],
    ['everything but IAM', admin({ NotAction: 'iam:*' }), 'yes'],
    ['everything, within a boundary', whole(bounded(policy({ Action: 'rolesanywhere:*' }), { Action: '*' })), 'yes'],
    [
      'AdministratorAccess, which nobody needs to read',
      whole({ users: [user({ AttachedManagedPolicies: attached('arn:aws:iam::aws:policy/AdministratorAccess') })] }),
      'no',
    ],
  ])('%s', (_, of, expected) => {
    expect(says(of, 'create_anchor')).toBe(expected);
  });
});

describe('roles', () => {
  const people = (rest: Partial<RoleDetail>): RoleDetail =>
    role('people', { AssumeRolePolicyDocument: { Statement: [] }, RolePolicyList: inline(ANCHOR), ...rest });
  const reserved = (path: string) => `arn:aws:iam::${ACCOUNT}:role/${path}/people`;
  test.each<[string, RoleDetail, string, string]>([
    ['any role', people({}), roleArn('people'), 'yes'],
    ['of Identity Center', people({ Arn: reserved('aws-reserved/sso') }), reserved('aws-reserved/sso'), 'yes'],
    ['of a service', people({ Arn: reserved('aws-service-role/x') }), reserved('aws-service-role/x'), 'no'],
    [
      'of which only a list tells',
      { RoleName: 'people', Arn: roleArn('people'), AssumeRolePolicyDocument: { Statement: [] } },
      roleArn('people'),
      'unknown',
    ],
  ])('%s', (_, one, arn, expected) => {
    expect(says(whole({ otherRoles: [one] }), 'create_anchor', arn)).toBe(expected);
  });

  test('the same policies are told of each by its own ARN', () => {
    const roles = ['b', 'a'].map(name => people({ Arn: roleArn(name), RoleName: name }));
    const { facts } = about('account', whole({ otherRoles: roles }));
    expect(valuesAt({ facts }, 'facts.principals.create_anchor')).toEqual([roleArn('a'), roleArn('b')]);
    expect(valuesAt({ facts }, 'facts.principals.create_anchor_evidence')).toEqual([
      `${roleArn('a')}: rolesanywhere:CreateTrustAnchor by statement 1 of own`,
      `${roleArn('b')}: rolesanywhere:CreateTrustAnchor by statement 1 of own`,
    ]);
  });
});

describe('principals whose work it is, by known_actors', () => {
  const lists = { ...DEFAULTS.lists, known_actors: [`arn:aws:iam::${ACCOUNT}:user/d*`] };
  const told = (of: AccountSnapshot, power: Power) =>
    documentsOf(snapshot(of), { settings: { ...DEFAULTS, lists } }).flatMap(({ kind, body }) =>
      kind === 'account' ? valuesAt(body, `account.principals.${power}`) : [],
    );
  test.each<[string, Partial<AccountSnapshot>, Power, string[]]>([
    ['may create anchors', may(ANCHOR), 'create_anchor', []],
    ['may undo revocations', may({ Action: 'rolesanywhere:DeleteCrl' }), 'touch_crl', []],
    ['are told where they may pass for a certificate', may({ Action: 'iam:Tag*' }), 'spoof_x509_tags', [USER]],
    [
      'are no others',
      { users: [user({ UserName: 'x', Arn: USER.replace('dev', 'x'), UserPolicyList: inline(ANCHOR) })] },
      'create_anchor',
      [USER.replace('dev', 'x')],
    ],
  ])('%s', (_, rest, power, expected) => {
    const byName = { Action: 's3:GetObject', Resource: 'arn:aws:s3:::x/${aws:PrincipalTag/x509Subject/CN}/*' };
    const roles = [role('gate', { RolePolicyList: inline(byName) })];
    expect(told(whole({ roles, ...rest }), power)).toEqual(expected);
  });
});

describe('what a trust anchor made tomorrow is good for', () => {
  const trusting = (Condition?: object): RoleDetail =>
    role('gate', {
      AssumeRolePolicyDocument: { Statement: { ...OPEN_TRUST.Statement, ...(Condition && { Condition }) } },
    });
  const sourceArn = (operator: string, ...values: readonly string[]) =>
    trusting({ [operator]: { 'aws:SourceArn': values } });
  const told = (of: AccountSnapshot) => {
    const { facts, unknown } = about('account', of);
    return unknown.includes('account.unanchored_roles') ? 'unknown' : facts.unanchored_roles;
  };
  const CREATES = [{ Action: ['rolesanywhere:CreateTrustAnchor', 'rolesanywhere:PutAttributeMapping'] }];

  test.each<[string, RoleDetail, 'unknown' | string[]]>([
    ['no trust anchor', trusting(), [roleArn('gate')]],
    ['any of them', sourceArn('ArnLike', `${ANCHORS}/*`), [roleArn('gate')]],
    ['one', sourceArn('ArnEquals', `${ANCHORS}/one`), []],
    ['one, in other words', sourceArn('StringLike', `${ANCHORS}/one`), []],
    ['all but one', sourceArn('ArnNotEquals', `${ANCHORS}/one`), [roleArn('gate')]],
    ['one that is not known', sourceArn('ArnEquals', '${aws:PrincipalTag/anchor}'), 'unknown'],
  ])('a role that names %s', (_, one, expected) => {
    expect(told(whole({ roles: [one] }))).toEqual(expected);
  });

  test('is not known without the roles', () => {
    const { otherRoles: _, ...some } = whole({ roles: [sourceArn('ArnEquals', `${ANCHORS}/one`)] });
    expect(told({ ...some, notAsked: ['roles'] })).toBe('unknown');
  });

  test.each<[string, RoleDetail, readonly Said[], string]>([
    ['some role takes the new CA', trusting(), CREATES, 'no'],
    ['none does', sourceArn('ArnEquals', `${ANCHORS}/one`), CREATES, 'yes'],
    [
      'none does, and that of the one may be replaced',
      sourceArn('ArnEquals', `${ANCHORS}/one`),
      [...CREATES, { Action: 'rolesanywhere:UpdateTrustAnchor' }],
      'no',
    ],
  ])('mappings are told of beside it: %s', (_, one, statements, expected) => {
    expect(says(whole({ ...may(...statements), roles: [one] }), 'edit_mapping')).toBe(expected);
  });
});

test.each([
  ['rolesanywhere:CreateTrustAnchor', 'no'],
  ['rolesanywhere:UpdateTrustAnchor', 'yes'],
  ['rolesanywhere:EnableTrustAnchor', 'yes'],
  ['rolesanywhere:DisableTrustAnchor', 'no'],
])('who can change trust anchors that are there: by %s: %s', (Action, expected) => {
  expect(says(whole(may({ Action })), 'change_anchor')).toBe(expected);
});

describe('who can create profiles', () => {
  const PROFILE = { Action: 'rolesanywhere:CreateProfile' };
  const pass = (Resource: string, service?: string): Said => ({
    Action: 'iam:PassRole',
    Resource,
    ...(service === undefined ? {} : { Condition: { StringEquals: { 'iam:PassedToService': service } } }),
  });
  test.each<[string, Partial<AccountSnapshot>, string]>([
    ['and pass every role', may(PROFILE, pass('*')), 'yes'],
    ['and pass the role', may(PROFILE, pass(roleArn('gate'))), 'yes'],
    ['and pass it to Roles Anywhere', may(PROFILE, pass('*', 'rolesanywhere.amazonaws.com')), 'yes'],
    ['and pass roles to Lambda', may(PROFILE, pass('*', 'lambda.amazonaws.com')), 'no'],
    ['and pass a role that does not trust it', may(PROFILE, pass(roleArn('other'))), 'no'],
    ['and pass none', may(PROFILE), 'no'],
    ['pass it alone', may(pass('*')), 'no'],
    ['where no role trusts it', { ...may(PROFILE, pass('*')), roles: [] }, 'no'],
    [
      'and pass it with MFA',
      may(PROFILE, { ...pass('*'), Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }),
      'perhaps',
    ],
    ['and pass all but that one', may(PROFILE, pass('*'), { Effect: 'Deny', ...pass(roleArn('gate')) }), 'no'],
    ['all but IAM', may({ NotAction: 'iam:*' }), 'no'],
  ])('%s', (_, rest, expected) => {
    expect(says(whole(rest), 'create_profile')).toBe(expected);
  });
});

test.each<[Power, string, string]>([
  ['edit_mapping', 'rolesanywhere:PutAttributeMapping', 'yes'],
  ['edit_mapping', 'rolesanywhere:UpdateProfile', 'no'],
  ['touch_crl', 'rolesanywhere:DeleteCrl', 'yes'],
  ['touch_crl', 'rolesanywhere:ImportCrl', 'no'],
  ['touch_crl', 'rolesanywhere:EnableCrl', 'no'],
])('%s by %s: %s', (power, Action, expected) => {
  expect(says(whole(may({ Action })), power)).toBe(expected);
});

test.each<[string, readonly Said[], string]>([
  ['all of Roles Anywhere', [{ Action: 'rolesanywhere:*' }], 'no'],
  ['mappings', [{ Action: 'rolesanywhere:PutAttributeMapping' }], 'yes'],
  [
    'trust anchors with MFA, mappings in any case',
    [
      { ...ANCHOR, Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } },
      { Action: 'rolesanywhere:PutAttributeMapping' },
    ],
    'yes',
  ],
  ['and changes any', [{ Action: ['rolesanywhere:UpdateTrustAnchor', 'rolesanywhere:PutAttributeMapping'] }], 'no'],
  [
    'and changes one, which leaves the others',
    [
      { Action: 'rolesanywhere:UpdateTrustAnchor', Resource: `${ANCHORS}/one` },
      { Action: 'rolesanywhere:PutAttributeMapping' },
    ],
    'yes',
  ],
  [
    'and enables any, which brings no CA of his own',
    [{ Action: ['rolesanywhere:EnableTrustAnchor', 'rolesanywhere:PutAttributeMapping'] }],
    'yes',
  ],
  [
    'both with MFA',
    [{ Action: 'rolesanywhere:*', Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }],
    'no',
  ],
])('whoever may create trust anchors is told of once: %s', (_, statements, expected) => {
  expect(says(whole(may(...statements)), 'edit_mapping')).toBe(expected);
});

describe('who can pass for a certificate', () => {
  const BY_NAME = { Action: 's3:GetObject', Resource: 'arn:aws:s3:::x/${aws:PrincipalTag/x509Subject/CN}/*' };
  const TAG = { Action: 'iam:TagUser' };
  const keys = (operator: string, ...values: readonly string[]) => ({ [operator]: { 'aws:TagKeys': values } });
  const byDecoys = (count: number) => ({
    Action: 's3:GetObject',
    Resource: Array.from({ length: count }, (_, at) => `arn:aws:s3:::x/\${aws:PrincipalTag/x509Subject/A${at}}`),
  });
  const onlyName = { ...TAG, Condition: keys('ForAllValues:StringEquals', 'x509Subject/CN') };
  const root = { AWS: `arn:aws:iam::${ACCOUNT}:root` };
  const trusting = (Principal: object, Condition?: object): RoleDetail =>
    role('target', {
      AssumeRolePolicyDocument: {
        Statement: {
          Effect: 'Allow',
          Principal,
          Action: ['sts:AssumeRole', 'sts:TagSession'],
          ...(Condition && { Condition }),
        },
      },
    });
  const SESSION = { Action: ['sts:AssumeRole', 'sts:TagSession'] };

  test.each<[string, Partial<AccountSnapshot>, string]>([
    ['where policies go by it', may(BY_NAME, TAG), 'yes'],
    ['where they go by others too', may(BY_NAME, byDecoys(10), onlyName), 'yes'],
    ['where they go by more than are asked about', may(BY_NAME, byDecoys(30), onlyName), 'unknown'],
    ['where they go by as many, which he may set', may(BY_NAME, byDecoys(30), TAG), 'yes'],
    ['where they go by as many, and he may set no tags', may(BY_NAME, byDecoys(30)), 'no'],
    ['where no policy goes by it', may(TAG), 'no'],
    ['who may not tag', may(BY_NAME), 'no'],
    ['other keys alone', may(BY_NAME, { ...TAG, Condition: keys('ForAllValues:StringEquals', 'team') }), 'no'],
    [
      'a guard',
      may(BY_NAME, TAG, { Effect: 'Deny', ...TAG, Condition: keys('ForAnyValue:StringLike', 'x509*') }),
      'no',
    ],
    [
      'a guard for other keys',
      may(BY_NAME, TAG, { Effect: 'Deny', ...TAG, Condition: keys('ForAnyValue:StringLike', 'team*') }),
      'yes',
    ],
    ['on a session, as one of the account', { ...may(BY_NAME, SESSION), otherRoles: [trusting(root)] }, 'yes'],
    [
      'on a session of a role that takes no tags',
      { ...may(BY_NAME, SESSION), otherRoles: [trusting({ Service: 'ec2.amazonaws.com' })] },
      'no',
    ],
    ['on a session, without the right to', { ...may(BY_NAME), otherRoles: [trusting(root)] }, 'no'],
    ['on a session, by name', { ...may(BY_NAME), otherRoles: [trusting({ AWS: USER })] }, 'yes'],
    [
      'on a session, by name, and a Deny of his own',
      { ...may(BY_NAME, { Effect: 'Deny', Action: 'sts:*' }), otherRoles: [trusting({ AWS: USER })] },
      'perhaps',
    ],
    [
      'on a session that takes other keys alone',
      { ...may(BY_NAME, SESSION), otherRoles: [trusting(root, keys('ForAllValues:StringEquals', 'team'))] },
      'no',
    ],
  ])('%s', (_, rest, expected) => {
    expect(says(whole(rest), 'spoof_x509_tags')).toBe(expected);
  });

  test.each(['a-door', 'z-door'])(
    'a role that may be asked for such a session: %s, and another with its policies',
    name => {
      const own = { RolePolicyList: inline(BY_NAME, SESSION) };
      const door = { ...trusting(root), ...own, RoleName: name, Arn: roleArn(name) };
      const { facts } = about('account', whole({ roles: [role('gate'), door, role('m-worker', own)] }));
      expect(valuesAt({ facts }, 'facts.principals.spoof_x509_tags')).toEqual([roleArn('m-worker')]);
    },
  );
});

describe('tags that pass for a certificate', () => {
  const tagged = (Key: string) => ({ Tags: [{ Key, Value: 'x' }] });
  test('are told of users and of roles without a document', () => {
    const { facts } = about(
      'account',
      whole({ users: [user(tagged('X509SAN/DNS'))], otherRoles: [role('a', tagged('x509Subject/CN')), role('b')] }),
    );
    expect(valuesAt({ facts }, 'facts.x509_tags.carriers')).toEqual([roleArn('a'), USER]);
  });

  test.each([
    ['x509Subject/CN', true],
    ['x509issuer', true],
    ['team', false],
    ['my-x509Subject', false],
    ['__proto__', false],
  ])('%s: %s', (key, expected) => {
    const { facts } = about('role', account({ roles: [role('gate', tagged(key))] }));
    expect(facts.x509_tags).toEqual(expected ? [key] : []);
  });

  test('policies that go by them are told apart from what only Roles Anywhere is asked', () => {
    const Condition = { StringEquals: { 'aws:PrincipalTag/x509Subject/CN': 'host' } };
    const gate = role('gate', { AssumeRolePolicyDocument: { Statement: { ...OPEN_TRUST.Statement, Condition } } });
    const Principal = { AWS: `arn:aws:iam::${ACCOUNT}:root` };
    const other = role('other', {
      AssumeRolePolicyDocument: { Statement: { Effect: 'Allow', Principal, Action: 'sts:AssumeRole', Condition } },
    });
    const sessionPolicy = JSON.stringify(policy({ Action: 's3:*', Condition }));
    const regions = [region({ profiles: [profile({ sessionPolicy })] })];
    const { facts } = about('account', whole({ roles: [gate], otherRoles: [other], regions }));
    expect(facts.x509_tags).toEqual({
      policies: [other.Arn, `session policy of ${profile().profileArn}`],
      trusts: [gate.Arn],
      carriers: [],
    });
  });
});

test.each<[string, Partial<AccountSnapshot>]>([
  ['users', { users: undefined }],
  ['groups', { groups: undefined }],
  ['all roles', { otherRoles: undefined, iamReadBy: { strategy: 'per-role', reason: '' } }],
])('nobody asked for %s: nothing is said of anybody', (_, rest) => {
  const { facts, unknown } = about('account', whole({ ...may({ Action: 'rolesanywhere:*' }), ...rest }));
  expect(facts).not.toHaveProperty('principals');
  expect(unknown).toEqual(expect.arrayContaining(['account.principals', 'account.x509_tags']));
});

/** In time of the processor, for others use it too. */
test('5,000 roles and 500 users are read and judged in a second or two, most of it the reading', () => {
  const document = (n: number) =>
    policy(
      { Action: 's3:GetObject', Resource: `arn:aws:s3:::b-${n}/*` },
      ...(n % 10 === 0 ? [{ Action: 'iam:PassRole', Resource: roleArn(`r${n}`) }] : []),
    );
  const otherRoles = Array.from({ length: 5000 }, (_, n) =>
    role(`r${n}`, {
      AssumeRolePolicyDocument: {
        Statement: { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
      },
      RolePolicyList: [{ PolicyName: 'own', PolicyDocument: JSON.stringify(document(n)) }],
      AttachedManagedPolicies: n % 3 === 0 ? attached('arn:aws:iam::aws:policy/PowerUserAccess') : [],
    }),
  );
  const users = Array.from({ length: 500 }, (_, n) =>
    user({
      UserName: `u${n}`,
      Arn: `${USER}-${n}`,
      UserPolicyList: [
        { PolicyName: 'own', PolicyDocument: JSON.stringify({ ...document(n), ...(n % 9 === 0 ? EVERYTHING : {}) }) },
      ],
    }),
  );
  const power = managed('arn:aws:iam::aws:policy/PowerUserAccess', policy({ NotAction: ['iam:*', 'organizations:*'] }));
  const of = whole({
    users,
    otherRoles,
    policies: [power],
    roles: Array.from({ length: 50 }, (_, n) => role(`gate${n}`)),
  });
  about('account', whole({}));
  const start = process.cpuUsage();
  const { facts } = about('account', of);
  expect(process.cpuUsage(start).user / 1000).toBeLessThan(3000);
  expect(valuesAt({ facts }, 'facts.principals.create_anchor')).toHaveLength(1667);
});
