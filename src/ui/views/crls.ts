import type { Document, JsonObject } from '../../documents/document.ts';
import { vocabularyFor } from '../../documents/fields.ts';
import { isUnknownAt, textAt, valueAt } from '../../documents/path.ts';
import { fieldsOf, heading, identity, verdicts } from '../facts.ts';
import { type Line, line, type Span, say } from '../line.ts';
import { byName, resourceRow } from '../resource-row.ts';
import { documentsOfKind, type Scene } from '../scene.ts';
import { span } from '../time.ts';
import type { Row, View } from '../view.ts';
import { expired, expiryText, stateSpan } from './anchors.ts';

export const crls: View = {
  name: 'CRLs',
  help: 'Revocation lists: which certificates are turned away',
  columns: [
    { title: '', width: 2 },
    { title: 'revocation list', width: 'fill', least: 15 },
    { title: 'trust anchor', width: 18, lesser: 2 },
    { title: 'region', width: 14, least: 10, shorten: 'middle' },
    { title: 'state', width: 8 },
    { title: 'revoked', width: 7, align: 'right' },
    { title: 'due', width: 7, align: 'right' },
    { title: 'imported', width: 8, lesser: 1, align: 'right' },
  ],
  sorts: [
    { name: 'name' },
    { name: 'severity' },
    { name: 'region' },
    { name: 'revoked', descending: true },
    { name: 'due' },
    { name: 'imported', descending: true },
  ],
  vocabulary: () => vocabularyFor('crl'),
  rows: scene => byName(documentsOfKind(scene, 'crl')).map(document => crlRow(scene, document)),
  nothing: () => [line('No revocation lists: no certificate is turned away before it expires.', 'dim')],
  operations: ['rolesanywhere:ListCrls'],
};

function crlRow(scene: Scene, document: Document): Row {
  const { body, resource } = document;
  const imported = textAt(body, 'crl.updated_at') ?? '';
  const due = textAt(body, 'crl.next_update') ?? '';
  return resourceRow(scene, document, {
    cells: now => [
      say(resource.name),
      anchorSpan(body),
      say(resource.region, 'dim'),
      stateSpan(body, 'crl.enabled'),
      countSpan(body),
      dueSpan(body, now),
      say(span(imported, now), 'dim'),
    ],
    detail: () => crlDetail(scene, document),
    order: { name: resource.name, region: resource.region, revoked: revokedCount(body), due: due || '9', imported },
  });
}

function anchorSpan(body: JsonObject): Span {
  if (isUnknownAt(body, 'crl.trust_anchor.exists')) return say('?', 'unknown');
  return say(textAt(body, 'crl.trust_anchor.name') ?? 'gone', 'dim');
}

function dueSpan(body: JsonObject, now: Date): Span {
  if (isUnknownAt(body, 'crl.next_update')) return say('?', 'unknown');
  const due = textAt(body, 'crl.next_update') ?? '';
  return due === '' ? say('no date', 'dim') : say(expiryText(due, now), expired(due, now) ? 'high' : 'plain');
}

function countSpan(body: JsonObject): Span {
  return isUnknownAt(body, 'crl.revoked.count') ? say('?', 'unknown') : say(String(revokedCount(body)));
}

function revokedCount(body: JsonObject): number {
  return Number(valueAt(body, 'crl.revoked.count') ?? 0);
}

function crlDetail(scene: Scene, document: Document): readonly Line[] {
  const field = fieldsOf(scene, document);
  return [
    ...identity(document),
    ...field('crl.enabled', 'enabled'),
    ...field('crl.created_at', 'first imported'),
    ...field('crl.updated_at', 'imported'),
    ...verdicts(scene, document.resource),
    ...heading('The list'),
    ...field('crl.issuer', 'issuer'),
    ...field('crl.number', 'number'),
    ...field('crl.this_update', 'issued'),
    ...field('crl.next_update', 'next due'),
    ...field('crl.signature_algorithm', 'signed'),
    ...field('crl.revoked.count', 'entries'),
    ...field('crl.revoked.serial', 'first serials'),
    ...heading('Its trust anchor'),
    ...field('crl.trust_anchor.name', 'name'),
    ...field('crl.trust_anchor.arn', 'ARN'),
    ...field('crl.issued_by_anchor', 'issued the list'),
    ...field('crl.issuer_matches', 'same name'),
    ...field('crl.key_matches', 'same key'),
    ...field('crl.signature_valid', 'signature holds'),
  ];
}
