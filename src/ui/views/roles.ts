import type { Document, JsonObject } from '../../documents/document.ts';
import { vocabularyFor } from '../../documents/fields.ts';
import { isUnknownAt, textAt, valueAt, valuesAt } from '../../documents/path.ts';
import { fact, fieldsOf, heading, identity, tags, verdicts } from '../facts.ts';
import { type Answer, isRoleDead, isRoleOpen } from '../gates.ts';
import { type Line, line, type Span, say } from '../line.ts';
import { byName, resourceRow } from '../resource-row.ts';
import { documentsOfKind, type Scene } from '../scene.ts';
import { span } from '../time.ts';
import type { Row, View } from '../view.ts';
import { lasting } from './profiles.ts';

export const roles: View = {
  name: 'roles',
  help: 'Roles that profiles name, or that trust Roles Anywhere',
  columns: [
    { title: '', width: 2 },
    { title: 'role', width: 'fill', least: 20 },
    { title: 'open to', width: 15 },
    { title: 'admin', width: 5 },
    { title: 'profiles', width: 8, lesser: 1, align: 'right' },
    { title: 'reachable', width: 9 },
    { title: 'used', width: 6, lesser: 2, align: 'right' },
  ],
  sorts: [
    { name: 'name' },
    { name: 'severity' },
    { name: 'profiles', descending: true },
    { name: 'used', descending: true },
  ],
  vocabulary: () => vocabularyFor('role'),
  rows: scene => byName(documentsOfKind(scene, 'role')).map(document => roleRow(scene, document)),
  nothing: () => [line('No role is named by a profile or trusts Roles Anywhere.', 'good')],
  operations: ['iam:ListRoles', 'iam:GetRole', 'iam:GetAccountAuthorizationDetails'],
};

function roleRow(scene: Scene, document: Document): Row {
  const { body, resource } = document;
  const count = valueAt(body, 'role.profiles.enabled_count');
  const used = textAt(body, 'role.last_used_at') ?? '';
  return resourceRow(scene, document, {
    cells: now => [
      say(resource.name),
      trustSpan(scene, document),
      yesNo(body, 'role.admin', 'critical'),
      say(typeof count === 'number' ? String(count) : '?'),
      REACHABLE[isRoleOpen(scene, document)],
      say(span(used, now), 'dim'),
    ],
    detail: () => roleDetail(scene, document),
    order: { name: resource.name, profiles: typeof count === 'number' ? count : -1, used },
  });
}

const REACHABLE: Readonly<Record<Answer, Span>> = {
  yes: say('yes', 'plain'),
  no: say('no', 'dim'),
  unknown: say('?', 'unknown'),
};

/**
 * Who may come through: not unconditioned can also be for an action that is not allowed, or a Deny. Conditions that nobody
 * meets on any path are told as such.
 */
function trustSpan(scene: Scene, document: Document): Span {
  const { body } = document;
  if (valueAt(body, 'role.service_linked') === true) return say("AWS's own", 'dim');
  if (isUnknownAt(body, 'role.trust.rolesanywhere')) return say('?', 'unknown');
  if (valueAt(body, 'role.trust.rolesanywhere') !== true) return say('nobody', 'dim');
  if (isUnknownAt(body, 'role.trust.unconditioned')) return say('?', 'unknown');
  if (valueAt(body, 'role.trust.unconditioned') === true) return say('any certificate', 'high');
  if (valuesAt(body, 'role.trust.actions_missing').length > 0) return say('actions missing');
  if (valuesAt(body, 'role.trust.condition_keys').length > 0)
    return isRoleDead(scene, document) ? say('no certificate') : say('conditions');
  return say('a Deny stands');
}

const OPEN_TODAY: Readonly<Record<Answer, string>> = { yes: 'yes', no: 'no', unknown: 'not known' };

function yesNo(body: JsonObject, path: string, yes: 'critical' | 'plain'): Span {
  if (isUnknownAt(body, path)) return say('?', 'unknown');
  return valueAt(body, path) === true ? say('yes', yes) : say('no', 'dim');
}

function roleDetail(scene: Scene, document: Document): readonly Line[] {
  const { body, resource } = document;
  const field = fieldsOf(scene, document);
  return [
    ...identity(document),
    ...field('role.path', 'path'),
    ...field('role.created_at', 'created'),
    ...field('role.last_used_at', 'last used'),
    ...field('role.last_used_region', 'in'),
    fact('session at most', lasting(valueAt(body, 'role.max_session_duration'))),
    ...verdicts(scene, resource),
    ...heading('What it can do'),
    ...field('role.admin', 'administrator'),
    ...field('role.admin_by', 'by'),
    ...field('role.attached_policies', 'attached'),
    ...field('role.inline_policies', 'inline'),
    ...field('role.permissions_boundary', 'boundary'),
    ...heading('Who may assume it'),
    ...field('role.trust.rolesanywhere', 'Roles Anywhere'),
    ...field('role.trust.unconditioned', 'any certificate'),
    ...field('role.trust.condition_keys', 'condition keys'),
    ...field('role.trust.actions_missing', 'actions missing'),
    ...field('role.trust.statements', 'statements'),
    ...field('role.trust.other_principals', 'others'),
    ...heading('Through'),
    ...field('role.reachable', 'listed, in use'),
    fact('open today', OPEN_TODAY[isRoleOpen(scene, document)]),
    ...field('role.profiles.name', 'profiles'),
    ...tags(body, field, 'role.tags'),
  ];
}
