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
  perhapsMore,
  tags,
  verdicts,
} from '../facts.ts';
import { isDoubted, isImpossible, takesAny } from '../gates.ts';
import { type Line, line, type Span, say } from '../line.ts';
import { byName, resourceRow } from '../resource-row.ts';
import { documentsOfKind, type Scene } from '../scene.ts';
import type { Row, View } from '../view.ts';

/** Who may enter → by which trust anchor → through which profile → as which role → to do what. */
export const paths: View = {
  name: 'paths',
  help: 'Access paths: who may enter, through what, and what they can do inside',
  columns: [
    { title: '', width: 2 },
    { title: 'who may enter', width: 'fill', least: 30 },
    { title: 'anchors', width: 7, lesser: 1, align: 'right' },
    { title: 'profile', width: 16, least: 11, shorten: 'middle' },
    { title: 'role', width: 16, least: 11, shorten: 'middle' },
    { title: 'can do', width: 11 },
  ],
  listShare: 0.64,
  sorts: [{ name: 'severity' }, { name: 'profile' }, { name: 'role' }, { name: 'open' }],
  vocabulary: () => vocabularyFor('path'),
  rows: scene => worstFirst(byName(documentsOfKind(scene, 'path')).map(document => pathRow(scene, document))),
  nothing: () => [line('No profile lists a role: no certificate opens anything.', 'good')],
  operations: ['rolesanywhere:ListProfiles', 'rolesanywhere:ListTrustAnchors'],
};

function worstFirst(rows: readonly Row[]): readonly Row[] {
  return [...rows].sort((a, b) => Number(a.order.severity) - Number(b.order.severity));
}

function pathRow(scene: Scene, document: Document): Row {
  const { body, resource } = document;
  const profile = textAt(body, 'profile.name') ?? '';
  const role = textAt(body, 'role.name') ?? '';
  return resourceRow(scene, document, {
    cells: () => [entrants(body), say(anchorCount(body), 'dim'), say(profile), say(role), abilities(body)],
    detail: () => pathDetail(scene, document),
    order: { name: resource.name, profile, role, open: valueAt(body, 'path.open') === true ? 0 : 1 },
  });
}

/** The certificates of the loosest gate; nobody where the path is shut, and why where it can never open. */
function entrants(body: JsonObject): Span {
  if (valueAt(body, 'role.missing') === true) return say('nobody: there is no such role', 'dim');
  if (isImpossible(body)) return say(`nobody: ${valuesAt(body, 'path.gate.evidence')[0] ?? 'it can never open'}`);
  const certificates = valuesAt(body, 'path.gate.certificates').map(String);
  const words = certificates.length > 1 ? `${certificates[0]}, and others` : (certificates[0] ?? '');
  if (valueAt(body, 'path.open') === true) return say(words, takesAny(body) === 'yes' ? 'high' : 'plain');
  if (isUnknownAt(body, 'path.open')) return say(doubted(words), 'unknown');
  return say('nobody today', 'dim');
}

/** The words may have their doubts in them already. */
function doubted(words: string): string {
  if (words === '') return '?';
  return isDoubted(words) ? words : `perhaps: ${words}`;
}

function anchorCount(body: JsonObject): string {
  return String(valuesAt(body, 'path.anchors.open').filter(open => open === true).length);
}

/** The gravest thing first. */
function abilities(body: JsonObject): Span {
  if (valueAt(body, 'path.access.admin') === true) return say('everything', 'critical');
  if (valueAt(body, 'path.access.admin_equivalent') === true) return say('self-admin', 'critical');
  const ways = valuesAt(body, 'path.escalation.id').length;
  if (ways > 0) return say(ways === 1 ? '1 way up' : `${ways} ways up`, 'high');
  if (isUnknownAt(body, 'path.access.admin')) return say('?', 'unknown');
  const actions = valueAt(body, 'path.access.actions.possible');
  if (isUnknownAt(body, 'path.access.admin_equivalent')) return say('admin, if …', 'unknown');
  return say(typeof actions === 'number' ? `${actions} ${actions === 1 ? 'action' : 'actions'}` : '-', 'dim');
}

