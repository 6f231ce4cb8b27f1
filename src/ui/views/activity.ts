import type { Document, JsonObject } from '../../documents/document.ts';
import { vocabularyFor } from '../../documents/fields.ts';
import { textAt, valueAt, valuesAt } from '../../documents/path.ts';
import { once } from '../../memo/once.ts';
import { actorOf, comerOf, targetOf } from '../event-words.ts';
import { fact, heading, isObject, listed, shown, verdicts } from '../facts.ts';
import { leadsOfResource, rowIdOf } from '../leads.ts';
import { type Line, line, type Span, say } from '../line.ts';
import { documentsOfKind, findingsOf, type Scene } from '../scene.ts';
import { sessionLines } from '../session-lines.ts';
import { rankOf, symbol } from '../severity.ts';
import { absolute, span } from '../time.ts';
import type { Row, View } from '../view.ts';

export const activity: View = {
  name: 'activity',
  help: 'What was done, from CloudTrail, newest first',
  columns: [
    { title: '', width: 2 },
    { title: 'when', width: 6, align: 'right' },
    { title: 'actor', width: 24, least: 12 },
    { title: 'action', width: 22, least: 16, shorten: 'middle' },
    { title: 'target', width: 'fill', least: 16, shorten: 'middle' },
    { title: 'source', width: 15, lesser: 2, shorten: 'middle' },
    { title: 'outcome', width: 7, lesser: 1 },
    { title: 'matched', width: 22, lesser: 3, shorten: 'middle' },
  ],
  sorts: [
    { name: 'time', descending: true },
    { name: 'actor' },
    { name: 'action' },
    { name: 'source' },
    { name: 'severity' },
  ],
  vocabulary: () => vocabularyFor('event'),
  rows: scene => newestFirst(documentsOfKind(scene, 'event')).map(document => eventRow(scene, document)),
  nothing: () => [line('Nothing was done with Roles Anywhere in the time that was looked at.', 'good')],
  operations: ['cloudtrail:LookupEvents'],
};

function newestFirst(documents: readonly Document[]): readonly Document[] {
  const key = ({ body, resource }: Document) => `${textAt(body, '@timestamp') ?? ''} ${resource.id}`;
  return documents
    .map(document => ({ document, key: key(document) }))
    .sort((a, b) => (a.key < b.key ? 1 : -1))
    .map(({ document }) => document);
}

function eventRow(scene: Scene, document: Document): Row {
  const { body, resource } = document;
  const findings = findingsOf(scene, resource);
  const time = textAt(body, '@timestamp') ?? '';
  const action = textAt(body, 'event.action') ?? '';
  const grade = findings[0]?.severity;
  return {
    id: rowIdOf(resource),
    name: `${action} ${absolute(time)}`,
    copies: resource.id,
    raw: [body],
    fix: undefined,
    subjects: () => [body],
    cells: now => [
      grade === undefined ? say('') : symbol(grade),
      say(span(time, now), 'dim'),
      say(comerOf(body)),
      say(action),
      say(targetOf(body)),
      say(sourceOf(body), 'dim'),
      outcome(body),
      say(findings.map(finding => finding.rule).join(', '), 'dim'),
    ],
    detail: () => eventDetail(scene, document),
    leads: once(() => leadsOfResource(scene, document)),
    order: {
      time,
      actor: actorOf(body),
      action,
      source: sourceOf(body),
      severity: grade === undefined ? 9 : rankOf(grade),
    },
  };
}

function sourceOf(body: JsonObject): string {
  return textAt(body, 'source.ip') ?? textAt(body, 'source.address') ?? '-';
}

function outcome(body: JsonObject): Span {
  const text = textAt(body, 'event.outcome') ?? '-';
  return text === 'failure' ? say('failed', 'dim') : say(text === 'success' ? 'done' : text);
}

function eventDetail(scene: Scene, document: Document): readonly Line[] {
  const { body, resource } = document;
  return [
    line(textAt(body, 'event.action') ?? '', 'strong'),
    fact('time', absolute(textAt(body, '@timestamp') ?? '')),
    fact('id', resource.id),
    fact('where', `${resource.account} ${resource.region}`),
    ...some(body, 'event.outcome', 'outcome'),
    ...some(body, 'aws.cloudtrail.error_code', 'error'),
    ...some(body, 'aws.cloudtrail.error_message', 'message'),
    ...verdicts(scene, resource),
    ...sessionLines(scene, document),
    ...heading('Who'),
    ...some(body, 'aws.cloudtrail.user_identity.arn', 'ARN'),
    ...some(body, 'aws.cloudtrail.user_identity.type', 'type'),
    ...some(body, 'user.name', 'name'),
    ...some(body, 'aws.cloudtrail.user_identity.access_key_id', 'access key'),
    ...some(body, 'aws.cloudtrail.user_identity.session_context.mfa_authenticated', 'with MFA'),
    ...heading('From where'),
    ...some(body, 'source.ip', 'IP address'),
    ...some(body, 'source.address', 'address'),
    ...some(body, 'user_agent.original', 'user agent'),
    ...heading('What was asked'),
    ...asked(body, 'aws.cloudtrail.flattened.request_parameters', 'aws.cloudtrail.request_parameters'),
    ...heading('What was answered'),
    ...asked(body, 'aws.cloudtrail.flattened.response_elements', 'aws.cloudtrail.response_elements'),
  ];
}

/** A field where it has a value; an event that lacks one is no news. */
function some(body: JsonObject, path: string, label: string): readonly Line[] {
  const values = valuesAt(body, path);
  return values.length === 0 ? [] : listed(label, values.map(shown));
}

function asked(body: JsonObject, flattened: string, text: string): readonly Line[] {
  const value = valueAt(body, flattened);
  if (!isObject(value)) return [line(`  ${textAt(body, text) ?? '-'}`)];
  const entries = Object.entries(value).map(([name, each]): [string, string] => [name, shown(each)]);
  const [long, short] = [entries.filter(isLong), entries.filter(each => !isLong(each))];
  return [...short, ...long].flatMap(([name, text]) => listed(name, [isEncoded(text) ? encoded(text) : text]));
}

/** What is read last: all else would be pushed off the screen. */
function isLong([, text]: readonly [string, string]): boolean {
  return text.length > 200;
}

/** Base64, as of a certificate: nobody reads it. */
function isEncoded(text: string): boolean {
  return /^[\w+/=-]{200,}$/.test(text);
}

function encoded(text: string): string {
  return `${text.slice(0, 24)}… ${text.length} characters in all: J shows them`;
}
