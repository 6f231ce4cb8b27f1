import { type Field, field } from './field.ts';

const CRL = 'rolesanywhere:ListCrls';

export const CRL_FIELDS: readonly Field[] = [
  field('crl.id', 'keyword', "The revocation list's UUID.", `${CRL} crlId`),
  field('crl.arn', 'keyword', "The revocation list's ARN.", `${CRL} crlArn`),
  field('crl.name', 'keyword', "The revocation list's name.", `${CRL} name`),
  field('crl.enabled', 'boolean', 'Whether AWS goes by it today.', `${CRL} enabled`),
  field('crl.trust_anchor.arn', 'keyword', 'The trust anchor it was imported for.', `${CRL} trustAnchorArn`),
  field('crl.created_at', 'date', 'When it was first imported.', `${CRL} createdAt`),
  field('crl.updated_at', 'date', 'When it was last changed.', `${CRL} updatedAt`),
  field(
    'crl.beyond.max_crl_age_days',
    'boolean',
    'Whether it was last imported longer ago than postern.toml allows.',
    `${CRL} updatedAt`,
  ),
];
