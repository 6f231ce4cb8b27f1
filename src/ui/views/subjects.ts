import type { Document, JsonObject } from '../../documents/document.ts';
import { vocabularyFor } from '../../documents/fields.ts';
import { isUnknownAt, textAt, valueAt, valuesAt } from '../../documents/path.ts';
import {
  type Fields,
  fact,
  fieldsOf,
  heading,
  identity,
  isObject,
  type Members,
  membersOf,
  perhapsMore,
  shown,
  verdicts,
} from '../facts.ts';
import { BLANK, type Line, line, type Span, say } from '../line.ts';
import { byName, resourceRow } from '../resource-row.ts';
import { documentsOfKind, type Scene } from '../scene.ts';
import { span } from '../time.ts';
import type { Row, View } from '../view.ts';
import { expired, expiryText } from './anchors.ts';

export const subjects: View = {
  name: 'subjects',
  help: 'Subjects: who came with a certificate',
  columns: [
    { title: '', width: 2 },
    { title: 'subject', width: 'fill', least: 20 },
    { title: 'region', width: 14, least: 10, shorten: 'middle' },
    { title: 'good', width: 4, align: 'right' },
    { title: 'expires', width: 7, align: 'right' },
    { title: 'refused', width: 7, lesser: 1, align: 'right' },
    { title: 'seen', width: 7, align: 'right' },
  ],
  sorts: [
    { name: 'name' },
    { name: 'severity' },
    { name: 'region' },
    { name: 'expires' },
    { name: 'refused', descending: true },
    { name: 'seen', descending: true },
  ],
  vocabulary: () => vocabularyFor('subject'),
  rows: scene => byName(documentsOfKind(scene, 'subject')).map(document => subjectRow(scene, document)),
  nothing: () => [line('No subjects: nobody has come with a certificate yet.', 'dim')],
  operations: ['rolesanywhere:ListSubjects'],
};

function subjectRow(scene: Scene, document: Document): Row {
  const { body, resource } = document;
  const seen = textAt(body, 'subject.last_seen_at') ?? '';
  const refused = textAt(body, 'subject.last_failure_at') ?? '';
  const expires = lastExpiry(body);
  return resourceRow(scene, document, {
    cells: now => [
      say(resource.name),
      say(resource.region, 'dim'),
      orUnknown(body, 'subject.live_certificates', say(shown(valueAt(body, 'subject.live_certificates') ?? 0))),
      orUnknown(
        body,
        'subject.credentials.ends_at',
        say(expiryText(expires, now), expired(expires, now) ? 'high' : 'plain'),
      ),
      orUnknown(body, 'subject.last_failure_at', say(refused === '' ? '-' : span(refused, now), 'dim')),
      say(span(seen, now), 'dim'),
    ],
    detail: () => subjectDetail(scene, document),
    order: { name: resource.name, region: resource.region, expires: expires || '9', refused, seen },
  });
}

function orUnknown(body: JsonObject, path: string, known: Span): Span {
  return isUnknownAt(body, path) ? say('?', 'unknown') : known;
}

/** Until when the certificate gets in that lasts longest. */
function lastExpiry(body: JsonObject): string {
  return valuesAt(body, 'subject.credentials.ends_at').map(String).sort().at(-1) ?? '';
}

function subjectDetail(scene: Scene, document: Document): readonly Line[] {
  const { body, resource } = document;
  const field = fieldsOf(scene, document);
  return [
    ...identity(document),
    ...field('subject.created_at', 'first seen'),
    ...field('subject.last_seen_at', 'last seen'),
    ...field('subject.last_failure_at', 'last refused'),
    ...verdicts(scene, resource),
    ...heading('Certificates'),
    ...credentials(body, field),
  ];
}

function credentials(body: JsonObject, field: Fields): readonly Line[] {
  const list = valuesAt(body, 'subject.credentials').filter(isObject);
  if (list.length === 0) return field('subject.credentials', 'certificates');
  const blocks = list.map(credential =>
    credentialLines(credential, membersOf(body, 'subject.credentials', credential)),
  );
  return [
    ...blocks.flatMap((lines, at) => (at === 0 ? lines : [BLANK, ...lines])),
    ...perhapsMore(body, 'subject.credentials'),
  ];
}

function credentialLines(credential: JsonObject, text: Members): readonly Line[] {
  return [
    fact('seen', `${text('seen_at')}${credential.failed === true ? ', refused' : ''}`),
    fact('serial', text('serial')),
    fact('issuer', text('issuer')),
    fact('valid', `${text('not_before')} to ${text('not_after')}`),
    fact('key', text('key_type', 'key_bits')),
    fact('trust anchor', listText(credential.trust_anchor)),
    ...(credential.revoked === true
      ? [fact('revoked', text('revoked_at', 'revocation_reason'), 'high')]
      : [fact('revoked', text('revoked'))]),
  ];
}

function listText(value: JsonObject[string] | undefined): string {
  if (!Array.isArray(value)) return '?';
  return value.length === 0 ? '-' : value.map(shown).join(', ');
}
