import type { Document, JsonObject } from '../../documents/document.ts';
import { vocabularyFor } from '../../documents/fields.ts';
import { isUnknownAt, textAt, valueAt, valuesAt } from '../../documents/path.ts';
import { type Fields, fact, fieldsOf, heading, identity, isObject, listed, shown, tags, verdicts } from '../facts.ts';
import { type Line, line, type Span, say } from '../line.ts';
import { byName, resourceRow } from '../resource-row.ts';
import { documentsOfKind, type Scene } from '../scene.ts';
import { span } from '../time.ts';
import type { Row, View } from '../view.ts';
import { stateSpan } from './anchors.ts';

export const profiles: View = {
  name: 'profiles',
  help: 'Profiles: which roles a certificate may ask for',
  columns: [
    { title: '', width: 2 },
    { title: 'profile', width: 'fill', least: 18 },
    { title: 'region', width: 14, least: 10, shorten: 'middle' },
    { title: 'state', width: 8 },
    { title: 'roles', width: 5, align: 'right' },
    { title: 'admin', width: 5, align: 'right' },
    { title: 'session policy', width: 14, lesser: 2 },
    { title: 'lasts', width: 7, lesser: 1, align: 'right' },
    { title: 'changed', width: 7, lesser: 3, align: 'right' },
  ],
  sorts: [
    { name: 'name' },
    { name: 'severity' },
    { name: 'region' },
    { name: 'roles', descending: true },
    { name: 'changed', descending: true },
  ],
  vocabulary: () => vocabularyFor('profile'),
  rows: scene => byName(documentsOfKind(scene, 'profile')).map(document => profileRow(scene, document)),
  nothing: () => [line('No profiles: no certificate can ask for a role.', 'good')],
  operations: ['rolesanywhere:ListProfiles'],
};

function profileRow(scene: Scene, document: Document): Row {
  const { body, resource } = document;
  const roles = valuesAt(body, 'profile.role_arns').length;
  const changed = textAt(body, 'profile.updated_at') ?? '';
  return resourceRow(scene, document, {
    cells: now => [
      say(resource.name),
      say(resource.region, 'dim'),
      stateSpan(body, 'profile.enabled'),
      say(String(roles)),
      adminSpan(body),
      sessionPolicySpan(body),
      say(lasting(valueAt(body, 'profile.duration_seconds'))),
      say(span(changed, now), 'dim'),
    ],
    detail: () => profileDetail(scene, document),
    order: { name: resource.name, region: resource.region, roles, changed },
  });
}

/** Roles whose sessions are administrators, or can make themselves such. */
function adminSpan(body: JsonObject): Span {
  const count = valuesAt(body, 'profile.roles.privileged').length;
  const perhaps = isUnknownAt(body, 'profile.roles.privileged') ? '?' : '';
  if (count === 0) return perhaps === '' ? say('-', 'dim') : say('?', 'unknown');
  return say(`${count}${perhaps === '' ? '' : '+?'}`, 'critical');
}

function sessionPolicySpan(body: JsonObject): Span {
  if (isUnknownAt(body, 'profile.session_policy.present')) return say('?', 'unknown');
  return valueAt(body, 'profile.session_policy.present') === true ? say('yes') : say('none', 'dim');
}

function profileDetail(scene: Scene, document: Document): readonly Line[] {
  const { body, resource } = document;
  const field = fieldsOf(scene, document);
  return [
    ...identity(document),
    ...field('profile.enabled', 'enabled'),
    fact('session lasts', lasting(valueAt(body, 'profile.duration_seconds'))),
    ...field('profile.accept_role_session_name', 'own session name'),
    ...field('profile.created_at', 'created'),
    ...field('profile.created_by', 'created by'),
    ...field('profile.updated_at', 'changed'),
    ...verdicts(scene, resource),
    ...heading('Roles'),
    ...field('profile.role_arns', 'names'),
    ...field('profile.roles.trusting', 'may be assumed'),
    ...field('profile.roles.unconditioned', 'no conditions'),
    ...field('profile.roles.admin', 'administrators'),
    ...field('profile.roles.privileged', 'reach admin'),
    ...field('profile.roles.privileged_by', 'how'),
    ...field('profile.roles.missing', 'do not exist'),
    ...field('profile.roles.unread', 'could not be read'),
    ...heading('Session policy'),
    ...field('profile.session_policy.inline', 'inline'),
    ...field('profile.session_policy.managed_arns', 'managed'),
    ...heading('Attribute mappings and tags'),
    ...mappings(body, field),
    ...tags(body, field, 'profile.tags'),
  ];
}

function mappings(body: JsonObject, field: Fields): readonly Line[] {
  const list = valuesAt(body, 'profile.attribute_mappings').filter(isObject);
  if (list.length === 0) return field('profile.attribute_mappings', 'mappings');
  return list.flatMap(({ certificate_field, specifiers }) =>
    listed(shown(certificate_field ?? '-'), Array.isArray(specifiers) ? specifiers.map(shown) : ['-']),
  );
}

/** `3600` seconds as `1 h`. */
export function lasting(seconds: unknown): string {
  if (typeof seconds !== 'number') return '?';
  if (seconds % 3600 === 0) return `${seconds / 3600} h`;
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}
