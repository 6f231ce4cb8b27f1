import { type Field, field } from './field.ts';

/** `account.id` and `account.alias` are in every document: SHARED_FIELDS. */
export const ACCOUNT_FIELDS: readonly Field[] = [
  field(
    'account.expected.missing',
    'keyword',
    'What postern.toml declares and is not there, in words; absent where it declares nothing.',
    'postern.toml, rolesanywhere:ListTrustAnchors, rolesanywhere:ListProfiles, iam:ListRoles',
  ),
];
