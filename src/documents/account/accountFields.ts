import { type Field, field } from '../field.ts';

const ALL = 'iam:GetAccountAuthorizationDetails';

/** `account.id` and `account.alias` are in every document: SHARED_FIELDS. */
export const ACCOUNT_FIELDS: readonly Field[] = [
  field(
    'account.expected.missing',
    'keyword',
    'What postern.toml declares and is not there, in words; absent where it declares nothing.',
    'postern.toml, rolesanywhere:ListTrustAnchors, rolesanywhere:ListProfiles, iam:ListRoles',
  ),
  field(
    'account.trusting_roles',
    'keyword',
    'ARNs of the roles that Roles Anywhere may assume, its own service-linked one aside.',
    'iam:ListRoles AssumeRolePolicyDocument',
  ),
  field(
    'account.unanchored_roles',
    'keyword',
    'ARNs of those of them that a trust anchor made tomorrow may let somebody into: their trust policies pin none.',
    'iam:GetRole AssumeRolePolicyDocument',
  ),
  ...power('create_anchor', 'create, update or enable trust anchors'),
  ...power('change_anchor', 'update or enable trust anchors that are there'),
  ...power(
    'create_profile',
    'create, update or enable profiles and pass a role to them that Roles Anywhere may assume',
  ),
  ...power('edit_mapping', 'put or delete attribute mappings, and bring no CA of their own to a role'),
  ...power('touch_crl', 'delete, disable or replace revocation lists, and bring no CA of their own to a role'),
  ...power(
    'spoof_x509_tags',
    "set tags that pass for a certificate's, on users, roles or sessions, where policies go by such tags",
  ),
  field(
    'account.x509_tags.policies',
    'keyword',
    "Policies that go by a certificate's attributes and that somebody else's tag could fool.",
    ALL,
  ),
  field(
    'account.x509_tags.trusts',
    'keyword',
    "ARNs of roles whose trust policies go by a certificate's attributes, and let in Roles Anywhere alone.",
    ALL,
  ),
  field(
    'account.x509_tags.carriers',
    'keyword',
    "ARNs of users, and of roles out of Roles Anywhere's reach, with a tag that passes for a certificate's.",
    `${ALL} Tags`,
  ),
];

/** Administrators and service-linked roles are in none of the lists. */
function power(name: string, says: string): readonly Field[] {
  const path = `account.principals.${name}`;
  return [
    field(path, 'keyword', `ARNs of users and roles that are no administrators and may ${says}.`, ALL),
    field(`${path}_possible`, 'keyword', 'The same, where conditions decide.', ALL),
    field(`${path}_evidence`, 'keyword', 'By which actions and statements, one line each.', ALL),
  ];
}
