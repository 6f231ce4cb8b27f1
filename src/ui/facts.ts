import type { Document, Json, JsonObject, Resource } from '../documents/document.ts';
import { isItselfUnknown, isUnknownAt, valueAt, valuesAt } from '../documents/path.ts';
import type { Finding } from '../findings/finding.ts';
import { KIND_WORDS } from './kind-words.ts';
import { BLANK, type Line, line, pad, type Style, say, textOf, widthOf } from './line.ts';
import { documentOf, notEvaluatedOf, type Scene } from './scene.ts';
import { type Grade, graded } from './severity.ts';
import { whyUnknown } from './sources.ts';
import { absolute } from './time.ts';
import { toldOf } from './told.ts';

/** Cells of the labels' column, the space after them included. */
const LABEL = 19;

/** One of our own labels, which are short, and what there is to say, the label in its own column. */
export function fact(label: string, value: string, style: Style = 'plain'): Line {
  return [...labelled(label), say(value, style)];
}

/** In one piece: a line goes on where its text began, after it. */
function labelled(label: string): Line {
  return [{ text: `  ${textOf(pad([say(label)], LABEL))}`, style: 'dim' }];
}

/** A document's fields as lines, and why one is not known. */
export type Fields = (path: string, label: string) => readonly Line[];

/** `-` where there is none; what is known of a list, and that there may be more. */
export function fieldsOf(scene: Scene, document: Document): Fields {
  const { body } = document;
  return (path, label) => {
    const values = valuesAt(body, path).map(shown);
    if (!isUnknownAt(body, path)) return listed(label, values);
    if (values.length === 0) return [fact(label, whyUnknown(scene, document, path), 'unknown')];
    return [...listed(label, values), ...perhapsMore(body, path)];
  };
}

/** Some members of an object in a list, those that there are: `?` for one that is not known, `-` where there is none. */
export type Members = (...names: readonly string[]) => string;

/** `path` is the list's: it tells which members are not known, though not of which object. */
export function membersOf(body: JsonObject, path: string, object: JsonObject): Members {
  const text = (name: string) => {
    const [value, at] = [object[name], `${path}.${name}`];
    if (value !== undefined) return shown(value);
    return isItselfUnknown(body, at) ? '?' : '';
  };
  return (...names) => names.map(text).filter(Boolean).join(' ') || '-';
}

/** A line under a list that is not wholly known. */
export function perhapsMore(body: JsonObject, path: string): readonly Line[] {
  return isUnknownAt(body, path) ? [fact('', 'and perhaps more', 'unknown')] : [];
}

/**
 * One line for each, the label before the first; a label that is too long for its column has a line of its own. Of many only the
 * first, as nobody reads a hundred of them to see what comes after.
 */
export function listed(label: string, values: readonly string[], most = MOST): readonly Line[] {
  if (values.length === 0) return listed(label, ['-']);
  const isLong = widthOf([say(label)]) >= LABEL;
  const facts = values.slice(0, most).map((value, index) => fact(index === 0 && !isLong ? label : '', value));
  const more = values.length - facts.length;
  return [
    ...(isLong ? [line(`  ${label}`, 'dim')] : []),
    ...facts,
    ...(more > 0 ? [fact('', `and ${more} more: J shows all`, 'dim')] : []),
  ];
}

const MOST = 20;

export function heading(text: string): readonly Line[] {
  return [BLANK, line(text, 'strong')];
}

/** What the rules say of a resource and of those related to it, the gravest first, and what they could not say. */
export function verdicts(scene: Scene, resource: Resource): readonly Line[] {
  const document = documentOf(scene, resource);
  const told = document === undefined ? [] : toldOf(scene, document);
  const open = notEvaluatedOf(scene, resource);
  const grades: readonly Grade[] = [...told.map(({ severity }) => severity), ...(open.length === 0 ? [] : [OPEN])];
  const width = Math.max(0, ...grades.map(gradeWidth));
  return [
    ...heading('Findings'),
    ...(told.length + open.length === 0 ? [line('  None.', 'good')] : []),
    ...told.map(finding => verdict(finding.severity, width, findingText(finding, resource))),
    ...open.map(({ rule, missing }) =>
      verdict(OPEN, width, `${scene.rules.get(rule)?.name ?? rule}: needs ${missing.join(', ')}`),
    ),
  ];
}

const OPEN: Grade = 'not evaluated';

function gradeWidth(grade: Grade): number {
  return widthOf([graded(grade)]);
}

/** Of another resource than the one that is looked at, which. */
function findingText({ name, resource: { kind, id, name: of } }: Finding, at: Resource): string {
  return kind === at.kind && id === at.id ? name : `${KIND_WORDS[kind]} ${of}: ${name}`;
}

/** The grade in one piece with its spaces: a line goes on where its text began. */
function verdict(grade: Grade, width: number, text: string): Line {
  const { style } = graded(grade);
  return [{ text: `  ${textOf(pad([graded(grade)], width))}  `, style }, say(text)];
}

export function identity(document: Document): readonly Line[] {
  const { resource } = document;
  return [
    line(resource.name, 'strong'),
    fact('ARN', resource.id),
    fact('where', `${resource.account} ${resource.region}`),
  ];
}

export function tags(body: JsonObject, field: Fields, path: string): readonly Line[] {
  const value = valueAt(body, path);
  if (!isObject(value)) return field(path, 'tags');
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
