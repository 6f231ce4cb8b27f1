import { type Field, field } from '../field.ts';
import { CREDENTIAL_FIELDS } from './credentialFields.ts';

const SUBJECT = 'rolesanywhere:ListSubjects';
const CREDENTIALS = 'rolesanywhere:GetSubject credentials';

export const SUBJECT_FIELDS: readonly Field[] = [
  field('subject.id', 'keyword', "The subject's UUID.", `${SUBJECT} subjectId`),
  field('subject.arn', 'keyword', "The subject's ARN.", `${SUBJECT} subjectArn`),
  field('subject.name', 'keyword', 'The X.509 subject it stands for.', `${SUBJECT} x509Subject`),
  field('subject.enabled', 'boolean', 'As AWS keeps it.', `${SUBJECT} enabled`),
  field('subject.last_seen_at', 'date', 'When it last asked for a session.', `${SUBJECT} lastSeenAt`),
  field('subject.created_at', 'date', 'When it was first seen.', `${SUBJECT} createdAt`),
  field('subject.updated_at', 'date', 'When it was last changed.', `${SUBJECT} updatedAt`),
  ...CREDENTIAL_FIELDS,
  field(
    'subject.live_certificates',
    'long',
    'How many different certificates it came with that are within their dates and not revoked.',
    CREDENTIALS,
  ),
  field('subject.last_failure_at', 'date', 'When AWS last refused it; absent where it never did.', CREDENTIALS),
  field(
    'subject.beyond.max_idle_days',
    'boolean',
    'Whether it was last seen longer ago than postern.toml allows.',
    `${SUBJECT} lastSeenAt`,
  ),
  field(
    'subject.beyond.max_live_certificates',
    'boolean',
    'Whether it has more live certificates than postern.toml allows, without those that live no longer than max_hours_without_crl or come from a private CA in mode SHORT_LIVED_CERTIFICATE.',
    `${CREDENTIALS}, acm-pca:DescribeCertificateAuthority`,
  ),
];
