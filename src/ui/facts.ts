import type { Document, Json, JsonObject, Resource } from '../documents/document.ts';
import { BLANK, type Line, line, type Style, say } from './line.ts';
import { findingsOf, notEvaluatedOf, type Scene } from './scene.ts';
import { graded } from './severity.ts';
import { absolute } from './time.ts';

/** The value at a dotted path of own members; undefined where there is none. */
export function valueAt(body: JsonObject, path: string): Json | undefined {
  let value: Json | undefined = body;
  for (const name of path.split('.')) {
    if (!isObject(value) || !Object.hasOwn(value, name)) return undefined;
    value = value[name];
  }
  return value;
}

export function textAt(body: JsonObject, path: string): string {
  const value = valueAt(body, path);
  return typeof value === 'string' ? value : '';
}

export function listAt(body: JsonObject, path: string): readonly Json[] {
  const value = valueAt(body, path);
  return Array.isArray(value) ? value : [];
}

/** Whether the document says that it could not know this, or an object above it. */
export function isUnknown(body: JsonObject, path: string): boolean {
  return listAt(body, 'unknown').some(
    name => name === path || (typeof name === 'string' && path.startsWith(`${name}.`)),
  );
}

const LABEL = 19;

/** A label and what there is to say, the label in its own column. */
export function fact(label: string, value: string, style: Style = 'plain'): Line {
  return [say(`  ${label.padEnd(LABEL)}`, 'dim'), say(value, style)];
}

/** The same from a document's field: `not known` where it could not be known, `-` where there is none. */
export function field(body: JsonObject, path: string, label: string): readonly Line[] {
  if (isUnknown(body, path)) return [fact(label, 'not known: could not be read', 'unknown')];
  const value = valueAt(body, path);
  if (Array.isArray(value)) return listed(label, value.map(shown));
  return [fact(label, value === undefined ? '-' : shown(value))];
}

/** One line for each, the label before the first. */
export function listed(label: string, values: readonly string[]): readonly Line[] {
  if (values.length === 0) return [fact(label, '-')];
  return values.map((value, index) => fact(index === 0 ? label : '', value));
}

export function heading(text: string): readonly Line[] {
  return [BLANK, line(text, 'strong')];
}

/** What the rules say of a resource, and what they could not say. */
export function verdicts(scene: Scene, resource: Resource): readonly Line[] {
  const findings = findingsOf(scene, resource);
  const open = notEvaluatedOf(scene, resource);
  const nothing = findings.length + open.length === 0 ? [line('  None.', 'good')] : [];
  return [
    ...heading('Findings'),
    ...nothing,
    ...findings.map(finding => [say('  '), graded(finding.severity), say(`  ${finding.name}`)]),
    ...open.map(({ rule, missing }) => [
      say('  '),
      graded('not evaluated'),
      say(`  ${scene.rules.get(rule)?.name ?? rule}: needs ${missing.join(', ')}`),
    ]),
  ];
}

export function identity(document: Document): readonly Line[] {
  const { resource } = document;
  return [
    line(resource.name, 'strong'),
    fact('ARN', resource.id),
    fact('where', `${resource.account} ${resource.region}`),
  ];
}

export function tags(body: JsonObject, path: string): readonly Line[] {
  const value = valueAt(body, path);
  if (!isObject(value)) return field(body, path, 'tags');
  return listed(
    'tags',
    Object.entries(value).map(([key, text]) => `${key} = ${shown(text)}`),
  );
}

/** A value as a person reads it: times with their zone, yes and no. */
export function shown(value: Json): string {
  if (value === true) return 'yes';
  if (value === false) return 'no';
  if (typeof value === 'string') return /^\d{4}-\d\d-\d\dT/.test(value) ? absolute(value) : value;
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
