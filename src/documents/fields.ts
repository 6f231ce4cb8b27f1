import type { Vocabulary } from '../query/query.ts';
import { vocabularyOf } from '../query/vocabulary.ts';
import { ACCOUNT_FIELDS } from './account/accountFields.ts';
import { CRL_FIELDS } from './crl/crlFields.ts';
import type { DocumentKind } from './document.ts';
import { EVENT_FIELDS } from './event/eventFields.ts';
import type { Field } from './field.ts';
import { PATH_FIELDS } from './paths/pathFields.ts';
import { PROFILE_FIELDS } from './profile/profileFields.ts';
import { ROLE_FIELDS } from './role/roleFields.ts';
import { SHARED_FIELDS } from './sharedFields.ts';
import { SUBJECT_FIELDS } from './subject/subjectFields.ts';
import { TRUST_ANCHOR_FIELDS } from './trustAnchor/trustAnchorFields.ts';

/** Every field of every kind: the vocabulary of rules and filters, and the field reference. */
export const FIELDS: Readonly<Record<DocumentKind, readonly Field[]>> = {
  trust_anchor: [...SHARED_FIELDS, ...TRUST_ANCHOR_FIELDS],
  profile: [...SHARED_FIELDS, ...PROFILE_FIELDS],
  crl: [...SHARED_FIELDS, ...CRL_FIELDS],
  subject: [...SHARED_FIELDS, ...SUBJECT_FIELDS],
  role: [...SHARED_FIELDS, ...ROLE_FIELDS],
  path: [...SHARED_FIELDS, ...PATH_FIELDS],
  account: [...SHARED_FIELDS, ...ACCOUNT_FIELDS],
  event: EVENT_FIELDS,
};

export const KINDS: readonly DocumentKind[] = [
  'trust_anchor',
  'profile',
  'crl',
  'subject',
  'role',
  'path',
  'account',
  'event',
];

const VOCABULARIES: ReadonlyMap<DocumentKind, Vocabulary> = new Map(
  KINDS.map(kind => [kind, vocabularyOf(byName(FIELDS[kind]))]),
);

/** The fields that a rule about this kind may read. */
export function vocabularyFor(kind: DocumentKind): Vocabulary {
  return VOCABULARIES.get(kind)!;
}

/** The fields of all kinds together, for a query over all documents. A name means the same in every kind that has it. */
export const vocabularyForAll: Vocabulary = vocabularyOf(byName(KINDS.flatMap(kind => FIELDS[kind])));

function byName(fields: readonly Field[]): Readonly<Record<string, Field>> {
  return Object.fromEntries(fields.map(field => [field.name, field]));
}
