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
  listed,
  type Members,
  membersOf,
  perhapsMore,
  tags,
  verdicts,
} from '../facts.ts';
import { type Line, line, type Span, say } from '../line.ts';
import { byName, resourceRow } from '../resource-row.ts';
import { documentsOfKind, type Scene } from '../scene.ts';
import { span } from '../time.ts';
import type { Row, View } from '../view.ts';

export const anchors: View = {
  name: 'anchors',
  help: 'Trust anchors: whose certificates are believed',
  columns: [
    { title: '', width: 2 },
    { title: 'trust anchor', width: 'fill', least: 18 },
    { title: 'source', width: 18, lesser: 2 },
    { title: 'region', width: 14, least: 10, shorten: 'middle' },
    { title: 'state', width: 8 },
    { title: 'expires', width: 7, align: 'right' },
    { title: 'CRLs', width: 4, align: 'right' },
    { title: 'changed', width: 7, lesser: 1, align: 'right' },
  ],
  sorts: [
    { name: 'name' },
    { name: 'severity' },
    { name: 'region' },
    { name: 'expires' },
    { name: 'changed', descending: true },
  ],
  vocabulary: () => vocabularyFor('trust_anchor'),
  rows: scene => byName(documentsOfKind(scene, 'trust_anchor')).map(document => anchorRow(scene, document)),
  nothing: () => [line('No trust anchors: no certificate opens anything in this account.', 'good')],
  operations: ['rolesanywhere:ListTrustAnchors'],
};

function anchorRow(scene: Scene, document: Document): Row {
  const { body, resource } = document;
  const changed = textAt(body, 'trust_anchor.updated_at') ?? '';
  const [first = '9'] = expiries(body);
  return resourceRow(scene, document, {
    cells: now => [
      say(resource.name),
      say((textAt(body, 'trust_anchor.source_type') ?? '').toLowerCase().replaceAll('_', ' '), 'dim'),
      say(resource.region, 'dim'),
      stateSpan(body, 'trust_anchor.enabled'),
      expirySpan(body, now),
      crlCount(body),
      say(span(changed, now), 'dim'),
    ],
    detail: () => anchorDetail(scene, document),
    order: { name: resource.name, region: resource.region, expires: first, changed },
  });
}

function expirySpan(body: JsonObject, now: Date): Span {
  const expires = expiryOf(body, now);
  return say(expiryText(expires, now), expired(expires, now) ? 'high' : 'plain');
}

export function stateSpan(body: JsonObject, path: string): Span {
  if (isUnknownAt(body, path)) return say('?', 'unknown');
  return valueAt(body, path) === true ? say('enabled') : say('disabled', 'dim');
}

function crlCount(body: JsonObject): Span {
  if (isUnknownAt(body, 'trust_anchor.crls.enabled_count')) return say('?', 'unknown');
  return say(String(valueAt(body, 'trust_anchor.crls.enabled_count') ?? 0));
}

function anchorDetail(scene: Scene, document: Document): readonly Line[] {
  const { body, resource } = document;
  const field = fieldsOf(scene, document);
  return [
    ...identity(document),
    ...field('trust_anchor.enabled', 'enabled'),
    ...field('trust_anchor.source_type', 'source'),
    ...(valueAt(body, 'trust_anchor.acm_pca_arn') === undefined ? [] : field('trust_anchor.acm_pca_arn', 'private CA')),
    ...field('trust_anchor.created_at', 'created'),
    ...field('trust_anchor.created_by', 'created by'),
    ...field('trust_anchor.updated_at', 'changed'),
    ...verdicts(scene, resource),
    ...heading('Certificates'),
    ...certificates(body, field),
    ...heading('Revocation'),
    ...field('trust_anchor.crls.count', 'CRLs'),
    ...field('trust_anchor.crls.enabled_count', 'enabled'),
    ...field('trust_anchor.crls.name', 'names'),
    ...heading('Notifications and tags'),
    ...notifications(body, field),
    ...tags(body, field, 'trust_anchor.tags'),
  ];
}

function certificates(body: JsonObject, field: Fields): readonly Line[] {
  const list = valuesAt(body, 'trust_anchor.certificates').filter(isObject);
  if (list.length === 0) return field('trust_anchor.certificates', 'certificates');
  const lines = list.flatMap(each => certificateLines(each, membersOf(body, 'trust_anchor.certificates', each)));
  return [...lines, ...perhapsMore(body, 'trust_anchor.certificates')];
}

function certificateLines(certificate: JsonObject, text: Members): readonly Line[] {
  return [
    fact('subject', text('subject')),
    ...(certificate.self_signed === true ? [fact('issuer', 'itself')] : [fact('issuer', text('issuer'))]),
    fact('valid', `${text('not_before')} to ${text('not_after')}`),
    fact('key', text('key_type', 'key_bits')),
    fact('CA', text('ca')),
    fact('serial', text('serial')),
    fact('SHA-256', text('fingerprint_sha256')),
  ];
}

function notifications(body: JsonObject, field: Fields): readonly Line[] {
  const list = valuesAt(body, 'trust_anchor.notification_settings').filter(isObject);
  if (list.length === 0) return field('trust_anchor.notification_settings', 'notifications');
  return list.flatMap(setting => {
    const text = membersOf(body, 'trust_anchor.notification_settings', setting);
    const state = setting.enabled === true ? 'on' : 'off';
    return listed(text('event').toLowerCase().replaceAll('_', ' '), [`${state}, ${text('threshold')} days before`]);
  });
}

/**
 * When the next of its certificates expires, or the last one did: it goes on for as long as one of them does. ISO 8601; empty where
 * none is known.
 */
export function expiryOf(body: JsonObject, now: Date): string {
  const times = expiries(body);
  return times.find(time => !expired(time, now)) ?? times.at(-1) ?? '';
}

function expiries(body: JsonObject): readonly string[] {
  const times = valuesAt(body, 'trust_anchor.certificates')
    .filter(isObject)
    .map(({ not_after }) => not_after);
  return times.filter(time => typeof time === 'string').sort();
}

export function expired(time: string, now: Date): boolean {
  return time !== '' && Date.parse(time) <= now.getTime();
}

export function expiryText(time: string, now: Date): string {
  if (time === '') return '?';
  return expired(time, now) ? 'expired' : span(time, now);
}
