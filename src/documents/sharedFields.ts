import { type Field, field } from './field.ts';

export const SHARED_FIELDS: readonly Field[] = [
  field(
    'kind',
    'keyword',
    'What the document is about: trust_anchor, profile, crl, subject, role, path or account.',
    'Postern',
  ),
  field('account.id', 'keyword', 'The twelve digits of the AWS account.', 'sts:GetCallerIdentity Account'),
  field('account.alias', 'keyword', "The account's alias, where it has one.", 'iam:ListAccountAliases'),
  field('region', 'keyword', 'The AWS region; global for roles and accounts.', 'the region that was asked'),
  field('unknown', 'keyword', 'The fields of this document whose value could not be known.', 'Postern'),
];
