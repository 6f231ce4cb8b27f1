import type { Document, JsonObject } from '../../documents/document.ts';
import { vocabularyFor } from '../../documents/fields.ts';
import { isUnknownAt, textAt, valueAt, valuesAt } from '../../documents/path.ts';
import { fact, fieldsOf, heading, identity, listed, tags, verdicts } from '../facts.ts';
import { type Answer, isRoleOpen, pathsTo } from '../gates.ts';
import { type Line, line, type Span, type Style, say } from '../line.ts';
import { entrantsOf, loopholesOf, type Openness, opennessOf } from '../openness.ts';
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
      adminSpan(body),
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

/** Who may come through. Without a condition that holds anybody off it can still be an action that is not allowed, or a Deny. */
function trustSpan(scene: Scene, document: Document): Span {
  const { body } = document;
  if (valueAt(body, 'role.service_linked') === true) return say(SHUT_BY.owner, 'dim');
  if (isUnknownAt(body, 'role.trust.rolesanywhere')) return say('?', 'unknown');
  if (valueAt(body, 'role.trust.rolesanywhere') !== true) return say('nobody', 'dim');
  const shut = shutBy(scene, document);
  const openness = opennessOf(scene, document);
  return shut === undefined ? say(openness === 'not known' ? '?' : openness, STYLES[openness]) : say(shut);
}

const SHUT_BY = { owner: "AWS's own", actions: 'actions missing', deny: 'a Deny stands' };

/** What else than a condition shuts a role that trusts Roles Anywhere. */
function shutBy(scene: Scene, document: Document): string | undefined {
  const { body } = document;
  if (valueAt(body, 'role.service_linked') === true) return SHUT_BY.owner;
  if (valuesAt(body, 'role.trust.actions_missing').length > 0) return SHUT_BY.actions;
  const openness = opennessOf(scene, document);
  const isShut = openness === 'conditions' || openness === 'no certificate';
  return isShut && valuesAt(body, 'role.trust.condition_keys').length === 0 ? SHUT_BY.deny : undefined;
}

const STYLES: Readonly<Record<Openness, Style>> = {
  'any certificate': 'high',
  'perhaps any': 'unknown',
  'any of its CAs': 'plain',
  conditions: 'plain',
  'no certificate': 'plain',
  'not known': 'unknown',
};

const OPEN_TODAY: Readonly<Record<Answer, string>> = { yes: 'yes', no: 'no', unknown: 'not known' };

/** An administrator, or what can make itself one: the same word means the same in every view. */
function adminSpan(body: JsonObject): Span {
  const standing = textAt(body, 'role.access.standing');
  if (standing === 'admin' || standing === 'admin_equivalent') return say('yes', 'critical');
  return standing === 'limited' ? say('no', 'dim') : say('?', 'unknown');
}

/** What the role's conditions come to, before what they are. */
function trustLines(scene: Scene, document: Document): readonly Line[] {
  if (valueAt(document.body, 'role.trust.rolesanywhere') !== true) return [];
  const loopholes = loopholesOf(scene, document);
  const shut = pathsTo(scene, document.resource.id).length === 0 ? shutBy(scene, document) : undefined;
  return [
    ...listed('certificates', shut === undefined ? entrantsOf(scene, document) : [`none: ${shut}`]),
    ...(loopholes.length === 0 ? [] : listed('because', loopholes)),
  ];
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
    ...field('role.access.admin_equivalent', 'in all but name'),
    ...field('role.access.admin_by', 'by'),
    ...(isUnknownAt(body, 'role.access.admin_equivalent') ? field('role.access.admin_if', 'if') : []),
    ...field('role.attached_policies', 'attached'),
    ...field('role.inline_policies', 'inline'),
    ...field('role.permissions_boundary', 'boundary'),
    ...heading('Who may assume it'),
    ...field('role.trust.rolesanywhere', 'Roles Anywhere'),
    ...trustLines(scene, document),
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