/** The path as a story from left to right. */
function pathDetail(scene: Scene, document: Document): readonly Line[] {
  const { body, resource } = document;
  const field = fieldsOf(scene, document);
  return [
    ...identity(document),
    ...field('path.open', 'open today'),
    ...verdicts(scene, resource),
    ...heading('Which certificates may enter'),
    ...field('path.gate.certificates', 'certificates'),
    ...field('path.gate.grade', 'grade'),
    ...field('path.gate.evidence', 'because'),
    ...heading('By which trust anchors'),
    ...anchorLines(body),
    ...heading('Through the profile'),
    ...field('profile.name', 'profile'),
    ...field('profile.enabled', 'enabled'),
    ...field('profile.created_at', 'created'),
    ...field('profile.created_by', 'by'),
    ...field('path.session_policy.present', 'session policy'),
    ...field('path.session_policy.removes', 'takes away'),
    ...field('path.session_policy.removes_for_example', 'for example'),
    ...heading('As the role'),
    ...field('role.arn', 'role'),
    ...field('path.boundary.present', 'boundary'),
    ...field('path.boundary.removes', 'takes away'),
    ...field('path.boundary.removes_for_example', 'for example'),
    ...heading('What the session can do'),
    ...field('path.access.admin', 'administrator'),
    ...field('path.access.refuses', 'refused, say'),
    ...field('path.access.admin_equivalent', 'in all but name'),
    ...together(field, body, 'path.access.admin_by', 'by'),
    ...field('path.access.admin_if', 'if'),
    ...field('path.access.actions.possible', isExact(body) ? 'actions' : 'actions at most'),
    ...serviceLines(body),
    ...field('path.access.data_read.count', 'that read data'),
    ...field('path.access.credential_exposure.count', 'that give keys'),
    ...field('path.access.resource_exposure.count', 'that open things'),
    ...field('path.access.unread', 'not known'),
    ...heading('Ways up'),
    ...(valueAt(body, 'path.access.admin') === true
      ? [line('  None is needed: the session is an administrator already.', 'dim')]
      : [
          ...field('path.escalation.evidence', isAllOpen(body) ? 'open' : 'open or perhaps'),
          ...together(field, body, 'path.escalation.also', 'longer ones'),
          ...together(field, body, 'path.escalation.latent', 'without a target'),
        ]),
    ...field('path.lateral.role', 'on to'),
    ...tags(body, field, 'profile.tags'),
  ];
}

/** Whether what may be allowed is allowed for certain. */
function isExact(body: JsonObject): boolean {
  return valueAt(body, 'path.access.actions.certain') === valueAt(body, 'path.access.actions.possible');
}

function isAllOpen(body: JsonObject): boolean {
  return valuesAt(body, 'path.escalation.possible').length === 0;
}

/** Short names in one line. */
function together(field: Fields, body: JsonObject, path: string, label: string): readonly Line[] {
  const names = valuesAt(body, path).map(String);
  return names.length < 2 ? field(path, label) : [fact(label, names.join(', ')), ...perhapsMore(body, path)];
}

function anchorLines(body: JsonObject): readonly Line[] {
  const { anchors } = isObject(body.path) ? body.path : {};
  const lines = (Array.isArray(anchors) ? anchors : []).filter(isObject).flatMap(anchorFacts);
  if (lines.length > 0) return [...lines, ...perhapsMore(body, 'path.anchors')];
  return isUnknownAt(body, 'path.anchors') ? [line('  not known', 'unknown')] : [line('  none', 'dim')];
}

function anchorFacts({ name, certificates, enabled }: JsonObject): readonly Line[] {
  const suffix = enabled === true ? '' : ' (disabled: one call away)';
  return listed(String(name), [`${String(certificates ?? 'not known')}${suffix}`]);
}

/** An administrator's would be all there are. */
const NAMED = 8;

function serviceLines(body: JsonObject): readonly Line[] {
  const services = valuesAt(body, 'path.access.services').map(String);
  if (services.length === 0) return [];
  const rest = services.length > NAMED ? ` and ${services.length - NAMED} more` : '';
  return [fact('whole services', `${services.slice(0, NAMED).join(', ')}${rest}`)];
}
